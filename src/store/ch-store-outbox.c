#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "ch-shared-kind-private.h"
#include "ch-store-private.h"
#include "ch-store-shared.h"

/*
 *              queue                mark_sending         confirm          retry           park        postpone  learn
 *   (none)     queued               error                -                -               -           -         -
 *   queued     -                    sending              (none)           queued, later   parked      later     -
 *   sending    sending, once more   sending (a repeat)   (none) or        queued, later   parked or   later     queued
 *              after this                                queued                           queued
 *   parked     queued               error                (none)           queued, later   parked      -         -
 *
 * What was asked for once more is done once more however the attempt ends. The answers to an attempt mean nothing any
 * more once the row has been dropped meanwhile; they are not errors.
 *
 * A row whose attempt ended without an answer stays in `sending`, with what was sent, until Procore has been looked at
 * (learn): only then is it known what both sides agree on.
 */

enum {
  OUTBOX_RECORD_ID,
  OUTBOX_KIND,
  OUTBOX_PROJECT_ID,
  OUTBOX_VENDOR_ID,
  OUTBOX_COMMITMENT_ID,
  OUTBOX_STATE,
  OUTBOX_HAS_SENT,
  OUTBOX_ATTEMPTS,
  OUTBOX_NOT_BEFORE,
  OUTBOX_CREATED_AT,
  OUTBOX_WHY,
  OUTBOX_IS_OVER,
};

enum {
  FIELD_RECORD_ID,
  FIELD_NAME,
  FIELD_VALUE,
};

static const char * const state_names[] = { "queued", "sending", "parked" };

/* What is known of a row before it changes. */
typedef struct {
  gboolean      is_there;
  ChOutboxState state;
  gboolean      queued_again;
  gboolean      has_sent;
} Row;

/**
 * ch_outbox_state_to_string:
 *
 * Returns: (transfer none): the stable word, as in JSON
 */
const char *
ch_outbox_state_to_string (ChOutboxState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

static ChOutboxState
state_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    {
      if (g_strcmp0 (text, state_names[i]) == 0)
        return (ChOutboxState) i;
    }

  g_return_val_if_reached (CH_OUTBOX_PARKED);
}

void
ch_outbox_row_free (ChOutboxRow *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sent, ch_field_set_free);
  g_free (self->why);
  g_free (self);
}

static gboolean
get_row (ChStore  *self,
         gint64    record_id,
         Row      *row,
         GError  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "get-outbox");

  _ch_query_bind_integer (query, record_id);
  row->is_there = _ch_query_next (query);
  if (row->is_there)
    {
      row->state = state_from_string (_ch_query_get_text (query, 0));
      row->queued_again = _ch_query_get_boolean (query, 1);
      row->has_sent = _ch_query_get_boolean (query, 2);
    }

  return _ch_query_finish (query, error);
}

/* Runs what has been bound and says that the row has changed. */
static gboolean
run_for_row (ChStore  *self,
             ChQuery  *query,
             gint64    record_id,
             GError  **error)
{
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_OUTBOX, record_id);

  return TRUE;
}

static gboolean
run_with_id (ChStore     *self,
             const char  *statement,
             gint64       record_id,
             GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);

  _ch_query_bind_integer (query, record_id);

  return run_for_row (self, query, record_id, error);
}

static gboolean
delete_fields (ChStore  *self,
               gint64    record_id,
               GError  **error)
{
  return run_with_id (self, "delete-outbox-fields", record_id, error);
}

static gboolean
add_row (ChStore  *self,
         gint64    record_id,
         GError  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-outbox");

  _ch_query_bind_integer (query, record_id);
  _ch_query_bind_integer (query, self->now);

  return run_for_row (self, query, record_id, error);
}

/* As if it had just been queued. */
static gboolean
requeue (ChStore     *self,
         gint64       record_id,
         const char  *why,
         GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "requeue-outbox");

  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_text (query, why);
  _ch_query_bind_integer (query, record_id);

  return run_for_row (self, query, record_id, error) && delete_fields (self, record_id, error);
}

