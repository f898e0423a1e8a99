#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-block-noise.h"
#include "ch-shown-value.h"

#include <math.h>
#include <string.h>

/* Points from a label to what may stand beside or below it. */
#define BESIDE 5.0
#define ROW_PITCH 12.0
#define MOST_DRIFT 7.5
#define LEAST_HOLDER 40.0
#define TALLEST_HOLDER 110.0
#define EDGE 10.0

/* A row of the block at the right: its label, and where the value ends. */
typedef struct {
  const char *label;
  const char *second_line;
  double      y;
  double      from;
  double      to;
  gboolean    found;
} ContactRow;

enum { CONTACT_NAME, CONTACT_PHONE, CONTACT_MAIL, N_CONTACT_ROWS };

static gboolean
is_noise (const char *text,
          gboolean    may_be_code)
{
  return ch_block_noise_is_contact (text) || ch_block_noise_is_remark (text)
         || (may_be_code && ch_block_noise_is_code (text));
}

/* The words of a line without the parts that are noise. */
static void
take_sense (GPtrArray        *words,
            const ChTextLine *line,
            gboolean          may_be_code)
{
  g_autofree char *whole = ch_text_line_to_string (line);
  g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (line);
  guint i;

  if (is_noise (whole, may_be_code))
    return;

  for (i = 0; i < pieces->len; i++)
    {
      const ChTextLine *piece = g_ptr_array_index (pieces, i);
      g_autofree char *text = ch_text_line_to_string (piece);

      if (pieces->len == 1 || !is_noise (text, may_be_code))
        g_ptr_array_extend (words, piece->words, NULL, NULL);
    }
}

/* The lines of a name-and-address block, without what agencies print around it. Codes count as such only over the name
 * and beside the label: further down a line of digits may be part of an address. */
static GPtrArray *
find_block (ChAcordPage *self,
            const ChBox *region,
            double       label_y)
{
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, region);
  g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);

      take_sense (kept, line, kept->len == 0 || fabs (ch_box_centre_y (&line->box) - label_y) < BESIDE);
    }

  return ch_text_lines_group (kept);
}

static void
take_lines (GPtrArray *lines,
            guint      first,
            guint      n_lines,
            char     **text,
            double    *confidence,
            ChBox     *box)
{
  g_autoptr (GPtrArray) part = g_ptr_array_new ();
  guint i;

  for (i = first; i < first + n_lines; i++)
    g_ptr_array_add (part, g_ptr_array_index (lines, i));
  *text = ch_text_lines_to_string (part, "\n");
  *confidence = part->len > 0 ? _ch_acord_lines_confidence (part, box) : 0;
}

/* The name is what stands before the first line that begins an address. */
static void
read_name_and_address (ChAcordPage *self,
                       GPtrArray   *lines,
                       const char  *path,
                       char       **name,
                       char       **address)
{
  guint n_name = 0;
  double confidence;
  ChBox box;

  while (n_name < lines->len)
    {
      g_autofree char *text = ch_text_line_to_string (g_ptr_array_index (lines, n_name));

      if (n_name > 0 && ch_shown_address_begins (text))
        break;
      n_name++;
    }

  take_lines (lines, 0, n_name, name, &confidence, &box);
  if (*name != NULL)
    {
      g_strdelimit (*name, "\n", ' ');
      _ch_acord_page_note (self,
                           n_name > 2 || (n_name == lines->len && n_name > 1) ? MIN (confidence, 0.9) : confidence,
                           &box,
                           "%s.name",
                           path);
    }
  if (address == NULL)
    return;
  take_lines (lines, n_name, lines->len - n_name, address, &confidence, &box);
  if (*address != NULL)
    _ch_acord_page_note (self, confidence, &box, "%s.address", path);
}

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

  return ch_acord_grid_column_at (self->page, self->page->width * 0.35, middle + 4, top, bottom, middle);
}

static void
read_contact_rows (ChAcordPage *self,
                   ContactRow   rows[N_CONTACT_ROWS],
                   double       top,
                   double       bottom)
{
  char **targets[N_CONTACT_ROWS] = { &self->certificate->producer_contact, &self->certificate->producer_phone,
                                     &self->certificate->producer_email };
  static const char *const names[N_CONTACT_ROWS] = { "contact", "phone", "email" };
  guint row;

  for (row = 0; row < N_CONTACT_ROWS; row++)
    {
      ChBox region = { rows[row].from, top, rows[row].to, bottom };
      g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, &region);
      g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
      const ChTextLine *nearest = NULL;
      double distance = MOST_DRIFT;
      guint i, j;

      for (i = 0; rows[row].found && i < lines->len; i++)
        {
          const ChTextLine *line = g_ptr_array_index (lines, i);
          double y = ch_box_centre_y (&line->box);
          gboolean closer_elsewhere = FALSE;

          for (j = 0; j < N_CONTACT_ROWS; j++)
            closer_elsewhere = closer_elsewhere || (rows[j].found && fabs (rows[j].y - y) < fabs (rows[row].y - y));
          if (!closer_elsewhere && fabs (rows[row].y - y) < distance)
            {
              distance = fabs (rows[row].y - y);
              nearest = line;
            }
        }
      if (nearest == NULL)
        continue;
      *targets[row] = ch_text_line_to_string (nearest);
      _ch_acord_page_note (self, _ch_acord_line_confidence (nearest), &nearest->box, "producer.%s", names[row]);
    }
}

