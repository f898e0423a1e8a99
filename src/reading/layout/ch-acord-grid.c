#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-grid.h"

#include <math.h>

/* Points. Lines of one drawn rule, cut by what stands on it, agree to within this. */
#define SAME_LINE 1.5
/* Headings of one table head stand within this of each other. */
#define HEAD_HEIGHT 16.0
/* The share of the table that a line must cross to part two columns, or two sections. */
#define COLUMN_COVERAGE 0.25
#define SECTION_COVERAGE 0.6

typedef struct {
  ChColumn    column;
  const char *labels[4];
} Heading;

typedef struct {
  ChSection   section;
  const char *labels[5];
} SectionLabel;

typedef struct {
  ChColumn column;
  ChBox    box;
} Found;

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

/* In the order of the form: each section begins at its first label. */
static const SectionLabel section_labels[] = {
  { CH_SECTION_GENERAL_LIABILITY, { "GENERAL LIABILITY", "COMMERCIAL GENERAL LIABILITY" } },
  { CH_SECTION_AUTOMOBILE, { "AUTOMOBILE LIABILITY" } },
  { CH_SECTION_GARAGE, { "GARAGE LIABILITY" } },
  { CH_SECTION_UMBRELLA,
    { "UMBRELLA LIAB", "EXCESS UMBRELLA LIABILITY", "EXCESS LIAB", "UMBRELLA LIABILITY", "EXCESS LIABILITY" } },
  { CH_SECTION_WORKERS_COMPENSATION, { "WORKERS COMPENSATION", "WORKERS COMPENSATION AND" } },
};

static double
covered_share (const ChPageModel *page,
               gboolean           vertical,
               double             at,
               double             from,
               double             to)
{
  double covered = 0;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (rule->vertical == vertical && fabs (rule->at - at) <= SAME_LINE)
        covered += MAX (0, MIN (rule->to, to) - MAX (rule->from, from));
    }

  return to > from ? covered / (to - from) : 0;
}

/**
 * ch_acord_grid_column_at:
 * @otherwise: the answer where no line is found
 *
 * Returns: the x between @from and @to of the vertical line that runs longest between @top and @bottom
 */
double
ch_acord_grid_column_at (const ChPageModel *page,
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
      share = covered_share (page, TRUE, rule->at, top, bottom);
      if (share > best + 0.05)
        {
          best = share;
          at = rule->at;
        }
    }

  return at;
}

static gboolean
find_first_of (ChLabelFinder     *finder,
               const char *const *labels,
               guint              n_labels,
               const ChBox       *within,
               ChBox             *place)
{
  gboolean found = FALSE;
  guint i;

  for (i = 0; i < n_labels && labels[i] != NULL; i++)
    {
      ChBox box;

      if (ch_label_finder_find (finder, labels[i], within, &box) && (!found || box.y0 < place->y0))
        {
          *place = box;
          found = TRUE;
        }
    }

  return found;
}

/* Of the places where a heading's words stand, the one that is level with the rest of the head: the sentence over the
 * table speaks of limits too. */
static gboolean
find_level_with (ChLabelFinder *finder,
                 const Heading *heading,
                 const ChBox   *within,
                 const ChBox   *type,
                 ChBox         *place)
{
  double nearest = G_MAXDOUBLE;
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (heading->labels) && heading->labels[i] != NULL; i++)
    {
      g_autoptr (GArray) found = ch_label_finder_find_all (finder, heading->labels[i], within);

      for (j = 0; j < found->len; j++)
        {
          const ChBox *box = &g_array_index (found, ChBox, j);
          double distance = fabs (ch_box_centre_y (box) - ch_box_centre_y (type));

          if (distance < nearest)
            {
              nearest = distance;
              *place = *box;
            }
        }
    }

  return nearest < G_MAXDOUBLE;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  double left = ch_box_centre_x (&((const Found *) a)->box);
  double right = ch_box_centre_x (&((const Found *) b)->box);

  return left < right ? -1 : left > right;
}

