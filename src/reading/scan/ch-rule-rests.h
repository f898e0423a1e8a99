#pragma once

#include "ch-scan-pieces.h"

G_BEGIN_DECLS

gboolean ch_rule_rests_hold    (GArray         *rules,
                                double          scale,
                                const ChInkBox *part);
gboolean ch_rule_rests_touch   (GArray         *rules,
                                double          scale,
                                gboolean        vertical,
                                const ChInkBox *part);
gboolean ch_rule_rests_are_all (GArray         *rules,
                                double          scale,
                                PIX            *ink,
                                const ChInkBox *part);

G_END_DECLS
