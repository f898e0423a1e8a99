#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-seal-private.h"
#include "ch-shared-kind-private.h"
#include "ch-store-private.h"
#include "ch-store-shared.h"

enum {
  RECORD_ID,
  RECORD_UUID,
  RECORD_KIND,
  RECORD_PROJECT_ID,
  RECORD_VENDOR_ID,
  RECORD_COMMITMENT_ID,
  RECORD_SUBJECT,
  RECORD_PROCORE_ID,
  RECORD_HAS_LOCAL,
  RECORD_HAS_BASE,
  RECORD_HAS_REMOTE,
  RECORD_GONE,
  RECORD_WITHDRAWN,
};

enum {
  FIELD_RECORD_ID,
  FIELD_NAME,
  FIELD_LOCAL,
  FIELD_BASE,
  FIELD_REMOTE,
};

ChSharedKind
_ch_shared_kind_from_string (const char *text)
{
  for (guint i = 0; i < CH_N_SHARED_KINDS; i++)
    {
      if (g_strcmp0 (text, ch_shared_kind_to_string ((ChSharedKind) i)) == 0)
        return (ChSharedKind) i;
    }

  g_return_val_if_reached (CH_SHARED_POLICY);
}

static ChSharedRecord *
record_from_row (ChQuery *query)
{
  ChSharedRecord *record = ch_shared_record_new (_ch_shared_kind_from_string (_ch_query_get_text (query, RECORD_KIND)));

  record->id = _ch_query_get_integer (query, RECORD_ID);
  record->uuid = _ch_query_dup_text (query, RECORD_UUID);
  record->project_id = _ch_query_get_integer (query, RECORD_PROJECT_ID);
  record->vendor_id = _ch_query_get_integer (query, RECORD_VENDOR_ID);
  record->commitment_id = _ch_query_get_integer (query, RECORD_COMMITMENT_ID);
  record->subject = _ch_query_dup_text (query, RECORD_SUBJECT);
  record->procore_id = _ch_query_dup_text (query, RECORD_PROCORE_ID);
  if (!_ch_query_get_boolean (query, RECORD_HAS_LOCAL))
    g_clear_pointer (&record->local, ch_field_set_free);
  record->base = _ch_query_get_boolean (query, RECORD_HAS_BASE) ? ch_field_set_new () : NULL;
  record->remote = _ch_query_get_boolean (query, RECORD_HAS_REMOTE) ? ch_field_set_new () : NULL;
  record->gone = _ch_query_get_boolean (query, RECORD_GONE);
  record->withdrawn = _ch_query_get_boolean (query, RECORD_WITHDRAWN);

  return record;
}

static void
bind_record (ChQuery              *query,
             const ChSharedRecord *record)
{
  _ch_query_bind_text (query, ch_shared_kind_to_string (record->kind));
  _ch_query_bind_id (query, record->project_id);
  _ch_query_bind_id (query, record->vendor_id);
  _ch_query_bind_id (query, record->commitment_id);
  _ch_query_bind_text (query, record->subject);
  _ch_query_bind_text (query, record->procore_id);
  _ch_query_bind_boolean (query, record->local != NULL);
  _ch_query_bind_boolean (query, record->base != NULL);
  _ch_query_bind_boolean (query, record->remote != NULL);
  _ch_query_bind_boolean (query, record->gone);
  _ch_query_bind_boolean (query, record->withdrawn);
}

static gboolean
add_record (ChStore         *self,
            ChSharedRecord  *record,
            GError         **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-shared");

  if (record->uuid == NULL)
    record->uuid = g_uuid_string_random ();
  _ch_query_bind_text (query, record->uuid);
  bind_record (query, record);
  if (!_ch_query_run_for_id (query, &record->id, error))
    return FALSE;
  _ch_seal_touch (self, CH_SEAL_SHARED, record->id);

  return TRUE;
}

static gboolean
update_record (ChStore               *self,
               const ChSharedRecord  *record,
               GError               **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "update-shared");
  gboolean changed;

  bind_record (query, record);
  _ch_query_bind_integer (query, record->id);
  if (!_ch_query_run_changing (query, &changed, error))
    return FALSE;
  if (changed)
    _ch_seal_touch (self, CH_SEAL_SHARED, record->id);

  return TRUE;
}

static const char *
get_value (const ChFieldSet *fields,
           const char       *name)
{
  return fields != NULL ? ch_field_set_get (fields, name) : NULL;
}

