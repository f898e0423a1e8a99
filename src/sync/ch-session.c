#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-breaker.h"
#include "ch-folders-private.h"

#include <glib/gi18n-lib.h>

#define MAX_PASSES 20

G_DEFINE_FINAL_TYPE (ChSession, ch_session, G_TYPE_OBJECT)

static void
ch_session_finalize (GObject *object)
{
  ChSession *self = (ChSession *) object;

  g_clear_object (&self->desk);
  g_clear_object (&self->procore);
  if (self->reader != NULL)
    ch_reader_close (self->reader);
  g_clear_object (&self->reader);
  ch_breaker_free (self->breaker);
  _ch_unit_marks_free (self->marks);
  g_rand_free (self->rand);

  G_OBJECT_CLASS (ch_session_parent_class)->finalize (object);
}

static void
ch_session_class_init (ChSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_session_finalize;
}

static void
ch_session_init (ChSession *self)
{
  self->rand = g_rand_new ();
  self->breaker = ch_breaker_new (g_rand_new ());
  self->marks = _ch_unit_marks_new ();
  self->lists_memberships = TRUE;
}

/**
 * ch_session_new:
 * @desk: the desk
 * @procore: the API, for the desk's company
 *
 * Returns: (transfer full): what pull and push share; used by one thread
 */
ChSession *
ch_session_new (ChDesk    *desk,
                ChProcore *procore)
{
  ChSession *self = g_object_new (CH_TYPE_SESSION, NULL);

  self->desk = g_object_ref (desk);
  self->procore = g_object_ref (procore);
  return self;
}

/**
 * ch_session_get_desk:
 * @self: the session
 *
 * Returns: (transfer none): its desk
 */
ChDesk *
ch_session_get_desk (ChSession *self)
{
  g_return_val_if_fail (CH_IS_SESSION (self), NULL);

  return self->desk;
}

/**
 * ch_session_get_procore:
 * @self: the session
 *
 * Returns: (transfer none): its API
 */
ChProcore *
ch_session_get_procore (ChSession *self)
{
  g_return_val_if_fail (CH_IS_SESSION (self), NULL);

  return self->procore;
}

/**
 * ch_session_set_progress:
 * @self: the session
 * @func: (nullable): told what is being done
 * @user_data: for @func
 */
void
ch_session_set_progress (ChSession     *self,
                         ChProgressFunc func,
                         gpointer       user_data)
{
  g_return_if_fail (CH_IS_SESSION (self));

  self->progress = func;
  self->progress_data = user_data;
}

/**
 * ch_session_set_seed:
 * @self: the session
 * @seed: makes what it leaves to chance repeatable
 */
void
ch_session_set_seed (ChSession *self,
                     guint32    seed)
{
  g_return_if_fail (CH_IS_SESSION (self));

  g_rand_set_seed (self->rand, seed);
  ch_breaker_free (self->breaker);
  self->breaker = ch_breaker_new (g_rand_new_with_seed (seed + 1));
}

/**
 * ch_session_set_report_func:
 * @self: the session
 * @func: (nullable): what draws a project's compliance report; %NULL for the desk's own
 * @user_data: for @func
 */
void
ch_session_set_report_func (ChSession   *self,
                            ChReportFunc func,
                            gpointer     user_data)
{
  g_return_if_fail (CH_IS_SESSION (self));

  self->report_func = func;
  self->report_data = user_data;
}

/**
 * ch_session_set_read_func:
 * @self: the session
 * @func: (nullable): what reads the documents that come from Procore; %NULL for the helper process
 * @user_data: for @func
 */
void
ch_session_set_read_func (ChSession *self,
                          ChReadFunc func,
                          gpointer   user_data)
{
  g_return_if_fail (CH_IS_SESSION (self));

  self->read_func = func;
  self->read_data = user_data;
}

