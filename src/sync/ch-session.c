#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"
#include "ch-store-freshness.h"

#include <glib/gi18n-lib.h>

#define MAX_PASSES 20

struct _ChSession
{
  GObject         parent_instance;

  ChDesk         *desk;
  ChProcore      *procore;
  ChProgressFunc  progress;
  gpointer        progress_data;
  gboolean        patient;
  gboolean        lists_memberships;
};

G_DEFINE_FINAL_TYPE (ChSession, ch_session, G_TYPE_OBJECT)

static void
ch_session_finalize (GObject *object)
{
  ChSession *self = (ChSession *) object;

  g_clear_object (&self->desk);
  g_clear_object (&self->procore);

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

/*< private > */
gint64
_ch_round_now (ChRound *round)
{
  return ch_clock_now (ch_desk_get_clock (round->desk));
}

/*< private > */
gboolean
_ch_round_begin (ChRound *round,
                 GError **error)
{
  return ch_store_begin (round->store, "sync", _ch_round_now (round), error);
}

static guint
count_pulled (const ChRoundSummary *summary)
{
  return summary->pulled_projects + summary->pulled_subs + summary->pulled_assignments + summary->pulled_commitments
         + summary->pulled_insurances;
}

/*< private > */
void
_ch_round_set_unit (ChRound      *round,
                    const ChUnit *unit)
{
  round->unit = unit;
  round->unit_began = _ch_round_now (round);
  round->unit_pulled = count_pulled (round->summary);
}

/* In the transaction that takes the unit's content over: it never looks fresher than it is. */
static gboolean
note_freshness (ChRound *round,
                GError **error)
{
  const ChUnit *unit = round->unit;

  return unit == NULL
         || ch_store_put_freshness (round->store, ch_unit_kind_to_string (unit->kind), unit->project_id, unit->commitment_id,
                                    round->unit_began, count_pulled (round->summary) != round->unit_pulled, error);
}

/*< private > */
gboolean
_ch_round_end (ChRound *round,
               gboolean ok,
               GError **error)
{
  if (ok && note_freshness (round, error) && ch_store_commit (round->store, error))
    return TRUE;

  if (ch_store_in_transaction (round->store))
    ch_store_rollback (round->store);
  return FALSE;
}

/*< private > */
void
_ch_round_progress (ChRound    *round,
                    const char *what,
                    guint       done,
                    guint       total)
{
  if (round->session->progress != NULL)
    round->session->progress (what, done, total, round->session->progress_data);
}

/*< private > */
void
_ch_round_problem (ChRound      *round,
                   const char   *what,
                   const GError *error)
{
  const char *hint = ch_procore_error_get_hint (error);
  char *text = hint != NULL ? g_strdup_printf ("%s: %s (%s)", what, error->message, hint)
                            : g_strdup_printf ("%s: %s", what, error->message);

  if (g_ptr_array_find_with_equal_func (round->summary->problems, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (round->summary->problems, text);
}

/*< private > */
gboolean
_ch_ends_round (const GError *error)
{
  if (error->domain != CH_PROCORE_ERROR)
    return TRUE;

  switch ((ChProcoreError) error->code)
    {
    case CH_PROCORE_ERROR_OFFLINE:
    case CH_PROCORE_ERROR_BUSY:
    case CH_PROCORE_ERROR_SIGN_IN:
    case CH_PROCORE_ERROR_NOT_CONNECTED:
    case CH_PROCORE_ERROR_SECRETS:
      return TRUE;
    case CH_PROCORE_ERROR_SERVER:
    case CH_PROCORE_ERROR_UNKNOWN_OUTCOME:
    case CH_PROCORE_ERROR_FORBIDDEN:
    case CH_PROCORE_ERROR_NOT_FOUND:
    case CH_PROCORE_ERROR_CONFLICT:
    case CH_PROCORE_ERROR_INVALID:
    default:
      return FALSE;
    }
}

/*< private > */
gboolean
_ch_is_mass_removal (ChRound    *round,
                     const char *what,
                     guint       n_known,
                     guint       n_missing)
{
  if (n_missing < 5 || n_missing * 10 <= n_known)
    return FALSE;

  g_ptr_array_add (round->summary->problems,
                   g_strdup_printf (_ ("%s: Procore lists %u fewer than before (of %u). Nothing was removed here; if that is right, "
                                       "ask your Procore administrator whether your access changed, and sync again."),
                                    what, n_missing, n_known));
  return TRUE;
}

/* Rows without a time of their own wait for something else: a place that is switched off, a person. */
#define LOOK_AGAIN_SECONDS 300

static gint64
get_next_attempt (ChRound           *round,
                  const ChOutboxRow *row)
{
  gint64 now = _ch_round_now (round);

  return row->not_before > now ? row->not_before : now + LOOK_AGAIN_SECONDS * (gint64) G_USEC_PER_SEC;
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
  if (!_ch_pull (round, error))
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
  round->tries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
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
  g_hash_table_unref (round.tries);
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
  ok = _ch_pull_unit (&round, unit, error);
  g_hash_table_unref (round.tries);
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
  ok = push_all (&round, error);
  g_hash_table_unref (round.tries);
  summary->requests += ch_procore_get_n_requests (self->procore) - n_requests;
  return count_what_is_left (&round, ok ? error : NULL) && ok;
}