static gboolean
queue (ChStore  *self,
       gint64    record_id,
       GError  **error)
{
  Row row;

  if (!get_row (self, record_id, &row, error))
    return FALSE;
  if (!row.is_there)
    return add_row (self, record_id, error);

  switch (row.state)
    {
    case CH_OUTBOX_SENDING:
      return row.queued_again || run_with_id (self, "queue-outbox-again", record_id, error);
    case CH_OUTBOX_PARKED:
      return requeue (self, record_id, NULL, error);
    case CH_OUTBOX_QUEUED:
    default:
      return TRUE;
    }
}

/**
 * ch_store_outbox_queue:
 * @record_id: a shared record
 *
 * Asks for the record to be carried over to Procore.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_INVALID where there is no such record
 */
gboolean
ch_store_outbox_queue (ChStore  *self,
                       gint64    record_id,
                       GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, queue (self, record_id, error), error);
}

/**
 * ch_store_outbox_ensure:
 * @record_id: a shared record
 *
 * Queues the record where it is not in the outbox; a row that is there stays as it is, also a parked one.
 */
gboolean
ch_store_outbox_ensure (ChStore  *self,
                        gint64    record_id,
                        GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean changed;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  query = _ch_store_query (self, "ensure-outbox");
  _ch_query_bind_integer (query, record_id);
  _ch_query_bind_integer (query, self->now);
  if (!_ch_query_run_changing (query, &changed, error))
    return FALSE;
  if (changed)
    _ch_store_note (self, CH_KIND_OUTBOX, record_id);

  return TRUE;
}

static gboolean
add_field (ChStore     *self,
           gint64       record_id,
           const char  *name,
           const char  *value,
           GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-outbox-field");

  _ch_query_bind_integer (query, record_id);
  _ch_query_bind_text (query, name);
  _ch_query_bind_text (query, value);

  return _ch_query_run (query, error);
}

static gboolean
mark_sending (ChStore           *self,
              gint64             record_id,
              const ChFieldSet  *sent,
              GError           **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "send-outbox");

  _ch_query_bind_boolean (query, sent != NULL);
  _ch_query_bind_integer (query, record_id);
  if (!run_for_row (self, query, record_id, error) || !delete_fields (self, record_id, error))
    return FALSE;

  for (guint i = 0; sent != NULL && i < ch_field_set_get_size (sent); i++)
    {
      if (!add_field (self, record_id, ch_field_set_get_name (sent, i), ch_field_set_get_value (sent, i), error))
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_store_outbox_mark_sending:
 * @sent: (nullable): what the request is going to carry
 *
 * Must be committed before the request's first byte leaves. A row that is being sent already, as after a crash, counts
 * another attempt.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where the record is not in the outbox, %CH_STORE_ERROR_INVALID where
 *   it is parked: such a row waits for a person
 */
gboolean
ch_store_outbox_mark_sending (ChStore           *self,
                              gint64             record_id,
                              const ChFieldSet  *sent,
                              GError           **error)
{
  Row row;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  if (!get_row (self, record_id, &row, error))
    return FALSE;
  if (!row.is_there)
    {
      _ch_store_set_not_found (error, _("outbox row"), record_id);
      return FALSE;
    }
  if (row.state == CH_OUTBOX_PARKED)
    {
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID,
                   _("Record %" PRId64 " is parked until a person has looked at it."), record_id);
      return FALSE;
    }

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, mark_sending (self, record_id, sent, error), error);
}

static gboolean
confirm (ChStore  *self,
         gint64    record_id,
         GError  **error)
{
  Row row;

  if (!get_row (self, record_id, &row, error))
    return FALSE;
  if (!row.is_there)
    return TRUE;

  return row.queued_again ? requeue (self, record_id, NULL, error)
                          : run_with_id (self, "delete-outbox", record_id, error);
}

/**
 * ch_store_outbox_confirm:
 *
 * Procore has it, or there was nothing to send: the row leaves, or is queued anew if that was asked for meanwhile.
 */
gboolean
ch_store_outbox_confirm (ChStore  *self,
                         gint64    record_id,
                         GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, confirm (self, record_id, error), error);
}

