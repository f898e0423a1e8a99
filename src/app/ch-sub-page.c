#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-page.h"

#include "ch-event-row.h"
#include "ch-exception-acts.h"
#include "ch-format.h"
#include "ch-letter-window.h"
#include "ch-status-badge.h"
#include "ch-status-look.h"
#include "ch-sub-file.h"
#include "ch-sub-rows.h"
#include "ch-wrap-box.h"

#include <glib/gi18n-lib.h>

#define FIRST_EVENTS 12
#define MORE_EVENTS 100
#define FIRST_CERTIFICATES 5
#define SETTLE_MS 80

struct _ChSubPage
{
  ChPage               parent_instance;

  GtkWidget           *stack;
  AdwStatusPage       *failed_page;
  GtkWidget           *status_badge;
  GtkWidget           *status_label;
  GtkWidget           *facts_label;
  GtkWidget           *letter_button;
  AdwPreferencesGroup *projects_group;
  AdwPreferencesGroup *exceptions_group;
  AdwPreferencesGroup *policies_group;
  AdwPreferencesGroup *certificates_group;
  AdwPreferencesGroup *insurances_group;
  AdwPreferencesGroup *history_group;

  gint64               vendor_id;
  ChSubFile           *file;            /* (nullable): as last read; the rows point into it */
  GPtrArray           *rows;            /* (unowned): what was added, to be taken out again */
  GHashTable          *expanded;        /* (element-type gint64): projects whose findings are open */
  GCancellable        *cancellable;
  guint                n_events;
  guint                timeout_id;
  guint                fill_id;
  int                  focused_row;     /* of the rows that were taken out, -1 for none */
  guint                n_filled;        /* how many of the groups show @file */
  gboolean             shows_all_certificates;
  gboolean             is_loading;
  gboolean             is_stale;        /* something changed during the load */
  gboolean             wants_focus;
};

G_DEFINE_FINAL_TYPE (ChSubPage, ch_sub_page, CH_TYPE_PAGE)

static void load (ChSubPage *self);

static void
add_row (ChSubPage           *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  g_object_set_data (G_OBJECT (row), "ch-group", group);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (group, row);
}

static void
clear_rows (ChSubPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "ch-group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_note (ChSubPage           *self,
          AdwPreferencesGroup *group,
          const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "dim-label");
  add_row (self, group, row);
}

/* The last row of a list that goes on. */
static void
add_more_row (ChSubPage           *self,
              AdwPreferencesGroup *group,
              const char          *label,
              GCallback            callback)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-down-symbolic"));
  g_signal_connect_swapped (row, "activated", callback, self);
  add_row (self, group, row);
}

