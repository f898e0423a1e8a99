#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-keystone.h"

#include <math.h>

/* Grey from which a pixel is ink. */
#define FAINT_INK 205
/* Points: runs of ink that lines are made of, and lines that are long enough for their slope to be known. */
#define SHORTEST_RUN 9.0
#define SHORTEST_LINE 40.0
/* Pixels: gaps in a line that are bridged. */
#define BRIDGE 3
/* Of its length: what a line rises at most. A line is thin: so many points. */
#define MOST_SLOPE 0.06
#define THICKEST 3.0
#define FEWEST_LINES 5
/* Slopes that differ by less than this over the sheet aren't worth the blur; those by more are no photograph of a form. */
#define LEAST_DIFFERENCE 0.003
#define MOST_DIFFERENCE 0.15
/* Of the sheet: the lines have to be spread over as much of it. */
#define LEAST_SPREAD 0.4
/* A line that is so much steeper than its neighbours is none of the form's. */
#define OUTLIER 0.006
/* Where on the sheet the four lines lie whose corners are put right, as a share of it. */
#define NEAR_EDGE 0.1
#define FAR_EDGE 0.9

/* One line: where it is across its direction, and how much that changes a pixel along it. */
typedef struct {
  double at;
  double slope;
  double length;
} Line;

/* How steep lines are at a place: @slope in the middle of the sheet, and by how much more each pixel further on. */
typedef struct {
  double middle;
  double slope;
  double change;
} Slopes;

/* The middle of the ink of a component, column by column, laid through by least squares. */
static gboolean
fit_line (PIX    *component,
          int     x0,
          int     y0,
          double  middle,
          Line   *line)
{
  int width = pixGetWidth (component);
  int height = pixGetHeight (component);
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  int x, y;

  for (y = 0; y < height; y++)
    {
      const l_uint32 *row = pixGetData (component) + (gsize) y * (gsize) pixGetWpl (component);

      for (x = 0; x < width; x++)
        {
          if (!GET_DATA_BIT (row, x))
            continue;
          n++;
          sx += x;
          sy += y;
          sxx += (double) x * x;
          sxy += (double) x * y;
        }
    }
  if (n * sxx - sx * sx <= 0)
    return FALSE;

  line->slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  line->at = y0 + sy / n + line->slope * (middle - x0 - sx / n);
  line->length = width;

  return TRUE;
}

/* The long thin lines of a picture that are about level. */
static GArray *
find_lines (PIX    *grey,
            double  scale)
{
  g_autoptr (PIX) faint = pixThresholdToBinary (grey, FAINT_INK);
  g_autoptr (PIX) bridged = pixCloseSafeBrick (NULL, faint, BRIDGE, 1);
  g_autoptr (PIX) runs = pixOpenBrick (NULL, bridged, (int) (SHORTEST_RUN * scale), 1);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  PIXA *components = NULL;
  BOXA *boxes = pixConnComp (runs, &components, 8);
  int i;

  for (i = 0; i < boxaGetCount (boxes); i++)
    {
      int x, y, width, height;
      PIX *component;
      Line line;

      if (boxaGetBoxGeometry (boxes, i, &x, &y, &width, &height) != 0 || width < SHORTEST_LINE * scale
          || height > MOST_SLOPE * width + THICKEST * scale)
        continue;
      component = pixaGetPix (components, i, L_CLONE);
      if (fit_line (component, x, y, pixGetWidth (grey) / 2.0, &line) && fabs (line.slope) <= MOST_SLOPE)
        g_array_append_val (lines, line);
      pixDestroy (&component);
    }
  boxaDestroy (&boxes);
  pixaDestroy (&components);

  return lines;
}

/* A straight line through the slopes of the lines, longer ones counting for more. */
static gboolean
fit_slopes (GArray *lines,
            Slopes *slopes)
{
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      double at = line->at - slopes->middle;

      n += line->length;
      x += line->length * at;
      y += line->length * line->slope;
      xx += line->length * at * at;
      xy += line->length * at * line->slope;
    }
  if (lines->len < FEWEST_LINES || n * xx - x * x <= 0)
    return FALSE;

  slopes->change = (n * xy - x * y) / (n * xx - x * x);
  slopes->slope = (y - slopes->change * x) / n;

  return TRUE;
}

static double
slope_at (const Slopes *slopes,
          double        at)
{
  return slopes->slope + slopes->change * (at - slopes->middle);
}

static void
drop_outliers (GArray       *lines,
               const Slopes *slopes)
{
  guint i;

  for (i = lines->len; i > 0; i--)
    {
      const Line *line = &g_array_index (lines, Line, i - 1);

      if (fabs (line->slope - slope_at (slopes, line->at)) > OUTLIER)
        g_array_remove_index_fast (lines, i - 1);
    }
}

/* Lines that stand close together say little of how steep others are elsewhere. */
static gboolean
spread (GArray       *lines,
        const Slopes *slopes)
{
  double first = G_MAXDOUBLE;
  double last = 0;
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      first = MIN (first, line->at);
      last = MAX (last, line->at);
    }

  return last - first >= LEAST_SPREAD * 2 * slopes->middle;
}

