#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-pieces.h"

#include "ch-letter-ink.h"
#include "ch-recogniser.h"
#include "ch-rule-rests.h"
#include "ch-touching-lines.h"

/* Points: letters are no lower than this, and text that a certificate says something with no higher. */
#define LOWEST_LETTER 2.2
#define HIGHEST_COMMA 3.6
#define WIDEST_COMMA 2.6
/* Points: a small x alone marks a box for yes. */
#define LOWEST_X 3.0
#define HIGHEST_TEXT 24.0
/* Of a line's height: how far the next letter may be, and how much the two must share of the smaller one's height. */
#define WIDEST_GAP 1.1
#define SHARED_HEIGHT 0.5
/* Words of a typewriter stand further apart: their pieces are joined where they are of one size and level. */
#define WIDEST_SPACE 1.5
#define SAME_SIZE 0.8
#define LEVEL 0.2
#define LOW_PART 0.6
/* A part that is this much higher than what stands beside it is two lines that touch. */
#define TWO_LINES 1.75
/* How far above or below a line its commas, quotes and dashes may reach, as a share of its height. */
#define HANGING 0.4
/* A line is measured by its last letters, since it may not be quite level. */
#define N_LAST_PARTS 6
#define NARROWEST_LETTER 1.0
/* Points: a part that reaches so far to both sides of a ruling line is two that touch on it. */
#define STRADDLING 1.0
/* The same across a level line: letters of two lines of text that touch there are so high together, and each is so high. */
#define TWO_LETTERS_HIGH 10.0
#define LETTER_HIGH 3.5
/* Of its height: what is no wider is one letter. */
#define WIDEST_LETTER 0.95
/* Points: thin bits that are longer than dashes and strokes of letters are what is left of lines. */
#define THIN 1.3
#define LONG_DASH 6.5
#define LONG_STROKE 10.5
/* Points, and the share of it that is ink. */
#define NARROWEST_FRAME 6.0
#define LOWEST_FRAME 4.5
#define EMPTY_FRAME 0.2
/* Pixels of paper around a piece, and around each of its parts. */
#define MARGIN 8
#define HALO 1
#define MOST_PARTS 60000

typedef struct {
  const ChScanSheet *sheet;
  GArray            *rules;
  GArray            *letters;   /* (element-type ChInkBox) from left to right */
  GArray            *small;     /* (element-type ChInkBox) dots, commas, dashes */
  GPtrArray         *pieces;
} Finder;

static int
height_of (const ChInkBox *box)
{
  return box->y1 - box->y0;
}

static void
unite (ChInkBox       *box,
       const ChInkBox *other)
{
  box->x0 = MIN (box->x0, other->x0);
  box->y0 = MIN (box->y0, other->y0);
  box->x1 = MAX (box->x1, other->x1);
  box->y1 = MAX (box->y1, other->y1);
}

static int
compare_by_left (gconstpointer a,
                 gconstpointer b)
{
  const ChInkBox *left = a;
  const ChInkBox *right = b;

  return left->x0 != right->x0 ? left->x0 - right->x0 : left->y0 - right->y0;
}

static ChScanPiece *
piece_new (const ChInkBox *part)
{
  ChScanPiece *self = g_new0 (ChScanPiece, 1);

  self->box = *part;
  self->parts = g_array_new (FALSE, FALSE, sizeof (ChInkBox));
  g_array_append_val (self->parts, *part);

  return self;
}

void
ch_scan_piece_free (ChScanPiece *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->parts);
  g_clear_pointer (&self->signs, g_array_unref);
  g_free (self);
}

/* Whether a vertical line parts two places at a height, all in pixels. */
static const ChRule *
find_parting_rule (const Finder *finder,
                   double        from,
                   double        to,
                   double        y)
{
  double scale = finder->sheet->scale;
  guint i;

  for (i = 0; i < finder->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (finder->rules, ChRule, i);

      if (rule->vertical && rule->at * scale > from && rule->at * scale < to && rule->from * scale <= y
          && rule->to * scale >= y)
        return rule;
    }

  return NULL;
}

