#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-worker-report-private.h"

#include "ch-store-directory.h"
#include "ch-store-freshness.h"

#include <glib/gi18n-lib.h>

/*
 * One thread does all that touches the network. It sleeps in its own main context until a round is due, the outbox has
 * something (the hub says so), a verdict changes by itself, or somebody asks; then it runs blocking code. What it has
 * to tell is handed to the context of the thread that made it.
 */

#define DEFAULT_POLL_SECONDS 60

/*
 * A round of the program reads this many projects' own lists, those read longest ago first. With the company's six
 * lists and four commitments that makes some 22 requests a minute: well below half of Procore's usual hourly limit.
 */
#define PROJECTS_PER_ROUND 4

/* Suspend and clock changes stop or move timers without a word: the clock is looked at this often. */
#define LOOK_SECONDS 5
#define ELSEWHERE_SECONDS 5
#define MAX_BACK_OFF_SECONDS 600

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

  GMainContext   *home;          /* of the thread that made it */
  ChWorkerReport *shown;         /* at home: as of the last ::report */
  ChRequestLog   *log;
  GThread        *thread;
  GCancellable   *cancellable;
  gint            asked;         /* atomic: a person wants a round now */
  gint            stopping;      /* atomic */

  /* The thread's own. */
  GMainContext   *context;       /* made with the object, so that others can wake it */
  ChWorkerReport *report;
  ChStore        *store;
  ChDesk         *desk;
  ChProcore      *procore;
  ChSession      *session;
  ChSyncLock     *lock;
  gboolean        outbox_changed;
  gint64          next_round;    /* the clock's microseconds */
  guint           n_failures;
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
  g_clear_pointer (&self->report, ch_worker_report_free);
  g_clear_pointer (&self->log, ch_request_log_unref);

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
  self->report = ch_worker_report_new ();
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

  g_clear_pointer (&self->report, ch_worker_report_free);
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

static void
send_home (ChWorker   *self,
           gboolean    report,
           const char *what,
           char       *detail)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  message->worker = g_object_ref (self);
  message->report = report ? ch_worker_report_copy (self->report) : NULL;
  message->what = g_strdup (what);
  message->detail = detail;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, message, message_free);
  g_source_attach (source, self->home);
}

static void
set_state (ChWorker     *self,
           ChWorkerState state,
           const char   *problem)
{
  self->report->state = state;
  if (g_strcmp0 (self->report->problem, problem) != 0)
    {
      g_free (self->report->problem);
      self->report->problem = g_strdup (problem);
    }
  if (self->procore != NULL)
    {
      self->report->last_contact = MAX (self->report->last_contact, ch_procore_get_last_contact (self->procore));
      self->report->requests = ch_procore_get_n_requests (self->procore);
      ch_procore_get_rate (self->procore, &self->report->rate_limit, &self->report->rate_remaining, &self->report->rate_reset);
    }
  if (state != CH_WORKER_SYNCING)
    g_clear_pointer (&self->report->activity, g_free);
  send_home (self, TRUE, NULL, NULL);
}

static void
on_progress_cb (const char *what,
                guint       done,
                guint       total,
                gpointer    user_data)
{
  ChWorker *self = user_data;
  g_autofree char *activity = total > 0 ? g_strdup_printf ("%s (%u/%u)", what, done + 1, total) : g_strdup (what);

  if (g_strcmp0 (activity, self->report->activity) == 0)
    return;
  g_free (self->report->activity);
  self->report->activity = g_steal_pointer (&activity);
  send_home (self, TRUE, NULL, NULL);
}

static void
on_changed_cb (ChKind   kind,
               GArray  *ids,
               gpointer user_data)
{
  ChWorker *self = user_data;

  if (kind == CH_KIND_OUTBOX)
    self->outbox_changed = TRUE;
}

static gint64
now (ChWorker *self)
{
  return ch_clock_now (self->clock);
}

static char *
describe_round (const ChRoundSummary *summary)
{
  return g_strdup_printf ("{\"pulled\":{\"projects\":%u,\"subs\":%u,\"assignments\":%u,\"commitments\":%u,\"insurances\":%u},"
                          "\"pushed\":{\"insurances\":%u,\"commitments\":%u,\"files\":%u,\"links\":%u},"
                          "\"requests\":%u,\"conflicts\":%u,\"pending\":%u}",
                          summary->pulled_projects, summary->pulled_subs, summary->pulled_assignments,
                          summary->pulled_commitments, summary->pulled_insurances, summary->pushed_insurances,
                          summary->pushed_commitments, summary->pushed_files, summary->pushed_links, summary->requests,
                          summary->conflicts, summary->pending);
}

