#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-worker-private.h"

#include <string.h>


/*
 * The object at home: it starts the thread, carries what the thread tells to the context of whoever made it, and what
 * people ask for to the thread.
 */

#define ELSEWHERE_SECONDS 5
/* of Procore's hourly limit: the other half is people's, and other programs' */
#define USUAL_SHARE 0.5

struct _ChWorker
{
  GObject         parent_instance;

  char           *data_dir;
  ChChangeHub    *hub;
  ChClock        *clock;
  ChPlace        *place;
  ChAuth         *auth;
  ChTransport    *transport;
  gint64          company_id;
  guint           poll_seconds;
  double          share;
  char           *listen;        /* (nullable): with it the two that follow */
  char           *public_url;
  char           *secret;

  GMainContext   *home;          /* of the thread that made it */
  GMainContext   *context;       /* the thread's; made with the object, so that others can wake it */
  ChWorkerReport *shown;         /* at home: as of the last ::report */
  ChRequestLog   *log;
  GThread        *thread;
  GCancellable   *cancellable;
  gint            asked;         /* atomic: a person wants a round now */
  gint            stopping;      /* atomic */
  gint            events_came;   /* atomic */

  GMutex          mutex;         /* for what follows */
  gint64          project_id;    /* on screen */
  gint64          vendor_id;
  gboolean        has_shown;     /* since the thread last looked */
};

enum {
  REPORT,
  EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChWorker, ch_worker, G_TYPE_OBJECT)

static void
ch_worker_finalize (GObject *object)
{
  ChWorker *self = (ChWorker *) object;

  g_assert (self->thread == NULL);   /* ch_worker_stop() came first */
  g_free (self->data_dir);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->place, ch_place_free);
  g_clear_object (&self->auth);
  g_clear_object (&self->transport);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->home, g_main_context_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->shown, ch_worker_report_free);
  g_clear_pointer (&self->log, ch_request_log_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->listen);
  g_free (self->public_url);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);

  G_OBJECT_CLASS (ch_worker_parent_class)->finalize (object);
}

static void
ch_worker_class_init (ChWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_worker_finalize;

  signals[REPORT] = g_signal_new ("report", CH_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[EVENT] = g_signal_new ("event", CH_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                 G_TYPE_STRING);
}

static void
ch_worker_init (ChWorker *self)
{
  self->context = g_main_context_new ();
  self->cancellable = g_cancellable_new ();
  self->shown = ch_worker_report_new ();
  g_mutex_init (&self->mutex);
  self->log = ch_request_log_new ();
}

/* What the thread has to tell, on its way home. */
typedef struct {
  ChWorker       *worker;
  ChWorkerReport *report;
  char           *what;
  char           *detail;
} Message;

static void
message_free (gpointer data)
{
  Message *self = data;

  g_free (self->what);
  g_free (self->detail);
  g_object_unref (self->worker);
  g_free (self);
}

static gboolean
deliver (gpointer data)
{
  Message *message = data;
  ChWorker *self = message->worker;

  if (message->report != NULL)
    {
      g_clear_pointer (&self->shown, ch_worker_report_free);
      self->shown = g_steal_pointer (&message->report);
      g_signal_emit (self, signals[REPORT], 0, self->shown);
    }
  if (message->what != NULL)
    g_signal_emit (self, signals[EVENT], 0, message->what, message->detail);
  return G_SOURCE_REMOVE;
}

/*< private > */
void
_ch_worker_send_home (ChWorker       *self,
                      ChWorkerReport *report,
                      const char     *what,
                      char           *detail)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  message->worker = g_object_ref (self);
  message->report = report != NULL ? ch_worker_report_copy (report) : NULL;
  message->what = g_strdup (what);
  message->detail = detail;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, message, message_free);
  g_source_attach (source, self->home);
}