static void
append_fact (GString    *text,
             const char *separator,
             const char *fact)
{
  if (fact != NULL && *fact != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", fact);
}

static char *
describe_vendor (const ChVendor *vendor)
{
  g_autoptr(GString) trades = g_string_new (NULL);
  g_autoptr(GString) address = g_string_new (NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *trade_name = NULL;

  for (guint i = 0; vendor->trades != NULL && i < vendor->trades->len; i++)
    append_fact (trades, ", ", g_ptr_array_index (vendor->trades, i));
  append_fact (address, ", ", vendor->address);
  append_fact (address, ", ", vendor->city);
  append_fact (address, ", ", vendor->state_code);
  append_fact (address, " ", vendor->zip);

  if (g_strcmp0 (vendor->legal_name, vendor->name) != 0)
    append_fact (text, "\n", vendor->legal_name);
  if (vendor->trade_name != NULL && *vendor->trade_name != '\0' && g_strcmp0 (vendor->trade_name, vendor->name) != 0)
    {
      trade_name = g_strdup_printf (_("does business as %s"), vendor->trade_name);
      append_fact (text, " · ", trade_name);
    }
  append_fact (text, "\n", trades->str);
  append_fact (text, " · ", address->str);
  append_fact (text, "\n", vendor->business_phone);
  append_fact (text, vendor->business_phone != NULL ? " · " : "\n", vendor->email_address);
  if (vendor->license_number != NULL && *vendor->license_number != '\0')
    {
      g_autofree char *license = g_strdup_printf (_("License %s"), vendor->license_number);

      append_fact (text, " · ", license);
    }

  return g_strdup (text->str);
}

static void
show_head (ChSubPage *self)
{
  const ChSubFile *file = self->file;
  ChStatus status = ch_sub_file_get_status (file);
  ChDate changes_on = ch_sub_file_get_changes_on (file);
  g_autofree char *day = ch_format_date (changes_on);
  g_autofree char *away = ch_format_in_days (changes_on, ch_office_get_today (ch_page_get_office (CH_PAGE (self))));
  g_autofree char *facts = describe_vendor (file->vendor);
  g_autofree char *text = NULL;

  ch_page_set_title (CH_PAGE (self), file->vendor->name);
  ch_status_badge_set_status (CH_STATUS_BADGE (self->status_badge), status);
  if (file->verdicts->len == 0)
    text = g_strdup (_("Works on no active project"));
  else if (changes_on != CH_DATE_NONE)
    /* Translators: what a status means; then the day on which it changes, and how far away that is */
    text = g_strdup_printf (_("%s. Next change: %s (%s)"), ch_status_get_explanation (status), day, away);
  else
    text = g_strdup (ch_status_get_explanation (status));
  gtk_label_set_label (GTK_LABEL (self->status_label), text);
  gtk_label_set_label (GTK_LABEL (self->facts_label), facts);
  gtk_widget_set_visible (self->facts_label, *facts != '\0');
  if (ch_status_get_colour (status) == CH_COLOUR_RED)
    gtk_widget_add_css_class (self->letter_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->letter_button, "suggested-action");
}

static void
on_expanded_cb (GObject    *row,
                GParamSpec *pspec,
                ChSubPage  *self)
{
  const ChStoredVerdict *verdict = g_object_get_data (row, "ch-verdict");

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    {
      g_hash_table_remove (self->expanded, &verdict->project_id);
      return;
    }

  g_hash_table_add (self->expanded, g_memdup2 (&verdict->project_id, sizeof verdict->project_id));
  if (g_object_get_data (row, "ch-filled") != NULL)
    return;
  ch_sub_row_fill_verdict (GTK_WIDGET (row), verdict, g_object_get_data (row, "ch-sources"));
  g_object_set_data (row, "ch-filled", row);
}

static void
fill_projects (ChSubPage *self)
{
  ChDate today = ch_office_get_today (ch_page_get_office (CH_PAGE (self)));
  GPtrArray *verdicts = self->file->verdicts;

  for (guint i = 0; i < verdicts->len; i++)
    {
      ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      const char *name = ch_sub_file_get_project_name (self->file, verdict->project_id);
      GtkWidget *row = ch_sub_row_new_verdict (verdict, name != NULL ? name : "",
                                               g_ptr_array_index (self->file->decisions, i), today);

      g_object_set_data (G_OBJECT (row), "ch-verdict", verdict);
      g_object_set_data (G_OBJECT (row), "ch-sources", g_ptr_array_index (self->file->sources, i));
      g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded_cb), self);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), g_hash_table_contains (self->expanded, &verdict->project_id));
      add_row (self, self->projects_group, row);
    }
  if (verdicts->len == 0)
    add_note (self, self->projects_group, _("Works on no active project"));
}

static void
fill_exceptions (ChSubPage *self)
{
  ChDate today = ch_office_get_today (ch_page_get_office (CH_PAGE (self)));
  GPtrArray *waivers = self->file->waivers;

  for (guint i = 0; i < waivers->len; i++)
    {
      const ChStoredWaiver *given = g_ptr_array_index (waivers, i);

      add_row (self, self->exceptions_group,
               ch_sub_row_new_waiver (given, ch_sub_file_get_project_name (self->file, given->project_id), today));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->exceptions_group), waivers->len > 0);
}

static void
fill_policies (ChSubPage *self)
{
  ChDate today = ch_office_get_today (ch_page_get_office (CH_PAGE (self)));
  GPtrArray *policies = self->file->policies;

  for (guint i = 0; i < policies->len; i++)
    add_row (self, self->policies_group, ch_sub_row_new_policy (g_ptr_array_index (policies, i), today));
  gtk_widget_set_visible (GTK_WIDGET (self->policies_group), policies->len > 0);
}

static void
show_all_certificates (ChSubPage *self)
{
  self->shows_all_certificates = TRUE;
  load (self);
}

