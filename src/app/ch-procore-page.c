#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-procore-page.h"

#include "ch-doctor-group.h"
#include "ch-format.h"
#include "ch-freshness-row.h"
#include "ch-outbox-item.h"
#include "ch-request-list.h"
#include "ch-status-badge.h"
#include "ch-sync-text.h"
#include "ch-wrap-box.h"

#include <glib/gi18n-lib.h>

#define TICK_SECONDS 2
#define MAX_WAITING_SHOWN 8

struct _ChProcorePage
{
  ChPage               parent_instance;

  GtkWidget           *state_badge;
  GtkWidget           *detail_label;
  GtkWidget           *sync_button;
  GtkWidget           *sign_in_button;
  GtkWidget           *facts_group;
  ChFreshnessRow      *freshness_row;
  GtkWidget           *webhooks_row;
  GtkWidget           *budget_row;
  GtkWidget           *conflicts_row;
  AdwPreferencesGroup *parked_group;
  AdwPreferencesGroup *waiting_group;
  ChDoctorGroup       *doctor_group;
  ChRequestList       *request_list;

  ChCollection        *outbox;
  GPtrArray           *parked_rows;    /* (unowned) */
  GPtrArray           *waiting_rows;   /* (unowned) */
  guint                tick_id;
};

G_DEFINE_FINAL_TYPE (ChProcorePage, ch_procore_page, CH_TYPE_PAGE)

/* Where a proxy or tunnel leads to this machine, Procore tells of changes by itself. */
static void
show_webhooks (ChProcorePage        *self,
               const ChWorkerReport *report,
               gint64                now)
{
  gboolean is_on = report != NULL && report->webhook_port != 0;
  g_autofree char *last = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->webhooks_row, is_on);
  if (!is_on)
    return;

  last = report->last_event != 0 ? ch_format_ago (report->last_event, now) : g_strdup (_("none yet"));
  /* Translators: when Procore told last of a change; how many it told, how many were read back, how many had no secret */
  text = g_strdup_printf (_("Last: %s · %u told, %u read back, %u refused"), last, report->n_events,
                          report->n_missed_events, report->n_refused_events);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->webhooks_row), text);
}

static void
show_budget (ChProcorePage        *self,
             const ChWorkerReport *report,
             gint64                now)
{
  gboolean is_known = report != NULL && report->rate_limit > 0;
  g_autofree char *left = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *until = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->budget_row, is_known);
  if (!is_known)
    return;

  left = ch_format_count (report->rate_remaining);
  limit = ch_format_count (report->rate_limit);
  until = ch_format_time (report->rate_reset * G_USEC_PER_SEC, now);
  /* Translators: requests that are left of Procore's limit, the limit, and when it begins anew */
  text = g_strdup_printf (_("%s of %s until %s"), left, limit, until);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->budget_row), text);
}

static void
show_conflicts (ChProcorePage *self)
{
  ChCollection *conflicts = ch_office_get_conflicts (ch_page_get_office (CH_PAGE (self)));
  guint n_conflicts = g_list_model_get_n_items (ch_collection_get_model (conflicts));
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u conflict to settle",
                                                        "%u conflicts to settle", n_conflicts), n_conflicts);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->conflicts_row), text);
  gtk_widget_set_visible (self->conflicts_row, n_conflicts > 0);
}

static const char *
get_state_class (const char *style_class)
{
  return g_strcmp0 (style_class, "success") == 0 ? "status-green"
         : g_strcmp0 (style_class, "warning") == 0 ? "status-yellow" : "status-quiet";
}

