#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-window.h"

#include "ch-address-opener.h"
#include "ch-asked-page.h"
#include "ch-certificate-page.h"
#include "ch-certificates-page.h"
#include "ch-conflicts-page.h"
#include "ch-entry-name.h"
#include "ch-file-door.h"
#include "ch-folder-teller.h"
#include "ch-intake-bar.h"
#include "ch-navigator.h"
#include "ch-place-row.h"
#include "ch-preferences-window.h"
#include "ch-procore-page.h"
#include "ch-project-page.h"
#include "ch-projects-page.h"
#include "ch-report-saver.h"
#include "ch-requirement-set-page.h"
#include "ch-requirements-page.h"
#include "ch-review-queue.h"
#include "ch-store-certificates.h"
#include "ch-setup-window.h"
#include "ch-sub-page.h"
#include "ch-subs-page.h"
#include "ch-sync-button.h"

#include <glib/gi18n-lib.h>

struct _ChWindow
{
  AdwApplicationWindow  parent_instance;

  AdwToastOverlay      *toast_overlay;
  GtkWidget            *root_stack;
  GtkWidget            *welcome_button;
  AdwLeaflet           *leaflet;
  GtkWidget            *places;
  GtkWidget            *back_button;
  AdwWindowTitle       *title;
  GtkWidget            *search_button;
  GtkWidget            *search_bar;
  GtkWidget            *search_entry;
  ChSyncButton         *sync_button;
  ChNavigator          *navigator;
  ChIntakeBar          *intake_bar;

  ChOffice             *office;
  ChFileDoor           *door;
  ChUndo               *undo;
  ChFolderTeller       *folder_teller;
  gboolean              has_begun;   /* the user went past the welcome, which is not shown again */
};

static const struct {
  const char  *name;
  const char  *title;
  const char  *icon_name;
  ChPage     *(*make) (ChOffice *office);
} places[] = {
  { "projects", N_("Projects"), "ch-projects-symbolic", ch_projects_page_new },
  { "subs", N_("Subs"), "system-users-symbolic", ch_subs_page_new },
  { "certificates", N_("Certificates"), "ch-certificate-symbolic", ch_certificates_page_new },
  { "requirements", N_("Requirements"), "ch-requirements-symbolic", ch_requirements_page_new },
  { "conflicts", N_("Conflicts"), "ch-conflict-symbolic", ch_conflicts_page_new },
  { "procore", N_("Procore"), "emblem-synchronizing-symbolic", ch_procore_page_new },
};

G_DEFINE_FINAL_TYPE (ChWindow, ch_window, ADW_TYPE_APPLICATION_WINDOW)

ChPage *
ch_window_get_page (ChWindow *self)
{
  g_return_val_if_fail (CH_IS_WINDOW (self), NULL);

  return ch_navigator_get_page (self->navigator);
}

ChIntake *
ch_window_get_intake (ChWindow *self)
{
  g_return_val_if_fail (CH_IS_WINDOW (self), NULL);

  return ch_file_door_get_intake (self->door);
}

ChUndo *
ch_window_get_undo (ChWindow *self)
{
  g_return_val_if_fail (CH_IS_WINDOW (self), NULL);

  return self->undo;
}

static void
update_title (ChWindow *self)
{
  ChPage *page = ch_window_get_page (self);
  const char *subtitle = ch_page_get_subtitle (page);

  adw_window_title_set_title (self->title, ch_page_get_title (page) != NULL ? ch_page_get_title (page) : "");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), ch_page_get_title (page));
}

static void
update_back (ChWindow *self)
{
  gboolean can_go_back = ch_navigator_can_pop (self->navigator) || adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->back_button, can_go_back);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", can_go_back);
}

/* What the header and the search show follows the page on top. */
static void
on_page_changed_cb (ChWindow *self)
{
  ChPage *page = ch_window_get_page (self);
  gboolean can_search = ch_page_can_search (page);
  const char *text = ch_page_get_search_text (page);

  update_title (self);
  update_back (self);

  gtk_widget_set_visible (self->search_button, can_search);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", can_search);
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar),
                                         can_search ? GTK_WIDGET (self->navigator) : NULL);
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), can_search && text != NULL && *text != '\0');
  if (can_search)
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text != NULL ? text : "");
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  ch_file_door_set_page (self->door, page);
  ch_account_show (ch_office_get_account (self->office), ch_page_get_drop_project (page), ch_page_get_drop_vendor (page));
}

