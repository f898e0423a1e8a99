#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-directory.h"
#include "ch-store-private.h"

/* Insurance records that others made in Procore: shown and offered for adoption, never written there. */

enum {
  INSURANCE_ID,
  INSURANCE_PROJECT_ID,
  INSURANCE_VENDOR_ID,
  INSURANCE_ORIGIN_ID,
};

enum {
  FIELD_INSURANCE_ID,
  FIELD_NAME,
  FIELD_VALUE,
};

static ChInsuranceRecord *
insurance_from_row (ChQuery *query)
{
  ChInsuranceRecord *record = ch_insurance_record_new ();

  record->id = _ch_query_get_integer (query, INSURANCE_ID);
  record->project_id = _ch_query_get_integer (query, INSURANCE_PROJECT_ID);
  record->vendor_id = _ch_query_get_integer (query, INSURANCE_VENDOR_ID);
  record->origin_id = _ch_query_dup_text (query, INSURANCE_ORIGIN_ID);
  if (record->fields == NULL)
    record->fields = ch_field_set_new ();

  return record;
}

static gboolean
put_row (ChStore                  *self,
         const ChInsuranceRecord  *record,
         gboolean                 *changed,
         GError                  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "put-insurance");

  _ch_query_bind_integer (query, record->id);
  _ch_query_bind_id (query, record->project_id);
  _ch_query_bind_id (query, record->vendor_id);
  _ch_query_bind_text (query, record->origin_id);

  return _ch_query_run_changing (query, changed, error);
}

static ChFieldSet *
load_fields (ChStore  *self,
             gint64    id,
             GError  **error)
{
  g_autoptr(ChFieldSet) fields = ch_field_set_new ();
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-fields-of-insurance");

  _ch_query_bind_integer (query, id);
  while (_ch_query_next (query))
    ch_field_set_set (fields, _ch_query_get_text (query, FIELD_NAME), _ch_query_get_text (query, FIELD_VALUE));

  return _ch_query_finish (query, error) ? g_steal_pointer (&fields) : NULL;
}

static gboolean
replace_fields (ChStore           *self,
                gint64             id,
                const ChFieldSet  *fields,
                GError           **error)
{
  g_autoptr(ChQuery) delete = _ch_store_query (self, "delete-fields-of-insurance");

  _ch_query_bind_integer (delete, id);
  if (!_ch_query_run (delete, error))
    return FALSE;

  for (guint i = 0; i < ch_field_set_get_size (fields); i++)
    {
      g_autoptr(ChQuery) query = _ch_store_query (self, "add-field-of-insurance");

      _ch_query_bind_integer (query, id);
      _ch_query_bind_text (query, ch_field_set_get_name (fields, i));
      _ch_query_bind_text (query, ch_field_set_get_value (fields, i));
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_insurance (ChStore                  *self,
               const ChInsuranceRecord  *record,
               gboolean                 *changed,
               GError                  **error)
{
  g_autoptr(ChFieldSet) known = NULL;

  if (!put_row (self, record, changed, error))
    return FALSE;
  known = load_fields (self, record->id, error);
  if (known == NULL)
    return FALSE;
  if (ch_field_set_equal (known, record->fields))
    return TRUE;

  *changed = TRUE;

  return replace_fields (self, record->id, record->fields, error);
}

/**
 * ch_store_put_insurance:
 * @record: its vendor must be known, and its project where it has one
 * @changed: (out) (nullable): whether something differed
 *
 * A record that was gone is back.
 */
gboolean
ch_store_put_insurance (ChStore                  *self,
                        const ChInsuranceRecord  *record,
                        gboolean                 *changed,
                        GError                  **error)
{
  gboolean differs = FALSE;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (record != NULL && record->fields != NULL, FALSE);

  if (!_ch_store_begin_step (self, error))
    return FALSE;
  ok = put_insurance (self, record, &differs, error);
  if (!_ch_store_end_step (self, ok, error))
    return FALSE;

  if (differs)
    _ch_store_note (self, CH_KIND_INSURANCE, record->id);
  if (changed != NULL)
    *changed = differs;

  return TRUE;
}

/**
 * ch_store_mark_insurance_gone:
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where there is no such record
 */
gboolean
ch_store_mark_insurance_gone (ChStore  *self,
                              gint64    insurance_id,
                              GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_mark_gone (self, "mark-insurance-gone", "has-insurance", CH_KIND_INSURANCE, insurance_id, error);
}

static gboolean
select_insurances (ChStore  *self,
                   gint64    project_id,
                   gint64    vendor_id,
                   GError  **error)
{
  static const char * const statements[3][2] = {
    { "select-insurances", "select-insurances-of-vendor" },
    { "select-insurances-of-company", "select-insurances-of-company-and-vendor" },
    { "select-insurances-of-project", "select-insurances-of-pair" },
  };
  g_autoptr(ChQuery) query = NULL;

  query = _ch_store_select (self, statements[project_id < 0 ? 0 : project_id == 0 ? 1 : 2][vendor_id != 0]);
  if (project_id > 0)
    _ch_query_bind_integer (query, project_id);
  if (vendor_id != 0)
    _ch_query_bind_integer (query, vendor_id);

  return _ch_query_run (query, error);
}

static gboolean
add_fields (ChStore     *self,
            GHashTable  *by_id,
            GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-selected-insurance-fields");

  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, FIELD_INSURANCE_ID);
      ChInsuranceRecord *record = g_hash_table_lookup (by_id, &id);

      if (record != NULL)
        ch_field_set_set (record->fields, _ch_query_get_text (query, FIELD_NAME),
                          _ch_query_get_text (query, FIELD_VALUE));
    }

  return _ch_query_finish (query, error);
}

static GPtrArray *
load_selected (ChStore  *self,
               GError  **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurance_record_free);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-selected-insurances");

  while (_ch_query_next (query))
    {
      ChInsuranceRecord *record = insurance_from_row (query);

      g_ptr_array_add (records, record);
      g_hash_table_insert (by_id, &record->id, record);
    }
  if (!_ch_query_finish (query, error) || !add_fields (self, by_id, error))
    return NULL;

  return g_steal_pointer (&records);
}

/**
 * ch_store_list_insurances:
 * @project_id: -1 for all, 0 for those of the company directory
 * @vendor_id: 0 for those of all vendors
 *
 * Returns: (transfer full) (element-type ChInsuranceRecord): by id
 */
GPtrArray *
ch_store_list_insurances (ChStore  *self,
                          gint64    project_id,
                          gint64    vendor_id,
                          GError  **error)
{
  GPtrArray *records = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  if (select_insurances (self, project_id, vendor_id, error))
    records = load_selected (self, error);
  _ch_store_end_read (self);

  return records;
}
