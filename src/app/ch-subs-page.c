#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-subs-page.h"

#include "ch-day-order.h"
#include "ch-format.h"
#include "ch-status-badge.h"
#include "ch-status-filter.h"
#include "ch-sub-item.h"

#include <glib/gi18n-lib.h>

struct _ChSubsPage
{
  ChListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (ChSubsPage, ch_subs_page, CH_TYPE_LIST_PAGE)

static gboolean
ch_subs_page_matches (ChListPage         *page,
                      ChItem             *item,
                      const char * const *search)
{
  return ch_item_matches (ch_sub_item_get_search (CH_SUB_ITEM (item)), search);
}

static gboolean
ch_subs_page_is_in (ChListPage *page,
                    ChItem     *item,
                    guint       filter)
{
  return ch_status_filter_has (filter, ch_sub_item_get_status (CH_SUB_ITEM (item)));
}

static void
ch_subs_page_get_drop (ChListPage *page,
                       ChItem     *item,
                       gint64     *vendor_id,
                       gint64     *project_id)
{
  *vendor_id = ch_item_get_id (item);
}

static void
ch_subs_page_activate (ChListPage *page,
                       ChItem     *item)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.open-sub", "x", ch_item_get_id (item));
}

static void
fill_name (GtkWidget  *cell,
           ChItem     *item,
           ChListPage *page)
{
  ch_list_cell_set_title (cell, ch_sub_item_get_name (CH_SUB_ITEM (item)), ch_sub_item_get_trades (CH_SUB_ITEM (item)));
}

static void
fill_status (GtkWidget  *cell,
             ChItem     *item,
             ChListPage *page)
{
  ch_status_badge_set_status (CH_STATUS_BADGE (cell), ch_sub_item_get_status (CH_SUB_ITEM (item)));
}

static void
fill_changes_on (GtkWidget  *cell,
                 ChItem     *item,
                 ChListPage *page)
{
  ch_list_cell_set_day (cell, ch_sub_item_get_changes_on (CH_SUB_ITEM (item)), page);
}

static void
fill_projects (GtkWidget  *cell,
               ChItem     *item,
               ChListPage *page)
{
  guint n_projects = ch_sub_item_get_n_projects (CH_SUB_ITEM (item));
  g_autofree char *text = ch_format_count (n_projects);

  ch_list_cell_set_text (cell, n_projects > 0 ? text : "–");
}

static void
fill_place (GtkWidget  *cell,
            ChItem     *item,
            ChListPage *page)
{
  ch_list_cell_set_text (cell, ch_sub_item_get_place (CH_SUB_ITEM (item)));
}

/* Worst first. */
static int
compare_statuses (ChItem *a,
                  ChItem *b)
{
  return -ch_status_compare (ch_sub_item_get_status (CH_SUB_ITEM (a)), ch_sub_item_get_status (CH_SUB_ITEM (b)));
}

static int
compare_changes (ChItem *a,
                 ChItem *b)
{
  return ch_day_compare (ch_sub_item_get_changes_on (CH_SUB_ITEM (a)), ch_sub_item_get_changes_on (CH_SUB_ITEM (b)));
}

static int
compare_projects (ChItem *a,
                  ChItem *b)
{
  guint one = ch_sub_item_get_n_projects (CH_SUB_ITEM (a));
  guint other = ch_sub_item_get_n_projects (CH_SUB_ITEM (b));

  return one > other ? -1 : one < other ? 1 : 0;
}

static int
compare_places (ChItem *a,
                ChItem *b)
{
  return g_utf8_collate (ch_sub_item_get_place (CH_SUB_ITEM (a)), ch_sub_item_get_place (CH_SUB_ITEM (b)));
}

static void
ch_subs_page_constructed (GObject *object)
{
  ChListPage *page = (ChListPage *)object;
  GtkColumnViewColumn *column;

  G_OBJECT_CLASS (ch_subs_page_parent_class)->constructed (object);

  ch_page_set_title (CH_PAGE (page), _("Subs"));
  ch_list_page_set_empty (page, "system-users-symbolic", _("No subs yet"),
                          _("Subs appear here once they stand in Procore’s company directory."));
  ch_status_filter_add (page);
  ch_list_page_set_collection (page, ch_office_get_subs (ch_page_get_office (CH_PAGE (page))));
  ch_list_page_add_column (page, _("Sub"), ch_list_cell_new_title, fill_name, ch_item_compare_names, 26, TRUE);
  ch_list_page_add_column (page, _("Status"), ch_status_badge_new, fill_status, compare_statuses, 0, FALSE);
  column = ch_list_page_add_column (page, _("Next change"), ch_list_cell_new_title, fill_changes_on, compare_changes,
                                    14, FALSE);
  ch_list_page_set_column_from (page, column, 440);
  column = ch_list_page_add_column (page, _("Projects"), ch_list_cell_new_text, fill_projects, compare_projects, 6,
                                    FALSE);
  ch_list_page_set_column_from (page, column, 640);
  column = ch_list_page_add_column (page, _("Place"), ch_list_cell_new_text, fill_place, compare_places, 18,
                                    FALSE);
  ch_list_page_set_column_from (page, column, 760);
}

static void
ch_subs_page_class_init (ChSubsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ch_subs_page_constructed;
  CH_LIST_PAGE_CLASS (klass)->matches = ch_subs_page_matches;
  CH_LIST_PAGE_CLASS (klass)->is_in = ch_subs_page_is_in;
  CH_LIST_PAGE_CLASS (klass)->activate = ch_subs_page_activate;
  CH_LIST_PAGE_CLASS (klass)->get_drop = ch_subs_page_get_drop;
}

static void
ch_subs_page_init (ChSubsPage *self)
{
}

ChPage *
ch_subs_page_new (ChOffice *office)
{
  return g_object_new (CH_TYPE_SUBS_PAGE, "office", office, NULL);
}
