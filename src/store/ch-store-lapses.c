#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-verdict-rows-private.h"

/* When verdicts change by themselves, and how many there are of each status. A project's zone is its own, else the
 * company's (state `company_tz`), else UTC. */

enum {
  LAPSE_ZONE,
  LAPSE_DAY,
};

enum {
  COUNT_STATUS,
  COUNT_NUMBER,
};

/**
 * ch_store_list_lapses:
 *
 * Returns: (transfer full) (element-type ChLapse): the earliest day of each zone in which an active project has a
 *   verdict that changes by itself, earliest first
 */
GPtrArray *
ch_store_list_lapses (ChStore  *self,
                      GError  **error)
{
  g_autoptr(GPtrArray) lapses = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  lapses = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_lapse_free);
  query = _ch_store_query (self, "list-lapses");
  while (_ch_query_next (query))
    {
      ChLapse *lapse = g_new0 (ChLapse, 1);

      lapse->tz_name = _ch_query_dup_text (query, LAPSE_ZONE);
      lapse->day = _ch_query_get_date (query, LAPSE_DAY);
      g_ptr_array_add (lapses, lapse);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&lapses) : NULL;
}

/**
 * ch_store_list_lapsed:
 * @tz_name: a zone, as ch_store_list_lapses() names it
 * @day: today in that zone
 *
 * Returns: (transfer full) (element-type ChStoredVerdict): the current verdicts of active projects in the zone that
 *   should have changed by @day, without their findings
 */
GPtrArray *
ch_store_list_lapsed (ChStore     *self,
                      const char  *tz_name,
                      ChDate       day,
                      GError     **error)
{
  g_autoptr(GPtrArray) verdicts = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (tz_name != NULL, NULL);

  verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_verdict_free);
  query = _ch_store_query (self, "list-lapsed");
  _ch_query_bind_date (query, day);
  _ch_query_bind_text (query, tz_name);
  while (_ch_query_next (query))
    g_ptr_array_add (verdicts, _ch_verdict_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&verdicts) : NULL;
}

/**
 * ch_store_get_newest_judgement:
 * @at: (out): Unix microseconds, 0 where nothing was judged yet
 *
 * When the newest of all verdicts came to stand. It lies ahead of the clock only where the clock was set back since.
 */
gboolean
ch_store_get_newest_judgement (ChStore  *self,
                               gint64   *at,
                               GError  **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (at != NULL, FALSE);

  *at = 0;
  query = _ch_store_query (self, "get-newest-judgement");
  while (_ch_query_next (query))
    *at = _ch_query_get_integer (query, 0);

  return _ch_query_finish (query, error);
}

/**
 * ch_store_count_statuses:
 * @project_id: 0 for all projects
 * @counts: (out caller-allocates): %CH_N_STATUSES places
 *
 * Counts the subs' current verdicts by what people see; commitments' own ones are not counted.
 */
gboolean
ch_store_count_statuses (ChStore  *self,
                         gint64    project_id,
                         guint    *counts,
                         GError  **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (counts != NULL, FALSE);

  for (guint i = 0; i < CH_N_STATUSES; i++)
    counts[i] = 0;

  query = _ch_store_query (self, project_id != 0 ? "count-statuses-of-project" : "count-statuses");
  if (project_id != 0)
    _ch_query_bind_integer (query, project_id);
  while (_ch_query_next (query))
    {
      ChStatus status;

      if (ch_status_from_string (_ch_query_get_text (query, COUNT_STATUS), &status))
        counts[status] = (guint) _ch_query_get_integer (query, COUNT_NUMBER);
    }

  return _ch_query_finish (query, error);
}
