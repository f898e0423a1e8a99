#pragma once

#include "ch-change-hub.h"
#include "ch-desk-worker.h"
#include "ch-item.h"

G_BEGIN_DECLS

typedef enum {
  CH_COLLECTION_LOADING,
  CH_COLLECTION_READY,
  CH_COLLECTION_FAILED,
} ChCollectionState;

/*
 * A list that is kept like the store: loaded in the desk's thread, and again after a change of a kind that it shows.
 * ::loaded after each load, with whatever outcome.
 */
#define CH_TYPE_COLLECTION (ch_collection_get_type ())
G_DECLARE_FINAL_TYPE (ChCollection, ch_collection, CH, COLLECTION, GObject)

/* kinds: bits 1 << ChKind; id: what it is a list of, for @load as a gint64 */
ChCollection      *ch_collection_new         (ChDeskWorker *worker,
                                              ChDeskFunc    load,
                                              guint         kinds,
                                              gint64        id);
/* (transfer none): GListModel of ChItem */
GListModel        *ch_collection_get_model   (ChCollection *self);
ChCollectionState  ch_collection_get_state   (ChCollection *self);
/* (nullable): why it is CH_COLLECTION_FAILED */
const char        *ch_collection_get_problem (ChCollection *self);
void               ch_collection_note_change (ChCollection *self,
                                              ChKind        kind);
void               ch_collection_reload      (ChCollection *self);
void               ch_collection_close       (ChCollection *self);

G_END_DECLS
