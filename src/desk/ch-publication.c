#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-judgement-private.h"
#include "ch-publication-private.h"
#include "ch-publication-wording-private.h"
#include "ch-statement-private.h"
#include "ch-store-directory.h"

/*
 * What Procore should say
 *
 *   shared record  one per                            fields
 *   policy         policy uuid on the sub's approved  insurance_type, insurance_provider, policy_number, limit,
 *                  certificates, while the sub is on  effective_date, expiration_date, status, info_received,
 *                  an active project                  enable_expired_insurance_notifications, additional_insured,
 *                                                     notes
 *   overall        sub on an active project           insurance_type, insurance_provider, status, exempt,
 *                                                     expiration_date (the verdict's next change), info_received,
 *                                                     enable_expired_insurance_notifications, notes
 *   compliance     commitment of the sub there, but   insurance_status, insurance_notes
 *                  not Void or Terminated
 *   document       approved certificate × active      folder, name, sha256
 *                  project that it is for
 *   report         project                            folder, name, fingerprint (of the facts, not of the PDF)
 *   link           project                            title (the push knows the address)
 *
 *   verdict         overall's status             while under review             a commitment's insurance_status
 *   compliant       compliant                    compliant_in_progress          compliant
 *   expiring        compliant                    compliant_in_progress          compliant
 *   exempt          compliant, exempt = true     —                              compliant
 *   non_compliant   non_compliant                non_compliant_in_progress      not_compliant
 *   expired         expired                      non_compliant_in_progress      not_compliant
 *   missing         unregistered                 non_compliant_in_progress      not_compliant
 *   not_required    undecided                    —                              not_required
 *
 * Where no requirement set reaches a sub, nothing is said about it but its policies and documents: payments are
 * neither held nor released on nobody's word. What was said before is kept up to date even so. A policy that no
 * approved certificate shows any more is told as non_compliant, since nothing that was agreed is deleted. Each place
 * can be switched off (`place.<name>` = `off`); what it holds then stays as it is, and what ends meanwhile ends here.
 */

#define MAX_NOTES 2000
#define MAX_NOTES_FINDINGS 15
#define MAX_COMMITMENT_NOTES 500
#define MAX_COMMITMENT_FINDINGS 5

static ChDate
get_since (const ChStoredVerdict *verdict,
           const ChProjectView   *project)
{
  gint64 since = _ch_verdict_get_since (verdict);

  return since != 0 ? ch_date_in_zone (since, project->tz_name) : CH_DATE_NONE;
}

static char *
dup_verdict_notes (const ChSubView       *sub,
                   const ChProjectView   *project,
                   const ChStoredVerdict *verdict,
                   guint                  max_findings,
                   glong                  max_length)
{
  const ChFiledCertificate *pending = _ch_sub_view_get_pending (sub, project->project->id);
  ChDate pending_since = CH_DATE_NONE;

  if (pending != NULL)
    pending_since = ch_date_in_zone (pending->received_at / G_USEC_PER_SEC, project->tz_name);

  return _ch_wording_dup_notes (verdict, get_since (verdict, project), pending_since, max_findings, max_length);
}

static ChFieldSet *
describe_overall (const ChDeskView      *view,
                  const ChSubView       *sub,
                  const ChProjectView   *project,
                  const ChStoredVerdict *verdict)
{
  ChFieldSet *fields = ch_field_set_new ();
  ChStatus decision = verdict->verdict->status;
  ChDate changes_on = verdict->verdict->changes_on;
  g_autofree char *iso = changes_on != CH_DATE_NONE ? ch_date_to_iso (changes_on) : NULL;
  g_autofree char *notes = dup_verdict_notes (sub, project, verdict, MAX_NOTES_FINDINGS, MAX_NOTES);

  ch_field_set_set (fields, "insurance_type", "Overall compliance");
  ch_field_set_set (fields, "insurance_provider", "Certholder");
  ch_field_set_set (fields, "status", _ch_wording_get_insurance_status (verdict->status, decision));
  ch_field_set_set (fields, "exempt", verdict->status == CH_STATUS_EXEMPT ? "true" : "false");
  ch_field_set_set (fields, "expiration_date", iso);
  ch_field_set_set (fields, "info_received", "true");
  ch_field_set_set (fields, "enable_expired_insurance_notifications", "false");
  ch_field_set_set (fields, "notes", notes);

  return fields;
}