/* Whether a level line parts two heights at a place along it, all in pixels. */
static const ChRule *
find_level_rule (const Finder *finder,
                 double        from,
                 double        to,
                 double        x)
{
  double scale = finder->sheet->scale;
  guint i;

  for (i = 0; i < finder->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (finder->rules, ChRule, i);

      if (!rule->vertical && rule->at * scale > from && rule->at * scale < to && rule->from * scale <= x
          && rule->to * scale >= x)
        return rule;
    }

  return NULL;
}

/* No stroke of a letter is so long and thin. */
static gboolean
is_line (const Finder   *finder,
         const ChInkBox *part)
{
  double scale = finder->sheet->scale;
  int width = part->x1 - part->x0;
  int height = part->y1 - part->y0;

  return (height <= THIN * scale && width >= LONG_DASH * scale)
         || (width <= THIN * scale && height >= LONG_STROKE * scale);
}

/* A part that lies across a line is two letters that touch there, each in its own cell. */
static void
add_part (Finder   *finder,
          ChInkBox  part)
{
  double scale = finder->sheet->scale;
  const ChRule *rule = NULL;

  if (part.x1 - part.x0 > WIDEST_LETTER * height_of (&part))
    rule = find_parting_rule (finder, part.x0 + STRADDLING * scale, part.x1 - STRADDLING * scale,
                              (part.y0 + part.y1) / 2.0);
  if (rule != NULL)
    {
      ChInkBox right = part;

      part.x1 = right.x0 = (int) (rule->at * scale);
      add_part (finder, right);
    }
  rule = NULL;
  if (height_of (&part) > TWO_LETTERS_HIGH * scale)
    rule = find_level_rule (finder, part.y0 + LETTER_HIGH * scale, part.y1 - LETTER_HIGH * scale,
                            (part.x0 + part.x1) / 2.0);
  if (rule != NULL)
    {
      ChInkBox below = part;

      part.y1 = below.y0 = (int) (rule->at * scale);
      add_part (finder, below);
    }
  if (height_of (&part) > HIGHEST_TEXT * scale || ch_rule_rests_hold (finder->rules, scale, &part)
      || is_line (finder, &part))
    return;
  if (height_of (&part) >= LOWEST_LETTER * scale)
    g_array_append_val (finder->letters, part);
  else
    g_array_append_val (finder->small, part);
}

/* A box to be ticked, or a corner of one, is large for a letter and next to empty. */
static gboolean
is_frame (const Finder   *finder,
          PIX            *ink,
          const ChInkBox *part)
{
  double scale = finder->sheet->scale;
  g_autoptr (PIX) cut = NULL;
  l_int32 n_pixels = 0;
  BOX *box;

  if (part->x1 - part->x0 < NARROWEST_FRAME * scale || height_of (part) < LOWEST_FRAME * scale)
    return FALSE;

  box = boxCreate (part->x0, part->y0, part->x1 - part->x0, height_of (part));
  cut = pixClipRectangle (ink, box, NULL);
  boxDestroy (&box);
  if (cut == NULL || pixCountPixels (cut, &n_pixels, NULL) != 0)
    return FALSE;

  return n_pixels < EMPTY_FRAME * (part->x1 - part->x0) * height_of (part);
}

static void
find_parts (Finder *finder,
            PIX    *without_rules)
{
  g_autoptr (PIX) ink = ch_letter_ink_find (without_rules, finder->sheet->in_grey);
  g_autoptr (BOXA) boxes = pixConnCompBB (ink, 8);
  int n = MIN (boxaGetCount (boxes), MOST_PARTS);
  int i;

  for (i = 0; i < n; i++)
    {
      int x, y, width, height;
      ChInkBox part;

      if (boxaGetBoxGeometry (boxes, i, &x, &y, &width, &height) != 0)
        continue;
      part = (ChInkBox){ x, y, x + width, y + height };
      if (!is_frame (finder, ink, &part)
          && !ch_rule_rests_are_all (finder->rules, finder->sheet->scale, ink, &part))
        add_part (finder, part);
    }
  ch_touching_lines_part (finder->letters, finder->rules, finder->sheet->scale, ink);
  g_array_sort (finder->letters, compare_by_left);
}

