#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-property.h"

#include "ch-acord-columns.h"
#include "ch-acord-date.h"
#include "ch-acord25-private.h"
#include "ch-shown-value.h"

/* Points below a label within which its value stands, and by how much it may stand to the left and right of it. */
#define BELOW 26.0
#define BELOW_HEADING 90.0
#define ASIDE 34.0
#define HOLDER_HEIGHT 90.0
/* The share of the page's height in which its title is. */
#define TITLE 0.15
/* These forms are read for who, when and which policy only; nobody should rest a decision on that. */
#define SURE 0.9

/* The lines under a label. */
static GPtrArray *
find_below (ChAcordPage *self,
            const ChBox *label,
            double       height)
{
  ChBox region = { label->x0 - ASIDE, label->y1 - 1, label->x1 + ASIDE, label->y1 + height };
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, &region);

  return ch_text_lines_group (words);
}

static ChDate
read_date (ChAcordPage *self,
           const char  *label_text,
           double       height,
           const char  *name)
{
  g_autoptr (GPtrArray) lines = NULL;
  ChBox label;
  guint i;

  if (!ch_label_finder_find (self->finder, label_text, NULL, &label))
    return CH_DATE_NONE;

  lines = find_below (self, &label, height);
  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      ChDate date;

      if (!ch_shown_date_parse (text, &date))
        continue;
      _ch_acord_page_note (self, SURE, &line->box, "policies[0].%s", name);
      return date;
    }

  return CH_DATE_NONE;
}

static void
read_number (ChAcordPage *self,
             ChPolicy    *policy,
             double       height)
{
  g_autoptr (GPtrArray) lines = NULL;
  ChBox label;

  if (!ch_label_finder_find (self->finder, "POLICY NUMBER", NULL, &label))
    return;

  lines = find_below (self, &label, height);
  if (lines->len == 0)
    return;
  policy->policy_number = ch_text_line_to_string (g_ptr_array_index (lines, 0));
  _ch_acord_page_note (self, SURE, &((const ChTextLine *) g_ptr_array_index (lines, 0))->box,
                       "policies[0].policy_number");
}

/* What the form itself says that it is evidence of, in its title. */
static void
read_title (ChAcordPage *self,
            ChPolicy    *policy)
{
  ChBox head = { 0, 0, self->page->width, self->page->height * TITLE };
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, &head);
  g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
  guint i;

  for (i = 0; i < lines->len && policy->coverage_text == NULL; i++)
    {
      g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (g_ptr_array_index (lines, i));
      guint j;

      for (j = 0; j < pieces->len && policy->coverage_text == NULL; j++)
        {
          const ChTextLine *piece = g_ptr_array_index (pieces, j);
          g_autofree char *text = ch_text_line_to_string (piece);

          if (!g_str_has_suffix (text, "PROPERTY INSURANCE"))
            continue;
          policy->coverage_text = g_steal_pointer (&text);
          _ch_acord_page_note (self, SURE, &piece->box, "policies[0].coverage_text");
        }
    }
}

static void
read_policy (ChAcordPage *self,
             ChAcordForm  form)
{
  ChPolicy *policy = ch_policy_new ();
  double height = form == CH_ACORD_24 ? BELOW_HEADING : BELOW;

  policy->coverage = CH_COVERAGE_OTHER;
  policy->effective = read_date (self, form == CH_ACORD_24 ? "POLICY EFFECTIVE" : "EFFECTIVE DATE", height, "effective");
  policy->expiration
      = read_date (self, form == CH_ACORD_24 ? "POLICY EXPIRATION" : "EXPIRATION DATE", height, "expiration");
  if (policy->effective == CH_DATE_NONE && policy->expiration == CH_DATE_NONE)
    {
      ch_policy_free (policy);
      return;
    }

  read_title (self, policy);
  read_number (self, policy, height);
  g_ptr_array_add (self->certificate->policies, policy);
}

/* Who the form is for stands at its lower left, under a label that the forms name differently. */
static void
read_holder (ChAcordPage *self)
{
  static const char *const labels[] = { "CERTIFICATE HOLDER", "NAME AND ADDRESS", "ADDITIONAL INTEREST" };
  ChBox lower_left = { 0, self->page->height * 0.6, self->page->width * 0.35, self->page->height };
  ChBox label, footer;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (ch_label_finder_find (self->finder, labels[i], &lower_left, &label))
        break;
    }
  if (i == G_N_ELEMENTS (labels))
    return;

  lower_left.y0 = label.y1 + 1;
  lower_left.y1 = label.y1 + HOLDER_HEIGHT;
  if (ch_label_finder_find (self->finder, "ACORD*", &lower_left, &footer))
    lower_left.y1 = footer.y0 - 1;
  lower_left.x1 = ch_acord_columns_at (self->page, self->page->width * 0.35, self->page->width * 0.65, label.y1,
                                       lower_left.y1, self->page->width * 0.48);
  _ch_acord_page_read_block (self, &lower_left, ch_box_centre_y (&label), "certificate_holder",
                             &self->certificate->holder_name, &self->certificate->holder_address);
}

/**
 * ch_acord_property_read:
 * @page: a page that shows an ACORD 24, 27 or 28
 *
 * The property forms share the head of ACORD 25 and little else. Their coverage is not a sub's liability insurance; who
 * they are for, their dates and their policy's number are read, and the rest is left to a person.
 *
 * Returns: (transfer full): the certificate
 */
ChCertificate *
ch_acord_property_read (const ChPageModel *page,
                        ChAcordForm        form)
{
  g_autoptr (ChLabelFinder) finder = ch_label_finder_new (page);
  ChCertificate *certificate = ch_certificate_new ();
  ChAcordPage self = { page, finder };

  self.certificate = certificate;
  ch_acord_date_read (page, finder, certificate);
  read_policy (&self, form);
  read_holder (&self);

  return certificate;
}
