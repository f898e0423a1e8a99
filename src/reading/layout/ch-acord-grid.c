#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-grid.h"

#include "ch-acord-columns.h"
#include "ch-rule-cover.h"

#include <math.h>

/* Points. */
#define ROW_PITCH 12.0
/* Only a section's own line goes across the whole table; where its first label can't be read, it is over the second. */
#define MOST_ROWS_ABOVE 2.2
/* The share of the table that a line must cross to part two sections. */
#define SECTION_COVERAGE 0.6
/* Points from the head to the description of operations, at least. */
#define LEAST_TABLE 150.0
#define FEWEST_HEADINGS 4
/* of a page that was recognised from pixels, where those of the two widest columns are among them */
#define FEWEST_OF_PIXELS 3

typedef struct {
  ChSection   section;
  const char *labels[5];
} SectionLabel;

/* Where a section's own label can't be read, one of its limits tells where it is. */
static const struct {
  ChSection   section;
  const char *limit;
  guint       n_rows_above;
} limits_of_sections[] = {
  { CH_SECTION_AUTOMOBILE, "COMBINED SINGLE LIMIT", 0 },
  { CH_SECTION_UMBRELLA, "AGGREGATE", 1 },
  { CH_SECTION_WORKERS_COMPENSATION, "EL EACH ACCIDENT", 1 },
  { CH_SECTION_WORKERS_COMPENSATION, "EL DISEASE EA EMPLOYEE", 2 },
  { CH_SECTION_WORKERS_COMPENSATION, "EL DISEASE POLICY LIMIT", 3 },
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

/* What follows general liability on all editions since 2009, each under a line across the whole table. */
static const ChSection lined_sections[] = {
  CH_SECTION_AUTOMOBILE, CH_SECTION_UMBRELLA, CH_SECTION_WORKERS_COMPENSATION, CH_SECTION_OTHER,
};

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
      if (ch_rule_cover_share (page, FALSE, rule->at, grid->table.x0, grid->table.x1) < SECTION_COVERAGE)
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

/* Returns: the top of a section, found by its label or else by one of its limits; negative where neither is there */
static double
find_section (const ChPageModel  *page,
              ChLabelFinder      *finder,
              const ChAcordGrid  *grid,
              const SectionLabel *section,
              double              from)
{
  const ChSpan *type = &grid->columns[CH_COLUMN_TYPE];
  const ChSpan *limits = &grid->columns[CH_COLUMN_LIMITS];
  ChBox within = { type->from, from, type->to, grid->table.y1 };
  ChBox label;
  guint i;

  if (type->present && find_first_of (finder, section->labels, G_N_ELEMENTS (section->labels), &within, &label))
    return find_section_top (page, grid, MAX (from - ROW_PITCH / 2, label.y0 - MOST_ROWS_ABOVE * ROW_PITCH),
                             label.y0 + 3, TRUE, label.y0 - 2.5);

  if (section->section == CH_SECTION_GENERAL_LIABILITY)
    return grid->table.y0;
  within.x0 = limits->from;
  within.x1 = limits->to;
  for (i = 0; i < G_N_ELEMENTS (limits_of_sections); i++)
    {
      double above = limits_of_sections[i].n_rows_above * ROW_PITCH;

      if (limits_of_sections[i].section == section->section
          && ch_label_finder_find (finder, limits_of_sections[i].limit, &within, &label))
        return find_section_top (page, grid, label.y0 - above - ROW_PITCH, label.y0 - above + 3, TRUE,
                                 label.y0 - above - 3);
    }

  return -1;
}

/* The lines across the whole table between its sections, from the top; one more than there can be where there are more. */
static GArray *
find_section_lines (const ChPageModel *page,
                    const ChAcordGrid *grid)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (double));
  double at = grid->table.y0;

  while (lines->len <= G_N_ELEMENTS (lined_sections))
    {
      at = find_section_top (page, grid, at + ROW_PITCH, grid->table.y1 - ROW_PITCH, FALSE, -1);
      if (at < 0)
        break;
      g_array_append_val (lines, at);
    }

  return lines;
}

/* Where a copy leaves a section's label and its limits illegible, the lines still tell: those between five sections are
 * four. They are not believed where a label says otherwise. */
static void
complete_sections (const ChPageModel *page,
                   ChAcordGrid       *grid)
{
  g_autoptr (GArray) lines = find_section_lines (page, grid);
  guint i;

  if (lines->len != G_N_ELEMENTS (lined_sections) || grid->sections[CH_SECTION_GARAGE].present)
    return;
  for (i = 0; i < lines->len; i++)
    {
      const ChSpan *section = &grid->sections[lined_sections[i]];

      if (section->present && fabs (section->from - g_array_index (lines, double, i)) > ROW_PITCH / 2)
        return;
    }

  grid->sections[CH_SECTION_GENERAL_LIABILITY].to = g_array_index (lines, double, 0);
  for (i = 0; i < lines->len; i++)
    grid->sections[lined_sections[i]]
        = (ChSpan){ TRUE, g_array_index (lines, double, i),
                    i + 1 < lines->len ? g_array_index (lines, double, i + 1) : grid->table.y1 };
}

