#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-directory.h"
#include "ch-store-private.h"

enum {
  VENDOR_ID,
  VENDOR_NAME,
  VENDOR_TRADE_NAME,
  VENDOR_LEGAL_NAME,
  VENDOR_ABBREVIATED_NAME,
  VENDOR_ADDRESS,
  VENDOR_CITY,
  VENDOR_STATE_CODE,
  VENDOR_ZIP,
  VENDOR_EMAIL_ADDRESS,
  VENDOR_BUSINESS_PHONE,
  VENDOR_LICENSE_NUMBER,
  VENDOR_ORIGIN_ID,
  VENDOR_PARENT_ID,
  VENDOR_IS_ACTIVE,
  VENDOR_UPDATED_AT,
};

enum {
  TRADE_VENDOR_ID,
  TRADE_NAME,
};

/* Where the vendor works is asked of ch_store_list_vendor_projects(). */
static ChVendor *
vendor_from_row (ChQuery *query)
{
  ChVendor *vendor = ch_vendor_new ();

  vendor->id = _ch_query_get_integer (query, VENDOR_ID);
  vendor->name = _ch_query_dup_text (query, VENDOR_NAME);
  vendor->trade_name = _ch_query_dup_text (query, VENDOR_TRADE_NAME);
  vendor->legal_name = _ch_query_dup_text (query, VENDOR_LEGAL_NAME);
  vendor->abbreviated_name = _ch_query_dup_text (query, VENDOR_ABBREVIATED_NAME);
  vendor->address = _ch_query_dup_text (query, VENDOR_ADDRESS);
  vendor->city = _ch_query_dup_text (query, VENDOR_CITY);
  vendor->state_code = _ch_query_dup_text (query, VENDOR_STATE_CODE);
  vendor->zip = _ch_query_dup_text (query, VENDOR_ZIP);
  vendor->email_address = _ch_query_dup_text (query, VENDOR_EMAIL_ADDRESS);
  vendor->business_phone = _ch_query_dup_text (query, VENDOR_BUSINESS_PHONE);
  vendor->license_number = _ch_query_dup_text (query, VENDOR_LICENSE_NUMBER);
  vendor->origin_id = _ch_query_dup_text (query, VENDOR_ORIGIN_ID);
  vendor->parent_id = _ch_query_get_integer (query, VENDOR_PARENT_ID);
  vendor->is_active = _ch_query_get_boolean (query, VENDOR_IS_ACTIVE);
  vendor->updated_at = _ch_query_dup_text (query, VENDOR_UPDATED_AT);

  return vendor;
}

/* Trades are written by hand: the same one in another case is the same one. */
char *
_ch_dup_trade_key (const char *trade)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (trade));
  g_autofree char *normal = g_utf8_normalize (trimmed, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : trimmed, -1);
}

static gboolean
put_row (ChStore         *self,
         const ChVendor  *vendor,
         gboolean        *changed,
         GError         **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "put-vendor");

  _ch_query_bind_integer (query, vendor->id);
  _ch_query_bind_text (query, vendor->name);
  _ch_query_bind_text (query, vendor->trade_name);
  _ch_query_bind_text (query, vendor->legal_name);
  _ch_query_bind_text (query, vendor->abbreviated_name);
  _ch_query_bind_text (query, vendor->address);
  _ch_query_bind_text (query, vendor->city);
  _ch_query_bind_text (query, vendor->state_code);
  _ch_query_bind_text (query, vendor->zip);
  _ch_query_bind_text (query, vendor->email_address);
  _ch_query_bind_text (query, vendor->business_phone);
  _ch_query_bind_text (query, vendor->license_number);
  _ch_query_bind_text (query, vendor->origin_id);
  _ch_query_bind_id (query, vendor->parent_id);
  _ch_query_bind_boolean (query, vendor->is_active);
  _ch_query_bind_text (query, vendor->updated_at);

  return _ch_query_run_changing (query, changed, error);
}

static gboolean
has_trades (ChStore         *self,
            const ChVendor  *vendor,
            gboolean        *same,
            GError         **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-trades-of-vendor");
  guint n = 0;

  *same = TRUE;
  _ch_query_bind_integer (query, vendor->id);
  while (_ch_query_next (query))
    {
      *same = *same && n < vendor->trades->len &&
              g_strcmp0 (_ch_query_get_text (query, TRADE_NAME), g_ptr_array_index (vendor->trades, n)) == 0;
      n++;
    }
  *same = *same && n == vendor->trades->len;

  return _ch_query_finish (query, error);
}

