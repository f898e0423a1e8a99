#pragma once

#include "ch-desk.h"

G_BEGIN_DECLS

/*
 * The desk's own thread for the windows: a store connection and a desk of its own, so that the main thread never
 * waits on a disk. Acts run one after the other.
 */
#define CH_TYPE_DESK_WORKER (ch_desk_worker_get_type ())
G_DECLARE_FINAL_TYPE (ChDeskWorker, ch_desk_worker, CH, DESK_WORKER, GObject)

/* Runs in the desk's thread; the answer is handed to the finish function, freed with the given function. */
typedef gpointer (*ChDeskFunc) (ChDesk        *desk,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

ChDeskWorker *ch_desk_worker_new        (const char           *data_dir,
                                         ChChangeHub          *hub,
                                         ChClock              *clock,
                                         const char           *who,
                                         GError              **error);
void          ch_desk_worker_close      (ChDeskWorker         *self);
void          ch_desk_worker_run_async  (ChDeskWorker         *self,
                                         ChDeskFunc            func,
                                         gpointer              data,
                                         GDestroyNotify        data_free,
                                         GDestroyNotify        answer_free,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gpointer      ch_desk_worker_run_finish (ChDeskWorker         *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
