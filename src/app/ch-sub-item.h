#pragma once

#include "ch-desk.h"
#include "ch-item.h"
#include "ch-verdict.h"

G_BEGIN_DECLS

#define CH_TYPE_SUB_ITEM (ch_sub_item_get_type ())
G_DECLARE_FINAL_TYPE (ChSubItem, ch_sub_item, CH, SUB_ITEM, ChItem)

const char *ch_sub_item_get_name       (ChSubItem     *self);
const char *ch_sub_item_get_trades     (ChSubItem     *self);
const char *ch_sub_item_get_place      (ChSubItem     *self);
const char *ch_sub_item_get_search     (ChSubItem     *self);
/* the worst over its projects; %CH_STATUS_NOT_REQUIRED where it works on none */
ChStatus    ch_sub_item_get_status     (ChSubItem     *self);
/* the first day on which any of its statuses changes by itself, or %CH_DATE_NONE */
ChDate      ch_sub_item_get_changes_on (ChSubItem     *self);
guint       ch_sub_item_get_n_projects (ChSubItem     *self);

/* ChDeskFunc: (element-type ChSubItem), by name */
gpointer    ch_sub_items_load          (ChDesk        *desk,
                                        gpointer       data,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
