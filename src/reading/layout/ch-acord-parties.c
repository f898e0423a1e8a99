#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-acord-columns.h"

#include <math.h>
#include <string.h>

/* Points from a label to what may stand beside or below it. */
#define LEAST_BLOCK 20.0
#define LEAST_HOLDER 40.0
#define TALLEST_HOLDER 110.0
#define EDGE 10.0

/* The lowest place between two heights where a label begins at the form's left edge: the sentences at the top of the
 * form hold the same words. */
static gboolean
find_label_at_left (ChAcordPage *self,
                    const char  *text,
                    double       from,
                    double       to,
                    ChBox       *label)
{
  ChBox region = { 0, from, self->page->width * 0.25, to };
  g_autoptr (GArray) found = ch_label_finder_find_all (self->finder, text, &region);
  gboolean is_found = FALSE;
  guint i;

  for (i = 0; i < found->len; i++)
    {
      const ChBox *box = &g_array_index (found, ChBox, i);

      if (box->x0 < self->grid.table.x0 + EDGE)
        {
          *label = *box;
          is_found = TRUE;
        }
    }

  return is_found;
}

/* Where the blocks at the left end: the line between them and the block at the right, or its labels. */
static double
find_middle (ChAcordPage *self,
             double       top,
             double       bottom)
{
  static const char *const labels[] = { "INSURERS AFFORDING COVERAGE",
                                        "CONTACT",
                                        "CANCELLATION",
                                        "AUTHORIZED REPRESENTATIVE",
                                        "SHOULD ANY OF THE ABOVE*",
                                        "THIS CERTIFICATE IS ISSUED AS A MATTER*" };
  ChBox region = { self->page->width * 0.3, top - 10, self->page->width, bottom + 10 };
  double middle = self->page->width * 0.55;
  ChBox label;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (ch_label_finder_find (self->finder, labels[i], &region, &label) && label.x0 - 2 < middle + EDGE)
        middle = label.x0 - 2;
    }

  return ch_acord_columns_at (self->page, self->page->width * 0.35, middle + 4, top, bottom, middle);
}

/* Before 2009 the form had no block for the contact; the telephone stands in the producer's box. */
static void
find_phone_in_block (ChAcordPage *self,
                     const ChBox *region)
{
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, region);
  g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
  guint i;

  for (i = 0; i < lines->len && self->certificate->producer_phone == NULL; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      g_autoptr (GRegex) regex = g_regex_new ("\\+?(?:1[-. ])?\\(?\\d{3}\\)?[-. /]*\\d{3}[-. ]\\d{4}", 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      if (!g_regex_match (regex, text, 0, &match) || g_regex_match_simple ("^\\W*fax", text, G_REGEX_CASELESS, 0))
        continue;
      self->certificate->producer_phone = g_match_info_fetch (match, 0);
      _ch_acord_page_note (self, CH_DOUBTFUL, &line->box, "producer.phone");
    }
}

/* The holder's block ends at the form's last line; what programs print below it isn't the holder's. */
static double
find_holder_end (ChAcordPage *self,
                 const ChBox *label,
                 double       middle)
{
  double end = label->y1 + TALLEST_HOLDER;
  guint i;

  for (i = 0; i < self->page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (self->page->rules, ChRule, i);

      if (!rule->vertical && rule->at > label->y1 + LEAST_HOLDER && rule->at < end
          && MIN (rule->to, middle) - MAX (rule->from, self->grid.table.x0) > 0.6 * (middle - self->grid.table.x0))
        end = rule->at;
    }

  return end;
}

/* Descriptions speak of the certificate holder too; the heading is the last that begins at the left edge. Where it can't
 * be read, the one beside it stands at the same height. */
static gboolean
find_holder_label (ChAcordPage *self,
                   ChBox       *label)
{
  ChBox region = { 0, self->grid.description.y1, self->page->width * 0.5, self->page->height };
  g_autoptr (GArray) found = ch_label_finder_find_all (self->finder, "CERTIFICATE HOLDER", &region);
  g_autoptr (GArray) beside = NULL;
  gboolean is_found = FALSE;
  guint i;

  for (i = 0; i < found->len; i++)
    {
      const ChBox *box = &g_array_index (found, ChBox, i);

      if (box->x0 < self->grid.table.x0 + 20 && ch_label_finder_is_heading (self->finder, box))
        {
          *label = *box;
          is_found = TRUE;
        }
    }
  if (is_found)
    return TRUE;

  region.x0 = self->page->width * 0.4;
  region.x1 = self->page->width;
  beside = ch_label_finder_find_all (self->finder, "CANCELLATION", &region);
  for (i = 0; i < beside->len; i++)
    {
      const ChBox *box = &g_array_index (beside, ChBox, i);

      if (ch_label_finder_is_heading (self->finder, box))
        {
          *label = (ChBox){ self->grid.table.x0, box->y0, box->x0 - 2, box->y1 };
          is_found = TRUE;
        }
    }

  return is_found;
}

