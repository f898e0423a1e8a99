#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-text-turn.h"

#include <math.h>

/* Degrees: text askew by less than this stays on its line across the page. */
#define LEAST_TURN 0.03
#define N_DIRECTIONS 360
/* The cosine of two degrees. */
#define NEARLY_PARALLEL 0.99939

/* The direction in which most text runs, in degrees; other text is askew for a reason of its own. */
static double
find_direction (const ChPaintLog *log)
{
  const ChPaintedGlyph *glyphs = ch_paint_log_get_glyphs (log);
  guint n_glyphs = ch_paint_log_get_n_glyphs (log);
  guint counts[N_DIRECTIONS] = { 0 };
  double sum_x = 0, sum_y = 0;
  double x, y;
  guint direction = 0;
  guint most = 0;
  guint i;

  for (i = 0; i < n_glyphs; i++)
    {
      /* All of a run go one way. */
      if (i == 0 || glyphs[i].run != glyphs[i - 1].run)
        direction = (guint) floor (atan2 (glyphs[i].along_y, glyphs[i].along_x) * 180 / G_PI + 360.5) % N_DIRECTIONS;
      counts[direction]++;
    }
  for (i = 1; i < N_DIRECTIONS; i++)
    {
      if (counts[i] > counts[most])
        most = i;
    }
  x = cos (most * G_PI / 180);
  y = sin (most * G_PI / 180);
  for (i = 0; i < n_glyphs; i++)
    {
      if (glyphs[i].along_x * x + glyphs[i].along_y * y < NEARLY_PARALLEL)
        continue;
      sum_x += glyphs[i].along_x;
      sum_y += glyphs[i].along_y;
    }

  return atan2 (sum_y, sum_x) * 180 / G_PI;
}

/**
 * ch_text_turn_find:
 * @width: (inout): of the page as it is shown, then as it is held to be read
 *
 * Returns: from the page as it is shown to the page as it is held to be read: some lie on their side without saying so,
 *   others were scanned askew before their text was recognised
 */
ChTurn
ch_text_turn_find (const ChPaintLog *log,
                   double           *width,
                   double           *height)
{
  double degrees = ch_paint_log_get_n_glyphs (log) > 0 ? find_direction (log) : 0;
  gboolean lies = fabs (fabs (degrees) - 90) < 45;
  double c = cos (degrees * G_PI / 180);
  double s = sin (degrees * G_PI / 180);
  double old_width = *width;
  double old_height = *height;
  ChTurn turn = CH_TURN_NONE;

  if (fabs (degrees) < LEAST_TURN)
    return turn;

  if (lies)
    {
      *width = old_height;
      *height = old_width;
    }
  turn = (ChTurn){ c, -s, s, c, 0, 0 };
  turn.x0 = *width / 2 - (c * old_width / 2 + s * old_height / 2);
  turn.y0 = *height / 2 - (-s * old_width / 2 + c * old_height / 2);

  return turn;
}
