#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-private.h"
#include "ch-store-verdicts.h"

/**
 * ch_store_list_standings:
 * @self: a store
 * @error: why it could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChStanding): how each sub stands on each of its projects, by
 *   project and sub
 */
GArray *
ch_store_list_standings (ChStore  *self,
                         GError  **error)
{
  g_autoptr(GArray) standings = g_array_new (FALSE, FALSE, sizeof (ChStanding));
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  query = _ch_store_query (self, "list-standings");
  while (_ch_query_next (query))
    {
      ChStanding standing = {
        .project_id = _ch_query_get_integer (query, 0),
        .vendor_id = _ch_query_get_integer (query, 1),
        .changes_on = _ch_query_get_date (query, 3),
      };

      if (ch_status_from_string (_ch_query_get_text (query, 2), &standing.status))
        g_array_append_val (standings, standing);
    }
  if (!_ch_query_finish (query, error))
    return NULL;

  return g_steal_pointer (&standings);
}
