#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-cells.h"

#include "ch-shown-value.h"
#include "ch-text-line.h"

#include <math.h>
#include <string.h>

/* Points that a value may reach over its column's line. */
#define MOST_OVERHANG 10.0
/* Points around the table in which values of its first and last row may stand. */
#define MARGIN 9.0

static double
cut_position (const ChWord *word,
              guint         cut)
{
  if (cut == 0)
    return word->box.x0;
  if (cut == word->n_glyphs)
    return word->box.x1;

  return (word->glyphs[cut - 1].box.x1 + word->glyphs[cut].box.x0) / 2;
}

static gsize
byte_offset (const ChWord *word,
             guint         cut)
{
  return (gsize) (g_utf8_offset_to_pointer (word->text, cut) - word->text);
}

/* How well the word falls apart here into a value and a date, or a date and a value: 2 where both are dates, 1 where one
 * is, 0 where neither. `10/15/2024` must not become `1` and a date in January, nor `09/04/202309/04/2024` lose a digit
 * to its neighbour. */
static guint
parts_at_date (const ChWord *word,
               guint         cut)
{
  gsize offset = byte_offset (word, cut);
  g_autofree char *left = g_strndup (word->text, offset);
  char before = word->text[offset - 1];
  gboolean ends_date;
  ChDate date;

  ends_date = ch_shown_date_parse (left, &date);
  if (ends_date && ch_shown_date_parse (word->text + offset, &date))
    return 2;
  if (ends_date)
    return g_ascii_isdigit (word->text[offset]) ? 0 : 1;

  return ch_shown_date_find (word->text, offset, &date) >= 8 && !g_ascii_isdigit (before) && before != '/'
         && before != '-';
}

static gboolean
find_date_cut (const ChWord *word,
               double        line,
               guint        *cut)
{
  double nearest = MOST_OVERHANG;
  guint best = 0;
  ChDate date;
  guint i;

  if (ch_shown_date_parse (word->text, &date))
    return FALSE;

  for (i = 1; i < word->n_glyphs; i++)
    {
      double distance = fabs (cut_position (word, i) - line);
      guint score;

      if (distance >= MOST_OVERHANG)
        continue;
      score = parts_at_date (word, i);
      if (score > best || (score == best && score > 0 && distance < nearest))
        {
          best = score;
          nearest = distance;
          *cut = i;
        }
    }

  return best > 0;
}

/* Where one value ends and the next begins in a word that touches both: what was written in one go is one value, unless
 * every letter was written by itself. */
static gboolean
find_run_cut (const ChWord *word,
              double        line,
              guint        *cut)
{
  double nearest = MOST_OVERHANG;
  gboolean found = FALSE;
  guint i;

  for (i = 1; i < word->n_glyphs; i++)
    {
      const ChGlyph *left = &word->glyphs[i - 1];
      const ChGlyph *right = &word->glyphs[i];
      double distance = fabs (cut_position (word, i) - line);

      if (left->run == right->run || distance >= nearest)
        continue;
      if ((i < 2 || word->glyphs[i - 2].run != left->run)
          && (i + 1 >= word->n_glyphs || word->glyphs[i + 1].run != right->run))
        continue;
      nearest = distance;
      *cut = i;
      found = TRUE;
    }

  return found;
}

/* Marks of two narrow columns may touch: each letter is a value. */
static gboolean
is_of_marks (const ChWord *word)
{
  return word->n_glyphs <= 3 && strspn (word->text, "XYNxyn") == strlen (word->text);
}

/* How many of the word's glyphs belong to the left of a column's line that runs through it. A word is one value, in the
 * column that holds most of it, unless a date or what was written in one go ends near the line. */
static guint
find_cut (const ChWord *word,
          double        line)
{
  guint n_left = 0;
  guint cut;
  guint i;

  if (word->source != CH_WORD_FROM_FIELD && (find_date_cut (word, line, &cut) || find_run_cut (word, line, &cut)))
    return cut;

  for (i = 0; i < word->n_glyphs; i++)
    n_left += ch_box_centre_x (&word->glyphs[i].box) < line;
  if (is_of_marks (word))
    return n_left;

  return n_left * 2 > word->n_glyphs ? word->n_glyphs : 0;
}

