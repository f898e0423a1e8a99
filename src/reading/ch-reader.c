#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-reader.h"

#include "ch-reader-child.h"
#include "ch-reader-program.h"
#include "ch-reading-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What tells the tasks of the two operations apart; ISO C has no way to use a function's address for it. */
static char read_tag;
static char render_tag;

struct _ChReader
{
  GObject       parent_instance;

  GThreadPool  *workers;   /* each waits for one helper at a time that reads */
  GThreadPool  *painters;  /* the same for helpers that paint */
  GCancellable *closing;
  GMutex        lock;
  GPtrArray    *idle;      /* (element-type ChReaderChild) under lock: started helpers that nobody is asking */
};

G_DEFINE_FINAL_TYPE (ChReader, ch_reader, G_TYPE_OBJECT)

typedef struct {
  ChWireHead       request;
  int              fd;
  int              fd_error;
  ChReaderProgress progress;        /* (nullable) */
  gpointer         progress_data;
  GDestroyNotify   progress_free;   /* (nullable) */
} AskOp;

/* One page's progress on its way to whoever asked. */
typedef struct {
  GTask *task;
  guint  page;
  guint  n_pages;
} Told;

typedef struct {
  ChPageImage *image;
  guint        n_pages;
} Rendered;

static void
ask_op_free (AskOp *op)
{
  if (op->fd >= 0)
    close (op->fd);
  if (op->progress_free != NULL)
    op->progress_free (op->progress_data);
  g_free (op);
}

static void
told_free (Told *told)
{
  g_object_unref (told->task);
  g_free (told);
}

static void
rendered_free (Rendered *rendered)
{
  ch_page_image_free (rendered->image);
  g_free (rendered);
}

/* The helper sends a code and a figure; the words are ours. */
static GError *
make_error (const ChWireHead *reply)
{
  const ChReaderError code = (ChReaderError) reply->code;

  switch (code)
    {
    case CH_READER_ERROR_NOT_PDF:
      return g_error_new_literal (CH_READER_ERROR, code,
                                  _("This is neither a PDF nor a picture that can be read (JPEG, PNG, TIFF, HEIC). Ask "
                                    "for the certificate as a PDF."));
    case CH_READER_ERROR_BROKEN:
      return g_error_new_literal (CH_READER_ERROR, code,
                                  _("This file is damaged. Ask for it to be sent again."));
    case CH_READER_ERROR_ENCRYPTED:
      return g_error_new_literal (CH_READER_ERROR, code,
                                  _("This PDF needs a password. Ask for a copy that opens without one."));
    case CH_READER_ERROR_TOO_LARGE:
      if (reply->detail > CH_READER_MAX_PAGES && reply->detail <= CH_READER_MAX_BYTES)
        return g_error_new (CH_READER_ERROR, code,
                            _("This file has %d pages; at most %d are read. Take out the pages of the certificate."),
                            (int) MIN (reply->detail, G_MAXINT), CH_READER_MAX_PAGES);
      if (reply->detail > CH_READER_MAX_BYTES)
        return g_error_new (CH_READER_ERROR, code,
                            _("This file has %d MB; at most %d MB are read. Take out the pages of the certificate."),
                            (int) MIN (reply->detail >> 20, G_MAXINT), CH_READER_MAX_BYTES >> 20);
      return g_error_new_literal (CH_READER_ERROR, code,
                                  _("A page of this file is too large to be read or shown. Ask for a copy of letter "
                                    "size."));
    case CH_READER_ERROR_NO_TEXT:
      return g_error_new_literal (CH_READER_ERROR, code,
                                  _("Nothing can be recognised in this file: its pages are blank, or too dark or too "
                                    "coarse to be read. Ask the agent for the original PDF, or enter the certificate "
                                    "by hand."));
    case CH_READER_ERROR_NO_CERTIFICATE:
      return g_error_new_literal (CH_READER_ERROR, code,
                                  _("There is no certificate of insurance in this file. Check that it is the right "
                                    "one, or enter the certificate by hand."));
    case CH_READER_ERROR_CRASHED:
    case CH_READER_ERROR_NO_HELPER:
    default:
      return g_error_new_literal (
          CH_READER_ERROR,
          CH_READER_ERROR_CRASHED,
          _ ("This file made the reader fail; nothing else was affected. Ask for another copy of "
             "it, or enter the certificate by hand."));
    }
}

static GError *
make_nonsense_error (void)
{
  const ChWireHead head = { .code = CH_READER_ERROR_CRASHED };

  return make_error (&head);
}

