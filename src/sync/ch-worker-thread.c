#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"
#include "ch-worker-private.h"

#include "ch-store-directory.h"

/*
 * The thread sleeps in its own main context until the plan has something due, the outbox has something (the hub says so,
 * or the database's file changed), a verdict changes by itself, somebody asks, or somebody shows something; then it runs
 * one act of blocking code, and looks again.
 */

/* Other processes' commits are told by the file; the rest by alarms. Should one of them fail, this is what is left. */
#define LOOK_SECONDS 5

/* What is said of contracts is looked up anew this often at most: there are many. */
#define CONTRACTS_SECONDS 600

/* on screen: of a sub that works on many projects, those */
#define MAX_SHOWN 20

/* After a crash the events of so long are looked at again. */
#define FLUSH_SECONDS 60

/* Time servers step a clock by less. */
#define SET_BACK_SECONDS 1

static gint64
now (ChWorkerThread *self)
{
  return ch_clock_now (self->clock);
}

/*
 * A clock that was set back puts off whatever waits for a time. What waits in here comes forth by as much; rows that
 * failed are tried once, since the times that are written down for them were another clock's. Set forth, it only makes
 * things come early.
 */
static void
follow_clock (ChWorkerThread *self)
{
  gint64 back = self->seen_at - now (self);

  self->seen_at = now (self);
  if (back < SET_BACK_SECONDS * (gint64) G_USEC_PER_SEC)
    return;

  g_debug ("The clock was set back by %" G_GINT64_FORMAT " s", back / (gint64) G_USEC_PER_SEC);
  if (self->retry_at > 0 && self->retry_at != G_MAXINT64)
    {
      self->retry_at -= back;
      self->report->retry_at = self->retry_at;
    }
  self->next_flush -= back;
  self->units_loaded -= back;
  self->next_push = 0;
  self->tries_all = TRUE;
  _ch_unit_table_come_forth (self->units, back);
}

static void
on_changed_cb (ChKind   kind,
               GArray  *ids,
               gpointer user_data)
{
  ChWorkerThread *self = user_data;
  guint i;

  if (kind == CH_KIND_OUTBOX)
    {
      self->outbox_changed = TRUE;
      self->contracts_stale = TRUE;
    }
  self->certificates_changed = self->certificates_changed || kind == CH_KIND_CERTIFICATE;
  if (kind != CH_KIND_PROJECT)
    return;
  self->units_stale = TRUE;
  for (i = 0; i < ids->len; i++)
    g_hash_table_add (self->changed_projects, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
}

static void
on_alarm_cb (gboolean clock_was_set,
             gpointer user_data)
{
  ChWorkerThread *self = user_data;

  if (clock_was_set)
    {
      g_debug ("The clock was set");
      self->clock_was_set = TRUE;
    }
  self->woken = TRUE;
}

static void
on_file_changed_cb (GFileMonitor     *monitor,
                    GFile            *file,
                    GFile            *other_file,
                    GFileMonitorEvent event,
                    gpointer          user_data)
{
  ChWorkerThread *self = user_data;

  self->woken = TRUE;
}

/* Another process's commit changes the write-ahead log. NULL where files can't be watched. */
static GFileMonitor *
watch_database (ChWorkerThread *self)
{
  g_autofree char *path = g_build_filename (self->data_dir, "certholder.db-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);

  if (monitor == NULL)
    return NULL;
  g_file_monitor_set_rate_limit (monitor, 50);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_file_changed_cb), self);
  return monitor;
}

/* What Procore told; written down now and then, once it was read. */
static void
take_events (ChWorkerThread *self)
{
  g_autoptr (GError) error = NULL;
  guint n;

  if (self->webhooks == NULL)
    return;
  if (g_atomic_int_compare_and_exchange (self->events_came, TRUE, FALSE))
    {
      n = _ch_webhooks_take (self->webhooks, now (self));
      if (n > 0)
        _ch_worker_send_home (self->worker, NULL, "event", g_strdup_printf ("{\"events\":%u}", n));
    }
  if (now (self) < self->next_flush)
    return;
  self->next_flush = now (self) + FLUSH_SECONDS * (gint64) G_USEC_PER_SEC;
  if (!_ch_webhooks_flush (self->webhooks, now (self), FALSE, &error))
    g_warning ("How far events were taken can't be written down: %s", error->message);
}

