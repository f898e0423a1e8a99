#pragma once

#include "ch-box.h"

G_BEGIN_DECLS

/**
 * ChTurn:
 *
 * Where the points of an upright page model are on the page as it is shown, which may lie on its side or be askew:
 * x' = xx * x + xy * y + x0, y' = yx * x + yy * y + y0.
 */
typedef struct {
  double xx;
  double yx;
  double xy;
  double yy;
  double x0;
  double y0;
} ChTurn;

#define CH_TURN_NONE ((ChTurn){ 1, 0, 0, 1, 0, 0 })

gboolean ch_turn_is_none (const ChTurn *self);
ChTurn   ch_turn_invert  (const ChTurn *self);
ChTurn   ch_turn_after   (const ChTurn *first,
                          const ChTurn *second);
void     ch_turn_point   (const ChTurn *self,
                          double       *x,
                          double       *y);
ChBox    ch_turn_box     (const ChTurn *self,
                          const ChBox  *box);
ChBox    ch_turn_upright (const ChTurn *self,
                          const ChBox  *box);

G_END_DECLS
