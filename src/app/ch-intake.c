#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-intake.h"

#include "ch-file-kind.h"
#include "ch-store-documents.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ChIntake
{
  GObject       parent_instance;

  ChOffice     *office;         /* (unowned): outlives it */
  GQueue        waiting;        /* (element-type Job) */
  GPtrArray    *problems;       /* (element-type ChIntakeProblem) */
  GCancellable *cancellable;
  guint         n_running;
  guint         n_done;
  guint         n_total;
  guint         n_filed;
  gint64        last_certificate;
  double        n_parts_done;   /* shares of the files under way */
  const void   *told;           /* (nullable): the job that last told of a page */
  guint         page;
  guint         n_pages;
};

enum {
  PROGRESS,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChIntake, ch_intake, G_TYPE_OBJECT)

/* One file on its way: opened and copied in the desk's thread, read by the helper, filed in the desk's thread. */
typedef struct {
  ChIntake  *intake;
  char      *path;          /* (nullable) */
  GBytes    *bytes;         /* (nullable): instead of a file */
  char      *file_name;
  gint64     vendor_id;
  gint64     project_id;
  int        fd;
  char      *sha256;
  ChReading *reading;
  GError    *read_error;
  double     share_done;
} Job;

static void
job_free (Job *job)
{
  if (job->fd >= 0)
    close (job->fd);
  g_clear_pointer (&job->reading, ch_reading_free);
  g_clear_error (&job->read_error);
  g_clear_object (&job->intake);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job->path);
  g_free (job->file_name);
  g_free (job->sha256);
  g_free (job);
}

void
ch_intake_problem_free (ChIntakeProblem *self)
{
  g_free (self->file_name);
  g_free (self->why);
  g_free (self);
}

static void
ch_intake_finalize (GObject *object)
{
  ChIntake *self = (ChIntake *)object;

  g_queue_clear_full (&self->waiting, (GDestroyNotify)job_free);
  g_ptr_array_unref (self->problems);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ch_intake_parent_class)->finalize (object);
}

static void
ch_intake_class_init (ChIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_intake_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
ch_intake_init (ChIntake *self)
{
  g_queue_init (&self->waiting);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_intake_problem_free);
  self->cancellable = g_cancellable_new ();
}

static void start_waiting (ChIntake *self);

static void
note_problem (Job        *job,
              const char *why,
              gboolean    is_filed)
{
  ChIntakeProblem *problem = g_new0 (ChIntakeProblem, 1);

  problem->file_name = g_strdup (job->file_name);
  problem->why = g_strdup (why);
  problem->is_filed = is_filed;
  g_ptr_array_add (job->intake->problems, problem);
}

/* Eats @job. */
static void
end_job (Job          *job,
         const GError *error)
{
  g_autoptr(ChIntake) self = g_object_ref (job->intake);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    note_problem (job, error->message, FALSE);
  self->n_parts_done -= job->share_done;
  if (self->told == job)
    self->told = NULL;
  job_free (job);

  self->n_running--;
  self->n_done++;
  g_signal_emit (self, signals[PROGRESS], 0);
  start_waiting (self);
  if (!ch_intake_is_running (self))
    g_signal_emit (self, signals[FINISHED], 0);
}

/* By what is in it, whatever its name: anything else is not worth keeping. */
static gboolean
check_kind (int      fd,
            GError **error)
{
  char head[CH_FILE_KIND_HEAD];
  ssize_t n = pread (fd, head, sizeof head, 0);

  if (n > 0 && ch_file_kind_can_be_read (ch_file_kind_find (head, (gsize) n)))
    return TRUE;

  if (n == 0)
    g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF, _("The file is empty."));
  else
    g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF,
                         _("This is neither a PDF nor a picture that can be read."));
  return FALSE;
}

static gboolean
check_file (int      fd,
            GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                           _("This is a folder, not a file. Drop the PDFs inside it."));
      return FALSE;
    }
  if (info.st_size > CH_READER_MAX_BYTES)
    {
      g_autofree char *limit = g_format_size (CH_READER_MAX_BYTES);

      g_set_error (error, CH_READER_ERROR, CH_READER_ERROR_TOO_LARGE, _("The file is larger than %s."), limit);
      return FALSE;
    }

  return check_kind (fd, error);
}

