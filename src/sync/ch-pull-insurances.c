#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"
#include "ch-store-events.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OUR_PREFIX "certholder:"

/* The shared record that an origin_id of ours names; NULL where it is none of this database's. */
static ChSharedRecord *
find_ours (ChRound    *round,
           const char *origin_id,
           GError    **error)
{
  const char *uuid = origin_id != NULL && g_str_has_prefix (origin_id, OUR_PREFIX) ? strrchr (origin_id, ':') + 1 : NULL;

  return uuid != NULL ? ch_store_find_shared_by_uuid (round->store, uuid, error) : NULL;
}

static gboolean
take_ours (ChRound                 *round,
           ChSharedRecord          *record,
           const ChInsuranceRecord *remote,
           GError                 **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, remote->id);

  if (g_strcmp0 (record->procore_id, id) != 0 || (record->gone && !record->withdrawn))
    {
      g_free (record->procore_id);
      record->procore_id = g_steal_pointer (&id);
      record->gone = FALSE;
      if (!ch_store_put_shared (round->store, record, error))
        return FALSE;
    }
  return _ch_take_remote (round, record, remote->fields, NULL, error);
}

static gboolean
take_records (ChRound    *round,
              GPtrArray  *records,
              GHashTable *seen_ours,
              GHashTable *seen_others,
              GError    **error)
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      const ChInsuranceRecord *remote = g_ptr_array_index (records, i);
      g_autoptr (GError) cause = NULL;
      g_autoptr (ChSharedRecord) ours = find_ours (round, remote->origin_id, &cause);
      gboolean changed = FALSE;

      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (ours != NULL)
        {
          g_hash_table_add (seen_ours, g_memdup2 (&ours->id, sizeof ours->id));
          if (!take_ours (round, ours, remote, error))
            return FALSE;
          continue;
        }

      g_hash_table_add (seen_others, g_memdup2 (&remote->id, sizeof remote->id));
      if (!ch_store_put_insurance (round->store, remote, &changed, error))
        return FALSE;
      round->summary->pulled_insurances += changed;
    }
  return TRUE;
}

/* What others made and a complete listing no longer has. */
static gboolean
remove_others (ChRound    *round,
               gint64      project_id,
               GHashTable *seen,
               GError    **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_insurances (round->store, project_id, 0, error);
  guint n_missing = 0;
  guint i;

  if (known == NULL)
    return FALSE;

  for (i = 0; i < known->len; i++)
    n_missing += !g_hash_table_contains (seen, &((ChInsuranceRecord *) g_ptr_array_index (known, i))->id);
  if (_ch_is_mass_removal (round, _ ("insurance records"), known->len, n_missing))
    return TRUE;
  for (i = 0; i < known->len; i++)
    {
      const ChInsuranceRecord *record = g_ptr_array_index (known, i);

      if (!g_hash_table_contains (seen, &record->id) && !ch_store_mark_insurance_gone (round->store, record->id, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * Somebody deleted a record of ours in Procore. It is not made again behind that person's back: a conflict asks.
 */
static gboolean
note_deleted (ChRound    *round,
              gint64      project_id,
              GHashTable *seen,
              GError    **error)
{
  ChSharedKind kind = project_id != 0 ? CH_SHARED_OVERALL : CH_SHARED_POLICY;
  g_autoptr (GPtrArray) ours = ch_store_list_shared (round->store, kind, project_id != 0 ? project_id : -1, 0, error);
  guint i;

  if (ours == NULL)
    return FALSE;

  for (i = 0; i < ours->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (ours, i);
      g_autofree char *status = NULL;

      if (record->base == NULL || record->gone || g_hash_table_contains (seen, &record->id))
        continue;
      status = g_strdup (ch_field_set_get (record->local, "status"));
      record->gone = TRUE;
      g_clear_pointer (&record->remote, ch_field_set_free);
      if (!ch_store_put_shared (round->store, record, error) || !ch_store_outbox_drop (round->store, record->id, error)
          || !ch_store_put_conflict (round->store, record->id, "record", ch_field_set_get (record->base, "status"), status, NULL,
                                     error)
          || !ch_store_add_event (round->store, "procore.deleted", record->project_id, record->vendor_id, record->uuid, NULL,
                                  error))
        return FALSE;
    }
  return TRUE;
}

/*< private > */
gboolean
_ch_pull_insurances (ChRound *round,
                     gint64   project_id,
                     GError **error)
{
  g_autoptr (GPtrArray) records = ch_procore_list_insurances (round->procore, project_id, round->cancellable, error);
  g_autoptr (GHashTable) seen_ours = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) seen_others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean ok;

  if (records == NULL || !_ch_round_begin (round, error))
    return FALSE;

  ok = take_records (round, records, seen_ours, seen_others, error) && remove_others (round, project_id, seen_others, error)
       && note_deleted (round, project_id, seen_ours, error);
  return _ch_round_end (round, ok, error);
}
