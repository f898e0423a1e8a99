#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-list-page.h"

typedef struct {
  GtkWidget          *toolbar;
  GtkWidget          *stack;
  GtkWidget          *empty_page;
  GtkWidget          *failed_page;
  GtkWidget          *column_view;

  ChCollection       *collection;
  GtkCustomFilter    *filter;
  GtkFilterListModel *filter_model;
  char               *search;       /* (nullable): folded */
  gboolean            keeps_tools;
} ChListPagePrivate;

/* A column's functions; lives as long as its factory. */
typedef struct {
  ChListPage     *page;
  ChMakeCellFunc  make;
  ChFillCellFunc  fill;
  ChOrderFunc     order;   /* (nullable) */
} Column;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChListPage, ch_list_page, CH_TYPE_PAGE)

static void
update_stack (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  guint n_all = g_list_model_get_n_items (ch_collection_get_model (priv->collection));
  ChCollectionState state = ch_collection_get_state (priv->collection);
  const char *name = "list";

  if (state == CH_COLLECTION_FAILED)
    {
      adw_status_page_set_description (ADW_STATUS_PAGE (priv->failed_page),
                                       ch_collection_get_problem (priv->collection));
      name = "failed";
    }
  else if (n_all == 0)
    name = state == CH_COLLECTION_LOADING ? "loading" : "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (priv->filter_model)) == 0)
    name = "nothing";

  gtk_stack_set_visible_child_name (GTK_STACK (priv->stack), name);
  gtk_widget_set_visible (priv->toolbar,
                          gtk_widget_get_first_child (priv->toolbar) != NULL
                            && (priv->keeps_tools || (n_all > 0 && state != CH_COLLECTION_FAILED)));
}

static gboolean
filter_item (gpointer item,
             gpointer user_data)
{
  ChListPage *self = user_data;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  return CH_LIST_PAGE_GET_CLASS (self)->matches (self, item, priv->search);
}

static void
on_activate_cb (GtkColumnView *view,
                guint          position,
                ChListPage    *self)
{
  g_autoptr(ChItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);

  if (item != NULL)
    CH_LIST_PAGE_GET_CLASS (self)->activate (self, item);
}

static void
on_try_again_cb (GtkButton  *button,
                 ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  ch_collection_reload (priv->collection);
}

static void
ch_list_page_search (ChPage     *page,
                     const char *text)
{
  ChListPage *self = (ChListPage *)page;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_clear_pointer (&priv->search, g_free);
  if (text != NULL && *text != '\0')
    priv->search = ch_item_fold (text);
  ch_list_page_refilter (self);
}

static void
ch_list_page_shown (ChPage *page)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private ((ChListPage *)page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (priv->stack)), "list") == 0)
    gtk_widget_grab_focus (priv->column_view);
}

static void
ch_list_page_dispose (GObject *object)
{
  ChListPage *self = (ChListPage *)object;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  if (priv->collection != NULL)
    g_signal_handlers_disconnect_by_data (priv->collection, self);
  if (priv->filter != NULL)
    gtk_custom_filter_set_filter_func (priv->filter, NULL, NULL, NULL);
  g_clear_object (&priv->collection);
  g_clear_object (&priv->filter);
  g_clear_object (&priv->filter_model);

  G_OBJECT_CLASS (ch_list_page_parent_class)->dispose (object);
}

static void
ch_list_page_finalize (GObject *object)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private ((ChListPage *)object);

  g_free (priv->search);

  G_OBJECT_CLASS (ch_list_page_parent_class)->finalize (object);
}

static void
ch_list_page_class_init (ChListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ch_list_page_dispose;
  object_class->finalize = ch_list_page_finalize;
  CH_PAGE_CLASS (klass)->search = ch_list_page_search;
  CH_PAGE_CLASS (klass)->shown = ch_list_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, toolbar);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, empty_page);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, failed_page);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, column_view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
}

