#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-worker-private.h"

#include "ch-session-private.h"
#include "ch-worker-report-private.h"


/* What the worker's thread does: each act is blocking code that ends with what it has to tell. */

#define MAX_BACK_OFF_SECONDS 600
/* a report of what was read unasked goes home this often at most */
#define REPORT_SECONDS 1

static gint64
now (ChWorkerThread *self)
{
  return ch_clock_now (self->clock);
}

/*< private > */
void
_ch_worker_set_state (ChWorkerThread *self,
                      ChWorkerState   state,
                      const char     *problem)
{
  self->report->state = state;
  if (g_strcmp0 (self->report->problem, problem) != 0)
    {
      g_free (self->report->problem);
      self->report->problem = g_strdup (problem);
    }
  if (self->webhooks != NULL)
    _ch_webhooks_report (self->webhooks, self->report);
  if (self->procore != NULL)
    {
      self->report->last_contact = MAX (self->report->last_contact, ch_procore_get_last_contact (self->procore));
      self->report->requests = ch_procore_get_n_requests (self->procore);
      ch_procore_get_rate (self->procore, &self->report->rate_limit, &self->report->rate_remaining, &self->report->rate_reset);
    }
  if (state != CH_WORKER_SYNCING)
    g_clear_pointer (&self->report->activity, g_free);
  self->reported_at = now (self);
  _ch_worker_send_home (self->worker, self->report, NULL, NULL);
}

/*< private > */
void
_ch_worker_report_progress (const char *what,
                            guint       done,
                            guint       total,
                            gpointer    user_data)
{
  ChWorkerThread *self = user_data;
  g_autofree char *activity = total > 0 ? g_strdup_printf ("%s (%u/%u)", what, done + 1, total) : g_strdup (what);

  /* Reading what the planner says is nothing to look at. */
  if (self->report->state != CH_WORKER_SYNCING || g_strcmp0 (activity, self->report->activity) == 0)
    return;
  g_free (self->report->activity);
  self->report->activity = g_steal_pointer (&activity);
  _ch_worker_send_home (self->worker, self->report, NULL, NULL);
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

static void
take_summary (ChWorkerThread       *self,
              const ChRoundSummary *summary)
{
  self->report->waiting = summary->pending - MIN (summary->parked, summary->pending);
  self->report->parked = summary->parked;
  self->report->conflicts = summary->conflicts;
  self->next_push = summary->next_attempt > 0 ? summary->next_attempt : G_MAXINT64;
}

/* What follows from an error, for what is shown and for when to try again. */
static void
take_error (ChWorkerThread *self,
            const GError   *error)
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
  self->retry_at = now (self) + wait * G_USEC_PER_SEC + g_random_int_range (0, G_USEC_PER_SEC);
  if (retry_after > 0)
    self->retry_at = MAX (self->retry_at, now (self) + retry_after * G_USEC_PER_SEC - g_get_real_time ());
  if (needs_person)
    self->retry_at = G_MAXINT64;
  self->report->retry_at = needs_person ? 0 : self->retry_at;
  _ch_worker_set_state (self, needs_person ? CH_WORKER_NEEDS_PERSON : CH_WORKER_OFFLINE, problem);
  _ch_worker_send_home (self->worker, NULL, "problem", NULL);
}

static void
take_success (ChWorkerThread *self)
{
  self->n_failures = 0;
  self->retry_at = 0;
  self->report->retry_at = 0;
}

/*< private > */
void
_ch_worker_load_units (ChWorkerThread *self)
{
  g_autoptr (GError) error = NULL;

  if (!_ch_unit_table_load (self->units, self->store, now (self), &error))
    g_warning ("What there is to read can't be made out: %s", error->message);
  self->units_stale = FALSE;
  self->contracts_stale = FALSE;
  self->units_loaded = now (self);
  _ch_worker_report_set_freshness (self->report, self->units);
}