/* The desk may have said whose it is that waits in an inbox: it is moved at once. */
static void
ask_for_inboxes (ChWorkerThread *self)
{
  g_autoptr (GArray) project_ids = _ch_inbox_list_waiting (self->store, NULL);
  guint i;

  for (i = 0; project_ids != NULL && i < project_ids->len; i++)
    {
      const ChUnit unit = { CH_UNIT_INBOX, g_array_index (project_ids, gint64, i), 0 };

      _ch_unit_table_ask (self->units, &unit, CH_ASKED_BY_EVENT);
    }
}

/* What was announced since the last act. */
static void
take_news (ChWorkerThread *self)
{
  ch_store_poll_others (self->store);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  if (self->units_stale
      || (self->contracts_stale && now (self) - self->units_loaded > CONTRACTS_SECONDS * (gint64) G_USEC_PER_SEC))
    _ch_worker_load_units (self);
  if (self->certificates_changed)
    ask_for_inboxes (self);
  self->certificates_changed = FALSE;
}

static void
ask_for_company (ChWorkerThread *self)
{
  static const ChUnitKind kinds[] = { CH_UNIT_PROJECTS_CHANGED, CH_UNIT_VENDORS_CHANGED };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      ChUnit unit = { kinds[i], 0, 0 };

      _ch_unit_table_ask (self->units, &unit, CH_ASKED_BY_PERSON);
    }
}

/* What is on screen is asked for at once. TRUE where something else is since the last time. */
static gboolean
take_shown (ChWorkerThread *self)
{
  g_autoptr (GArray) projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 project_id;
  gint64 vendor_id;
  guint i;

  if (!_ch_worker_take_shown (self->worker, &project_id, &vendor_id))
    return FALSE;

  if (project_id != 0)
    g_array_append_val (projects, project_id);
  if (vendor_id != 0 && project_id == 0)
    {
      g_autoptr (GArray) of_vendor = ch_store_list_vendor_projects (self->store, vendor_id, NULL);

      if (of_vendor != NULL)
        g_array_append_vals (projects, of_vendor->data, MIN (of_vendor->len, MAX_SHOWN));
    }
  _ch_unit_table_set_open (self->units, projects, now (self));
  if (project_id != 0 || vendor_id != 0)
    ask_for_company (self);
  for (i = 0; i < projects->len; i++)
    _ch_unit_table_ask_project (self->units, g_array_index (projects, gint64, i), CH_ASKED_BY_PERSON);
  return TRUE;
}

static void
make_plan (ChWorkerThread *self,
           ChPlan         *plan)
{
  guint n_units;
  const ChPlanUnit *units = _ch_unit_table_get_units (self->units, &n_units);
  int limit;
  int remaining;
  gint64 reset;

  ch_procore_get_hourly_rate (self->procore, &limit, &remaining, &reset);
  ch_planner_set_limit (&self->budget, limit);
  self->budget.hourly_remaining = remaining;
  self->budget.hourly_reset = reset * G_USEC_PER_SEC;
  ch_planner_earn (&self->budget, now (self));
  ch_planner_plan (&self->budget, units, n_units, plan);
  self->report->bound = plan->bound;
}

/* The first time there is nothing to plan with: everything is read. */
static gboolean
was_ever_read (ChWorkerThread *self)
{
  const ChUnit unit = { CH_UNIT_PROJECTS_CHANGED, 0, 0 };

  return _ch_unit_table_get_read_at (self->units, &unit) > 0;
}

static gboolean
is_blocked (ChWorkerThread *self)
{
  return self->retry_at > now (self);
}