static gboolean
retry (ChStore     *self,
       gint64       record_id,
       gint64       not_before,
       const char  *why,
       GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  Row row;

  if (!get_row (self, record_id, &row, error))
    return FALSE;
  if (!row.is_there)
    return TRUE;

  query = _ch_store_query (self, "retry-outbox");
  _ch_query_bind_integer (query, not_before);
  _ch_query_bind_text (query, why);
  _ch_query_bind_integer (query, record_id);

  return run_for_row (self, query, record_id, error) && delete_fields (self, record_id, error);
}

/**
 * ch_store_outbox_retry:
 * @not_before: Unix microseconds
 * @why: (nullable): the problem, as a sentence
 *
 * The attempt surely did not get through; the row waits for another one.
 */
gboolean
ch_store_outbox_retry (ChStore     *self,
                       gint64       record_id,
                       gint64       not_before,
                       const char  *why,
                       GError     **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, retry (self, record_id, not_before, why, error), error);
}

/**
 * ch_store_outbox_postpone:
 * @not_before: Unix microseconds
 * @why: (nullable): the problem, as a sentence
 *
 * Nobody knows what became of the attempt, or none was made: the row waits as it is, with what it may have sent.
 */
gboolean
ch_store_outbox_postpone (ChStore     *self,
                          gint64       record_id,
                          gint64       not_before,
                          const char  *why,
                          GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  query = _ch_store_query (self, "postpone-outbox");
  _ch_query_bind_integer (query, not_before);
  _ch_query_bind_text (query, why);
  _ch_query_bind_integer (query, record_id);

  return run_for_row (self, query, record_id, error);
}

static gboolean
learn (ChStore  *self,
       gint64    record_id,
       GError  **error)
{
  return run_with_id (self, "learn-outbox", record_id, error) && delete_fields (self, record_id, error);
}

/**
 * ch_store_outbox_learn:
 *
 * It is known by now what became of the attempt: a row that is being sent is queued. Others stay as they are.
 */
gboolean
ch_store_outbox_learn (ChStore  *self,
                       gint64    record_id,
                       GError  **error)
{
  Row row;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  if (!get_row (self, record_id, &row, error))
    return FALSE;
  if (!row.is_there || row.state != CH_OUTBOX_SENDING)
    return TRUE;

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, learn (self, record_id, error), error);
}

static gboolean
load_sent (ChStore      *self,
           gint64        record_id,
           ChFieldSet  **sent,
           GError      **error)
{
  g_autoptr(ChFieldSet) fields = ch_field_set_new ();
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-outbox-fields-of");

  _ch_query_bind_integer (query, record_id);
  while (_ch_query_next (query))
    ch_field_set_set (fields, _ch_query_get_text (query, 0), _ch_query_get_text (query, 1));
  if (!_ch_query_finish (query, error))
    return FALSE;

  *sent = g_steal_pointer (&fields);

  return TRUE;
}

/**
 * ch_store_outbox_get_sent:
 * @sent: (out) (nullable): what an attempt carried of which nobody knows yet whether it was done; %NULL where there is
 *   no such attempt
 */
gboolean
ch_store_outbox_get_sent (ChStore      *self,
                          gint64        record_id,
                          ChFieldSet  **sent,
                          GError      **error)
{
  gboolean ok;
  Row row;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);

  *sent = NULL;
  if (!_ch_store_begin_read (self, error))
    return FALSE;
  ok = get_row (self, record_id, &row, error) &&
       (!row.is_there || row.state != CH_OUTBOX_SENDING || !row.has_sent || load_sent (self, record_id, sent, error));
  _ch_store_end_read (self);

  return ok;
}

static gboolean
park (ChStore     *self,
      gint64       record_id,
      const char  *why,
      GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  Row row;

  if (!get_row (self, record_id, &row, error))
    return FALSE;
  if (!row.is_there)
    return TRUE;
  if (row.queued_again)
    return requeue (self, record_id, why, error);

  query = _ch_store_query (self, "park-outbox");
  _ch_query_bind_text (query, why);
  _ch_query_bind_integer (query, record_id);

  return run_for_row (self, query, record_id, error) && delete_fields (self, record_id, error);
}

