#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-rules.h"

#include "ch-broken-rules.h"
#include "ch-page-model.h"

#include <math.h>

/* Points. What is no shorter than this, and straight, and thin, is a line and not a stroke of a letter. */
#define SHORTEST_ACROSS 11.0
#define SHORTEST_DOWN 9.0
#define THICKEST 3.0
/* A fax breaks hairlines; gaps of so many pixels are bridged. */
#define BRIDGE 3
/* The bars of capital letters look like a line once the gaps between them are bridged: a line has next to no gaps,
 * unless it is a long one on a fax. */
#define LEAST_INK 0.96
#define LEAST_INK_OF_LONG 0.80
#define LONG 100.0
/* Upright ones can't be letters from here on, however many of these they cross. */
#define TALLER_THAN_TEXT 40.0
/* What is shorter than this might still be the bars of two letters that touch: it counts only where it meets lines
 * across, as the sides of a box do. */
#define SURELY_LONG 24.0
#define MEETING 2.0
/* Where letters touch, most of what seems a line has more ink above or below; a line has that only where something was
 * written over it. */
#define MOST_TOUCHED 0.35
/* What touches a line is so much darker than its blur. */
#define DARKER 60
#define DARK_HALO 110
/* A line is of about one darkness all along. */
#define MOST_UNEVEN 0.12
#define UNEVEN 60
/* Pixels that a line may rise or fall over its length. */
#define MOST_DRIFT 2
/* Grey from which a pixel is ink: hairlines that were blurred are pale. */
#define FAINT_INK 205
#define INK 150
/* Pieces of one line, in points. */
#define SAME_LINE 1.0
#define MOST_GAP 4.0

/* One direction of a sheet: what is along the lines looked for, and what is across them. */
typedef struct {
  const ChScanSheet *sheet;
  gboolean           vertical;
  PIX               *grey;       /* (owned) as the sheet's, or lying on its side */
  PIX               *faint;      /* (owned) */
  PIX               *runs;       /* (owned) nothing but long runs of ink */
  GArray            *stretches;  /* (owned) (element-type Stretch) */
} Search;

/* A straight piece of a line, in pixels. */
typedef struct {
  int    from;
  int    to;
  int    first;    /* rows that it covers */
  int    last;
  double at;
  double width;
  int    halo;     /* the grey next to it where nothing touches it */
} Stretch;

static void
clear_search (Search *search)
{
  pixDestroy (&search->grey);
  pixDestroy (&search->faint);
  pixDestroy (&search->runs);
  g_clear_pointer (&search->stretches, g_array_unref);
}

static inline int
get_grey (PIX *grey,
          int  x,
          int  y)
{
  if (y < 0 || y >= pixGetHeight (grey))
    return 255;

  return GET_DATA_BYTE (pixGetData (grey) + (gsize) y * (gsize) pixGetWpl (grey), x);
}

static inline gboolean
is_dark (PIX *grey,
         int  x,
         int  y,
         int  threshold)
{
  return get_grey (grey, x, y) < threshold;
}

static inline gboolean
is_set (PIX *bits,
        int  x,
        int  y)
{
  if (y < 0 || y >= pixGetHeight (bits))
    return FALSE;

  return GET_DATA_BIT (pixGetData (bits) + (gsize) y * (gsize) pixGetWpl (bits), x) != 0;
}

/* The rows that a line covers at one place along it. FALSE where it has none there. Letters that touch the line don't
 * count as part of it. */
static gboolean
find_rows (const Search  *search,
           const Stretch *stretch,
           int            x,
           int           *first,
           int           *last)
{
  int y;

  *first = -1;
  for (y = stretch->first; y <= stretch->last; y++)
    {
      if (is_set (search->runs, x, y))
        {
          *first = *first < 0 ? y : *first;
          *last = y;
        }
      else if (*first >= 0)
        {
          return TRUE;
        }
    }

  return *first >= 0;
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* Narrows a stretch down to the rows that it covers in most places. */
static gboolean
narrow (const Search *search,
        Stretch      *stretch)
{
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) lasts = g_array_new (FALSE, FALSE, sizeof (int));
  int x, first, last;

  for (x = stretch->from; x < stretch->to; x++)
    {
      if (!find_rows (search, stretch, x, &first, &last))
        continue;
      g_array_append_val (firsts, first);
      g_array_append_val (lasts, last);
    }
  if (firsts->len == 0)
    return FALSE;

  g_array_sort (firsts, compare_ints);
  g_array_sort (lasts, compare_ints);
  stretch->first = MAX (stretch->first, g_array_index (firsts, int, firsts->len / 2) - MOST_DRIFT);
  stretch->last = MIN (stretch->last, g_array_index (lasts, int, lasts->len / 2) + MOST_DRIFT);

  return TRUE;
}

/* Something stands on the line or hangs from it here: the pixel next to the line is darker than the line's own blur.
 * Where that blur is as dark as ink, the one behind it tells. */
