#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-project-page.h"

#include "ch-day-order.h"
#include "ch-project-sub-item.h"
#include "ch-report-saver.h"
#include "ch-status-badge.h"
#include "ch-status-filter.h"
#include "ch-store-directory.h"
#include "ch-sync-text.h"

#include <glib/gi18n-lib.h>

#define TICK_SECONDS 5

struct _ChProjectPage
{
  ChListPage    parent_instance;

  gint64        project_id;
  ChCollection *subs;
  GtkWidget    *facts;         /* (unowned): in the toolbar, like the freshness */
  GtkWidget    *freshness;
  guint         tick_id;
};

G_DEFINE_FINAL_TYPE (ChProjectPage, ch_project_page, CH_TYPE_LIST_PAGE)

static gboolean
ch_project_page_matches (ChListPage         *page,
                         ChItem             *item,
                         const char * const *search)
{
  return ch_item_matches (ch_project_sub_item_get_search (CH_PROJECT_SUB_ITEM (item)), search);
}

static gboolean
ch_project_page_is_in (ChListPage *page,
                       ChItem     *item,
                       guint       filter)
{
  return ch_status_filter_has (filter, ch_project_sub_item_get_status (CH_PROJECT_SUB_ITEM (item)));
}

static void
ch_project_page_get_drop (ChListPage *page,
                          ChItem     *item,
                          gint64     *vendor_id,
                          gint64     *project_id)
{
  *vendor_id = ch_item_get_id (item);
}

static void
ch_project_page_activate (ChListPage *page,
                          ChItem     *item)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.open-sub", "x", ch_item_get_id (item));
}

static void
fill_name (GtkWidget  *cell,
           ChItem     *item,
           ChListPage *page)
{
  ChProjectSubItem *sub = CH_PROJECT_SUB_ITEM (item);

  ch_list_cell_set_title (cell, ch_project_sub_item_get_name (sub), ch_project_sub_item_get_reasons (sub));
}

static void
fill_status (GtkWidget  *cell,
             ChItem     *item,
             ChListPage *page)
{
  ch_status_badge_set_status (CH_STATUS_BADGE (cell), ch_project_sub_item_get_status (CH_PROJECT_SUB_ITEM (item)));
}

static void
fill_changes_on (GtkWidget  *cell,
                 ChItem     *item,
                 ChListPage *page)
{
  ch_list_cell_set_day (cell, ch_project_sub_item_get_changes_on (CH_PROJECT_SUB_ITEM (item)), page);
}

static void
fill_commitments (GtkWidget  *cell,
                  ChItem     *item,
                  ChListPage *page)
{
  ch_list_cell_set_text (cell, ch_project_sub_item_get_commitments (CH_PROJECT_SUB_ITEM (item)));
}

static int
compare_statuses (ChItem *a,
                  ChItem *b)
{
  return -ch_status_compare (ch_project_sub_item_get_status (CH_PROJECT_SUB_ITEM (a)),
                             ch_project_sub_item_get_status (CH_PROJECT_SUB_ITEM (b)));
}

static int
compare_changes (ChItem *a,
                 ChItem *b)
{
  return ch_day_compare (ch_project_sub_item_get_changes_on (CH_PROJECT_SUB_ITEM (a)),
                         ch_project_sub_item_get_changes_on (CH_PROJECT_SUB_ITEM (b)));
}

static void
append_fact (GString    *text,
             const char *fact)
{
  if (fact != NULL && *fact != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", fact);
}

static void
update_facts (ChProjectPage *self)
{
  ChOffice *office = ch_page_get_office (CH_PAGE (self));
  ChStore *store = ch_office_get_store (office);
  g_autoptr(ChProject) project = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (store == NULL)
    return;
  project = ch_store_get_project (store, self->project_id, NULL);
  if (project == NULL)
    return;

  ch_page_set_title (CH_PAGE (self), project->name);
  append_fact (text, project->project_number);
  append_fact (text, project->stage_name);
  append_fact (text, project->city);
  append_fact (text, project->state_code);
  gtk_label_set_label (GTK_LABEL (self->facts), text->str);
  gtk_widget_set_tooltip_text (self->facts, text->str);
}

/* How old what is shown is. */
static void
update_freshness (ChProjectPage *self)
{
  ChOffice *office = ch_page_get_office (CH_PAGE (self));
  g_autofree char *text = ch_sync_dup_freshness (ch_office_get_account (office), self->project_id,
                                                 ch_office_get_now (office));

  gtk_label_set_label (GTK_LABEL (self->freshness), text);
}

static gboolean
on_tick_cb (gpointer user_data)
{
  update_freshness (user_data);

  return G_SOURCE_CONTINUE;
}

static void
on_store_changed_cb (ChOffice      *office,
                     guint          kind,
                     GArray        *ids,
                     ChProjectPage *self)
{
  ch_collection_note_change (self->subs, (ChKind)kind);
  if (kind == CH_KIND_PROJECT)
    update_facts (self);
}

static void
open_in_procore (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  ChProjectPage *self = (ChProjectPage *)widget;
  ChAccount *account = ch_office_get_account (ch_page_get_office (CH_PAGE (self)));
  g_autofree char *address = ch_place_dup_project_home (ch_account_get_place (account), self->project_id);

  gtk_widget_activate_action (widget, "win.open-address", "s", address);
}

static void
save_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ChProjectPage *self = (ChProjectPage *)widget;

  ch_report_save (widget, ch_page_get_office (CH_PAGE (self)), self->project_id, ch_page_get_title (CH_PAGE (self)),
                  g_str_equal (g_variant_get_string (parameter, NULL), "pdf") ? CH_REPORT_PDF : CH_REPORT_CSV);
}

