#pragma once

#include "ch-paint-log.h"

G_BEGIN_DECLS

ChTurn ch_text_turn_find (const ChPaintLog *log,
                          double           *width,
                          double           *height);

G_END_DECLS
