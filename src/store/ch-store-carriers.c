#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-carriers.h"
#include "ch-store-private.h"

enum {
  CARRIER_NAIC,
  CARRIER_NAME,
  CARRIER_RATING,
  CARRIER_SIZE,
};

static ChCarrier *
carrier_from_row (ChQuery *query)
{
  return ch_carrier_new (_ch_query_get_text (query, CARRIER_NAIC), _ch_query_get_text (query, CARRIER_NAME),
                         _ch_query_get_text (query, CARRIER_RATING), _ch_query_get_text (query, CARRIER_SIZE));
}

/**
 * ch_store_get_carrier_version:
 *
 * Returns: the newest version of the list, 0 where none was imported yet; -1 with @error set
 */
int
ch_store_get_carrier_version (ChStore  *self,
                              GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 version = 0;

  g_return_val_if_fail (CH_IS_STORE (self), -1);

  query = _ch_store_query (self, "get-carrier-version");

  return _ch_query_run_for_id (query, &version, error) ? (int) version : -1;
}

static gboolean
add_list (ChStore    *self,
          GPtrArray  *carriers,
          int         version,
          GError    **error)
{
  g_autoptr(ChQuery) list = _ch_store_query (self, "add-carrier-list");

  _ch_query_bind_integer (list, version);
  _ch_query_bind_integer (list, self->now);
  _ch_query_bind_text (list, self->who);
  if (!_ch_query_run (list, error))
    return FALSE;

  for (guint i = 0; i < carriers->len; i++)
    {
      const ChCarrier *carrier = g_ptr_array_index (carriers, i);
      g_autoptr(ChQuery) add = _ch_store_query (self, "add-carrier");

      _ch_query_bind_integer (add, version);
      _ch_query_bind_text (add, carrier->naic);
      _ch_query_bind_text (add, carrier->name);
      _ch_query_bind_text (add, carrier->rating);
      _ch_query_bind_text (add, carrier->size);
      if (!_ch_query_run (add, error))
        return FALSE;
    }

  return TRUE;
}

static int
compare_by_naic (gconstpointer a,
                 gconstpointer b)
{
  return g_strcmp0 ((*(ChCarrier * const *) a)->naic, (*(ChCarrier * const *) b)->naic);
}

static gboolean
is_same_list (GPtrArray *a,
              GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const ChCarrier *x = g_ptr_array_index (a, i);
      const ChCarrier *y = g_ptr_array_index (b, i);

      if (g_strcmp0 (x->naic, y->naic) != 0 || g_strcmp0 (x->name, y->name) != 0 ||
          g_strcmp0 (x->rating, y->rating) != 0 || g_strcmp0 (x->size, y->size) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_store_put_carriers:
 * @carriers: (element-type ChCarrier): the whole list, each NAIC number once; sorted by it
 * @version: (out): the version that it is now: a new one, unless the list is the same as the newest
 */
gboolean
ch_store_put_carriers (ChStore    *self,
                       GPtrArray  *carriers,
                       int        *version,
                       GError    **error)
{
  g_autoptr(GPtrArray) before = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (carriers != NULL, FALSE);

  *version = ch_store_get_carrier_version (self, error);
  if (*version < 0)
    return FALSE;
  before = ch_store_list_carriers (self, *version, error);
  if (before == NULL)
    return FALSE;

  g_ptr_array_sort (carriers, compare_by_naic);
  if (*version > 0 && is_same_list (before, carriers))
    return TRUE;

  *version += 1;
  if (!_ch_store_begin_step (self, error) ||
      !_ch_store_end_step (self, add_list (self, carriers, *version, error), error))
    return FALSE;
  _ch_store_note (self, CH_KIND_REQUIREMENT_SET, 0);

  return TRUE;
}

/**
 * ch_store_list_carriers:
 *
 * Returns: (transfer full) (element-type ChCarrier): that version of the list, by NAIC number
 */
GPtrArray *
ch_store_list_carriers (ChStore  *self,
                        int       version,
                        GError  **error)
{
  g_autoptr(GPtrArray) carriers = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  carriers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_carrier_free);
  query = _ch_store_query (self, "list-carriers");
  _ch_query_bind_integer (query, version);
  while (_ch_query_next (query))
    g_ptr_array_add (carriers, carrier_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&carriers) : NULL;
}

/**
 * ch_store_find_carrier:
 * @carrier: (out) (nullable) (transfer full): the carrier, %NULL where that version does not know it
 */
gboolean
ch_store_find_carrier (ChStore     *self,
                       int          version,
                       const char  *naic,
                       ChCarrier  **carrier,
                       GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (naic != NULL, FALSE);

  *carrier = NULL;
  query = _ch_store_query (self, "get-carrier");
  _ch_query_bind_integer (query, version);
  _ch_query_bind_text (query, naic);
  if (_ch_query_next (query))
    *carrier = carrier_from_row (query);

  return _ch_query_finish (query, error);
}
