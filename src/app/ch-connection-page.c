#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-connection-page.h"

#include "ch-entry-name.h"
#include "ch-procore.h"
#include "ch-sign-in.h"
#include "ch-sync-text.h"

#include <glib/gi18n-lib.h>

struct _ChConnectionPage
{
  AdwPreferencesPage  parent_instance;

  GtkWidget          *environment_group;
  GtkWidget          *app_group;
  GtkWidget          *environment_row;
  GtkWidget          *address_row;
  GtkWidget          *client_id_row;
  GtkWidget          *secret_row;
  GtkWidget          *save_button;
  GtkWidget          *sign_in_group;
  GtkWidget          *state_row;
  GtkWidget          *state_icon;
  GtkWidget          *spinner;
  GtkWidget          *cancel_button;
  GtkWidget          *sign_out_button;
  GtkWidget          *browser_row;
  GtkWidget          *code_row;
  GtkWidget          *code_entry;
  GtkWidget          *service_row;
  GtkWidget          *company_group;
  GtkWidget          *company_row;

  ChOffice           *office;
  ChAccount          *account;       /* (unowned): the office's */
  GCancellable       *cancellable;   /* (nullable): of the act under way */
  char               *verifier;      /* (nullable): goes with the code to be pasted */
  GPtrArray          *companies;     /* (nullable) (element-type ChCompany) */
  gboolean            is_filling;    /* the program sets widgets, not the user */
  gboolean            is_asking;     /* for the companies */
};

/* In the order of the combo row; the last one is typed by the user. */
static const struct {
  const char *api_url;
  const char *login_url;
} environments[] = {
  { "https://api.procore.com", "https://login.procore.com" },
  { "https://sandbox.procore.com", "https://login-sandbox.procore.com" },
  { "https://api-monthly.procore.com", "https://login-sandbox-monthly.procore.com" },
};

#define ENVIRONMENT_CUSTOM G_N_ELEMENTS (environments)

G_DEFINE_FINAL_TYPE (ChConnectionPage, ch_connection_page, ADW_TYPE_PREFERENCES_PAGE)

static void
tell (ChConnectionPage *self,
      const char       *text)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (escaped));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "setup.tell", "s", text);
}

static guint
find_environment (const char *api_url)
{
  for (guint i = 0; i < G_N_ELEMENTS (environments); i++)
    {
      if (g_strcmp0 (environments[i].api_url, api_url) == 0)
        return i;
    }

  return ENVIRONMENT_CUSTOM;
}

static void
update_buttons (ChConnectionPage *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->environment_row));
  const char *client_id = gtk_editable_get_text (GTK_EDITABLE (self->client_id_row));
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address_row));

  gtk_widget_set_visible (self->address_row, chosen == ENVIRONMENT_CUSTOM);
  gtk_widget_set_sensitive (self->save_button, *client_id != '\0' && (chosen != ENVIRONMENT_CUSTOM || *address != '\0'));
}

static void
on_environment_changed_cb (ChConnectionPage *self)
{
  update_buttons (self);
}

static void
fill_app (ChConnectionPage *self)
{
  const ChPlace *place = ch_account_get_place (self->account);
  const char *client_id = ch_account_get_client_id (self->account);
  guint environment = find_environment (place->api_url);

  adw_combo_row_set_selected (ADW_COMBO_ROW (self->environment_row), environment);
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), environment == ENVIRONMENT_CUSTOM ? place->api_url : "");
  gtk_editable_set_text (GTK_EDITABLE (self->client_id_row), client_id != NULL ? client_id : "");
  update_buttons (self);
}

