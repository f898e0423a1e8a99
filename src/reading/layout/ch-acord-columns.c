#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-columns.h"

#include "ch-rule-cover.h"

#include <math.h>

/* Points. Headings of one table head stand within this of each other. */
#define HEAD_HEIGHT 16.0
/* The share of the table that a line must cross to part two columns, and that one crosses which parts nothing else. */
#define COLUMN_COVERAGE 0.25
#define FULL_COLUMN_COVERAGE 0.7
#define NARROWEST_COLUMN 10.0
/* From the heading of a narrow column to the column's end */
#define BESIDE_HEADING 2.5

typedef struct {
  ChColumn    column;
  const char *labels[4];
} Heading;

static const Heading headings[] = {
  { CH_COLUMN_LETTER, { "INSR", "CO", "LTR" } },
  { CH_COLUMN_TYPE, { "TYPE OF INSURANCE" } },
  { CH_COLUMN_ADDITIONAL_INSURED, { "ADDL", "ADDL INSR", "ADDL INSRD" } },
  { CH_COLUMN_WAIVER, { "SUBR", "SUBR WVD" } },
  { CH_COLUMN_NUMBER, { "POLICY NUMBER" } },
  { CH_COLUMN_EFFECTIVE, { "POLICY EFF", "POLICY EFFECTIVE" } },
  { CH_COLUMN_EXPIRATION, { "POLICY EXP", "POLICY EXPIRATION" } },
  { CH_COLUMN_LIMITS, { "LIMITS" } },
};

/**
 * ch_acord_columns_at:
 * @otherwise: the answer where no line is found
 *
 * Returns: the x between @from and @to of the vertical line that runs longest between @top and @bottom
 */
double
ch_acord_columns_at (const ChPageModel *page,
                         double             from,
                         double             to,
                         double             top,
                         double             bottom,
                         double             otherwise)
{
  double best = COLUMN_COVERAGE;
  double at = otherwise;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);
      double share;

      if (!rule->vertical || rule->at <= from || rule->at >= to)
        continue;
      share = ch_rule_cover_share (page, TRUE, rule->at, top, bottom);
      if (share > best + 0.05)
        {
          best = share;
          at = rule->at;
        }
    }

  return at;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  double left = ch_box_centre_x (&((const ChAcordHeading *) a)->box);
  double right = ch_box_centre_x (&((const ChAcordHeading *) b)->box);

  return left < right ? -1 : left > right;
}

/* All places where the words of headings stand: sentences over the table speak of limits and policy numbers too. */
static GArray *
find_candidates (ChLabelFinder *finder)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (ChAcordHeading));
  guint i, j, k;

  for (i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      for (j = 0; j < G_N_ELEMENTS (headings[i].labels) && headings[i].labels[j] != NULL; j++)
        {
          g_autoptr (GArray) places = ch_label_finder_find_all (finder, headings[i].labels[j], NULL);

          for (k = 0; k < places->len; k++)
            {
              ChAcordHeading found = { headings[i].column, g_array_index (places, ChBox, k) };

              g_array_append_val (candidates, found);
            }
        }
    }

  return candidates;
}

/* The same words head other columns too: `INSR` is the leftmost, `LIMITS` the rightmost; of others the nearest counts. */
static gboolean
is_better (const ChAcordHeading *one,
           const ChAcordHeading *than,
           double       level)
{
  if (one->column == CH_COLUMN_LETTER)
    return one->box.x0 < than->box.x0;
  if (one->column == CH_COLUMN_LIMITS)
    return one->box.x0 > than->box.x0;

  return fabs (ch_box_centre_y (&one->box) - level) < fabs (ch_box_centre_y (&than->box) - level);
}

/* For each column the candidate about a height. Returns: how many columns have one */
static guint
choose_level (GArray *candidates,
              double  level,
              ChAcordHeading   chosen[CH_N_COLUMNS],
              gboolean has[CH_N_COLUMNS])
{
  guint n_chosen = 0;
  guint i;

  for (i = 0; i < CH_N_COLUMNS; i++)
    has[i] = FALSE;
  for (i = 0; i < candidates->len; i++)
    {
      const ChAcordHeading *candidate = &g_array_index (candidates, ChAcordHeading, i);

      if (fabs (ch_box_centre_y (&candidate->box) - level) >= HEAD_HEIGHT
          || (has[candidate->column] && !is_better (candidate, &chosen[candidate->column], level)))
        continue;
      n_chosen += !has[candidate->column];
      has[candidate->column] = TRUE;
      chosen[candidate->column] = *candidate;
    }

  return n_chosen;
}

