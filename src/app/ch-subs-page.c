#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-subs-page.h"

#include "ch-format.h"
#include "ch-status-badge.h"
#include "ch-status-look.h"
#include "ch-sub-item.h"

#include <glib/gi18n-lib.h>

struct _ChSubsPage
{
  ChListPage  parent_instance;

  GtkWidget  *status_choice;   /* (unowned): in the toolbar */
};

/* The first entry of the choice shows all; the others follow the statuses, worst first. */
static const ChStatus choices[] = {
  CH_STATUS_MISSING, CH_STATUS_EXPIRED, CH_STATUS_NON_COMPLIANT, CH_STATUS_PENDING,
  CH_STATUS_EXPIRING, CH_STATUS_COMPLIANT, CH_STATUS_EXEMPT, CH_STATUS_NOT_REQUIRED,
};

G_DEFINE_FINAL_TYPE (ChSubsPage, ch_subs_page, CH_TYPE_LIST_PAGE)

static gboolean
ch_subs_page_matches (ChListPage *page,
                      ChItem     *item,
                      const char *search)
{
  ChSubsPage *self = (ChSubsPage *)page;
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->status_choice));

  if (chosen > 0 && chosen <= G_N_ELEMENTS (choices)
      && ch_sub_item_get_status (CH_SUB_ITEM (item)) != choices[chosen - 1])
    return FALSE;

  return ch_item_matches (ch_sub_item_get_search (CH_SUB_ITEM (item)), search);
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
  ChDate date = ch_sub_item_get_changes_on (CH_SUB_ITEM (item));
  g_autofree char *text = ch_format_date (date);
  g_autofree char *away = ch_format_in_days (date, ch_office_get_today (ch_page_get_office (CH_PAGE (page))));

  ch_list_cell_set_title (cell, text, away);
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

static int
compare_names (ChItem *a,
               ChItem *b)
{
  return g_utf8_collate (ch_sub_item_get_name (CH_SUB_ITEM (a)), ch_sub_item_get_name (CH_SUB_ITEM (b)));
}

/* Worst first. */
static int
compare_statuses (ChItem *a,
                  ChItem *b)
{
  return -ch_status_compare (ch_sub_item_get_status (CH_SUB_ITEM (a)), ch_sub_item_get_status (CH_SUB_ITEM (b)));
}

/* Soonest first, those that never change last. */
static int
compare_changes (ChItem *a,
                 ChItem *b)
{
  ChDate one = ch_sub_item_get_changes_on (CH_SUB_ITEM (a));
  ChDate other = ch_sub_item_get_changes_on (CH_SUB_ITEM (b));

  if (one == other)
    return 0;
  if (one == CH_DATE_NONE || other == CH_DATE_NONE)
    return one == CH_DATE_NONE ? 1 : -1;

  return one < other ? -1 : 1;
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
add_status_choice (ChSubsPage *self)
{
  const char *labels[G_N_ELEMENTS (choices) + 2] = { _("Every status") };
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Show"));

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    labels[i + 1] = ch_status_get_label (choices[i]);
  self->status_choice = gtk_drop_down_new_from_strings (labels);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->status_choice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status_choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show subs with status"), -1);
  g_signal_connect_swapped (self->status_choice, "notify::selected", G_CALLBACK (ch_list_page_refilter), self);
  ch_list_page_add_tool (CH_LIST_PAGE (self), label);
  ch_list_page_add_tool (CH_LIST_PAGE (self), self->status_choice);
}

static void
ch_subs_page_constructed (GObject *object)
{
  ChListPage *page = (ChListPage *)object;

  G_OBJECT_CLASS (ch_subs_page_parent_class)->constructed (object);

  ch_page_set_title (CH_PAGE (page), _("Subs"));
  ch_list_page_set_empty (page, "system-users-symbolic", _("No subs yet"),
                          _("Subs appear here once they stand in Procore’s company directory."));
  add_status_choice ((ChSubsPage *)object);
  ch_list_page_set_collection (page, ch_office_get_subs (ch_page_get_office (CH_PAGE (page))));
  ch_list_page_add_column (page, _("Sub"), ch_list_cell_new_title, fill_name, compare_names, TRUE);
  ch_list_page_add_column (page, _("Status"), ch_status_badge_new, fill_status, compare_statuses, FALSE);
  ch_list_page_add_column (page, _("Next change"), ch_list_cell_new_title, fill_changes_on, compare_changes, FALSE);
  ch_list_page_add_column (page, _("Projects"), ch_list_cell_new_text, fill_projects, compare_projects, FALSE);
  ch_list_page_add_column (page, _("Place"), ch_list_cell_new_text, fill_place, compare_places, FALSE);
}

static void
ch_subs_page_class_init (ChSubsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ch_subs_page_constructed;
  CH_LIST_PAGE_CLASS (klass)->matches = ch_subs_page_matches;
  CH_LIST_PAGE_CLASS (klass)->activate = ch_subs_page_activate;
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
