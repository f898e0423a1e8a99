#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-limit-line.h"
#include "ch-shown-value.h"

#include <math.h>
#include <string.h>

/* Points: two policies of the last section may stand on adjacent rows of 12. */
#define SAME_POLICY 6.0
/* What a text of several lines is worth where the next policy may follow on any line. */
#define MOST_FOR_LINES 0.95

/* One policy of the section, by the line its number or its dates are on. */
typedef struct {
  double y;
  double from;
  double to;
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  double left = ((const Entry *) a)->y;
  double right = ((const Entry *) b)->y;

  return left < right ? -1 : left > right;
}

static void
add_entries (ChAcordPage  *self,
             ChColumn      column,
             const ChSpan *span,
             GArray       *entries)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, column, span->from, span->to);
  guint i, j;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      Entry entry = { ch_box_centre_y (&line->box) - self->cells->drifts[column], span->from, span->to };

      for (j = 0; j < entries->len; j++)
        {
          if (fabs (g_array_index (entries, Entry, j).y - entry.y) < SAME_POLICY)
            break;
        }
      if (j == entries->len)
        g_array_append_val (entries, entry);
    }
}

/* The lines that begin a policy: dated ones; where nothing is dated, numbered ones; else the whole section is one. */
static GArray *
find_entries (ChAcordPage  *self,
              const ChSpan *span)
{
  static const ChColumn by[] = { CH_COLUMN_EXPIRATION, CH_COLUMN_EFFECTIVE, CH_COLUMN_NUMBER, CH_COLUMN_TYPE };
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint i;

  for (i = 0; i < G_N_ELEMENTS (by) && entries->len == 0; i++)
    add_entries (self, by[i], span, entries);
  g_array_sort (entries, compare_entries);
  if (i == G_N_ELEMENTS (by) && entries->len > 1)
    g_array_set_size (entries, 1);
  for (i = 1; i < entries->len; i++)
    {
      Entry *above = &g_array_index (entries, Entry, i - 1);
      Entry *below = &g_array_index (entries, Entry, i);

      /* What stands between goes on with the policy above. */
      above->to = below->from = below->y - MIN (SAME_POLICY, (below->y - above->y) / 2);
    }

  return entries;
}

static gboolean
mentions (const char *label,
          const char *pattern)
{
  return g_regex_match_simple (pattern, label, G_REGEX_CASELESS, 0);
}

static void
read_limit_line (ChAcordPage      *self,
                 ChPolicy         *policy,
                 guint             index,
                 const ChTextLine *line)
{
  g_autofree char *text = ch_text_line_to_string (line);
  gint64 before[CH_N_LIMITS];
  int limit;

  memcpy (before, policy->limits, sizeof before);
  if (ch_limit_line_parse (text, policy->limits) == 0)
    return;

  for (limit = 0; limit < CH_N_LIMITS; limit++)
    {
      if (policy->limits[limit] != before[limit])
        _ch_acord_page_note (self, _ch_acord_line_confidence (line), &line->box, "policies[%u].limits.%s", index,
                             ch_limit_to_string (limit));
    }
}

static void
read_limits (ChAcordPage *self,
             ChPolicy    *policy,
             guint        index,
             const Entry *entry)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, CH_COLUMN_LIMITS, entry->from, entry->to);
  guint i;

  for (i = 0; i < lines->len; i++)
    read_limit_line (self, policy, index, g_ptr_array_index (lines, i));
}

static char *
read_line_of (ChAcordPage *self,
              ChColumn     column,
              const Entry *entry,
              const char  *name,
              guint        index,
              ChBox       *box)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, column, entry->from, entry->to);
  char *text = ch_text_lines_to_string (lines, " ");
  double confidence;

  if (text == NULL)
    return NULL;

  confidence = _ch_acord_lines_confidence (lines, box);
  _ch_acord_page_note (self, confidence, box, "policies[%u].%s", index, name);
  if (lines->len > 1)
    _ch_acord_page_doubt (self, CH_DOUBT_SEVERAL_LINES, MOST_FOR_LINES);

  return text;
}

/* The form has no boxes here; producers write it out. */
static void
read_basis (ChAcordPage *self,
            const ChBox *box,
            ChPolicy    *policy,
            guint        index)
{
  if (policy->coverage_text == NULL)
    return;
  if (mentions (policy->coverage_text, "\\bclaims?[- ]made\\b"))
    policy->basis = CH_BASIS_CLAIMS_MADE;
  else if (mentions (policy->coverage_text, "\\boccurrence\\b"))
    policy->basis = CH_BASIS_OCCURRENCE;
  if (policy->basis == CH_BASIS_ABSENT)
    return;

  _ch_acord_page_note (self, MOST_FOR_LINES, box, "policies[%u].basis", index);
}

