#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-store-shared.h"
#include "ch-store-verdicts.h"

/* Policies end at 12:01 AM of their expiration date; that day is not covered. */
#define SECONDS_INTO_THE_DAY 60

static gint64
get_instant (ChDate      day,
             const char *tz_name)
{
  return (ch_date_starts_at (day, tz_name) + SECONDS_INTO_THE_DAY) * G_USEC_PER_SEC;
}

/* The last day in this zone whose 12:01 AM has passed. */
static ChDate
get_due_day (ChDesk     *self,
             const char *tz_name)
{
  ChDate today = ch_clock_today (ch_desk_get_clock (self), tz_name);

  return get_instant (today, tz_name) <= ch_clock_now (ch_desk_get_clock (self)) ? today : today - 1;
}

static const char *
get_zone (const ChLapse    *lapse,
          const ChDeskView *view)
{
  return lapse->tz_name != NULL && lapse->tz_name[0] != '\0' ? lapse->tz_name : view->company_tz;
}

static gboolean
collect_lapsed_verdicts (ChDesk            *self,
                         const ChDeskView  *view,
                         GHashTable        *vendors,
                         GError           **error)
{
  g_autoptr(GPtrArray) lapses = ch_store_list_lapses (view->store, error);

  if (lapses == NULL)
    return FALSE;

  for (guint i = 0; i < lapses->len; i++)
    {
      const ChLapse *lapse = g_ptr_array_index (lapses, i);
      ChDate due = get_due_day (self, get_zone (lapse, view));
      g_autoptr(GPtrArray) lapsed = NULL;

      if (lapse->day > due)
        continue;
      lapsed = ch_store_list_lapsed (view->store, lapse->tz_name, due, error);
      if (lapsed == NULL)
        return FALSE;
      for (guint k = 0; k < lapsed->len; k++)
        g_hash_table_add (vendors, g_memdup2 (&((ChStoredVerdict *)g_ptr_array_index (lapsed, k))->vendor_id,
                                              sizeof (gint64)));
    }

  return TRUE;
}

