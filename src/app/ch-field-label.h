#pragma once

#include "ch-coverage.h"
#include "ch-limit.h"
#include "ch-policy.h"

G_BEGIN_DECLS

/* What coverages and limits are called, as the form says it. (transfer none) each. */
const char *ch_coverage_get_label (ChCoverage  coverage);
const char *ch_limit_get_label    (ChLimit     limit);
/* what the form calls the policy: its section, or the words in the last section; until @policy changes */
const char *ch_policy_get_title   (const ChPolicy *policy);
/* whether a section of the form has a place for this limit */
gboolean    ch_coverage_has_limit (ChCoverage  coverage,
                                   ChLimit     limit);

G_END_DECLS