static gboolean
put_field (ChStore               *self,
           const ChSharedRecord  *record,
           const char            *name,
           GError               **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "put-shared-field");

  _ch_query_bind_integer (query, record->id);
  _ch_query_bind_text (query, name);
  _ch_query_bind_text (query, get_value (record->local, name));
  _ch_query_bind_text (query, get_value (record->base, name));
  _ch_query_bind_text (query, get_value (record->remote, name));

  return _ch_query_run (query, error);
}

static void
collect_names (const ChFieldSet *fields,
               GHashTable       *names)
{
  for (guint i = 0; fields != NULL && i < ch_field_set_get_size (fields); i++)
    g_hash_table_add (names, g_strdup (ch_field_set_get_name (fields, i)));
}

static gboolean
delete_field (ChStore     *self,
              gint64       record_id,
              const char  *name,
              GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "delete-shared-field");

  _ch_query_bind_integer (query, record_id);
  _ch_query_bind_text (query, name);

  return _ch_query_run (query, error);
}

/* Those that neither side says any more. */
static gboolean
delete_other_fields (ChStore     *self,
                     gint64       record_id,
                     GHashTable  *names,
                     GError     **error)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-shared-field-names");

  _ch_query_bind_integer (query, record_id);
  while (_ch_query_next (query))
    {
      if (!g_hash_table_contains (names, _ch_query_get_text (query, 0)))
        g_ptr_array_add (others, _ch_query_dup_text (query, 0));
    }
  if (!_ch_query_finish (query, error))
    return FALSE;

  for (guint i = 0; i < others->len; i++)
    {
      if (!delete_field (self, record_id, g_ptr_array_index (others, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put (ChStore         *self,
     ChSharedRecord  *record,
     GError         **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;

  if (record->id == 0 ? !add_record (self, record, error) : !update_record (self, record, error))
    return FALSE;

  collect_names (record->local, names);
  collect_names (record->base, names);
  collect_names (record->remote, names);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!put_field (self, record, name, error))
        return FALSE;
    }

  return delete_other_fields (self, record->id, names, error);
}

/**
 * ch_store_put_shared:
 * @record: (inout): with id 0 it is inserted, and gets its id and, where it has none, its uuid
 *
 * Returns: %FALSE with %CH_STORE_ERROR_EXISTS where another record of its kind is at this place already (or has its
 *   Procore id), %CH_STORE_ERROR_NOT_FOUND where its id is unknown
 */
gboolean
ch_store_put_shared (ChStore         *self,
                     ChSharedRecord  *record,
                     GError         **error)
{
  gboolean is_new;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  is_new = record->id == 0;
  if (!is_new)
    {
      g_autoptr(GError) local_error = NULL;

      if (!_ch_store_has (self, "has-shared", record->id, &local_error))
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          else
            _ch_store_set_not_found (error, _("shared record"), record->id);
          return FALSE;
        }
    }

  if (_ch_store_begin_step (self, error) && _ch_store_end_step (self, put (self, record, error), error))
    return TRUE;
  if (is_new)
    record->id = 0;

  return FALSE;
}

static gboolean
claim (ChStore         *self,
       ChSharedRecord  *record,
       const char      *procore_id,
       GError         **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "release-procore-id");

  _ch_query_bind_text (query, ch_shared_kind_to_string (record->kind));
  _ch_query_bind_integer (query, record->project_id);
  _ch_query_bind_text (query, procore_id);
  _ch_query_bind_integer (query, record->id);
  while (_ch_query_next (query))
    _ch_seal_touch (self, CH_SEAL_SHARED, _ch_query_get_integer (query, 0));
  if (!_ch_query_finish (query, error))
    return FALSE;

  g_free (record->procore_id);
  record->procore_id = g_strdup (procore_id);

  return update_record (self, record, error);
}

/**
 * ch_store_claim_procore_id:
 * @record: (inout): a stored record
 * @procore_id: the id under which Procore shows it
 *
 * Another record of its kind and project that had this id loses it: the one that Procore shows now is right.
 */
gboolean
ch_store_claim_procore_id (ChStore         *self,
                           ChSharedRecord  *record,
                           const char      *procore_id,
                           GError         **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (record != NULL && record->id != 0, FALSE);

  if (g_strcmp0 (record->procore_id, procore_id) == 0)
    return TRUE;

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, claim (self, record, procore_id, error), error);
}

static gboolean
add_fields (ChStore     *self,
            GHashTable  *by_id,
            GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-selected-shared-fields");

  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, FIELD_RECORD_ID);
      ChSharedRecord *record = g_hash_table_lookup (by_id, &id);
      const char *name = _ch_query_get_text (query, FIELD_NAME);

      if (record != NULL && record->local != NULL)
        ch_field_set_set (record->local, name, _ch_query_get_text (query, FIELD_LOCAL));
      if (record != NULL && record->base != NULL)
        ch_field_set_set (record->base, name, _ch_query_get_text (query, FIELD_BASE));
      if (record != NULL && record->remote != NULL)
        ch_field_set_set (record->remote, name, _ch_query_get_text (query, FIELD_REMOTE));
    }

  return _ch_query_finish (query, error);
}