/* The headings that stand at one height, where most do. */
GArray *
ch_acord_columns_find_headings (ChLabelFinder *finder)
{
  g_autoptr (GArray) candidates = find_candidates (finder);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ChAcordHeading));
  double best_level = 0;
  guint most = 0;
  ChAcordHeading chosen[CH_N_COLUMNS];
  gboolean has[CH_N_COLUMNS];
  guint i;

  for (i = 0; i < candidates->len; i++)
    {
      const ChAcordHeading *candidate = &g_array_index (candidates, ChAcordHeading, i);
      double level = ch_box_centre_y (&candidate->box);
      guint n_chosen = choose_level (candidates, level, chosen, has);

      if (n_chosen > most || (n_chosen == most && candidate->column == CH_COLUMN_TYPE))
        {
          most = n_chosen;
          best_level = level;
        }
    }

  if (most > 0)
    choose_level (candidates, best_level, chosen, has);
  for (i = 0; most > 0 && i < CH_N_COLUMNS; i++)
    {
      if (has[i])
        g_array_append_val (found, chosen[i]);
    }
  g_array_sort (found, compare_found);

  return found;
}

/**
 * ch_acord_columns_from_lines:
 *
 * Returns: (transfer full) (element-type ChAcordHeading): where the headings of all columns have to be, between their lines
 */
GArray *
ch_acord_columns_from_lines (const ChColumnLines *lines)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ChAcordHeading));
  guint i;

  for (i = 0; i < CH_N_COLUMNS; i++)
    {
      ChAcordHeading heading = { i, { lines->at[i], lines->top, lines->at[i + 1], lines->head } };

      g_array_append_val (found, heading);
    }

  return found;
}

/* The words of the table's head, so that they don't pass for values of the first row. */
void
ch_acord_columns_claim_head (const ChPageModel *page,
            ChLabelFinder     *finder,
            double             level)
{
  static const char *const words[] = {
    "INSR LTR", "INSR", "LTR", "TYPE OF INSURANCE", "ADDL", "INSD", "INSRD", "SUBR", "WVD", "POLICY NUMBER",
    "POLICY EFFECTIVE", "POLICY EXPIRATION", "POLICY EFF", "POLICY EXP", "DATE MMDDYYYY", "DATE MMDDYY", "MMDDYYYY",
    "MMDDYY", "DATE", "LIMITS",
  };
  ChBox head = { 0, level - HEAD_HEIGHT * 0.7, page->width, level + HEAD_HEIGHT * 0.7 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (words); i++)
    ch_label_finder_claim (finder, words[i], &head);
}

/* The vertical lines that part columns between two heights of the page, from left to right. */
static GArray *
find_column_lines (const ChPageModel *page,
                   const ChAcordGrid *grid,
                   double             from,
                   double             to)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (double));
  guint i, j;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (!rule->vertical || rule->at <= from || rule->at >= to
          || ch_rule_cover_share (page, TRUE, rule->at, grid->table.y0, grid->table.y1) < FULL_COLUMN_COVERAGE)
        continue;
      for (j = 0; j < lines->len && fabs (g_array_index (lines, double, j) - rule->at) > 2 * CH_RULE_COVER_SAME_LINE; j++)
        ;
      if (j == lines->len)
        g_array_append_val (lines, rule->at);
    }
  for (i = 1; i < lines->len; i++)
    {
      double at = g_array_index (lines, double, i);

      for (j = i; j > 0 && g_array_index (lines, double, j - 1) > at; j--)
        g_array_index (lines, double, j) = g_array_index (lines, double, j - 1);
      g_array_index (lines, double, j) = at;
    }

  return lines;
}

static void
set_span (ChAcordGrid *grid,
          ChColumn     column,
          double       from,
          double       to)
{
  grid->columns[column] = (ChSpan){ TRUE, from, to };
}