static void
add_to_columns (ChAcordCells *self,
                const ChWord *word,
                guint         first,
                guint         n_glyphs)
{
  ChWord *piece = ch_word_slice (word, first, n_glyphs);
  int column;

  for (column = 0; column < CH_N_COLUMNS; column++)
    {
      const ChSpan *span = &self->grid->columns[column];
      double middle = ch_box_centre_x (&piece->box);
      guint cut;

      if (!span->present || middle < span->from || middle >= span->to)
        continue;
      if (column != CH_COLUMN_LIMITS && piece->box.x1 > span->to + 0.5)
        {
          cut = find_cut (piece, span->to);
          if (cut > 0 && cut < piece->n_glyphs)
            {
              add_to_columns (self, piece, 0, cut);
              add_to_columns (self, piece, cut, piece->n_glyphs - cut);
              ch_word_free (piece);
              return;
            }
        }
      if (column != CH_COLUMN_LETTER && piece->box.x0 < span->from - 0.5)
        {
          cut = find_cut (piece, span->from);
          if (cut > 0 && cut < piece->n_glyphs)
            {
              add_to_columns (self, piece, 0, cut);
              add_to_columns (self, piece, cut, piece->n_glyphs - cut);
              ch_word_free (piece);
              return;
            }
        }
      g_ptr_array_add (self->columns[column], piece);
      return;
    }

  ch_word_free (piece);
}

/**
 * ch_acord_cells_new:
 * @grid: must outlive the cells
 * @words: (element-type ChWord): what was filled in, anywhere on the page
 */
ChAcordCells *
ch_acord_cells_new (const ChAcordGrid *grid,
                    GPtrArray         *words)
{
  ChAcordCells *self = g_new0 (ChAcordCells, 1);
  guint i;

  self->grid = grid;
  for (i = 0; i < CH_N_COLUMNS; i++)
    self->columns[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_word_free);
  for (i = 0; i < words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (words, i);
      double middle = ch_box_centre_y (&word->box);

      if (middle > grid->table.y0 - MARGIN && middle < grid->table.y1 + MARGIN)
        add_to_columns (self, word, 0, word->n_glyphs);
    }

  return self;
}

void
ch_acord_cells_free (ChAcordCells *self)
{
  guint i;

  if (self == NULL)
    return;

  for (i = 0; i < CH_N_COLUMNS; i++)
    g_ptr_array_unref (self->columns[i]);
  g_free (self);
}

/**
 * ch_acord_cells_lines:
 * @from: y of the band's top
 *
 * Returns: (transfer container) (element-type ChTextLine): what was filled into a column between two lines of the form
 */
GPtrArray *
ch_acord_cells_lines (const ChAcordCells *self,
                      ChColumn            column,
                      double              from,
                      double              to)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  guint i;

  for (i = 0; i < self->columns[column]->len; i++)
    {
      ChWord *word = g_ptr_array_index (self->columns[column], i);
      double middle = ch_box_centre_y (&word->box) - self->drifts[column];

      if (middle >= from && middle < to)
        g_ptr_array_add (words, word);
    }

  return ch_text_lines_group (words);
}

/**
 * ch_acord_cells_drop:
 *
 * Takes out the words at a place: they turned out to be the form's own.
 */
void
ch_acord_cells_drop (ChAcordCells *self,
                     ChColumn      column,
                     const ChBox  *place)
{
  guint i = 0;

  while (i < self->columns[column]->len)
    {
      const ChWord *word = g_ptr_array_index (self->columns[column], i);

      if (ch_box_overlap_area (&word->box, place) > 0)
        g_ptr_array_remove_index (self->columns[column], i);
      else
        i++;
    }
}
