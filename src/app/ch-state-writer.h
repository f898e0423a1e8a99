#pragma once

#include "ch-desk-worker.h"

G_BEGIN_DECLS

/* Writes small settings (see ch_store_set_state()) in the desk's thread. */
void     ch_state_write_async  (ChDeskWorker        *worker,
                                GHashTable          *values,
                                gboolean             judge,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean ch_state_write_finish (ChDeskWorker        *worker,
                                GAsyncResult        *result,
                                GError             **error);

G_END_DECLS
