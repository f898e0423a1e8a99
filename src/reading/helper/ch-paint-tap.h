#pragma once

#include "ch-poppler-autoptr.h"

#include "ch-paint-log.h"

G_BEGIN_DECLS

/* Poppler shifts thin lines to the middle of the nearest pixel; many pixels a point leave them where they are. */
#define CH_PAINT_TAP_SCALE 16.0

gboolean ch_paint_tap_log (PopplerPage *page,
                           ChPaintLog  *log);

G_END_DECLS