static GPtrArray *
load_selected (ChStore  *self,
               GError  **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_shared_record_free);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-selected-shared");

  while (_ch_query_next (query))
    {
      ChSharedRecord *record = record_from_row (query);

      g_ptr_array_add (records, record);
      g_hash_table_insert (by_id, &record->id, record);
    }
  if (!_ch_query_finish (query, error) || !add_fields (self, by_id, error))
    return NULL;

  return g_steal_pointer (&records);
}

/* Those that the bound @select finds, which must have been prepared within the read. */
static GPtrArray *
load (ChStore  *self,
      ChQuery  *select,
      GError  **error)
{
  return _ch_query_run (select, error) ? load_selected (self, error) : NULL;
}

/* (transfer full) (nullable): the only one; *ok tells none from an error */
static ChSharedRecord *
load_one (ChStore   *self,
          ChQuery   *select,
          gboolean  *ok,
          GError   **error)
{
  g_autoptr(GPtrArray) records = load (self, select, error);

  *ok = records != NULL;

  return *ok && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

/**
 * ch_store_get_shared:
 *
 * Returns: (transfer full): the record; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChSharedRecord *
ch_store_get_shared (ChStore  *self,
                     gint64    id,
                     GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  ChSharedRecord *record;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  query = _ch_store_select (self, "select-shared");
  _ch_query_bind_integer (query, id);
  record = load_one (self, query, &ok, error);
  _ch_store_end_read (self);
  if (ok && record == NULL)
    _ch_store_set_not_found (error, _("shared record"), id);

  return record;
}

/**
 * ch_store_find_shared:
 * @project_id: 0 for none
 * @vendor_id: 0 for none
 * @commitment_id: 0 for none
 * @subject: (nullable): what else tells it apart
 *
 * Returns: (transfer full) (nullable): the one record at this place; %NULL without an error where there is none
 */
ChSharedRecord *
ch_store_find_shared (ChStore       *self,
                      ChSharedKind   kind,
                      gint64         project_id,
                      gint64         vendor_id,
                      gint64         commitment_id,
                      const char    *subject,
                      GError       **error)
{
  g_autoptr(ChQuery) query = NULL;
  ChSharedRecord *record;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  query = _ch_store_select (self, "select-shared-at-place");
  _ch_query_bind_text (query, ch_shared_kind_to_string (kind));
  _ch_query_bind_integer (query, project_id);
  _ch_query_bind_integer (query, vendor_id);
  _ch_query_bind_integer (query, commitment_id);
  _ch_query_bind_text (query, subject);
  record = load_one (self, query, &ok, error);
  _ch_store_end_read (self);

  return record;
}

/**
 * ch_store_find_shared_by_uuid:
 *
 * Returns: (transfer full) (nullable): the record; %NULL without an error where there is none
 */
ChSharedRecord *
ch_store_find_shared_by_uuid (ChStore     *self,
                              const char  *uuid,
                              GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  ChSharedRecord *record;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  query = _ch_store_select (self, "select-shared-by-uuid");
  _ch_query_bind_text (query, uuid);
  record = load_one (self, query, &ok, error);
  _ch_store_end_read (self);

  return record;
}

/**
 * ch_store_list_shared:
 * @project_id: -1 for all, 0 for those that belong to no project
 * @vendor_id: 0 for all
 *
 * Returns: (transfer full) (element-type ChSharedRecord): in the order in which they were made
 */
GPtrArray *
ch_store_list_shared (ChStore       *self,
                      ChSharedKind   kind,
                      gint64         project_id,
                      gint64         vendor_id,
                      GError       **error)
{
  static const char * const statements[2][2] = {
    { "select-shared-of-kind", "select-shared-of-vendor" },
    { "select-shared-of-project", "select-shared-of-pair" },
  };
  g_autoptr(ChQuery) query = NULL;
  GPtrArray *records;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  query = _ch_store_select (self, statements[project_id >= 0][vendor_id != 0]);
  _ch_query_bind_text (query, ch_shared_kind_to_string (kind));
  if (project_id >= 0)
    _ch_query_bind_integer (query, project_id);
  if (vendor_id != 0)
    _ch_query_bind_integer (query, vendor_id);
  records = load (self, query, error);
  _ch_store_end_read (self);

  return records;
}
