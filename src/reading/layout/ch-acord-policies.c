#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-shown-value.h"

#include <math.h>
#include <string.h>

/* Points: dates on lines further apart than this belong to two policies in one section. */
#define STACKED 8.0
/* The row of the umbrella section, counted from the first, in which the retention stands since 2010. */
#define RETENTION_ROW 2
/* The share of the column of boxes behind which the answer about owners stands. */
#define ANSWER_FROM 0.8

/* What two recognised dates of different days are worth. */
#define DAYS_DIFFER 0.95

/* One dated line of a section: where the policy's number, letter and marks have to be looked for. */
typedef struct {
  double from;
  double to;
} Band;

static const ChCoverage coverage_of_section[CH_N_SECTIONS] = {
  [CH_SECTION_GENERAL_LIABILITY] = CH_COVERAGE_GENERAL_LIABILITY,
  [CH_SECTION_AUTOMOBILE] = CH_COVERAGE_AUTOMOBILE_LIABILITY,
  [CH_SECTION_GARAGE] = CH_COVERAGE_OTHER,
  [CH_SECTION_UMBRELLA] = CH_COVERAGE_UMBRELLA_EXCESS,
  [CH_SECTION_WORKERS_COMPENSATION] = CH_COVERAGE_WORKERS_COMPENSATION,
  [CH_SECTION_OTHER] = CH_COVERAGE_OTHER,
};

static void
read_letter (ChAcordPage *self,
             const Band  *band,
             ChPolicy    *policy,
             guint        index)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, CH_COLUMN_LETTER, band->from, band->to);
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);

      if (strlen (text) != 1 || !g_ascii_isalpha (text[0]))
        continue;
      policy->insurer = g_ascii_strup (text, 1);
      _ch_acord_page_note (self, _ch_acord_line_confidence (line), &line->box, "policies[%u].insurer", index);
      return;
    }
}

static gboolean
is_not_applicable (const char *text)
{
  return g_ascii_strcasecmp (text, "N / A") == 0 || g_ascii_strcasecmp (text, "N/A") == 0;
}

static void
read_number (ChAcordPage *self,
             const Band  *band,
             ChPolicy    *policy,
             guint        index)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, CH_COLUMN_NUMBER, band->from, band->to);
  g_autofree char *text = ch_text_lines_to_string (lines, " ");
  ChBox box;
  double confidence;

  if (text == NULL || is_not_applicable (text))
    return;

  policy->policy_number = g_steal_pointer (&text);
  confidence = _ch_acord_lines_confidence (lines, &box);
  _ch_acord_page_note (self, confidence, &box, "policies[%u].policy_number", index);
  if (lines->len > 1)
    _ch_acord_page_doubt (self, CH_DOUBT_SEVERAL_LINES, CH_DOUBTFUL);
}

static gboolean
is_from_pixels (const ChTextLine *line)
{
  return ((const ChWord *) g_ptr_array_index (line->words, 0))->source == CH_WORD_FROM_PIXELS;
}

static ChDate
read_date (ChAcordPage *self,
           ChColumn     column,
           const Band  *band,
           const char  *name,
           guint        index,
           gboolean    *from_pixels)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, column, band->from, band->to);
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      ChDate date;

      if (!ch_shown_date_parse (text, &date))
        continue;
      _ch_acord_page_note (self, _ch_acord_line_confidence (line), &line->box, "policies[%u].%s", index, name);
      *from_pixels = *from_pixels || is_from_pixels (line);
      return date;
    }

  return CH_DATE_NONE;
}

static ChMark
read_mark (ChAcordPage *self,
           ChColumn     column,
           const Band  *band,
           const char  *name,
           guint        index)
{
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, column, band->from, band->to);
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      ChMark mark = ch_shown_yes_no_parse (text);

      if (mark == CH_MARK_ABSENT)
        continue;
      _ch_acord_page_note (self, _ch_acord_line_confidence (line), &line->box, "policies[%u].%s", index, name);
      return mark;
    }

  return CH_MARK_ABSENT;
}

static gboolean
is_same_day_of_year (ChDate a,
                     ChDate b)
{
  int month, day, other_month, other_day;

  ch_date_get_ymd (a, NULL, &month, &day);
  ch_date_get_ymd (b, NULL, &other_month, &other_day);

  return month == other_month && day == other_day;
}

/* Nearly all policies end on the day on which they began: where two recognised dates don't, a digit may have been misread. */
static void
doubt_term (ChAcordPage    *self,
            const ChPolicy *policy,
            gboolean        from_pixels)
{
  GPtrArray *fields = self->certificate->fields;
  guint i;

  if (!from_pixels || policy->effective == CH_DATE_NONE || policy->expiration == CH_DATE_NONE
      || is_same_day_of_year (policy->effective, policy->expiration))
    return;

  for (i = fields->len - 2; i < fields->len; i++)
    {
      ChFieldReading *field = g_ptr_array_index (fields, i);

      field->confidence = MIN (field->confidence, DAYS_DIFFER);
      field->doubts |= CH_DOUBT_HARD_TO_RECOGNISE;
    }
}