static gboolean
replace_trades (ChStore         *self,
                const ChVendor  *vendor,
                GError         **error)
{
  g_autoptr(ChQuery) delete = _ch_store_query (self, "delete-trades");

  _ch_query_bind_integer (delete, vendor->id);
  if (!_ch_query_run (delete, error))
    return FALSE;

  for (guint i = 0; i < vendor->trades->len; i++)
    {
      const char *trade = g_ptr_array_index (vendor->trades, i);
      g_autofree char *key = _ch_dup_trade_key (trade);
      g_autoptr(ChQuery) query = _ch_store_query (self, "add-trade");

      _ch_query_bind_integer (query, vendor->id);
      _ch_query_bind_integer (query, i);
      _ch_query_bind_text (query, trade);
      _ch_query_bind_text (query, key);
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_vendor (ChStore         *self,
            const ChVendor  *vendor,
            gboolean        *changed,
            GError         **error)
{
  gboolean same;

  if (!put_row (self, vendor, changed, error) || !has_trades (self, vendor, &same, error))
    return FALSE;
  if (same)
    return TRUE;

  *changed = TRUE;

  return replace_trades (self, vendor, error);
}

/**
 * ch_store_put_vendor:
 * @vendor: with its trades; its projects are put by ch_store_set_vendor_projects()
 * @changed: (out) (nullable): whether something differed
 *
 * A vendor that was gone is back.
 */
gboolean
ch_store_put_vendor (ChStore         *self,
                     const ChVendor  *vendor,
                     gboolean        *changed,
                     GError         **error)
{
  gboolean differs = FALSE;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (vendor != NULL, FALSE);

  if (!_ch_store_begin_step (self, error))
    return FALSE;
  ok = put_vendor (self, vendor, &differs, error);
  if (!_ch_store_end_step (self, ok, error))
    return FALSE;

  if (differs)
    _ch_store_note (self, CH_KIND_VENDOR, vendor->id);
  if (changed != NULL)
    *changed = differs;

  return TRUE;
}

/**
 * ch_store_is_vendor_gone:
 *
 * Returns: whether Procore's directory no longer has this vendor; %FALSE for one that it never had, and with @error
 */
gboolean
ch_store_is_vendor_gone (ChStore  *self,
                         gint64    vendor_id,
                         GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);

  return _ch_store_has (self, "is-vendor-gone", vendor_id, error);
}

/**
 * ch_store_mark_vendor_gone:
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where there is no such vendor; one that is gone already stays so
 */
gboolean
ch_store_mark_vendor_gone (ChStore  *self,
                           gint64    vendor_id,
                           GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_mark_gone (self, "mark-vendor-gone", "has-vendor", CH_KIND_VENDOR, vendor_id, error);
}

/* @by_id: (element-type gint64 ChVendor) */
static gboolean
add_trades (ChQuery     *query,
            GHashTable  *by_id,
            GError     **error)
{
  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, TRADE_VENDOR_ID);
      ChVendor *vendor = g_hash_table_lookup (by_id, &id);

      if (vendor != NULL)
        g_ptr_array_add (vendor->trades, _ch_query_dup_text (query, TRADE_NAME));
    }

  return _ch_query_finish (query, error);
}

/* Two queries, both with @id as their only parameter where it is not 0. */
static GPtrArray *
load_vendors (ChStore     *self,
              const char  *list,
              const char  *list_trades,
              gint64       id,
              GError     **error)
{
  g_autoptr(GPtrArray) vendors = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_vendor_free);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) rows = NULL;
  g_autoptr(ChQuery) trades = NULL;
  gboolean ok;

  if (!_ch_store_begin_read (self, error))
    return NULL;

  rows = _ch_store_query (self, list);
  trades = _ch_store_query (self, list_trades);
  if (id != 0)
    {
      _ch_query_bind_integer (rows, id);
      _ch_query_bind_integer (trades, id);
    }
  while (_ch_query_next (rows))
    {
      ChVendor *vendor = vendor_from_row (rows);

      g_ptr_array_add (vendors, vendor);
      g_hash_table_insert (by_id, &vendor->id, vendor);
    }
  ok = _ch_query_finish (rows, error) && add_trades (trades, by_id, error);
  _ch_store_end_read (self);

  return ok ? g_steal_pointer (&vendors) : NULL;
}

/**
 * ch_store_list_vendors:
 *
 * Returns: (transfer full) (element-type ChVendor): by name
 */
GPtrArray *
ch_store_list_vendors (ChStore  *self,
                       GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  return load_vendors (self, "list-vendors", "list-trades", 0, error);
}

/**
 * ch_store_list_project_vendors:
 *
 * Returns: (transfer full) (element-type ChVendor): those who work on the project, by name
 */
GPtrArray *
ch_store_list_project_vendors (ChStore  *self,
                               gint64    project_id,
                               GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (project_id != 0, NULL);

  return load_vendors (self, "list-project-vendors", "list-trades-of-project", project_id, error);
}

/**
 * ch_store_get_vendor:
 *
 * Returns: (transfer full): the vendor, gone or not; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChVendor *
ch_store_get_vendor (ChStore  *self,
                     gint64    vendor_id,
                     GError  **error)
{
  g_autoptr(GPtrArray) vendors = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  vendors = vendor_id != 0 ? load_vendors (self, "get-vendor", "list-trades-of-vendor", vendor_id, error)
                           : g_ptr_array_new ();
  if (vendors == NULL)
    return NULL;
  if (vendors->len == 0)
    {
      _ch_store_set_not_found (error, "sub", vendor_id);
      return NULL;
    }

  return g_ptr_array_steal_index (vendors, 0);
}