static void
read_contact (ChAcordPage *self,
              double       middle,
              double       top,
              double       bottom)
{
  ContactRow rows[N_CONTACT_ROWS] = { { "CONTACT", "NAME" }, { "PHONE", "AC NO EXT" }, { "E MAIL", "ADDRESS" } };
  ChBox region = { middle, top - 6, self->page->width, bottom };
  ChBox insurers, fax;
  double right = self->page->width - 12;
  guint row;

  if (ch_label_finder_find (self->finder, "INSURERS AFFORDING COVERAGE", &region, &insurers))
    region.y1 = insurers.y0;
  for (row = 0; row < N_CONTACT_ROWS; row++)
    {
      ChBox label, below;

      if (!ch_label_finder_find (self->finder, rows[row].label, &region, &label))
        continue;
      below = (ChBox){ label.x0 - 4, label.y0 - 3, label.x1 + 60, label.y1 + 9 };
      if (ch_label_finder_find (self->finder, rows[row].second_line, &below, &below))
        ch_box_unite (&label, &below);
      ch_label_finder_claim (self->finder, rows[row].label, &label);
      ch_label_finder_claim (self->finder, rows[row].second_line, &label);
      rows[row].y = ch_box_centre_y (&label);
      rows[row].from = label.x0;
      rows[row].to = right;
      rows[row].found = TRUE;
    }
  if (ch_label_finder_find (self->finder, "FAX", &region, &fax))
    {
      rows[CONTACT_PHONE].to = ch_acord_grid_column_at (self->page, fax.x0 - 20, fax.x0, fax.y0, fax.y1, fax.x0 - 1);
      ch_label_finder_claim (self->finder, "FAX", &fax);
      fax.y1 += 8;
      ch_label_finder_claim (self->finder, "AC NO", &fax);
    }

  read_contact_rows (self, rows, region.y0, region.y1);
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

static void
read_holder (ChAcordPage *self)
{
  g_autoptr (GArray) found = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  ChBox region = { 0, self->grid.description.y1, self->page->width * 0.5, self->page->height };
  ChBox label = { 0 };
  ChBox footer;
  gboolean is_found = FALSE;
  guint i;

  /* Descriptions speak of the certificate holder too; the heading is the last that begins at the left edge. */
  found = ch_label_finder_find_all (self->finder, "CERTIFICATE HOLDER", &region);
  for (i = 0; i < found->len; i++)
    {
      const ChBox *box = &g_array_index (found, ChBox, i);

      if (box->x0 < self->grid.table.x0 + 20 && ch_label_finder_is_heading (self->finder, box))
        {
          label = *box;
          is_found = TRUE;
        }
    }
  if (!is_found)
    return;

  region.y0 = label.y1 + 1;
  region.x1 = find_middle (self, label.y1, label.y1 + 75);
  if (ch_label_finder_find (self->finder, "ACORD 25*", &region, &footer))
    region.y1 = footer.y0 - 1;
  region.y1 = MIN (region.y1, find_holder_end (self, &label, region.x1));
  lines = find_block (self, &region, ch_box_centre_y (&label));
  read_name_and_address (self, lines, "certificate_holder", &self->certificate->holder_name,
                         &self->certificate->holder_address);
}

/**
 * _ch_acord_page_read_parties:
 *
 * Reads the producer with its contact, the insured, and the certificate holder.
 */
void
_ch_acord_page_read_parties (ChAcordPage *self)
{
  g_autoptr (GPtrArray) producer_lines = NULL;
  g_autoptr (GPtrArray) insured_lines = NULL;
  ChBox producer, insured, coverages;
  double middle, bottom;

  bottom = find_label_at_left (self, "COVERAGES", 0, self->grid.table.y0, &coverages) ? coverages.y0
                                                                                       : self->grid.table.y0;
  if (find_label_at_left (self, "INSURED", 0, bottom, &insured)
      && find_label_at_left (self, "PRODUCER", 0, insured.y0, &producer))
    {
      middle = find_middle (self, producer.y0, bottom);
      ch_label_finder_claim (self->finder, "PRODUCER", &producer);
      ch_label_finder_claim (self->finder, "INSURED", &insured);
      producer_lines = find_block (self, &(ChBox){ 0, producer.y0 - 2, middle, insured.y0 - 1 },
                                   ch_box_centre_y (&producer));
      read_name_and_address (self, producer_lines, "producer", &self->certificate->producer_name, NULL);
      insured_lines = find_block (self, &(ChBox){ 0, insured.y0 - 2, middle, bottom - 1 }, ch_box_centre_y (&insured));
      read_name_and_address (self, insured_lines, "insured", &self->certificate->insured_name,
                             &self->certificate->insured_address);
      read_contact (self, middle, producer.y0, bottom);
      if (self->certificate->producer_phone == NULL)
        find_phone_in_block (self, &(ChBox){ 0, producer.y0 - 2, middle, insured.y0 - 1 });
    }

  read_holder (self);
}
