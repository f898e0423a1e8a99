#pragma once

#include "ch-coverage.h"
#include "ch-value-row.h"

G_BEGIN_DECLS

/**
 * ChFormField:
 * @path: JSON path; of a policy's field, of the member below the policy
 * @title: what the form calls it, to be translated
 * @choices: (nullable): where one or several of a few are to be chosen
 * @coverages: (of policies): bits of #ChCoverage that have the field
 *
 * One value of a certificate, as the form has it. A list ends with a path of %NULL.
 */
typedef struct {
  const char          *path;
  const char          *title;
  ChValueKind          kind;
  const ChValueChoice *choices;
  guint                coverages;
} ChFormField;

typedef enum {
  CH_FORM_INSURED,
  CH_FORM_PRODUCER,
  CH_FORM_DESCRIPTION,
  CH_FORM_HOLDER,
  CH_FORM_FORM,
} ChFormSection;

/* (transfer none) each */
const ChFormField *ch_form_section_get_fields (ChFormSection section);
const char        *ch_form_section_get_title  (ChFormSection section);
/* without the limits */
const ChFormField *ch_form_policy_get_fields  (void);

G_END_DECLS
