#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-rule-finder.h"

/* Points. The sides of the form's tick boxes are 12 pt; its shortest useful horizontal line is the edge of one. */
#define SHORTEST_HORIZONTAL 11.0
#define SHORTEST_VERTICAL 9.0
#define THICKEST 3.0
/* The form's text is up to 10 pt high in the table, its title 18 pt: strokes of letters are no longer than this. */
#define MOST_RULES 6000

/* A run of ink along one line of pixels, while the neighbouring lines may still continue it. */
typedef struct {
  guint from;
  guint to;
  guint first_line;
  guint last_line;
} Run;

static void
add_rule (GArray    *rules,
          const Run *run,
          gboolean   vertical,
          double     scale)
{
  double width = (run->last_line - run->first_line + 1) / scale;
  ChRule rule = { vertical, (run->first_line + run->last_line + 1) / 2.0 / scale, run->from / scale,
                  (run->to + 1) / scale, width };

  if (width <= THICKEST && rules->len < MOST_RULES)
    g_array_append_val (rules, rule);
}

/* Joins a new run to one of the line above that shares most of its length, or opens a new rule. */
static void
take_run (GArray *open,
          guint   from,
          guint   to,
          guint   line)
{
  Run fresh = { from, to, line, line };
  guint i;

  for (i = 0; i < open->len; i++)
    {
      Run *run = &g_array_index (open, Run, i);

      if (run->last_line + 1 >= line && run->from <= to && from <= run->to)
        {
          run->from = MIN (run->from, from);
          run->to = MAX (run->to, to);
          run->last_line = line;
          return;
        }
    }

  g_array_append_val (open, fresh);
}

static void
close_runs (GArray  *open,
            GArray  *rules,
            guint    line,
            gboolean vertical,
            double   scale)
{
  guint i = 0;

  while (i < open->len)
    {
      const Run *run = &g_array_index (open, Run, i);

      if (run->last_line + 1 < line)
        {
          add_rule (rules, run, vertical, scale);
          g_array_remove_index_fast (open, i);
        }
      else
        {
          i++;
        }
    }
}

static void
find_horizontal (const ChInk *ink,
                 GArray      *rules)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Run));
  guint width = ch_ink_get_width (ink);
  guint height = ch_ink_get_height (ink);
  double scale = ch_ink_get_scale (ink);
  guint shortest = (guint) (SHORTEST_HORIZONTAL * scale);
  guint x, y;

  for (y = 0; y < height; y++)
    {
      const guint8 *row = ch_ink_get_row (ink, y);
      guint length = 0;

      close_runs (open, rules, y, FALSE, scale);
      for (x = 0; x <= width; x++)
        {
          if (x < width && row[x] < CH_INK_THRESHOLD)
            {
              length++;
              continue;
            }
          if (length >= shortest)
            take_run (open, x - length, x - 1, y);
          length = 0;
        }
    }
  close_runs (open, rules, height + 2, FALSE, scale);
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  const Run *left = a;
  const Run *right = b;

  if (left->first_line != right->first_line)
    return left->first_line < right->first_line ? -1 : 1;

  return left->from < right->from ? -1 : left->from > right->from;
}

/* The columns' runs are found walking the rows, which is how the pixels lie in memory, and joined afterwards. */
static void
find_vertical (const ChInk *ink,
               GArray      *rules)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  guint width = ch_ink_get_width (ink);
  guint height = ch_ink_get_height (ink);
  double scale = ch_ink_get_scale (ink);
  guint shortest = (guint) (SHORTEST_VERTICAL * scale);
  g_autofree guint16 *lengths = g_new0 (guint16, width + 1);
  guint i, x, y;

  for (y = 0; y <= height; y++)
    {
      const guint8 *row = y < height ? ch_ink_get_row (ink, y) : NULL;

      for (x = 0; x < width; x++)
        {
          if (row != NULL && row[x] < CH_INK_THRESHOLD)
            {
              lengths[x]++;
              continue;
            }
          if (lengths[x] >= shortest)
            {
              Run run = { y - lengths[x], y - 1, x, x };

              g_array_append_val (runs, run);
            }
          lengths[x] = 0;
        }
    }

  g_array_sort (runs, compare_columns);
  for (i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      close_runs (open, rules, run->first_line, TRUE, scale);
      take_run (open, run->from, run->to, run->first_line);
    }
  close_runs (open, rules, width + 2, TRUE, scale);
}

/**
 * ch_rule_finder_find:
 * @rules: (element-type ChRule): takes the straight lines found
 *
 * Finds the ruling lines of an upright page: long runs of ink no thicker than a line. A skewed scan has to be
 * straightened first.
 */
void
ch_rule_finder_find (const ChInk *ink,
                     GArray      *rules)
{
  find_horizontal (ink, rules);
  find_vertical (ink, rules);
}
