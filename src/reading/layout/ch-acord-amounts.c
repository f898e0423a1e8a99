#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-shown-value.h"

#include <math.h>
#include <string.h>

/* Points. The rows of the limits stand this far apart in every edition; values drift by up to two thirds of it. */
#define ROW_PITCH 12.0
#define USUAL_WIDTH 576.0
#define LEAST_DRIFT (-8.0)
#define MOST_DRIFT 3.75
#define DRIFT_STEP 0.25
/* An amount further than this from every row, the drift allowed for, belongs to none. */
#define MOST_DISTANCE 7.0
#define CLEAR_DISTANCE 3.5

/* A limit's place on the form: its row, counted from the section's first, and what is printed there. */
typedef struct {
  ChSection   section;
  ChLimit     limit;
  guint       row;
  const char *labels[3];
} LimitLabel;

typedef struct {
  ChSection section;
  int       limit;
  double    y;
} Row;

static const LimitLabel limit_labels[] = {
  { CH_SECTION_GENERAL_LIABILITY, CH_LIMIT_EACH_OCCURRENCE, 0, { "EACH OCCURRENCE" } },
  { CH_SECTION_GENERAL_LIABILITY, CH_LIMIT_DAMAGE_TO_RENTED_PREMISES, 1, { "DAMAGE TO RENTED", "FIRE DAMAGE" } },
  { CH_SECTION_GENERAL_LIABILITY, CH_LIMIT_MEDICAL_EXPENSE, 2, { "MED EXP", "MEDICAL EXPENSE" } },
  { CH_SECTION_GENERAL_LIABILITY,
    CH_LIMIT_PERSONAL_ADVERTISING_INJURY, 3,
    { "PERSONAL ADV INJURY", "PERSONAL ADVERTISING INJURY" } },
  { CH_SECTION_GENERAL_LIABILITY, CH_LIMIT_GENERAL_AGGREGATE, 4, { "GENERAL AGGREGATE" } },
  { CH_SECTION_GENERAL_LIABILITY,
    CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE, 5,
    { "PRODUCTS COMPOP*", "PRODUCTS AND COMPOP*" } },
  { CH_SECTION_AUTOMOBILE, CH_LIMIT_COMBINED_SINGLE_LIMIT, 0, { "COMBINED SINGLE LIMIT" } },
  { CH_SECTION_AUTOMOBILE, CH_LIMIT_BODILY_INJURY_PER_PERSON, 1, { "BODILY INJURY PER PERSON", "BODILY INJURY" } },
  { CH_SECTION_AUTOMOBILE, CH_LIMIT_BODILY_INJURY_PER_ACCIDENT, 2, { "BODILY INJURY PER ACCIDENT", "BODILY INJURY" } },
  { CH_SECTION_AUTOMOBILE, CH_LIMIT_PROPERTY_DAMAGE, 3, { "PROPERTY DAMAGE" } },
  { CH_SECTION_UMBRELLA, CH_LIMIT_EACH_OCCURRENCE, 0, { "EACH OCCURRENCE" } },
  { CH_SECTION_UMBRELLA, CH_LIMIT_AGGREGATE, 1, { "AGGREGATE" } },
  { CH_SECTION_WORKERS_COMPENSATION, CH_LIMIT_EL_EACH_ACCIDENT, 1, { "EL EACH ACCIDENT" } },
  { CH_SECTION_WORKERS_COMPENSATION,
    CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE, 2,
    { "EL DISEASE EA EMPLOYEE", "EL DISEASE EACH EMPLOYEE" } },
  { CH_SECTION_WORKERS_COMPENSATION, CH_LIMIT_EL_DISEASE_POLICY_LIMIT, 3, { "EL DISEASE POLICY LIMIT" } },
};

/* What stands behind or under a label in smaller print. */
static const char *const second_lines[] = {
  "PREMISES EA OCCURRENCE", "PREMISES", "ANY ONE FIRE", "ANY ONE PERSON", "EA OCCURRENCE", "EA ACCIDENT",
  "PER PERSON", "PER ACCIDENT", "AGG",
};

