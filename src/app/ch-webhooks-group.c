#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-webhooks-group.h"

#include "ch-entry-name.h"
#include "ch-procore.h"
#include "ch-state-writer.h"

#include <glib/gi18n-lib.h>

struct _ChWebhooksGroup
{
  AdwPreferencesGroup  parent_instance;

  GtkWidget           *state_row;
  GtkWidget           *state_icon;
  GtkWidget           *listen_row;
  GtkWidget           *url_row;
  GtkWidget           *save_button;

  ChOffice            *office;   /* weak: libadwaita 1.2 keeps groups that were shown */
};

G_DEFINE_FINAL_TYPE (ChWebhooksGroup, ch_webhooks_group, ADW_TYPE_PREFERENCES_GROUP)

static void
tell (ChWebhooksGroup *self,
      const char      *text)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (escaped));
}

static char *
dup_entered (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static char *
dup_setting (ChWebhooksGroup *self,
             const char      *name)
{
  char *value = ch_store_dup_state (ch_office_get_store (self->office), name, NULL);

  return value != NULL ? value : g_strdup ("");
}

static gboolean
is_listened_to (ChWebhooksGroup *self)
{
  const ChWorkerReport *report = ch_account_get_report (ch_office_get_account (self->office));

  return report != NULL && report->webhook_port != 0;
}

static void
update (ChWebhooksGroup *self)
{
  g_autofree char *listen = NULL;
  gboolean is_running;
  gboolean works;
  const char *title;
  const char *subtitle = "";

  if (self->office == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  listen = dup_setting (self, CH_SETTING_WEBHOOK_LISTEN);
  is_running = ch_account_get_state (ch_office_get_account (self->office)) == CH_ACCOUNT_RUNNING;
  works = is_listened_to (self);

  if (*listen == '\0')
    {
      title = _("Procore is asked");
      subtitle = _("What is on screen every few seconds, the rest as often as Procore’s limit allows");
    }
  else if (works)
    {
      title = _("Procore tells of changes by itself");
      subtitle = _("Certholder makes and repairs the webhooks; what was missed while it was closed is read back");
    }
  else if (!is_running)
    {
      title = _("Procore will tell of changes once the sync runs");
    }
  else
    {
      title = _("Nothing can be received at this address");
      subtitle = _("It is no address of this machine, another program listens there, or the keyring could not keep the secret. "
                   "Procore is asked meanwhile.");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->state_row), subtitle);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->state_icon), *listen == '\0' ? "ch-not-required-symbolic"
                                                              : works          ? "ch-ok-symbolic"
                                                              : is_running     ? "ch-error-symbolic"
                                                                               : "ch-pending-symbolic");
}

/* Both or none: where to listen, and how Procore gets there. */
static gboolean
check (const char  *listen,
       const char  *url,
       GError     **error)
{
  g_autoptr(GSocketConnectable) parsed = NULL;

  if (*listen == '\0' && *url == '\0')
    return TRUE;
  if (*listen == '\0' || *url == '\0')
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("Both are needed: where to listen, and the address by which Procore reaches that."));
      return FALSE;
    }
  parsed = g_network_address_parse (listen, 0, NULL);
  if (parsed == NULL || g_network_address_get_port (G_NETWORK_ADDRESS (parsed)) == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("Where to listen is an address and a port, as 127.0.0.1:8443."));
      return FALSE;
    }
  return ch_place_check_url (url, error);
}

static void
on_written_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChWebhooksGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = ch_state_write_finish (CH_DESK_WORKER (object), result, &error);

  if (self->office == NULL)
    return;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (!ok)
    {
      tell (self, error->message);
      return;
    }
  ch_account_start (ch_office_get_account (self->office));
}

static void
on_save_cb (ChWebhooksGroup *self)
{
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *listen = dup_entered (self->listen_row);
  g_autofree char *url = dup_entered (self->url_row);
  g_autoptr(GError) error = NULL;

  if (!check (listen, url, &error))
    {
      tell (self, error->message);
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  g_hash_table_insert (values, g_strdup (CH_SETTING_WEBHOOK_LISTEN), g_steal_pointer (&listen));
  g_hash_table_insert (values, g_strdup (CH_SETTING_WEBHOOK_URL), g_steal_pointer (&url));
  ch_state_write_async (ch_office_get_desk (self->office), values, FALSE, NULL, on_written_cb, g_object_ref (self));
}

static void
ch_webhooks_group_dispose (GObject *object)
{
  ChWebhooksGroup *self = (ChWebhooksGroup *)object;

  g_clear_weak_pointer (&self->office);

  G_OBJECT_CLASS (ch_webhooks_group_parent_class)->dispose (object);
}

static void
ch_webhooks_group_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ch_webhooks_group_parent_class)->root (widget);

  update (CH_WEBHOOKS_GROUP (widget));
}

static void
ch_webhooks_group_class_init (ChWebhooksGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_webhooks_group_dispose;
  GTK_WIDGET_CLASS (klass)->root = ch_webhooks_group_root;
}

static GtkWidget *
add_entry (ChWebhooksGroup *self,
           const char      *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  ch_entry_set_name (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

static void
add_state (ChWebhooksGroup *self)
{
  self->state_row = adw_action_row_new ();
  self->state_icon = gtk_image_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state_row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->state_row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->state_row), 0);
  gtk_widget_set_focusable (self->state_row, FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->state_row), self->state_icon);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->state_row);
}

static void
add_save (ChWebhooksGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->save_button = gtk_button_new_with_mnemonic (_("Sa_ve"));
  gtk_widget_set_valign (self->save_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (on_save_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->save_button);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
ch_webhooks_group_init (ChWebhooksGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Webhooks"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("Where a proxy or a tunnel leads from the internet to this machine, Procore can "
                                           "tell of changes at once. Left empty, Procore is asked."));
  add_state (self);
  self->listen_row = add_entry (self, _("Listen on, as 127.0.0.1:8443"));
  self->url_row = add_entry (self, _("Public address, as https://desk.example.com/procore"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->url_row), GTK_INPUT_PURPOSE_URL);
  add_save (self);
}

/**
 * ch_webhooks_group_new:
 * @office: whose settings are shown and changed
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
ch_webhooks_group_new (ChOffice *office)
{
  ChWebhooksGroup *self = g_object_new (CH_TYPE_WEBHOOKS_GROUP, NULL);
  g_autofree char *listen = NULL;
  g_autofree char *url = NULL;

  g_set_weak_pointer (&self->office, office);
  listen = dup_setting (self, CH_SETTING_WEBHOOK_LISTEN);
  url = dup_setting (self, CH_SETTING_WEBHOOK_URL);
  gtk_editable_set_text (GTK_EDITABLE (self->listen_row), listen);
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), url);
  g_signal_connect_object (ch_office_get_account (office), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