/*< private > */
void
_ch_worker_act_round (ChWorkerThread *self)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (ChRoundSummary) partial = NULL;
  g_autoptr (GError) error = NULL;
  const char *problem;

  g_atomic_int_set (self->asked, FALSE);
  self->outbox_changed = FALSE;
  _ch_worker_set_state (self, CH_WORKER_SYNCING, self->report->problem);
  summary = ch_session_run_round (self->session, &partial, self->cancellable, &error);
  if (summary != NULL || partial != NULL)
    take_summary (self, summary != NULL ? summary : partial);
  _ch_worker_load_units (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (summary == NULL)
    {
      take_error (self, error);
      return;
    }

  take_success (self);
  self->report->last_round = now (self);
  problem = summary->problems->len > 0 ? g_ptr_array_index (summary->problems, 0) : NULL;
  _ch_worker_set_state (self, CH_WORKER_IDLE, problem);
  _ch_worker_send_home (self->worker, NULL, "round", describe_round (summary));
}

/*< private > */
void
_ch_worker_act_push (ChWorkerThread *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChRoundSummary) summary = ch_round_summary_new ();
  gboolean ok;

  self->outbox_changed = FALSE;
  _ch_worker_set_state (self, CH_WORKER_SYNCING, self->report->problem);
  ch_session_set_patient (self->session, !self->tries_all);
  ok = ch_session_push (self->session, summary, self->cancellable, &error);
  ch_session_set_patient (self->session, TRUE);
  self->tries_all = self->tries_all && !ok;
  take_summary (self, summary);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!ok)
    {
      take_error (self, error);
      return;
    }

  take_success (self);
  _ch_worker_set_state (self, CH_WORKER_IDLE, summary->problems->len > 0 ? g_ptr_array_index (summary->problems, 0) : NULL);
  if (summary->pushed_insurances + summary->pushed_commitments + summary->pushed_files + summary->pushed_links > 0)
    _ch_worker_send_home (self->worker, NULL, "pushed", describe_round (summary));
}

static guint
count_pulled (const ChRoundSummary *summary)
{
  return summary->pulled_projects + summary->pulled_subs + summary->pulled_assignments + summary->pulled_commitments
         + summary->pulled_insurances;
}