static ChBox
find_region (ChAcordPage *self,
             ChSection    section)
{
  const ChSpan *limits = &self->grid.columns[CH_COLUMN_LIMITS];
  const ChSpan *band = &self->grid.sections[section];
  ChBox region = { limits->from - 4, band->from - 2, limits->to, band->to + 2 };

  return region;
}

/* Takes the second line of a label into its box: the row's middle is the middle of both. */
static void
take_second_line (ChAcordPage *self,
                  const ChBox *region,
                  ChBox       *label)
{
  ChBox first = *label;
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (second_lines); i++)
    {
      g_autoptr (GArray) found = ch_label_finder_find_all (self->finder, second_lines[i], region);

      for (j = 0; j < found->len; j++)
        {
          const ChBox *box = &g_array_index (found, ChBox, j);
          gboolean under = fabs (box->x0 - first.x0) < 5 && box->y0 > ch_box_centre_y (&first)
                           && box->y0 - first.y1 < 3;
          gboolean behind = box->x0 > first.x1 && box->x0 - first.x1 < 8
                            && fabs (ch_box_centre_y (box) - ch_box_centre_y (&first)) < 2.5;

          if (under || behind)
            {
              ch_box_unite (label, box);
              ch_label_finder_claim (self->finder, second_lines[i], box);
            }
        }
    }
}

static GArray *
find_known_rows (ChAcordPage *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (limit_labels); i++)
    {
      const LimitLabel *wanted = &limit_labels[i];
      ChBox region = find_region (self, wanted->section);

      if (!self->grid.sections[wanted->section].present)
        continue;
      for (j = 0; j < G_N_ELEMENTS (wanted->labels) && wanted->labels[j] != NULL; j++)
        {
          ChBox label;
          Row row = { wanted->section, wanted->limit, 0 };

          if (!ch_label_finder_find (self->finder, wanted->labels[j], &region, &label))
            continue;
          ch_label_finder_claim (self->finder, wanted->labels[j], &label);
          take_second_line (self, &region, &label);
          row.y = ch_box_centre_y (&label);
          g_array_append_val (rows, row);
          break;
        }
    }

  return rows;
}

/* The automobile section's rows are twice as high on forms that have a section for garages. */
static double
find_row_number (ChAcordPage      *self,
                 const LimitLabel *label)
{
  gboolean doubled = label->section == CH_SECTION_AUTOMOBILE && self->grid.sections[CH_SECTION_GARAGE].present;

  return label->row * (doubled ? 2.0 : 1.0);
}

/* A straight line through the places of a section's rows whose labels were found. */
static gboolean
fit_rows (ChAcordPage *self,
          GArray      *rows,
          ChSection    section,
          double      *first,
          double      *pitch)
{
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (limit_labels); i++)
    {
      double number = find_row_number (self, &limit_labels[i]);

      for (j = 0; limit_labels[i].section == section && j < rows->len; j++)
        {
          const Row *row = &g_array_index (rows, Row, j);

          if (row->section != section || row->limit != (int) limit_labels[i].limit)
            continue;
          n++;
          x += number;
          y += row->y;
          xx += number * number;
          xy += number * row->y;
        }
    }
  if (n == 0)
    return FALSE;

  if (n * xx - x * x > 0)
    *pitch = (n * xy - x * y) / (n * xx - x * x);
  *first = (y - *pitch * x) / n;

  return TRUE;
}

/* Rows whose label can't be read stand where the others leave them their place. */
static void
add_lost_rows (ChAcordPage *self,
               GArray      *rows)
{
  double usual = ROW_PITCH * (self->grid.table.x1 - self->grid.table.x0) / USUAL_WIDTH;
  guint i, j;
  int section;

  for (section = 0; section < CH_N_SECTIONS; section++)
    {
      double pitch = usual;
      double first;

      if (self->grid.sections[section].present && fit_rows (self, rows, section, &first, &pitch) && pitch > 0)
        self->rows[section] = (ChRowFit){ first, pitch };
    }
  for (i = 0; i < G_N_ELEMENTS (limit_labels); i++)
    {
      const LimitLabel *label = &limit_labels[i];
      double pitch = self->rows[label->section].pitch;
      Row row = { label->section, label->limit, 0 };

      if (pitch <= 0)
        continue;
      row.y = self->rows[label->section].first + pitch * find_row_number (self, label);
      for (j = 0; j < rows->len && fabs (g_array_index (rows, Row, j).y - row.y) > pitch / 2; j++)
        ;
      if (j == rows->len)
        g_array_append_val (rows, row);
    }
}

