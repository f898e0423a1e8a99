#pragma once

#include "ch-poppler-autoptr.h"

#include "ch-paint-log.h"

G_BEGIN_DECLS

gboolean ch_paint_tap_log (PopplerPage *page,
                           ChPaintLog  *log);

G_END_DECLS
