#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

/* How many commitments' compliance a round reads again, so that people's edits there flow back. */
#define COMPLIANCE_PER_ROUND 50
/* the same where rounds are many and requests are counted */
#define COMPLIANCE_PER_SMALL_ROUND 4

static gboolean
take_commitments (ChRound         *round,
                  const ChProject *project,
                  GPtrArray       *commitments,
                  GError         **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_commitments (round->store, project->id, 0, error);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean any = FALSE;
  guint n_missing = 0;
  guint i;

  if (known == NULL)
    return FALSE;

  for (i = 0; i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);
      gboolean changed = FALSE;

      g_hash_table_add (listed, (gpointer) &commitment->id);
      /* A contract without a vendor concerns no sub yet. */
      if (commitment->vendor_id == 0)
        continue;
      if (!ch_store_put_commitment (round->store, commitment, &changed, error))
        return FALSE;
      round->summary->pulled_commitments += changed;
      any |= changed;
    }

  for (i = 0; i < known->len; i++)
    n_missing += !g_hash_table_contains (listed, &((ChCommitment *) g_ptr_array_index (known, i))->id);
  for (i = 0; i < known->len && !_ch_is_mass_removal (round, project->name, known->len, n_missing); i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (known, i);

      if (g_hash_table_contains (listed, &commitment->id))
        continue;
      if (!ch_store_mark_commitment_gone (round->store, commitment->id, error))
        return FALSE;
      any = TRUE;
    }
  return !any || ch_desk_judge (round->desk, project->id, 0, NULL, error);
}

static gboolean
pull_commitments (ChRound         *round,
                  const ChProject *project,
                  GError         **error)
{
  g_autoptr (GPtrArray) commitments
    = ch_procore_list_commitments (round->procore, project->id, 0, round->cancellable, error);

  return commitments != NULL && _ch_round_begin (round, error)
         && _ch_round_end (round, take_commitments (round, project, commitments, error), error);
}

/*< private > */
gboolean
_ch_pull_project (ChRound         *round,
                  const ChProject *project,
                  GError         **error)
{
  GError *cause = NULL;

  /* One tool of a project may be off without the other. */
  if (!pull_commitments (round, project, &cause))
    {
      if (_ch_ends_round (cause))
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      _ch_round_problem (round, project->name, cause);
      g_clear_error (&cause);
    }
  return _ch_pull_insurances (round, project->id, error);
}

static const ChCommitment *
find_commitment (GPtrArray *commitments,
                 gint64     id)
{
  guint i;

  for (i = 0; i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);

      if (commitment->id == id)
        return commitment;
    }
  return NULL;
}

static gboolean
pull_one_compliance (ChRound            *round,
                     ChSharedRecord     *record,
                     const ChCommitment *commitment,
                     GError            **error)
{
  g_autoptr (ChCompliance) compliance = ch_procore_get_compliance (round->procore, commitment, round->cancellable, error);
  g_autoptr (ChFieldSet) remote = ch_field_set_new ();

  if (compliance == NULL)
    return FALSE;

  ch_field_set_set (remote, "insurance_status", compliance->insurance_status);
  ch_field_set_set (remote, "insurance_notes", compliance->insurance_notes);
  return _ch_round_begin (round, error) && _ch_round_end (round, _ch_take_remote (round, record, remote, NULL, error), error);
}

/*< private > */
gboolean
_ch_pull_compliance (ChRound *round,
                     GError **error)
{
  g_autoptr (GPtrArray) records = ch_store_list_shared (round->store, CH_SHARED_COMPLIANCE, -1, 0, error);
  g_autoptr (GPtrArray) commitments = records != NULL ? ch_store_list_commitments (round->store, 0, 0, error) : NULL;
  g_autofree char *text = ch_store_dup_state (round->store, "sync.compliance_after", NULL);
  gint64 after = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  gint64 last = 0;
  guint max = _ch_session_get_max_projects (round->session) > 0 ? COMPLIANCE_PER_SMALL_ROUND : COMPLIANCE_PER_ROUND;
  guint n_read = 0;
  guint turn;
  guint i;

  if (commitments == NULL)
    return FALSE;

  /* In turn, from where the last round stopped, then from the beginning. */
  for (turn = 0; turn < 2; turn++)
    {
      for (i = 0; i < records->len && n_read < max; i++)
        {
          ChSharedRecord *record = g_ptr_array_index (records, i);
          const ChCommitment *commitment = find_commitment (commitments, record->commitment_id);

          if ((turn == 0) != (record->id > after) || record->base == NULL || record->withdrawn || commitment == NULL)
            continue;
          if (!pull_one_compliance (round, record, commitment, error))
            return FALSE;
          last = record->id;
          n_read++;
        }
    }

  if (last == 0 || records->len <= max)
    return TRUE;
  g_free (text);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  return _ch_round_begin (round, error)
         && _ch_round_end (round, ch_store_set_state (round->store, "sync.compliance_after", text, error), error);
}
