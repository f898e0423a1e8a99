#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-list-page.h"

#include "ch-filter-bar.h"
#include "ch-text-cell.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget          *head;
  GtkWidget          *toolbar;
  ChFilterBar        *filter_bar;
  GtkWidget          *stack;
  GtkWidget          *spinner;
  GtkWidget          *scroller;
  GtkWidget          *empty_page;
  GtkWidget          *failed_page;
  GtkWidget          *column_view;

  ChCollection       *collection;
  GtkCustomFilter    *filter;
  GtkFilterListModel *filter_model;
  char              **search;       /* (nullable): from ch_item_split() */
  GtkWidget          *pointed_row;  /* (nullable) (unowned): weak; files are held over it */
  guint               width_id;     /* an idle that leaves columns out, or takes them in */
  gboolean            keeps_tools;
  gboolean            wants_focus;  /* shown before there was a row to begin at */
} ChListPagePrivate;

/* A column's functions; lives as long as its factory. */
typedef struct {
  ChListPage     *page;
  ChMakeCellFunc  make;
  ChFillCellFunc  fill;
  ChOrderFunc     order;   /* (nullable) */
  int             n_chars; /* how wide its texts like to be */
} Column;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChListPage, ch_list_page, CH_TYPE_PAGE)

static void
update_head (ChListPage *self,
             gboolean    has_items)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  gboolean has_tools = gtk_widget_get_first_child (priv->toolbar) != NULL && (priv->keeps_tools || has_items);
  gboolean has_filters = ch_filter_bar_get_n (priv->filter_bar) > 0 && has_items;

  gtk_widget_set_visible (priv->toolbar, has_tools);
  gtk_widget_set_visible (GTK_WIDGET (priv->filter_bar), has_filters);
  gtk_widget_set_visible (priv->head, has_tools || has_filters);
}

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
  /* out of sight a spinner would still make a frame of the whole window sixty times a second */
  gtk_spinner_set_spinning (GTK_SPINNER (priv->spinner), g_str_equal (name, "loading"));
  update_head (self, n_all > 0 && state != CH_COLLECTION_FAILED);
  if (priv->wants_focus && g_str_equal (name, "list"))
    {
      priv->wants_focus = FALSE;
      gtk_widget_grab_focus (priv->column_view);
    }
}

/* How many belong to each part; the search does not change it. */
static void
update_counts (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  GListModel *model = ch_collection_get_model (priv->collection);
  guint n_filters = ch_filter_bar_get_n (priv->filter_bar);
  guint n_items = g_list_model_get_n_items (model);
  g_autofree guint *counts = g_new0 (guint, n_filters);

  if (n_filters == 0)
    return;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(ChItem) item = g_list_model_get_item (model, i);

      for (guint filter = 1; filter < n_filters; filter++)
        counts[filter] += CH_LIST_PAGE_GET_CLASS (self)->is_in (self, item, filter) ? 1 : 0;
    }
  counts[0] = n_items;
  for (guint filter = 0; filter < n_filters; filter++)
    ch_filter_bar_set_count (priv->filter_bar, filter, counts[filter]);
}

static void
on_loaded_cb (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  update_counts (self);
  /* what is in the chosen part may have changed without a row coming or going */
  if (ch_filter_bar_get_selected (priv->filter_bar) > 0)
    gtk_filter_changed (GTK_FILTER (priv->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static gboolean
filter_item (gpointer item,
             gpointer user_data)
{
  ChListPage *self = user_data;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  guint filter = ch_filter_bar_get_selected (priv->filter_bar);

  return (filter == 0 || CH_LIST_PAGE_GET_CLASS (self)->is_in (self, item, filter))
         && CH_LIST_PAGE_GET_CLASS (self)->matches (self, item, (const char * const *)priv->search);
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
on_show_all_cb (GtkButton  *button,
                ChListPage *self)
{
  ch_list_page_set_filter (self, 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.end-search", NULL);
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

  g_strfreev (priv->search);
  priv->search = ch_item_split (text);
  ch_list_page_refilter (self);
}

static void
ch_list_page_shown (ChPage *page)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private ((ChListPage *)page);

  priv->wants_focus = g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (priv->stack)), "list") != 0;
  if (!priv->wants_focus)
    gtk_widget_grab_focus (priv->column_view);
}

/* The row of the table at or above a widget, by what GTK calls it in CSS: it has no public type. */
static GtkWidget *
find_row (GtkWidget *widget)
{
  while (widget != NULL && g_strcmp0 (gtk_widget_get_css_name (widget), "row") != 0)
    widget = gtk_widget_get_parent (widget);

  return widget;
}

/* What the row shows: its cells know. */
static ChItem *
find_item (GtkWidget *row)
{
  for (GtkWidget *cell = row != NULL ? gtk_widget_get_first_child (row) : NULL; cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *child = gtk_widget_get_first_child (cell);
      GtkListItem *list_item = child != NULL ? g_object_get_data (G_OBJECT (child), "ch-list-item") : NULL;

      if (list_item != NULL)
        return gtk_list_item_get_item (list_item);
    }

  return NULL;
}

static void
ch_list_page_point (ChPage    *page,
                    GtkWidget *widget,
                    double     x,
                    double     y)
{
  ChListPage *self = (ChListPage *)page;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  GtkWidget *row = widget != NULL ? find_row (gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT)) : NULL;
  ChItem *item = row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self)) ? find_item (row) : NULL;
  gint64 vendor_id = 0, project_id = 0;

  if (priv->pointed_row != NULL)
    gtk_widget_remove_css_class (priv->pointed_row, "drop-here");
  g_clear_weak_pointer (&priv->pointed_row);
  if (item == NULL || CH_LIST_PAGE_GET_CLASS (self)->get_drop == NULL)
    return;

  CH_LIST_PAGE_GET_CLASS (self)->get_drop (self, item, &vendor_id, &project_id);
  ch_page_set_pointed (page, vendor_id, project_id);
  g_set_weak_pointer (&priv->pointed_row, row);
  gtk_widget_add_css_class (row, "drop-here");
}