static GArray *
find_headings (const ChPageModel *page,
               ChLabelFinder     *finder,
               const ChBox       *type)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
  guint i;

  for (i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      ChBox within = { 0, type->y0 - HEAD_HEIGHT, page->width, type->y1 + HEAD_HEIGHT };
      Found heading = { headings[i].column, *type };

      if (heading.column == CH_COLUMN_LETTER)
        within.x1 = type->x0;
      if (heading.column == CH_COLUMN_LIMITS)
        within.x0 = type->x1;
      if (heading.column == CH_COLUMN_TYPE
          || find_level_with (finder, &headings[i], &within, type, &heading.box))
        g_array_append_val (found, heading);
    }
  g_array_sort (found, compare_found);

  return found;
}

/* The words of the table's head, so that they don't pass for values of the first row. */
static void
claim_head (const ChPageModel *page,
            ChLabelFinder     *finder,
            const ChBox       *type)
{
  static const char *const words[] = {
    "INSR LTR", "INSR", "LTR", "TYPE OF INSURANCE", "ADDL", "INSD", "INSRD", "SUBR", "WVD", "POLICY NUMBER",
    "POLICY EFFECTIVE", "POLICY EXPIRATION", "POLICY EFF", "POLICY EXP", "DATE MMDDYYYY", "DATE MMDDYY", "MMDDYYYY",
    "MMDDYY", "DATE", "LIMITS",
  };
  ChBox head = { 0, type->y0 - HEAD_HEIGHT / 2, page->width, type->y1 + HEAD_HEIGHT / 2 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (words); i++)
    ch_label_finder_claim (finder, words[i], &head);
}

static void
find_columns (const ChPageModel *page,
              ChAcordGrid       *grid,
              GArray            *found)
{
  double from = grid->table.x0;
  guint i;

  for (i = 0; i < found->len; i++)
    {
      const Found *heading = &g_array_index (found, Found, i);
      ChSpan *span = &grid->columns[heading->column];
      double to = grid->table.x1;

      if (i + 1 < found->len)
        {
          const Found *next = &g_array_index (found, Found, i + 1);

          to = ch_acord_grid_column_at (page, ch_box_centre_x (&heading->box), ch_box_centre_x (&next->box),
                                        grid->table.y0, grid->table.y1, (heading->box.x1 + next->box.x0) / 2);
        }
      span->present = TRUE;
      span->from = from;
      span->to = to;
      from = to;
    }
}

/* The line over a label, across the whole table: the nearest above it that is not more than a row away. */
static double
find_section_top (const ChPageModel *page,
                  const ChAcordGrid *grid,
                  double             from,
                  double             to,
                  gboolean           lowest,
                  double             otherwise)
{
  double top = otherwise;
  gboolean found = FALSE;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (rule->vertical || rule->at < from || rule->at > to)
        continue;
      if (found && (lowest ? rule->at < top : rule->at > top))
        continue;
      if (covered_share (page, FALSE, rule->at, grid->table.x0, grid->table.x1) < SECTION_COVERAGE)
        continue;
      top = rule->at;
      found = TRUE;
    }

  return top;
}

static void
begin_section (ChAcordGrid *grid,
               ChSection    section,
               int         *open,
               double       top)
{
  if (*open >= 0)
    grid->sections[*open].to = top;
  grid->sections[section].present = TRUE;
  grid->sections[section].from = top;
  grid->sections[section].to = grid->table.y1;
  *open = section;
}

/* The last section has no label of its own; it begins under the last limit of workers' compensation. */
static void
find_other_section (const ChPageModel *page,
                    ChLabelFinder     *finder,
                    ChAcordGrid       *grid,
                    int               *open)
{
  ChBox within = { grid->columns[CH_COLUMN_LIMITS].from, grid->table.y0, grid->table.x1, grid->table.y1 };
  ChBox last;
  double top;

  if (ch_label_finder_find (finder, "EL DISEASE POLICY LIMIT", &within, &last))
    top = find_section_top (page, grid, ch_box_centre_y (&last), last.y1 + 10, FALSE, last.y1 + 1);
  else if (*open >= 0)
    top = find_section_top (page, grid, grid->sections[*open].from + 24, grid->table.y1 - 12, TRUE, grid->table.y1);
  else
    return;

  if (top < grid->table.y1 - 6)
    begin_section (grid, CH_SECTION_OTHER, open, top);
}

