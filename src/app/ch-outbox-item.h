#pragma once

#include "ch-desk.h"
#include "ch-item.h"
#include "ch-store-shared.h"

G_BEGIN_DECLS

/* A change on its way to Procore. */
#define CH_TYPE_OUTBOX_ITEM (ch_outbox_item_get_type ())
G_DECLARE_FINAL_TYPE (ChOutboxItem, ch_outbox_item, CH, OUTBOX_ITEM, ChItem)

const char    *ch_outbox_item_get_title      (ChOutboxItem  *self);
/* (nullable): the last attempt's problem */
const char    *ch_outbox_item_get_why        (ChOutboxItem  *self);
ChOutboxState  ch_outbox_item_get_state      (ChOutboxItem  *self);
gint64         ch_outbox_item_get_since      (ChOutboxItem  *self);
/* when it is tried next, Unix microseconds; in the past: as soon as its turn comes */
gint64         ch_outbox_item_get_not_before (ChOutboxItem  *self);
/* 0 for none */
gint64         ch_outbox_item_get_vendor_id  (ChOutboxItem  *self);

/* ChDeskFunc: (element-type ChOutboxItem): those that are set aside first, then in the order of their making */
gpointer       ch_outbox_items_load          (ChDesk        *desk,
                                              gpointer       data,
                                              GCancellable  *cancellable,
                                              GError       **error);

G_END_DECLS