/* The band that the last letters of a piece take up. */
static void
find_band (const ChScanPiece *piece,
           int               *top,
           int               *bottom)
{
  guint first = piece->parts->len > N_LAST_PARTS ? piece->parts->len - N_LAST_PARTS : 0;
  guint i;

  *top = G_MAXINT;
  *bottom = 0;
  for (i = first; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      *top = MIN (*top, part->y0);
      *bottom = MAX (*bottom, part->y1);
    }
}

static gboolean
goes_on_with (const Finder      *finder,
              const ChScanPiece *piece,
              const ChInkBox    *part)
{
  int top, bottom, shared, gap;
  double smaller;

  find_band (piece, &top, &bottom);
  gap = part->x0 - piece->box.x1;
  shared = MIN (bottom, part->y1) - MAX (top, part->y0);
  smaller = MIN (bottom - top, height_of (part));
  if (gap > WIDEST_GAP * MAX (bottom - top, height_of (part)) || shared < SHARED_HEIGHT * smaller
      || height_of (part) > TWO_LINES * (bottom - top) || bottom - top > TWO_LINES * 1.3 * height_of (part))
    return FALSE;

  return find_parting_rule (finder, piece->box.x1 - 2, part->x0 + 2, (part->y0 + part->y1) / 2.0) == NULL;
}

/* The piece that a letter goes on with: of several, the one that is most level with it. */
static ChScanPiece *
find_piece (const Finder   *finder,
            GPtrArray      *open,
            const ChInkBox *part)
{
  ChScanPiece *best = NULL;
  int best_distance = G_MAXINT;
  guint i;

  for (i = 0; i < open->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (open, i);
      int top, bottom, distance;

      if (!goes_on_with (finder, piece, part))
        continue;
      find_band (piece, &top, &bottom);
      distance = ABS (bottom - part->y1) + MAX (part->x0 - piece->box.x1, 0) / 2;
      if (distance < best_distance)
        {
          best_distance = distance;
          best = piece;
        }
    }

  return best;
}

static void
add_to_piece (ChScanPiece    *piece,
              const ChInkBox *part)
{
  g_array_append_val (piece->parts, *part);
  unite (&piece->box, part);
}

static void
build_pieces (Finder *finder)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  int furthest = (int) (WIDEST_GAP * HIGHEST_TEXT * finder->sheet->scale);
  guint i, j;

  for (i = 0; i < finder->letters->len; i++)
    {
      const ChInkBox *part = &g_array_index (finder->letters, ChInkBox, i);
      ChScanPiece *piece;

      for (j = open->len; j > 0; j--)
        {
          if (((ChScanPiece *) g_ptr_array_index (open, j - 1))->box.x1 + furthest < part->x0)
            g_ptr_array_remove_index_fast (open, j - 1);
        }
      piece = find_piece (finder, open, part);
      if (piece != NULL)
        {
          add_to_piece (piece, part);
          continue;
        }
      piece = piece_new (part);
      g_ptr_array_add (finder->pieces, piece);
      g_ptr_array_add (open, piece);
    }
}

/* Dots, commas and dashes go to the line that they belong to; what belongs to none is dirt. */
static void
add_small_parts (Finder *finder)
{
  guint i, j;

  for (i = 0; i < finder->small->len; i++)
    {
      const ChInkBox *part = &g_array_index (finder->small, ChInkBox, i);
      double y = (part->y0 + part->y1) / 2.0;
      ChScanPiece *nearest = NULL;
      double least = G_MAXDOUBLE;

      for (j = 0; j < finder->pieces->len; j++)
        {
          ChScanPiece *piece = g_ptr_array_index (finder->pieces, j);
          double height = height_of (&piece->box);
          double beside = MAX (MAX (piece->box.x0 - part->x1, part->x0 - piece->box.x1), 0);
          double above = MAX (MAX (piece->box.y0 - y, y - piece->box.y1), 0);

          if (beside > WIDEST_GAP * 0.6 * height || above > HANGING * height || beside + 2 * above >= least)
            continue;
          if (beside > 0
              && find_parting_rule (finder, MIN (piece->box.x1, part->x0) - 2, MAX (piece->box.x0, part->x1) + 2, y)
                   != NULL)
            continue;
          least = beside + 2 * above;
          nearest = piece;
        }
      if (nearest != NULL)
        add_to_piece (nearest, part);
    }
}

