#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-merge.h"
#include "ch-session-private.h"
#include "ch-store-events.h"

#include <glib/gi18n-lib.h>

/* How the three versions of a shared record move. */

static void
set_or_clear (ChFieldSet *fields,
              const char *name,
              const char *value)
{
  ch_field_set_set (fields, name, value != NULL && *value != '\0' ? value : NULL);
}

static void
replace (ChFieldSet      **place,
         const ChFieldSet *fields)
{
  ChFieldSet *copy = fields != NULL ? ch_field_set_copy (fields) : NULL;

  ch_field_set_free (*place);
  *place = copy;
}

static gboolean
add_event (ChRound              *round,
           const char           *what,
           const ChSharedRecord *record,
           const char           *detail,
           GError              **error)
{
  return ch_store_add_event (round->store, what, record->project_id, record->vendor_id, record->uuid, detail, error);
}

/* "status: compliant → expired", one field a line: what the trail keeps of a change that came from Procore. */
static char *
describe_taken (const ChSharedRecord *record,
                const ChFieldSet     *apply)
{
  GString *text = g_string_new (NULL);
  guint i;

  for (i = 0; i < ch_field_set_get_size (apply); i++)
    {
      const char *field = ch_field_set_get_name (apply, i);
      const char *before = ch_field_set_get (record->local, field);

      g_string_append_printf (text, "%s%s: %s → %s", i > 0 ? "\n" : "", field, before != NULL ? before : "",
                              ch_field_set_get_value (apply, i));
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_clashing (const ChMerge *merge,
             const char    *field)
{
  guint i;

  for (i = 0; i < merge->clashes->len; i++)
    {
      if (g_str_equal (((ChClash *) g_ptr_array_index (merge->clashes, i))->field, field))
        return TRUE;
    }
  return merge->outcome == CH_MERGE_DELETED_AND_CHANGED && g_str_equal (field, CH_CONFLICT_RECORD);
}

static const char *
get_status (const ChFieldSet *fields)
{
  const char *status = fields != NULL ? ch_field_set_get (fields, "status") : NULL;

  return status == NULL && fields != NULL ? ch_field_set_get (fields, "insurance_status") : status;
}

static gboolean
put_clashes (ChRound              *round,
             const ChSharedRecord *record,
             const ChMerge        *merge,
             GError              **error)
{
  guint i;

  if (merge->outcome == CH_MERGE_DELETED_AND_CHANGED)
    return ch_store_put_conflict (round->store, record->id, CH_CONFLICT_RECORD, get_status (record->base),
                                  get_status (record->local), NULL, error);
  for (i = 0; i < merge->clashes->len; i++)
    {
      const ChClash *clash = g_ptr_array_index (merge->clashes, i);

      if (!ch_store_put_conflict (round->store, record->id, clash->field, clash->base, clash->local, clash->remote, error))
        return FALSE;
    }
  return TRUE;
}

/* Notes the clashes; those that have gone away by themselves are settled. */
static gboolean
store_clashes (ChRound              *round,
               const ChSharedRecord *record,
               const ChMerge        *merge,
               GError              **error)
{
  g_autoptr (GPtrArray) open = ch_store_list_conflicts (round->store, record->id, error);
  guint n_now = merge->clashes->len + (merge->outcome == CH_MERGE_DELETED_AND_CHANGED);
  guint n_kept = 0;
  guint i;

  if (open == NULL)
    return FALSE;

  for (i = 0; i < open->len; i++)
    {
      const ChConflict *conflict = g_ptr_array_index (open, i);

      if (is_clashing (merge, conflict->field))
        n_kept++;
      else if (!ch_store_settle_conflict (round->store, conflict->id, error))
        return FALSE;
    }
  return put_clashes (round, record, merge, error)
         && (n_now == n_kept || add_event (round, "conflict.found", record, NULL, error));
}

static gboolean
is_equal (const ChFieldSet *a,
          const ChFieldSet *b)
{
  return a == NULL || b == NULL ? a == b : ch_field_set_equal (a, b);
}

/* Takes over what people wrote there; what the desk has withdrawn just follows it. */
static gboolean
take_fields (ChRound          *round,
             ChSharedRecord   *record,
             const ChFieldSet *remote,
             const ChMerge    *merge,
             GError          **error)
{
  g_autofree char *taken = describe_taken (record, merge->apply);
  guint i;

  for (i = 0; i < ch_field_set_get_size (merge->apply); i++)
    set_or_clear (record->local, ch_field_set_get_name (merge->apply, i), ch_field_set_get_value (merge->apply, i));
  /* Of what is still to be made there nothing was agreed on: an empty base would mean that it stood there. */
  if (record->base != NULL || remote != NULL)
    replace (&record->base, merge->base);
  replace (&record->remote, remote);
  if (merge->outcome == CH_MERGE_LEFT)
    replace (&record->local, record->base);
  record->gone = FALSE;
  if (!ch_store_put_shared (round->store, record, error) || !store_clashes (round, record, merge, error))
    return FALSE;
  if (ch_field_set_get_size (merge->apply) == 0)
    return TRUE;

  round->summary->pulled_insurances++;
  return add_event (round, "procore.taken_over", record, taken, error);
}

/* Deleted there. Unchanged here, it ends here too, until the desk has something else to say; changed, a person is
 * asked: it is never made again behind somebody's back. */
static gboolean
take_deletion (ChRound        *round,
               ChSharedRecord *record,
               const ChMerge  *merge,
               GError        **error)
{
  gboolean was_gone = record->gone;

  record->gone = TRUE;
  record->withdrawn = merge->outcome != CH_MERGE_DELETED_AND_CHANGED;
  replace (&record->remote, NULL);
  return ch_store_put_shared (round->store, record, error) && ch_store_outbox_drop (round->store, record->id, error)
         && store_clashes (round, record, merge, error)
         && (was_gone || add_event (round, "procore.deleted", record, NULL, error));
}

static gboolean
load_in_conflict (ChRound *round,
                  GError **error)
{
  g_autoptr (GPtrArray) open = NULL;
  guint i;

  if (round->in_conflict != NULL)
    return TRUE;
  open = ch_store_list_conflicts (round->store, 0, error);
  if (open == NULL)
    return FALSE;

  round->in_conflict = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (i = 0; i < open->len; i++)
    g_hash_table_add (round->in_conflict, g_memdup2 (&((ChConflict *) g_ptr_array_index (open, i))->record_id, sizeof (gint64)));
  return TRUE;
}

/* Whether the merge tells nothing that is not stored already. Clashes are compared when they are stored: the desk may
 * have changed what it says since. */
static gboolean
is_known (const ChSharedRecord *record,
          const ChFieldSet     *remote,
          const ChMerge        *merge)
{
  switch (merge->outcome)
    {
    case CH_MERGE_DELETED:
    case CH_MERGE_DELETED_AND_CHANGED:
      return record->gone;
    case CH_MERGE_MISSING:
      return record->gone || record->base == NULL;
    case CH_MERGE_FIELDS:
    case CH_MERGE_LEFT:
    default:
      /* Neither there nor agreed on: it is still to be made. */
      if (remote == NULL && record->base == NULL)
        return TRUE;
      return !record->gone && ch_field_set_get_size (merge->apply) == 0 && is_equal (record->remote, remote)
             && is_equal (record->base, merge->base);
    }
}

static gboolean
take_merge (ChRound          *round,
            ChSharedRecord   *record,
            const ChFieldSet *remote,
            const ChMerge    *merge,
            GError          **error)
{
  switch (merge->outcome)
    {
    case CH_MERGE_MISSING:
    case CH_MERGE_DELETED:
    case CH_MERGE_DELETED_AND_CHANGED:
      return take_deletion (round, record, merge, error);
    case CH_MERGE_FIELDS:
    case CH_MERGE_LEFT:
    default:
      return take_fields (round, record, remote, merge, error);
    }
}

/* A commitment's compliance is there before us, with nothing in it: what a lost attempt did to it shows by its fields,
 * not by its being there. */
static ChFieldSet *
dup_first_base (const ChSharedRecord *record)
{
  if (record->base != NULL)
    return ch_field_set_copy (record->base);

  return record->kind == CH_SHARED_COMPLIANCE ? ch_field_set_new () : NULL;
}

/*< private > */
gboolean
_ch_take_remote (ChRound          *round,
                 ChSharedRecord   *record,
                 const ChFieldSet *remote,
                 ChFieldSet      **send,
                 GError          **error)
{
  g_autoptr (ChFieldSet) before = dup_first_base (record);
  g_autoptr (ChFieldSet) sent = NULL;
  g_autoptr (ChFieldSet) base = NULL;
  g_autoptr (ChMerge) merge = NULL;
  gboolean changed;
  gboolean is_news;

  if (!ch_store_outbox_get_sent (round->store, record->id, &sent, error))
    return FALSE;
  if (remote != NULL)
    base = ch_merge_learn (before, sent, remote);
  else if (before != NULL)
    base = ch_field_set_copy (before);
  if (sent != NULL && !ch_store_outbox_learn (round->store, record->id, error))
    return FALSE;

  merge = ch_merge (base, record->withdrawn ? NULL : record->local, remote);
  if (send != NULL)
    *send = ch_field_set_copy (merge->send);
  if (!load_in_conflict (round, error))
    return FALSE;
  is_news = !is_known (record, remote, merge);
  changed = is_news || merge->clashes->len > 0
            || g_hash_table_contains (round->in_conflict, &record->id);
  if (changed && !take_merge (round, record, remote, merge, error))
    return FALSE;
  if (ch_field_set_get_size (merge->send) == 0)
    return TRUE;
  /* What was set aside is tried again when there is news of it, not whenever it is seen. */
  return is_news ? ch_store_outbox_queue (round->store, record->id, error)
                 : ch_store_outbox_ensure (round->store, record->id, error);
}

/* What Procore answered; a field that the answer leaves out is taken to be as it was sent. */
static ChFieldSet *
complete_answer (const ChFieldSet *answer,
                 const ChFieldSet *sent)
{
  ChFieldSet *complete = ch_field_set_copy (answer);
  guint i;

  for (i = 0; i < ch_field_set_get_size (sent); i++)
    {
      const char *name = ch_field_set_get_name (sent, i);

      if (ch_field_set_get (complete, name) == NULL)
        set_or_clear (complete, name, ch_field_set_get_value (sent, i));
    }
  return complete;
}

/*< private > */
gboolean
_ch_confirm (ChRound          *round,
             gint64            record_id,
             const ChFieldSet *sent,
             const ChFieldSet *answer,
             const char       *procore_id,
             GError          **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, record_id, error);
  g_autoptr (ChFieldSet) remote = NULL;
  guint i;

  if (record == NULL)
    return FALSE;

  remote = complete_answer (answer != NULL ? answer : sent, sent);
  if (record->base == NULL)
    record->base = ch_field_set_new ();
  for (i = 0; i < ch_field_set_get_size (sent); i++)
    {
      const char *name = ch_field_set_get_name (sent, i);
      const char *value = ch_field_set_get_value (sent, i);
      const char *agreed = ch_field_set_get (remote, name);
      const char *local = ch_field_set_get (record->local, name);

      /* Procore may write a value in its own way: what it has is what was agreed on. */
      if (g_strcmp0 (local != NULL ? local : "", value) == 0)
        set_or_clear (record->local, name, agreed);
      set_or_clear (record->base, name, agreed);
    }
  if (answer == NULL)
    replace (&remote, record->base);
  if (procore_id != NULL && !ch_store_claim_procore_id (round->store, record, procore_id, error))
    return FALSE;
  record->gone = FALSE;
  replace (&record->remote, remote);

  /* The answer shows the whole record: what somebody else wrote there meanwhile is taken like any other edit. */
  return ch_store_put_shared (round->store, record, error) && ch_store_outbox_confirm (round->store, record_id, error)
         && add_event (round, "procore.written", record, NULL, error) && _ch_take_remote (round, record, remote, NULL, error);
}

/* Doubles with each attempt, up to an hour; apart from its neighbours by chance. */
static gint64
get_next_attempt (ChRound *round,
                  guint    attempts)
{
  gint64 seconds = MIN (G_GINT64_CONSTANT (5) << MIN (attempts, 10), 3600);

  return _ch_round_now (round) + seconds * G_USEC_PER_SEC + _ch_round_jitter (round, seconds * G_USEC_PER_SEC / 4 + G_USEC_PER_SEC);
}

/* Whether Procore surely did nothing of what was asked. */
static gboolean
is_surely_not_done (const GError *cause)
{
  if (cause->domain != CH_PROCORE_ERROR)
    return FALSE;

  switch ((ChProcoreError) cause->code)
    {
    case CH_PROCORE_ERROR_INVALID:
    case CH_PROCORE_ERROR_NOT_FOUND:
    case CH_PROCORE_ERROR_FORBIDDEN:
    case CH_PROCORE_ERROR_BUSY:
    case CH_PROCORE_ERROR_OFFLINE:
    case CH_PROCORE_ERROR_SIGN_IN:
    case CH_PROCORE_ERROR_NOT_CONNECTED:
    case CH_PROCORE_ERROR_SECRETS:
    case CH_PROCORE_ERROR_CONFLICT:
      return TRUE;
    case CH_PROCORE_ERROR_SERVER:
    case CH_PROCORE_ERROR_UNKNOWN_OUTCOME:
    default:
      return FALSE;
    }
}

/* When the row may be tried again after this. */
static gint64
get_not_before (ChRound           *round,
                const ChOutboxRow *row,
                const GError      *cause)
{
  gint64 now = _ch_round_now (round);

  if (cause->domain != CH_PROCORE_ERROR)
    return now;

  switch ((ChProcoreError) cause->code)
    {
    case CH_PROCORE_ERROR_FORBIDDEN:
      return now + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
    case CH_PROCORE_ERROR_BUSY:
      return MAX (now, ch_procore_error_get_retry_after (cause) * G_USEC_PER_SEC);
    case CH_PROCORE_ERROR_OFFLINE:
    case CH_PROCORE_ERROR_SIGN_IN:
    case CH_PROCORE_ERROR_NOT_CONNECTED:
    case CH_PROCORE_ERROR_SECRETS:
      return now;
    case CH_PROCORE_ERROR_INVALID:
    case CH_PROCORE_ERROR_NOT_FOUND:
    case CH_PROCORE_ERROR_SERVER:
    case CH_PROCORE_ERROR_UNKNOWN_OUTCOME:
    case CH_PROCORE_ERROR_CONFLICT:
    default:
      return get_next_attempt (round, row->attempts);
    }
}

/* What gives no permission for one thing on a project gives none for the others that wait for it there: they wait too. */
static gboolean
rest_neighbours (ChRound           *round,
                 const ChOutboxRow *row,
                 gint64             not_before,
                 const char        *why,
                 GError           **error)
{
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (round->store, error);
  guint i;

  for (i = 0; rows != NULL && i < rows->len; i++)
    {
      const ChOutboxRow *other = g_ptr_array_index (rows, i);

      if (other->record_id == row->record_id || other->project_id != row->project_id
          || !g_str_equal (_ch_get_place (other->kind), _ch_get_place (row->kind)))
        continue;
      if (!ch_store_outbox_postpone (round->store, other->record_id, not_before, why, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
store_failure (ChRound           *round,
               const ChOutboxRow *row,
               ChAttemptStage     stage,
               const GError      *cause,
               GError           **error)
{
  gint64 not_before = get_not_before (round, row, cause);

  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN)
      && !rest_neighbours (round, row, not_before, cause->message, error))
    return FALSE;
  /* Nothing was sent now, but something may have been before. */
  if (stage == CH_STAGE_LOOK || !is_surely_not_done (cause))
    return ch_store_outbox_postpone (round->store, row->record_id, not_before, cause->message, error);
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID)
      || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    return ch_store_outbox_park (round->store, row->record_id, cause->message, error)
           && ch_store_add_event (round->store, "procore.refused", row->project_id, row->vendor_id, NULL, cause->message, error);
  return ch_store_outbox_retry (round->store, row->record_id, not_before, cause->message, error);
}

/*< private > */
gboolean
_ch_attempt_failed (ChRound           *round,
                    const ChOutboxRow *row,
                    ChAttemptStage     stage,
                    const char        *what,
                    GError            *cause,
                    GError           **error)
{
  gboolean ends = _ch_ends_round (cause);

  round->tool_failed = round->tool_failed || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER)
                       || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN))
    _ch_round_refuse (round, _ch_get_place (row->kind), row->project_id);
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    g_hash_table_insert (round->tries, g_memdup2 (&row->record_id, sizeof row->record_id), GINT_TO_POINTER (CH_MAX_TRIES));
  if (!ends && !g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    _ch_round_problem (round, what, cause);

  /* A full disk must not hide what went wrong first. */
  if (!_ch_round_begin (round, ends ? NULL : error)
      || !_ch_round_end (round, store_failure (round, row, stage, cause, ends ? NULL : error), ends ? NULL : error))
    {
      if (!ends)
        {
          g_error_free (cause);
          return FALSE;
        }
    }
  if (ends)
    {
      g_propagate_prefixed_error (error, cause, "%s: ", what);
      return FALSE;
    }
  g_error_free (cause);
  return TRUE;
}
