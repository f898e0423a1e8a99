#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-our-records-private.h"
#include "ch-publication.h"
#include "ch-removal.h"

#include <glib/gi18n-lib.h>

/* One that the desk held for ended, or never sent as far as it knew, and that is there: the desk says anew what it has to
 * say of its sub, now that it is known to stand in Procore. */
static gboolean
is_a_surprise (const ChSharedRecord *record)
{
  return record->withdrawn && (record->gone || record->base == NULL);
}

static gboolean
take_ours (ChRound                 *round,
           ChOurRecords            *ours,
           ChSharedRecord          *record,
           const ChInsuranceRecord *remote,
           GHashTable              *to_publish,
           GError                 **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, remote->id);

  if (is_a_surprise (record))
    g_hash_table_add (to_publish, g_memdup2 (&record->vendor_id, sizeof record->vendor_id));
  return _ch_our_records_claim (ours, record, id, error) && _ch_take_remote (round, record, remote->fields, NULL, error);
}

static gboolean
take_records (ChRound      *round,
              GPtrArray    *records,
              ChOurRecords *known,
              GHashTable   *seen_ours,
              GHashTable   *seen_others,
              GHashTable   *to_publish,
              GError      **error)
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      const ChInsuranceRecord *remote = g_ptr_array_index (records, i);
      g_autoptr (GError) cause = NULL;
      ChSharedRecord *ours = _ch_our_records_find (known, remote->origin_id, &cause);
      gboolean changed = FALSE;

      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (ours != NULL)
        {
          g_hash_table_add (seen_ours, g_memdup2 (&ours->id, sizeof ours->id));
          if (!take_ours (round, known, ours, remote, to_publish, error))
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

/* What a complete listing of records lacks. */
typedef struct {
  ChRound    *round;
  GHashTable *seen;
  GHashTable *active;    /* (element-type gint64): subs about which a person is asked */
  GHashTable *inactive;  /* (element-type gint64): and those among the inactive ones */
  GArray     *missing;   /* (element-type gint64) */
  GArray     *with_sub;  /* (element-type gint64): missing too, but so is their sub: nobody need be asked again */
  guint       n_known;
} Lack;

static gboolean
lack_init (Lack       *self,
           ChRound    *round,
           GHashTable *seen,
           GError    **error)
{
  self->round = round;
  self->seen = seen;
  self->missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->with_sub = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->n_known = 0;
  self->active = _ch_removal_list_in_doubt (round, CH_REMOVAL_VENDORS, error);
  if (self->active == NULL)
    return FALSE;
  self->inactive = _ch_removal_list_in_doubt (round, CH_REMOVAL_INACTIVE_VENDORS, error);
  return self->inactive != NULL;
}

static void
lack_clear (Lack *self)
{
  g_clear_pointer (&self->active, g_hash_table_unref);
  g_clear_pointer (&self->inactive, g_hash_table_unref);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->with_sub, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lack, lack_clear)

/* The records of a sub about which a person is asked are part of that question. */
static gboolean
lack_note (Lack    *self,
           gint64   id,
           gint64   vendor_id,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_sub_gone;

  if (g_hash_table_contains (self->seen, &id))
    {
      self->n_known++;
      return TRUE;
    }
  if (g_hash_table_contains (self->active, &vendor_id) || g_hash_table_contains (self->inactive, &vendor_id))
    return TRUE;
  is_sub_gone = ch_store_is_vendor_gone (self->round->store, vendor_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->n_known += !is_sub_gone;
  g_array_append_val (is_sub_gone ? self->with_sub : self->missing, id);
  return TRUE;
}

/* (nullable) (transfer full) (element-type gint64): those of them that are gone, as far as it is believed */
static GArray *
lack_judge (Lack       *self,
            const char *of,
            gint64      project_id,
            const char *what,
            GError    **error)
{
  g_autofree char *scope = _ch_removal_make_scope (of, project_id);
  g_autoptr (GArray) gone = NULL;

  if (!_ch_removal_judge (self->round, scope, what, self->n_known, self->missing, &gone, error))
    return NULL;
  g_array_append_vals (gone, self->with_sub->data, self->with_sub->len);
  return g_steal_pointer (&gone);
}

/* What others made and a complete listing no longer has. */
static gboolean
remove_others (ChRound    *round,
               gint64      project_id,
               GHashTable *seen,
               GError    **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_insurances (round->store, project_id, 0, error);
  g_auto (Lack) lack = { NULL };
  g_autoptr (GArray) gone = NULL;
  guint i;

  if (known == NULL || !lack_init (&lack, round, seen, error))
    return FALSE;

  for (i = 0; i < known->len; i++)
    {
      const ChInsuranceRecord *record = g_ptr_array_index (known, i);

      if (!lack_note (&lack, record->id, record->vendor_id, error))
        return FALSE;
    }
  gone = lack_judge (&lack, CH_REMOVAL_INSURANCES, project_id, _ ("insurance records"), error);
  if (gone == NULL)
    return FALSE;
  for (i = 0; i < gone->len; i++)
    {
      if (!ch_store_mark_insurance_gone (round->store, g_array_index (gone, gint64, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the listing's lack of it means that it was deleted there. */
static gboolean
was_there (const ChSharedRecord *record)
{
  return record->base != NULL && !record->gone;
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

/* Those of ours that a complete listing does not have: deleted there, or never made although an attempt was under way. */
static gboolean
take_missing (ChRound    *round,
              gint64      project_id,
              GPtrArray  *ours,
              GHashTable *seen,
              GError    **error)
{
  g_auto (Lack) lack = { NULL };
  g_autoptr (GArray) gone = NULL;
  guint i;

  if (!lack_init (&lack, round, seen, error))
    return FALSE;
  for (i = 0; i < ours->len; i++)
    {
      const ChSharedRecord *record = g_ptr_array_index (ours, i);

      if (was_there (record) && !lack_note (&lack, record->id, record->vendor_id, error))
        return FALSE;
    }
  gone = lack_judge (&lack, CH_REMOVAL_OURS, project_id, _ ("insurance records of ours"), error);
  if (gone == NULL)
    return FALSE;

  for (i = 0; i < ours->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (ours, i);

      if (g_hash_table_contains (seen, &record->id) || record->gone || (record->base != NULL && !has_id (gone, record->id)))
        continue;
      if (!_ch_take_remote (round, record, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
publish_all (ChRound    *round,
             GHashTable *vendors,
             GError    **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, vendors);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!ch_publish_sub (round->desk, *(gint64 *) id, error))
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
  g_autoptr (GPtrArray) records = ch_procore_list_insurances (round->procore, project_id, round->mark, round->cancellable, error);
  g_autoptr (GHashTable) seen_ours = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) seen_others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) to_publish = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (ChOurRecords) ours = _ch_our_records_new (round->store);
  gboolean ok;

  if (records == NULL || !_ch_round_begin (round, error))
    return FALSE;
  if (round->mark != NULL && ch_list_mark_is_unchanged (round->mark))
    return _ch_round_end (round, TRUE, error);

  ok = _ch_our_records_load (ours, project_id, error)
       && take_records (round, records, ours, seen_ours, seen_others, to_publish, error)
       && remove_others (round, project_id, seen_others, error)
       && take_missing (round, project_id, _ch_our_records_get_list (ours), seen_ours, error)
       && publish_all (round, to_publish, error);
  return _ch_round_end (round, ok, error);
}

static gboolean
take_one (ChRound    *round,
          GPtrArray  *records,
          GError    **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) to_publish = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (ChOurRecords) ours = _ch_our_records_new (round->store);

  return take_records (round, records, ours, seen, seen, to_publish, error) && publish_all (round, to_publish, error);
}

/*< private > */
gboolean
_ch_pull_insurance (ChRound *round,
                    gint64   record_id,
                    GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurance_record_free);
  ChInsuranceRecord *record = ch_procore_get_insurance (round->procore, record_id, round->cancellable, error);

  if (record == NULL)
    return FALSE;
  g_ptr_array_add (records, record);
  return _ch_round_begin (round, error) && _ch_round_end (round, take_one (round, records, error), error);
}