/* What was taken for a line of its own and is no more than a comma beside one. */
static void
demote_small_pieces (Finder *finder)
{
  double scale = finder->sheet->scale;
  guint i;

  for (i = finder->pieces->len; i > 0; i--)
    {
      ChScanPiece *piece = g_ptr_array_index (finder->pieces, i - 1);

      if (piece->parts->len > 1 || height_of (&piece->box) > HIGHEST_COMMA * scale
          || (piece->box.x1 - piece->box.x0 > WIDEST_COMMA * scale && height_of (&piece->box) > LOWEST_X * scale))
        continue;
      g_array_append_val (finder->small, piece->box);
      g_ptr_array_remove_index_fast (finder->pieces, i - 1);
    }
}

static int
find_highest_part (const ChScanPiece *piece)
{
  int highest = 0;
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    highest = MAX (highest, height_of (&g_array_index (piece->parts, ChInkBox, i)));

  return highest;
}

/* The height at which the letters at one end of a piece stand; commas and the like don't count. */
static void
find_end_band (const ChScanPiece *piece,
               gboolean           at_right,
               int               *top,
               int               *bottom)
{
  double lowest = LOW_PART * find_highest_part (piece);
  int reach = piece->box.y1 - piece->box.y0;
  guint i;

  *top = G_MAXINT;
  *bottom = 0;
  for (i = 0; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      if (height_of (part) < lowest
          || (at_right ? part->x1 < piece->box.x1 - 3 * reach : part->x0 > piece->box.x0 + 3 * reach))
        continue;
      *top = MIN (*top, part->y0);
      *bottom = MAX (*bottom, part->y1);
    }
}

/* Whether one piece goes on in another, which begins behind it. */
static gboolean
continues_in (const Finder      *finder,
              const ChScanPiece *piece,
              const ChScanPiece *next)
{
  int gap = next->box.x0 - piece->box.x1;
  int most = (int) (WIDEST_SPACE * HIGHEST_TEXT * finder->sheet->scale);
  int top, bottom, next_top, next_bottom, larger;

  if (gap > most || next->box.y0 > piece->box.y1 || next->box.y1 < piece->box.y0 || next->box.x0 < piece->box.x0)
    return FALSE;

  find_end_band (piece, TRUE, &top, &bottom);
  find_end_band (next, FALSE, &next_top, &next_bottom);
  if (bottom == 0 || next_bottom == 0)
    return FALSE;
  larger = MAX (bottom - top, next_bottom - next_top);

  return gap > -0.3 * larger && gap <= WIDEST_SPACE * larger
         && MIN (bottom - top, next_bottom - next_top) >= SAME_SIZE * larger
         && ABS (bottom - next_bottom) <= LEVEL * larger
         && find_parting_rule (finder, piece->box.x1 - 2, next->box.x0 + 2, (next->box.y0 + next->box.y1) / 2.0) == NULL;
}

static void
join_pieces (Finder *finder)
{
  guint i, j;

  for (i = 0; i < finder->pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (finder->pieces, i);

      for (j = 0; j < finder->pieces->len; j++)
        {
          ChScanPiece *next = g_ptr_array_index (finder->pieces, j);
          guint k;

          if (next == piece || !continues_in (finder, piece, next))
            continue;
          for (k = 0; k < next->parts->len; k++)
            add_to_piece (piece, &g_array_index (next->parts, ChInkBox, k));
          g_ptr_array_remove_index (finder->pieces, j);
          i -= j < i ? 1 : 0;
          j = (guint) -1;
        }
    }
}

static gboolean
can_be_text (const Finder      *finder,
             const ChScanPiece *piece)
{
  double scale = finder->sheet->scale;
  int width = piece->box.x1 - piece->box.x0;

  return height_of (&piece->box) <= HIGHEST_TEXT * scale && width >= NARROWEST_LETTER * scale;
}

static int
compare_pieces (gconstpointer a,
                gconstpointer b)
{
  const ChScanPiece *left = *(ChScanPiece *const *) a;
  const ChScanPiece *right = *(ChScanPiece *const *) b;

  return left->box.y0 != right->box.y0 ? left->box.y0 - right->box.y0 : left->box.x0 - right->box.x0;
}