static gboolean
is_touched_at (const Search  *search,
               const Stretch *stretch,
               int            x,
               int            edge,
               int            away)
{
  if (stretch->halo < DARK_HALO)
    return is_dark (search->grey, x, edge + 2 * away, INK);

  return is_dark (search->grey, x, edge + away, stretch->halo - DARKER);
}

static gboolean
is_touched (const Search  *search,
            const Stretch *stretch,
            int            x,
            int            first,
            int            last)
{
  return is_touched_at (search, stretch, x, first, -1) || is_touched_at (search, stretch, x, last, 1);
}

/* How dark the line's own blur is: the middle of what is next to it. */
static void
measure_halo (const Search *search,
              Stretch      *stretch)
{
  guint counts[256] = { 0 };
  guint n = 0;
  guint below = 0;
  int x, first, last;

  for (x = stretch->from; x < stretch->to; x++)
    {
      if (!find_rows (search, stretch, x, &first, &last))
        continue;
      counts[get_grey (search->grey, x, first - 1)]++;
      counts[get_grey (search->grey, x, last + 1)]++;
      n += 2;
    }

  stretch->halo = 255;
  for (x = 0; x < 256; x++)
    {
      below += counts[x];
      if (below * 4 >= n)
        {
          stretch->halo = x;
          break;
        }
    }
}

static int
find_median (const guint *counts,
             guint        n)
{
  guint below = 0;
  int grey;

  for (grey = 0; grey < 255; grey++)
    {
      below += counts[grey];
      if (below * 2 >= n)
        break;
    }

  return grey;
}

/* The share of a line's places that are much darker or paler than most of it. */
static double
find_unevenness (const guint *counts,
                 guint        n)
{
  int median = find_median (counts, n);
  guint n_uneven = 0;
  int grey;

  for (grey = 0; grey < 256; grey++)
    {
      if (ABS (grey - median) > UNEVEN)
        n_uneven += counts[grey];
    }

  return n > 0 ? (double) n_uneven / n : 0;
}

static gboolean
measure (const Search *search,
         Stretch      *stretch)
{
  double scale = search->sheet->scale;
  int length = stretch->to - stretch->from;
  guint darkest[256] = { 0 };
  gint64 n_pixels = 0;
  gint64 sum = 0;
  int n_touched = 0;
  int n_covered = 0;
  int n_inked = 0;
  int x, y;

  if (!narrow (search, stretch))
    return FALSE;
  measure_halo (search, stretch);

  for (x = stretch->from; x < stretch->to; x++)
    {
      gboolean is_inked = FALSE;
      int grey = 255;
      int first, last;

      if (!find_rows (search, stretch, x, &first, &last))
        continue;
      for (y = first; y <= last; y++)
        {
          is_inked = is_inked || is_set (search->faint, x, y);
          grey = MIN (grey, get_grey (search->grey, x, y));
          sum += y;
        }
      n_pixels += last - first + 1;
      n_covered++;
      n_inked += is_inked;
      n_touched += is_touched (search, stretch, x, first, last);
      darkest[grey]++;
    }
  if (n_covered == 0)
    return FALSE;

  stretch->at = (double) sum / (double) n_pixels + 0.5;
  stretch->width = (double) n_pixels / n_covered;
  if (stretch->width > THICKEST * scale)
    return FALSE;
  if (length >= LONG * scale)
    return n_inked >= LEAST_INK_OF_LONG * length;
  if (search->vertical && length >= TALLER_THAN_TEXT * scale)
    return n_inked >= LEAST_INK * length;

  return n_inked >= LEAST_INK * length && n_touched <= MOST_TOUCHED * n_covered
         && find_unevenness (darkest, (guint) n_covered) <= MOST_UNEVEN;
}

/* Paints the line over. Where letters cross it, it stays: a stroke is worth more than a clean line. Where they touch it
 * from one side, its other side goes. */
static void
erase (const Search  *search,
       const Stretch *stretch,
       PIX           *page)
{
  int height = pixGetHeight (search->grey);
  int x, y;

  for (x = stretch->from; x < stretch->to; x++)
    {
      int first, last, from, to;

      if (!find_rows (search, stretch, x, &first, &last))
        continue;
      from = is_touched_at (search, stretch, x, first, -1) ? first + 1 : first - 1;
      to = is_touched_at (search, stretch, x, last, 1) ? last - 1 : last + 1;
      if (from > first && to < last)
        continue;
      for (y = MAX (from, 0); y <= MIN (to, height - 1); y++)
        {
          if (search->vertical)
            pixSetPixel (page, y, x, 255);
          else
            pixSetPixel (page, x, y, 255);
        }
    }
}

/* Long runs of ink along the rows. */
static PIX *
find_runs (PIX   *faint,
           double shortest)
{
  g_autoptr (PIX) bridged = pixCloseSafeBrick (NULL, faint, BRIDGE, 1);

  return pixOpenBrick (NULL, bridged, (int) shortest, 1);
}

