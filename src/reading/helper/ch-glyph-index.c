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
#define MOST_CANDIDATES 32

struct _ChGlyphIndex
{
  const ChPaintLog     *log;
  const ChPaintedGlyph *glyphs;    /* (unowned): the log's */
  guint                 n_glyphs;
  gboolean              all_run_right;
  guint                 n_columns;
  guint                 n_rows;
  double                cell;
  int                  *heads;     /* (owned): the first glyph of each cell */
  int                  *next;      /* (owned): the next glyph of the same cell */
  gboolean             *taken;     /* (owned) */
  GHashTable           *meanings;  /* (owned): font and glyph number, to the character that they mean */
};

/* The glyphs about a place, as far as they can be counted on one hand: where there are more, text lies over text many
 * times. */
typedef struct {
  int    glyphs[MOST_CANDIDATES];
  double distances[MOST_CANDIDATES];
  guint  n_found;
} Near;

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
  guint i;

  self->log = log;
  self->glyphs = ch_paint_log_get_glyphs (log);
  self->n_glyphs = ch_paint_log_get_n_glyphs (log);
  self->all_run_right = TRUE;
  self->cell = MAX (CELL, sqrt (width * height / MOST_CELLS));
  self->n_columns = MAX (1, (guint) ceil (width / self->cell));
  self->n_rows = MAX (1, (guint) ceil (height / self->cell));
  self->heads = g_new (int, self->n_columns * self->n_rows);
  self->next = g_new (int, MAX (self->n_glyphs, 1));
  self->taken = g_new0 (gboolean, MAX (self->n_glyphs, 1));
  self->meanings = g_hash_table_new (NULL, NULL);
  for (i = 0; i < self->n_columns * self->n_rows; i++)
    self->heads[i] = NONE;
  for (i = 0; i < self->n_glyphs; i++)
    {
      const ChPaintedGlyph *glyph = &self->glyphs[i];
      guint cell = find_cell (glyph->y, self->cell, self->n_rows) * self->n_columns
                   + find_cell (glyph->x, self->cell, self->n_columns);

      self->next[i] = self->heads[cell];
      self->heads[cell] = (int) i;
      self->all_run_right = self->all_run_right && glyph->along_x > 0 && glyph->along_x >= fabs (glyph->along_y);
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

  if (fabs (glyph->along_x) >= fabs (glyph->along_y))
    return glyph->y > box->y0 - across && glyph->y < box->y1 + across
             ? fabs (glyph->x - (glyph->along_x > 0 ? box->x0 : box->x1)) : G_MAXDOUBLE;

  return glyph->x > box->x0 - across && glyph->x < box->x1 + across
           ? fabs (glyph->y - (glyph->along_y > 0 ? box->y0 : box->y1)) : G_MAXDOUBLE;
}

static void
find_near (const ChGlyphIndex *self,
           const ChBox        *box,
           Near               *near)
{
  guint x0 = find_cell (box->x0 - TOLERANCE, self->cell, self->n_columns);
  guint x1 = find_cell ((self->all_run_right ? box->x0 : box->x1) + TOLERANCE, self->cell, self->n_columns);
  guint y0 = find_cell (box->y0 - TOLERANCE, self->cell, self->n_rows);
  guint y1 = find_cell (box->y1 + TOLERANCE, self->cell, self->n_rows);
  guint x, y;

  near->n_found = 0;
  for (y = y0; y <= y1; y++)
    {
      for (x = x0; x <= x1; x++)
        {
          int i;

          for (i = self->heads[y * self->n_columns + x]; i != NONE; i = self->next[i])
            {
              double distance = find_distance (&self->glyphs[i], box);

              if (distance > TOLERANCE + 0.05 * self->glyphs[i].size || near->n_found == MOST_CANDIDATES)
                continue;
              near->glyphs[near->n_found] = i;
              near->distances[near->n_found++] = distance;
            }
        }
    }
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

/* Of several glyphs in one place the one that means the character is taken, and of two such the one that shows. What
 * nobody knows the meaning of may be a blank. */
static double
find_cost (const ChGlyphIndex *self,
           gunichar            character,
           const Near         *near,
           guint               candidate)
{
  int index = near->glyphs[candidate];
  gunichar meaning = find_meaning (self, &self->glyphs[index]);
  double cost = near->distances[candidate] * 3;

  if (meaning == 0)
    cost += 1.5;
  else if (meaning != character)
    cost += 10;
  if (!ch_paint_log_shows_glyph (self->log, (guint) index))
    cost += 0.5;
  if (self->taken[index])
    cost += 6;

  return cost;
}

/**
 * ch_glyph_index_take_only:
 * @box: where the text layer has the character
 *
 * Takes the glyph of a character where one alone can be it; then its font's other glyphs of that number mean the same.
 *
 * Returns: the number of the painted glyph; %CH_GLYPH_NONE where nothing was painted, %CH_GLYPH_SEVERAL where that is to
 *   be asked again with ch_glyph_index_take() when all others are known
 */
int
ch_glyph_index_take_only (ChGlyphIndex *self,
                          gunichar      character,
                          const ChBox  *box)
{
  const ChPaintedGlyph *glyph;
  Near near;

  find_near (self, box, &near);
  if (near.n_found == 0)
    return CH_GLYPH_NONE;
  if (near.n_found > 1)
    return CH_GLYPH_SEVERAL;

  glyph = &self->glyphs[near.glyphs[0]];
  if (glyph->character == 0 && !g_hash_table_contains (self->meanings, find_key (glyph)))
    g_hash_table_insert (self->meanings, find_key (glyph), GUINT_TO_POINTER (character));
  self->taken[near.glyphs[0]] = TRUE;

  return near.glyphs[0];
}

/**
 * ch_glyph_index_take:
 * @box: where the text layer has the character
 *
 * Returns: the number of the painted glyph that it is most likely; %CH_GLYPH_NONE where nothing was painted
 */
int
ch_glyph_index_take (ChGlyphIndex *self,
                     gunichar      character,
                     const ChBox  *box)
{
  double least = G_MAXDOUBLE;
  int best = CH_GLYPH_NONE;
  Near near;
  guint i;

  find_near (self, box, &near);
  for (i = 0; i < near.n_found; i++)
    {
      double cost = find_cost (self, character, &near, i);

      if (cost >= least)
        continue;
      least = cost;
      best = near.glyphs[i];
    }
  if (best != CH_GLYPH_NONE)
    self->taken[best] = TRUE;

  return best;
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

  for (i = 0; i < self->n_glyphs; i++)
    {
      if (!self->taken[i] && ch_box_holds (part, self->glyphs[i].x, self->glyphs[i].y)
          && ch_paint_log_shows_glyph (self->log, i))
        return TRUE;
    }

  return FALSE;
}