/* What the store knows of when each list was read. What can't be read is not reported. */
static void
report_freshness (ChWorker *self)
{
  g_autoptr (GPtrArray) known = ch_store_list_freshness (self->store, NULL);
  g_autoptr (GPtrArray) projects = ch_store_list_projects (self->store, TRUE, NULL);
  g_autoptr (GHashTable) read_at = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  for (i = 0; known != NULL && i < known->len; i++)
    {
      ChFreshness *freshness = g_ptr_array_index (known, i);
      ChUnit unit = { CH_UNIT_PROJECTS, freshness->project_id, freshness->commitment_id };

      if (ch_unit_kind_from_string (freshness->unit, &unit.kind))
        g_hash_table_insert (read_at, g_memdup2 (&unit, sizeof unit), &freshness->read_at);
    }
  for (i = 0; projects != NULL && i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      if (!project->is_template)
        g_array_append_val (ids, project->id);
    }
  _ch_worker_report_set_freshness (self->report, read_at, ids);
}

static void
take_summary (ChWorker             *self,
              const ChRoundSummary *summary)
{
  self->report->waiting = summary->pending - MIN (summary->parked, summary->pending);
  self->report->parked = summary->parked;
  self->report->conflicts = summary->conflicts;
  report_freshness (self);
}

/* What follows from an error, for what is shown and for when to try again. */
static void
take_error (ChWorker     *self,
            const GError *error)
{
  const char *hint = ch_procore_error_get_hint (error);
  g_autofree char *problem = hint != NULL ? g_strdup_printf ("%s. %s", error->message, hint) : g_strdup (error->message);
  gint64 wait = MIN (G_GINT64_CONSTANT (5) << MIN (self->n_failures, 10), MAX_BACK_OFF_SECONDS);
  gint64 retry_after = ch_procore_error_get_retry_after (error);
  gboolean needs_person = g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN)
                          || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_CONNECTED)
                          || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN)
                          || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID);

  self->n_failures++;
  self->next_round = now (self) + wait * G_USEC_PER_SEC + g_random_int_range (0, G_USEC_PER_SEC);
  if (retry_after > 0)
    self->next_round = MAX (self->next_round, now (self) + retry_after * G_USEC_PER_SEC - g_get_real_time ());
  if (needs_person)
    self->next_round = G_MAXINT64;
  self->report->retry_at = needs_person ? 0 : self->next_round;
  set_state (self, needs_person ? CH_WORKER_NEEDS_PERSON : CH_WORKER_OFFLINE, problem);
  send_home (self, FALSE, "problem", NULL);
}

static void
run_round (ChWorker *self)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (ChRoundSummary) partial = NULL;
  g_autoptr (GError) error = NULL;

  g_atomic_int_set (&self->asked, FALSE);
  self->outbox_changed = FALSE;
  set_state (self, CH_WORKER_SYNCING, self->report->problem);
  summary = ch_session_run_round (self->session, &partial, self->cancellable, &error);
  if (summary != NULL)
    take_summary (self, summary);
  else if (partial != NULL)
    take_summary (self, partial);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (summary == NULL)
    {
      take_error (self, error);
      return;
    }

  self->n_failures = 0;
  self->report->retry_at = 0;
  self->report->last_round = now (self);
  self->next_round = now (self) + self->poll_seconds * (gint64) G_USEC_PER_SEC;
  set_state (self, CH_WORKER_IDLE, summary->problems->len > 0 ? g_ptr_array_index (summary->problems, 0) : NULL);
  send_home (self, FALSE, "round", describe_round (summary));
}

static void
run_push (ChWorker *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  gboolean ok;

  self->outbox_changed = FALSE;
  set_state (self, CH_WORKER_SYNCING, self->report->problem);
  ok = ch_session_push (self->session, summary, self->cancellable, &error);
  take_summary (self, summary);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!ok)
    {
      take_error (self, error);
      return;
    }

  set_state (self, CH_WORKER_IDLE, summary->problems->len > 0 ? g_ptr_array_index (summary->problems, 0) : NULL);
  if (summary->pushed_insurances + summary->pushed_commitments + summary->pushed_files + summary->pushed_links > 0)
    send_home (self, FALSE, "pushed", describe_round (summary));
}

/* Judges what was due to change by now; also right after a resume or a clock change, since it asks the clock. */
static void
keep_lapse_clock (ChWorker *self)
{
  g_autoptr (GError) error = NULL;
  gint64 next = ch_desk_get_next_lapse (self->desk, &error);
  guint n_changed = 0;

  if (error == NULL && (next == 0 || next > now (self)))
    return;
  if (error == NULL && ch_desk_judge_lapsed (self->desk, &n_changed, &error))
    {
      self->outbox_changed = TRUE;
      if (n_changed > 0)
        send_home (self, FALSE, "lapsed", g_strdup_printf ("{\"verdicts\":%u}", n_changed));
      return;
    }
  set_state (self, self->report->state, error->message);
}

