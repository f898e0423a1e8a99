#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-acord-columns.h"
#include <math.h>
#include <string.h>

/* Points: names drift up to 7 above their label, hardly below it. */
#define LEAST_DRIFT (-8.0)
#define MOST_DRIFT 3.5
#define DRIFT_STEP 0.5
#define MOST_DISTANCE 6.5
#define NAIC_LENGTH 5
/* Points that a number may begin before its column. */
#define NAIC_OVERHANG 4.0

typedef struct {
  char   letter;
  ChBox  label;
} Row;

/* Of all places that say `Insurer A`, the label is the leftmost: test files have insurers of that name. */
static gboolean
find_label (ChAcordPage *self,
            const char  *text,
            const ChBox *region,
            ChBox       *label)
{
  g_autoptr (GArray) found = ch_label_finder_find_all (self->finder, text, region);
  guint i;

  for (i = 0; i < found->len; i++)
    {
      const ChBox *box = &g_array_index (found, ChBox, i);

      if (i == 0 || box->x0 < label->x0 - 1)
        *label = *box;
    }

  return found->len > 0;
}

static GArray *
find_rows (ChAcordPage *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  ChBox region = { self->page->width * 0.3, 0, self->page->width, self->grid.table.y0 };
  char letter;

  for (letter = 'A'; letter <= 'F'; letter++)
    {
      char text[] = "INSURER A";
      Row row = { letter };

      text[strlen (text) - 1] = letter;
      if (!find_label (self, text, &region, &row.label))
        continue;
      row.label.x1 = MIN (row.label.x1, row.label.x0 + 60);
      ch_label_finder_claim (self->finder, text, &row.label);
      g_array_append_val (rows, row);
    }

  return rows;
}

/* A row whose label can't be read stands between the others, or under the last and over what follows. */
static void
add_lost_rows (GArray *rows,
               double  bottom)
{
  const Row *last = &g_array_index (rows, Row, rows->len - 1);
  const Row anchor = g_array_index (rows, Row, 0);
  double pitch;
  char letter;
  guint i;

  if (rows->len < 2)
    return;

  pitch = (ch_box_centre_y (&last->label) - ch_box_centre_y (&anchor.label)) / (last->letter - anchor.letter);
  for (letter = 'A', i = 0; letter <= 'F'; letter++, i++)
    {
      Row row = { letter, anchor.label };

      if (i < rows->len && g_array_index (rows, Row, i).letter == letter)
        continue;
      row.label.y0 += (letter - anchor.letter) * pitch;
      row.label.y1 += (letter - anchor.letter) * pitch;
      if (row.label.y1 >= bottom)
        return;
      g_array_insert_val (rows, i, row);
    }
}

static double
distance_to_row (GArray *rows,
                 double  y,
                 guint  *nearest)
{
  double distance = G_MAXDOUBLE;
  guint i;

  for (i = 0; i < rows->len; i++)
    {
      double here = fabs (ch_box_centre_y (&g_array_index (rows, Row, i).label) - y);

      if (here < distance)
        {
          distance = here;
          *nearest = i;
        }
    }

  return distance;
}

static double
estimate_drift (GArray    *rows,
                GPtrArray *lines)
{
  double best_cost = G_MAXDOUBLE;
  double best = 0;
  double drift;

  for (drift = LEAST_DRIFT; drift <= MOST_DRIFT; drift += DRIFT_STEP)
    {
      double cost = fabs (drift) * 0.05;
      guint i;

      for (i = 0; i < lines->len; i++)
        {
          const ChTextLine *line = g_ptr_array_index (lines, i);
          guint nearest;

          cost += MIN (distance_to_row (rows, ch_box_centre_y (&line->box) - drift, &nearest), 5);
        }
      if (cost < best_cost)
        {
          best_cost = cost;
          best = drift;
        }
    }

  return best;
}

static gboolean
is_naic (const char *text)
{
  return strlen (text) >= 4 && strlen (text) <= 6 && strspn (text, "0123456789") == strlen (text);
}

/* A name that touches the number behind it. */
static gboolean
ends_in_naic (const ChWord *word,
              double        naic_from)
{
  const char *number = word->text + strlen (word->text) - MIN (strlen (word->text), NAIC_LENGTH);

  return word->n_glyphs > NAIC_LENGTH && is_naic (number) && number > word->text && !g_ascii_isdigit (number[-1])
         && word->glyphs[word->n_glyphs - NAIC_LENGTH].box.x0 > naic_from - NAIC_OVERHANG;
}

/* Takes such words apart. */
static void
part_words (const ChTextLine *line,
            double            naic_from,
            GPtrArray        *words,
            GPtrArray        *slices)
{
  guint i, j;

  for (i = 0; i < line->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (line->words, i);
      guint length = word->n_glyphs - NAIC_LENGTH;

      if (!ends_in_naic (word, naic_from))
        {
          g_ptr_array_add (words, word);
          continue;
        }
      for (j = 0; j < 2; j++)
        {
          ChWord *slice = ch_word_slice (word, j == 0 ? 0 : length, j == 0 ? length : NAIC_LENGTH);

          g_ptr_array_add (slices, slice);
          g_ptr_array_add (words, slice);
        }
    }
}

/* Which of a row's words is the NAIC number, counted from 1; 0 for none. A name too long for its cell runs into the
 * number's column, so what looks like a number comes first; other words count only where they stand apart. */