static void
update (ChConnectionPage *self)
{
  gint64 now = ch_office_get_now (self->office);
  gboolean is_busy = self->cancellable != NULL;
  gboolean is_signed_in = ch_account_is_signed_in (self->account);
  gboolean has_app = ch_account_get_auth (self->account) != NULL;
  gboolean is_from_environment = ch_account_is_from_environment (self->account);
  g_autofree char *summary = ch_sync_dup_summary (self->account, now);
  g_autofree char *detail = ch_sync_dup_detail (self->account, now);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 is_busy ? _("Waiting for the sign-in…") : summary);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->state_row), is_busy ? "" : detail);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->state_icon), ch_sync_get_icon_name (self->account));
  gtk_widget_set_visible (self->environment_group, is_from_environment);
  gtk_widget_set_visible (self->app_group, !is_from_environment);
  gtk_widget_set_visible (self->spinner, is_busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_busy);
  gtk_widget_set_visible (self->cancel_button, is_busy);
  gtk_widget_set_visible (self->sign_out_button, is_signed_in && !is_busy && !is_from_environment);
  gtk_widget_set_visible (self->browser_row, has_app && !is_signed_in && !is_busy);
  gtk_widget_set_visible (self->code_row, has_app && !is_signed_in && !is_busy);
  gtk_widget_set_visible (self->code_entry, has_app && !is_signed_in && !is_busy && self->verifier != NULL);
  gtk_widget_set_visible (self->service_row, has_app && !is_signed_in && !is_busy && !is_from_environment);
  gtk_widget_set_visible (self->company_group, is_signed_in && self->companies != NULL && self->companies->len > 0);
}

static void
fill_companies (ChConnectionPage *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->companies->len; i++)
    {
      const ChCompany *company = g_ptr_array_index (self->companies, i);

      gtk_string_list_append (names, company->name);
      if (company->id == ch_account_get_company_id (self->account))
        selected = i;
    }
  self->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->company_row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->company_row), selected);
  self->is_filling = FALSE;
}

static void
on_companies_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(ChConnectionPage) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *companies = ch_account_list_companies_finish (CH_ACCOUNT (object), result, &error);

  self->is_asking = FALSE;
  if (self->account == NULL)
    {
      g_clear_pointer (&companies, g_ptr_array_unref);
      return;
    }
  if (companies == NULL)
    {
      tell (self, error->message);
      return;
    }
  g_clear_pointer (&self->companies, g_ptr_array_unref);
  self->companies = companies;
  fill_companies (self);
  update (self);
}

static void
on_account_changed_cb (ChConnectionPage *self)
{
  update (self);
  if (!ch_account_is_signed_in (self->account))
    {
      g_clear_pointer (&self->companies, g_ptr_array_unref);
    }
  else if (self->companies == NULL && !self->is_asking)
    {
      self->is_asking = TRUE;
      ch_account_list_companies_async (self->account, NULL, on_companies_cb, g_object_ref (self));
    }
}

/* Acts. */

static void
on_act_done_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(ChConnectionPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_done = ch_account_act_finish (CH_ACCOUNT (object), result, &error);

  g_clear_object (&self->cancellable);
  if (self->account == NULL)
    return;
  if (!is_done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      const char *hint = ch_procore_error_get_hint (error);
      g_autofree char *text = hint != NULL ? g_strdup_printf ("%s. %s", error->message, hint) : g_strdup (error->message);

      tell (self, text);
    }
  if (is_done)
    {
      g_clear_pointer (&self->verifier, g_free);
      gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
    }
  update (self);
}

static GCancellable *
begin_act (ChConnectionPage *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  update (self);

  return self->cancellable;
}

static void
on_cancel_cb (ChConnectionPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_save_cb (ChConnectionPage *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->environment_row));
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address_row));
  gboolean is_custom = chosen >= ENVIRONMENT_CUSTOM;

  ch_account_configure_async (self->account, is_custom ? address : environments[chosen].api_url,
                              is_custom ? address : environments[chosen].login_url,
                              gtk_editable_get_text (GTK_EDITABLE (self->client_id_row)),
                              gtk_editable_get_text (GTK_EDITABLE (self->secret_row)), begin_act (self),
                              on_act_done_cb, g_object_ref (self));
}

static void
show_address (const char *address,
              gpointer    user_data)
{
  ChConnectionPage *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "connection.open-address", "s", address);
}

static void
on_browser_cb (ChConnectionPage *self)
{
  ch_account_sign_in_by_browser_async (self->account, show_address, self, begin_act (self), on_act_done_cb,
                                       g_object_ref (self));
}

