#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-merge.h"
#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

/* Procore takes no more in a call. */
#define BATCH 1000
/* so many attempts are made in full company */
#define ATTEMPTS_TOGETHER 3

/* One row under way. */
typedef struct {
  const ChOutboxRow *row;
  ChFieldSet        *sent;
  char              *origin_id;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  ch_field_set_free (self->sent);
  g_free (self->origin_id);
  g_free (self);
}

/* A record that Procore has, or may have, is looked at before it is written: a person may have edited it. */
static gboolean
find_need_of_look (ChRound   *round,
                   GPtrArray *rows,
                   gboolean  *looks,
                   GError   **error)
{
  guint i;

  *looks = FALSE;
  for (i = 0; i < rows->len && !*looks; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ChSharedRecord) record = NULL;

      record = ch_store_get_shared (round->store, row->record_id, error);
      if (record == NULL)
        return FALSE;
      *looks = row->state == CH_OUTBOX_SENDING || row->attempts > 0 || record->base != NULL;
    }
  return TRUE;
}

/* Adds the row to the batch, or ends it where there is nothing to send. Inside a transaction. What a person has still to
 * decide on is no part of what the merge sends. */
static gboolean
prepare (ChRound           *round,
         const ChOutboxRow *row,
         GPtrArray         *batch,
         GError           **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, row->record_id, error);
  g_autoptr (ChMerge) merge = NULL;
  Sending *sending;

  if (record == NULL)
    return FALSE;

  /* What is withdrawn, or was deleted in Procore, is not written; what was said there stays. */
  merge = ch_merge (record->base, record->withdrawn ? NULL : record->local, record->remote);
  if (record->gone || ch_field_set_get_size (merge->send) == 0)
    return ch_store_outbox_confirm (round->store, record->id, error);
  if (!ch_store_outbox_mark_sending (round->store, record->id, merge->send, error))
    return FALSE;

  sending = g_new0 (Sending, 1);
  sending->row = row;
  sending->sent = g_steal_pointer (&merge->send);
  sending->origin_id = ch_shared_record_dup_origin_id (record);
  g_ptr_array_add (batch, sending);
  return TRUE;
}

