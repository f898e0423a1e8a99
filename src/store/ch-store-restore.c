#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ch-store-backup.h"
#include "ch-store-error-private.h"
#include "ch-store-private.h"

/* A backup is taken apart beside the data folder and moved there once it is whole. Only what a backup holds is taken
 * from it: one database, and documents under names that their content proves. */

#define HEX "0123456789abcdef"
/* "documents/" and two digits, a slash, the other sixty-two */
#define DOCUMENTS "documents/"
#define DIGITS_OF_FOLDER 2
#define DIGITS_OF_FILE 62

typedef struct archive Reader;

static void
reader_done (Reader *reader)
{
  archive_read_free (reader);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_done)

static gboolean
fail (GError     **error,
      const char  *why)
{
  g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT, _("This is no whole backup of Certholder: %s"), why);

  return FALSE;
}

/* The document's SHA-256 as its name has it; NULL where the name is none of a document. */
static char *
dup_sha256 (const char *name)
{
  const char *digits = name + strlen (DOCUMENTS);

  if (!g_str_has_prefix (name, DOCUMENTS) || strspn (digits, HEX) != DIGITS_OF_FOLDER ||
      digits[DIGITS_OF_FOLDER] != '/' || strspn (digits + DIGITS_OF_FOLDER + 1, HEX) != DIGITS_OF_FILE ||
      digits[DIGITS_OF_FOLDER + 1 + DIGITS_OF_FILE] != '\0')
    return NULL;

  return g_strdup_printf ("%.2s%s", digits, digits + DIGITS_OF_FOLDER + 1);
}

static gboolean
write_all (int            fd,
           const guchar  *data,
           gsize          length,
           const char    *path,
           GError       **error)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          _ch_store_error_set_errno (error, errno, path);
          return FALSE;
        }
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static gboolean
copy_entry (Reader        *reader,
            int            fd,
            const char    *path,
            GChecksum     *hash,
            GCancellable  *cancellable,
            GError       **error)
{
  const void *block;
  gsize length;
  la_int64_t offset;
  int code;

  while ((code = archive_read_data_block (reader, &block, &length, &offset)) == ARCHIVE_OK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !write_all (fd, block, length, path, error))
        return FALSE;
      g_checksum_update (hash, block, (gssize) length);
    }
  if (code != ARCHIVE_EOF)
    return fail (error, archive_error_string (reader));
  if (fsync (fd) == 0)
    return TRUE;

  _ch_store_error_set_errno (error, errno, path);

  return FALSE;
}

static gboolean
take_entry (Reader                *reader,
            struct archive_entry  *entry,
            const char            *dir,
            GCancellable          *cancellable,
            gboolean              *has_database,
            GError               **error)
{
  const char *name = archive_entry_pathname (entry);
  gboolean is_database = g_strcmp0 (name, "certholder.db") == 0;
  g_autofree char *sha256 = name != NULL && !is_database ? dup_sha256 (name) : NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autoptr(GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean ok;
  int fd;

  if (archive_entry_filetype (entry) != AE_IFREG || (!is_database && sha256 == NULL))
    return fail (error, _("it holds something else"));

  path = g_build_filename (dir, name, NULL);
  folder = g_path_get_dirname (path);
  if (!_ch_store_make_private_dir (folder, error))
    return FALSE;
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      _ch_store_error_set_errno (error, errno, path);
      return FALSE;
    }
  ok = copy_entry (reader, fd, path, hash, cancellable, error);
  close (fd);
  *has_database |= is_database;

  return ok && (is_database || g_str_equal (g_checksum_get_string (hash), sha256) ||
                fail (error, _("a document in it is damaged")));
}

static gboolean
take_all (const char    *file,
          const char    *dir,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(Reader) reader = archive_read_new ();
  struct archive_entry *entry;
  gboolean has_database = FALSE;
  int code;

  archive_read_support_format_tar (reader);
  archive_read_support_filter_all (reader);
  if (archive_read_open_filename (reader, file, 64 * 1024) != ARCHIVE_OK)
    return fail (error, archive_error_string (reader));

  while ((code = archive_read_next_header (reader, &entry)) == ARCHIVE_OK)
    {
      if (!take_entry (reader, entry, dir, cancellable, &has_database, error))
        return FALSE;
    }
  if (code != ARCHIVE_EOF)
    return fail (error, archive_error_string (reader));

  return has_database || fail (error, _("it has no database"));
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/**
 * ch_store_restore:
 * @file: a backup
 * @data_dir: the folder that is to hold it; must not be there yet, or be empty
 *
 * Nothing of what is there is ever replaced: who restores moves the old folder aside first.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_CORRUPT where @file is no whole backup, %CH_STORE_ERROR_EXISTS where @data_dir
 *   holds something
 */
gboolean
ch_store_restore (const char    *file,
                  const char    *data_dir,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *parent = NULL;
  gboolean ok;

  g_return_val_if_fail (file != NULL && data_dir != NULL, FALSE);

  clean = g_canonicalize_filename (data_dir, NULL);
  if (g_rmdir (clean) != 0 && errno != ENOENT)
    {
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS, _("%s is not empty. Move it aside first."), clean);
      return FALSE;
    }
  parent = g_path_get_dirname (clean);
  dir = g_strconcat (clean, ".restore-XXXXXX", NULL);
  if (!_ch_store_make_private_dir (parent, error))
    return FALSE;
  if (g_mkdtemp_full (dir, 0700) == NULL)
    {
      _ch_store_error_set_errno (error, errno, dir);
      return FALSE;
    }

  ok = take_all (file, dir, cancellable, error);
  if (ok && g_rename (dir, clean) != 0)
    {
      _ch_store_error_set_errno (error, errno, clean);
      ok = FALSE;
    }
  if (!ok)
    remove_folder (dir);

  return ok;
}