/**
 * _ch_acord_page_read_terms:
 * @from: y of the band's top
 *
 * Reads the insurer's letter, the term and the two marks of one policy. (The printed `N / A` of workers' compensation
 * stands where the others have their mark, and reads as none.)
 */
void
_ch_acord_page_read_terms (ChAcordPage *self,
                           double       from,
                           double       to,
                           ChPolicy    *policy,
                           guint        index)
{
  Band band = { from, to };
  gboolean from_pixels = FALSE;

  read_letter (self, &band, policy, index);
  policy->effective = read_date (self, CH_COLUMN_EFFECTIVE, &band, "effective", index, &from_pixels);
  policy->expiration = read_date (self, CH_COLUMN_EXPIRATION, &band, "expiration", index, &from_pixels);
  doubt_term (self, policy, from_pixels);
  policy->additional_insured = read_mark (self, CH_COLUMN_ADDITIONAL_INSURED, &band, "additional_insured", index);
  policy->waiver_of_subrogation = read_mark (self, CH_COLUMN_WAIVER, &band, "waiver_of_subrogation", index);
}

static void
take_amounts (ChAcordPage *self,
              ChSection    section,
              ChPolicy    *policy,
              guint        index)
{
  guint i;

  for (i = 0; i < self->amounts->len; i++)
    {
      const ChShownAmount *amount = &g_array_index (self->amounts, ChShownAmount, i);

      if (amount->section != section || amount->limit < 0 || policy->limits[amount->limit] != CH_MONEY_ABSENT)
        continue;
      policy->limits[amount->limit] = amount->dollars;
      _ch_acord_page_note (self, amount->confidence, &amount->box, "policies[%u].limits.%s", index,
                           ch_limit_to_string (amount->limit));
      _ch_acord_page_doubt (self, amount->doubts, amount->confidence);
    }
}

/* DED and RETENTION share one amount, behind the label RETENTION in the column of boxes. */
static void
read_retention (ChAcordPage *self,
                ChPolicy    *policy,
                guint        index)
{
  const ChSpan *type = &self->grid.columns[CH_COLUMN_TYPE];
  const ChSpan *band = &self->grid.sections[CH_SECTION_UMBRELLA];
  ChBox region = { type->from, band->from, type->to, band->to + 1 };
  g_autoptr (GPtrArray) lines = NULL;
  ChBox label;
  guint i, j;

  if (!ch_label_finder_find (self->finder, "RETENTION", &region, &label))
    {
      const ChRowFit *rows = &self->rows[CH_SECTION_UMBRELLA];
      double y = rows->first + RETENTION_ROW * rows->pitch;

      if (rows->pitch <= 0 || self->grid.sections[CH_SECTION_GARAGE].present)
        return;
      label = (ChBox){ type->from, y - 3, (type->from + type->to) / 2, y + 3 };
    }

  lines = ch_acord_cells_lines (self->cells, CH_COLUMN_TYPE, ch_box_centre_y (&label) - 7,
                                ch_box_centre_y (&label) + 7);
  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autoptr (GString) text = g_string_new (NULL);
      ChBox box = label;

      for (j = 0; j < line->words->len; j++)
        {
          const ChWord *word = g_ptr_array_index (line->words, j);

          if (word->box.x0 < label.x1 - 1)
            continue;
          box = text->len == 0 ? word->box : box;
          g_string_append (text, word->text);
          ch_box_unite (&box, &word->box);
        }
      if (ch_shown_money_parse (text->str, &policy->limits[CH_LIMIT_RETENTION]))
        {
          _ch_acord_page_note (self, _ch_acord_line_confidence (line), &box, "policies[%u].limits.retention", index);
          return;
        }
    }
}

/* The dated lines of a section. A section without any still is one band: it may show a number or amounts alone. */
static GArray *
find_bands (ChAcordPage *self,
            ChSection    section)
{
  const ChSpan *span = &self->grid.sections[section];
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (Band));
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, CH_COLUMN_EXPIRATION, span->from, span->to);
  Band band = { span->from, span->to };
  double last = -G_MAXDOUBLE;
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      double y = ch_box_centre_y (&line->box) - self->cells->drifts[CH_COLUMN_EXPIRATION];
      ChDate date;

      if (!ch_shown_date_parse (text, &date))
        continue;
      if (last > 0 && y - last > STACKED)
        {
          band.to = (y + last) / 2;
          g_array_append_val (bands, band);
          band.from = band.to;
          band.to = span->to;
        }
      last = y;
    }
  g_array_append_val (bands, band);

  return bands;
}

