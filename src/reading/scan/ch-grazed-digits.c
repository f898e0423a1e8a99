#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-grazed-digits.h"

/* Points: a line that digits graze is no thicker, blur and all. */
#define THICKEST 3.5
/* A pixel is part of a digit, or of a line, from this grey on. */
#define INK 150
#define FAINT_INK 205
/* Rows between a digit and the line that it grazes: a line is painted over with its blur. */
#define MOST_APART 2

/* Shares of the height of the piece: how far from its end a stroke may stop and still graze the line, and how far the
 * strokes of one digit are apart. */
#define STROKE_END 0.35
#define WIDEST_DIGIT 0.8

/* One end of digits, their tops or their feet. */
typedef struct {
  PIX            *with_rules;
  PIX            *without_rules;
  const ChInkBox *part;
  int             away;   /* -1 up, 1 down */
  int             reach;  /* rows in which strokes may stop */
  int             most;   /* rows that a line may have */
} End;

/* Where a stroke stops in a line: the rows from its last one on that were the line's. */
typedef struct {
  int row;
  int n_rows;   /* 0 where it doesn't */
} Graze;

static int
get_grey (PIX *picture,
          int  x,
          int  y)
{
  if (x < 0 || y < 0 || x >= pixGetWidth (picture) || y >= pixGetHeight (picture))
    return 255;

  return GET_DATA_BYTE (pixGetData (picture) + (gsize) y * (gsize) pixGetWpl (picture), x);
}

/* A line was there, and was painted over. */
static gboolean
was_erased (const End *end,
            int        x,
            int        y)
{
  return get_grey (end->with_rules, x, y) < FAINT_INK && get_grey (end->without_rules, x, y) == 255;
}

static gboolean
is_ink (const End *end,
        int        x,
        int        y)
{
  return get_grey (end->without_rules, x, y) < INK;
}

static gboolean
has_ink (const End *end,
         int        x)
{
  int y;

  for (y = end->part->y0; y < end->part->y1; y++)
    {
      if (is_ink (end, x, y))
        return TRUE;
    }

  return FALSE;
}

/* What goes on for more rows than a level line has is a line down the page. */
static Graze
find_graze (const End *end,
            int        x)
{
  Graze graze = { end->away < 0 ? end->part->y0 : end->part->y1 - 1, 0 };
  int begin = 1;
  int n;

  for (n = 0; n < end->reach && !is_ink (end, x, graze.row); n++)
    graze.row -= end->away;
  if (n == end->reach)
    return graze;

  while (begin <= MOST_APART && !was_erased (end, x, graze.row + begin * end->away))
    begin++;
  if (begin > MOST_APART)
    return graze;
  for (n = begin; n <= end->most && was_erased (end, x, graze.row + n * end->away);)
    n++;
  graze.n_rows = n <= end->most ? n - 1 : 0;

  return graze;
}

static void
put_back (const End   *end,
          const Graze *graze,
          int          x)
{
  int n;

  for (n = 0; n <= graze->n_rows; n++)
    {
      int y = graze->row + n * end->away;
      int grey = get_grey (end->with_rules, x, y);

      if (y >= 0 && y < pixGetHeight (end->without_rules) && grey < get_grey (end->without_rules, x, y))
        pixSetPixel (end->without_rules, x, y, (l_uint32) grey);
    }
}

/* Between strokes of one digit there is ink in every column, if only at its other end. */
static gboolean
is_one_digit (const End *end,
              int        from,
              int        to)
{
  int x;

  if (to - from > WIDEST_DIGIT * (end->part->y1 - end->part->y0))
    return FALSE;
  for (x = from + 1; x < to; x++)
    {
      if (!has_ink (end, x))
        return FALSE;
    }

  return TRUE;
}

/* Puts the line back over the strokes that stop in it, and between those of one digit. Returns: the outermost row that is
 * the digits' now, counted from the part's own; 0 where none stops in a line. */
static int
close_end (const End *end)
{
  int outermost = end->away < 0 ? end->part->y0 : end->part->y1 - 1;
  Graze before = { 0, 0 };
  int last = -1;
  int furthest = 0;
  int x, between;

  for (x = end->part->x0; x < end->part->x1; x++)
    {
      Graze graze = find_graze (end, x);

      if (graze.n_rows == 0)
        continue;
      if (last >= 0 && last + 1 < x && is_one_digit (end, last, x))
        {
          for (between = last + 1; between < x; between++)
            put_back (end, &before, between);
        }
      put_back (end, &graze, x);
      furthest = MAX (furthest, (graze.row - outermost) * end->away + graze.n_rows);
      before = graze;
      last = x;
    }

  return furthest;
}

/**
 * ch_grazed_digits_mend:
 * @without_rules: the sheet's picture with its ruling lines painted over; changed
 * @piece: a number
 *
 * A digit whose top or bottom lies in a ruling line loses it with the line, and a nought becomes a U. Between the strokes
 * that end in the line, the line is the digit's.
 *
 * Returns: whether there was any
 */
gboolean
ch_grazed_digits_mend (const ChScanSheet *sheet,
                       PIX               *without_rules,
                       ChScanPiece       *piece)
{
  gboolean any = FALSE;
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    {
      ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);
      int height = part->y1 - part->y0;
      End end = { sheet->grey, without_rules, part, -1, (int) (STROKE_END * height), (int) (THICKEST * sheet->scale) };
      int above, below;

      /* Commas and dashes are whole, or of no account. */
      if (2 * height < piece->box.y1 - piece->box.y0)
        continue;
      above = close_end (&end);
      end.away = 1;
      below = close_end (&end);
      part->y0 -= above;
      part->y1 += below;
      any = any || above > 0 || below > 0;
    }
  for (i = 0; any && i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      piece->box.y0 = MIN (piece->box.y0, part->y0);
      piece->box.y1 = MAX (piece->box.y1, part->y1);
    }

  return any;
}