static ChReaderChild *
take_child (ChReader *self,
            GError  **error)
{
  g_autofree char *program = NULL;
  ChReaderChild *child = NULL;

  g_mutex_lock (&self->lock);
  if (self->idle->len > 0)
    child = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->lock);
  if (child != NULL)
    return child;

  program = ch_reader_program_find ();
  if (program == NULL)
    {
      g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_NO_HELPER,
                           _("certholder-reader, the program that reads PDFs, is missing. Install Certholder again."));
      return NULL;
    }

  return ch_reader_child_new (program, error);
}

static void
put_child_back (ChReader      *self,
                ChReaderChild *child)
{
  if (ch_reader_child_is_worn (child) || g_cancellable_is_cancelled (self->closing))
    {
      ch_reader_child_free (child);
      return;
    }

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->idle, child);
  g_mutex_unlock (&self->lock);
}

typedef struct {
  void  *memory;
  gsize  size;
} Mapping;

static void
mapping_free (Mapping *mapping)
{
  munmap (mapping->memory, mapping->size);
  g_free (mapping);
}

/* Memory that the helper could still change or shorten would be a hole in the wall: without its seals it isn't touched.
 */
static GBytes *
map_sealed (int   fd,
            gsize size)
{
  const int needed = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  struct stat info;
  Mapping *mapping;
  void *memory;

  if (fd < 0 || (fcntl (fd, F_GET_SEALS) & needed) != needed || fstat (fd, &info) != 0 || info.st_size < 0
      || (gsize) info.st_size < size)
    return NULL;
  memory = mmap (NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (memory == MAP_FAILED)
    return NULL;

  mapping = g_new0 (Mapping, 1);
  mapping->memory = memory;
  mapping->size = size;

  return g_bytes_new_with_free_func (memory, size, (GDestroyNotify) mapping_free, mapping);
}

static Rendered *
unpack_rendered (GBytes *payload,
                 int     fd)
{
  g_autoptr (GVariant)
    variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (CH_IMAGE_VARIANT_TYPE), payload, FALSE));
  g_autoptr (ChPageImage) image = g_new0 (ChPageImage, 1);
  guint32 n_pages, width, height, stride;
  Rendered *rendered;

  if (!g_variant_is_normal_form (variant))
    return NULL;
  g_variant_get (variant, CH_IMAGE_VARIANT_TYPE, &n_pages, &width, &height, &stride, &image->points_width,
                 &image->points_height);
  if (width == 0 || width >= 32768 || height == 0 || height >= 32768 || stride < width * 4 || stride % 4 != 0
      || (gsize) stride * height > CH_IMAGE_MAX_BYTES || n_pages == 0 || n_pages > CH_READER_MAX_PAGES
      || !(image->points_width > 0 && image->points_width < 1e6)
      || !(image->points_height > 0 && image->points_height < 1e6))
    return NULL;
  image->width = (int) width;
  image->height = (int) height;
  image->stride = (int) stride;
  image->pixels = map_sealed (fd, (gsize) stride * height);
  if (image->pixels == NULL)
    return NULL;

  rendered = g_new0 (Rendered, 1);
  rendered->image = g_steal_pointer (&image);
  rendered->n_pages = n_pages;

  return rendered;
}

static void
return_reply (GTask            *task,
              const ChWireHead *request,
              const ChWireHead *reply,
              GBytes           *payload,
              int               fd)
{
  ChReading *reading;
  Rendered *rendered;

  if (reply->kind != CH_WIRE_RESULT)
    {
      g_task_return_error (task, make_error (reply));
      return;
    }

  if (request->kind == CH_WIRE_READ)
    {
      reading = _ch_reading_unpack (payload);
      if (reading != NULL)
        g_task_return_pointer (task, reading, (GDestroyNotify) ch_reading_free);
      else
        g_task_return_error (task, make_nonsense_error ());
      return;
    }

  rendered = unpack_rendered (payload, fd);
  if (rendered != NULL)
    g_task_return_pointer (task, rendered, (GDestroyNotify) rendered_free);
  else
    g_task_return_error (task, make_nonsense_error ());
}