/**
 * _ch_acord_page_find_holder:
 *
 * Returns: the y at which the certificate holder's heading begins; the page's end where there is none
 */
double
_ch_acord_page_find_holder (ChAcordPage *self)
{
  ChBox label;

  return find_holder_label (self, &label) ? label.y0 : self->page->height;
}

static void
read_holder (ChAcordPage *self)
{
  ChBox region = { 0, 0, self->page->width * 0.5, self->page->height };
  ChBox label, footer;

  if (!find_holder_label (self, &label))
    return;

  region.y0 = label.y1 + 1;
  region.x1 = find_middle (self, label.y1, label.y1 + 75);
  if (ch_label_finder_find (self->finder, "ACORD 25*", &region, &footer))
    region.y1 = footer.y0 - 1;
  region.y1 = MIN (region.y1, find_holder_end (self, &label, region.x1));
  _ch_acord_page_read_block (self, &region, ch_box_centre_y (&label), "certificate_holder",
                             &self->certificate->holder_name, &self->certificate->holder_address);
}

/* The line across the left half of the form that is next to a height. */
static double
find_line_at_left (ChAcordPage *self,
                   double       from,
                   double       to,
                   gboolean     lowest,
                   double       otherwise)
{
  double end = self->page->width * 0.4;
  double at = otherwise;
  gboolean found = FALSE;
  guint i;

  for (i = 0; i < self->page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (self->page->rules, ChRule, i);

      if (rule->vertical || rule->at <= from || rule->at >= to || (found && (rule->at > at) != lowest)
          || MIN (rule->to, end) - MAX (rule->from, self->grid.table.x0) < 0.7 * (end - self->grid.table.x0))
        continue;
      at = rule->at;
      found = TRUE;
    }

  return at;
}

/* The two blocks at the left, one over the other: where each begins, and where the lower one ends. A label that can't be
 * read is where the line over its block is. */
static gboolean
find_blocks (ChAcordPage *self,
             ChBox       *producer,
             ChBox       *insured,
             double      *bottom)
{
  ChBox coverages;
  gboolean has_producer, has_insured;
  double top;

  *bottom = find_label_at_left (self, "COVERAGES", 0, self->grid.table.y0, &coverages) ? coverages.y0
                                                                                        : self->grid.table.y0;
  has_insured = find_label_at_left (self, "INSURED", 0, *bottom, insured);
  has_producer = find_label_at_left (self, "PRODUCER", 0, has_insured ? insured->y0 : *bottom, producer);
  if (!has_insured && !has_producer)
    return FALSE;

  if (!has_insured)
    {
      top = find_line_at_left (self, producer->y1 + LEAST_BLOCK, *bottom - LEAST_BLOCK, FALSE, -1);
      *insured = (ChBox){ producer->x0, top + 2, producer->x1, top + 2 + ch_box_height (producer) };
      return top > 0;
    }
  if (!has_producer)
    {
      top = find_line_at_left (self, 0, insured->y0 - LEAST_BLOCK, TRUE, -1);
      *producer = (ChBox){ insured->x0, top + 2, insured->x1, top + 2 + ch_box_height (insured) };
      return top > 0;
    }

  /* Without the heading below it, the insured's block ends at the next line. */
  if (*bottom == self->grid.table.y0)
    *bottom = find_line_at_left (self, insured->y1 + LEAST_BLOCK, *bottom, FALSE, *bottom);

  return TRUE;
}

/**
 * _ch_acord_page_read_parties:
 *
 * Reads the producer with its contact, the insured, and the certificate holder.
 */
void
_ch_acord_page_read_parties (ChAcordPage *self)
{
  ChBox producer, insured;
  double middle, bottom;

  if (find_blocks (self, &producer, &insured, &bottom))
    {
      middle = find_middle (self, producer.y0, bottom);
      ch_label_finder_claim (self->finder, "PRODUCER", &producer);
      ch_label_finder_claim (self->finder, "INSURED", &insured);
      _ch_acord_page_read_block (self, &(ChBox){ 0, producer.y0 - 2, middle, insured.y0 - 1 },
                                 ch_box_centre_y (&producer), "producer", &self->certificate->producer_name, NULL);
      _ch_acord_page_read_block (self, &(ChBox){ 0, insured.y0 - 2, middle, bottom - 1 }, ch_box_centre_y (&insured),
                                 "insured", &self->certificate->insured_name, &self->certificate->insured_address);
      _ch_acord_page_read_contact (self, middle, producer.y0, bottom);
      if (self->certificate->producer_phone == NULL)
        find_phone_in_block (self, &(ChBox){ 0, producer.y0 - 2, middle, insured.y0 - 1 });
    }

  read_holder (self);
}
