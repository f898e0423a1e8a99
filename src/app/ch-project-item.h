#pragma once

#include "ch-desk.h"
#include "ch-item.h"
#include "ch-verdict.h"

G_BEGIN_DECLS

#define CH_TYPE_PROJECT_ITEM (ch_project_item_get_type ())
G_DECLARE_FINAL_TYPE (ChProjectItem, ch_project_item, CH, PROJECT_ITEM, ChItem)

const char *ch_project_item_get_name      (ChProjectItem *self);
const char *ch_project_item_get_number    (ChProjectItem *self);
const char *ch_project_item_get_stage     (ChProjectItem *self);
const char *ch_project_item_get_place     (ChProjectItem *self);
const char *ch_project_item_get_search    (ChProjectItem *self);
/* how many subs have a status of this colour; the ones nothing is asked of are in none */
guint       ch_project_item_get_count     (ChProjectItem *self,
                                           ChColour       colour);
guint       ch_project_item_get_n_subs    (ChProjectItem *self);
/* the first day on which a status of a sub changes by itself, or %CH_DATE_NONE */
ChDate      ch_project_item_get_changes_on (ChProjectItem *self);

/* ChDeskFunc: (element-type ChProjectItem), by name */
gpointer    ch_project_items_load         (ChDesk        *desk,
                                           gpointer       data,
                                           GCancellable  *cancellable,
                                           GError       **error);

G_END_DECLS
