#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-freshness.h"

#include "ch-store-private.h"

/* As of when each list of Procore is known. It outlives the program, so that a start does not read everything again. */

enum {
  FRESHNESS_UNIT,
  FRESHNESS_PROJECT_ID,
  FRESHNESS_COMMITMENT_ID,
  FRESHNESS_READ_AT,
  FRESHNESS_CHANGED_AT,
};

/**
 * ch_freshness_free:
 * @self: (transfer full): a list's freshness
 */
void
ch_freshness_free (ChFreshness *self)
{
  g_free (self->unit);
  g_free (self);
}

/**
 * ch_store_put_freshness:
 * @unit: the list's name
 * @project_id: its project, 0 for the company's
 * @commitment_id: its contract, else 0
 * @read_at: when its reading began, Unix microseconds
 * @changed: whether it brought something new; what the first reading brings is no news
 *
 * Must be called inside a transaction.
 */
gboolean
ch_store_put_freshness (ChStore     *self,
                        const char  *unit,
                        gint64       project_id,
                        gint64       commitment_id,
                        gint64       read_at,
                        gboolean     changed,
                        GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 before;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (unit != NULL, FALSE);

  before = sqlite3_total_changes64 (self->connection->db);
  query = _ch_store_query (self, "put-freshness");
  _ch_query_bind_text (query, unit);
  _ch_query_bind_integer (query, project_id);
  _ch_query_bind_integer (query, commitment_id);
  _ch_query_bind_integer (query, read_at);
  _ch_query_bind_integer (query, changed ? read_at : 0);
  ok = _ch_query_run (query, error);
  self->freshness_changes += sqlite3_total_changes64 (self->connection->db) - before;

  return ok;
}

static ChFreshness *
freshness_from_row (ChQuery *query)
{
  ChFreshness *freshness = g_new0 (ChFreshness, 1);

  freshness->unit = _ch_query_dup_text (query, FRESHNESS_UNIT);
  freshness->project_id = _ch_query_get_integer (query, FRESHNESS_PROJECT_ID);
  freshness->commitment_id = _ch_query_get_integer (query, FRESHNESS_COMMITMENT_ID);
  freshness->read_at = _ch_query_get_integer (query, FRESHNESS_READ_AT);
  freshness->changed_at = _ch_query_get_integer (query, FRESHNESS_CHANGED_AT);

  return freshness;
}

/**
 * ch_store_list_freshness:
 *
 * Returns: (transfer full) (element-type ChFreshness): what was ever read to its end, by unit, project and contract
 */
GPtrArray *
ch_store_list_freshness (ChStore  *self,
                         GError  **error)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_freshness_free);
  query = _ch_store_query (self, "list-freshness");
  while (_ch_query_next (query))
    g_ptr_array_add (all, freshness_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&all) : NULL;
}
