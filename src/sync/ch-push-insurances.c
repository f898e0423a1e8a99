#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

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
needs_a_look (ChRound   *round,
              GPtrArray *rows)
{
  guint i;

  for (i = 0; i < rows->len; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ChSharedRecord) record = NULL;

      if (row->state == CH_OUTBOX_SENDING || row->attempts > 0)
        return TRUE;
      record = ch_store_get_shared (round->store, row->record_id, NULL);
      if (record != NULL && record->base != NULL)
        return TRUE;
    }
  return FALSE;
}

static ChFieldSet *
decide_what_to_send (const ChSharedRecord *record)
{
  g_autoptr (ChFieldSet) send = ch_field_set_new ();
  guint i;

  /* Not there yet: everything. There: what differs from what was agreed on. */
  for (i = 0; i < ch_field_set_get_size (record->local); i++)
    {
      const char *name = ch_field_set_get_name (record->local, i);
      const char *value = ch_field_set_get_value (record->local, i);
      const char *agreed = record->base != NULL ? ch_field_set_get (record->base, name) : NULL;

      if (g_strcmp0 (value, agreed) != 0)
        ch_field_set_set (send, name, value);
    }
  for (i = 0; record->base != NULL && i < ch_field_set_get_size (record->base); i++)
    {
      const char *name = ch_field_set_get_name (record->base, i);

      if (ch_field_set_get (record->local, name) == NULL)
        ch_field_set_set (send, name, "");
    }
  return g_steal_pointer (&send);
}

/* Fields on which a person has still to decide are not sent. */
static gboolean
leave_out_conflicts (ChRound    *round,
                     gint64      record_id,
                     ChFieldSet *send,
                     GError    **error)
{
  g_autoptr (GPtrArray) conflicts = ch_store_list_conflicts (round->store, record_id, error);
  guint i;

  for (i = 0; conflicts != NULL && i < conflicts->len; i++)
    ch_field_set_set (send, ((ChConflict *) g_ptr_array_index (conflicts, i))->field, NULL);
  return conflicts != NULL;
}

/* Adds the row to the batch, or ends it where there is nothing to send. Inside a transaction. */
static gboolean
prepare (ChRound           *round,
         const ChOutboxRow *row,
         GPtrArray         *batch,
         GError           **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, row->record_id, error);
  g_autoptr (ChFieldSet) send = NULL;
  Sending *sending;

  if (record == NULL)
    return FALSE;

  /* What is withdrawn, or was deleted in Procore, is not written; what was said there stays. */
  if (record->gone || (record->withdrawn && record->base == NULL))
    return ch_store_outbox_confirm (round->store, record->id, error);
  send = decide_what_to_send (record);
  if (!leave_out_conflicts (round, record->id, send, error))
    return FALSE;
  if (ch_field_set_get_size (send) == 0)
    return ch_store_outbox_confirm (round->store, record->id, error);
  if (!ch_store_outbox_mark_sending (round->store, record->id, send, error))
    return FALSE;

  sending = g_new0 (Sending, 1);
  sending->row = row;
  sending->sent = g_steal_pointer (&send);
  sending->origin_id = ch_shared_record_dup_origin_id (record);
  g_ptr_array_add (batch, sending);
  return TRUE;
}

static gboolean
prepare_all (ChRound   *round,
             GPtrArray *rows,
             GPtrArray *batch,
             GError   **error)
{
  guint i;

  for (i = 0; i < rows->len; i++)
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
fail_all (ChRound    *round,
          GPtrArray  *rows,
          const char *what,
          GError     *cause,
          GError    **error)
{
  guint i;
  gboolean ok = TRUE;

  for (i = 0; i < rows->len && ok; i++)
    ok = _ch_attempt_failed (round, g_ptr_array_index (rows, i), what, g_error_copy (cause), error);
  g_error_free (cause);
  return ok;
}

/*< private > */
gboolean
_ch_push_insurances (ChRound   *round,
                     GPtrArray *rows,
                     gint64     project_id,
                     GError   **error)
{
  const char *what = project_id != 0 ? _ ("project insurance records") : _ ("company insurance records");
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (sending_free);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (ChSyncResult) result = NULL;
  GError *cause = NULL;

  if (needs_a_look (round, rows) && !_ch_pull_insurances (round, project_id, &cause))
    return fail_all (round, rows, what, cause, error);

  if (!_ch_round_begin (round, error) || !_ch_round_end (round, prepare_all (round, rows, batch, error), error))
    return FALSE;
  if (batch->len == 0)
    return TRUE;

  records = make_records (batch, project_id);
  result = ch_procore_sync_insurances (round->procore, project_id, records, round->cancellable, &cause);
  if (result == NULL)
    return fail_all (round, rows, what, cause, error);
  return _ch_round_begin (round, error) && _ch_round_end (round, settle (round, batch, result, error), error);
}