/* Says it where requirements reach the sub, or where something was said before; else there is nothing to say. */
static gboolean
say_verdict (ChDeskView             *view,
             GPtrArray              *records,
             ChSharedRecord         *key,
             const ChStoredVerdict  *verdict,
             const ChFieldSet       *fields,
             GError                **error)
{
  ChSharedRecord *record = _ch_statement_find (records, key->project_id, key->commitment_id, NULL);
  gboolean is_new = record == NULL;
  gboolean was_sent = FALSE;

  if (!is_new && !_ch_statement_was_sent (view, record, &was_sent, error))
    {
      ch_shared_record_free (key);
      return FALSE;
    }
  if (!verdict->has_requirements && !was_sent)
    {
      ch_shared_record_free (key);
      return is_new || _ch_statement_withdraw (view, record, error);
    }
  if (is_new)
    {
      record = key;
      g_ptr_array_add (records, record);
    }
  else
    {
      ch_shared_record_free (key);
    }

  return _ch_statement_say (view, record, fields, error);
}

/* The ones whose project or commitment the sub no longer has: *kept (element-type ChSharedRecord) are those that it
 * has. */
static gboolean
withdraw_others (ChDeskView  *view,
                 GPtrArray   *records,
                 GHashTable  *kept,
                 GError     **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (records, i);
      gint64 id = record->commitment_id != 0 ? record->commitment_id : record->project_id;

      if (!g_hash_table_contains (kept, &id) && !_ch_statement_withdraw (view, record, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
publish_overalls (ChDeskView       *view,
                  const ChSubView  *sub,
                  GPtrArray        *verdicts,
                  GError          **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  records = ch_store_list_shared (view->store, CH_SHARED_OVERALL, -1, sub->vendor_id, error);
  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < sub->project_ids->len; i++)
    {
      gint64 project_id = g_array_index (sub->project_ids, gint64, i);
      const ChStoredVerdict *verdict = _ch_find_verdict (verdicts, project_id, 0);
      ChSharedRecord *key;
      g_autoptr(ChFieldSet) fields = NULL;

      if (verdict == NULL)
        continue;
      g_hash_table_add (kept, g_memdup2 (&project_id, sizeof project_id));
      if (!view->is_on[CH_PLACE_PROJECT_INSURANCES])
        continue;
      key = ch_shared_record_new (CH_SHARED_OVERALL);
      key->project_id = project_id;
      key->vendor_id = sub->vendor_id;
      fields = describe_overall (view, sub, _ch_desk_view_get_project (view, project_id), verdict);
      if (!say_verdict (view, records, key, verdict, fields, error))
        return FALSE;
    }

  return withdraw_others (view, records, kept, error);
}

/* A contract that was given to another sub keeps its record: in Procore it is the same contract, with what was said
 * there. But that was said of the other sub, also by people: a "compliant" set for that one must not stand for this
 * one, whatever the order in which the two are published. */
static gboolean
take_over_compliance (ChDeskView          *view,
                      const ChSubView     *sub,
                      GPtrArray           *records,
                      const ChCommitment  *commitment,
                      GError             **error)
{
  g_autoptr(GPtrArray) all = NULL;

  if (_ch_statement_find (records, commitment->project_id, commitment->id, NULL) != NULL)
    return TRUE;
  all = ch_store_list_shared (view->store, CH_SHARED_COMPLIANCE, commitment->project_id, 0, error);
  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (all, i);

      if (record->commitment_id != commitment->id)
        continue;
      if (!_ch_statement_forget (view, record, error))
        return FALSE;
      record->vendor_id = sub->vendor_id;
      if (!ch_store_put_shared (view->store, record, error))
        return FALSE;
      g_ptr_array_add (records, g_ptr_array_steal_index (all, i));
      return TRUE;
    }

  return TRUE;
}

static gboolean
say_compliance (ChDeskView          *view,
                const ChSubView     *sub,
                GPtrArray           *verdicts,
                GPtrArray           *records,
                const ChCommitment  *commitment,
                GError             **error)
{
  const ChProjectView *project = _ch_desk_view_get_project (view, commitment->project_id);
  const ChStoredVerdict *verdict = _ch_find_verdict (verdicts, commitment->project_id, commitment->id);
  ChSharedRecord *key;
  g_autoptr(ChFieldSet) fields = NULL;
  g_autofree char *notes = NULL;

  if (verdict == NULL)
    verdict = _ch_find_verdict (verdicts, commitment->project_id, 0);
  if (verdict == NULL)
    return TRUE;

  key = ch_shared_record_new (CH_SHARED_COMPLIANCE);
  key->project_id = commitment->project_id;
  key->vendor_id = sub->vendor_id;
  key->commitment_id = commitment->id;
  fields = ch_field_set_new ();
  notes = dup_verdict_notes (sub, project, verdict, MAX_COMMITMENT_FINDINGS, MAX_COMMITMENT_NOTES);
  ch_field_set_set (fields, "insurance_status",
                    _ch_wording_get_commitment_status (verdict->status, verdict->verdict->status));
  ch_field_set_set (fields, "insurance_notes", notes);

  return say_verdict (view, records, key, verdict, fields, error);
}

static gboolean
publish_compliances (ChDeskView       *view,
                     const ChSubView  *sub,
                     GPtrArray        *verdicts,
                     GError          **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) commitments = NULL;
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  records = ch_store_list_shared (view->store, CH_SHARED_COMPLIANCE, -1, sub->vendor_id, error);
  if (records == NULL)
    return FALSE;
  commitments = ch_store_list_commitments (view->store, 0, sub->vendor_id, error);
  if (commitments == NULL)
    return FALSE;

  for (guint i = 0; i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);

      if (_ch_commitment_is_dead (commitment) || !_ch_sub_view_is_on (sub, commitment->project_id))
        continue;
      g_hash_table_add (kept, g_memdup2 (&commitment->id, sizeof (gint64)));
      if (!view->is_on[CH_PLACE_COMMITMENTS])
        continue;
      if (!take_over_compliance (view, sub, records, commitment, error))
        return FALSE;
      if (!say_compliance (view, sub, verdicts, records, commitment, error))
        return FALSE;
    }

  return withdraw_others (view, records, kept, error);
}

