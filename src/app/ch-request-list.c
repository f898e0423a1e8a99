#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include <inttypes.h>

#include "ch-request-list.h"

#include "ch-format.h"
#include "ch-request-log.h"

#include <glib/gi18n-lib.h>

#define TICK_SECONDS 2
#define MAX_SHOWN 200
#define LIST_HEIGHT 280

struct _ChRequestList
{
  AdwBin         parent_instance;

  GtkWidget     *counts_label;
  GtkWidget     *list_view;
  GtkStringList *lines;        /* newest first */

  ChAccount     *account;
  guint64        serial;       /* of the newest that is shown */
  guint          tick_id;
};

G_DEFINE_FINAL_TYPE (ChRequestList, ch_request_list, ADW_TYPE_BIN)

/* "14:02:11  200   84 ms  GET …", in columns */
static char *
describe (const ChRequestEntry *entry)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (entry->at / G_USEC_PER_SEC);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%H:%M:%S") : g_strdup ("");
  g_autofree char *path = g_uri_unescape_string (entry->path, NULL);
  g_autofree char *status = entry->status != 0 ? g_strdup_printf ("%u", entry->status) : g_strdup ("---");

  return g_strdup_printf ("%s  %s  %5" PRId64 " ms  %-6s %s", when, status, entry->duration / 1000,
                          entry->method, path != NULL ? path : entry->path);
}

static void
show_counts (ChRequestList *self,
             ChRequestLog  *log)
{
  ChRequestCounts counts;
  g_autofree char *n_requests = NULL;
  g_autofree char *n_writes = NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  ch_request_log_get_counts (log, &counts);
  n_requests = ch_format_count ((gint64)counts.n_requests);
  n_writes = ch_format_count ((gint64)counts.n_writes);
  size = g_format_size (counts.n_bytes);
  /* Translators: counts since the program started */
  text = g_strdup_printf (_("%s requests, %s of them to write · %" PRIu64 " refused · %" PRIu64
                            " put off · %" PRIu64 " failed · %s received"),
                          n_requests, n_writes, counts.n_refused, counts.n_busy, counts.n_failed, size);
  gtk_label_set_label (GTK_LABEL (self->counts_label), text);
}

static void
update (ChRequestList *self)
{
  ChRequestLog *log = self->account != NULL ? ch_account_get_request_log (self->account) : NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));
  gboolean is_at_top = gtk_adjustment_get_value (adjustment) <= gtk_adjustment_get_lower (adjustment);
  guint n_shown;

  if (log == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->counts_label), _("Nothing was asked of Procore yet."));
      return;
    }

  show_counts (self, log);
  entries = ch_request_log_list (log, self->serial);
  if (entries->len == 0)
    return;
  for (guint i = entries->len; i > 0 && lines->len < MAX_SHOWN; i--)
    g_ptr_array_add (lines, describe (g_ptr_array_index (entries, i - 1)));
  self->serial = ((const ChRequestEntry *)g_ptr_array_index (entries, entries->len - 1))->serial;
  g_ptr_array_add (lines, NULL);
  gtk_string_list_splice (self->lines, 0, 0, (const char * const *)lines->pdata);
  n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  if (n_shown > MAX_SHOWN)
    gtk_string_list_splice (self->lines, MAX_SHOWN, n_shown - MAX_SHOWN, NULL);
  /* A list stays at what it shows; who reads the newest wants the newer. */
  if (is_at_top)
    gtk_widget_activate_action (self->list_view, "list.scroll-to-item", "u", 0u);
}

static gboolean
on_tick_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
ch_request_list_map (GtkWidget *widget)
{
  ChRequestList *self = (ChRequestList *)widget;

  GTK_WIDGET_CLASS (ch_request_list_parent_class)->map (widget);

  update (self);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
}

static void
ch_request_list_unmap (GtkWidget *widget)
{
  ChRequestList *self = (ChRequestList *)widget;

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (ch_request_list_parent_class)->unmap (widget);
}

static void
ch_request_list_dispose (GObject *object)
{
  ChRequestList *self = (ChRequestList *)object;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->account);
  g_clear_object (&self->lines);

  G_OBJECT_CLASS (ch_request_list_parent_class)->dispose (object);
}

static void
ch_request_list_class_init (ChRequestListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_request_list_dispose;
  widget_class->map = ch_request_list_map;
  widget_class->unmap = ch_request_list_unmap;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_list_item_set_child (list_item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item)
{
  GtkStringObject *line = gtk_list_item_get_item (list_item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), gtk_string_object_get_string (line));
}

static GtkWidget *
make_list (ChRequestList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  self->list_view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_widget_add_css_class (self->list_view, "request-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Requests"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list_view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, -1, LIST_HEIGHT);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);

  return scroller;
}

static void
ch_request_list_init (ChRequestList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->lines = gtk_string_list_new (NULL);
  self->counts_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->counts_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->counts_label), TRUE);
  gtk_widget_add_css_class (self->counts_label, "dim-label");
  gtk_box_append (GTK_BOX (box), self->counts_label);
  gtk_box_append (GTK_BOX (box), make_list (self));
  adw_bin_set_child (ADW_BIN (self), box);
}

void
ch_request_list_set_account (ChRequestList *self,
                             ChAccount     *account)
{
  g_return_if_fail (CH_IS_REQUEST_LIST (self));

  g_set_object (&self->account, account);
}
