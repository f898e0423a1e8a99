#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-our-records-private.h"

#include <string.h>

#define OUR_PREFIX "certholder:"

/**
 * ChOurRecords:
 * @store: where they are stored
 * @loaded: (nullable) (element-type ChSharedRecord): those of the list, in the order in which they were made
 * @strays: (element-type ChSharedRecord): that the list shows although they belong to another
 * @by_uuid: (element-type utf8 ChSharedRecord): both; keys and values are the records'
 */
struct _ChOurRecords {
  ChStore    *store;
  GPtrArray  *loaded;
  GPtrArray  *strays;
  GHashTable *by_uuid;
};

/*< private > */
ChOurRecords *
_ch_our_records_new (ChStore *store)
{
  ChOurRecords *self = g_new0 (ChOurRecords, 1);

  self->store = g_object_ref (store);
  self->strays = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_shared_record_free);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/*< private > */
void
_ch_our_records_free (ChOurRecords *self)
{
  g_hash_table_unref (self->by_uuid);
  g_ptr_array_unref (self->strays);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  g_object_unref (self->store);
  g_free (self);
}

static void
add (ChOurRecords   *self,
     ChSharedRecord *record)
{
  g_hash_table_insert (self->by_uuid, record->uuid, record);
}

/*< private > */
gboolean
_ch_our_records_load (ChOurRecords *self,
                      gint64        project_id,
                      GError      **error)
{
  ChSharedKind kind = project_id != 0 ? CH_SHARED_OVERALL : CH_SHARED_POLICY;
  guint i;

  g_return_val_if_fail (self->loaded == NULL, FALSE);

  self->loaded = ch_store_list_shared (self->store, kind, project_id != 0 ? project_id : -1, 0, error);
  for (i = 0; self->loaded != NULL && i < self->loaded->len; i++)
    add (self, g_ptr_array_index (self->loaded, i));
  return self->loaded != NULL;
}

/*< private > */
GPtrArray *
_ch_our_records_get_list (ChOurRecords *self)
{
  return self->loaded;
}

/*< private > */
ChSharedRecord *
_ch_our_records_find (ChOurRecords *self,
                      const char   *origin_id,
                      GError      **error)
{
  ChSharedRecord *record;
  const char *uuid;

  if (origin_id == NULL || !g_str_has_prefix (origin_id, OUR_PREFIX))
    return NULL;

  uuid = strrchr (origin_id, ':') + 1;
  record = g_hash_table_lookup (self->by_uuid, uuid);
  if (record != NULL)
    return record;

  record = ch_store_find_shared_by_uuid (self->store, uuid, error);
  if (record == NULL)
    return NULL;
  g_ptr_array_add (self->strays, record);
  add (self, record);
  return record;
}

/* What the store does to the row of another record that had the id. */
static void
release (ChOurRecords         *self,
         const ChSharedRecord *claimed)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_uuid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ChSharedRecord *other = value;

      if (other != claimed && other->kind == claimed->kind && other->project_id == claimed->project_id
          && g_strcmp0 (other->procore_id, claimed->procore_id) == 0)
        g_clear_pointer (&other->procore_id, g_free);
    }
}

/*< private > */
gboolean
_ch_our_records_claim (ChOurRecords   *self,
                       ChSharedRecord *record,
                       const char     *procore_id,
                       GError        **error)
{
  if (g_strcmp0 (record->procore_id, procore_id) == 0)
    return TRUE;
  if (!ch_store_claim_procore_id (self->store, record, procore_id, error))
    return FALSE;
  release (self, record);
  return TRUE;
}
