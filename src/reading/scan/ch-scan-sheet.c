#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-sheet.h"

#include <math.h>

/* The grey that the paper is evened out to before the rest of the range is stretched. */
#define PAPER 220
#define DARKEST 40
/* A pixel is ink from this grey on when the slope of the lines is looked for. */
#define INK 160
/* What is darker than the first is black, what is lighter than the second is paper. */
#define BLACK 90
#define LIGHT 200
#define MOST_GREY_OF_FAX 0.33
/* Degrees: what a sheet fed by hand, or photographed, is askew at most, and somewhat more, since a slope at the very
 * edge of what is searched can't be told; a turn of less isn't worth the blur. */
#define MOST_SKEW 9.0
#define LEAST_SKEW 0.03
#define SKEW_STEP 1.0
#define SKEW_PRECISION 0.01
/* How much clearer the lines have to be across the sheet than along it before it is taken to lie on its side. */
#define CLEARLY 1.4
/* Points: letters that the lines of text are made of. */
#define SMALLEST_LETTER 1.5
#define LARGEST_LETTER 14.0

/* Light, shadow and the colour of the paper are evened out: what is left is how much darker than its surroundings
 * each pixel is. */
static PIX *
even_out (PIX *grey)
{
  g_autoptr (PIX) even = pixBackgroundNorm (grey, NULL, NULL, 16, 16, 80, 60, PAPER, 2, 2);

  if (even == NULL)
    return pixClone (grey);

  return pixGammaTRC (NULL, even, 1.0f, DARKEST, PAPER);
}

/* Of what isn't paper, the share that isn't black either: on faxes up to 0.3, on scans and photographs from 0.35. */
static gboolean
is_in_grey (PIX *picture)
{
  guint n_black = 0;
  guint n_grey = 0;
  int x, y;

  for (y = 0; y < pixGetHeight (picture); y++)
    {
      const l_uint32 *row = pixGetData (picture) + (gsize) y * (gsize) pixGetWpl (picture);

      for (x = 0; x < pixGetWidth (picture); x++)
        {
          int shade = GET_DATA_BYTE (row, x);

          n_black += shade < BLACK;
          n_grey += shade >= BLACK && shade < LIGHT;
        }
    }

  return n_grey > MOST_GREY_OF_FAX * (n_black + n_grey);
}

/**
 * ch_scan_sheet_new:
 * @picture: (transfer full): of any depth
 * @scale: pixels a point
 *
 * Returns: (transfer full) (nullable): the sheet; %NULL where the picture can't be made grey
 */
ChScanSheet *
ch_scan_sheet_new (PIX   *picture,
                   double scale)
{
  g_autoptr (PIX) owned = picture;
  g_autoptr (PIX) grey = pixConvertTo8 (owned, FALSE);
  ChScanSheet *self;

  if (grey == NULL || !(scale > 0))
    return NULL;

  self = g_new0 (ChScanSheet, 1);
  self->grey = even_out (grey);
  self->scale = scale;
  self->in_grey = is_in_grey (self->grey);
  self->to_page = CH_TURN_NONE;

  return self;
}

void
ch_scan_sheet_free (ChScanSheet *self)
{
  if (self == NULL)
    return;

  pixDestroy (&self->grey);
  g_free (self);
}

/* Returns: in points */
double
ch_scan_sheet_get_width (const ChScanSheet *self)
{
  return pixGetWidth (self->grey) / self->scale;
}

/* Returns: in points */
double
ch_scan_sheet_get_height (const ChScanSheet *self)
{
  return pixGetHeight (self->grey) / self->scale;
}

/* What is about as large as letters: ruling lines run both ways and would say nothing. */
static PIX *
keep_letters (const ChScanSheet *self)
{
  g_autoptr (PIX) ink = pixThresholdToBinary (self->grey, INK);
  int smallest = (int) (SMALLEST_LETTER * self->scale);
  int largest = (int) (LARGEST_LETTER * self->scale);
  g_autoptr (PIX) no_specks = pixSelectBySize (ink, smallest, smallest, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GTE, NULL);

  return pixSelectBySize (no_specks, largest, largest, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL);
}

