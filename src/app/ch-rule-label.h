#pragma once

#include "ch-store-requirements.h"
#include "ch-interchange.h"

G_BEGIN_DECLS

/* Rules of the judge, and where requirements hold, in words. (transfer full) each. */
char *ch_coverage_name_dup_label (const char                *name);
/* rule: (nullable): NULL is everything */
char *ch_rule_dup_label          (const char                *rule);
/* "Standard subcontract, version 2 (whole company)" */
char *ch_source_dup_label        (const ChRequirementSource *source,
                                  gboolean                   is_stage);

G_END_DECLS
