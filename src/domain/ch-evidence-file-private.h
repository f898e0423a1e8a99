#pragma once

#include "ch-evidence-file.h"
#include "ch-wording.h"

G_BEGIN_DECLS

/* The rights that an endorsement gives, by the line for which it counts. */
typedef enum {
  CH_RIGHT_ADDITIONAL_INSURED,
  CH_RIGHT_AUTO_ADDITIONAL_INSURED,
  CH_RIGHT_COMPLETED_OPERATIONS,
  CH_RIGHT_PRIMARY,
  CH_RIGHT_GENERAL_WAIVER,
  CH_RIGHT_AUTO_WAIVER,
  CH_RIGHT_WORKERS_WAIVER,
} ChRight;

#define CH_N_RIGHTS (CH_RIGHT_WORKERS_WAIVER + 1)

/**
 * ChEvidenceFile:
 * @forms: (element-type ChListedForm): each form number that an endorsement's entry names
 * @has_form: an endorsement on the list gives the right
 * @own: (nullable): borrowed: a carrier's own form, known by its title, where no form with a number gives it
 */
struct _ChEvidenceFile
{
  const ChCertificate *certificate;
  ChWording            wording;
  GArray              *forms;
  gboolean             has_form[CH_N_RIGHTS];
  const char          *own[CH_N_RIGHTS];
};

gboolean _ch_evidence_file_has_form (const ChEvidenceFile *self,
                                     const char           *asked);

G_END_DECLS