static void
note_lost_sections (ChAcordGrid *grid)
{
  ChSection last = CH_SECTION_GENERAL_LIABILITY;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (lined_sections); i++)
    {
      if (grid->sections[lined_sections[i]].present)
        last = lined_sections[i];
      else
        grid->may_hold_next[last] = TRUE;
    }
}

static void
find_sections (const ChPageModel *page,
               ChLabelFinder     *finder,
               ChAcordGrid       *grid)
{
  int open = -1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (section_labels); i++)
    {
      double from = open >= 0 ? grid->sections[open].from + ROW_PITCH : grid->table.y0 - 4;
      double top = find_section (page, finder, grid, &section_labels[i], from);

      if (top >= 0)
        begin_section (grid, section_labels[i].section, &open, top);
    }

  find_other_section (page, finder, grid, &open);
  if (!ch_page_model_is_from_pixels (page))
    return;
  complete_sections (page, grid);
  note_lost_sections (grid);
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

/* Without its label, the description begins where the columns end. */
static double
find_columns_end (const ChPageModel *page,
                  double             head)
{
  double end = 0;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (rule->vertical && rule->from < head + LEAST_TABLE / 4 && rule->to > head + LEAST_TABLE
          && rule->at > page->width * 0.2 && rule->at < page->width * 0.8)
        end = MAX (end, rule->to);
    }

  return end;
}

static gboolean
find_description (const ChPageModel *page,
                  ChLabelFinder     *finder,
                  ChAcordGrid       *grid,
                  double             head)
{
  ChBox below = { 0, head, page->width, page->height };
  double end;

  if (ch_label_finder_find (finder, "DESCRIPTION OF OPERATIONS LOCATIONS*", &below, &grid->description))
    return TRUE;

  end = find_columns_end (page, head);
  grid->description = (ChBox){ page->width * 0.03, end + 2, page->width * 0.5, end + 8 };

  return end > 0;
}

/* Headings are small, and touch the lines around them: a copy may leave few. Those of the widest columns stand in few
 * other tables, and the lines tell of the rest. */
static gboolean
are_headings_enough (const ChPageModel *page,
                     GArray            *found)
{
  gboolean has_type = FALSE;
  gboolean has_number = FALSE;
  guint i;

  if (found->len >= FEWEST_HEADINGS || !ch_page_model_is_from_pixels (page))
    return found->len >= FEWEST_HEADINGS;

  for (i = 0; i < found->len; i++)
    {
      const ChAcordHeading *heading = &g_array_index (found, ChAcordHeading, i);

      has_type = has_type || heading->column == CH_COLUMN_TYPE;
      has_number = has_number || heading->column == CH_COLUMN_NUMBER;
    }

  return found->len >= FEWEST_OF_PIXELS && has_type && has_number;
}

static GArray *
find_headings (const ChPageModel *page,
               ChLabelFinder     *finder)
{
  g_autoptr (GArray) found = ch_acord_columns_find_headings (finder);
  ChColumnLines lines;

  if (found->len < CH_N_COLUMNS && ch_page_model_is_from_pixels (page) && ch_column_lines_find (page, &lines))
    return ch_acord_columns_from_lines (&lines);

  return g_steal_pointer (&found);
}

static gboolean
has_dates (const ChAcordGrid *grid)
{
  return grid->columns[CH_COLUMN_EFFECTIVE].present && grid->columns[CH_COLUMN_EXPIRATION].present;
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
  g_autoptr (GArray) found = find_headings (page, finder);
  const ChSpan *limits = &grid->columns[CH_COLUMN_LIMITS];
  double level = 0;
  ChBox head;
  guint i;

  memset (grid, 0, sizeof *grid);
  if (!are_headings_enough (page, found))
    return FALSE;

  for (i = 0; i < found->len; i++)
    {
      const ChAcordHeading *heading = &g_array_index (found, ChAcordHeading, i);

      level += ch_box_centre_y (&heading->box) / found->len;
      if (i == 0)
        head = heading->box;
      ch_box_unite (&head, &heading->box);
    }
  if (!find_description (page, finder, grid, head.y1))
    return FALSE;

  grid->table.y0 = head.y1;
  grid->table.y1 = grid->description.y0;
  ch_acord_columns_claim_head (page, finder, level);
  find_sides (page, grid);
  grid->table.y0 = find_section_top (page, grid, level, head.y1 + 10, FALSE, head.y1 + 1);
  grid->table.y1 = find_section_top (page, grid, grid->description.y0 - 12, grid->description.y0 + 3, TRUE,
                                     grid->description.y0 - 2);
  ch_acord_columns_set (page, grid, found);
  if (!limits->present || (found->len < FEWEST_HEADINGS && !has_dates (grid)))
    return FALSE;
  find_sections (page, finder, grid);
  claim_fine_print (finder, grid);
  grid->amounts_from = ch_acord_columns_at (page, limits->from + 30, limits->to - 30, grid->table.y0,
                                                grid->table.y1, limits->from + (limits->to - limits->from) * 0.53);

  return TRUE;
}
