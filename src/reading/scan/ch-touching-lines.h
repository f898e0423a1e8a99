#pragma once

#include "ch-scan-pieces.h"

G_BEGIN_DECLS

void ch_touching_lines_part (GArray *letters,
                             GArray *rules,
                             double  scale,
                             PIX    *ink);

G_END_DECLS
