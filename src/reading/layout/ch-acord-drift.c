#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-acord-box-places.h"

#include <math.h>

/* Points. Up to here a value is found in its row and its box whether the drift is allowed for or not. */
#define HARMLESS_DRIFT 2.5
/* A value further than this from every place tells nothing. */
#define MOST_COST 6.0

/* The middles of the boxes, by what is printed right of them. */
static GArray *
find_boxes (ChAcordPage *self)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (ChBox));
  int box;

  for (box = 0; box < CH_N_ACORD_BOXES; box++)
    {
      ChBox place;
      gboolean is_sure;

      if (!ch_acord_box_places_find (self, box, &place, &is_sure) || !is_sure)
        continue;
      place = _ch_acord_page_find_box (self, &place);
      g_array_append_val (boxes, place);
    }

  return boxes;
}

static void
add_cost_of_tick (GArray       *boxes,
                  const ChWord *word,
                  double        drift,
                  double       *cost)
{
  double distance = MOST_COST;
  guint i;

  for (i = 0; i < boxes->len; i++)
    {
      const ChBox *box = &g_array_index (boxes, ChBox, i);

      if (fabs (ch_box_centre_x (&word->box) - ch_box_centre_x (box)) < ch_box_width (box) / 2 + 2)
        distance = MIN (distance, fabs (ch_box_centre_y (&word->box) - drift - ch_box_centre_y (box)));
    }
  *cost += distance;
}

/* How badly all letters that tick a box fit into the boxes if they stand lower by so much. */
static double
cost_of_ticks (ChAcordPage *self,
               GArray      *boxes,
               double       drift)
{
  static const ChColumn columns[] = { CH_COLUMN_TYPE, CH_COLUMN_LIMITS };
  double cost = 0;
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const GPtrArray *words = self->cells->columns[columns[i]];

      for (j = 0; j < words->len; j++)
        {
          const ChWord *word = g_ptr_array_index (words, j);

          if (_ch_acord_word_is_tick (word))
            add_cost_of_tick (boxes, word, drift, &cost);
        }
    }

  return cost;
}

/* How badly the dates fit into the rows of their sections. */
static double
cost_of_dates (ChAcordPage *self,
               double       drift)
{
  static const ChColumn columns[] = { CH_COLUMN_EFFECTIVE, CH_COLUMN_EXPIRATION };
  double cost = 0;
  guint i, j;
  int section;

  for (i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const GPtrArray *words = self->cells->columns[columns[i]];

      for (j = 0; j < words->len; j++)
        {
          const ChWord *word = g_ptr_array_index (words, j);
          double y = ch_box_centre_y (&word->box) - drift;

          for (section = 0; section < CH_N_SECTIONS; section++)
            {
              const ChSpan *band = &self->grid.sections[section];
              const ChRowFit *rows = &self->rows[section];

              if (band->present && rows->pitch > 0 && y >= band->from && y < band->to)
                cost += fabs (remainder (y - rows->first, rows->pitch));
            }
        }
    }

  return cost;
}

/**
 * _ch_acord_page_set_drifts:
 * @of_amounts: points that the amounts stand lower than the labels of their rows
 *
 * Decides whether everything else that was filled into the table stands as much lower, or where the form has its place:
 * some programs set the amounts alone higher.
 */
void
_ch_acord_page_set_drifts (ChAcordPage *self,
                           double       of_amounts)
{
  g_autoptr (GArray) boxes = NULL;
  double *drifts = self->cells->drifts;
  int column;

  for (column = 0; column < CH_N_COLUMNS; column++)
    drifts[column] = of_amounts;
  if (fabs (of_amounts) < HARMLESS_DRIFT)
    return;

  boxes = find_boxes (self);
  if (cost_of_ticks (self, boxes, 0) < cost_of_ticks (self, boxes, of_amounts))
    drifts[CH_COLUMN_TYPE] = 0;
  if (cost_of_dates (self, 0) < cost_of_dates (self, of_amounts))
    {
      for (column = 0; column < CH_N_COLUMNS; column++)
        {
          if (column != CH_COLUMN_TYPE && column != CH_COLUMN_LIMITS)
            drifts[column] = 0;
        }
    }
}