static gboolean
find_slopes (PIX    *grey,
             double  scale,
             Slopes *slopes)
{
  g_autoptr (GArray) lines = find_lines (grey, scale);

  *slopes = (Slopes){ pixGetHeight (grey) / 2.0, 0, 0 };
  if (!fit_slopes (lines, slopes))
    return FALSE;
  drop_outliers (lines, slopes);

  return spread (lines, slopes) && fit_slopes (lines, slopes);
}

/* Where a level line and an upright one meet, each given by where it is in the middle of the sheet and by its slope. */
static void
find_corner (const Slopes *level,
             const Slopes *upright,
             double        x,
             double        y,
             double        corner[2])
{
  double s = slope_at (level, y);
  double t = slope_at (upright, x);

  /* y' = y + s (x' - middle of x), x' = x + t (y' - middle of y) */
  corner[0] = (x + t * (y - s * upright->middle - level->middle)) / (1 - s * t);
  corner[1] = y + s * (corner[0] - upright->middle);
}

/* From the straight sheet's points back to those of the picture, as near as a turn can say it. */
static ChTurn
find_turn_back (double corners[4][2],
                double left,
                double right,
                double top,
                double bottom,
                double scale)
{
  ChTurn back = CH_TURN_NONE;
  double x = 0;
  double y = 0;
  guint i;

  for (i = 0; i < 4; i++)
    {
      x += corners[i][0] / 4;
      y += corners[i][1] / 4;
    }
  back.xx = (corners[1][0] + corners[2][0] - corners[0][0] - corners[3][0]) / (2 * (right - left));
  back.yx = (corners[1][1] + corners[2][1] - corners[0][1] - corners[3][1]) / (2 * (right - left));
  back.xy = (corners[2][0] + corners[3][0] - corners[0][0] - corners[1][0]) / (2 * (bottom - top));
  back.yy = (corners[2][1] + corners[3][1] - corners[0][1] - corners[1][1]) / (2 * (bottom - top));
  back.x0 = (x - back.xx * (left + right) / 2 - back.xy * (top + bottom) / 2) / scale;
  back.y0 = (y - back.yx * (left + right) / 2 - back.yy * (top + bottom) / 2) / scale;

  return back;
}

static void
straighten (ChScanSheet  *sheet,
            const Slopes *level,
            const Slopes *upright)
{
  double left = NEAR_EDGE * pixGetWidth (sheet->grey);
  double right = FAR_EDGE * pixGetWidth (sheet->grey);
  double top = NEAR_EDGE * pixGetHeight (sheet->grey);
  double bottom = FAR_EDGE * pixGetHeight (sheet->grey);
  const double straight[4][2] = { { left, top }, { right, top }, { right, bottom }, { left, bottom } };
  double corners[4][2];
  PTA *from = ptaCreate (4);
  PTA *to = ptaCreate (4);
  PIX *picture;
  ChTurn back;
  guint i;

  for (i = 0; i < 4; i++)
    {
      find_corner (level, upright, straight[i][0], straight[i][1], corners[i]);
      ptaAddPt (from, (l_float32) corners[i][0], (l_float32) corners[i][1]);
      ptaAddPt (to, (l_float32) straight[i][0], (l_float32) straight[i][1]);
    }
  picture = pixProjectivePta (sheet->grey, to, from, L_BRING_IN_WHITE);
  ptaDestroy (&from);
  ptaDestroy (&to);
  if (picture == NULL)
    return;

  back = find_turn_back (corners, left, right, top, bottom, sheet->scale);
  ch_scan_sheet_replace (sheet, picture, &back);
}

/**
 * ch_keystone_correct:
 * @sheet: about level
 *
 * On a photograph that was not taken from straight above, lines that are level on paper run together to one side, and
 * upright ones to the top or bottom. Makes them parallel again.
 *
 * Returns: whether the sheet was changed
 */
gboolean
ch_keystone_correct (ChScanSheet *sheet)
{
  g_autoptr (PIX) flipped = NULL;
  g_autoptr (PIX) on_side = NULL;
  Slopes level, upright;
  double difference;

  if (!find_slopes (sheet->grey, sheet->scale, &level))
    return FALSE;
  /* Mirrored at its diagonal: rows are columns. */
  flipped = pixFlipTB (NULL, sheet->grey);
  on_side = pixRotateOrth (flipped, 1);
  if (!find_slopes (on_side, sheet->scale, &upright))
    return FALSE;

  difference = MAX (fabs (level.change) * pixGetHeight (sheet->grey), fabs (upright.change) * pixGetWidth (sheet->grey));
  difference = MAX (difference, fabs (level.slope + upright.slope));
  if (difference < LEAST_DIFFERENCE || difference > MOST_DIFFERENCE)
    return FALSE;

  straighten (sheet, &level, &upright);

  return TRUE;
}
