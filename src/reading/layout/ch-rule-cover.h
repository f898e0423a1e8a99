#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

/* Points. Lines of one drawn rule, cut by what stands on it, agree to within this. */
#define CH_RULE_COVER_SAME_LINE 1.5

double ch_rule_cover_share (const ChPageModel *page,
                            gboolean           vertical,
                            double             at,
                            double             from,
                            double             to);

G_END_DECLS
