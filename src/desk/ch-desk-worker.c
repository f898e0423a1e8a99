#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-worker.h"

/* Opened, and closed, in the desk's own thread. */
struct _ChDeskWorker
{
  GObject       parent_instance;

  GAsyncQueue  *jobs;        /* (element-type Job) */
  GThread      *thread;      /* NULL once closed */
  char         *data_dir;
  ChChangeHub  *hub;
  ChClock      *clock;
  char         *who;

  GMutex        mutex;       /* guards the two below */
  GCond         opened;
  gboolean      is_open;     /* whether opening has ended, well or not */
  GError       *open_error;
};

G_DEFINE_FINAL_TYPE (ChDeskWorker, ch_desk_worker, G_TYPE_OBJECT)

/* One act that waits for the desk; the last one, without a task, ends the thread. */
typedef struct {
  GTask          *task;
  ChDeskFunc      func;
  gpointer        data;
  GDestroyNotify  data_free;
  GDestroyNotify  answer_free;
} Job;

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_clear_object (&job->task);
  g_free (job);
}

static void
run_in_worker (ChDesk *desk,
               Job    *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  GError *error = NULL;
  gpointer answer;

  if (g_task_return_error_if_cancelled (job->task))
    return;

  answer = job->func (desk, job->data, cancellable, &error);
  if (error != NULL)
    {
      if (answer != NULL && job->answer_free != NULL)
        job->answer_free (answer);
      g_task_return_error (job->task, error);
      return;
    }
  g_task_return_pointer (job->task, answer, job->answer_free);
}

static void
tell_opened (ChDeskWorker *self,
             GError       *error)
{
  g_mutex_lock (&self->mutex);
  self->is_open = TRUE;
  self->open_error = error;
  g_cond_signal (&self->opened);
  g_mutex_unlock (&self->mutex);
}

static gpointer
desk_thread (gpointer data)
{
  ChDeskWorker *self = data;
  g_autoptr(ChStore) store = NULL;
  g_autoptr(ChDesk) desk = NULL;
  GError *error = NULL;

  store = ch_store_open (self->data_dir, self->hub, &error);
  tell_opened (self, error);
  if (store == NULL)
    return NULL;

  desk = ch_desk_new (store, self->clock, self->who);
  for (;;)
    {
      Job *job = g_async_queue_pop (self->jobs);
      gboolean is_last = job->task == NULL;

      if (!is_last)
        run_in_worker (desk, job);
      job_free (job);
      if (is_last)
        break;
    }
  ch_store_close (store);

  return NULL;
}

static void
ch_desk_worker_finalize (GObject *object)
{
  ChDeskWorker *self = (ChDeskWorker *)object;

  /* ch_desk_worker_close() came first */
  g_assert (self->thread == NULL);

  g_async_queue_unref (self->jobs);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_clear_error (&self->open_error);
  g_free (self->data_dir);
  g_free (self->who);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->opened);

  G_OBJECT_CLASS (ch_desk_worker_parent_class)->finalize (object);
}

static void
ch_desk_worker_class_init (ChDeskWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ch_desk_worker_finalize;
}

static void
ch_desk_worker_init (ChDeskWorker *self)
{
  self->jobs = g_async_queue_new_full ((GDestroyNotify)job_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->opened);
}

/**
 * ch_desk_worker_new:
 * @hub: (nullable): is told what the desk's acts change
 * @who: for the audit trail
 *
 * Starts the desk's thread and waits until it has opened its store.
 *
 * Returns: (transfer full): a worker that must be closed, or %NULL with the store's error
 */
ChDeskWorker *
ch_desk_worker_new (const char   *data_dir,
                    ChChangeHub  *hub,
                    ChClock      *clock,
                    const char   *who,
                    GError      **error)
{
  g_autoptr(ChDeskWorker) self = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);
  g_return_val_if_fail (CH_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (who != NULL, NULL);

  self = g_object_new (CH_TYPE_DESK_WORKER, NULL);
  self->data_dir = g_strdup (data_dir);
  self->hub = hub != NULL ? g_object_ref (hub) : NULL;
  self->clock = g_object_ref (clock);
  self->who = g_strdup (who);
  self->thread = g_thread_new ("desk", desk_thread, self);

  g_mutex_lock (&self->mutex);
  while (!self->is_open)
    g_cond_wait (&self->opened, &self->mutex);
  g_mutex_unlock (&self->mutex);

  if (self->open_error != NULL)
    {
      g_clear_pointer (&self->thread, g_thread_join);
      g_propagate_error (error, g_steal_pointer (&self->open_error));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * ch_desk_worker_close:
 *
 * Ends the thread once the acts that were asked for are done. Later ones are answered with %G_IO_ERROR_CLOSED.
 */
void
ch_desk_worker_close (ChDeskWorker *self)
{
  g_return_if_fail (CH_IS_DESK_WORKER (self));

  if (self->thread == NULL)
    return;

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_clear_pointer (&self->thread, g_thread_join);
}

/**
 * ch_desk_worker_run_async:
 * @func: runs in the desk's thread, after those that were asked for before
 * @data: (nullable): for @func
 * @data_free: (nullable): frees @data, in the desk's thread once @func has run
 * @answer_free: (nullable): frees an answer that nobody takes
 */
void
ch_desk_worker_run_async (ChDeskWorker        *self,
                          ChDeskFunc           func,
                          gpointer             data,
                          GDestroyNotify       data_free,
                          GDestroyNotify       answer_free,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Job *job;

  g_return_if_fail (CH_IS_DESK_WORKER (self));
  g_return_if_fail (func != NULL);

  job = g_new0 (Job, 1);
  job->task = g_task_new (self, cancellable, callback, user_data);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->answer_free = answer_free;

  if (self->thread == NULL)
    {
      g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the desk is closed");
      job_free (job);
      return;
    }
  g_async_queue_push (self->jobs, job);
}

/* (transfer full) (nullable): what the function answered; NULL may be an answer too, see @error */
gpointer
ch_desk_worker_run_finish (ChDeskWorker  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