/* How sharply the picture falls apart into rows at its best slope. */
static double
find_clarity (PIX *ink)
{
  l_float32 angle, confidence, score;

  if (pixFindSkewSweepAndSearchScore (ink, &angle, &confidence, &score, 4, 4, 0, MOST_SKEW, SKEW_STEP, SKEW_PRECISION)
      != 0)
    return 0;

  return score;
}

/**
 * ch_scan_sheet_lies_on_side:
 *
 * Returns: whether the lines of text run from top to bottom
 */
gboolean
ch_scan_sheet_lies_on_side (const ChScanSheet *self)
{
  g_autoptr (PIX) upright = keep_letters (self);
  g_autoptr (PIX) turned = pixRotateOrth (upright, 1);

  return find_clarity (turned) > CLEARLY * find_clarity (upright);
}

/* Puts a turn of the sheet before what brings its points to the page. */
static void
precede (ChScanSheet  *self,
         const ChTurn *back)
{
  const ChTurn *on = &self->to_page;
  ChTurn both = {
    on->xx * back->xx + on->xy * back->yx,
    on->yx * back->xx + on->yy * back->yx,
    on->xx * back->xy + on->xy * back->yy,
    on->yx * back->xy + on->yy * back->yy,
    on->xx * back->x0 + on->xy * back->y0 + on->x0,
    on->yx * back->x0 + on->yy * back->y0 + on->y0,
  };

  self->to_page = both;
}

/**
 * ch_scan_sheet_turn:
 * @n_quarters: clockwise
 */
void
ch_scan_sheet_turn (ChScanSheet *self,
                    guint        n_quarters)
{
  double width = ch_scan_sheet_get_width (self);
  double height = ch_scan_sheet_get_height (self);
  const ChTurn backs[] = {
    CH_TURN_NONE,
    { 0, -1, 1, 0, 0, height },
    { -1, 0, 0, -1, width, height },
    { 0, 1, -1, 0, width, 0 },
  };
  PIX *turned;

  n_quarters %= 4;
  if (n_quarters == 0)
    return;

  turned = pixRotateOrth (self->grey, (int) n_quarters);
  if (turned == NULL)
    return;

  pixDestroy (&self->grey);
  self->grey = turned;
  precede (self, &backs[n_quarters]);
}

/* Turns by a small angle about the middle; the sheet grows so that no corner is lost. */
static void
turn_by (ChScanSheet *self,
         double       degrees)
{
  double radians = degrees * G_PI / 180;
  double old_x = ch_scan_sheet_get_width (self) / 2;
  double old_y = ch_scan_sheet_get_height (self) / 2;
  double new_x, new_y;
  double c = cos (radians);
  double s = sin (radians);
  PIX *turned = pixRotate (self->grey, (l_float32) radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                           pixGetWidth (self->grey), pixGetHeight (self->grey));
  ChTurn back;

  if (turned == NULL)
    return;

  pixDestroy (&self->grey);
  self->grey = turned;
  new_x = ch_scan_sheet_get_width (self) / 2;
  new_y = ch_scan_sheet_get_height (self) / 2;
  back = (ChTurn){ c, -s, s, c, old_x - c * new_x - s * new_y, old_y + s * new_x - c * new_y };
  precede (self, &back);
}

/**
 * ch_scan_sheet_replace:
 * @picture: (transfer full): another view of the sheet, as large
 * @back: from its points to those of the one that it takes the place of
 */
void
ch_scan_sheet_replace (ChScanSheet  *self,
                       PIX          *picture,
                       const ChTurn *back)
{
  pixDestroy (&self->grey);
  self->grey = picture;
  precede (self, back);
}

/**
 * ch_scan_sheet_straighten:
 *
 * Turns the sheet so that its lines are level.
 */
void
ch_scan_sheet_straighten (ChScanSheet *self)
{
  g_autoptr (PIX) ink = pixThresholdToBinary (self->grey, INK);
  l_float32 angle, confidence;

  if (pixFindSkewSweepAndSearch (ink, &angle, &confidence, 4, 2, MOST_SKEW, SKEW_STEP, SKEW_PRECISION) == 0
      && fabsf (angle) >= (float) LEAST_SKEW)
    turn_by (self, angle);
}