/* The last line of print in workers' compensation touches the section below, which has none. */
static void
claim_fine_print (ChLabelFinder     *finder,
                  const ChAcordGrid *grid)
{
  ChBox column
      = { grid->columns[CH_COLUMN_TYPE].from, grid->table.y0, grid->columns[CH_COLUMN_TYPE].to, grid->table.y1 };

  ch_label_finder_claim (finder, "DESCRIPTION OF OPERATIONS BELOW", &column);
  ch_label_finder_claim (finder, "SPECIAL PROVISIONS BELOW", &column);
  ch_label_finder_claim (finder, "IF YES DESCRIBE UNDER", &column);
}

static void
find_sections (const ChPageModel *page,
               ChLabelFinder     *finder,
               ChAcordGrid       *grid)
{
  const ChSpan *type = &grid->columns[CH_COLUMN_TYPE];
  int open = -1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (section_labels); i++)
    {
      ChBox within = { type->from, grid->table.y0 - 4, type->to, grid->table.y1 };
      ChBox label;

      if (open >= 0)
        within.y0 = grid->sections[open].from + 12;
      if (!find_first_of (finder, section_labels[i].labels, G_N_ELEMENTS (section_labels[i].labels), &within, &label))
        continue;
      begin_section (grid, section_labels[i].section, &open,
                     find_section_top (page, grid, label.y0 - 12, label.y0 + 3, TRUE, label.y0 - 2.5));
    }

  find_other_section (page, finder, grid, &open);
}

static void
find_sides (const ChPageModel *page,
            ChAcordGrid       *grid)
{
  double longest = 0;
  guint i;

  grid->table.x0 = page->width * 0.03;
  grid->table.x1 = page->width * 0.97;
  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (rule->vertical || rule->at < grid->table.y0 - 20 || rule->at > grid->table.y1 + 20)
        continue;
      if (rule->to - rule->from > MAX (longest, page->width * 0.6))
        {
          longest = rule->to - rule->from;
          grid->table.x0 = rule->from;
          grid->table.x1 = rule->to;
        }
    }
}

/**
 * ch_acord_grid_find:
 * @grid: (out): the table
 *
 * Returns: whether the page has the headings of an ACORD 25's table of policies
 */
gboolean
ch_acord_grid_find (const ChPageModel *page,
                    ChLabelFinder     *finder,
                    ChAcordGrid       *grid)
{
  g_autoptr (GArray) found = NULL;
  const ChSpan *limits = &grid->columns[CH_COLUMN_LIMITS];
  ChBox below;
  ChBox type;

  memset (grid, 0, sizeof *grid);
  if (!ch_label_finder_find (finder, "TYPE OF INSURANCE", NULL, &type))
    return FALSE;
  below = (ChBox){ 0, type.y1, page->width, page->height };
  if (!ch_label_finder_find (finder, "DESCRIPTION OF OPERATIONS LOCATIONS*", &below, &grid->description))
    return FALSE;
  found = find_headings (page, finder, &type);
  if (found->len < 5)
    return FALSE;

  grid->table.y0 = type.y1;
  grid->table.y1 = grid->description.y0;
  claim_head (page, finder, &type);
  find_sides (page, grid);
  grid->table.y0 = find_section_top (page, grid, ch_box_centre_y (&type), type.y1 + 10, FALSE, type.y1 + 1);
  grid->table.y1 = find_section_top (page, grid, grid->description.y0 - 12, grid->description.y0 + 3, TRUE,
                                     grid->description.y0 - 2);
  find_columns (page, grid, found);
  find_sections (page, finder, grid);
  claim_fine_print (finder, grid);
  if (!limits->present)
    return FALSE;
  grid->amounts_from = ch_acord_grid_column_at (page, limits->from + 30, limits->to - 30, grid->table.y0,
                                                grid->table.y1, limits->from + (limits->to - limits->from) * 0.53);

  return TRUE;
}
