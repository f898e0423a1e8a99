#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/*
 * A page that shows a collection as a table: filter, sort, and what stands there while there is nothing to show.
 */
#define CH_TYPE_LIST_PAGE (ch_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ChListPage, ch_list_page, CH, LIST_PAGE, ChPage)

struct _ChListPageClass {
  ChPageClass parent_class;

  /* search: (nullable): by ch_item_split(), for ch_item_matches() */
  gboolean (*matches)  (ChListPage         *self,
                        ChItem             *item,
                        const char * const *search);
  void     (*activate) (ChListPage *self,
                        ChItem     *item);
  /* (nullable): whether it belongs to this part of the list, as ch_list_page_add_filter() numbered it */
  gboolean (*is_in)    (ChListPage *self,
                        ChItem     *item,
                        guint       filter);
  /* (nullable): whose files are that are dropped on this row */
  void     (*get_drop) (ChListPage *self,
                        ChItem     *item,
                        gint64     *vendor_id,
                        gint64     *project_id);
};

typedef GtkWidget *(*ChMakeCellFunc) (void);
typedef void       (*ChFillCellFunc) (GtkWidget  *cell,
                                      ChItem     *item,
                                      ChListPage *page);
typedef int        (*ChOrderFunc)    (ChItem     *a,
                                      ChItem     *b);

void        ch_list_page_set_collection (ChListPage     *self,
                                         ChCollection   *collection);
/* order: (nullable): makes the column sortable */
GtkColumnViewColumn *ch_list_page_add_column (ChListPage *self,
                                         const char     *title,
                                         ChMakeCellFunc  make,
                                         ChFillCellFunc  fill,
                                         ChOrderFunc     order,
                                         int             n_chars,
                                         gboolean        expand);
/* the column is left out while the page is narrower than @width pixels */
void        ch_list_page_set_column_from (ChListPage    *self,
                                         GtkColumnViewColumn *column,
                                         int             width);
/* a part of the list that can be shown alone; numbered from 1, 0 is all */
void        ch_list_page_add_filter     (ChListPage     *self,
                                         const char     *label,
                                         const char     *icon_name,
                                         const char     *style_class);
guint       ch_list_page_get_filter     (ChListPage     *self);
void        ch_list_page_set_filter     (ChListPage     *self,
                                         guint           filter);
void        ch_list_page_set_empty      (ChListPage     *self,
                                         const char     *icon_name,
                                         const char     *title,
                                         const char     *description);
/* above the list */
void        ch_list_page_add_tool       (ChListPage     *self,
                                         GtkWidget      *tool);
/* the tools stay while the list is empty: they tell something by themselves */
void        ch_list_page_keep_tools     (ChListPage     *self);
/* what matches() looks at changed */
void        ch_list_page_refilter       (ChListPage     *self);
/* what is shown, in the order shown */
GListModel *ch_list_page_get_shown      (ChListPage     *self);

/* cells that several lists use */
GtkWidget  *ch_list_cell_new_text       (void);
void        ch_list_cell_set_text       (GtkWidget      *cell,
                                         const char     *text);
GtkWidget  *ch_list_cell_new_title      (void);
/* detail: (nullable): a second, quieter line */
void        ch_list_cell_set_title      (GtkWidget      *cell,
                                         const char     *title,
                                         const char     *detail);
/* a day of a title cell, and how far away it is */
void        ch_list_cell_set_day        (GtkWidget      *cell,
                                         ChDate          day,
                                         ChListPage     *page);

G_END_DECLS
