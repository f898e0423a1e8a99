#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-turn.h"

#include <math.h>

gboolean
ch_turn_is_none (const ChTurn *self)
{
  return self->xx == 1 && self->yx == 0 && self->xy == 0 && self->yy == 1 && self->x0 == 0 && self->y0 == 0;
}

/**
 * ch_turn_invert:
 *
 * Returns: the way back; none for a turn that has none, because it presses the page flat
 */
ChTurn
ch_turn_invert (const ChTurn *self)
{
  double determinant = self->xx * self->yy - self->xy * self->yx;
  ChTurn back = CH_TURN_NONE;

  if (determinant == 0)
    return back;

  back.xx = self->yy / determinant;
  back.xy = -self->xy / determinant;
  back.yx = -self->yx / determinant;
  back.yy = self->xx / determinant;
  back.x0 = -(back.xx * self->x0 + back.xy * self->y0);
  back.y0 = -(back.yx * self->x0 + back.yy * self->y0);

  return back;
}

/**
 * ch_turn_after:
 *
 * Returns: @first, and then @second
 */
ChTurn
ch_turn_after (const ChTurn *first,
               const ChTurn *second)
{
  ChTurn both = { second->xx * first->xx + second->xy * first->yx,
                  second->yx * first->xx + second->yy * first->yx,
                  second->xx * first->xy + second->xy * first->yy,
                  second->yx * first->xy + second->yy * first->yy,
                  first->x0,
                  first->y0 };

  ch_turn_point (second, &both.x0, &both.y0);

  return both;
}

void
ch_turn_point (const ChTurn *self,
               double       *x,
               double       *y)
{
  double from_x = *x;

  *x = self->xx * from_x + self->xy * *y + self->x0;
  *y = self->yx * from_x + self->yy * *y + self->y0;
}

/**
 * ch_turn_box:
 *
 * Returns: the smallest upright box that holds the turned one
 */
ChBox
ch_turn_box (const ChTurn *self,
             const ChBox  *box)
{
  const double corners[4][2]
    = { { box->x0, box->y0 }, { box->x1, box->y0 }, { box->x0, box->y1 }, { box->x1, box->y1 } };
  ChBox turned = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      ChBox corner = { corners[i][0], corners[i][1], 0, 0 };

      ch_turn_point (self, &corner.x0, &corner.y0);
      corner.x1 = corner.x0;
      corner.y1 = corner.y0;
      ch_box_unite (&turned, &corner);
    }

  return turned;
}

/**
 * ch_turn_upright:
 * @box: of something that stands askew or lies, such as a letter
 *
 * Returns: its own box when it is held upright: as wide and as high as it is, around its middle
 */
ChBox
ch_turn_upright (const ChTurn *self,
                 const ChBox  *box)
{
  gboolean lies = fabs (self->xy) > fabs (self->xx);
  double width = lies ? ch_box_height (box) : ch_box_width (box);
  double height = lies ? ch_box_width (box) : ch_box_height (box);
  double x = ch_box_centre_x (box);
  double y = ch_box_centre_y (box);

  ch_turn_point (self, &x, &y);

  return (ChBox){ x - width / 2, y - height / 2, x + width / 2, y + height / 2 };
}