static void
cancel_other_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/* Size is looked at here as well: 200 MB needn't travel to a helper to be refused, and neither does a pipe. */
static GError *
check_file (const AskOp *op)
{
  ChWireHead refusal = { .kind = CH_WIRE_ERROR, .code = CH_READER_ERROR_NOT_PDF };
  struct stat info;

  if (op->fd < 0)
    return g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (op->fd_error), "%s", g_strerror (op->fd_error));
  if (fstat (op->fd, &info) != 0 || !S_ISREG (info.st_mode))
    return make_error (&refusal);
  if (info.st_size == 0)
    return g_error_new_literal (CH_READER_ERROR, CH_READER_ERROR_NOT_PDF,
                                _("This file is empty. Ask for it to be sent again."));
  if (info.st_size <= CH_READER_MAX_BYTES)
    return NULL;

  refusal.code = CH_READER_ERROR_TOO_LARGE;
  refusal.detail = info.st_size;

  return make_error (&refusal);
}

static gboolean
hand_on_progress_cb (gpointer user_data)
{
  const Told *told = user_data;
  const AskOp *op = g_task_get_task_data (told->task);

  if (!g_task_get_completed (told->task) && !g_cancellable_is_cancelled (g_task_get_cancellable (told->task)))
    op->progress (told->page, told->n_pages, op->progress_data);

  return G_SOURCE_REMOVE;
}

static void
on_progress_in_worker (guint    page,
                       guint    n_pages,
                       gpointer user_data)
{
  GTask *task = user_data;
  const AskOp *op = g_task_get_task_data (task);
  g_autoptr (GSource) source = NULL;
  Told *told;

  if (op->progress == NULL)
    return;

  told = g_new0 (Told, 1);
  told->task = g_object_ref (task);
  told->page = page;
  told->n_pages = n_pages;
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, hand_on_progress_cb, told, (GDestroyNotify) told_free);
  g_source_attach (source, g_task_get_context (task));
}

static void
ask_in_worker (gpointer data,
               gpointer user_data)
{
  ChReader *self = user_data;
  g_autoptr (GTask) task = data;
  const AskOp *op = g_task_get_task_data (task);
  g_autoptr (GCancellable) either = g_cancellable_new ();
  g_autoptr (GBytes) payload = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = check_file (op);
  ChReaderChild *child = NULL;
  ChWireHead reply = { 0 };
  gulong by_caller = 0;
  gulong by_closing;
  int fd = -1;

  if (error == NULL && !g_task_return_error_if_cancelled (task))
    child = take_child (self, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  if (child == NULL)
    return;

  if (cancellable != NULL)
    by_caller
        = g_cancellable_connect (cancellable, G_CALLBACK (cancel_other_cb), g_object_ref (either), g_object_unref);
  by_closing
      = g_cancellable_connect (self->closing, G_CALLBACK (cancel_other_cb), g_object_ref (either), g_object_unref);
  if (ch_reader_child_ask (child, &op->request, op->fd, either, on_progress_in_worker, task, &reply, &payload, &fd,
                           &error))
    put_child_back (self, child);
  else
    ch_reader_child_free (child);
  g_cancellable_disconnect (cancellable, by_caller);
  g_cancellable_disconnect (self->closing, by_closing);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    return_reply (task, &op->request, &reply, payload, fd);
  if (fd >= 0)
    close (fd);
}

static void
ch_reader_dispose (GObject *object)
{
  ChReader *self = (ChReader *) object;

  g_assert (self->workers == NULL); /* ch_reader_close() came first */

  G_OBJECT_CLASS (ch_reader_parent_class)->dispose (object);
}

static void
ch_reader_finalize (GObject *object)
{
  ChReader *self = (ChReader *) object;

  g_clear_pointer (&self->idle, g_ptr_array_unref);
  g_clear_object (&self->closing);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (ch_reader_parent_class)->finalize (object);
}

static void
ch_reader_class_init (ChReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_reader_dispose;
  object_class->finalize = ch_reader_finalize;
}

static void
ch_reader_init (ChReader *self)
{
  g_mutex_init (&self->lock);
  self->closing = g_cancellable_new ();
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_reader_child_free);
  self->workers = g_thread_pool_new (ask_in_worker, self, (int) g_get_num_processors (), FALSE, NULL);
  self->painters = g_thread_pool_new (ask_in_worker, self, 1, FALSE, NULL);
}

/**
 * ch_reader_new:
 *
 * Returns: (transfer full): a reader that has started nothing yet; to be ended with ch_reader_close()
 */
ChReader *
ch_reader_new (void)
{
  return g_object_new (CH_TYPE_READER, NULL);
}

/**
 * ch_reader_close:
 *
 * Ends all helpers. What was asked and not answered fails with %G_IO_ERROR_CANCELLED; calling it again does nothing.
 */