static gboolean
prepare_all (ChRound   *round,
             GPtrArray *rows,
             guint      from,
             guint      n,
             GPtrArray *batch,
             GError   **error)
{
  guint i;

  for (i = from; i < from + n; i++)
    {
      if (!prepare (round, g_ptr_array_index (rows, i), batch, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
make_records (GPtrArray *batch,
              gint64     project_id)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurance_record_free);
  guint i;

  for (i = 0; i < batch->len; i++)
    {
      const Sending *sending = g_ptr_array_index (batch, i);
      ChInsuranceRecord *record = ch_insurance_record_new ();

      record->project_id = project_id;
      record->vendor_id = sending->row->vendor_id;
      record->origin_id = g_strdup (sending->origin_id);
      g_clear_pointer (&record->fields, ch_field_set_free);
      record->fields = ch_field_set_copy (sending->sent);
      g_ptr_array_add (records, record);
    }
  return records;
}

static const ChInsuranceRecord *
find_answer (const ChSyncResult *result,
             const char         *origin_id)
{
  guint i;

  for (i = 0; i < result->records->len; i++)
    {
      const ChInsuranceRecord *record = g_ptr_array_index (result->records, i);

      if (g_strcmp0 (record->origin_id, origin_id) == 0)
        return record;
    }
  return NULL;
}

/* Row by row: one that Procore refuses is set aside, and the others are done. Inside a transaction. */
static gboolean
settle (ChRound            *round,
        GPtrArray          *batch,
        const ChSyncResult *result,
        GError            **error)
{
  guint i;

  for (i = 0; i < batch->len; i++)
    {
      const Sending *sending = g_ptr_array_index (batch, i);
      const ChInsuranceRecord *answer = find_answer (result, sending->origin_id);
      const char *refusal = g_hash_table_lookup (result->errors, sending->origin_id);
      gboolean ok;

      if (answer != NULL)
        {
          g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, answer->id);

          ok = _ch_confirm (round, sending->row->record_id, sending->sent, answer->fields, id, error);
          round->summary->pushed_insurances++;
        }
      else if (refusal != NULL)
        {
          ok = ch_store_outbox_park (round->store, sending->row->record_id, refusal, error);
        }
      else
        {
          ok = ch_store_outbox_retry (round->store, sending->row->record_id, _ch_round_now (round) + 5 * G_USEC_PER_SEC,
                                      _ ("Procore's answer does not mention it"), error);
        }
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail_all (ChRound       *round,
          GPtrArray     *rows,
          guint          from,
          guint          n,
          ChAttemptStage stage,
          const char    *what,
          GError        *cause,
          GError       **error)
{
  guint i;
  gboolean ok = TRUE;

  for (i = from; i < from + n && ok; i++)
    ok = _ch_attempt_failed (round, g_ptr_array_index (rows, i), stage, what, g_error_copy (cause), error);
  g_error_free (cause);
  return ok;
}

static const char *
describe (gint64 project_id)
{
  return project_id != 0 ? _ ("project insurance records") : _ ("company insurance records");
}

/* One call. A batch that is refused as a whole is cut in two until the record that it is refused for stands alone. */
static gboolean
push_some (ChRound   *round,
           GPtrArray *rows,
           guint      from,
           guint      n,
           gint64     project_id,
           GError   **error)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (sending_free);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (ChSyncResult) result = NULL;
  GError *cause = NULL;

  if (!_ch_round_begin (round, error) || !_ch_round_end (round, prepare_all (round, rows, from, n, batch, error), error))
    return FALSE;
  if (batch->len == 0)
    return TRUE;

  records = make_records (batch, project_id);
  result = ch_procore_sync_insurances (round->procore, project_id, records, round->cancellable, &cause);
  if (result != NULL)
    return _ch_round_begin (round, error) && _ch_round_end (round, settle (round, batch, result, error), error);
  if (n == 1 || !g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    return fail_all (round, rows, from, n, CH_STAGE_WRITE, describe (project_id), cause, error);

  g_error_free (cause);
  return push_some (round, rows, from, n / 2, project_id, error)
         && push_some (round, rows, from + n / 2, n - n / 2, project_id, error);
}

static int
compare_attempts (gconstpointer a,
                  gconstpointer b)
{
  const ChOutboxRow *left = *(const ChOutboxRow *const *) a;
  const ChOutboxRow *right = *(const ChOutboxRow *const *) b;

  return left->attempts < right->attempts ? -1 : left->attempts > right->attempts;
}

/* A record at which Procore itself stumbles, whatever it answers then, must not hold up those that share its call: with
 * each attempt after the first few, the company that a row keeps is halved. */
static guint
get_batch_size (GPtrArray *rows,
                guint      from)
{
  const ChOutboxRow *first = g_ptr_array_index (rows, from);
  guint halvings = first->attempts > ATTEMPTS_TOGETHER ? MIN (first->attempts - ATTEMPTS_TOGETHER, 10) : 0;
  guint most = MAX (BATCH >> halvings, 1);
  guint n = 1;

  while (n < most && from + n < rows->len
         && ((const ChOutboxRow *) g_ptr_array_index (rows, from + n))->attempts <= MAX (first->attempts, ATTEMPTS_TOGETHER))
    n++;
  return n;
}

/*< private > */
gboolean
_ch_push_insurances (ChRound   *round,
                     GPtrArray *rows,
                     gint64     project_id,
                     GError   **error)
{
  gboolean looks;
  gint64 looked_at = G_MININT64;
  guint from;
  guint n;

  if (!find_need_of_look (round, rows, &looks, error))
    return FALSE;
  /* Those that share a call stand together, each with what it was tried before. */
  g_ptr_array_sort (rows, compare_attempts);
  for (from = 0; from < rows->len; from += n)
    {
      GError *cause = NULL;

      n = get_batch_size (rows, from);
      if (g_cancellable_set_error_if_cancelled (round->cancellable, error))
        return FALSE;
      if (looks && looked_at < _ch_round_now (round) - CH_LOOK_HOLDS)
        {
          if (!_ch_pull_insurances (round, project_id, &cause))
            return fail_all (round, rows, from, rows->len - from, CH_STAGE_LOOK, describe (project_id), cause, error);
          looked_at = _ch_round_now (round);
        }
      if (!push_some (round, rows, from, n, project_id, error))
        return FALSE;
    }
  return TRUE;
}
