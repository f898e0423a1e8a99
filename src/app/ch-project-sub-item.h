#pragma once

#include "ch-desk.h"
#include "ch-item.h"
#include "ch-verdict.h"

G_BEGIN_DECLS

/* A sub on one project. */
#define CH_TYPE_PROJECT_SUB_ITEM (ch_project_sub_item_get_type ())
G_DECLARE_FINAL_TYPE (ChProjectSubItem, ch_project_sub_item, CH, PROJECT_SUB_ITEM, ChItem)

const char *ch_project_sub_item_get_name        (ChProjectSubItem *self);
const char *ch_project_sub_item_get_search      (ChProjectSubItem *self);
/* why it has its status, as one line; empty where there is nothing to say */
const char *ch_project_sub_item_get_reasons     (ChProjectSubItem *self);
/* its contracts' numbers */
const char *ch_project_sub_item_get_commitments (ChProjectSubItem *self);
ChStatus    ch_project_sub_item_get_status      (ChProjectSubItem *self);
ChDate      ch_project_sub_item_get_changes_on  (ChProjectSubItem *self);

/* ChDeskFunc: (element-type ChProjectSubItem): the subs of the project whose id @data points to, worst first */
gpointer    ch_project_sub_items_load           (ChDesk           *desk,
                                                 gpointer          data,
                                                 GCancellable     *cancellable,
                                                 GError          **error);

G_END_DECLS
