#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-column-lines.h"

#include "ch-rule-cover.h"

#include <math.h>

/* Where the lines stand between the table's sides, on all editions since 2010: shares of its width. */
static const double places[CH_N_COLUMNS + 1]
    = { 0, 0.03125, 0.275, 0.30625, 0.3375, 0.54375, 0.625, 0.70625, 1 };

/* Shares of the table's width: how far a line may be off its place, and the height of the row of headings. */
#define OFF_PLACE 0.008
#define HEAD_HEIGHT 0.0208
/* The share of its height that a line of the table covers, and of the page's that the table does at least. */
#define LINE_COVERAGE 0.75
#define LEAST_TABLE 0.2
/* The share of the page's width that the table takes at least. */
#define LEAST_WIDTH 0.6
/* Points by which the ends of the table's sides differ at most. */
#define UNEVEN 8.0

static gboolean
are_sides (const ChPageModel *page,
           const ChRule      *left,
           const ChRule      *right)
{
  return left->vertical && right->vertical && right->at - left->at > LEAST_WIDTH * page->width
         && left->to - left->from > LEAST_TABLE * page->height && fabs (left->from - right->from) < UNEVEN
         && fabs (left->to - right->to) < UNEVEN;
}

/* The line of the table about a place. Returns: whether there is one */
static gboolean
find_line (const ChPageModel *page,
           const ChRule      *left,
           double             place,
           double             tolerance,
           double            *at)
{
  double nearest = tolerance;
  gboolean found = FALSE;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (!rule->vertical || fabs (rule->at - place) > nearest
          || ch_rule_cover_share (page, TRUE, rule->at, left->from, left->to) < LINE_COVERAGE)
        continue;
      nearest = fabs (rule->at - place);
      *at = rule->at;
      found = TRUE;
    }

  return found;
}

static gboolean
take_table (const ChPageModel *page,
            const ChRule      *left,
            const ChRule      *right,
            ChColumnLines     *lines)
{
  double width = right->at - left->at;
  guint i;

  lines->at[0] = left->at;
  lines->at[CH_N_COLUMNS] = right->at;
  for (i = 1; i < CH_N_COLUMNS; i++)
    {
      if (!find_line (page, left, left->at + places[i] * width, OFF_PLACE * width, &lines->at[i]))
        return FALSE;
    }
  lines->top = MIN (left->from, right->from);
  lines->head = lines->top + HEAD_HEIGHT * width;

  return TRUE;
}

/**
 * ch_column_lines_find:
 * @lines: (out): where they are
 *
 * The table of policies by its lines alone. No other form of ACORD's has its columns.
 *
 * Returns: whether it is there
 */
gboolean
ch_column_lines_find (const ChPageModel *page,
                      ChColumnLines     *lines)
{
  guint i, j;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *left = &g_array_index (page->rules, ChRule, i);

      for (j = 0; j < page->rules->len; j++)
        {
          const ChRule *right = &g_array_index (page->rules, ChRule, j);

          if (are_sides (page, left, right) && take_table (page, left, right, lines))
            return TRUE;
        }
    }

  return FALSE;
}
