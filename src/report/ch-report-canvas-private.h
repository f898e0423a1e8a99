#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "ch-verdict.h"

G_BEGIN_DECLS

/* US Letter, in points. */
#define CH_PAGE_WIDTH 612.0
#define CH_PAGE_HEIGHT 792.0
#define CH_PAGE_MARGIN 48.0
#define CH_PAGE_INNER_WIDTH (CH_PAGE_WIDTH - 2 * CH_PAGE_MARGIN)
/* The footer stands below this line. */
#define CH_PAGE_BOTTOM (CH_PAGE_HEIGHT - 62.0)

typedef enum {
  CH_INK_TEXT,
  CH_INK_QUIET,
  CH_INK_LINE,
  CH_INK_SHADE,
  CH_INK_GREEN,
  CH_INK_YELLOW,
  CH_INK_RED,
} ChInk;

typedef enum {
  CH_FACE_PLAIN,
  CH_FACE_BOLD,
  CH_FACE_ITALIC,
} ChFace;

/**
 * ChCanvas:
 * @y: where the next thing is drawn, in points from the page's top
 * @page: 1-based
 * @n_pages: 0 while they are being counted
 * @n_overview: how many of them the overview takes, likewise
 * @leaves_no_ink: everything takes its place, and nothing is drawn
 *
 * A page being drawn on. The same drawing runs several times: first without ink, to count the pages, then for good.
 */
typedef struct {
  cairo_t      *cr;
  PangoContext *context;
  double        y;
  guint         page;
  guint         n_pages;
  guint         n_overview;
  gboolean      leaves_no_ink;
} ChCanvas;

void         _ch_canvas_init        (ChCanvas        *self,
                                     cairo_surface_t *surface,
                                     guint            n_pages);
void         _ch_canvas_clear       (ChCanvas        *self);
PangoLayout *_ch_canvas_lay_out     (ChCanvas        *self,
                                     const char      *text,
                                     ChFace           face,
                                     double           size,
                                     double           width);
double       _ch_canvas_get_height  (PangoLayout     *layout);
double       _ch_canvas_get_width   (PangoLayout     *layout);
void         _ch_canvas_show        (ChCanvas        *self,
                                     PangoLayout     *layout,
                                     double           x,
                                     double           y,
                                     ChInk            ink);
void         _ch_canvas_rule        (ChCanvas        *self,
                                     double           y,
                                     double           thickness,
                                     ChInk            ink);
void         _ch_canvas_box         (ChCanvas        *self,
                                     double           x,
                                     double           y,
                                     double           width,
                                     double           height,
                                     ChInk            ink);
void         _ch_canvas_shape       (ChCanvas        *self,
                                     ChColour         colour,
                                     double           x,
                                     double           y,
                                     double           size);
ChInk        _ch_ink_for_colour     (ChColour         colour);

G_END_DECLS
