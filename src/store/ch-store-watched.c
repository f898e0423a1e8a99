#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-private.h"
#include "ch-store-watched.h"

enum {
  WATCHED_PATH,
  WATCHED_SIZE,
  WATCHED_MODIFIED_AT,
  WATCHED_SHA256,
};

void
ch_watched_file_free (ChWatchedFile *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

gboolean
ch_store_put_watched_file (ChStore              *self,
                           const ChWatchedFile  *file,
                           const char           *problem,
                           GError              **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (file != NULL && file->path != NULL, FALSE);

  query = _ch_store_query (self, "put-watched-file");
  _ch_query_bind_text (query, file->path);
  _ch_query_bind_integer (query, file->size);
  _ch_query_bind_integer (query, file->modified_at);
  _ch_query_bind_text (query, file->sha256);
  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_text (query, problem);

  return _ch_query_run (query, error);
}

/**
 * ch_store_list_watched_files:
 *
 * Returns: (transfer full) (element-type utf8 ChWatchedFile): all that were ever looked at, by path
 */
GHashTable *
ch_store_list_watched_files (ChStore  *self,
                             GError  **error)
{
  g_autoptr(GHashTable) files = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ch_watched_file_free);
  query = _ch_store_query (self, "list-watched-files");
  while (_ch_query_next (query))
    {
      ChWatchedFile *file = g_new0 (ChWatchedFile, 1);

      file->path = _ch_query_dup_text (query, WATCHED_PATH);
      file->size = _ch_query_get_integer (query, WATCHED_SIZE);
      file->modified_at = _ch_query_get_integer (query, WATCHED_MODIFIED_AT);
      file->sha256 = _ch_query_dup_text (query, WATCHED_SHA256);
      g_hash_table_insert (files, file->path, file);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&files) : NULL;
}
