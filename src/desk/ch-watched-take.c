#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ch-desk-private.h"
#include "ch-file-kind.h"
#include "ch-store-documents.h"
#include "ch-watched-folder-private.h"

/*
 * When is a file complete? Its name must not be one that programs give to what they have not finished. Nobody may have
 * it open for writing: the kernel knows, and grants a read lease only then (fcntl(2), on local file systems and for the
 * file's owner). A PDF must have its end. And it must be the same after it was copied as before. The folder besides
 * lets it settle for a while before it comes here.
 */

#define TAIL 2048
#define END_OF_PDF "%%EOF"
#define START_OF_PDF "%PDF-"

ChWatchedTake *
_ch_watched_take_new (const ChWatchedFile *file,
                      gboolean             is_patient)
{
  ChWatchedTake *self = g_new0 (ChWatchedTake, 1);

  self->file = g_new0 (ChWatchedFile, 1);
  self->file->path = g_strdup (file->path);
  self->file->size = file->size;
  self->file->modified_at = file->modified_at;
  self->is_patient = is_patient;
  self->fd = -1;

  return self;
}

void
_ch_watched_take_free (ChWatchedTake *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  ch_watched_file_free (self->file);
  g_clear_pointer (&self->reading, ch_reading_free);
  g_clear_error (&self->read_error);
  g_clear_pointer (&self->filed, g_ptr_array_unref);
  g_free (self->problem);
  g_free (self);
}

char *
_ch_watched_load_path (ChDesk  *desk,
                       GError **error)
{
  return ch_store_dup_state (ch_desk_get_store (desk), CH_SETTING_WATCHED_FOLDER, error);
}

static gint64
get_modified_at (const struct stat *info)
{
  return (gint64)info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
}

/* Names of files that are hidden, or that programs are still writing. */
static gboolean
is_unfinished_name (const char *name)
{
  static const char * const ends[] = { "~", ".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", ".lock" };

  if (name[0] == '.')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);

      if (g_str_has_suffix (lower, ends[i]))
        return TRUE;
    }

  return FALSE;
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const ChWatchedFile *left = *(const ChWatchedFile * const *)a;
  const ChWatchedFile *right = *(const ChWatchedFile * const *)b;

  if (left->modified_at != right->modified_at)
    return left->modified_at < right->modified_at ? -1 : 1;

  return g_strcmp0 (left->path, right->path);
}

static void
add_found (GPtrArray  *found,
           GHashTable *known,
           const char *path)
{
  const ChWatchedFile *before = g_hash_table_lookup (known, path);
  ChWatchedFile *file;
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return;
  if (before != NULL && before->size == info.st_size && before->modified_at == get_modified_at (&info))
    return;

  file = g_new0 (ChWatchedFile, 1);
  file->path = g_strdup (path);
  file->size = info.st_size;
  file->modified_at = get_modified_at (&info);
  g_ptr_array_add (found, file);
}

/* Oldest first. */
GPtrArray *
_ch_watched_scan (ChDesk        *desk,
                  const char    *folder,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_watched_file_free);
  g_autoptr(GHashTable) known = ch_store_list_watched_files (ch_desk_get_store (desk), error);
  g_autoptr(GDir) dir = known != NULL ? g_dir_open (folder, 0, error) : NULL;
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (!is_unfinished_name (name))
        add_found (found, known, path);
    }
  g_ptr_array_sort (found, compare_files);

  return g_steal_pointer (&found);
}

/* A lease that is broken while we have it is told by a signal; this one is ignored unless somebody asks for it. */
static gboolean
is_being_written (int fd)
{
  if (fcntl (fd, F_SETSIG, SIGURG) != 0)
    return FALSE;
  if (fcntl (fd, F_SETLEASE, F_RDLCK) == 0)
    {
      fcntl (fd, F_SETLEASE, F_UNLCK);
      return FALSE;
    }

  return errno == EAGAIN;
}

static gboolean
is_cut_off (int    fd,
            gint64 size)
{
  char head[sizeof START_OF_PDF - 1];
  char tail[TAIL];
  ssize_t n;

  if (pread (fd, head, sizeof head, 0) != sizeof head || memcmp (head, START_OF_PDF, sizeof head) != 0)
    return FALSE;
  n = pread (fd, tail, sizeof tail, MAX (size - TAIL, 0));

  return n <= 0 || memmem (tail, n, END_OF_PDF, strlen (END_OF_PDF)) == NULL;
}

/* What the reader can't read at all is not worth a copy. Pictures are, also to a program that can only show them. */
static gboolean
may_be_document (int fd)
{
  char head[CH_FILE_KIND_HEAD];
  ssize_t n = pread (fd, head, sizeof head, 0);

  return n > 0 && ch_file_kind_find (head, (gsize)n) != CH_FILE_KIND_UNKNOWN;
}

