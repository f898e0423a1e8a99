#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-publication.h"
#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

static ChFieldSet *
to_fields (const ChCompliance *compliance)
{
  ChFieldSet *fields = ch_field_set_new ();

  ch_field_set_set (fields, "insurance_status", compliance->insurance_status);
  ch_field_set_set (fields, "insurance_notes", compliance->insurance_notes);
  return fields;
}

/* The contract was deleted while we pushed: there is nothing to say about it any more. */
static gboolean
forget_commitment (ChRound           *round,
                   const ChOutboxRow *row,
                   GError           **error)
{
  return _ch_round_begin (round, error)
         && _ch_round_end (round,
                           ch_store_mark_commitment_gone (round->store, row->commitment_id, error)
                             && ch_publish_sub (round->desk, row->vendor_id, error)
                             && ch_store_outbox_withdraw (round->store, row->record_id, error),
                           error);
}

/* What Procore has now, merged; *send is what it is to be told, already marked as being sent. */
static gboolean
look_and_mark (ChRound            *round,
               const ChOutboxRow  *row,
               const ChCompliance *compliance,
               ChFieldSet        **send,
               GError            **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, row->record_id, error);
  g_autoptr (ChFieldSet) remote = to_fields (compliance);

  if (record == NULL || !_ch_take_remote (round, record, remote, send, error))
    return FALSE;
  if (ch_field_set_get_size (*send) == 0)
    {
      g_clear_pointer (send, ch_field_set_free);
      return ch_store_outbox_confirm (round->store, record->id, error);
    }
  return ch_store_outbox_mark_sending (round->store, record->id, *send, error);
}

/*< private > */
gboolean
_ch_push_compliance (ChRound           *round,
                     const ChOutboxRow *row,
                     GError           **error)
{
  g_autoptr (ChCommitment) commitment = NULL;
  g_autoptr (ChCompliance) now = NULL;
  g_autoptr (ChCompliance) written = NULL;
  g_autoptr (ChFieldSet) send = NULL;
  g_autoptr (ChFieldSet) answer = NULL;
  GError *cause = NULL;

  commitment = _ch_find_commitment (round, row->project_id, row->commitment_id, &cause);
  if (cause != NULL)
    return _ch_attempt_failed (round, row, CH_STAGE_LOOK, _ ("commitment compliance"), cause, error);
  if (commitment == NULL)
    return forget_commitment (round, row, error);

  now = ch_procore_get_compliance (round->procore, commitment, round->cancellable, &cause);
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    {
      g_error_free (cause);
      return forget_commitment (round, row, error);
    }
  if (now == NULL)
    return _ch_attempt_failed (round, row, CH_STAGE_LOOK, _ ("commitment compliance"), cause, error);

  if (!_ch_round_begin (round, error) || !_ch_round_end (round, look_and_mark (round, row, now, &send, error), error))
    return FALSE;
  if (send == NULL)
    return TRUE;

  written = ch_procore_update_compliance (round->procore, commitment, ch_field_set_get (send, "insurance_status"),
                                          ch_field_set_get (send, "insurance_notes"), round->cancellable, &cause);
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    {
      g_error_free (cause);
      return forget_commitment (round, row, error);
    }
  if (written == NULL)
    return _ch_attempt_failed (round, row, CH_STAGE_WRITE, _ ("commitment compliance"), cause, error);

  round->summary->pushed_commitments++;
  answer = to_fields (written);
  return _ch_round_begin (round, error)
         && _ch_round_end (round, _ch_confirm (round, row->record_id, send, answer, NULL, error), error);
}
