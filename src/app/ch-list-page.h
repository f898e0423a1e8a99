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

  /* search: (nullable): folded by ch_item_fold() */
  gboolean (*matches)  (ChListPage *self,
                        ChItem     *item,
                        const char *search);
  void     (*activate) (ChListPage *self,
                        ChItem     *item);
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
                                         gboolean        expand);
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

G_END_DECLS
