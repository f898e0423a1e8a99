#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-desk-page.h"

#include "ch-desk-review.h"
#include "ch-state-writer.h"

#include <glib/gi18n-lib.h>

struct _ChDeskPage
{
  AdwPreferencesPage  parent_instance;

  GtkWidget          *folder_row;
  GtkWidget          *clear_button;
  GtkWidget          *second_person_switch;
  GtkWidget          *automatic_switch;

  ChOffice           *office;
  gboolean            is_filling;   /* the program sets widgets, not the user */
};

G_DEFINE_FINAL_TYPE (ChDeskPage, ch_desk_page, ADW_TYPE_PREFERENCES_PAGE)

static void
tell (ChDeskPage *self,
      const char *text)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (escaped));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "setup.tell", "s", text);
}

static void
show_folder (ChDeskPage *self)
{
  ChWatchedFolder *folder = ch_office_get_watched_folder (self->office);
  const char *path = ch_watched_folder_get_path (folder);
  const char *problem = ch_watched_folder_get_problem (folder);
  g_autofree char *shown = path != NULL ? g_filename_display_name (path) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folder_row), shown != NULL ? shown : _("No folder is watched"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder_row), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->clear_button, path != NULL);
}

static void
on_written_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChDeskPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!ch_state_write_finish (CH_DESK_WORKER (object), result, &error))
    tell (self, error->message);
}

/* value: (nullable): NULL takes the setting away */
static void
write_setting (ChDeskPage *self,
               const char *name,
               const char *value)
{
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (values, g_strdup (name), g_strdup (value));
  ch_state_write_async (ch_office_get_desk (self->office), values, FALSE, NULL, on_written_cb, g_object_ref (self));
}

static void
on_switched_cb (GtkSwitch  *toggle,
                GParamSpec *pspec,
                ChDeskPage *self)
{
  if (self->is_filling)
    return;

  write_setting (self, GTK_WIDGET (toggle) == self->automatic_switch ? CH_SETTING_AUTOMATIC : CH_SETTING_SECOND_PERSON,
                 gtk_switch_get_active (toggle) ? "true" : NULL);
}

static void
on_clear_cb (ChDeskPage *self)
{
  ch_desk_page_watch (self, NULL);
}

static void
on_folder_chosen_cb (GtkNativeDialog *dialog,
                     int              response,
                     ChDeskPage      *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        ch_desk_page_watch (self, path);
      else
        tell (self, _("That folder is not on this machine. Choose one that is."));
    }
  g_object_unref (dialog);
}

static void
on_choose_cb (ChDeskPage *self)
{
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (_("Watch a folder"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Watch"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
ch_desk_page_dispose (GObject *object)
{
  ChDeskPage *self = (ChDeskPage *)object;

  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_desk_page_parent_class)->dispose (object);
}

static void
ch_desk_page_class_init (ChDeskPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_desk_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-desk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChDeskPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, ChDeskPage, clear_button);
  gtk_widget_class_bind_template_child (widget_class, ChDeskPage, second_person_switch);
  gtk_widget_class_bind_template_child (widget_class, ChDeskPage, automatic_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_cb);
}

static void
ch_desk_page_init (ChDeskPage *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ch_desk_page_watch (ChDeskPage *self,
                    const char *path)
{
  g_return_if_fail (CH_IS_DESK_PAGE (self));

  write_setting (self, CH_SETTING_WATCHED_FOLDER, path);
}

void
ch_desk_page_set_office (ChDeskPage *self,
                         ChOffice   *office)
{
  g_autoptr(GError) error = NULL;
  ChReviewPolicy policy = { 0 };

  g_return_if_fail (CH_IS_DESK_PAGE (self));
  g_return_if_fail (self->office == NULL);

  self->office = g_object_ref (office);
  if (!ch_review_policy_load (ch_office_get_store (office), &policy, &error))
    tell (self, error->message);
  self->is_filling = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->second_person_switch), policy.second_person);
  gtk_switch_set_active (GTK_SWITCH (self->automatic_switch), policy.automatic);
  self->is_filling = FALSE;
  g_signal_connect_object (ch_office_get_watched_folder (office), "changed", G_CALLBACK (show_folder), self,
                           G_CONNECT_SWAPPED);
  show_folder (self);
}
