#pragma once

#include "ch-poppler-autoptr.h"

G_BEGIN_DECLS

/**
 * ChPainting:
 * @fd: (owned): memory that nobody can change any more
 */
typedef struct {
  int    fd;
  guint  width;
  guint  height;
  guint  stride;
  double points_width;
  double points_height;
} ChPainting;

gboolean ch_page_painter_paint (PopplerPage *page,
                                double       scale,
                                ChPainting  *painting);

G_END_DECLS