static void
ch_list_page_dispose (GObject *object)
{
  ChListPage *self = (ChListPage *)object;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_clear_handle_id (&priv->width_id, g_source_remove);
  g_clear_weak_pointer (&priv->pointed_row);
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

  g_strfreev (priv->search);

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
  CH_PAGE_CLASS (klass)->point = ch_list_page_point;

  g_type_ensure (CH_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, head);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, toolbar);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, filter_bar);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, empty_page);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, failed_page);
  gtk_widget_class_bind_template_child_private (widget_class, ChListPage, column_view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, ch_list_page_refilter);
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

static gboolean
on_width_changed_cb (gpointer user_data)
{
  ChListPage *self = user_data;
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (priv->scroller));
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (priv->column_view));
  int width = (int)gtk_adjustment_get_page_size (across);

  priv->width_id = 0;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int from = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "ch-from-width"));

      gtk_column_view_column_set_visible (column, width >= from);
    }

  return G_SOURCE_REMOVE;
}

/* Columns must not come and go while the room is being given out. */
static void
note_width (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  if (priv->width_id == 0)
    priv->width_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_width_changed_cb, self, NULL);
}

static void
ch_list_page_init (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (priv->scroller)),
                           "notify::page-size", G_CALLBACK (note_width), self, G_CONNECT_SWAPPED);
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

  g_signal_connect_object (collection, "loaded", G_CALLBACK (on_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->filter_model, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  update_counts (self);
  update_stack (self);
}

static void
on_setup_cell_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  Column                   *column)
{
  GtkWidget *cell = column->make ();

  if (CH_IS_TEXT_CELL (cell))
    ch_text_cell_set_width_chars (CH_TEXT_CELL (cell), column->n_chars);
  g_object_set_data (G_OBJECT (cell), "ch-list-item", list_item);
  gtk_list_item_set_child (list_item, cell);
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
 * @n_chars: how wide its text likes to be; 0 for other cells
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
                         int             n_chars,
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
  functions->n_chars = n_chars;
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

/**
 * ch_list_page_set_column_from:
 * @self: a page
 * @column: one of its columns
 * @width: in pixels: where the page is narrower, the column is left out
 */
void
ch_list_page_set_column_from (ChListPage          *self,
                              GtkColumnViewColumn *column,
                              int                  width)
{
  g_return_if_fail (CH_IS_LIST_PAGE (self));
  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));

  g_object_set_data (G_OBJECT (column), "ch-from-width", GINT_TO_POINTER (width));
}

/**
 * ch_list_page_add_filter:
 * @self: a page whose class has is_in()
 * @label: what the part is called
 * @icon_name: (nullable): its shape
 * @style_class: (nullable): its colour
 *
 * Parts are numbered from 1 in the order of adding.
 */
void
ch_list_page_add_filter (ChListPage *self,
                         const char *label,
                         const char *icon_name,
                         const char *style_class)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_if_fail (CH_IS_LIST_PAGE (self));
  g_return_if_fail (CH_LIST_PAGE_GET_CLASS (self)->is_in != NULL);

  if (ch_filter_bar_get_n (priv->filter_bar) == 0)
    /* Translators: all rows of a list, beside its parts */
    ch_filter_bar_add (priv->filter_bar, C_("filter", "All"), NULL, NULL);
  ch_filter_bar_add (priv->filter_bar, label, icon_name, style_class);
}

guint
ch_list_page_get_filter (ChListPage *self)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_LIST_PAGE (self), 0);

  return ch_filter_bar_get_selected (priv->filter_bar);
}

void
ch_list_page_set_filter (ChListPage *self,
                         guint       filter)
{
  ChListPagePrivate *priv = ch_list_page_get_instance_private (self);

  g_return_if_fail (CH_IS_LIST_PAGE (self));

  if (filter < ch_filter_bar_get_n (priv->filter_bar))
    ch_filter_bar_set_selected (priv->filter_bar, filter);
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