/* One act. TRUE where there may be more to do at once. */
static gboolean
act (ChWorkerThread *self,
     ChPlan         *plan)
{
  guint n_units;
  const ChPlanUnit *units;

  if (g_atomic_int_get (self->asked) || (!was_ever_read (self) && !is_blocked (self)))
    {
      _ch_worker_act_round (self);
      return TRUE;
    }
  if (is_blocked (self))
    {
      self->outbox_changed = FALSE;
      return FALSE;
    }
  if (self->outbox_changed || self->next_push <= now (self))
    {
      _ch_worker_act_push (self);
      return TRUE;
    }

  make_plan (self, plan);
  if (plan->index < 0 || plan->at > now (self))
    return FALSE;
  units = _ch_unit_table_get_units (self->units, &n_units);
  _ch_worker_act_unit (self, &units[plan->index].unit);
  return TRUE;
}

static gboolean
wake_up_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
set_alarm (ChWorkerThread *self,
           gint64          lapse)
{
  /* The desk's clock may run apart from the system's. */
  if (self->alarm != NULL)
    _ch_alarm_set (self->alarm, lapse > 0 ? lapse - now (self) + g_get_real_time () : 0);
}

/* Sleeps till the next thing that is due, or until something happens. */
static void
sleep_until_due (ChWorkerThread *self,
                 gint64          planned)
{
  gint64 due = MIN (planned, now (self) + LOOK_SECONDS * (gint64) G_USEC_PER_SEC);
  gint64 lapse = ch_desk_get_next_lapse (self->desk, NULL);
  g_autoptr (GSource) timer = NULL;
  gint64 wait;

  if (lapse > 0)
    due = MIN (due, lapse);
  if (is_blocked (self))
    due = MIN (due, self->retry_at);
  set_alarm (self, lapse);
  wait = CLAMP ((due - now (self)) / 1000 + 1, 1, LOOK_SECONDS * 1000);
  timer = g_timeout_source_new ((guint) wait);
  g_source_set_callback (timer, wake_up_cb, &self->woken, NULL);
  g_source_attach (timer, self->context);
  self->woken = FALSE;
  while (!self->woken && !self->outbox_changed && !self->certificates_changed && !g_atomic_int_get (self->asked)
         && !g_atomic_int_get (self->stopping) && !g_atomic_int_get (self->events_came))
    {
      g_main_context_iteration (self->context, TRUE);
      if (take_shown (self))
        break;
    }
  g_source_destroy (timer);
}

static void
work (ChWorkerThread *self)
{
  while (!g_atomic_int_get (self->stopping))
    {
      ChPlan plan = { -1, G_MAXINT64, 0 };

      follow_clock (self);
      _ch_worker_act_lapse (self);
      take_news (self);
      take_events (self);
      take_shown (self);
      if (!act (self, &plan) && !g_atomic_int_get (self->stopping))
        sleep_until_due (self, MIN (plan.at, self->next_push));
    }
}

/*< private > */
void
_ch_worker_thread_run (ChWorkerThread *self)
{
  /* It only has to live as long as this. */
  G_GNUC_UNUSED g_autoptr (GFileMonitor) monitor = watch_database (self);
  g_autoptr (GError) error = NULL;
  guint subscription = ch_change_hub_subscribe (self->hub, on_changed_cb, self, NULL);

  self->units = _ch_unit_table_new ();
  self->changed_projects = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->alarm = _ch_alarm_new (self->context, on_alarm_cb, self);
  self->clock_was_set = TRUE;
  self->seen_at = now (self);
  self->outbox_changed = TRUE;
  self->next_push = G_MAXINT64;
  self->budget.now = now (self);
  self->budget.hourly_limit = -1;
  self->budget.allowance = ch_planner_get_capacity (&self->budget);
  if (self->webhooks != NULL
      && !_ch_webhooks_begin (self->webhooks, self->store, self->procore, self->units, now (self), &error))
    g_warning ("Webhooks can't begin: %s", error->message);
  _ch_worker_load_units (self);
  _ch_worker_send_home (self->worker, NULL, "started", NULL);

  work (self);

  g_clear_error (&error);
  if (self->webhooks != NULL && !_ch_webhooks_flush (self->webhooks, now (self), TRUE, &error))
    g_warning ("How far events were taken can't be written down: %s", error->message);
  ch_change_hub_unsubscribe (self->hub, subscription);
  g_clear_pointer (&self->alarm, _ch_alarm_free);
  g_clear_pointer (&self->units, _ch_unit_table_free);
  g_clear_pointer (&self->changed_projects, g_hash_table_unref);
}