static void
update (ChProcorePage *self)
{
  ChOffice *office = ch_page_get_office (CH_PAGE (self));
  ChAccount *account = ch_office_get_account (office);
  const ChWorkerReport *report = ch_account_get_report (account);
  gint64 now = ch_office_get_now (office);
  g_autofree char *summary = ch_sync_dup_summary (account, now);
  g_autofree char *detail = ch_sync_dup_detail (account, now);
  gboolean needs_sign_in = ch_sync_needs_sign_in (account);

  ch_page_set_subtitle (CH_PAGE (self), ch_account_get_company_name (account));
  ch_status_badge_set_text (CH_STATUS_BADGE (self->state_badge), ch_sync_get_icon_name (account), summary,
                            get_state_class (ch_sync_get_style_class (account)));
  gtk_label_set_label (GTK_LABEL (self->detail_label), detail);
  gtk_widget_set_visible (self->sync_button, !needs_sign_in);
  gtk_widget_set_visible (self->sign_in_button, needs_sign_in);
  gtk_widget_set_visible (self->facts_group, report != NULL);
  ch_freshness_row_update (self->freshness_row, office, now);
  show_webhooks (self, report, now);
  show_budget (self, report, now);
  show_conflicts (self);
}

static GtkWidget *
make_row (ChOutboxItem *item,
          const char   *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ch_outbox_item_get_title (item));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static GtkWidget *
make_parked_row (ChOutboxItem *item)
{
  GtkWidget *row = make_row (item, ch_outbox_item_get_why (item));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Try again"));

  if (ch_outbox_item_get_vendor_id (item) != 0)
    {
      GtkWidget *open = gtk_button_new_with_mnemonic (_("_Open sub"));

      gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open-sub");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "x", ch_outbox_item_get_vendor_id (item));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), open);
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.try-again");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", ch_item_get_id (CH_ITEM (item)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

/* What it waits for: its turn, an answer, or a later attempt. */
static char *
describe_waiting (ChOutboxItem *item,
                  gint64        now)
{
  const char *why = ch_outbox_item_get_why (item);
  g_autofree char *until = NULL;

  if (ch_outbox_item_get_state (item) == CH_OUTBOX_SENDING)
    return g_strdup (_("Being sent"));
  if (ch_outbox_item_get_not_before (item) <= now)
    return g_strdup (why != NULL ? why : _("Waits for its turn"));

  until = ch_format_time (ch_outbox_item_get_not_before (item), now);

  return why != NULL ? g_strdup_printf (_("Tried again at %s: %s"), until, why)
                     : g_strdup_printf (_("Waits until %s"), until);
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray           *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
add_row (AdwPreferencesGroup *group,
         GPtrArray           *rows,
         GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

static void
describe_group (ChProcorePage *self)
{
  const ChWorkerReport *report = ch_account_get_report (ch_office_get_account (ch_page_get_office (CH_PAGE (self))));
  guint n_waiting = report != NULL ? MAX (report->waiting, self->waiting_rows->len) : self->waiting_rows->len;
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change waits to be sent.",
                                                        "%u changes wait to be sent.", n_waiting), n_waiting);

  adw_preferences_group_set_description (self->waiting_group, text);
}

static void
on_outbox_loaded_cb (ChProcorePage *self)
{
  GListModel *model = ch_collection_get_model (self->outbox);
  gint64 now = ch_office_get_now (ch_page_get_office (CH_PAGE (self)));

  clear_rows (self->parked_group, self->parked_rows);
  clear_rows (self->waiting_group, self->waiting_rows);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(ChOutboxItem) item = g_list_model_get_item (model, i);

      if (ch_outbox_item_get_state (item) == CH_OUTBOX_PARKED)
        {
          add_row (self->parked_group, self->parked_rows, make_parked_row (item));
        }
      else if (self->waiting_rows->len < MAX_WAITING_SHOWN)
        {
          g_autofree char *text = describe_waiting (item, now);

          add_row (self->waiting_group, self->waiting_rows, make_row (item, text));
        }
    }
  describe_group (self);
  gtk_widget_set_visible (GTK_WIDGET (self->parked_group), self->parked_rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_group), self->waiting_rows->len > 0);
}

static void
on_store_changed_cb (ChOffice      *office,
                     guint          kind,
                     GArray        *ids,
                     ChProcorePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ch_collection_note_change (self->outbox, (ChKind)kind);
}

static gpointer
try_again_in_worker (ChDesk        *desk,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  ch_desk_try_again (desk, *(const gint64 *)data, error);

  return NULL;
}

static void
on_tried_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(ChProcorePage) self = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                              error != NULL ? error->message : _("It is tried again"));
}