/* A project that changed may have changed in any of its lists. */
static void
follow_up (ChWorkerThread *self,
           const ChUnit   *unit)
{
  GHashTableIter iter;
  gpointer id;

  /* What was committed is told in this context. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  if (self->units_stale)
    _ch_worker_load_units (self);
  if (unit->kind == CH_UNIT_PROJECTS_CHANGED)
    {
      g_hash_table_iter_init (&iter, self->changed_projects);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        _ch_unit_table_ask_project (self->units, *(gint64 *) id, CH_ASKED_BY_EVENT);
    }
  g_hash_table_remove_all (self->changed_projects);
}

static char *
describe_unit (const ChUnit         *unit,
               const ChRoundSummary *summary)
{
  g_autofree char *round = describe_round (summary);

  return g_strdup_printf ("{\"unit\":\"%s\",\"project\":%" G_GINT64_FORMAT ",%s", ch_unit_kind_to_string (unit->kind),
                          unit->project_id, round + 1);
}

static void
report_unit (ChWorkerThread       *self,
             const ChUnit         *unit,
             const ChRoundSummary *summary)
{
  _ch_worker_report_set_freshness (self->report, self->units);
  if (self->report->state == CH_WORKER_OFFLINE || self->report->state == CH_WORKER_NEEDS_PERSON
      || g_strcmp0 (self->report->problem, _ch_unit_table_get_problem (self->units)) != 0
      || now (self) - self->reported_at >= REPORT_SECONDS * G_USEC_PER_SEC || now (self) < self->reported_at)
    _ch_worker_set_state (self, CH_WORKER_IDLE, _ch_unit_table_get_problem (self->units));
  if (count_pulled (summary) > 0)
    _ch_worker_send_home (self->worker, NULL, "pulled", describe_unit (unit, summary));
}

/* Another tool may well answer: the unit is left alone for a while, and the rest goes on. */
static void
take_unit_error (ChWorkerThread *self,
                 const ChUnit   *unit,
                 const GError   *error)
{
  const char *hint = ch_procore_error_get_hint (error);
  g_autofree char *problem = hint != NULL ? g_strdup_printf ("%s. %s", error->message, hint) : g_strdup (error->message);
  const ChUnit ids = { CH_UNIT_PROJECT_IDS, 0, 0 };
  const ChUnit insurances = { CH_UNIT_COMPANY_INSURANCES, 0, 0 };

  _ch_unit_table_note_failure (self->units, unit, now (self), error, problem);
  /* Its project may have been deleted, which nothing tells. */
  if (unit->project_id != 0 && g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    _ch_unit_table_ask (self->units, &ids, CH_ASKED_BY_EVENT);
  /* Only the whole list proves that a record is gone. */
  if (unit->kind == CH_UNIT_INSURANCE)
    _ch_unit_table_ask (self->units, &insurances, CH_ASKED_BY_EVENT);
  _ch_worker_set_state (self, CH_WORKER_IDLE, _ch_unit_table_get_problem (self->units));
  _ch_worker_send_home (self->worker, NULL, "problem", NULL);
}

static gboolean
read_unit (ChWorkerThread *self,
           const ChUnit   *unit,
           ChRoundSummary *summary,
           GError        **error)
{
  guint n_before = ch_procore_get_n_requests (self->procore);
  gboolean ok;

  if (unit->kind < CH_UNIT_HOOK)
    return ch_session_pull_unit (self->session, unit, summary, self->cancellable, error);
  ok = self->webhooks == NULL || _ch_webhooks_read (self->webhooks, unit, now (self), self->cancellable, error);
  summary->requests += ch_procore_get_n_requests (self->procore) - n_before;
  return ok;
}

/*< private > */
void
_ch_worker_act_unit (ChWorkerThread *self,
                     const ChUnit   *unit)
{
  const ChUnit wanted = *unit;
  g_autoptr (ChRoundSummary) summary = ch_round_summary_new ();
  g_autoptr (GError) error = NULL;
  gint64 began = now (self);
  gboolean ok = read_unit (self, &wanted, summary, &error);

  self->budget.allowance -= summary->requests;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!ok && _ch_ends_round (error))
    {
      take_error (self, error);
      return;
    }
  if (!ok)
    {
      take_unit_error (self, &wanted, error);
      return;
    }

  take_success (self);
  /* A new hook has deliveries to look at from now on. */
  if (wanted.kind == CH_UNIT_HOOK)
    self->contracts_stale = TRUE;
  _ch_unit_table_note_read (self->units, &wanted, began, summary->requests, count_pulled (summary) > 0);
  self->budget.asks_projects = !ch_session_lists_memberships (self->session);
  _ch_unit_table_set_lists_memberships (self->units, ch_session_lists_memberships (self->session));
  follow_up (self, &wanted);
  report_unit (self, &wanted, summary);
}

/*< private >
 * Judges what was due to change by now; also right after a resume or a clock change, since it asks the clock.
 */
void
_ch_worker_act_lapse (ChWorkerThread *self)
{
  g_autoptr (GError) error = NULL;
  guint n_set = 0;
  guint n_lapsed = 0;
  gint64 next;

  if (self->clock_was_set && ch_desk_judge_after_set_clock (self->desk, &n_set, &error))
    self->clock_was_set = FALSE;
  next = error == NULL ? ch_desk_get_next_lapse (self->desk, &error) : 0;
  if (error == NULL && n_set == 0 && (next == 0 || next > now (self)))
    return;
  if (error == NULL && ch_desk_judge_lapsed (self->desk, &n_lapsed, &error))
    {
      self->outbox_changed = TRUE;
      if (n_set + n_lapsed > 0)
        _ch_worker_send_home (self->worker, NULL, "lapsed", g_strdup_printf ("{\"verdicts\":%u}", n_set + n_lapsed));
      return;
    }
  _ch_worker_set_state (self, self->report->state, error->message);
}
