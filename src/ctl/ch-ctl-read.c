#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl-read.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* So many files may be read before one whose turn it is: a scan takes as long as hundreds of prints. What is read of them
 * is some 20 kB each. */
#define MOST_WAITING 512

typedef struct {
  char              **files;
  guint               n_files;
  guint               n_started;
  guint               n_handed_on;
  guint               n_running;
  GHashTable         *done;         /* (element-type uint ChFileReading): finished, waiting for their turn */
  ChReader           *reader;
  GCancellable       *cancellable;
  ChFileReadingFunc   func;
  gpointer            user_data;
  gboolean            shows_progress;
  gboolean            is_shown;     /* progress stands on the terminal's last line */
  GError             *error;
} Batch;

typedef struct {
  Batch         *batch;
  guint          index;
  gint64         started_at;
  ChFileReading *read;
} Job;

static void
file_reading_free (gpointer data)
{
  ChFileReading *self = data;

  g_free (self->sha256);
  g_clear_pointer (&self->reading, ch_reading_free);
  g_clear_error (&self->error);
  g_free (self);
}

static char *
checksum_fd (int      fd,
             GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 buffer[65536];
  ssize_t n;

  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
          return NULL;
        }
      g_checksum_update (checksum, buffer, n);
    }
  if (lseek (fd, 0, SEEK_SET) < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
clear_progress (Batch *batch)
{
  if (batch->is_shown)
    g_printerr ("\r\033[K");
  batch->is_shown = FALSE;
}

/* How far a batch, and a file of several pages, has come; a scan takes seconds a page. */
static void
show_progress (Batch      *batch,
               const char *file,
               guint       page,
               guint       n_pages)
{
  g_autofree char *name = NULL;

  if (!batch->shows_progress)
    return;

  name = g_filename_display_basename (file);
  clear_progress (batch);
  batch->is_shown = TRUE;
  if (batch->n_files > 1)
    g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u of %u file read", "%u of %u files read", batch->n_files),
                batch->n_handed_on, batch->n_files);
  if (batch->n_files > 1 && n_pages > 1)
    g_printerr (" · ");
  if (n_pages > 1)
    g_printerr (_ ("%s: page %u of %u"), name, page, n_pages);
}

static void
on_page_cb (guint    page,
            guint    n_pages,
            gpointer user_data)
{
  const Job *job = user_data;

  show_progress (job->batch, job->read->file, page, n_pages);
}

/* Those whose turn it is, in the order of the command line. */
static void
hand_on (Batch *batch)
{
  ChFileReading *next;

  while (batch->error == NULL
         && (next = g_hash_table_lookup (batch->done, GUINT_TO_POINTER (batch->n_handed_on))) != NULL)
    {
      clear_progress (batch);
      batch->func (next, batch->user_data, &batch->error);
      g_hash_table_remove (batch->done, GUINT_TO_POINTER (batch->n_handed_on));
      batch->n_handed_on++;
    }
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Job *job = user_data;
  Batch *batch = job->batch;

  job->read->reading = ch_reader_read_finish (CH_READER (object), result, &job->read->error);
  job->read->seconds = (g_get_monotonic_time () - job->started_at) / (double) G_USEC_PER_SEC;
  g_hash_table_insert (batch->done, GUINT_TO_POINTER (job->index), job->read);
  batch->n_running--;
  g_free (job);
}

static void
start_next (Batch *batch)
{
  ChFileReading *read = g_new0 (ChFileReading, 1);
  guint index = batch->n_started++;
  struct stat info;
  Job *job;
  int fd;

  read->file = batch->files[index];
  fd = open (read->file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    g_set_error_literal (&read->error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
  else if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    g_set_error_literal (&read->error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _ ("this is no file; name the PDF itself"));
  else
    read->sha256 = checksum_fd (fd, &read->error);

  if (read->error != NULL)
    {
      g_hash_table_insert (batch->done, GUINT_TO_POINTER (index), read);
    }
  else
    {
      job = g_new0 (Job, 1);
      job->batch = batch;
      job->index = index;
      job->read = read;
      job->started_at = g_get_monotonic_time ();
      batch->n_running++;
      ch_reader_read_pages_async (batch->reader, fd, batch->cancellable, on_page_cb, job, NULL, on_read_cb, job);
    }
  if (fd >= 0)
    close (fd);
}

/**
 * ch_ctl_read_files:
 * @files: (array zero-terminated=1): paths
 * @shows_progress: where standard error is a terminal, say there how far it has come
 * @cancellable: ends the batch early
 * @func: gets each file's reading, in order
 * @user_data: for @func
 * @error: what @func returned, or %G_IO_ERROR_CANCELLED
 *
 * Reads many files.
 *
 * Returns: whether the batch came to its end
 */
gboolean
ch_ctl_read_files (char              **files,
                   gboolean            shows_progress,
                   GCancellable       *cancellable,
                   ChFileReadingFunc   func,
                   gpointer            user_data,
                   GError            **error)
{
  /* Two for each processor keep the helpers busy. */
  guint at_once = 2 * g_get_num_processors ();
  g_autoptr (GHashTable) done = g_hash_table_new_full (NULL, NULL, NULL, file_reading_free);
  g_autoptr (ChReader) reader = ch_reader_new ();
  Batch batch = { .files = files, .n_files = g_strv_length (files), .done = done, .reader = reader,
                  .cancellable = cancellable, .func = func, .user_data = user_data,
                  .shows_progress = shows_progress && isatty (STDERR_FILENO) != 0 };

  while (batch.error == NULL && batch.n_handed_on < batch.n_files)
    {
      while (batch.n_started < batch.n_files && batch.n_running < at_once
             && batch.n_started - batch.n_handed_on < MOST_WAITING)
        start_next (&batch);
      hand_on (&batch);
      if (batch.n_files > 1)
        show_progress (&batch, files[0], 0, 0);
      if (batch.error == NULL && batch.n_handed_on < batch.n_files && batch.n_running > 0
          && g_hash_table_lookup (done, GUINT_TO_POINTER (batch.n_handed_on)) == NULL)
        g_main_context_iteration (NULL, TRUE);
      if (batch.error == NULL)
        g_cancellable_set_error_if_cancelled (cancellable, &batch.error);
    }
  while (batch.n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  clear_progress (&batch);
  ch_reader_close (reader);

  if (batch.error != NULL)
    {
      g_propagate_error (error, batch.error);
      return FALSE;
    }
  return TRUE;
}
