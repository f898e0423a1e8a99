#pragma once

#include "ch-desk.h"
#include "ch-item.h"

G_BEGIN_DECLS

/* Something that both sides changed and that a person has to settle. */
#define CH_TYPE_CONFLICT_ITEM (ch_conflict_item_get_type ())
G_DECLARE_FINAL_TYPE (ChConflictItem, ch_conflict_item, CH, CONFLICT_ITEM, ChItem)

/* whether it asks if what Procore no longer lists is really gone; the values are then how many there are */
gboolean    ch_conflict_item_is_removal (ChConflictItem *self);
/* which record, in words */
const char *ch_conflict_item_get_title  (ChConflictItem *self);
const char *ch_conflict_item_get_field  (ChConflictItem *self);
/* what both sides last agreed on */
const char *ch_conflict_item_get_base   (ChConflictItem *self);
const char *ch_conflict_item_get_local  (ChConflictItem *self);
const char *ch_conflict_item_get_remote (ChConflictItem *self);

/* ChDeskFunc: (element-type ChConflictItem) */
gpointer    ch_conflict_items_load      (ChDesk         *desk,
                                         gpointer        data,
                                         GCancellable   *cancellable,
                                         GError        **error);

G_END_DECLS
