#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ch-store-error-private.h"
#include "ch-store-private.h"

#define LOCK_NAME "sync.lock"

struct _ChSyncLock
{
  int fd;
};

/* 0 where the holder has not written it yet */
static gint64
read_holder (int fd)
{
  char text[32] = "";
  gssize n = pread (fd, text, sizeof text - 1, 0);

  return n > 0 ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
write_holder (int          fd,
              const char  *path,
              GError     **error)
{
  g_autofree char *text = g_strdup_printf ("%" PRId64 "\n", (gint64) getpid ());

  if (ftruncate (fd, 0) == 0 && pwrite (fd, text, strlen (text), 0) == (gssize) strlen (text))
    return TRUE;

  _ch_store_error_set_errno (error, errno, path);

  return FALSE;
}

static void
set_busy (GError **error,
          gint64   holder)
{
  if (holder != 0)
    g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY,
                 _("Another Certholder (process %" PRId64 ") is syncing this data already. "
                   "Close it, or let it do the work."),
                 holder);
  else
    g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY,
                         _("Another Certholder is syncing this data already. Close it, or let it do the work."));
}

/**
 * ch_sync_lock_acquire:
 * @data_dir: the folder of the database
 *
 * Takes the right to sync. It is a lock of the kernel's on an open file (flock), so it ends with the process, however
 * that ends; the file itself stays and only says who holds it.
 *
 * Returns: (transfer full): the lock, or %NULL with %CH_STORE_ERROR_BUSY where another process, or another part of
 *   this one, holds it
 */
ChSyncLock *
ch_sync_lock_acquire (const char  *data_dir,
                      GError     **error)
{
  g_autofree char *path = NULL;
  ChSyncLock *self;
  int fd;

  g_return_val_if_fail (data_dir != NULL, NULL);

  if (!_ch_store_make_private_dir (data_dir, error))
    return NULL;

  path = g_build_filename (data_dir, LOCK_NAME, NULL);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      _ch_store_error_set_errno (error, errno, path);
      return NULL;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK)
        set_busy (error, read_holder (fd));
      else
        _ch_store_error_set_errno (error, errno, path);
      close (fd);
      return NULL;
    }
  if (!write_holder (fd, path, error))
    {
      close (fd);
      return NULL;
    }

  self = g_new0 (ChSyncLock, 1);
  self->fd = fd;

  return self;
}

/**
 * ch_sync_lock_release:
 * @lock: (nullable) (transfer full): the lock
 */
void
ch_sync_lock_release (ChSyncLock *lock)
{
  if (lock == NULL)
    return;

  close (lock->fd);
  g_free (lock);
}