static void
show_root (ChWindow *self,
           guint     index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->places), (int)index);

  gtk_list_box_select_row (GTK_LIST_BOX (self->places), row);
  ch_navigator_show_root (self->navigator, index);
}

static void
on_place_activated_cb (GtkListBox    *list_box,
                       GtkListBoxRow *row,
                       ChWindow      *self)
{
  show_root (self, (guint)gtk_list_box_row_get_index (row));
}

static void
on_search_changed_cb (GtkSearchEntry *entry,
                      ChWindow       *self)
{
  ChPage *page = ch_window_get_page (self);

  if (page != NULL && ch_page_can_search (page))
    ch_page_set_search_text (page, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
tell (ChWindow   *self,
      const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

/* Navigation. */

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;

  if (!ch_navigator_pop (self->navigator))
    adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
}

static void
show_place (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_str_equal (places[i].name, name))
        show_root ((ChWindow *)widget, i);
    }
}

static void
open_thing (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;
  gint64 id = g_variant_get_int64 (parameter);

  if (g_str_equal (action_name, "win.open-project"))
    ch_navigator_push (self->navigator, ch_project_page_new (self->office, id));
  else if (g_str_equal (action_name, "win.open-sub"))
    ch_navigator_push (self->navigator, ch_sub_page_new (self->office, id));
  else
    ch_navigator_push (self->navigator, ch_certificate_page_new (self->office, id));
}

static void
open_requirements (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;
  const char *name = g_variant_get_string (parameter, NULL);

  ch_navigator_push (self->navigator, g_str_equal (action_name, "win.open-ready-made")
                                        ? ch_requirement_set_page_new_ready_made (self->office, name)
                                        : ch_requirement_set_page_new (self->office, name));
}

static void
open_asked (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;
  gint64 vendor_id, project_id;

  g_variant_get (parameter, "(xx)", &vendor_id, &project_id);
  ch_navigator_push (self->navigator, ch_asked_page_new (self->office, vendor_id, project_id));
}

/* Another certificate in the place of the one that is shown. */
static void
replace_certificate (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;

  ch_navigator_replace (self->navigator, ch_certificate_page_new (self->office, g_variant_get_int64 (parameter)));
}

/* The place on a certificate that a finding is about. */
static void
show_evidence (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;
  ChStore *store = ch_office_get_store (self->office);
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) error = NULL;
  const char *uuid, *path;
  ChPage *page;

  g_variant_get (parameter, "(&s&s)", &uuid, &path);
  filed = store != NULL ? ch_store_find_certificate (store, uuid, &error) : NULL;
  if (filed == NULL)
    {
      if (error != NULL)
        tell (self, error->message);
      return;
    }

  page = ch_certificate_page_new (self->office, filed->id);
  ch_navigator_push (self->navigator, page);
  ch_certificate_page_show_field (CH_CERTIFICATE_PAGE (page), path);
}

static void
open_next_pending (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;
  gint64 id = g_variant_get_int64 (parameter);
  gint64 next = ch_review_queue_get_next (self->office, id, 1);
  ChPage *page = ch_window_get_page (self);

  /* the reader has gone elsewhere meanwhile */
  if (!CH_IS_CERTIFICATE_PAGE (page) || ch_certificate_page_get_id (CH_CERTIFICATE_PAGE (page)) != id)
    return;
  if (next != 0)
    {
      ch_navigator_replace (self->navigator, ch_certificate_page_new (self->office, next));
      return;
    }
  tell (self, _("Every certificate is reviewed"));
  ch_navigator_pop (self->navigator);
}

static void
start_search (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

static void
end_search (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
  ch_page_shown (ch_window_get_page (self));
}

static void
undo (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  ch_undo_run (((ChWindow *)widget)->undo, parameter != NULL ? g_variant_get_uint32 (parameter) : 0);
}

static void
on_undo_changed_cb (ChUndo   *undo_of_window,
                    ChWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-last", ch_undo_can (undo_of_window));
}

/* Files. */

static void
add_files (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  ch_file_door_choose (((ChWindow *)widget)->door);
}

static void
paste_files (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ch_file_door_paste (((ChWindow *)widget)->door);
}

static void
cancel_files (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  ch_intake_cancel (ch_window_get_intake ((ChWindow *)widget));
}

static void
show_problems (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ch_file_door_show_problems (((ChWindow *)widget)->door);
}

static void
on_files_taken_cb (ChWindow *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->root_stack), "desk");
}