/*< private > */
ChReading *
_ch_session_read_document (ChSession    *session,
                           int           fd,
                           GCancellable *cancellable,
                           GError      **error)
{
  if (session->read_func != NULL)
    return session->read_func (fd, cancellable, session->read_data, error);
  if (session->reader == NULL)
    session->reader = ch_reader_new ();
  return ch_reader_read (session->reader, fd, cancellable, error);
}

/**
 * ch_session_set_patient:
 * @self: the session
 * @patient: whether rows that failed wait for the time that was set for them
 *
 * A program that syncs by itself is patient; a person who asks for a sync wants it tried now.
 */
void
ch_session_set_patient (ChSession *self,
                        gboolean   patient)
{
  g_return_if_fail (CH_IS_SESSION (self));

  self->patient = patient;
}

/**
 * ch_session_lists_memberships:
 * @self: the session
 *
 * Returns: whether the company's vendor list, as last read, says who works where; else each project has to be asked
 */
gboolean
ch_session_lists_memberships (ChSession *self)
{
  g_return_val_if_fail (CH_IS_SESSION (self), TRUE);

  return self->lists_memberships;
}

/*< private > */
void
_ch_session_set_lists_memberships (ChSession *session,
                                   gboolean   lists_memberships)
{
  session->lists_memberships = lists_memberships;
}

/**
 * ch_round_summary_new:
 *
 * Returns: (transfer full): of a round that has done nothing yet
 */