static GtkWidget *
make_quiet_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static void
add_tools (ChProjectPage *self)
{
  ChListPage *page = CH_LIST_PAGE (self);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *report = gtk_menu_button_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Open in _Procore"));
  g_autoptr(GMenu) menu = g_menu_new ();

  self->facts = make_quiet_label ();
  self->freshness = make_quiet_label ();
  gtk_widget_add_css_class (self->freshness, "caption");
  gtk_widget_add_css_class (self->freshness, "numeric");
  gtk_box_append (GTK_BOX (texts), self->facts);
  gtk_box_append (GTK_BOX (texts), self->freshness);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  ch_list_page_add_tool (page, texts);

  g_menu_append (menu, _("Save as _PDF…"), "page.save-report::pdf");
  g_menu_append (menu, _("Save as _table (CSV)…"), "page.save-report::csv");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (report), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (report), _("_Report"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (report), TRUE);
  gtk_widget_set_valign (report, GTK_ALIGN_CENTER);
  ch_list_page_add_tool (page, report);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.open-in-procore");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  ch_list_page_add_tool (page, button);
  ch_list_page_keep_tools (page);
}

static void
ch_project_page_dispose (GObject *object)
{
  ChProjectPage *self = (ChProjectPage *)object;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->subs != NULL)
    ch_collection_close (self->subs);
  g_clear_object (&self->subs);

  G_OBJECT_CLASS (ch_project_page_parent_class)->dispose (object);
}

static void
ch_project_page_class_init (ChProjectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_project_page_dispose;
  CH_LIST_PAGE_CLASS (klass)->matches = ch_project_page_matches;
  CH_LIST_PAGE_CLASS (klass)->is_in = ch_project_page_is_in;
  CH_LIST_PAGE_CLASS (klass)->activate = ch_project_page_activate;
  CH_LIST_PAGE_CLASS (klass)->get_drop = ch_project_page_get_drop;

  gtk_widget_class_install_action (widget_class, "page.open-in-procore", NULL, open_in_procore);
  gtk_widget_class_install_action (widget_class, "page.save-report", "s", save_report);
}

static void
ch_project_page_init (ChProjectPage *self)
{
}

static void
fill_page (ChProjectPage *self,
           ChOffice      *office)
{
  ChListPage *page = CH_LIST_PAGE (self);
  GtkColumnViewColumn *column;
  const guint kinds = 1u << CH_KIND_PROJECT | 1u << CH_KIND_VENDOR | 1u << CH_KIND_MEMBERSHIP
                      | 1u << CH_KIND_COMMITMENT | 1u << CH_KIND_VERDICT;

  ch_page_set_drop_target (CH_PAGE (self), 0, self->project_id);
  ch_list_page_set_empty (page, "system-users-symbolic", _("No subs on this project yet"),
                          _("Add a company to the project’s directory in Procore, or give it a contract there."));
  add_tools (self);
  ch_status_filter_add (page);
  self->subs = ch_collection_new (ch_office_get_desk (office), ch_project_sub_items_load, kinds, self->project_id);
  ch_list_page_set_collection (page, self->subs);
  ch_list_page_add_column (page, _("Sub"), ch_list_cell_new_title, fill_name, ch_item_compare_names, 30, TRUE);
  ch_list_page_add_column (page, _("Status"), ch_status_badge_new, fill_status, compare_statuses, 0, FALSE);
  column = ch_list_page_add_column (page, _("Next change"), ch_list_cell_new_title, fill_changes_on, compare_changes,
                                    14, FALSE);
  ch_list_page_set_column_from (page, column, 520);
  column = ch_list_page_add_column (page, _("Contracts"), ch_list_cell_new_text, fill_commitments, NULL, 14, FALSE);
  ch_list_page_set_column_from (page, column, 660);
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);
  g_signal_connect_object (ch_office_get_account (office), "changed", G_CALLBACK (update_freshness), self,
                           G_CONNECT_SWAPPED);
  /* "as of 40 s ago" grows old */
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
  update_facts (self);
  update_freshness (self);
  ch_collection_reload (self->subs);
}

/**
 * ch_project_page_new:
 * @office: the office
 * @project_id: Procore's id
 *
 * Returns: (transfer floating): a page on the project
 */
ChPage *
ch_project_page_new (ChOffice *office,
                     gint64    project_id)
{
  ChProjectPage *self = g_object_new (CH_TYPE_PROJECT_PAGE, "office", office, NULL);

  self->project_id = project_id;
  fill_page (self, office);

  return CH_PAGE (self);
}
