#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sync-button.h"

#include "ch-record-label.h"
#include "ch-store-shared.h"
#include "ch-sync-text.h"

#include <glib/gi18n-lib.h>

#define MAX_PARKED_SHOWN 4
#define TICK_SECONDS 5

struct _ChSyncButton
{
  AdwBin     parent_instance;

  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *popover;
  GtkWidget *company_label;
  GtkWidget *summary_label;
  GtkWidget *detail_label;
  GtkWidget *parked_list;
  GtkWidget *sync_button;
  GtkWidget *sign_in_button;

  ChOffice  *office;
  guint      tick_id;
};

G_DEFINE_FINAL_TYPE (ChSyncButton, ch_sync_button, ADW_TYPE_BIN)

static GtkWidget *
make_parked_row (ChStore           *store,
                 const ChOutboxRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *title = ch_record_dup_title (store, row->kind, row->vendor_id, row->project_id);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), row->why != NULL ? row->why : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 0);

  return widget;
}

static void
update_parked (ChSyncButton *self)
{
  const ChWorkerReport *report = ch_account_get_report (ch_office_get_account (self->office));
  ChStore *store = ch_office_get_store (self->office);
  g_autoptr(GPtrArray) rows = NULL;
  GtkWidget *child;
  guint n_shown = 0;

  while ((child = gtk_widget_get_first_child (self->parked_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->parked_list), child);
  if (report != NULL && report->parked > 0 && store != NULL)
    rows = ch_store_outbox_list (store, NULL);

  for (guint i = 0; rows != NULL && i < rows->len && n_shown < MAX_PARKED_SHOWN; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);

      if (row->state != CH_OUTBOX_PARKED)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->parked_list), make_parked_row (store, row));
      n_shown++;
    }
  gtk_widget_set_visible (self->parked_list, n_shown > 0);
}

static void
update_icon (ChSyncButton *self,
             ChAccount    *account)
{
  const char *style_class = ch_sync_get_style_class (account);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), ch_sync_get_icon_name (account));
  gtk_widget_remove_css_class (self->icon, "warning");
  gtk_widget_remove_css_class (self->icon, "success");
  if (style_class != NULL)
    gtk_widget_add_css_class (self->icon, style_class);
}

static void
update (ChSyncButton *self)
{
  ChAccount *account;
  gint64 now;
  g_autofree char *summary = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *spoken = NULL;
  gboolean needs_sign_in;

  if (self->office == NULL)
    return;

  account = ch_office_get_account (self->office);
  now = ch_office_get_now (self->office);
  summary = ch_sync_dup_summary (account, now);
  update_icon (self, account);
  gtk_label_set_label (GTK_LABEL (self->label), summary);
  spoken = g_strdup_printf (_("Procore: %s"), summary);
  gtk_widget_set_tooltip_text (self->button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  if (!gtk_widget_get_visible (self->popover))
    return;
  detail = ch_sync_dup_detail (account, now);
  needs_sign_in = ch_sync_needs_sign_in (account);
  gtk_label_set_label (GTK_LABEL (self->company_label),
                       ch_account_get_company_name (account) != NULL ? ch_account_get_company_name (account) : "Procore");
  gtk_label_set_label (GTK_LABEL (self->summary_label), summary);
  gtk_label_set_label (GTK_LABEL (self->detail_label), detail);
  gtk_widget_set_visible (self->detail_label, *detail != '\0');
  gtk_widget_set_visible (self->sync_button, !needs_sign_in);
  gtk_widget_set_visible (self->sign_in_button, needs_sign_in);
  update_parked (self);
}

static gboolean
on_tick_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
ch_sync_button_dispose (GObject *object)
{
  ChSyncButton *self = (ChSyncButton *)object;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_sync_button_parent_class)->dispose (object);
}

static void
ch_sync_button_class_init (ChSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_sync_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, label);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, popover);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, company_label);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, summary_label);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, detail_label);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, parked_list);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, sync_button);
  gtk_widget_class_bind_template_child (widget_class, ChSyncButton, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
ch_sync_button_init (ChSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ch_sync_button_set_office (ChSyncButton *self,
                           ChOffice     *office)
{
  g_return_if_fail (CH_IS_SYNC_BUTTON (self));
  g_return_if_fail (self->office == NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (ch_office_get_account (office), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* "40 s ago" grows old */
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
  update (self);
}

void
ch_sync_button_popup (ChSyncButton *self)
{
  g_return_if_fail (CH_IS_SYNC_BUTTON (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
