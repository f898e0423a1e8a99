#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/*
 * Documents on disk, by SHA-256 (lower-case hex): on stable storage before a row may refer to them. Putting the same
 * bytes twice is one document. No transaction is needed.
 */
char     *ch_store_put_document      (ChStore *self, GBytes *bytes, GError **error);
char     *ch_store_put_document_fd   (ChStore *self, int fd, gint64 *size, GCancellable *cancellable, GError **error);
int       ch_store_open_document     (ChStore *self, const char *sha256, GError **error);
char     *ch_store_dup_document_path (ChStore *self, const char *sha256);

G_END_DECLS
