#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ch-store-documents.h"
#include "ch-store-error-private.h"
#include "ch-store-private.h"

/*
 * data_dir/documents/ab/cdef…: the first two digits of the SHA-256, then the others. A document is written beside
 * them as incoming-XXXXXX, brought to stable storage and only then given its name. The writer holds a lock on its
 * incoming file, so that one whose writer has died can be told from one that grows.
 */

#define BLOCK_SIZE (64 * 1024)
#define INCOMING "incoming-"

typedef struct {
  char      *dir;
  char      *path;
  int        fd;
  GChecksum *checksum;
  gint64     size;
} Incoming;

/* What has no name of its own yet is removed. */
static void
incoming_free (Incoming *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self->path);
  g_free (self->dir);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Incoming, incoming_free)

char *
_ch_store_dup_documents_dir (ChStore *self)
{
  return g_build_filename (self->data_dir, "documents", NULL);
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
sync_dir (const char  *path,
          GError     **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    _ch_store_error_set_errno (error, errno, path);
  if (fd >= 0)
    close (fd);

  return ok;
}

/* A folder that is new is itself a change of the one above. */
static gboolean
make_dir (const char  *path,
          const char  *parent,
          GError     **error)
{
  if (g_mkdir (path, 0700) == 0)
    return sync_dir (parent, error);
  if (errno == EEXIST)
    return TRUE;

  _ch_store_error_set_errno (error, errno, path);

  return FALSE;
}

/* Between making the file and locking it a sweep may have taken it for a dead one's; then it is made again. */
static gboolean
create_incoming (Incoming  *self,
                 GError   **error)
{
  for (;;)
    {
      g_autofree char *path = g_build_filename (self->dir, INCOMING "XXXXXX", NULL);
      struct stat info;

      self->fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
      if (self->fd < 0)
        {
          _ch_store_error_set_errno (error, errno, self->dir);
          return FALSE;
        }
      /* Where the file system knows no locks the sweep gets none either and leaves all alone. */
      if ((flock (self->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
          (fstat (self->fd, &info) != 0 || info.st_nlink > 0))
        {
          self->path = g_steal_pointer (&path);
          return TRUE;
        }
      close (self->fd);
      self->fd = -1;
    }
}

static Incoming *
incoming_new (ChStore  *store,
              GError  **error)
{
  g_autoptr(Incoming) self = g_new0 (Incoming, 1);

  self->fd = -1;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->dir = _ch_store_dup_documents_dir (store);
  if (!make_dir (self->dir, store->data_dir, error) || !create_incoming (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
append (Incoming     *self,
        const guchar *data,
        gsize         length,
        GError      **error)
{
  g_checksum_update (self->checksum, data, (gssize) length);
  self->size += (gint64) length;

  while (length > 0)
    {
      gssize n = write (self->fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          _ch_store_error_set_errno (error, errno, self->dir);
          return FALSE;
        }
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* The same document again takes the place of the one that is there: the same bytes, unless those were damaged. */
static char *
give_name (Incoming  *self,
           GError   **error)
{
  const char *sha256 = g_checksum_get_string (self->checksum);
  const char first[] = { sha256[0], sha256[1], '\0' };
  g_autofree char *dir = g_build_filename (self->dir, first, NULL);
  g_autofree char *path = g_build_filename (dir, sha256 + 2, NULL);

  if (fsync (self->fd) != 0)
    {
      _ch_store_error_set_errno (error, errno, self->path);
      return NULL;
    }
  if (!make_dir (dir, self->dir, error))
    return NULL;
  if (g_rename (self->path, path) != 0)
    {
      _ch_store_error_set_errno (error, errno, path);
      return NULL;
    }
  g_clear_pointer (&self->path, g_free);
  if (!sync_dir (dir, error))
    return NULL;

  return g_strdup (sha256);
}

/**
 * ch_store_put_document:
 *
 * Returns: (transfer full): the SHA-256 of @bytes, which are on stable storage now; %NULL with @error
 */
char *
ch_store_put_document (ChStore  *self,
                       GBytes   *bytes,
                       GError  **error)
{
  g_autoptr(Incoming) incoming = NULL;
  gconstpointer data;
  gsize length;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  incoming = incoming_new (self, error);
  if (incoming == NULL || !append (incoming, data, length, error))
    return NULL;

  return give_name (incoming, error);
}

/* Waits where @fd is a pipe with nothing in it yet. -1 with @error. */
static gssize
read_block (int            fd,
            guchar        *block,
            GCancellable  *cancellable,
            GError       **error)
{
  for (;;)
    {
      struct pollfd source = { fd, POLLIN, 0 };
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return -1;
      n = read (fd, block, BLOCK_SIZE);
      if (n >= 0)
        return n;
      if (errno == EAGAIN || errno == EWOULDBLOCK)
        poll (&source, 1, 100);
      else if (errno != EINTR)
        break;
    }
  g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO, _("The file can’t be read (%s)."), g_strerror (errno));

  return -1;
}

static gboolean
append_all (Incoming      *self,
            int            fd,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree guchar *block = g_malloc (BLOCK_SIZE);

  for (;;)
    {
      gssize n = read_block (fd, block, cancellable, error);

      if (n <= 0)
        return n == 0;
      if (!append (self, block, (gsize) n, error))
        return FALSE;
    }
}

/**
 * ch_store_put_document_fd:
 * @fd: is read from where it stands to its end; it stays the caller's
 * @size: (out) (nullable): how many bytes that were
 *
 * Takes in a document block by block, however large it is.
 *
 * Returns: (transfer full): its SHA-256, the document being on stable storage now; %NULL with @error, and then nothing
 *   of it is kept
 */
char *
ch_store_put_document_fd (ChStore       *self,
                          int            fd,
                          gint64        *size,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(Incoming) incoming = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  incoming = incoming_new (self, error);
  if (incoming == NULL || !append_all (incoming, fd, cancellable, error))
    return NULL;
  if (size != NULL)
    *size = incoming->size;

  return give_name (incoming, error);
}

/**
 * ch_store_dup_document_path:
 *
 * Returns: (transfer full): where the document is, or would be
 */
char *
ch_store_dup_document_path (ChStore    *self,
                            const char *sha256)
{
  g_autofree char *dir = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (sha256 != NULL && is_sha256 (sha256), NULL);

  dir = _ch_store_dup_documents_dir (self);

  return g_strdup_printf ("%s/%.2s/%s", dir, sha256, sha256 + 2);
}

/**
 * ch_store_open_document:
 *
 * Returns: a descriptor for reading, which the caller closes; -1 with %CH_STORE_ERROR_NOT_FOUND where there is no such
 *   document
 */
int
ch_store_open_document (ChStore     *self,
                        const char  *sha256,
                        GError     **error)
{
  g_autofree char *path = NULL;
  int fd = -1;

  g_return_val_if_fail (CH_IS_STORE (self), -1);
  g_return_val_if_fail (sha256 != NULL, -1);

  errno = ENOENT;
  if (is_sha256 (sha256))
    {
      path = ch_store_dup_document_path (self, sha256);
      fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
  if (fd < 0 && errno == ENOENT)
    g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("There is no document %s."), sha256);
  else if (fd < 0)
    _ch_store_error_set_errno (error, errno, path);

  return fd;
}

gint64
_ch_store_get_document_size (ChStore    *self,
                             const char *sha256)
{
  g_autofree char *path = NULL;
  struct stat info;

  if (!is_sha256 (sha256))
    return -1;

  path = ch_store_dup_document_path (self, sha256);

  return stat (path, &info) == 0 && S_ISREG (info.st_mode) ? (gint64) info.st_size : -1;
}

char *
_ch_store_hash_document (ChStore       *self,
                         const char    *sha256,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK_SIZE);
  int fd = ch_store_open_document (self, sha256, error);
  gssize n = -1;

  while (fd >= 0 && (n = read_block (fd, block, cancellable, error)) > 0)
    g_checksum_update (checksum, block, n);
  if (fd >= 0)
    close (fd);

  return n == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/* Removes what a writer that died has left half done. */
void
_ch_store_sweep_documents (ChStore *self)
{
  g_autofree char *path = _ch_store_dup_documents_dir (self);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      int fd;

      if (!g_str_has_prefix (name, INCOMING))
        continue;
      fd = open (child, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
      if (fd < 0)
        continue;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        g_unlink (child);
      close (fd);
    }
}
