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
  return FALSE;
}

/* Notes the clashes; those that have gone away by themselves are settled. */
static gboolean
store_clashes (ChRound        *round,
               ChSharedRecord *record,
               const ChMerge  *merge,
               GError        **error)
{
  g_autoptr (GPtrArray) open = ch_store_list_conflicts (round->store, record->id, error);
  guint i;

  if (open == NULL)
    return FALSE;

  for (i = 0; i < open->len; i++)
    {
      const ChConflict *conflict = g_ptr_array_index (open, i);

      if (!is_clashing (merge, conflict->field) && !ch_store_settle_conflict (round->store, conflict->id, error))
        return FALSE;
    }
  for (i = 0; i < merge->clashes->len; i++)
    {
      const ChClash *clash = g_ptr_array_index (merge->clashes, i);

      if (!ch_store_put_conflict (round->store, record->id, clash->field, clash->base, clash->local, clash->remote, error))
        return FALSE;
    }
  return merge->clashes->len == 0 || open->len > 0
         || ch_store_add_event (round->store, "conflict.found", record->project_id, record->vendor_id, record->uuid, NULL, error);
}

static gboolean
is_known (const ChSharedRecord *record,
          const ChFieldSet     *remote,
          const ChMerge        *merge)
{
  return record->remote != NULL && record->base != NULL && ch_field_set_equal (record->remote, remote)
         && ch_field_set_equal (record->base, merge->base) && ch_field_set_get_size (merge->apply) == 0;
}

/*< private > */
gboolean
_ch_take_remote (ChRound          *round,
                 ChSharedRecord   *record,
                 const ChFieldSet *remote,
                 ChFieldSet      **send,
                 GError          **error)
{
  g_autoptr (ChMerge) merge = ch_merge (record->base, record->local, remote);
  guint i;

  if (send != NULL)
    *send = ch_field_set_copy (merge->send);
  if (is_known (record, remote, merge))
    return TRUE;

  for (i = 0; i < ch_field_set_get_size (merge->apply); i++)
    set_or_clear (record->local, ch_field_set_get_name (merge->apply, i), ch_field_set_get_value (merge->apply, i));
  g_clear_pointer (&record->base, ch_field_set_free);
  g_clear_pointer (&record->remote, ch_field_set_free);
  record->base = ch_field_set_copy (merge->base);
  record->remote = ch_field_set_copy (remote);
  if (!ch_store_put_shared (round->store, record, error) || !store_clashes (round, record, merge, error))
    return FALSE;
  if (ch_field_set_get_size (merge->apply) > 0)
    {
      round->summary->pulled_insurances++;
      if (!ch_store_add_event (round->store, "procore.taken_over", record->project_id, record->vendor_id, record->uuid, NULL, error))
        return FALSE;
    }
  return ch_field_set_get_size (merge->send) == 0 || record->withdrawn || ch_store_outbox_queue (round->store, record->id, error);
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
  guint i;

  if (record == NULL)
    return FALSE;

  if (record->base == NULL)
    record->base = ch_field_set_new ();
  for (i = 0; i < ch_field_set_get_size (sent); i++)
    {
      const char *name = ch_field_set_get_name (sent, i);
      const char *value = ch_field_set_get_value (sent, i);
      const char *agreed = answer != NULL ? ch_field_set_get (answer, name) : NULL;
      const char *local = ch_field_set_get (record->local, name);

      /* Procore may write a value in its own way: what it has is what was agreed on. */
      if (agreed == NULL)
        agreed = value;
      if (g_strcmp0 (local != NULL ? local : "", value) == 0)
        set_or_clear (record->local, name, agreed);
      set_or_clear (record->base, name, agreed);
    }
  g_clear_pointer (&record->remote, ch_field_set_free);
  record->remote = ch_field_set_copy (answer != NULL ? answer : record->base);
  if (procore_id != NULL)
    {
      g_free (record->procore_id);
      record->procore_id = g_strdup (procore_id);
    }
  record->gone = FALSE;

  return ch_store_put_shared (round->store, record, error) && ch_store_outbox_confirm (round->store, record_id, error)
         && ch_store_add_event (round->store, "procore.written", record->project_id, record->vendor_id, record->uuid, NULL, error);
}

/* Doubles with each attempt, up to an hour; apart from its neighbours by chance. */
static gint64
get_next_attempt (ChRound *round,
                  guint    attempts)
{
  gint64 seconds = MIN (G_GINT64_CONSTANT (5) << MIN (attempts, 10), 3600);

  return _ch_round_now (round) + seconds * G_USEC_PER_SEC + g_random_int_range (0, 2 * G_USEC_PER_SEC);
}

static gboolean
store_failure (ChRound           *round,
               const ChOutboxRow *row,
               const GError      *cause,
               GError           **error)
{
  gint64 now = _ch_round_now (round);
  gint64 retry_after = ch_procore_error_get_retry_after (cause) * G_USEC_PER_SEC;

  if (cause->domain != CH_PROCORE_ERROR)
    return ch_store_outbox_retry (round->store, row->record_id, now, cause->message, error);
  switch ((ChProcoreError) cause->code)
    {
    case CH_PROCORE_ERROR_INVALID:
    case CH_PROCORE_ERROR_NOT_FOUND:
      return ch_store_outbox_park (round->store, row->record_id, cause->message, error)
             && ch_store_add_event (round->store, "procore.refused", row->project_id, row->vendor_id, NULL, NULL, error);
    case CH_PROCORE_ERROR_FORBIDDEN:
      return ch_store_outbox_retry (round->store, row->record_id, now + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC, cause->message, error);
    case CH_PROCORE_ERROR_BUSY:
      return ch_store_outbox_retry (round->store, row->record_id, MAX (now, retry_after), cause->message, error);
    case CH_PROCORE_ERROR_OFFLINE:
    case CH_PROCORE_ERROR_SIGN_IN:
    case CH_PROCORE_ERROR_NOT_CONNECTED:
    case CH_PROCORE_ERROR_SECRETS:
      return ch_store_outbox_retry (round->store, row->record_id, now, cause->message, error);
    case CH_PROCORE_ERROR_SERVER:
    case CH_PROCORE_ERROR_UNKNOWN_OUTCOME:
    case CH_PROCORE_ERROR_CONFLICT:
    default:
      return ch_store_outbox_retry (round->store, row->record_id, get_next_attempt (round, row->attempts), cause->message, error);
    }
}

/*< private > */
gboolean
_ch_attempt_failed (ChRound           *round,
                    const ChOutboxRow *row,
                    const char        *what,
                    GError            *cause,
                    GError           **error)
{
  gboolean ends = _ch_ends_round (cause);

  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN)
      || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    g_hash_table_insert (round->tries, g_memdup2 (&row->record_id, sizeof row->record_id), GINT_TO_POINTER (CH_MAX_TRIES));
  if (!ends && !g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    _ch_round_problem (round, what, cause);

  /* A full disk must not hide what went wrong first. */
  if (!_ch_round_begin (round, ends ? NULL : error)
      || !_ch_round_end (round, store_failure (round, row, cause, ends ? NULL : error), ends ? NULL : error))
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