/**
 * ch_store_outbox_park:
 * @why: what a person has to know, as a sentence
 *
 * Sets the row aside, unless the record was queued anew meanwhile: what it says then may not have the problem.
 */
gboolean
ch_store_outbox_park (ChStore     *self,
                      gint64       record_id,
                      const char  *why,
                      GError     **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, park (self, record_id, why, error), error);
}

/**
 * ch_store_outbox_drop:
 *
 * Nothing is to be carried over any more, whatever the row's state.
 */
gboolean
ch_store_outbox_drop (ChStore  *self,
                      gint64    record_id,
                      GError  **error)
{
  Row row;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return get_row (self, record_id, &row, error) &&
         (!row.is_there || run_with_id (self, "delete-outbox", record_id, error));
}

/**
 * ch_store_outbox_withdraw:
 *
 * Nothing is to be carried over any more. What an attempt may have carried is remembered, in no list, until Procore shows
 * what became of it or the desk has something to say again: else that would clash with the desk's own older word.
 */
gboolean
ch_store_outbox_withdraw (ChStore  *self,
                          gint64    record_id,
                          GError  **error)
{
  Row row;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return get_row (self, record_id, &row, error) &&
         (!row.is_there || (row.state == CH_OUTBOX_SENDING && row.has_sent) ||
          run_with_id (self, "delete-outbox", record_id, error));
}

static ChOutboxRow *
outbox_row_from_row (ChQuery *query)
{
  ChOutboxRow *row = g_new0 (ChOutboxRow, 1);

  row->record_id = _ch_query_get_integer (query, OUTBOX_RECORD_ID);
  row->kind = _ch_shared_kind_from_string (_ch_query_get_text (query, OUTBOX_KIND));
  row->project_id = _ch_query_get_integer (query, OUTBOX_PROJECT_ID);
  row->vendor_id = _ch_query_get_integer (query, OUTBOX_VENDOR_ID);
  row->commitment_id = _ch_query_get_integer (query, OUTBOX_COMMITMENT_ID);
  row->state = state_from_string (_ch_query_get_text (query, OUTBOX_STATE));
  row->sent = _ch_query_get_boolean (query, OUTBOX_HAS_SENT) ? ch_field_set_new () : NULL;
  row->attempts = (guint) _ch_query_get_integer (query, OUTBOX_ATTEMPTS);
  row->not_before = _ch_query_get_integer (query, OUTBOX_NOT_BEFORE);
  row->created_at = _ch_query_get_integer (query, OUTBOX_CREATED_AT);
  row->why = _ch_query_dup_text (query, OUTBOX_WHY);
  row->is_over = _ch_query_get_boolean (query, OUTBOX_IS_OVER);

  return row;
}

static gboolean
add_sent (ChStore     *self,
          GHashTable  *by_id,
          GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-outbox-fields");

  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, FIELD_RECORD_ID);
      ChOutboxRow *row = g_hash_table_lookup (by_id, &id);

      if (row != NULL && row->sent != NULL)
        ch_field_set_set (row->sent, _ch_query_get_text (query, FIELD_NAME), _ch_query_get_text (query, FIELD_VALUE));
    }

  return _ch_query_finish (query, error);
}

static GPtrArray *
load (ChStore  *self,
      GError  **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_outbox_row_free);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-outbox");

  while (_ch_query_next (query))
    {
      ChOutboxRow *row = outbox_row_from_row (query);

      g_ptr_array_add (rows, row);
      g_hash_table_insert (by_id, &row->record_id, row);
    }
  if (!_ch_query_finish (query, error) || !add_sent (self, by_id, error))
    return NULL;

  return g_steal_pointer (&rows);
}

/**
 * ch_store_outbox_list:
 *
 * Returns: (transfer full) (element-type ChOutboxRow): oldest first, but for what ch_store_outbox_withdraw() remembers
 */
GPtrArray *
ch_store_outbox_list (ChStore  *self,
                      GError  **error)
{
  GPtrArray *rows;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  rows = load (self, error);
  _ch_store_end_read (self);

  return rows;
}
