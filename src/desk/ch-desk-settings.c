#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-desk-review.h"
#include "ch-store-events.h"

static gboolean
load_switch (ChStore     *store,
             const char  *name,
             gboolean    *is_on,
             GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *value = ch_store_dup_state (store, name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *is_on = g_strcmp0 (value, "true") == 0;

  return TRUE;
}

/**
 * ch_review_policy_load:
 * @policy: (out): how certificates are reviewed
 */
gboolean
ch_review_policy_load (ChStore         *store,
                       ChReviewPolicy  *policy,
                       GError         **error)
{
  g_return_val_if_fail (CH_IS_STORE (store), FALSE);
  g_return_val_if_fail (policy != NULL, FALSE);

  return load_switch (store, CH_SETTING_SECOND_PERSON, &policy->second_person, error) &&
         load_switch (store, CH_SETTING_AUTOMATIC, &policy->automatic, error);
}

static gboolean
change (ChDesk      *self,
        const char  *name,
        const char  *value,
        GError     **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(GError) local_error = NULL;
  g_autofree char *before = ch_store_dup_state (store, name, &local_error);
  g_autofree char *detail = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (before, value) == 0)
    return TRUE;

  detail = _ch_desk_dup_detail ("name", name, "from", before, "to", value, NULL);

  return ch_store_set_state (store, name, value, error) &&
         ch_store_add_event (store, "setting.changed", 0, 0, NULL, detail, error);
}

/**
 * ch_desk_change_setting:
 * @name: of the store's state
 * @value: (nullable): %NULL takes it away
 *
 * Changes a setting and records who changed it from what to what. The same value again is no change.
 */
gboolean
ch_desk_change_setting (ChDesk      *self,
                        const char  *name,
                        const char  *value,
                        GError     **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, change (self, name, value, error), error);
}

/**
 * ch_desk_set_review_policy:
 *
 * Says how certificates are reviewed from now on. What was approved before stays approved.
 */
gboolean
ch_desk_set_review_policy (ChDesk                *self,
                           const ChReviewPolicy  *policy,
                           GError               **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (policy != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own,
                       change (self, CH_SETTING_SECOND_PERSON, policy->second_person ? "true" : NULL, error) &&
                       change (self, CH_SETTING_AUTOMATIC, policy->automatic ? "true" : NULL, error),
                       error);
}
