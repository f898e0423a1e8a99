#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-box.h"

double
ch_box_centre_x (const ChBox *self)
{
  return (self->x0 + self->x1) / 2;
}

double
ch_box_centre_y (const ChBox *self)
{
  return (self->y0 + self->y1) / 2;
}

double
ch_box_width (const ChBox *self)
{
  return self->x1 - self->x0;
}

double
ch_box_height (const ChBox *self)
{
  return self->y1 - self->y0;
}

gboolean
ch_box_holds (const ChBox *self,
              double       x,
              double       y)
{
  return x >= self->x0 && x < self->x1 && y >= self->y0 && y < self->y1;
}

/**
 * ch_box_overlap_area:
 *
 * Returns: the area that both cover, in square points; 0 where they don't meet
 */
double
ch_box_overlap_area (const ChBox *a,
                     const ChBox *b)
{
  double width = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  double height = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);

  return width > 0 && height > 0 ? width * height : 0;
}

void
ch_box_unite (ChBox       *self,
              const ChBox *other)
{
  self->x0 = MIN (self->x0, other->x0);
  self->y0 = MIN (self->y0, other->y0);
  self->x1 = MAX (self->x1, other->x1);
  self->y1 = MAX (self->y1, other->y1);
}