static gboolean
wake_up_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Sleeps till the next thing that is due, or until something happens. */
static void
sleep_until_due (ChWorker *self)
{
  gint64 due = MIN (self->next_round, now (self) + LOOK_SECONDS * G_USEC_PER_SEC);
  gint64 lapse = ch_desk_get_next_lapse (self->desk, NULL);
  gboolean woken = FALSE;
  g_autoptr (GSource) timer = NULL;
  gint64 wait;

  if (lapse > 0)
    due = MIN (due, lapse);
  wait = CLAMP ((due - now (self)) / 1000 + 1, 1, LOOK_SECONDS * 1000);
  timer = g_timeout_source_new ((guint) wait);
  g_source_set_callback (timer, wake_up_cb, &woken, NULL);
  g_source_attach (timer, self->context);
  while (!woken && !self->outbox_changed && !g_atomic_int_get (&self->asked) && !g_atomic_int_get (&self->stopping))
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (timer);
}

static gboolean
is_blocked (ChWorker *self)
{
  return self->report->state == CH_WORKER_NEEDS_PERSON || self->report->state == CH_WORKER_OFFLINE;
}

static void
work (ChWorker *self)
{
  while (!g_atomic_int_get (&self->stopping))
    {
      keep_lapse_clock (self);
      ch_store_poll_others (self->store);
      while (g_main_context_iteration (self->context, FALSE))
        ;
      if (g_atomic_int_get (&self->asked) || self->next_round <= now (self))
        run_round (self);
      else if (self->outbox_changed && !is_blocked (self))
        run_push (self);
      else
        self->outbox_changed = FALSE;
      if (!g_atomic_int_get (&self->stopping))
        sleep_until_due (self);
    }
}

static gboolean
open_all (ChWorker *self,
          GError  **error)
{
  self->store = ch_store_open (self->data_dir, self->hub, error);
  if (self->store == NULL)
    return FALSE;

  self->desk = ch_desk_new (self->store, self->clock, "sync");
  self->procore = ch_procore_new (self->place, self->auth, self->transport);
  ch_procore_set_log (self->procore, self->log);
  ch_procore_set_company_id (self->procore, self->company_id);
  self->session = ch_session_new (self->desk, self->procore);
  ch_session_set_progress (self->session, on_progress_cb, self);
  ch_session_set_max_projects (self->session, PROJECTS_PER_ROUND);
  ch_session_set_patient (self->session, TRUE);
  return TRUE;
}

static void
close_all (ChWorker *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->procore);
  g_clear_object (&self->desk);
  if (self->store != NULL)
    ch_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->lock, ch_sync_lock_release);
}

/* Only one process syncs a database: the others wait for their turn. */
static gboolean
wait_for_lock (ChWorker *self)
{
  while (!g_atomic_int_get (&self->stopping))
    {
      g_autoptr (GError) error = NULL;
      gboolean woken = FALSE;
      g_autoptr (GSource) timer = NULL;

      self->lock = ch_sync_lock_acquire (self->data_dir, &error);
      if (self->lock != NULL)
        return TRUE;
      set_state (self, g_error_matches (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY) ? CH_WORKER_ELSEWHERE : CH_WORKER_STOPPED,
                 error->message);
      timer = g_timeout_source_new_seconds (ELSEWHERE_SECONDS);
      g_source_set_callback (timer, wake_up_cb, &woken, NULL);
      g_source_attach (timer, self->context);
      while (!woken && !g_atomic_int_get (&self->stopping))
        g_main_context_iteration (self->context, TRUE);
      g_source_destroy (timer);
    }
  return FALSE;
}

static gpointer
run_thread (gpointer data)
{
  ChWorker *self = data;
  g_autoptr (GError) error = NULL;
  guint subscription;

  g_main_context_push_thread_default (self->context);
  subscription = ch_change_hub_subscribe (self->hub, on_changed_cb, self, NULL);
  if (wait_for_lock (self))
    {
      if (open_all (self, &error))
        work (self);
      else
        set_state (self, CH_WORKER_STOPPED, error->message);
    }
  ch_change_hub_unsubscribe (self->hub, subscription);
  close_all (self);
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
  self->poll_seconds = settings->poll_seconds > 0 ? settings->poll_seconds : DEFAULT_POLL_SECONDS;
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