static void update_root (ChWindow *self);

/* The rest of the actions. */

static void
sync_now (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  ch_account_sync_now (ch_office_get_account (((ChWindow *)widget)->office));
}

static void
show_preferences (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;

  gtk_window_present (ch_preferences_window_new (GTK_WINDOW (self), self->office));
}

static void
begin (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;

  self->has_begun = TRUE;
  update_root (self);
}

static void
set_up (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  gtk_window_present (ch_setup_window_new (widget, ((ChWindow *)widget)->office));
}

static void
tell_text (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  tell ((ChWindow *)widget, g_variant_get_string (parameter, NULL));
}

/* A text, and a button that opens what it is about. */
static void
tell_opening (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  ChWindow *self = (ChWindow *)widget;
  g_autofree char *escaped = NULL;
  const char *text, *address;
  AdwToast *toast;

  g_variant_get (parameter, "(&s&s)", &text, &address);
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _("_Open"));
  adw_toast_set_action_name (toast, "win.open-address");
  adw_toast_set_action_target (toast, "s", address);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
save_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ch_report_save (widget, ((ChWindow *)widget)->office, 0, NULL,
                  g_str_equal (g_variant_get_string (parameter, NULL), "pdf") ? CH_REPORT_PDF : CH_REPORT_CSV);
}

static void
open_address (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  ch_open_address (GTK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* What the store and the account say. */

static void
set_place_count (ChWindow   *self,
                 const char *name,
                 guint       count,
                 const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->places), (int)i);

      if (g_str_equal (places[i].name, name))
        ch_place_row_set_count (CH_PLACE_ROW (row), count, what);
    }
}

static void
update_counts (ChWindow *self)
{
  guint n_pending = ch_review_queue_count (self->office);
  guint n_conflicts = g_list_model_get_n_items (ch_collection_get_model (ch_office_get_conflicts (self->office)));
  g_autofree char *pending = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u awaits review", "%u await review",
                                                           n_pending), n_pending);
  g_autofree char *conflicts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u to settle", "%u to settle",
                                                             n_conflicts), n_conflicts);

  set_place_count (self, "certificates", n_pending, pending);
  set_place_count (self, "conflicts", n_conflicts, conflicts);
}

static gboolean
is_empty (ChCollection *collection)
{
  return ch_collection_get_state (collection) == CH_COLLECTION_READY
         && g_list_model_get_n_items (ch_collection_get_model (collection)) == 0;
}

static void
update_root (ChWindow *self)
{
  ChCollection *collections[] = { ch_office_get_projects (self->office), ch_office_get_subs (self->office),
                                  ch_office_get_certificates (self->office) };
  ChAccountState state = ch_account_get_state (ch_office_get_account (self->office));
  const char *name;
  gboolean is_new = state == CH_ACCOUNT_NOT_SET_UP || state == CH_ACCOUNT_SIGNED_OUT;

  for (guint i = 0; i < G_N_ELEMENTS (collections); i++)
    {
      if (ch_collection_get_state (collections[i]) == CH_COLLECTION_LOADING)
        return;
      is_new = is_new && is_empty (collections[i]);
    }
  /* Files on their way are shown on the desk. */
  is_new = is_new && !self->has_begun && !ch_intake_is_running (ch_window_get_intake (self));
  name = is_new ? "welcome" : "desk";
  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->root_stack)), name) == 0)
    return;

  gtk_stack_set_visible_child_name (GTK_STACK (self->root_stack), name);
  if (is_new)
    gtk_widget_grab_focus (self->welcome_button);
}

static void
on_loaded_cb (ChWindow *self)
{
  update_counts (self);
  update_root (self);
}