static gboolean
open_path (Job     *job,
           GError **error)
{
  if (job->path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("This file is not on this machine. Save it here first."));
      return FALSE;
    }
  job->fd = open (job->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (job->fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

/* What was pasted is looked at like any file before it is kept. */
static gboolean
open_bytes (Job     *job,
            GError **error)
{
  gsize n_bytes = 0, done = 0;
  const char *bytes = g_bytes_get_data (job->bytes, &n_bytes);

  job->fd = memfd_create ("pasted", MFD_CLOEXEC);
  while (job->fd >= 0 && done < n_bytes)
    {
      ssize_t n = write (job->fd, bytes + done, n_bytes - done);

      if (n < 0)
        break;
      done += (gsize)n;
    }
  if (job->fd < 0 || done < n_bytes)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

/* The answer is nothing; what was learned stands in the job, which nobody else touches meanwhile. */
static gpointer
store_in_worker (ChDesk        *desk,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Job *job = data;

  if (!(job->bytes != NULL ? open_bytes (job, error) : open_path (job, error)))
    return NULL;
  if (check_file (job->fd, error))
    job->sha256 = ch_store_put_document_fd (ch_desk_get_store (desk), job->fd, NULL, cancellable, error);
  if (job->sha256 == NULL)
    return NULL;

  /* From here on our own copy counts: the other one may change under our hands. */
  close (job->fd);
  job->fd = ch_store_open_document (ch_desk_get_store (desk), job->sha256, error);
  return NULL;
}

static gpointer
file_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Job *job = data;
  g_autoptr(GArray) project_ids = NULL;
  ChFiling filing = { .file_name = job->file_name, .sha256 = job->sha256, .vendor_id = job->vendor_id };

  if (job->project_id != 0)
    {
      project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (project_ids, job->project_id);
      filing.project_ids = project_ids;
    }

  return ch_desk_file_document (desk, &filing, job->reading, job->read_error, error);
}

static void
on_filed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Job *job = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) filed = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (filed != NULL)
    {
      job->intake->n_filed += filed->len;
      if (filed->len > 0)
        job->intake->last_certificate = ((const ChFiledCertificate *)g_ptr_array_index (filed, 0))->id;
      if (job->read_error != NULL)
        note_problem (job, job->read_error->message, TRUE);
    }
  end_job (job, error);
}

/* Of a file of several pages. */
static void
on_page_cb (guint    page,
            guint    n_pages,
            gpointer user_data)
{
  Job *job = user_data;
  ChIntake *self = job->intake;
  double share_done = (page - 1) / (double)MAX (n_pages, 1);

  self->n_parts_done += share_done - job->share_done;
  job->share_done = share_done;
  self->told = job;
  self->page = page;
  self->n_pages = n_pages;
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Job *job = user_data;

  job->reading = ch_reader_read_finish (CH_READER (object), result, &job->read_error);
  if (job->reading == NULL
      && (g_error_matches (job->read_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          || g_error_matches (job->read_error, CH_READER_ERROR, CH_READER_ERROR_NO_HELPER)
          || g_error_matches (job->read_error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF)))
    {
      g_autoptr(GError) error = g_error_copy (job->read_error);

      end_job (job, error);
      return;
    }

  /* What can't be read is filed as well: a person reads it. */
  ch_desk_worker_run_async (ch_office_get_desk (job->intake->office), file_in_worker, job, NULL,
                            (GDestroyNotify)g_ptr_array_unref, NULL, on_filed_cb, job);
}

static void
on_stored_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Job *job = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  if (error != NULL || job->fd < 0)
    {
      end_job (job, error);
      return;
    }
  ch_reader_read_pages_async (ch_office_get_reader (job->intake->office), job->fd, job->intake->cancellable, on_page_cb,
                              job, NULL, on_read_cb, job);
}

static void
start_waiting (ChIntake *self)
{
  guint at_once = 2 * g_get_num_processors ();

  while (self->n_running < at_once && !g_queue_is_empty (&self->waiting))
    {
      Job *job = g_queue_pop_head (&self->waiting);

      self->n_running++;
      ch_desk_worker_run_async (ch_office_get_desk (self->office), store_in_worker, job, NULL, NULL,
                                self->cancellable, on_stored_cb, job);
    }
}

/**
 * ch_intake_new:
 * @office: where the files go; must outlive it
 *
 * Returns: (transfer full): an intake with nothing to do
 */
ChIntake *
ch_intake_new (ChOffice *office)
{
  ChIntake *self;

  g_return_val_if_fail (CH_IS_OFFICE (office), NULL);

  self = g_object_new (CH_TYPE_INTAKE, NULL);
  self->office = office;

  return self;
}