/**
 * ch_scan_pieces_find:
 * @without_rules: the sheet's picture with its ruling lines painted over
 * @rules: (element-type ChRule): where they were
 *
 * Returns: (transfer full) (element-type ChScanPiece): the pieces of text, from top to bottom
 */
GPtrArray *
ch_scan_pieces_find (const ChScanSheet *sheet,
                     PIX               *without_rules,
                     GArray            *rules)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (ChInkBox));
  g_autoptr (GArray) small = g_array_new (FALSE, FALSE, sizeof (ChInkBox));
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_scan_piece_free);
  Finder finder = { sheet, rules, letters, small, pieces };
  guint i;

  find_parts (&finder, without_rules);
  build_pieces (&finder);
  demote_small_pieces (&finder);
  add_small_parts (&finder);
  join_pieces (&finder);
  for (i = pieces->len; i > 0; i--)
    {
      if (!can_be_text (&finder, g_ptr_array_index (pieces, i - 1)))
        g_ptr_array_remove_index_fast (pieces, i - 1);
    }
  g_ptr_array_sort (pieces, compare_pieces);
  for (i = 0; i < pieces->len; i++)
    g_array_sort (((ChScanPiece *) g_ptr_array_index (pieces, i))->parts, compare_by_left);

  return pieces;
}

/**
 * ch_scan_piece_copy_parts:
 *
 * Returns: (transfer full): @n_parts of the piece's parts as a piece of their own, on which nothing was recognised yet
 */
ChScanPiece *
ch_scan_piece_copy_parts (const ChScanPiece *self,
                          guint              first,
                          guint              n_parts)
{
  ChScanPiece *copy;
  guint i;

  g_return_val_if_fail (n_parts > 0 && first + n_parts <= self->parts->len, NULL);

  copy = piece_new (&g_array_index (self->parts, ChInkBox, first));
  for (i = first + 1; i < first + n_parts; i++)
    add_to_piece (copy, &g_array_index (self->parts, ChInkBox, i));

  return copy;
}

/**
 * ch_scan_piece_drop_first:
 *
 * Takes away the leftmost of several parts; what was recognised stays where it was on the sheet.
 */
void
ch_scan_piece_drop_first (ChScanPiece *self)
{
  ChInkBox before = ch_scan_piece_get_cut (self);
  ChInkBox after;
  guint i;

  g_return_if_fail (self->parts->len > 1);

  g_array_remove_index (self->parts, 0);
  self->box = g_array_index (self->parts, ChInkBox, 0);
  for (i = 1; i < self->parts->len; i++)
    unite (&self->box, &g_array_index (self->parts, ChInkBox, i));
  after = ch_scan_piece_get_cut (self);
  for (i = 0; self->signs != NULL && i < self->signs->len; i++)
    {
      ChSign *sign = &g_array_index (self->signs, ChSign, i);

      sign->x0 += before.x0 - after.x0;
      sign->x1 += before.x0 - after.x0;
      sign->y0 += before.y0 - after.y0;
      sign->y1 += before.y0 - after.y0;
    }
}

/* Returns: the rectangle of the sheet that ch_scan_piece_cut() shows */
ChInkBox
ch_scan_piece_get_cut (const ChScanPiece *self)
{
  return (ChInkBox){ self->box.x0 - MARGIN, self->box.y0 - MARGIN, self->box.x1 + MARGIN, self->box.y1 + MARGIN };
}

/**
 * ch_scan_piece_cut:
 * @picture: 8 bits a pixel, the size of the sheet
 *
 * Returns: (transfer full): the piece on white paper, without what else stands in its rectangle
 */
PIX *
ch_scan_piece_cut (const ChScanPiece *self,
                   PIX               *picture)
{
  ChInkBox place = ch_scan_piece_get_cut (self);
  PIX *cut = pixCreate (place.x1 - place.x0, place.y1 - place.y0, 8);
  guint i;

  pixSetAll (cut);
  for (i = 0; i < self->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (self->parts, ChInkBox, i);
      int x = part->x0 - HALO;
      int y = part->y0 - HALO;

      pixRasterop (cut, x - place.x0, y - place.y0, part->x1 - part->x0 + 2 * HALO, part->y1 - part->y0 + 2 * HALO, PIX_SRC,
                   picture, x, y);
    }

  return cut;
}
