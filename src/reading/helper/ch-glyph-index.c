#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-glyph-index.h"

#include <math.h>

/* Points: the page is divided into cells of this size, each with the glyphs whose origin lies in it. */
#define CELL 12.0
#define MOST_CELLS 4096
/* Points by which the text layer's place of a glyph may differ from the painted one, along its line. */
#define TOLERANCE 0.75
#define NONE (-1)

struct _ChGlyphIndex
{
  const ChPaintLog *log;
  guint             n_columns;
  guint             n_rows;
  double            cell;
  int              *heads;    /* (owned): the first glyph of each cell */
  int              *next;     /* (owned): the next glyph of the same cell */
  gboolean         *taken;    /* (owned) */
  GHashTable       *meanings; /* (owned): font and glyph number, to the character that they mean */
};

static guint
find_cell (double position,
           double cell,
           guint  end)
{
  if (!(position > 0))
    return 0;

  return (guint) MIN (position / cell, end - 1.0);
}

/**
 * ch_glyph_index_new:
 * @log: must outlive the index
 * @width: of the page, in points
 */
ChGlyphIndex *
ch_glyph_index_new (const ChPaintLog *log,
                    double            width,
                    double            height)
{
  ChGlyphIndex *self = g_new0 (ChGlyphIndex, 1);
  guint n_glyphs = ch_paint_log_get_n_glyphs (log);
  guint i;

  self->log = log;
  self->cell = MAX (CELL, sqrt (width * height / MOST_CELLS));
  self->n_columns = MAX (1, (guint) ceil (width / self->cell));
  self->n_rows = MAX (1, (guint) ceil (height / self->cell));
  self->heads = g_new (int, self->n_columns * self->n_rows);
  self->next = g_new (int, MAX (n_glyphs, 1));
  self->taken = g_new0 (gboolean, MAX (n_glyphs, 1));
  self->meanings = g_hash_table_new (NULL, NULL);
  for (i = 0; i < self->n_columns * self->n_rows; i++)
    self->heads[i] = NONE;
  for (i = 0; i < n_glyphs; i++)
    {
      const ChPaintedGlyph *glyph = ch_paint_log_get_glyph (log, i);
      guint cell = find_cell (glyph->y, self->cell, self->n_rows) * self->n_columns
                   + find_cell (glyph->x, self->cell, self->n_columns);

      self->next[i] = self->heads[cell];
      self->heads[cell] = (int) i;
    }

  return self;
}

void
ch_glyph_index_free (ChGlyphIndex *self)
{
  if (self == NULL)
    return;

  g_free (self->heads);
  g_free (self->next);
  g_free (self->taken);
  g_hash_table_unref (self->meanings);
  g_free (self);
}

/* How far the glyph's origin is from where a character with that box has its own: on the side at which its line
 * begins. Across the line the origin, which is on the baseline, only has to be within the box. */
static double
find_distance (const ChPaintedGlyph *glyph,
               const ChBox          *box)
{
  double across = TOLERANCE + 0.1 * glyph->size;
  gboolean within_x = glyph->x > box->x0 - across && glyph->x < box->x1 + across;
  gboolean within_y = glyph->y > box->y0 - across && glyph->y < box->y1 + across;

  if (fabs (glyph->along_x) >= fabs (glyph->along_y))
    return within_y ? fabs (glyph->x - (glyph->along_x > 0 ? box->x0 : box->x1)) : G_MAXDOUBLE;

  return within_x ? fabs (glyph->y - (glyph->along_y > 0 ? box->y0 : box->y1)) : G_MAXDOUBLE;
}

static gpointer
find_key (const ChPaintedGlyph *glyph)
{
  return GSIZE_TO_POINTER (((gsize) glyph->face << 32 | (glyph->index & 0xffffffff)) + 1);
}

static gunichar
find_meaning (const ChGlyphIndex   *self,
              const ChPaintedGlyph *glyph)
{
  if (glyph->character != 0)
    return glyph->character;

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->meanings, find_key (glyph)));
}

typedef void (*Visit) (ChGlyphIndex *self,
                       int           index,
                       double        distance,
                       gpointer      user_data);

