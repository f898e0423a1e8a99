#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-acord-date.h"
#include "ch-shown-value.h"

#include <math.h>

/* How sure a number is in which a letter was put right. */
#define MENDED 0.9
/* The share of the widest line that a line must reach to have been broken by the paper rather than by its writer. */
#define FULL_LINE 0.93

/* What stands behind a label up to an x, on its own line or as far off it as everything that was filled in. */
static char *
read_behind (ChAcordPage *self,
             const ChBox *label,
             double       to,
             const char  *path)
{
  double drift = self->cells->drifts[CH_COLUMN_NUMBER];
  ChBox region = { label->x1, label->y0 + drift - 4, to, label->y1 + drift + 4 };
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, &region);
  g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
  const ChTextLine *line = NULL;
  double confidence;
  char *text;
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *other = g_ptr_array_index (lines, i);

      if (line == NULL || fabs (ch_box_centre_y (&other->box) - drift - ch_box_centre_y (label))
                            < fabs (ch_box_centre_y (&line->box) - drift - ch_box_centre_y (label)))
        line = other;
    }
  if (line == NULL)
    return NULL;

  text = ch_text_line_to_string (line);
  confidence = _ch_acord_line_confidence (line);
  if (((const ChWord *) g_ptr_array_index (line->words, 0))->source == CH_WORD_FROM_PIXELS && ch_shown_coi_mend (text))
    confidence = MIN (confidence, MENDED);
  _ch_acord_page_note (self, confidence, &line->box, "%s", path);
  if (lines->len > 1)
    _ch_acord_page_doubt (self, CH_DOUBT_AMONG_OTHER_WORDS, CH_DOUBTFUL);
  ch_label_finder_claim (self->finder, text, &line->box);

  return text;
}

static void
read_numbers (ChAcordPage *self)
{
  ChBox region = { 0, 0, self->page->width, self->grid.table.y0 };
  ChBox certificate, revision;
  double certificate_end = self->page->width * 0.68;
  gboolean has_revision = ch_label_finder_find (self->finder, "REVISION NUMBER", &region, &revision);

  if (has_revision)
    {
      certificate_end = revision.x0 - 1;
      self->certificate->revision_number = read_behind (self, &revision, self->page->width, "revision_number");
    }
  if (ch_label_finder_find (self->finder, "CERTIFICATE NUMBER", &region, &certificate))
    self->certificate->certificate_number = read_behind (self, &certificate, certificate_end, "certificate_number");
}

/* Lines that fill the box were broken by its width and go on; shorter ones were ended by whoever wrote them. */
static char *
join_lines (GPtrArray *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double widest = 0;
  guint i;

  for (i = 0; i < lines->len; i++)
    widest = MAX (widest, ((const ChTextLine *) g_ptr_array_index (lines, i))->box.x1);
  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *part = ch_text_line_to_string (line);

      g_string_append (text, part);
      if (i + 1 < lines->len)
        g_string_append_c (text, ch_text_line_ends_hard (line) || line->box.x1 < widest * FULL_LINE ? '\n' : ' ');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Where the label was recognised from pixels, its end may be left: `(ACORD 101 … may be attached if more space is
 * required)`. */
static void
drop_end_of_label (GPtrArray   *words,
                   const ChBox *label)
{
  static const char *const printed[] = { "(ACORD", "ACORD", "101,", "101", "Additional", "Remarks", "Schedule,", "Schedule",
                                         "may", "be", "attached", "if", "more", "space", "is", "required)", "required", NULL };
  guint i = 0;

  while (i < words->len)
    {
      const ChWord *word = g_ptr_array_index (words, i);

      if (word->source == CH_WORD_FROM_PIXELS && ch_box_centre_y (&word->box) < label->y1 + 2 && word->box.x0 > label->x1
          && g_strv_contains (printed, word->text))
        g_ptr_array_remove_index (words, i);
      else
        i++;
    }
}

static void
read_description (ChAcordPage *self)
{
  ChBox region = { self->grid.table.x0 - 2, self->grid.description.y1 - 1, self->grid.table.x1 + 4,
                   _ch_acord_page_find_holder (self) - 1 };
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, &region);
  g_autoptr (GPtrArray) lines = NULL;
  double confidence;
  ChBox box;

  drop_end_of_label (words, &self->grid.description);
  lines = ch_text_lines_group (words);
  if (lines->len == 0)
    return;

  self->certificate->description_of_operations = join_lines (lines);
  confidence = _ch_acord_lines_confidence (lines, &box);
  _ch_acord_page_note (self, confidence, &box, "description_of_operations");
}

/**
 * _ch_acord_page_read_texts:
 *
 * Reads the date, the two numbers and the description of operations.
 */
void
_ch_acord_page_read_texts (ChAcordPage *self)
{
  ch_acord_date_read (self->page, self->finder, self->certificate);
  read_numbers (self);
  read_description (self);
}
