#pragma once

#include <cairo.h>
#include <glib.h>

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

/* Draws a page on white paper, in its points. */
typedef void (*ChPaintFunc) (cairo_t *context,
                             gpointer user_data);

gboolean ch_page_painter_paint (double       width,
                                double       height,
                                double       scale,
                                ChPaintFunc  func,
                                gpointer     user_data,
                                ChPainting  *painting);

G_END_DECLS