static void
visit_near (ChGlyphIndex *self,
            const ChBox  *box,
            Visit         visit,
            gpointer      user_data)
{
  guint x0 = find_cell (box->x0 - TOLERANCE, self->cell, self->n_columns);
  guint x1 = find_cell (box->x1 + TOLERANCE, self->cell, self->n_columns);
  guint y0 = find_cell (box->y0 - TOLERANCE, self->cell, self->n_rows);
  guint y1 = find_cell (box->y1 + TOLERANCE, self->cell, self->n_rows);
  guint x, y;

  for (y = y0; y <= y1; y++)
    {
      for (x = x0; x <= x1; x++)
        {
          int i;

          for (i = self->heads[y * self->n_columns + x]; i != NONE; i = self->next[i])
            {
              const ChPaintedGlyph *glyph = ch_paint_log_get_glyph (self->log, (guint) i);
              double distance = find_distance (glyph, box);

              if (distance <= TOLERANCE + 0.05 * glyph->size)
                visit (self, i, distance, user_data);
            }
        }
    }
}

typedef struct {
  int   only;
  guint n_found;
} Alone;

static void
count_glyph (ChGlyphIndex *self,
             int           index,
             double        distance,
             gpointer      user_data)
{
  Alone *alone = user_data;

  alone->only = index;
  alone->n_found++;
}

/**
 * ch_glyph_index_learn:
 *
 * Where one glyph alone can be what a character of the text layer is, its font's other glyphs of that number mean the
 * same. To be called for all characters before the first is taken.
 */
void
ch_glyph_index_learn (ChGlyphIndex *self,
                      gunichar      character,
                      const ChBox  *box)
{
  Alone alone = { NONE, 0 };
  const ChPaintedGlyph *glyph;

  visit_near (self, box, count_glyph, &alone);
  if (alone.n_found != 1)
    return;

  glyph = ch_paint_log_get_glyph (self->log, (guint) alone.only);
  if (glyph->character == 0 && !g_hash_table_contains (self->meanings, find_key (glyph)))
    g_hash_table_insert (self->meanings, find_key (glyph), GUINT_TO_POINTER (character));
}

typedef struct {
  gunichar character;
  int      best;
  double   least;
} Candidate;

/* Of several glyphs in one place the one that means the character is taken, and of two such the one that shows. What
 * nobody knows the meaning of may be a blank. */
static void
weigh_glyph (ChGlyphIndex *self,
             int           index,
             double        distance,
             gpointer      user_data)
{
  Candidate *candidate = user_data;
  gunichar meaning = find_meaning (self, ch_paint_log_get_glyph (self->log, (guint) index));
  double cost = distance * 3;

  if (meaning == 0)
    cost += 1.5;
  else if (meaning != candidate->character)
    cost += 10;
  if (!ch_paint_log_shows_glyph (self->log, (guint) index))
    cost += 0.5;
  if (self->taken[index])
    cost += 6;
  if (candidate->best == NONE || cost < candidate->least)
    {
      candidate->best = index;
      candidate->least = cost;
    }
}

/**
 * ch_glyph_index_take:
 * @box: where the text layer has the character
 *
 * Returns: the number of the painted glyph; -1 where nothing was painted
 */
int
ch_glyph_index_take (ChGlyphIndex *self,
                     gunichar      character,
                     const ChBox  *box)
{
  Candidate candidate = { character, NONE, 0 };

  visit_near (self, box, weigh_glyph, &candidate);
  if (candidate.best != NONE)
    self->taken[candidate.best] = TRUE;

  return candidate.best;
}

/**
 * ch_glyph_index_has_unnamed:
 *
 * Returns: whether something was painted in a part of the page with a font, of which the text layer knows nothing
 */
gboolean
ch_glyph_index_has_unnamed (const ChGlyphIndex *self,
                            const ChBox        *part)
{
  guint i;

  for (i = 0; i < ch_paint_log_get_n_glyphs (self->log); i++)
    {
      const ChPaintedGlyph *glyph = ch_paint_log_get_glyph (self->log, i);

      if (!self->taken[i] && ch_box_holds (part, glyph->x, glyph->y) && ch_paint_log_shows_glyph (self->log, i))
        return TRUE;
    }

  return FALSE;
}