/* Columns that are hardly wider than their heading */
static gboolean
is_narrow (ChColumn column)
{
  return column == CH_COLUMN_ADDITIONAL_INSURED || column == CH_COLUMN_WAIVER || column == CH_COLUMN_EFFECTIVE
         || column == CH_COLUMN_EXPIRATION;
}

/* Where two columns meet, if no line tells. */
static double
guess_line (const ChAcordHeading *left,
            const ChAcordHeading *right)
{
  if (is_narrow (left->column) && !is_narrow (right->column))
    return MIN (left->box.x1 + BESIDE_HEADING, right->box.x0);
  if (is_narrow (right->column) && !is_narrow (left->column))
    return MAX (right->box.x0 - BESIDE_HEADING, left->box.x1);

  return (left->box.x1 + right->box.x0) / 2;
}

/* The columns between two headings: the left one's own, and those whose headings can't be read, where there are as many
 * lines as they take. Returns: where the right heading's column begins */
static double
part_columns (const ChPageModel *page,
              ChAcordGrid       *grid,
              const ChAcordHeading       *left,
              const ChAcordHeading       *right,
              double             from)
{
  g_autoptr (GArray) lines
      = find_column_lines (page, grid, ch_box_centre_x (&left->box), ch_box_centre_x (&right->box));
  int column;
  double to;

  if ((int) right->column - (int) left->column > 1 && lines->len == right->column - left->column)
    {
      for (column = left->column; column < (int) right->column; column++)
        {
          to = g_array_index (lines, double, column - left->column);
          set_span (grid, column, from, to);
          from = to;
        }
      return from;
    }

  to = ch_acord_columns_at (page, ch_box_centre_x (&left->box), ch_box_centre_x (&right->box), grid->table.y0,
                                grid->table.y1, guess_line (left, right));
  set_span (grid, left->column, from, to);

  return to;
}

/* The letter's column, where its heading can't be read, ends at the only line before the next. */
static double
begin_columns (const ChPageModel *page,
               ChAcordGrid       *grid,
               const ChAcordHeading       *first)
{
  g_autoptr (GArray) lines = NULL;
  double at;

  if (first->column == CH_COLUMN_LETTER)
    return grid->table.x0;

  lines = find_column_lines (page, grid, grid->table.x0 + NARROWEST_COLUMN, ch_box_centre_x (&first->box));
  if (lines->len != 1)
    return grid->table.x0;
  at = g_array_index (lines, double, 0);
  set_span (grid, CH_COLUMN_LETTER, grid->table.x0, at);

  return at;
}

/* The columns from the last heading on: those whose headings can't be read begin at the next lines. Where these are gone
 * too, the columns of the dates are as wide as each other, and their headings stand in the middle. */
static void
end_columns (const ChPageModel *page,
             ChAcordGrid       *grid,
             const ChAcordHeading       *last,
             double             from)
{
  g_autoptr (GArray) lines = find_column_lines (page, grid, ch_box_centre_x (&last->box), grid->table.x1 - NARROWEST_COLUMN);
  double width = 2 * (ch_box_centre_x (&last->box) - from);
  int column;

  for (column = last->column; column < CH_COLUMN_LIMITS; column++)
    {
      guint i = (guint) (column - (int) last->column);
      double to;

      if (i >= lines->len && last->column < CH_COLUMN_EFFECTIVE)
        return;
      to = i < lines->len ? g_array_index (lines, double, i) : from + width;
      set_span (grid, column, from, to);
      from = to;
    }
  set_span (grid, CH_COLUMN_LIMITS, from, grid->table.x1);
}

void
ch_acord_columns_set (const ChPageModel *page,
              ChAcordGrid       *grid,
              GArray            *found)
{
  double from = begin_columns (page, grid, &g_array_index (found, ChAcordHeading, 0));
  guint i;

  for (i = 0; i + 1 < found->len; i++)
    from = part_columns (page, grid, &g_array_index (found, ChAcordHeading, i), &g_array_index (found, ChAcordHeading, i + 1), from);
  end_columns (page, grid, &g_array_index (found, ChAcordHeading, i), from);
}
