#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChWatchedFile:
 * @modified_at: Unix microseconds
 * @sha256: (nullable): of its content; %NULL where it was no document
 *
 * A file of the watched folder, as it was when it was looked at.
 */
typedef struct {
  char   *path;
  gint64  size;
  gint64  modified_at;
  char   *sha256;
} ChWatchedFile;

void        ch_watched_file_free        (ChWatchedFile        *self);

/* Remembers that the file, as it is, has been looked at. @problem: (nullable): why nothing was taken from it */
gboolean    ch_store_put_watched_file   (ChStore              *self,
                                         const ChWatchedFile  *file,
                                         const char           *problem,
                                         GError              **error);
/* (transfer full) (element-type utf8 ChWatchedFile): by path */
GHashTable *ch_store_list_watched_files (ChStore              *self,
                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChWatchedFile, ch_watched_file_free)

G_END_DECLS
