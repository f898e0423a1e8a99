#pragma once

#include "ch-coverage.h"
#include "ch-limit.h"

G_BEGIN_DECLS

/* What coverages and limits are called, as the form says it. (transfer none) each. */
const char *ch_coverage_get_label (ChCoverage  coverage);
const char *ch_limit_get_label    (ChLimit     limit);
/* whether a section of the form has a place for this limit */
gboolean    ch_coverage_has_limit (ChCoverage  coverage,
                                   ChLimit     limit);

G_END_DECLS