static void
fill_certificates (ChSubPage *self)
{
  GPtrArray *certificates = self->file->certificates;
  guint n_shown = self->shows_all_certificates ? certificates->len : MIN (certificates->len, FIRST_CERTIFICATES);

  for (guint i = 0; i < n_shown; i++)
    add_row (self, self->certificates_group, ch_sub_row_new_certificate (g_ptr_array_index (certificates, i)));
  if (n_shown < certificates->len)
    {
      guint n_more = certificates->len - n_shown;
      g_autofree char *label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u older certificate",
                                                             "%u older certificates", n_more), n_more);

      add_more_row (self, self->certificates_group, label, G_CALLBACK (show_all_certificates));
    }
  if (certificates->len == 0)
    add_note (self, self->certificates_group, _("No certificates yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->certificates_group), TRUE);
}

static void
fill_insurances (ChSubPage *self)
{
  GPtrArray *records = self->file->insurances;

  for (guint i = 0; i < records->len; i++)
    {
      const ChInsuranceRecord *record = g_ptr_array_index (records, i);

      add_row (self, self->insurances_group,
               ch_sub_row_new_insurance (record, ch_sub_file_get_project_name (self->file, record->project_id)));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->insurances_group), records->len > 0);
}

static void
show_more_events (ChSubPage *self)
{
  self->n_events += MORE_EVENTS;
  load (self);
}

static void
fill_history (ChSubPage *self)
{
  gint64 now = ch_office_get_now (ch_page_get_office (CH_PAGE (self)));
  GPtrArray *events = self->file->events;

  for (guint i = 0; i < events->len; i++)
    {
      const ChEvent *event = g_ptr_array_index (events, i);

      add_row (self, self->history_group,
               ch_event_row_new (event, ch_sub_file_get_project_name (self->file, event->project_id), now));
    }
  if (self->file->has_more_events)
    add_more_row (self, self->history_group, _("What happened before"), G_CALLBACK (show_more_events));
  gtk_widget_set_visible (GTK_WIDGET (self->history_group), events->len > 0);
}

/* The keyboard begins at what is said of the sub, not at its telephone number. */
static void
focus_first (ChSubPage *self)
{
  self->wants_focus = FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (ADW_IS_EXPANDER_ROW (row) && gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD))
        return;
    }
  gtk_widget_grab_focus (self->letter_button);
}

/* Which row has the focus, to give it to the one that takes its place. */
static void
keep_focus (ChSubPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->focused_row = -1;
  for (guint i = 0; i < self->rows->len && focus != NULL; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (focus == row || gtk_widget_is_ancestor (focus, row))
        self->focused_row = (int)i;
    }
}

static void
restore_focus (ChSubPage *self)
{
  if (self->focused_row >= 0 && self->focused_row < (int)self->rows->len)
    gtk_widget_child_focus (g_ptr_array_index (self->rows, self->focused_row), GTK_DIR_TAB_FORWARD);
  self->focused_row = -1;
}

/* A group at a time, so that no frame waits for all of them. */
static gboolean
on_fill_cb (gpointer user_data)
{
  static void (* const fills[]) (ChSubPage *) = {
    fill_projects, fill_exceptions, fill_policies, fill_certificates, fill_insurances, fill_history,
  };
  ChSubPage *self = user_data;

  fills[self->n_filled++] (self);
  if (self->n_filled == 1)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "sub");
      if (self->wants_focus)
        focus_first (self);
    }
  if (self->n_filled < G_N_ELEMENTS (fills))
    return G_SOURCE_CONTINUE;

  self->fill_id = 0;
  restore_focus (self);
  return G_SOURCE_REMOVE;
}

static void
show_file (ChSubPage *self,
           ChSubFile *file)
{
  const ChStoredVerdict *worst = file->verdicts->len > 0 ? g_ptr_array_index (file->verdicts, 0) : NULL;

  /* The worst project is opened for the reader; later those that were open before. */
  if (self->file == NULL && worst != NULL && worst->verdict->findings->len > 0)
    g_hash_table_add (self->expanded, g_memdup2 (&worst->project_id, sizeof worst->project_id));
  keep_focus (self);
  clear_rows (self);
  g_clear_pointer (&self->file, ch_sub_file_free);
  self->file = file;

  show_head (self);
  self->n_filled = 0;
  if (self->fill_id == 0)
    self->fill_id = g_idle_add (on_fill_cb, self);
}

static void
on_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChSubPage) self = user_data;
  g_autoptr(GError) error = NULL;
  ChSubFile *file = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&file, ch_sub_file_free);
      return;
    }
  if (file != NULL)
    {
      show_file (self, file);
    }
  else
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "failed");
    }
  if (self->is_stale)
    load (self);
}

static void
load (ChSubPage *self)
{
  ChSubFileRequest request = { .vendor_id = self->vendor_id, .n_events = self->n_events,
                               .now = ch_office_get_now (ch_page_get_office (CH_PAGE (self))) };

  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;

  self->is_loading = TRUE;
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), ch_sub_file_load,
                            g_memdup2 (&request, sizeof request), g_free, (GDestroyNotify)ch_sub_file_free,
                            self->cancellable, on_loaded_cb, g_object_ref (self));
}

