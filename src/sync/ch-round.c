#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include "ch-publication.h"
#include "ch-store-freshness.h"

#include <glib/gi18n-lib.h>

/* What the parts of a round share: its transactions, its problems, its patience. */

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
  g_clear_pointer (&round->in_conflict, g_hash_table_unref);
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
  /* What Procore told can be read again; thousands of commits need not each wait for the disk. */
  ch_store_set_lasting (round->store, unit == NULL);
  round->unit = unit;
  round->unit_began = _ch_round_now (round);
  round->read_all_projects = FALSE;
  round->unit_pulled = count_pulled (round->summary);
}

static gboolean
put_freshness (ChRound   *round,
               ChUnitKind kind,
               GError   **error)
{
  const ChUnit *unit = round->unit;

  return ch_store_put_freshness (round->store, ch_unit_kind_to_string (kind), unit->project_id, unit->record_id,
                                 round->unit_began, count_pulled (round->summary) != round->unit_pulled, error);
}

/* In the transaction that takes the unit's content over: it never looks fresher than it is. */
static gboolean
note_freshness (ChRound *round,
                GError **error)
{
  /* A single record tells nothing of its list. */
  if (round->unit == NULL || round->unit->kind == CH_UNIT_INSURANCE)
    return TRUE;
  return put_freshness (round, round->unit->kind, error)
         && (!round->read_all_projects || put_freshness (round, CH_UNIT_PROJECTS, error));
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

#define JUDGE_DUE "sync.judge_due"

/*< private > */
gboolean
_ch_round_judge (ChRound *round,
                 gint64   project_id,
                 gint64   vendor_id,
                 GError **error)
{
  if (round->judges_later)
    return ch_store_set_state (round->store, JUDGE_DUE, "1", error);
  return ch_desk_judge (round->desk, project_id, vendor_id, NULL, error);
}

/*< private > */
gboolean
_ch_round_judge_due (ChRound *round,
                     GError **error)
{
  g_autofree char *due = ch_store_dup_state (round->store, JUDGE_DUE, NULL);

  round->judges_later = FALSE;
  if (due == NULL)
    return TRUE;
  return _ch_round_begin (round, error)
         && _ch_round_end (round,
                           ch_desk_judge (round->desk, 0, 0, NULL, error) && ch_store_set_state (round->store, JUDGE_DUE, NULL, error),
                           error);
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

static char *
dup_clock_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  return g_date_time_format (time, "%X");
}

/*< private > */
gboolean
_ch_round_allows (ChRound    *round,
                  const char *tool)
{
  ChBreaker *breaker = round->session->breaker;
  g_autofree char *until = NULL;
  char *text;

  if (ch_breaker_allows (breaker, tool, _ch_round_now (round)))
    return TRUE;

  until = dup_clock_time (ch_breaker_get_open_until (breaker, tool));
  text = g_strdup_printf (_ ("%s: Procore failed several times in a row; it is asked again at %s"), tool, until);
  if (g_ptr_array_find_with_equal_func (round->summary->problems, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (round->summary->problems, text);
  return FALSE;
}

/*< private > */
void
_ch_round_tool_answered (ChRound    *round,
                         const char *tool,
                         gboolean    well)
{
  if (well)
    ch_breaker_succeeded (round->session->breaker, tool);
  else
    ch_breaker_failed (round->session->breaker, tool, _ch_round_now (round));
}

static char *
make_refusal (const char *tool,
              gint64      project_id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, tool, project_id);
}

/*< private > */
void
_ch_round_refuse (ChRound    *round,
                  const char *tool,
                  gint64      project_id)
{
  g_hash_table_add (round->refused, make_refusal (tool, project_id));
}

/*< private > */
gboolean
_ch_round_is_refused (ChRound    *round,
                      const char *tool,
                      gint64      project_id)
{
  g_autofree char *refusal = make_refusal (tool, project_id);

  return g_hash_table_contains (round->refused, refusal);
}

/*< private > */
gint64
_ch_round_jitter (ChRound *round,
                  gint64   below)
{
  return (gint64) (g_rand_double (round->session->rand) * (double) below);
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
GBytes *
_ch_session_make_report (ChSession *session,
                         gint64     project_id,
                         GError   **error)
{
  return session->report_func != NULL ? session->report_func (session->desk, project_id, session->report_data, error)
                                      : ch_publication_make_report (session->desk, project_id, error);
}