static void
find_stretches (Search *search)
{
  g_autoptr (BOXA) boxes = pixConnCompBB (search->runs, 8);
  int i;

  for (i = 0; i < boxaGetCount (boxes); i++)
    {
      Stretch stretch = { 0 };
      int x, y, width, height;

      if (boxaGetBoxGeometry (boxes, i, &x, &y, &width, &height) != 0)
        continue;
      stretch.from = x;
      stretch.to = x + width;
      stretch.first = y;
      stretch.last = y + height - 1;
      if (measure (search, &stretch))
        g_array_append_val (search->stretches, stretch);
    }
}

static void
search_direction (const ChScanSheet *sheet,
                  gboolean           vertical,
                  Search            *search)
{
  g_autoptr (PIX) flipped = vertical ? pixFlipTB (NULL, sheet->grey) : NULL;

  search->sheet = sheet;
  search->vertical = vertical;
  search->grey = vertical ? pixRotateOrth (flipped, 1) : pixClone (sheet->grey);
  search->faint = pixThresholdToBinary (search->grey, FAINT_INK);
  search->runs = find_runs (search->faint, (vertical ? SHORTEST_DOWN : SHORTEST_ACROSS) * sheet->scale);
  search->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  find_stretches (search);
}

/* How surely something across passes one end of a stretch: not at all, a short stretch, a line. */
static guint
meets (const Search  *across,
       int            end,
       const Stretch *stretch)
{
  double scale = across->sheet->scale;
  double slack = MEETING * scale;
  guint surest = 0;
  guint i;

  for (i = 0; i < across->stretches->len; i++)
    {
      const Stretch *other = &g_array_index (across->stretches, Stretch, i);

      if (fabs (other->at - end) > slack || other->from > stretch->at + slack || other->to < stretch->at - slack)
        continue;
      surest = MAX (surest, other->to - other->from >= SURELY_LONG * scale ? 2u : 1u);
    }

  return surest;
}

static gboolean
is_line (const Search  *search,
         const Search  *across,
         const Stretch *stretch)
{
  if (stretch->to - stretch->from >= SURELY_LONG * search->sheet->scale)
    return TRUE;

  return meets (across, stretch->from, stretch) + meets (across, stretch->to, stretch) >= 2;
}

static void
take_lines (const Search *search,
            const Search *across,
            GArray       *rules,
            PIX          *page)
{
  double scale = search->sheet->scale;
  guint i;

  for (i = 0; i < search->stretches->len; i++)
    {
      const Stretch *stretch = &g_array_index (search->stretches, Stretch, i);
      ChRule rule = { search->vertical, stretch->at / scale, stretch->from / scale, stretch->to / scale,
                      stretch->width / scale };

      if (!is_line (search, across, stretch))
        continue;
      g_array_append_val (rules, rule);
      erase (search, stretch, page);
    }
}

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const ChRule *left = a;
  const ChRule *right = b;

  if (left->vertical != right->vertical)
    return left->vertical ? 1 : -1;
  if (left->from != right->from)
    return left->from < right->from ? -1 : 1;

  return left->at < right->at ? -1 : left->at > right->at;
}

/* Makes one line of its pieces where no more than a gap is between them. */
static void
join (GArray *rules)
{
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (ChRule));
  guint i, j;

  g_array_sort (rules, compare_rules);
  for (i = 0; i < rules->len; i++)
    {
      const ChRule *rule = &g_array_index (rules, ChRule, i);
      ChRule *best = NULL;

      for (j = 0; j < joined->len; j++)
        {
          ChRule *before = &g_array_index (joined, ChRule, j);

          if (before->vertical == rule->vertical && fabs (before->at - rule->at) <= SAME_LINE
              && rule->from <= before->to + MOST_GAP && (best == NULL || before->to > best->to))
            best = before;
        }
      if (best == NULL)
        {
          g_array_append_val (joined, *rule);
          continue;
        }
      best->at = (best->at * (best->to - best->from) + rule->at * (rule->to - rule->from))
                 / (best->to - best->from + rule->to - rule->from);
      best->to = MAX (best->to, rule->to);
      best->width = MAX (best->width, rule->width);
    }

  g_array_set_size (rules, 0);
  g_array_append_vals (rules, joined->data, joined->len);
}

/**
 * ch_scan_rules_find:
 * @rules: (element-type ChRule): takes the ruling lines, in points of the sheet
 * @without: (out) (transfer full): the sheet's picture with the lines painted over
 *
 * Finds the straight thin lines of an upright sheet, and takes them away from what stands on them.
 */
void
ch_scan_rules_find (const ChScanSheet *sheet,
                    GArray            *rules,
                    PIX              **without)
{
  Search level, upright;

  search_direction (sheet, FALSE, &level);
  search_direction (sheet, TRUE, &upright);
  *without = pixCopy (NULL, sheet->grey);
  take_lines (&level, &upright, rules, *without);
  take_lines (&upright, &level, rules, *without);
  join (rules);
  ch_broken_rules_mend (sheet, *without, rules);
  clear_search (&level);
  clear_search (&upright);
}
