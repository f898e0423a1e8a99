#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChBox:
 *
 * A rectangle in points; origin top left of the page as a person holds it, y downwards.
 */
typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
} ChBox;

double   ch_box_centre_x     (const ChBox *self);
double   ch_box_centre_y     (const ChBox *self);
double   ch_box_width        (const ChBox *self);
double   ch_box_height       (const ChBox *self);
gboolean ch_box_holds        (const ChBox *self,
                              double       x,
                              double       y);
double   ch_box_overlap_area (const ChBox *a,
                              const ChBox *b);
void     ch_box_unite        (ChBox       *self,
                              const ChBox *other);

G_END_DECLS
