#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChBackupFunc:
 * @n_done: documents that are in the copy
 * @n_all: of so many
 */
typedef void (*ChBackupFunc) (guint    n_done,
                              guint    n_all,
                              gpointer user_data);

gboolean ch_store_backup  (ChStore       *self,
                           const char    *file,
                           GCancellable  *cancellable,
                           ChBackupFunc   func,
                           gpointer       user_data,
                           GPtrArray     *problems,
                           guint         *n_documents,
                           GError       **error);
gboolean ch_store_restore (const char    *file,
                           const char    *data_dir,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