static void
on_code_page_cb (ChConnectionPage *self)
{
  g_autofree char *address = NULL;

  g_clear_pointer (&self->verifier, g_free);
  address = ch_account_dup_code_address (self->account, &self->verifier);
  if (address == NULL)
    return;
  show_address (address, self);
  update (self);
  gtk_widget_grab_focus (self->code_entry);
}

static void
on_code_cb (ChConnectionPage *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code_entry))));

  if (*code != '\0')
    ch_account_sign_in_by_code_async (self->account, code, self->verifier, begin_act (self), on_act_done_cb,
                                      g_object_ref (self));
}

static void
on_service_cb (ChConnectionPage *self)
{
  ch_account_sign_in_as_service_async (self->account, begin_act (self), on_act_done_cb, g_object_ref (self));
}

static void
on_sign_out_cb (ChConnectionPage *self)
{
  ch_account_sign_out_async (self->account, begin_act (self), on_act_done_cb, g_object_ref (self));
}

static void
on_company_chosen_cb (ChConnectionPage *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->company_row));
  const ChCompany *company;

  if (self->is_filling || self->companies == NULL || chosen >= self->companies->len)
    return;

  company = g_ptr_array_index (self->companies, chosen);
  if (company->id != ch_account_get_company_id (self->account)
      || ch_account_get_state (self->account) == CH_ACCOUNT_NEEDS_COMPANY)
    ch_account_choose_company_async (self->account, company->id, company->name, begin_act (self), on_act_done_cb,
                                     g_object_ref (self));
}

static void
on_address_opened_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(ChConnectionPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error) && self->account != NULL)
    tell (self, error->message);
}

/* Where no browser can be started the address is still of use: it goes to the clipboard as well. */
static void
open_address (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  const char *address = g_variant_get_string (parameter, NULL);
  GtkRoot *root = gtk_widget_get_root (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), address);
  tell ((ChConnectionPage *)widget, _("The address is on the clipboard too"));
  gtk_show_uri_full (GTK_WINDOW (root), address, GDK_CURRENT_TIME, NULL, on_address_opened_cb, g_object_ref (widget));
}

static void
ch_connection_page_dispose (GObject *object)
{
  ChConnectionPage *self = (ChConnectionPage *)object;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  self->account = NULL;
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_connection_page_parent_class)->dispose (object);
}

static void
ch_connection_page_finalize (GObject *object)
{
  ChConnectionPage *self = (ChConnectionPage *)object;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->companies, g_ptr_array_unref);
  g_free (self->verifier);

  G_OBJECT_CLASS (ch_connection_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, environment_group);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, app_group);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, environment_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, secret_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, sign_in_group);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, sign_out_button);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, browser_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, code_entry);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, service_row);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, company_group);
  gtk_widget_class_bind_template_child (widget_class, ChConnectionPage, company_row);
}

static void
ch_connection_page_class_init (ChConnectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_connection_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_connection_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-connection-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_environment_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_browser_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_code_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_service_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_company_chosen_cb);
  gtk_widget_class_install_action (widget_class, "connection.open-address", "s", open_address);
}

static void
ch_connection_page_init (ChConnectionPage *self)
{
  GtkWidget *entries[4];

  gtk_widget_init_template (GTK_WIDGET (self));
  entries[0] = self->address_row;
  entries[1] = self->client_id_row;
  entries[2] = self->secret_row;
  entries[3] = self->code_entry;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    ch_entry_set_name (entries[i], adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entries[i])));
}

void
ch_connection_page_set_office (ChConnectionPage *self,
                               ChOffice         *office)
{
  g_return_if_fail (CH_IS_CONNECTION_PAGE (self));
  g_return_if_fail (self->office == NULL);

  self->office = g_object_ref (office);
  self->account = ch_office_get_account (office);
  g_signal_connect_object (self->account, "changed", G_CALLBACK (on_account_changed_cb), self, G_CONNECT_SWAPPED);
  fill_app (self);
  on_account_changed_cb (self);
}
