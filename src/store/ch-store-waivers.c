#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-store-private.h"
#include "ch-store-waivers.h"

enum {
  WAIVER_UUID,
  WAIVER_VENDOR_ID,
  WAIVER_PROJECT_ID,
  WAIVER_RULE,
  WAIVER_UNTIL,
  WAIVER_WHY,
  WAIVER_GIVEN_BY,
  WAIVER_GIVEN_AT,
  WAIVER_ENDED_AT,
  WAIVER_ENDED_BY,
  WAIVER_ENDED_WHY,
};

void
ch_stored_waiver_free (ChStoredWaiver *self)
{
  if (self == NULL)
    return;

  g_free (self->uuid);
  ch_waiver_free (self->waiver);
  g_free (self->given_by);
  g_free (self->ended_by);
  g_free (self->ended_why);
  g_free (self);
}

static ChStoredWaiver *
waiver_from_row (ChQuery *query)
{
  ChStoredWaiver *self = g_new0 (ChStoredWaiver, 1);

  self->uuid = _ch_query_dup_text (query, WAIVER_UUID);
  self->vendor_id = _ch_query_get_integer (query, WAIVER_VENDOR_ID);
  self->project_id = _ch_query_get_integer (query, WAIVER_PROJECT_ID);
  self->waiver = ch_waiver_new (_ch_query_get_text (query, WAIVER_RULE), _ch_query_get_date (query, WAIVER_UNTIL),
                                _ch_query_get_text (query, WAIVER_WHY));
  self->given_by = _ch_query_dup_text (query, WAIVER_GIVEN_BY);
  self->given_at = _ch_query_get_integer (query, WAIVER_GIVEN_AT);
  self->ended_at = _ch_query_get_integer (query, WAIVER_ENDED_AT);
  self->ended_by = _ch_query_dup_text (query, WAIVER_ENDED_BY);
  self->ended_why = _ch_query_dup_text (query, WAIVER_ENDED_WHY);

  return self;
}

/**
 * ch_store_add_waiver:
 * @project_id: 0 for every project
 * @waiver: must have an end
 * @uuid: (out) (nullable): its name for people and programs
 */
gboolean
ch_store_add_waiver (ChStore         *self,
                     gint64           vendor_id,
                     gint64           project_id,
                     const ChWaiver  *waiver,
                     char           **uuid,
                     GError         **error)
{
  g_autoptr(ChQuery) query = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (waiver != NULL, FALSE);

  if (waiver->until == CH_DATE_NONE)
    {
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID, _("A waiver must have a last day."));
      return FALSE;
    }

  name = g_uuid_string_random ();
  query = _ch_store_query (self, "add-waiver");
  _ch_query_bind_text (query, name);
  _ch_query_bind_integer (query, vendor_id);
  _ch_query_bind_id (query, project_id);
  _ch_query_bind_text (query, waiver->rule);
  _ch_query_bind_date (query, waiver->until);
  _ch_query_bind_text (query, waiver->why);
  _ch_query_bind_text (query, self->who);
  _ch_query_bind_integer (query, self->now);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_WAIVER, vendor_id);
  if (uuid != NULL)
    *uuid = g_steal_pointer (&name);

  return TRUE;
}

/**
 * ch_store_find_waiver:
 *
 * Returns: (transfer full): the waiver of that name; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChStoredWaiver *
ch_store_find_waiver (ChStore     *self,
                      const char  *uuid,
                      GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  g_autoptr(ChStoredWaiver) found = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  query = _ch_store_query (self, "find-waiver");
  _ch_query_bind_text (query, uuid);
  if (_ch_query_next (query))
    found = waiver_from_row (query);
  if (!_ch_query_finish (query, error))
    return NULL;
  if (found == NULL)
    g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("There is no waiver “%s”."), uuid);

  return g_steal_pointer (&found);
}

/**
 * ch_store_end_waiver:
 * @why: (nullable): for those who ask later
 *
 * A person takes it back: it counts no more. Nothing of it is lost.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND, or %CH_STORE_ERROR_EXISTS where it was taken back before
 */
gboolean
ch_store_end_waiver (ChStore     *self,
                     const char  *uuid,
                     const char  *why,
                     GError     **error)
{
  g_autoptr(ChStoredWaiver) waiver = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  waiver = ch_store_find_waiver (self, uuid, error);
  if (waiver == NULL)
    return FALSE;
  if (waiver->ended_at != 0)
    {
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS, _("Waiver “%s” has been taken back already."), uuid);
      return FALSE;
    }

  query = _ch_store_query (self, "end-waiver");
  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_text (query, self->who);
  _ch_query_bind_text (query, why);
  _ch_query_bind_text (query, uuid);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_WAIVER, waiver->vendor_id);

  return TRUE;
}

/**
 * ch_store_list_waivers:
 * @vendor_id: 0 for every sub
 * @project_id: those that hold there, whether given for it or for every project; 0 for all that the sub has anywhere
 *
 * Returns: (transfer full) (element-type ChStoredWaiver): oldest first, ended ones too
 */
GPtrArray *
ch_store_list_waivers (ChStore  *self,
                       gint64    vendor_id,
                       gint64    project_id,
                       GError  **error)
{
  g_autoptr(GPtrArray) waivers = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  waivers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_waiver_free);
  query = _ch_store_query (self, project_id != 0 ? "list-waivers-on-project" : "list-waivers");
  _ch_query_bind_integer (query, vendor_id);
  if (project_id != 0)
    _ch_query_bind_integer (query, project_id);
  while (_ch_query_next (query))
    g_ptr_array_add (waivers, waiver_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&waivers) : NULL;
}