/* The table is called what the page is called; the focus is on the list of rows inside it. */
static void
on_title_changed_cb (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  const char *title = ch_page_get_title (CH_PAGE (self));

  for (GtkWidget *child = gtk_widget_get_first_child (priv->column_view); title != NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
ch_list_page_init (ChListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed_cb), NULL);
}

/**
 * ch_list_page_set_collection:
 * @self: a page, once
 * @collection: what it shows
 */
void
ch_list_page_set_collection (ChListPage   *self,
                             ChCollection *collection)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  GtkSorter *sorter;
  GtkSortListModel *sort_model;
  GtkSingleSelection *selection;

  g_return_if_fail (CH_IS_LIST_PAGE (self));
  g_return_if_fail (priv->collection == NULL);

  priv->collection = g_object_ref (collection);
  priv->filter = gtk_custom_filter_new (filter_item, self, NULL);
  priv->filter_model = gtk_filter_list_model_new (g_object_ref (ch_collection_get_model (collection)),
                                                  GTK_FILTER (g_object_ref (priv->filter)));
  sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (priv->column_view));
  sort_model = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (priv->filter_model)),
                                        sorter != NULL ? g_object_ref (sorter) : NULL);
  selection = gtk_single_selection_new (G_LIST_MODEL (sort_model));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (priv->column_view), GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);

  g_signal_connect_object (collection, "loaded", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->filter_model, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  update_stack (self);
}

static void
on_setup_cell_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  Column                   *column)
{
  gtk_list_item_set_child (list_item, column->make ());
}

static void
on_bind_cell_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item,
                 Column                   *column)
{
  column->fill (gtk_list_item_get_child (list_item), gtk_list_item_get_item (list_item), column->page);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Column *column = user_data;
  int result = column->order ((ChItem *)a, (ChItem *)b);

  return result < 0 ? GTK_ORDERING_SMALLER : result > 0 ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

/**
 * ch_list_page_add_column:
 * @self: a page
 * @title: the column's heading
 * @make: makes a cell
 * @fill: shows an item in a cell
 * @order: (nullable): compares two items; makes the column sortable
 * @expand: whether it takes the width that is left
 *
 * Returns: (transfer none): the column
 */
GtkColumnViewColumn *
ch_list_page_add_column (ChListPage     *self,
                         const char     *title,
                         ChMakeCellFunc  make,
                         ChFillCellFunc  fill,
                         ChOrderFunc     order,
                         gboolean        expand)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;
  Column *functions = g_new0 (Column, 1);

  g_return_val_if_fail (CH_IS_LIST_PAGE (self), NULL);

  functions->page = self;
  functions->make = make;
  functions->fill = fill;
  functions->order = order;
  g_object_set_data_full (G_OBJECT (factory), "ch-column", functions, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cell_cb), functions);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cell_cb), functions);

  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (order != NULL)
    {
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, functions, NULL));

      gtk_column_view_column_set_sorter (column, sorter);
    }
  gtk_column_view_append_column (GTK_COLUMN_VIEW (priv->column_view), column);

  return column;
}

void
ch_list_page_set_empty (ChListPage *self,
                        const char *icon_name,
                        const char *title,
                        const char *description)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_if_fail (CH_IS_LIST_PAGE (self));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (priv->empty_page), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (priv->empty_page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (priv->empty_page), description);
}

void
ch_list_page_add_tool (ChListPage *self,
                       GtkWidget  *tool)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_if_fail (CH_IS_LIST_PAGE (self));

  gtk_box_append (GTK_BOX (priv->toolbar), tool);
}

void
ch_list_page_keep_tools (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_if_fail (CH_IS_LIST_PAGE (self));

  priv->keeps_tools = TRUE;
}

void
ch_list_page_refilter (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_if_fail (CH_IS_LIST_PAGE (self));

  if (priv->filter == NULL)
    return;

  gtk_filter_changed (GTK_FILTER (priv->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

GListModel *
ch_list_page_get_shown (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_LIST_PAGE (self), NULL);

  return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (priv->column_view)));
}
