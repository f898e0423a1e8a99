#pragma once

#include "ch-paint-log.h"

G_BEGIN_DECLS

void ch_paint_rules_find (const ChPaintLog *log,
                          const ChTurn     *turn,
                          GArray           *rules);

G_END_DECLS