/*< private > */
gboolean
_ch_worker_take_shown (ChWorker *self,
                       gint64   *project_id,
                       gint64   *vendor_id)
{
  gboolean has_shown;

  g_mutex_lock (&self->mutex);
  has_shown = self->has_shown;
  self->has_shown = FALSE;
  *project_id = self->project_id;
  *vendor_id = self->vendor_id;
  g_mutex_unlock (&self->mutex);
  return has_shown;
}

static gboolean
open_all (ChWorker       *self,
          ChWorkerThread *thread,
          GError        **error)
{
  thread->store = ch_store_open (self->data_dir, self->hub, error);
  if (thread->store == NULL)
    return FALSE;

  thread->desk = ch_desk_new (thread->store, self->clock, "sync");
  thread->procore = ch_procore_new (self->place, self->auth, self->transport);
  ch_procore_set_log (thread->procore, self->log);
  ch_procore_set_company_id (thread->procore, self->company_id);
  thread->session = ch_session_new (thread->desk, thread->procore);
  ch_session_set_progress (thread->session, _ch_worker_report_progress, thread);
  ch_session_set_patient (thread->session, TRUE);
  return TRUE;
}

static void
close_all (ChWorkerThread *thread)
{
  g_clear_pointer (&thread->webhooks, _ch_webhooks_free);
  g_clear_object (&thread->session);
  g_clear_object (&thread->procore);
  g_clear_object (&thread->desk);
  if (thread->store != NULL)
    ch_store_close (thread->store);
  g_clear_object (&thread->store);
  ch_worker_report_free (thread->report);
}

static gboolean
wake_up_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Only one process syncs a database: the others wait for their turn. NULL where it was stopped meanwhile. */
static ChSyncLock *
wait_for_lock (ChWorker       *self,
               ChWorkerThread *thread)
{
  while (!g_atomic_int_get (&self->stopping))
    {
      g_autoptr (GError) error = NULL;
      gboolean woken = FALSE;
      g_autoptr (GSource) timer = NULL;
      ChSyncLock *lock = ch_sync_lock_acquire (self->data_dir, &error);

      if (lock != NULL)
        return lock;
      _ch_worker_set_state (thread,
                            g_error_matches (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY) ? CH_WORKER_ELSEWHERE
                                                                                         : CH_WORKER_STOPPED,
                            error->message);
      timer = g_timeout_source_new_seconds (ELSEWHERE_SECONDS);
      g_source_set_callback (timer, wake_up_cb, &woken, NULL);
      g_source_attach (timer, self->context);
      while (!woken && !g_atomic_int_get (&self->stopping))
        g_main_context_iteration (self->context, TRUE);
      g_source_destroy (timer);
    }
  return NULL;
}

/* In the receiver's thread. */
static void
on_events_cb (gpointer user_data)
{
  ChWorker *self = user_data;

  g_atomic_int_set (&self->events_came, TRUE);
  g_main_context_wakeup (self->context);
}

/* Without its receiver the program still asks. */
static void
open_webhooks (ChWorker       *self,
               ChWorkerThread *thread)
{
  const ChWebhookSettings settings = { self->listen, self->public_url, self->secret };
  g_autoptr (GError) error = NULL;

  if (self->listen == NULL)
    return;
  thread->webhooks = _ch_webhooks_new (&settings, on_events_cb, self, &error);
  if (thread->webhooks == NULL)
    _ch_worker_set_state (thread, CH_WORKER_IDLE, error->message);
}

static gpointer
run_thread (gpointer data)
{
  ChWorker *self = data;
  ChWorkerThread thread = { .worker = self,
                            .hub = self->hub,
                            .context = self->context,
                            .cancellable = self->cancellable,
                            .asked = &self->asked,
                            .stopping = &self->stopping,
                            .events_came = &self->events_came,
                            .clock = self->clock,
                            .data_dir = self->data_dir,
                            .report = ch_worker_report_new () };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChSyncLock) lock = NULL;

  g_main_context_push_thread_default (self->context);
  thread.budget.share = self->share;
  thread.budget.patience = self->poll_seconds;
  lock = wait_for_lock (self, &thread);
  if (lock != NULL)
    {
      if (open_all (self, &thread, &error))
        {
          open_webhooks (self, &thread);
          _ch_worker_thread_run (&thread);
        }
      else
        _ch_worker_set_state (&thread, CH_WORKER_STOPPED, error->message);
    }
  close_all (&thread);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * ch_worker_new:
 * @settings: what it works with; copied
 *
 * Returns: (transfer full): a worker that has not started
 */