static void
begin_batch (ChIntake *self)
{
  g_ptr_array_set_size (self->problems, 0);
  self->n_done = 0;
  self->n_total = 0;
  self->n_filed = 0;
  self->last_certificate = 0;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_object_unref (self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
}

/* Answers the job, which the queue owns. */
static Job *
queue_job (ChIntake   *self,
           const char *file_name,
           gint64      vendor_id,
           gint64      project_id)
{
  Job *job = g_new0 (Job, 1);

  job->intake = g_object_ref (self);
  job->file_name = g_strdup (file_name);
  job->vendor_id = vendor_id;
  job->project_id = project_id;
  job->fd = -1;
  g_queue_push_tail (&self->waiting, job);
  self->n_total++;

  return job;
}

/**
 * ch_intake_add:
 * @self: an intake
 * @files: (element-type GFile): what was dropped or chosen
 * @vendor_id: the sub that they are of, 0 to have it found
 * @project_id: the project that they are for, 0 for all of the sub's
 *
 * Takes more files in. While some are under way they join that batch.
 */
void
ch_intake_add (ChIntake  *self,
               GPtrArray *files,
               gint64     vendor_id,
               gint64     project_id)
{
  g_return_if_fail (CH_IS_INTAKE (self));
  g_return_if_fail (files != NULL);

  if (files->len == 0)
    return;
  if (!ch_intake_is_running (self))
    begin_batch (self);

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
      Job *job = queue_job (self, name, vendor_id, project_id);

      job->path = g_file_get_path (file);
    }
  g_signal_emit (self, signals[PROGRESS], 0);
  start_waiting (self);
}

/**
 * ch_intake_add_bytes:
 * @self: an intake
 * @bytes: what a file would hold
 * @file_name: what it is to be called
 * @vendor_id: the sub that it is of, 0 to have it found
 * @project_id: the project that it is for, 0 for all of the sub's
 */
void
ch_intake_add_bytes (ChIntake   *self,
                     GBytes     *bytes,
                     const char *file_name,
                     gint64      vendor_id,
                     gint64      project_id)
{
  g_return_if_fail (CH_IS_INTAKE (self));
  g_return_if_fail (bytes != NULL);

  if (!ch_intake_is_running (self))
    begin_batch (self);
  queue_job (self, file_name, vendor_id, project_id)->bytes = g_bytes_ref (bytes);
  g_signal_emit (self, signals[PROGRESS], 0);
  start_waiting (self);
}

/**
 * ch_intake_cancel:
 * @self: an intake
 *
 * Files that have not begun are left out; one that is being filed is filed.
 */
void
ch_intake_cancel (ChIntake *self)
{
  g_return_if_fail (CH_IS_INTAKE (self));

  self->n_total -= g_queue_get_length (&self->waiting);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)job_free);
  g_cancellable_cancel (self->cancellable);
}

gboolean
ch_intake_is_running (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), FALSE);

  return self->n_running > 0 || !g_queue_is_empty (&self->waiting);
}

guint
ch_intake_get_n_done (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), 0);

  return self->n_done;
}

guint
ch_intake_get_n_total (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), 0);

  return self->n_total;
}

/**
 * ch_intake_get_fraction:
 *
 * Returns: how much of the batch is done, 0 to 1; the pages of a long file count one by one
 */
double
ch_intake_get_fraction (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), 0);

  return self->n_total > 0 ? CLAMP ((self->n_done + self->n_parts_done) / self->n_total, 0, 1) : 0;
}

/**
 * ch_intake_get_page:
 * @page: (out): the one that is being read, from 1
 * @n_pages: (out): of its file
 *
 * Returns: (transfer none) (nullable): the name of the file of several pages that is being read; %NULL if none is
 */
const char *
ch_intake_get_page (ChIntake *self,
                    guint    *page,
                    guint    *n_pages)
{
  const Job *job;

  g_return_val_if_fail (CH_IS_INTAKE (self), NULL);

  job = self->told;
  *page = self->page;
  *n_pages = self->n_pages;

  return job != NULL ? job->file_name : NULL;
}

guint
ch_intake_get_n_filed (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), 0);

  return self->n_filed;
}

gint64
ch_intake_get_last_certificate (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), 0);

  return self->last_certificate;
}

GPtrArray *
ch_intake_get_problems (ChIntake *self)
{
  g_return_val_if_fail (CH_IS_INTAKE (self), NULL);

  return self->problems;
}