static gboolean
shows_policy (const ChPolicy *policy)
{
  int limit;

  if (policy->policy_number != NULL || policy->effective != CH_DATE_NONE || policy->expiration != CH_DATE_NONE)
    return TRUE;

  for (limit = 0; limit < CH_N_LIMITS; limit++)
    {
      if (policy->limits[limit] != CH_MONEY_ABSENT)
        return TRUE;
    }

  return FALSE;
}

/* `Y / N` is printed over the answer. */
static gboolean
is_of_label (const ChTextLine *line,
             guint             word)
{
  const ChWord *next = word + 1 < line->words->len ? g_ptr_array_index (line->words, word + 1) : NULL;

  return next != NULL && *next->text == '/';
}

/* The question whether an owner or officer is excluded is answered in a box of its own, under `Y / N`. Only a yes says
 * something: that these people are not insured. */
static void
read_owner_excluded (ChAcordPage *self,
                     ChPolicy    *policy,
                     guint        index)
{
  const ChSpan *type = &self->grid.columns[CH_COLUMN_TYPE];
  const ChSpan *band = &self->grid.sections[CH_SECTION_WORKERS_COMPENSATION];
  g_autoptr (GPtrArray) lines = ch_acord_cells_lines (self->cells, CH_COLUMN_TYPE, band->from, band->to);
  double right = type->from + (type->to - type->from) * ANSWER_FROM;
  guint i, j;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);

      for (j = 0; j < line->words->len; j++)
        {
          const ChWord *word = g_ptr_array_index (line->words, j);

          if (word->box.x0 < right || ch_shown_yes_no_parse (word->text) != CH_MARK_YES || is_of_label (line, j))
            continue;
          policy->owner_excluded = CH_MARK_YES;
          _ch_acord_page_note (self, MIN (CH_SURE_OF_TEXT, word->confidence), &word->box, "policies[%u].owner_excluded",
                               index);
          return;
        }
    }
}

/* A letter or a ticked box alone is no policy; that it is there is told all the same. */
static void
report_marks (ChAcordPage *self,
              ChSection    section,
              guint        n_notes)
{
  GPtrArray *fields = self->certificate->fields;
  ChFieldReading *mark = NULL;

  if (fields->len > n_notes)
    mark = ch_field_reading_copy (g_ptr_array_index (fields, n_notes));
  g_ptr_array_set_size (fields, (int) n_notes);
  if (mark == NULL)
    return;

  g_free (mark->path);
  mark->path = g_strdup_printf ("sections.%s", ch_coverage_to_string (coverage_of_section[section]));
  mark->doubts = CH_DOUBT_MARK_WITHOUT_POLICY;
  g_ptr_array_add (fields, mark);
}

static void
read_band (ChAcordPage *self,
           ChSection    section,
           const Band  *band,
           gboolean     first)
{
  ChPolicy *policy = ch_policy_new ();
  guint index = self->certificate->policies->len;
  guint n_notes = self->certificate->fields->len;

  policy->coverage = coverage_of_section[section];
  read_number (self, band, policy, index);
  _ch_acord_page_read_terms (self, band->from, band->to, policy, index);
  if (first)
    {
      take_amounts (self, section, policy, index);
      if (section == CH_SECTION_UMBRELLA)
        read_retention (self, policy, index);
    }

  if (first)
    _ch_acord_page_read_boxes (self, section, policy, index);
  if (first && section == CH_SECTION_WORKERS_COMPENSATION)
    read_owner_excluded (self, policy, index);
  if (!shows_policy (policy))
    {
      report_marks (self, section, n_notes);
      ch_policy_free (policy);
      return;
    }
  g_ptr_array_add (self->certificate->policies, policy);
}

/* What is read where the next section's own label can't be may be that section's. */
static void
doubt_section (ChAcordPage *self,
               guint        n_notes)
{
  GPtrArray *fields = self->certificate->fields;
  guint i;

  for (i = n_notes; i < fields->len; i++)
    {
      ChFieldReading *field = g_ptr_array_index (fields, i);

      field->confidence = MIN (field->confidence, CH_DOUBTFUL);
      field->doubts |= CH_DOUBT_LABEL_IS_LOST;
    }
}

/**
 * _ch_acord_page_read_policies:
 *
 * Reads the sections that the form names. Two policies stacked in one section become two, of which the second has no
 * limits and no boxes: the form shows these once.
 */
void
_ch_acord_page_read_policies (ChAcordPage *self)
{
  int section;

  for (section = 0; section < CH_SECTION_OTHER; section++)
    {
      g_autoptr (GArray) bands = NULL;
      guint n_notes = self->certificate->fields->len;
      guint i;

      if (!self->grid.sections[section].present || section == CH_SECTION_GARAGE)
        continue;
      bands = find_bands (self, section);
      for (i = 0; i < bands->len; i++)
        read_band (self, section, &g_array_index (bands, Band, i), i == 0);
      if (self->grid.may_hold_next[section])
        doubt_section (self, n_notes);
    }
}
