#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include <math.h>
#include <string.h>

/* Points: names drift up to 7 above their label, hardly below it. */
#define LEAST_DRIFT (-8.0)
#define MOST_DRIFT 3.5
#define DRIFT_STEP 0.5
#define MOST_DISTANCE 6.5

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

/* The words of a row up to the NAIC column are the name; a name too long for its cell runs on into it. */
static void
read_row (ChAcordPage      *self,
          char              letter,
          const ChTextLine *line,
          double            naic_from)
{
  g_autoptr (GPtrArray) words = g_ptr_array_copy (line->words, NULL, NULL);
  ChTextLine name = { line->box, words };
  const ChWord *last = g_ptr_array_index (words, words->len - 1);
  char letters[] = { letter, '\0' };
  ChInsurer *insurer;
  guint index = self->certificate->insurers->len;
  g_autofree char *text = NULL;
  g_autofree char *naic = NULL;
  guint i;

  if (ch_box_centre_x (&last->box) >= naic_from)
    {
      if (is_naic (last->text) || last->box.x0 >= naic_from)
        naic = g_strdup (last->text);
      if (naic != NULL)
        g_ptr_array_set_size (words, (int) words->len - 1);
    }
  if (words->len > 0)
    {
      name.box = ((const ChWord *) g_ptr_array_index (words, 0))->box;
      for (i = 1; i < words->len; i++)
        ch_box_unite (&name.box, &((const ChWord *) g_ptr_array_index (words, i))->box);
      text = ch_text_line_to_string (&name);
    }
  if (text == NULL && (naic == NULL || !is_naic (naic)))
    return;

  insurer = ch_insurer_new (letters, text, naic);
  g_ptr_array_add (self->certificate->insurers, insurer);
  if (text != NULL)
    _ch_acord_page_note (self, _ch_acord_line_confidence (line), &name.box, "insurers[%u].name", index);
  if (naic != NULL)
    _ch_acord_page_note (self, strlen (naic) == 5 && is_naic (naic) ? _ch_acord_line_confidence (line) : CH_DOUBTFUL,
                         &last->box, "insurers[%u].naic", index);
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

  first = &g_array_index (rows, Row, 0);
  last = &g_array_index (rows, Row, rows->len - 1);
  region = (ChBox){ first->label.x1, first->label.y0 - 40, self->page->width, first->label.y0 + 6 };
  if (ch_label_finder_find (self->finder, "NAIC", &region, &head))
    naic_from = ch_acord_grid_column_at (self->page, head.x0 - 30, head.x0 + 2, first->label.y0, last->label.y1,
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
        read_row (self, g_array_index (rows, Row, i).letter, of_row[i], naic_from);
    }
}
