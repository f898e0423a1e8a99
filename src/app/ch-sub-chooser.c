#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-chooser.h"

#include "ch-entry-name.h"
#include "ch-list-page.h"
#include "ch-matching.h"
#include "ch-sub-item.h"

#include <glib/gi18n-lib.h>

struct _ChSubChooser
{
  AdwWindow        parent_instance;

  GtkWidget       *search_entry;
  GtkWidget       *list_view;

  ChOffice        *office;
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  char           **search;       /* (nullable): from ch_item_split() */
  GHashTable      *matches;      /* (element-type gint64 ChMatch): the likely ones */
  GCancellable    *cancellable;
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChSubChooser, ch_sub_chooser, ADW_TYPE_WINDOW)

static const ChMatch *
get_match (ChSubChooser *self,
           gconstpointer item)
{
  gint64 id = ch_item_get_id ((ChItem *)item);

  return g_hash_table_lookup (self->matches, &id);
}

static gboolean
filter_item (gpointer item,
             gpointer user_data)
{
  ChSubChooser *self = user_data;

  return ch_item_matches (ch_sub_item_get_search (CH_SUB_ITEM (item)),
                          (const char * const *)self->search);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const ChMatch *one = get_match (user_data, a);
  const ChMatch *other = get_match (user_data, b);
  double one_score = one != NULL ? one->score : -1;
  double other_score = other != NULL ? other->score : -1;

  return one_score > other_score ? GTK_ORDERING_SMALLER
         : one_score < other_score ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             gpointer                  user_data)
{
  GtkWidget *cell = ch_list_cell_new_title ();

  gtk_widget_add_css_class (cell, "chooser-row");
  gtk_list_item_set_child (list_item, cell);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item,
            ChSubChooser             *self)
{
  ChSubItem *item = gtk_list_item_get_item (list_item);
  const ChMatch *match = get_match (self, item);
  g_autofree char *detail = NULL;

  if (match != NULL)
    detail = g_strdup_printf (_("Likely: %s"), match->reason);
  ch_list_cell_set_title (gtk_list_item_get_child (list_item), ch_sub_item_get_name (item),
                          detail != NULL ? detail : ch_sub_item_get_trades (item));
}

static void
choose (ChSubChooser *self,
        guint         position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->list_view)));
  g_autoptr(ChItem) item = g_list_model_get_item (model, position);

  if (item == NULL)
    return;

  g_signal_emit (self, signals[CHOSEN], 0, ch_item_get_id (item));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_activate_cb (GtkListView  *view,
                guint         position,
                ChSubChooser *self)
{
  choose (self, position);
}

static void
on_search_activate_cb (GtkSearchEntry *entry,
                       ChSubChooser   *self)
{
  choose (self, 0);
}

static void
on_search_changed_cb (GtkSearchEntry *entry,
                      ChSubChooser   *self)
{
  g_strfreev (self->search);
  self->search = ch_item_split (gtk_editable_get_text (GTK_EDITABLE (entry)));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static gpointer
match_in_worker (ChDesk        *desk,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(ChFiledCertificate) filed = ch_store_get_certificate (store, *(const gint64 *)data, error);

  return filed != NULL ? ch_match_certificate (store, filed->certificate, error) : NULL;
}

/* Without suggestions the list is still complete, so a failure to suggest is not worth a word. */
static void
on_matched_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChSubChooser) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) matches = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (matches == NULL || self->filter == NULL)
    return;

  /* the table takes them over */
  g_ptr_array_set_free_func (matches, NULL);
  for (guint i = 0; i < matches->len; i++)
    {
      ChMatch *match = g_ptr_array_index (matches, i);

      g_hash_table_replace (self->matches, &match->vendor_id, match);
    }
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
ch_sub_chooser_dispose (GObject *object)
{
  ChSubChooser *self = (ChSubChooser *)object;

  g_cancellable_cancel (self->cancellable);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  if (self->sorter != NULL)
    gtk_custom_sorter_set_sort_func (self->sorter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_sub_chooser_parent_class)->dispose (object);
}

static void
ch_sub_chooser_finalize (GObject *object)
{
  ChSubChooser *self = (ChSubChooser *)object;

  g_strfreev (self->search);
  g_hash_table_unref (self->matches);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ch_sub_chooser_parent_class)->finalize (object);
}

static void
ch_sub_chooser_class_init (ChSubChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_sub_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_sub_chooser_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-sub-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, ChSubChooser, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ChSubChooser, list_view);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ch_sub_chooser_init (ChSubChooser *self)
{
  /* keyed by the match's own id */
  self->matches = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)ch_match_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ch_entry_set_name (self->search_entry, _("Search subs"));
}

/**
 * ch_sub_chooser_new:
 * @office: the office
 * @certificate_id: whose sub is asked for; the likely ones are then listed first
 *
 * Returns: (transfer none): a window to be presented
 */
ChSubChooser *
ch_sub_chooser_new (ChOffice *office,
                    gint64    certificate_id)
{
  ChSubChooser *self = g_object_new (CH_TYPE_SUB_CHOOSER, NULL);
  GListModel *subs = ch_collection_get_model (ch_office_get_subs (office));
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkSelectionModel) selection = NULL;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  self->office = g_object_ref (office);
  self->filter = gtk_custom_filter_new (filter_item, self, NULL);
  self->sorter = gtk_custom_sorter_new (compare_items, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (subs), GTK_FILTER (g_object_ref (self->filter)));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), GTK_SORTER (g_object_ref (self->sorter)));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (sorted)));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), selection);
  gtk_window_set_focus (GTK_WINDOW (self), self->search_entry);

  if (certificate_id != 0)
    ch_desk_worker_run_async (ch_office_get_desk (office), match_in_worker,
                              g_memdup2 (&certificate_id, sizeof certificate_id), g_free,
                              (GDestroyNotify)g_ptr_array_unref, self->cancellable, on_matched_cb, g_object_ref (self));

  return self;
}