static gboolean
is_near_row (GArray *rows,
             double  y)
{
  guint i;

  for (i = 0; i < rows->len; i++)
    {
      if (fabs (g_array_index (rows, Row, i).y - y) < ROW_PITCH * 0.6)
        return TRUE;
    }

  return FALSE;
}

/* Rows that the form leaves for anything: an amount there is the limit of none that the schema knows. They are known
 * by their printed dollar sign, or because the section goes on below its last label. */
static void
add_free_rows (ChAcordPage *self,
               GArray      *rows)
{
  GPtrArray *words = self->cells->columns[CH_COLUMN_LIMITS];
  int section;
  guint i;

  for (section = 0; section < CH_SECTION_OTHER; section++)
    {
      const ChSpan *band = &self->grid.sections[section];
      double last = 0;
      Row row = { section, -1, 0 };

      if (!band->present)
        continue;
      for (i = 0; i < rows->len; i++)
        {
          const Row *known = &g_array_index (rows, Row, i);

          if ((int) known->section == section)
            last = MAX (last, known->y);
        }
      for (row.y = last + ROW_PITCH; last > 0 && row.y < band->to - ROW_PITCH / 3; row.y += ROW_PITCH)
        g_array_append_val (rows, row);
      for (i = 0; i < words->len; i++)
        {
          const ChWord *word = g_ptr_array_index (words, i);

          row.y = ch_box_centre_y (&word->box);
          if (strcmp (word->text, "$") == 0 && row.y >= band->from && row.y < band->to && !is_near_row (rows, row.y))
            g_array_append_val (rows, row);
        }
    }
}

static gboolean
is_amount_word (ChAcordPage  *self,
                const ChWord *word)
{
  return ch_box_centre_x (&word->box) >= self->grid.amounts_from && strcmp (word->text, "$") != 0;
}

/* An amount with something beside it: `1,000,000 CSL`, or the end of a label that is too long for its cell. */
static gboolean
find_amount_among_words (const ChTextLine *line,
                         ChShownAmount    *amount)
{
  guint n_found = 0;
  guint i;

  for (i = 0; i < line->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (line->words, i);

      if (ch_shown_money_parse (word->text, &amount->dollars))
        {
          amount->box = word->box;
          n_found++;
        }
    }
  amount->confidence = MIN (amount->confidence, CH_DOUBTFUL);
  amount->doubts |= CH_DOUBT_AMONG_OTHER_WORDS;

  return n_found == 1;
}

/* The lines in the amounts' part of the limits column that read as money. */
static GArray *
find_amounts (ChAcordPage *self)
{
  GArray *amounts = g_array_new (FALSE, FALSE, sizeof (ChShownAmount));
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  guint i;

  for (i = 0; i < self->cells->columns[CH_COLUMN_LIMITS]->len; i++)
    {
      ChWord *word = g_ptr_array_index (self->cells->columns[CH_COLUMN_LIMITS], i);

      if (is_amount_word (self, word))
        g_ptr_array_add (words, word);
    }
  lines = ch_text_lines_group (words);
  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      ChShownAmount amount = { CH_SECTION_OTHER, -1, 0, line->box, _ch_acord_line_confidence (line) };

      if (ch_shown_money_parse (text, &amount.dollars) || find_amount_among_words (line, &amount))
        g_array_append_val (amounts, amount);
    }

  return amounts;
}

static const Row *
find_nearest_row (GArray *rows,
                  double  y,
                  double *distance)
{
  const Row *nearest = NULL;
  guint i;

  *distance = G_MAXDOUBLE;
  for (i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (fabs (row->y - y) < *distance)
        {
          *distance = fabs (row->y - y);
          nearest = row;
        }
    }

  return nearest;
}