static void
try_again (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  ChProcorePage *self = (ChProcorePage *)widget;
  gint64 id = g_variant_get_int64 (parameter);

  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), try_again_in_worker,
                            g_memdup2 (&id, sizeof id), g_free, NULL, NULL, on_tried_cb, g_object_ref (self));
}

static gboolean
on_tick_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

/* Only a page that is seen is kept current. */
static void
ch_procore_page_map (GtkWidget *widget)
{
  ChProcorePage *self = (ChProcorePage *)widget;

  GTK_WIDGET_CLASS (ch_procore_page_parent_class)->map (widget);

  update (self);
  ch_collection_reload (self->outbox);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
}

static void
ch_procore_page_unmap (GtkWidget *widget)
{
  ChProcorePage *self = (ChProcorePage *)widget;

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (ch_procore_page_parent_class)->unmap (widget);
}

static void
ch_procore_page_shown (ChPage *page)
{
  ChProcorePage *self = (ChProcorePage *)page;

  gtk_widget_grab_focus (gtk_widget_get_visible (self->sync_button) ? self->sync_button : self->sign_in_button);
}

static void
ch_procore_page_dispose (GObject *object)
{
  ChProcorePage *self = (ChProcorePage *)object;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->outbox != NULL)
    ch_collection_close (self->outbox);
  g_clear_object (&self->outbox);

  G_OBJECT_CLASS (ch_procore_page_parent_class)->dispose (object);
}

static void
ch_procore_page_finalize (GObject *object)
{
  ChProcorePage *self = (ChProcorePage *)object;

  g_ptr_array_unref (self->parked_rows);
  g_ptr_array_unref (self->waiting_rows);

  G_OBJECT_CLASS (ch_procore_page_parent_class)->finalize (object);
}

static void
ch_procore_page_constructed (GObject *object)
{
  ChProcorePage *self = (ChProcorePage *)object;
  ChOffice *office = ch_page_get_office (CH_PAGE (self));

  G_OBJECT_CLASS (ch_procore_page_parent_class)->constructed (object);

  ch_page_set_title (CH_PAGE (self), _("Procore"));
  self->outbox = ch_collection_new (ch_office_get_desk (office), ch_outbox_items_load, 1u << CH_KIND_OUTBOX, 0);
  g_signal_connect_object (self->outbox, "loaded", G_CALLBACK (on_outbox_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);
  ch_doctor_group_set_account (self->doctor_group, ch_office_get_account (office));
  ch_request_list_set_account (self->request_list, ch_office_get_account (office));
  on_outbox_loaded_cb (self);
}

static void
ch_procore_page_class_init (ChProcorePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ch_procore_page_constructed;
  object_class->dispose = ch_procore_page_dispose;
  object_class->finalize = ch_procore_page_finalize;
  widget_class->map = ch_procore_page_map;
  widget_class->unmap = ch_procore_page_unmap;
  CH_PAGE_CLASS (klass)->shown = ch_procore_page_shown;

  g_type_ensure (CH_TYPE_DOCTOR_GROUP);
  g_type_ensure (CH_TYPE_FRESHNESS_ROW);
  g_type_ensure (CH_TYPE_REQUEST_LIST);
  g_type_ensure (CH_TYPE_STATUS_BADGE);
  g_type_ensure (CH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-procore-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, state_badge);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, detail_label);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, sync_button);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, facts_group);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, freshness_row);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, webhooks_row);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, budget_row);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, conflicts_row);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, parked_group);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, doctor_group);
  gtk_widget_class_bind_template_child (widget_class, ChProcorePage, request_list);
  gtk_widget_class_install_action (widget_class, "page.try-again", "x", try_again);
}

static void
ch_procore_page_init (ChProcorePage *self)
{
  self->parked_rows = g_ptr_array_new ();
  self->waiting_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

ChPage *
ch_procore_page_new (ChOffice *office)
{
  return g_object_new (CH_TYPE_PROCORE_PAGE, "office", office, NULL);
}