static guint
find_naic (const ChTextLine *line,
           double            naic_from)
{
  g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (line);
  const ChTextLine *last_piece = g_ptr_array_index (pieces, pieces->len - 1);
  guint i;

  for (i = line->words->len; i > 0; i--)
    {
      const ChWord *word = g_ptr_array_index (line->words, i - 1);

      if (ch_box_centre_x (&word->box) >= naic_from && is_naic (word->text))
        return i;
    }

  return last_piece->words->len == 1 && last_piece->box.x0 >= naic_from - 2 ? line->words->len : 0;
}

/* Some write the column's heading before every number. */
static gboolean
is_naic_label (const ChWord *word,
               double        naic_from)
{
  return word->box.x0 >= naic_from - 2
         && (g_ascii_strncasecmp (word->text, "NAIC", 4) == 0 || strspn (word->text, "#:") == strlen (word->text));
}

/* A label that was recognised with its letter as one word isn't known as one. NULL where there is nothing else. */
static char *
take_name (const ChTextLine *line)
{
  const ChWord *first = g_ptr_array_index (line->words, 0);
  char *text = ch_text_line_to_string (line);
  g_autoptr (GRegex) regex = NULL;
  char *name;

  if (first->source != CH_WORD_FROM_PIXELS)
    return text;

  regex = g_regex_new ("^INSURER\\s?[A-F]\\b\\s?[:;.]?\\s*", 0, 0, NULL);
  name = g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
  g_free (text);
  if (*name == '\0')
    g_clear_pointer (&name, g_free);

  return name;
}

/* What is left of a label that can't be read stands where the labels do. */
static gboolean
is_rest_of_label (const ChWord *word,
                  const ChBox  *label)
{
  return word->source == CH_WORD_FROM_PIXELS && ch_box_centre_x (&word->box) < label->x1;
}

static void
read_row (ChAcordPage      *self,
          const Row        *place,
          const ChTextLine *row,
          double            naic_from)
{
  g_autoptr (GPtrArray) slices = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_word_free);
  g_autoptr (GPtrArray) parted = g_ptr_array_new ();
  const ChTextLine parted_line = { row->box, parted };
  const ChTextLine *line = &parted_line;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  ChTextLine name = { line->box, words };
  char letters[] = { place->letter, '\0' };
  guint index = self->certificate->insurers->len;
  const ChWord *naic;
  g_autofree char *text = NULL;
  guint naic_at;
  guint i;

  part_words (row, naic_from, parted, slices);
  naic_at = find_naic (line, naic_from);
  naic = naic_at > 0 ? g_ptr_array_index (line->words, naic_at - 1) : NULL;
  for (i = 0; i < line->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (line->words, i);

      if (word == naic || is_naic_label (word, naic_from) || is_rest_of_label (word, &place->label))
        continue;
      if (words->len == 0)
        name.box = word->box;
      ch_box_unite (&name.box, &word->box);
      g_ptr_array_add (words, word);
    }
  if (words->len > 0)
    text = take_name (&name);
  if (text == NULL && (naic == NULL || !is_naic (naic->text)))
    return;

  g_ptr_array_add (self->certificate->insurers, ch_insurer_new (letters, text, naic != NULL ? naic->text : NULL));
  if (text != NULL)
    _ch_acord_page_note (self, _ch_acord_line_confidence (line), &name.box, "insurers[%u].name", index);
  if (naic != NULL)
    {
      _ch_acord_page_note (self, _ch_acord_line_confidence (line), &naic->box, "insurers[%u].naic", index);
      if (strlen (naic->text) != NAIC_LENGTH || !is_naic (naic->text))
        _ch_acord_page_doubt (self, CH_DOUBT_NAIC_IS_NOT_FIVE_DIGITS, CH_DOUBTFUL);
    }
}

/**
 * _ch_acord_page_read_insurers:
 *
 * Reads the insurers A to F with their NAIC numbers. Letters may be skipped.
 */
void
_ch_acord_page_read_insurers (ChAcordPage *self)
{
  g_autoptr (GArray) rows = find_rows (self);
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const ChTextLine *of_row[6] = { NULL };
  double naic_from = self->page->width * 0.88;
  const Row *first, *last;
  ChBox region, head;
  double drift;
  guint i;

  if (rows->len == 0)
    return;

  region = (ChBox){ 0, 0, self->page->width * 0.25, self->grid.table.y0 };
  add_lost_rows (rows, ch_label_finder_find (self->finder, "COVERAGES", &region, &head) ? head.y0 : 0);
  first = &g_array_index (rows, Row, 0);
  last = &g_array_index (rows, Row, rows->len - 1);
  region = (ChBox){ first->label.x1, first->label.y0 - 40, self->page->width, first->label.y0 + 6 };
  if (ch_label_finder_find (self->finder, "NAIC", &region, &head))
    naic_from = ch_acord_columns_at (self->page, head.x0 - 30, head.x0 + 2, first->label.y0, last->label.y1,
                                         head.x0 - 8);

  region = (ChBox){ first->label.x0 - 2, first->label.y0 - 8, self->page->width, last->label.y1 + 3 };
  words = _ch_acord_page_filled_in (self, &region);
  lines = ch_text_lines_group (words);
  drift = estimate_drift (rows, lines);
  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      guint nearest = 0;

      if (distance_to_row (rows, ch_box_centre_y (&line->box) - drift, &nearest) < MOST_DISTANCE
          && of_row[nearest] == NULL)
        of_row[nearest] = line;
    }
  for (i = 0; i < rows->len; i++)
    {
      if (of_row[i] != NULL)
        read_row (self, &g_array_index (rows, Row, i), of_row[i], naic_from);
    }
}