/* Claims-made policies say from when on claims are insured. */
static void
read_retroactive_date (ChAcordPage *self,
                       const ChBox *box,
                       ChPolicy    *policy,
                       guint        index)
{
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *written = NULL;

  if (policy->coverage_text == NULL)
    return;
  regex = g_regex_new ("\\bretro(?:active)?\\W*(?:date)?\\W*(\\d[\\d/.-]+\\d)", G_REGEX_CASELESS, 0, NULL);
  if (!g_regex_match (regex, policy->coverage_text, 0, &match))
    return;
  written = g_match_info_fetch (match, 1);
  if (!ch_shown_date_parse (written, &policy->retroactive_date))
    return;

  _ch_acord_page_note (self, MOST_FOR_LINES, box, "policies[%u].retroactive_date", index);
}

static void
read_entry (ChAcordPage *self,
            const Entry *entry)
{
  ChPolicy *policy = ch_policy_new ();
  guint index = self->certificate->policies->len;
  guint n_notes = self->certificate->fields->len;
  ChBox box = { 0 };

  policy->coverage = CH_COVERAGE_OTHER;
  policy->coverage_text = read_line_of (self, CH_COLUMN_TYPE, entry, "coverage_text", index, &box);
  read_basis (self, &box, policy, index);
  read_retroactive_date (self, &box, policy, index);
  policy->policy_number = read_line_of (self, CH_COLUMN_NUMBER, entry, "policy_number", index, &box);
  _ch_acord_page_read_terms (self, entry->from, entry->to, policy, index);
  read_limits (self, policy, index, entry);
  if (policy->coverage_text == NULL && policy->policy_number == NULL && policy->effective == CH_DATE_NONE
      && policy->expiration == CH_DATE_NONE)
    {
      g_ptr_array_set_size (self->certificate->fields, (int) n_notes);
      ch_policy_free (policy);
      return;
    }

  g_ptr_array_add (self->certificate->policies, policy);
}

/* How badly the lines of the limits fit beside the policies if they stand lower by so much. */
static double
cost_of_limits (ChAcordPage  *self,
                const ChSpan *span,
                GArray       *entries,
                double        drift)
{
  const GPtrArray *words = self->cells->columns[CH_COLUMN_LIMITS];
  double cost = 0;
  guint i, j;

  for (i = 0; i < words->len; i++)
    {
      double y = ch_box_centre_y (&((const ChWord *) g_ptr_array_index (words, i))->box) - drift;
      double nearest = SAME_POLICY;

      if (y < span->from - SAME_POLICY || y >= span->to)
        continue;
      for (j = 0; j < entries->len; j++)
        nearest = MIN (nearest, fabs (g_array_index (entries, Entry, j).y - y));
      cost += nearest;
    }

  return cost;
}

/* Where amounts alone stand higher than the rest, the texts of this section may stand with the rest. */
static void
choose_drift_of_limits (ChAcordPage  *self,
                        const ChSpan *span,
                        GArray       *entries)
{
  double *drifts = self->cells->drifts;

  if (cost_of_limits (self, span, entries, drifts[CH_COLUMN_NUMBER])
      < cost_of_limits (self, span, entries, drifts[CH_COLUMN_LIMITS]))
    drifts[CH_COLUMN_LIMITS] = drifts[CH_COLUMN_NUMBER];
}

/**
 * _ch_acord_page_read_other:
 *
 * Reads the last section, which has no labels: whatever the producer wrote there, one policy a dated line.
 */
void
_ch_acord_page_read_other (ChAcordPage *self)
{
  const ChSpan *span = &self->grid.sections[CH_SECTION_OTHER];
  g_autoptr (GArray) entries = NULL;
  ChBox region
      = { self->grid.columns[CH_COLUMN_TYPE].from, span->from, self->grid.columns[CH_COLUMN_TYPE].to, span->to };
  ChBox label;
  guint i;

  if (!span->present)
    return;
  if (ch_label_finder_find (self->finder, "OTHER", &region, &label))
    ch_acord_cells_drop (self->cells, CH_COLUMN_TYPE, &label);

  entries = find_entries (self, span);
  choose_drift_of_limits (self, span, entries);
  for (i = 0; i < entries->len; i++)
    read_entry (self, &g_array_index (entries, Entry, i));
}