gboolean
_ch_publish_sub_in_view (ChDeskView       *view,
                         const ChSubView  *sub,
                         GError          **error)
{
  g_autoptr(GPtrArray) verdicts = ch_store_list_verdicts (view->store, 0, sub->vendor_id, -1, error);

  return verdicts != NULL &&
         _ch_publish_policies (view, sub, error) &&
         publish_overalls (view, sub, verdicts, error) &&
         publish_compliances (view, sub, verdicts, error) &&
         _ch_publish_documents (view, sub, error);
}

/**
 * ch_publish_sub:
 *
 * Writes what Procore should say of one sub, everywhere, from its current verdicts and certificates. Must be called
 * inside a transaction. The same facts twice write nothing and queue nothing.
 */
gboolean
ch_publish_sub (ChDesk  *desk,
                gint64   vendor_id,
                GError **error)
{
  g_autoptr(ChDeskView) view = NULL;
  g_autoptr(ChSubView) sub = NULL;

  g_return_val_if_fail (CH_IS_DESK (desk), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (ch_desk_get_store (desk)), FALSE);

  view = _ch_desk_view_new (desk, error);
  if (view == NULL)
    return FALSE;
  sub = _ch_sub_view_new (view, vendor_id, error);

  return sub != NULL && _ch_publish_sub_in_view (view, sub, error);
}

gboolean
_ch_publication_load_is_on (ChStore     *store,
                            const char  *place,
                            gboolean    *is_on,
                            GError     **error)
{
  g_autofree char *name = g_strconcat ("place.", place, NULL);
  g_autofree char *value = NULL;
  g_autoptr(GError) local_error = NULL;

  value = ch_store_dup_state (store, name, &local_error);
  *is_on = local_error == NULL && g_strcmp0 (value, "off") != 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * ch_publication_is_on:
 * @place: one of the five names
 *
 * Returns: %FALSE where the place is switched off, and where that can't be found out
 */
gboolean
ch_publication_is_on (ChStore    *store,
                      const char *place)
{
  gboolean is_on;

  _ch_publication_load_is_on (store, place, &is_on, NULL);

  return is_on;
}