/* How much lower the amounts stand than their labels. It is one figure for a whole file, and up to half a row, so that
 * a fixed tolerance would take the wrong row: the drift under which all amounts fit best is the file's. */
static double
estimate_drift (ChAcordPage *self,
                GArray      *rows,
                GArray      *amounts)
{
  double other_top = self->grid.sections[CH_SECTION_OTHER].present ? self->grid.sections[CH_SECTION_OTHER].from
                                                                   : self->grid.table.y1;
  double best_cost = G_MAXDOUBLE;
  double best = 0;
  double drift;

  if (rows->len == 0)
    return 0;
  for (drift = LEAST_DRIFT; drift <= MOST_DRIFT; drift += DRIFT_STEP)
    {
      double cost = fabs (drift) * 0.05;
      guint i;

      for (i = 0; i < amounts->len; i++)
        {
          double y = ch_box_centre_y (&g_array_index (amounts, ChShownAmount, i).box);
          double distance;

          if (y > other_top - ROW_PITCH / 3)
            continue;
          find_nearest_row (rows, y - drift, &distance);
          cost += MIN (distance, 5);
        }
      if (cost < best_cost)
        {
          best_cost = cost;
          best = drift;
        }
    }

  return best;
}

static ChSection
find_section (const ChAcordGrid *grid,
              double             y)
{
  int section;

  for (section = 0; section < CH_N_SECTIONS; section++)
    {
      if (grid->sections[section].present && y >= grid->sections[section].from && y < grid->sections[section].to)
        return section;
    }

  return CH_SECTION_OTHER;
}

static void
place_amount (ChAcordPage   *self,
              GArray        *rows,
              ChShownAmount *amount)
{
  double y = ch_box_centre_y (&amount->box) - self->cells->drifts[CH_COLUMN_LIMITS];
  double distance;
  const Row *row = find_nearest_row (rows, y, &distance);

  amount->section = find_section (&self->grid, y);
  if (row == NULL || amount->section == CH_SECTION_OTHER || distance > MOST_DISTANCE)
    return;

  amount->section = row->section;
  amount->limit = row->limit;
  if (distance > CLEAR_DISTANCE)
    {
      amount->confidence = MIN (amount->confidence, CH_DOUBTFUL);
      amount->doubts |= CH_DOUBT_FAR_FROM_ITS_PLACE;
    }
}

/* Two amounts in one row contradict each other; neither can be sure. */
static void
doubt_doubles (GArray *amounts)
{
  guint i, j;

  for (i = 0; i < amounts->len; i++)
    {
      ChShownAmount *one = &g_array_index (amounts, ChShownAmount, i);

      for (j = i + 1; one->limit >= 0 && j < amounts->len; j++)
        {
          ChShownAmount *two = &g_array_index (amounts, ChShownAmount, j);

          if (two->section == one->section && two->limit == one->limit)
            {
              one->confidence = two->confidence = CH_VERY_DOUBTFUL;
              one->doubts |= CH_DOUBT_TWO_VALUES;
              two->doubts |= CH_DOUBT_TWO_VALUES;
            }
        }
    }
}

/**
 * _ch_acord_page_read_amounts:
 *
 * Parts what was filled into the table from what is printed there, and finds every amount in the limits column, the
 * limit it belongs to, and how far what was filled in stands from what is printed (the cells' drifts).
 */
void
_ch_acord_page_read_amounts (ChAcordPage *self)
{
  g_autoptr (GArray) rows = find_known_rows (self);
  g_autoptr (GPtrArray) filled = ch_label_finder_get_filled (self->finder);
  guint i;

  self->cells = ch_acord_cells_new (&self->grid, filled);
  add_lost_rows (self, rows);
  add_free_rows (self, rows);
  self->amounts = find_amounts (self);
  _ch_acord_page_set_drifts (self, estimate_drift (self, rows, self->amounts));
  for (i = 0; i < self->amounts->len; i++)
    place_amount (self, rows, &g_array_index (self->amounts, ChShownAmount, i));
  doubt_doubles (self->amounts);
}