static void
ch_window_dispose (GObject *object)
{
  ChWindow *self = (ChWindow *)object;

  g_clear_object (&self->door);
  g_clear_object (&self->undo);
  g_clear_object (&self->folder_teller);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.show-place", "s", show_place);
  gtk_widget_class_install_action (widget_class, "win.open-project", "x", open_thing);
  gtk_widget_class_install_action (widget_class, "win.open-sub", "x", open_thing);
  gtk_widget_class_install_action (widget_class, "win.open-certificate", "x", open_thing);
  gtk_widget_class_install_action (widget_class, "win.open-requirements", "s", open_requirements);
  gtk_widget_class_install_action (widget_class, "win.open-asked", "(xx)", open_asked);
  gtk_widget_class_install_action (widget_class, "win.open-ready-made", "s", open_requirements);
  gtk_widget_class_install_action (widget_class, "win.replace-certificate", "x", replace_certificate);
  gtk_widget_class_install_action (widget_class, "win.show-evidence", "(ss)", show_evidence);
  gtk_widget_class_install_action (widget_class, "win.open-next-pending", "x", open_next_pending);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, start_search);
  gtk_widget_class_install_action (widget_class, "win.undo", "u", undo);
  gtk_widget_class_install_action (widget_class, "win.undo-last", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.end-search", NULL, end_search);
  gtk_widget_class_install_action (widget_class, "win.add-files", NULL, add_files);
  gtk_widget_class_install_action (widget_class, "win.paste-files", NULL, paste_files);
  gtk_widget_class_install_action (widget_class, "win.cancel-files", NULL, cancel_files);
  gtk_widget_class_install_action (widget_class, "win.show-problems", NULL, show_problems);
  gtk_widget_class_install_action (widget_class, "win.sync-now", NULL, sync_now);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  gtk_widget_class_install_action (widget_class, "win.begin", NULL, begin);
  gtk_widget_class_install_action (widget_class, "win.set-up", NULL, set_up);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", tell_text);
  gtk_widget_class_install_action (widget_class, "win.tell-opening", "(ss)", tell_opening);
  gtk_widget_class_install_action (widget_class, "win.save-report", "s", save_report);
  gtk_widget_class_install_action (widget_class, "win.open-address", "s", open_address);

  /* Not the application's accelerators, which would take these keys from the entries. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste-files", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo-last", NULL);
}

static void
ch_window_class_init (ChWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_window_dispose;

  g_type_ensure (CH_TYPE_SYNC_BUTTON);
  g_type_ensure (CH_TYPE_INTAKE_BAR);
  g_type_ensure (CH_TYPE_NAVIGATOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, welcome_button);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, places);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, navigator);
  gtk_widget_class_bind_template_child (widget_class, ChWindow, intake_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_title);
  install_actions (widget_class);
}

static void
ch_window_init (ChWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ch_entry_set_name (self->search_entry, _("Search this list"));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search_entry));
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (update_back), self);
}

static void
fill_window (ChWindow *self)
{
  ChCollection *collections[] = { ch_office_get_projects (self->office), ch_office_get_subs (self->office),
                                  ch_office_get_certificates (self->office), ch_office_get_conflicts (self->office) };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (self->places),
                           ch_place_row_new (places[i].name, g_dgettext (GETTEXT_PACKAGE, places[i].title),
                                             places[i].icon_name));
      ch_navigator_add_root (self->navigator, places[i].make (self->office));
    }
  for (guint i = 0; i < G_N_ELEMENTS (collections); i++)
    g_signal_connect_object (collections[i], "loaded", G_CALLBACK (on_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ch_office_get_account (self->office), "changed", G_CALLBACK (update_root), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->door, "taken", G_CALLBACK (on_files_taken_cb), self, G_CONNECT_SWAPPED);
  ch_sync_button_set_office (self->sync_button, self->office);
  ch_intake_bar_set_intake (self->intake_bar, ch_window_get_intake (self));
  show_root (self, 0);
}

/**
 * ch_window_new:
 * @application: (nullable): the application
 * @office: what it shows; must outlive the intake of files
 *
 * Returns: (transfer none): a window to be presented
 */
ChWindow *
ch_window_new (GtkApplication *application,
               ChOffice       *office)
{
  ChWindow *self = g_object_new (CH_TYPE_WINDOW, "application", application, NULL);

  self->office = g_object_ref (office);
  self->door = ch_file_door_new (office, GTK_WINDOW (self), self->toast_overlay);
  self->folder_teller = ch_folder_teller_new (office, self->toast_overlay);
  self->undo = ch_undo_new (ch_office_get_desk (office), self->toast_overlay);
  g_signal_connect_object (self->undo, "changed", G_CALLBACK (on_undo_changed_cb), self, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-last", FALSE);
  fill_window (self);

  return self;
}
