#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-turn.h"

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