/* The subs whose published policies have ended by the company's day; remembers the next end after it. */
static gboolean
collect_ended_policies (ChDesk      *self,
                        ChDeskView  *view,
                        GHashTable  *vendors,
                        GError     **error)
{
  ChDate due = get_due_day (self, view->company_tz);
  g_autoptr(GPtrArray) records = NULL;

  if (view->next_policy_end == CH_DATE_NONE || view->next_policy_end > due)
    return TRUE;
  records = ch_store_list_shared (view->store, CH_SHARED_POLICY, 0, 0, error);
  if (records == NULL || !ch_store_set_state (view->store, CH_STATE_POLICY_END, NULL, error))
    return FALSE;
  view->next_policy_end = CH_DATE_NONE;

  for (guint i = 0; i < records->len; i++)
    {
      const ChSharedRecord *record = g_ptr_array_index (records, i);
      const char *text = record->local != NULL ? ch_field_set_get (record->local, "expiration_date") : NULL;
      ChDate end = text != NULL ? ch_date_from_iso (text) : CH_DATE_NONE;

      if (end == CH_DATE_NONE || record->withdrawn)
        continue;
      if (end > due && !_ch_desk_view_expect_policy_end (view, end, error))
        return FALSE;
      if (end <= due && g_strcmp0 (ch_field_set_get (record->local, "status"), "compliant") == 0)
        g_hash_table_add (vendors, g_memdup2 (&record->vendor_id, sizeof (gint64)));
    }

  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

static gboolean
judge_lapsed (ChDesk   *self,
              guint    *n_changed,
              GError  **error)
{
  g_autoptr(ChDeskView) view = _ch_desk_view_new (self, error);
  g_autoptr(GHashTable) vendors = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GList) ids = NULL;

  if (view == NULL ||
      !collect_lapsed_verdicts (self, view, vendors, error) ||
      !collect_ended_policies (self, view, vendors, error))
    return FALSE;

  ids = g_list_sort (g_hash_table_get_keys (vendors), compare_ids);
  for (GList *l = ids; l != NULL; l = l->next)
    {
      if (!_ch_desk_judge_in_view (view, 0, *(gint64 *)l->data, n_changed, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_desk_judge_lapsed:
 * @n_changed: (out) (optional): the number of verdicts that differ now
 *
 * The lapse clock's act: judges the subs of which a verdict was due to change by now, or a policy to end. Late is as
 * good as in time: what lapsed while the machine slept is found too.
 */
gboolean
ch_desk_judge_lapsed (ChDesk   *self,
                      guint    *n_changed,
                      GError  **error)
{
  guint n = 0;
  gboolean own, ok;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, "clock", &own, error))
    return FALSE;
  ok = _ch_desk_end (self, own, judge_lapsed (self, &n, error), error);
  if (n_changed != NULL)
    *n_changed = ok ? n : 0;

  return ok;
}

/**
 * ch_desk_judge_after_set_clock:
 * @n_changed: (out) (optional): the number of verdicts that differ now
 *
 * A clock that ran ahead lets policies end that still hold. Where anything was judged at a time that has not come yet,
 * everything is judged again by today's day; else nothing is done. What lapsed is ch_desk_judge_lapsed()'s.
 */
gboolean
ch_desk_judge_after_set_clock (ChDesk   *self,
                               guint    *n_changed,
                               GError  **error)
{
  gint64 newest;
  guint n = 0;
  gboolean own, ok;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (n_changed != NULL)
    *n_changed = 0;
  if (!ch_store_get_newest_judgement (ch_desk_get_store (self), &newest, error))
    return FALSE;
  if (newest <= ch_clock_now (ch_desk_get_clock (self)))
    return TRUE;

  if (!_ch_desk_begin (self, "clock", &own, error))
    return FALSE;
  ok = _ch_desk_end (self, own, ch_desk_judge (self, 0, 0, &n, error), error);
  if (n_changed != NULL)
    *n_changed = ok ? n : 0;

  return ok;
}

/* All verdicts of a large company are looked through for the first one that changes. */
static gint64
find_next_lapse (ChDesk  *self,
                 GError **error)
{
  g_autoptr(GPtrArray) lapses = NULL;
  g_autofree char *company_tz = NULL;
  g_autofree char *policy_end = NULL;
  ChStore *store;
  gint64 next = 0;

  store = ch_desk_get_store (self);
  company_tz = _ch_desk_dup_company_zone (store, error);
  if (company_tz == NULL)
    return 0;
  lapses = ch_store_list_lapses (store, error);
  if (lapses == NULL)
    return 0;

  for (guint i = 0; i < lapses->len; i++)
    {
      const ChLapse *lapse = g_ptr_array_index (lapses, i);
      gboolean has_zone = lapse->tz_name != NULL && lapse->tz_name[0] != '\0';
      gint64 at = get_instant (lapse->day, has_zone ? lapse->tz_name : company_tz);

      if (next == 0 || at < next)
        next = at;
    }

  if (!_ch_desk_load_state (self, CH_STATE_POLICY_END, &policy_end, error))
    return 0;
  if (policy_end != NULL && ch_date_from_iso (policy_end) != CH_DATE_NONE)
    {
      gint64 at = get_instant (ch_date_from_iso (policy_end), company_tz);

      if (next == 0 || at < next)
        next = at;
    }

  return next;
}

/**
 * ch_desk_get_next_lapse:
 *
 * Returns: Unix microseconds at which ch_desk_judge_lapsed() has something to do, in the past where it is overdue;
 *   0 where nothing will change by itself, or with @error set
 */
gint64
ch_desk_get_next_lapse (ChDesk  *self,
                        GError **error)
{
  ChLapseMemo *memo;
  ChLapseMemo found = { TRUE };
  g_autoptr(GError) cause = NULL;
  ChStore *store;

  g_return_val_if_fail (CH_IS_DESK (self), 0);

  store = ch_desk_get_store (self);
  memo = _ch_desk_get_lapse_memo (self);
  found.verdicts = ch_store_get_generation (store, CH_KIND_VERDICT);
  found.projects = ch_store_get_generation (store, CH_KIND_PROJECT);
  found.states = ch_store_get_generation (store, CH_KIND_STATE);
  if (memo->is_known && memo->verdicts == found.verdicts && memo->projects == found.projects && memo->states == found.states)
    return memo->next;

  found.next = find_next_lapse (self, &cause);
  found.is_known = cause == NULL;
  *memo = found;
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return found.next;
}
