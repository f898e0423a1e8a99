#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificates-page.h"

#include "ch-certificate-item.h"
#include "ch-day-order.h"
#include "ch-format.h"
#include "ch-status-badge.h"

#include <glib/gi18n-lib.h>

struct _ChCertificatesPage
{
  ChListPage parent_instance;
};

/* The parts of the list, in their order. */
enum {
  SHOW_PENDING = 1,
  SHOW_WITHOUT_SUB,
  SHOW_APPROVED,
  SHOW_REJECTED,
};

G_DEFINE_FINAL_TYPE (ChCertificatesPage, ch_certificates_page, CH_TYPE_LIST_PAGE)

static gboolean
ch_certificates_page_is_in (ChListPage *page,
                            ChItem     *item,
                            guint       filter)
{
  ChReviewState review = ch_certificate_item_get_review (CH_CERTIFICATE_ITEM (item));

  switch (filter)
    {
    case SHOW_PENDING:
      return review == CH_REVIEW_PENDING;
    case SHOW_WITHOUT_SUB:
      return ch_certificate_item_get_vendor_id (CH_CERTIFICATE_ITEM (item)) == 0;
    case SHOW_APPROVED:
      return review == CH_REVIEW_APPROVED;
    case SHOW_REJECTED:
    default:
      return review == CH_REVIEW_REJECTED;
    }
}

static gboolean
ch_certificates_page_matches (ChListPage         *page,
                              ChItem             *item,
                              const char * const *search)
{
  return ch_item_matches (ch_certificate_item_get_search (CH_CERTIFICATE_ITEM (item)), search);
}

static void
ch_certificates_page_activate (ChListPage *page,
                               ChItem     *item)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.open-certificate", "x", ch_item_get_id (item));
}

static void
fill_title (GtkWidget  *cell,
            ChItem     *item,
            ChListPage *page)
{
  ch_list_cell_set_title (cell, ch_certificate_item_get_title (CH_CERTIFICATE_ITEM (item)),
                          ch_certificate_item_get_file_name (CH_CERTIFICATE_ITEM (item)));
}

static void
fill_review (GtkWidget  *cell,
             ChItem     *item,
             ChListPage *page)
{
  ChReviewState review = ch_certificate_item_get_review (CH_CERTIFICATE_ITEM (item));

  ch_status_badge_set_text (CH_STATUS_BADGE (cell), ch_review_get_icon_name (review), ch_review_get_label (review),
                            ch_review_get_style_class (review));
}

static void
fill_contents (GtkWidget  *cell,
               ChItem     *item,
               ChListPage *page)
{
  ChCertificateItem *certificate = CH_CERTIFICATE_ITEM (item);
  guint n_policies = ch_certificate_item_get_n_policies (certificate);
  g_autofree char *ends_on = ch_format_date (ch_certificate_item_get_ends_on (certificate));
  g_autofree char *policies = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u policy", "%u policies", n_policies),
                                               n_policies);
  g_autofree char *first_end = *ends_on != '\0' ? g_strdup_printf (_("first ends %s"), ends_on) : NULL;
  const char *hint = ch_certificate_item_get_vendor_id (certificate) == 0 ? _("Sub not known") : first_end;

  if (ch_certificate_item_is_unreadable (certificate) && n_policies == 0)
    ch_list_cell_set_title (cell, _("Could not be read"), hint);
  else
    ch_list_cell_set_title (cell, policies, hint);
}

static void
fill_received (GtkWidget  *cell,
               ChItem     *item,
               ChListPage *page)
{
  gint64 now = ch_office_get_now (ch_page_get_office (CH_PAGE (page)));
  g_autofree char *text = ch_format_ago (ch_certificate_item_get_received_at (CH_CERTIFICATE_ITEM (item)), now);

  ch_list_cell_set_text (cell, text);
}

static int
compare_reviews (ChItem *a,
                 ChItem *b)
{
  return (int)ch_certificate_item_get_review (CH_CERTIFICATE_ITEM (a))
         - (int)ch_certificate_item_get_review (CH_CERTIFICATE_ITEM (b));
}

static int
compare_ends (ChItem *a,
              ChItem *b)
{
  return ch_day_compare (ch_certificate_item_get_ends_on (CH_CERTIFICATE_ITEM (a)),
                         ch_certificate_item_get_ends_on (CH_CERTIFICATE_ITEM (b)));
}

static int
compare_received (ChItem *a,
                  ChItem *b)
{
  gint64 one = ch_certificate_item_get_received_at (CH_CERTIFICATE_ITEM (a));
  gint64 other = ch_certificate_item_get_received_at (CH_CERTIFICATE_ITEM (b));

  return one > other ? -1 : one < other ? 1 : 0;
}

static void
add_parts (ChListPage *page)
{
  const ChReviewState states[] = { CH_REVIEW_APPROVED, CH_REVIEW_REJECTED };

  ch_list_page_add_filter (page, _("To review"), ch_review_get_icon_name (CH_REVIEW_PENDING),
                           ch_review_get_style_class (CH_REVIEW_PENDING));
  ch_list_page_add_filter (page, _("Without a sub"), "ch-missing-symbolic", "status-red");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    ch_list_page_add_filter (page, ch_review_get_label (states[i]), ch_review_get_icon_name (states[i]),
                             ch_review_get_style_class (states[i]));
}

static void
ch_certificates_page_constructed (GObject *object)
{
  ChListPage *page = (ChListPage *)object;
  GtkColumnViewColumn *column;

  G_OBJECT_CLASS (ch_certificates_page_parent_class)->constructed (object);

  ch_page_set_title (CH_PAGE (page), _("Certificates"));
  ch_list_page_set_empty (page, "ch-certificate-symbolic", _("No certificates yet"),
                          _("Drop PDFs anywhere on this window, or press Ctrl+O to choose some."));
  add_parts (page);
  ch_list_page_set_collection (page, ch_office_get_certificates (ch_page_get_office (CH_PAGE (page))));
  ch_list_page_add_column (page, _("Sub"), ch_list_cell_new_title, fill_title, ch_item_compare_names, 26, TRUE);
  ch_list_page_add_column (page, _("Review"), ch_status_badge_new, fill_review, compare_reviews, 0, FALSE);
  column = ch_list_page_add_column (page, _("Policies"), ch_list_cell_new_title, fill_contents, compare_ends, 20,
                                    FALSE);
  ch_list_page_set_column_from (page, column, 480);
  column = ch_list_page_add_column (page, _("Received"), ch_list_cell_new_text, fill_received, compare_received,
                                    16, FALSE);
  ch_list_page_set_column_from (page, column, 640);
}

static void
ch_certificates_page_class_init (ChCertificatesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ch_certificates_page_constructed;
  CH_LIST_PAGE_CLASS (klass)->matches = ch_certificates_page_matches;
  CH_LIST_PAGE_CLASS (klass)->is_in = ch_certificates_page_is_in;
  CH_LIST_PAGE_CLASS (klass)->activate = ch_certificates_page_activate;
}

static void
ch_certificates_page_init (ChCertificatesPage *self)
{
}

ChPage *
ch_certificates_page_new (ChOffice *office)
{
  return g_object_new (CH_TYPE_CERTIFICATES_PAGE, "office", office, NULL);
}