ChRoundSummary *
ch_round_summary_new (void)
{
  ChRoundSummary *self = g_new0 (ChRoundSummary, 1);

  self->problems = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ch_round_summary_free:
 * @self: (transfer full): a summary
 */
void
ch_round_summary_free (ChRoundSummary *self)
{
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* Rows without a time of their own wait for something else: a place that is switched off, a person. */
#define LOOK_AGAIN_SECONDS 300

static gint64
get_next_attempt (ChRound           *round,
                  const ChOutboxRow *row)
{
  gint64 now = _ch_round_now (round);
  gint64 due = _ch_row_get_due (row, now);

  return due > now ? due : now + LOOK_AGAIN_SECONDS * (gint64) G_USEC_PER_SEC;
}

static gboolean
count_what_is_left (ChRound *round,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (round->store, error);
  g_autoptr (GPtrArray) conflicts = rows != NULL ? ch_store_list_conflicts (round->store, 0, error) : NULL;
  gint64 next_attempt = 0;
  guint i;

  if (conflicts == NULL)
    return FALSE;

  round->summary->pending = rows->len;
  round->summary->parked = 0;
  for (i = 0; i < rows->len; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);

      if (row->state == CH_OUTBOX_PARKED)
        {
          round->summary->parked++;
          continue;
        }
      if (next_attempt == 0 || get_next_attempt (round, row) < next_attempt)
        next_attempt = get_next_attempt (round, row);
    }
  round->summary->next_attempt = next_attempt;
  round->summary->conflicts = conflicts->len;
  return TRUE;
}

static gboolean
push_all (ChRound *round,
          GError **error)
{
  gboolean progress = TRUE;
  guint pass;

  for (pass = 0; progress && pass < MAX_PASSES; pass++)
    {
      if (!_ch_push (round, &progress, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run (ChRound *round,
     GError **error)
{
  gboolean pulled;

  round->judges_later = _ch_pull_get_position (round, CH_PULL_PROJECTS_SINCE) == 0;
  pulled = _ch_pull (round, error);
  /* What was read is judged, however far it went. */
  if (!_ch_round_judge_due (round, pulled ? error : NULL) || !pulled)
    return FALSE;
  if (!ch_desk_judge_lapsed (round->desk, NULL, error))
    return FALSE;
  return push_all (round, error);
}

static void
begin_round (ChRound        *round,
             ChSession      *self,
             ChRoundSummary *summary,
             GCancellable   *cancellable)
{
  *round = (ChRound) { NULL };
  round->session = self;
  round->desk = self->desk;
  round->store = ch_desk_get_store (self->desk);
  round->procore = self->procore;
  round->summary = summary;
  round->cancellable = cancellable;
  round->patient = self->patient;
  if (!self->patient)
    ch_breaker_half_open (self->breaker);
  round->tries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  round->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  round->folders = _ch_folders_new ();
}

static void
end_round (ChRound *round)
{
  g_hash_table_unref (round->tries);
  g_hash_table_unref (round->refused);
  g_clear_pointer (&round->in_conflict, g_hash_table_unref);
  _ch_folders_free (round->folders);
}

/**
 * ch_session_run_round:
 * @self: the session
 * @partial: (out) (optional) (nullable): what was done before an error ended the round
 * @cancellable: (nullable): to give up
 * @error: what ended the round; everything local is kept, and the next round goes on from there
 *
 * One full round: pull, merge, judge, push, until nothing is left.
 *
 * Returns: (transfer full) (nullable): what it did
 */
ChRoundSummary *
ch_session_run_round (ChSession       *self,
                      ChRoundSummary **partial,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (ChRoundSummary) summary = ch_round_summary_new ();
  ChRound round;
  gint64 started = g_get_monotonic_time ();
  guint n_requests;
  gboolean ok;

  g_return_val_if_fail (CH_IS_SESSION (self), NULL);

  begin_round (&round, self, summary, cancellable);
  n_requests = ch_procore_get_n_requests (self->procore);
  ok = run (&round, error);
  end_round (&round);
  summary->requests = ch_procore_get_n_requests (self->procore) - n_requests;
  summary->seconds = (g_get_monotonic_time () - started) / (double) G_USEC_PER_SEC;
  if (!count_what_is_left (&round, ok ? error : NULL) && ok)
    return NULL;
  if (!ok)
    {
      if (partial != NULL)
        *partial = g_steal_pointer (&summary);
      return NULL;
    }
  return g_steal_pointer (&summary);
}

/**
 * ch_session_pull_unit:
 * @self: the session
 * @unit: what is to be read
 * @summary: what was done is added to it
 * @cancellable: (nullable): to give up
 * @error: why it could not be read or stored; nothing was changed then
 *
 * Reads one list of one scope and takes it over.
 *
 * Returns: whether it is known as of now
 */
gboolean
ch_session_pull_unit (ChSession      *self,
                      const ChUnit   *unit,
                      ChRoundSummary *summary,
                      GCancellable   *cancellable,
                      GError        **error)
{
  ChRound round;
  guint n_requests;
  gboolean ok;

  g_return_val_if_fail (CH_IS_SESSION (self), FALSE);

  if (summary->problems == NULL)
    summary->problems = g_ptr_array_new_with_free_func (g_free);
  begin_round (&round, self, summary, cancellable);
  n_requests = ch_procore_get_n_requests (self->procore);
  ok = _ch_round_judge_due (&round, error) && _ch_pull_unit (&round, unit, error);
  end_round (&round);
  summary->requests += ch_procore_get_n_requests (self->procore) - n_requests;
  return ok;
}

/**
 * ch_session_push:
 * @self: the session
 * @summary: what was done is added to it
 * @cancellable: (nullable): to give up
 * @error: what ended it
 *
 * Carries over what waits in the outbox, and nothing else.
 *
 * Returns: whether it came to its end
 */
gboolean
ch_session_push (ChSession      *self,
                 ChRoundSummary *summary,
                 GCancellable   *cancellable,
                 GError        **error)
{
  ChRound round;
  guint n_requests;
  gboolean ok;

  g_return_val_if_fail (CH_IS_SESSION (self), FALSE);

  if (summary->problems == NULL)
    summary->problems = g_ptr_array_new_with_free_func (g_free);
  begin_round (&round, self, summary, cancellable);
  n_requests = ch_procore_get_n_requests (self->procore);
  ok = _ch_round_judge_due (&round, error) && push_all (&round, error);
  end_round (&round);
  summary->requests += ch_procore_get_n_requests (self->procore) - n_requests;
  return count_what_is_left (&round, ok ? error : NULL) && ok;
}