static gboolean
is_as_found (const ChWatchedTake *self,
             int                  fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == self->file->size &&
         get_modified_at (&info) == self->file->modified_at;
}

/* Remembers the file as it is, with what came of it, in the caller's act. */
static gboolean
remember (ChWatchedTake  *self,
          ChDesk         *desk,
          const char     *problem,
          GError        **error)
{
  return ch_store_put_watched_file (ch_desk_get_store (desk), self->file, problem, error);
}

static gboolean
remember_alone (ChWatchedTake  *self,
                ChDesk         *desk,
                const char     *problem,
                GError        **error)
{
  gboolean own;

  self->problem = g_strdup (problem);
  if (!_ch_desk_begin (desk, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (desk, own, remember (self, desk, problem, error), error);
}

/* Whether the same content came before, from wherever, and could be read. */
static gboolean
is_on_file (ChWatchedTake  *self,
            ChDesk         *desk,
            gboolean       *is_there,
            GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(ChFiledCertificate) filed = ch_store_find_certificate_by_document (ch_desk_get_store (desk),
                                                                               self->file->sha256, 0, &local_error);

  *is_there = filed != NULL && filed->read_problem == NULL;
  if (filed != NULL || g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
copy (ChWatchedTake  *self,
      ChDesk         *desk,
      int             fd,
      GCancellable   *cancellable,
      GError        **error)
{
  ChStore *store = ch_desk_get_store (desk);
  gboolean is_there;

  self->file->sha256 = ch_store_put_document_fd (store, fd, NULL, cancellable, error);
  if (self->file->sha256 == NULL)
    return FALSE;
  if (!is_as_found (self, fd))
    {
      g_clear_pointer (&self->file->sha256, g_free);
      return TRUE;
    }

  if (!is_on_file (self, desk, &is_there, error))
    return FALSE;
  if (is_there)
    {
      self->state = CH_WATCHED_KNOWN;
      return remember_alone (self, desk, NULL, error);
    }
  /* From here on our own copy counts: the other one may change under our hands. */
  self->fd = ch_store_open_document (store, self->file->sha256, error);
  self->state = CH_WATCHED_STORED;

  return self->fd >= 0;
}

/* (nullable): why nothing can be taken from it */
static const char *
get_problem (const ChWatchedTake *self,
             int                  fd)
{
  if (self->file->size == 0)
    return _("The file is empty.");
  if (self->file->size > CH_READER_MAX_BYTES)
    return _("The file is too large.");

  return may_be_document (fd) ? NULL : _("This is neither a PDF nor a picture.");
}

/*
 * _ch_watched_take_store:
 *
 * Keeps the file's content where it is complete; self->state tells what is to be done next.
 */
gboolean
_ch_watched_take_store (ChWatchedTake  *self,
                        ChDesk         *desk,
                        GCancellable   *cancellable,
                        GError        **error)
{
  int fd = open (self->file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  gboolean ok = TRUE;

  self->state = CH_WATCHED_INCOMPLETE;
  if (fd < 0 && errno == ENOENT)
    return TRUE;
  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  if (is_as_found (self, fd) && !is_being_written (fd) && !(self->is_patient && is_cut_off (fd, self->file->size)))
    {
      const char *problem = get_problem (self, fd);

      if (problem != NULL)
        self->state = CH_WATCHED_NO_DOCUMENT;
      ok = problem != NULL ? remember_alone (self, desk, problem, error) : copy (self, desk, fd, cancellable, error);
    }
  close (fd);

  return ok;
}

static gboolean
file (ChWatchedTake  *self,
      ChDesk         *desk,
      GError        **error)
{
  g_autofree char *base = g_path_get_basename (self->file->path);
  g_autofree char *name = g_filename_display_name (base);
  ChFiling filing = { .file_name = name, .sha256 = self->file->sha256, .source = CH_SETTING_WATCHED_FOLDER };

  self->filed = ch_desk_file_document (desk, &filing, self->reading, self->read_error, error);

  return self->filed != NULL &&
         remember (self, desk, self->read_error != NULL ? self->read_error->message : NULL, error);
}

/*
 * _ch_watched_take_file:
 *
 * Files what was read, and remembers the file, in one act: it is taken once or not at all. What is no document of a
 * kind that can be read is only remembered.
 */
gboolean
_ch_watched_take_file (ChWatchedTake  *self,
                       ChDesk         *desk,
                       GError        **error)
{
  gboolean own;

  if (g_error_matches (self->read_error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF))
    {
      self->state = CH_WATCHED_NO_DOCUMENT;
      return remember_alone (self, desk, self->read_error->message, error);
    }

  if (!_ch_desk_begin (desk, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (desk, own, file (self, desk, error), error);
}