ChWorker *
ch_worker_new (const ChWorkerSettings *settings)
{
  ChWorker *self = g_object_new (CH_TYPE_WORKER, NULL);

  self->data_dir = g_strdup (settings->data_dir);
  self->hub = g_object_ref (settings->hub);
  self->clock = g_object_ref (settings->clock);
  self->place = ch_place_new (settings->place->api_url, settings->place->login_url);
  self->auth = g_object_ref (settings->auth);
  self->transport = g_object_ref (settings->transport);
  self->company_id = settings->company_id;
  self->poll_seconds = settings->poll_seconds;
  self->share = settings->share > 0 ? settings->share : USUAL_SHARE;
  if (settings->webhooks != NULL)
    {
      self->listen = g_strdup (settings->webhooks->listen);
      self->public_url = g_strdup (settings->webhooks->public_url);
      self->secret = g_strdup (settings->webhooks->secret);
    }
  self->home = g_main_context_ref_thread_default ();
  return self;
}

/**
 * ch_worker_start:
 * @self: a worker
 *
 * Starts its thread.
 */
void
ch_worker_start (ChWorker *self)
{
  g_return_if_fail (CH_IS_WORKER (self));
  g_return_if_fail (self->thread == NULL);

  self->thread = g_thread_new ("sync", run_thread, self);
}

/**
 * ch_worker_get_report:
 * @self: a worker
 *
 * Returns: (transfer none): as of the last ::report
 */
const ChWorkerReport *
ch_worker_get_report (ChWorker *self)
{
  g_return_val_if_fail (CH_IS_WORKER (self), NULL);

  return self->shown;
}

/**
 * ch_worker_get_log:
 * @self: a worker
 *
 * Returns: (transfer none): its requests
 */
ChRequestLog *
ch_worker_get_log (ChWorker *self)
{
  g_return_val_if_fail (CH_IS_WORKER (self), NULL);

  return self->log;
}

/**
 * ch_worker_sync_now:
 * @self: a worker
 *
 * Asks for a round at once, whatever it waits for.
 */
void
ch_worker_sync_now (ChWorker *self)
{
  g_return_if_fail (CH_IS_WORKER (self));

  g_atomic_int_set (&self->asked, TRUE);
  g_main_context_wakeup (self->context);
}

/**
 * ch_worker_show:
 * @self: a worker
 * @project_id: the project on screen, 0 for none
 * @vendor_id: the sub on screen, 0 for none
 *
 * Tells what somebody looks at. It is asked for at once, whatever was spent, and often from then on.
 */
void
ch_worker_show (ChWorker *self,
                gint64    project_id,
                gint64    vendor_id)
{
  g_return_if_fail (CH_IS_WORKER (self));

  g_mutex_lock (&self->mutex);
  self->project_id = project_id;
  self->vendor_id = vendor_id;
  self->has_shown = TRUE;
  g_mutex_unlock (&self->mutex);
  g_main_context_wakeup (self->context);
}

/**
 * ch_worker_stop:
 * @self: a worker
 *
 * Ends its thread, after its current request at most.
 */
void
ch_worker_stop (ChWorker *self)
{
  g_return_if_fail (CH_IS_WORKER (self));

  if (self->thread == NULL)
    return;
  g_atomic_int_set (&self->stopping, TRUE);
  g_cancellable_cancel (self->cancellable);
  g_main_context_wakeup (self->context);
  g_thread_join (g_steal_pointer (&self->thread));
}
