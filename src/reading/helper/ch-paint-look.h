#pragma once

#include "ch-paint-log.h"

G_BEGIN_DECLS

ChInk *ch_paint_look_at (const ChPaintLog *log,
                         const ChTurn     *turn,
                         const ChBox      *part);

G_END_DECLS
