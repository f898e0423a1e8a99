#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-removal.h"

#include <glib/gi18n-lib.h>

static gboolean
take_commitments (ChRound         *round,
                  const ChProject *project,
                  GPtrArray       *commitments,
                  GError         **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_commitments (round->store, project->id, 0, error);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) gone = NULL;
  g_autofree char *scope = _ch_removal_make_scope (CH_REMOVAL_COMMITMENTS, project->id);
  gboolean any = FALSE;
  guint i;

  if (known == NULL)
    return FALSE;

  for (i = 0; i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);
      gboolean changed = FALSE;

      g_hash_table_add (listed, (gpointer) &commitment->id);
      /* One without a vendor concerns no sub yet, or any more. */
      if (!ch_store_put_commitment (round->store, commitment, &changed, error))
        return FALSE;
      round->summary->pulled_commitments += changed;
      any |= changed;
    }

  for (i = 0; i < known->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (known, i);

      if (!g_hash_table_contains (listed, &commitment->id))
        g_array_append_val (missing, commitment->id);
    }
  if (!_ch_removal_judge (round, scope, project->name, known->len, missing, &gone, error))
    return FALSE;
  for (i = 0; i < gone->len; i++)
    {
      if (!ch_store_mark_commitment_gone (round->store, g_array_index (gone, gint64, i), error))
        return FALSE;
      any = TRUE;
    }
  return !any || _ch_round_judge (round, project->id, 0, error);
}

/*< private > */
gboolean
_ch_pull_commitments (ChRound *round,
                      gint64   project_id,
                      GError **error)
{
  g_autoptr (ChProject) project = ch_store_get_project (round->store, project_id, error);
  g_autoptr (GPtrArray) commitments = NULL;

  if (project == NULL)
    return FALSE;
  commitments = ch_procore_list_commitments (round->procore, project_id, round->cancellable, error);
  return commitments != NULL && _ch_round_begin (round, error)
         && _ch_round_end (round, take_commitments (round, project, commitments, error), error);
}

static ChCommitment *
find_commitment (ChRound *round,
                 gint64   project_id,
                 gint64   id,
                 GError **error)
{
  g_autoptr (GPtrArray) commitments = ch_store_list_commitments (round->store, project_id, 0, error);
  guint i;

  for (i = 0; commitments != NULL && i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);

      if (commitment->id == id)
        return ch_commitment_copy (commitment);
    }
  return NULL;
}

static gboolean
has_id (GArray *ids,
        gint64  id)
{
  guint i;

  for (i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

/* What is not among the project's subcontracts is a purchase order. */
static gboolean
store_kinds (ChRound *round,
             gint64   project_id,
             GArray  *work_orders,
             GError **error)
{
  g_autoptr (GPtrArray) commitments = ch_store_list_commitments (round->store, project_id, 0, error);
  guint i;

  for (i = 0; commitments != NULL && i < commitments->len; i++)
    {
      ChCommitment *commitment = g_ptr_array_index (commitments, i);
      gboolean changed;

      if (commitment->kind != CH_COMMITMENT_UNKNOWN)
        continue;
      commitment->kind = has_id (work_orders, commitment->id) ? CH_COMMITMENT_WORK_ORDER : CH_COMMITMENT_PURCHASE_ORDER;
      if (!ch_store_put_commitment (round->store, commitment, &changed, error))
        return FALSE;
    }
  return commitments != NULL;
}

/*< private > */
ChCommitment *
_ch_find_commitment (ChRound *round,
                     gint64   project_id,
                     gint64   commitment_id,
                     GError **error)
{
  g_autoptr (ChCommitment) commitment = find_commitment (round, project_id, commitment_id, error);
  g_autoptr (GArray) work_orders = NULL;

  if (commitment == NULL || commitment->kind != CH_COMMITMENT_UNKNOWN)
    return g_steal_pointer (&commitment);

  /* Once for the whole project. */
  work_orders = ch_procore_list_work_order_ids (round->procore, project_id, round->cancellable, error);
  if (work_orders == NULL || !_ch_round_begin (round, error)
      || !_ch_round_end (round, store_kinds (round, project_id, work_orders, error), error))
    return NULL;
  return find_commitment (round, project_id, commitment_id, error);
}

static gboolean
take_compliance (ChRound            *round,
                 const ChCommitment *commitment,
                 const ChCompliance *compliance,
                 GError            **error)
{
  GError *cause = NULL;
  g_autoptr (ChSharedRecord) record = ch_store_find_shared (round->store, CH_SHARED_COMPLIANCE, commitment->project_id,
                                                            commitment->vendor_id, commitment->id, NULL, &cause);
  g_autoptr (ChFieldSet) remote = NULL;

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  /* What we say nothing about is nobody's to merge. */
  if (record == NULL || record->base == NULL || record->withdrawn)
    return TRUE;

  remote = ch_field_set_new ();
  ch_field_set_set (remote, "insurance_status", compliance->insurance_status);
  ch_field_set_set (remote, "insurance_notes", compliance->insurance_notes);
  return _ch_take_remote (round, record, remote, NULL, error);
}

/*< private > */
gboolean
_ch_pull_compliance (ChRound *round,
                     gint64   project_id,
                     gint64   commitment_id,
                     GError **error)
{
  GError *cause = NULL;
  g_autoptr (ChCommitment) commitment = _ch_find_commitment (round, project_id, commitment_id, &cause);
  g_autoptr (ChCompliance) compliance = NULL;

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  /* It was deleted since it was planned: nothing is left to read. */
  if (commitment == NULL)
    return TRUE;
  compliance = ch_procore_get_compliance (round->procore, commitment, round->cancellable, error);
  return compliance != NULL && _ch_round_begin (round, error)
         && _ch_round_end (round, take_compliance (round, commitment, compliance, error), error);
}