void
ch_reader_close (ChReader *self)
{
  g_return_if_fail (CH_IS_READER (self));

  if (self->workers == NULL)
    return;

  g_cancellable_cancel (self->closing);
  g_thread_pool_free (g_steal_pointer (&self->workers), FALSE, TRUE);
  g_thread_pool_free (g_steal_pointer (&self->painters), FALSE, TRUE);
  g_ptr_array_set_size (self->idle, 0);
}

static AskOp *
ask_op_new (int               fd,
            const ChWireHead *request)
{
  AskOp *op = g_new0 (AskOp, 1);

  op->request = *request;
  op->fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  op->fd_error = op->fd < 0 ? errno : 0;

  return op;
}

/* @op: (transfer full) */
static void
ask_async (ChReader           *self,
           AskOp              *op,
           gpointer            source_tag,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, op, (GDestroyNotify) ask_op_free);
  if (self->workers == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "The reader has been closed");
      return;
    }

  g_thread_pool_push (op->request.kind == CH_WIRE_RENDER ? self->painters : self->workers, g_steal_pointer (&task),
                      NULL);
}

/**
 * ch_reader_read_async:
 * @fd: a regular file opened for reading; duplicated, its offset neither used nor changed
 *
 * Reads the certificates in a file. Any number of files may wait; as many as there are processors are read at once.
 */
void
ch_reader_read_async (ChReader           *self,
                      int                 fd,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  ch_reader_read_pages_async (self, fd, cancellable, NULL, NULL, NULL, callback, user_data);
}

/**
 * ch_reader_read_pages_async:
 * @fd: a regular file opened for reading; duplicated, its offset neither used nor changed
 * @progress: (nullable) (scope notified): is told of each page of a file of several
 * @progress_free: (nullable): frees @progress_data
 *
 * As ch_reader_read_async(), telling how far it has come. Ends with ch_reader_read_finish().
 */
void
ch_reader_read_pages_async (ChReader           *self,
                            int                 fd,
                            GCancellable       *cancellable,
                            ChReaderProgress    progress,
                            gpointer            progress_data,
                            GDestroyNotify      progress_free,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  const ChWireHead request = { .kind = CH_WIRE_READ };
  AskOp *op;

  g_return_if_fail (CH_IS_READER (self));

  op = ask_op_new (fd, &request);
  op->progress = progress;
  op->progress_data = progress_data;
  op->progress_free = progress_free;
  ask_async (self, op, &read_tag, cancellable, callback, user_data);
}

/**
 * ch_reader_read_finish:
 *
 * Returns: (transfer full) (nullable): what was read; %NULL with a #ChReaderError or %G_IO_ERROR_CANCELLED
 */
ChReading *
ch_reader_read_finish (ChReader     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, &read_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ch_reader_render_async:
 * @page: 1-based
 * @scale: pixels a point
 *
 * Paints a page of a file.
 */
void
ch_reader_render_async (ChReader           *self,
                        int                 fd,
                        guint               page,
                        double              scale,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  const ChWireHead request = { .kind = CH_WIRE_RENDER, .page = page, .scale = scale };

  g_return_if_fail (CH_IS_READER (self));
  g_return_if_fail (page > 0 && scale > 0);

  ask_async (self, ask_op_new (fd, &request), &render_tag, cancellable, callback, user_data);
}

/**
 * ch_reader_render_finish:
 * @n_pages: (out) (optional): pages of the document
 *
 * Returns: (transfer full) (nullable): the page; %NULL with a #ChReaderError or %G_IO_ERROR_CANCELLED
 */
ChPageImage *
ch_reader_render_finish (ChReader     *self,
                         GAsyncResult *result,
                         guint        *n_pages,
                         GError      **error)
{
  Rendered *rendered;
  ChPageImage *image;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, &render_tag), NULL);

  rendered = g_task_propagate_pointer (G_TASK (result), error);
  if (rendered == NULL)
    return NULL;

  image = g_steal_pointer (&rendered->image);
  if (n_pages != NULL)
    *n_pages = rendered->n_pages;
  rendered_free (rendered);

  return image;
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/**
 * ch_reader_read:
 *
 * As ch_reader_read_async(), waiting for the answer: for threads that have nothing else to do meanwhile.
 *
 * Returns: (transfer full) (nullable): what was read
 */
ChReading *
ch_reader_read (ChReader     *self,
                int           fd,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  ChReading *reading;

  g_return_val_if_fail (CH_IS_READER (self), NULL);

  g_main_context_push_thread_default (context);
  ch_reader_read_async (self, fd, cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  reading = ch_reader_read_finish (self, result, error);
  g_main_context_pop_thread_default (context);

  return reading;
}