static gboolean
on_settled_cb (gpointer user_data)
{
  ChSubPage *self = user_data;

  self->timeout_id = 0;
  load (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_about_us (ChSubPage *self,
             ChKind     kind,
             GArray    *ids)
{
  if (kind == CH_KIND_CERTIFICATE || kind == CH_KIND_INSURANCE || kind == CH_KIND_WAIVER || kind == CH_KIND_PROJECT)
    return TRUE;
  if (kind != CH_KIND_VERDICT && kind != CH_KIND_VENDOR)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == self->vendor_id)
        return TRUE;
    }

  return ids->len == 0;
}

static void
on_store_changed_cb (ChOffice  *office,
                     guint      kind,
                     GArray    *ids,
                     ChSubPage *self)
{
  if (self->timeout_id == 0 && is_about_us (self, (ChKind)kind, ids))
    self->timeout_id = g_timeout_add (SETTLE_MS, on_settled_cb, self);
}

static void
write_letter (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  ChSubPage *self = (ChSubPage *)widget;

  ch_letter_window_open_for_sub (GTK_WINDOW (gtk_widget_get_root (widget)), ch_page_get_office (CH_PAGE (self)),
                                 self->vendor_id);
}

static void
waive (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  ChSubPage *self = (ChSubPage *)widget;
  gint64 vendor_id, project_id = 0;
  const char *rule = NULL;

  if (self->file == NULL)
    return;
  if (parameter != NULL)
    g_variant_get (parameter, "(xx&s)", &vendor_id, &project_id, &rule);
  ch_exception_give (widget, ch_page_get_office (CH_PAGE (self)), self->file, project_id, rule);
}

static void
end_waiver (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ch_exception_end (widget, ch_page_get_office (CH_PAGE (widget)), g_variant_get_string (parameter, NULL));
}

static void
ch_sub_page_shown (ChPage *page)
{
  ChSubPage *self = (ChSubPage *)page;

  self->wants_focus = self->file == NULL;
  if (!self->wants_focus)
    focus_first (self);
}

static void
ch_sub_page_dispose (GObject *object)
{
  ChSubPage *self = (ChSubPage *)object;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->fill_id, g_source_remove);

  G_OBJECT_CLASS (ch_sub_page_parent_class)->dispose (object);
}

static void
ch_sub_page_finalize (GObject *object)
{
  ChSubPage *self = (ChSubPage *)object;

  g_clear_pointer (&self->file, ch_sub_file_free);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->expanded);

  G_OBJECT_CLASS (ch_sub_page_parent_class)->finalize (object);
}

static void
ch_sub_page_class_init (ChSubPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_sub_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_sub_page_finalize;
  CH_PAGE_CLASS (klass)->shown = ch_sub_page_shown;

  g_type_ensure (CH_TYPE_STATUS_BADGE);
  g_type_ensure (CH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-sub-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, status_badge);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, letter_button);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, projects_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, exceptions_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, policies_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, certificates_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, insurances_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, history_group);
  gtk_widget_class_install_action (widget_class, "page.write-letter", NULL, write_letter);
  gtk_widget_class_install_action (widget_class, "page.waive", NULL, waive);
  gtk_widget_class_install_action (widget_class, "page.waive-finding", "(xxs)", waive);
  gtk_widget_class_install_action (widget_class, "page.end-waiver", "s", end_waiver);
}

static void
ch_sub_page_init (ChSubPage *self)
{
  self->rows = g_ptr_array_new ();
  self->expanded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->n_events = FIRST_EVENTS;
  self->focused_row = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ch_sub_page_new:
 * @office: the office
 * @vendor_id: Procore's id
 *
 * Returns: (transfer floating): a page on the sub
 */
ChPage *
ch_sub_page_new (ChOffice *office,
                 gint64    vendor_id)
{
  ChSubPage *self = g_object_new (CH_TYPE_SUB_PAGE, "office", office, NULL);
  ChStore *store = ch_office_get_store (office);
  g_autoptr(ChVendor) vendor = store != NULL ? ch_store_get_vendor (store, vendor_id, NULL) : NULL;

  self->vendor_id = vendor_id;
  if (vendor != NULL)
    ch_page_set_title (CH_PAGE (self), vendor->name);
  ch_page_set_drop_target (CH_PAGE (self), vendor_id, 0);
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);
  load (self);

  return CH_PAGE (self);
}
