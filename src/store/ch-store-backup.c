#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ch-store-backup.h"
#include "ch-store-documents.h"
#include "ch-store-error-private.h"
#include "ch-store-private.h"

/* A backup is a tar file of the database, as of one moment, and of every document that it refers to, laid out as in the
 * data folder: any tar can take it apart. Others may go on working meanwhile. */

#define BLOCK_SIZE (256 * 1024)

typedef struct archive Archive;

static void
archive_done (Archive *archive)
{
  archive_write_free (archive);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_done)

static gboolean
check (Archive  *archive,
       int       code,
       GError  **error)
{
  if (code == ARCHIVE_OK)
    return TRUE;

  g_set_error (error, CH_STORE_ERROR, archive_errno (archive) == ENOSPC ? CH_STORE_ERROR_FULL : CH_STORE_ERROR_IO,
               _("The backup can’t be written: %s"), archive_error_string (archive));

  return FALSE;
}

static gboolean
add_header (Archive      *archive,
            const char   *name,
            struct stat  *info,
            GError      **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean ok;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, info->st_size);
  archive_entry_set_mtime (entry, info->st_mtime, 0);
  ok = check (archive, archive_write_header (archive, entry), error);
  archive_entry_free (entry);

  return ok;
}

/* Copies the whole of @fd. @hash: (nullable): is fed with it */
static gboolean
add_file (Archive       *archive,
          const char    *name,
          int            fd,
          GChecksum     *hash,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree guchar *block = g_malloc (BLOCK_SIZE);
  struct stat info;
  gssize n;

  if (fstat (fd, &info) != 0)
    {
      _ch_store_error_set_errno (error, errno, name);
      return FALSE;
    }
  if (!add_header (archive, name, &info, error))
    return FALSE;

  while ((n = read (fd, block, BLOCK_SIZE)) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          _ch_store_error_set_errno (error, errno, name);
          return FALSE;
        }
      if (hash != NULL)
        g_checksum_update (hash, block, n);
      if (archive_write_data (archive, block, (gsize) n) != n)
        return check (archive, ARCHIVE_FATAL, error);
    }

  return TRUE;
}

static gboolean
add_path (Archive       *archive,
          const char    *name,
          const char    *path,
          GCancellable  *cancellable,
          GError       **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    {
      _ch_store_error_set_errno (error, errno, path);
      return FALSE;
    }
  ok = add_file (archive, name, fd, NULL, cancellable, error);
  close (fd);

  return ok;
}

/* A document that is damaged or not there is told, and the others are saved all the same. */
static gboolean
add_document (ChStore       *self,
              Archive       *archive,
              const char    *sha256,
              GCancellable  *cancellable,
              GPtrArray     *problems,
              GError       **error)
{
  g_autoptr(GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GError) local_error = NULL;
  g_autofree char *name = g_strdup_printf ("documents/%.2s/%s", sha256, sha256 + 2);
  int fd = ch_store_open_document (self, sha256, &local_error);
  gboolean ok;

  if (fd < 0)
    {
      g_ptr_array_add (problems, g_strdup (local_error->message));
      return TRUE;
    }
  ok = add_file (archive, name, fd, hash, cancellable, error);
  close (fd);
  if (ok && !g_str_equal (g_checksum_get_string (hash), sha256))
    g_ptr_array_add (problems, g_strdup_printf (_("Document %s is damaged."), sha256));

  return ok;
}

static GPtrArray *
list_documents (ChStore  *self,
                GError  **error)
{
  g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-documents");

  while (_ch_query_next (query))
    g_ptr_array_add (documents, _ch_query_dup_text (query, 0));

  return _ch_query_finish (query, error) ? g_steal_pointer (&documents) : NULL;
}

/* Documents are on disk before a row refers to them and are never removed: those that the copy refers to are among
 * those listed after it was made. */
static gboolean
add_documents (ChStore       *self,
               Archive       *archive,
               GCancellable  *cancellable,
               ChBackupFunc   func,
               gpointer       user_data,
               GPtrArray     *problems,
               guint         *n_documents,
               GError       **error)
{
  g_autoptr(GPtrArray) documents = list_documents (self, error);

  if (documents == NULL)
    return FALSE;

  for (guint i = 0; i < documents->len; i++)
    {
      if (!add_document (self, archive, g_ptr_array_index (documents, i), cancellable, problems, error))
        return FALSE;
      if (func != NULL)
        func (i + 1, documents->len, user_data);
    }
  *n_documents = documents->len;

  return TRUE;
}

/* The database as of one moment, without the pages that nothing uses. */
static gboolean
copy_database (ChStore     *self,
               const char  *path,
               GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "write-copy");

  _ch_query_bind_text (query, path);

  return _ch_query_run (query, error);
}

static gboolean
write_archive (ChStore       *self,
               int            fd,
               const char    *database,
               GCancellable  *cancellable,
               ChBackupFunc   func,
               gpointer       user_data,
               GPtrArray     *problems,
               guint         *n_documents,
               GError       **error)
{
  g_autoptr(Archive) archive = archive_write_new ();

  if (!check (archive, archive_write_set_format_pax_restricted (archive), error) ||
      !check (archive, archive_write_open_fd (archive, fd), error) ||
      !add_path (archive, "certholder.db", database, cancellable, error) ||
      !add_documents (self, archive, cancellable, func, user_data, problems, n_documents, error) ||
      !check (archive, archive_write_close (archive), error))
    return FALSE;
  if (fsync (fd) == 0)
    return TRUE;

  _ch_store_error_set_errno (error, errno, database);

  return FALSE;
}

/**
 * ch_store_backup:
 * @file: is replaced once the copy is whole, and left as it is where something goes wrong
 * @cancellable: (nullable): ends it early
 * @func: (nullable): is told how far it is
 * @problems: (element-type utf8): gets a sentence for each document that is damaged or missing
 * @n_documents: (out): how many there are
 *
 * Must not be called inside a transaction.
 *
 * Returns: %FALSE with @error set where no copy could be made
 */
gboolean
ch_store_backup (ChStore       *self,
                 const char    *file,
                 GCancellable  *cancellable,
                 ChBackupFunc   func,
                 gpointer       user_data,
                 GPtrArray     *problems,
                 guint         *n_documents,
                 GError       **error)
{
  g_autofree char *database = NULL;
  g_autofree char *part = NULL;
  gboolean ok;
  int fd;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (!ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (file != NULL && problems != NULL && n_documents != NULL, FALSE);

  part = g_strconcat (file, ".XXXXXX", NULL);
  fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      _ch_store_error_set_errno (error, errno, file);
      return FALSE;
    }
  database = g_strconcat (part, ".db", NULL);

  ok = copy_database (self, database, error) &&
       write_archive (self, fd, database, cancellable, func, user_data, problems, n_documents, error);
  close (fd);
  if (ok && g_rename (part, file) != 0)
    {
      _ch_store_error_set_errno (error, errno, file);
      ok = FALSE;
    }
  g_unlink (database);
  if (!ok)
    g_unlink (part);

  return ok;
}
