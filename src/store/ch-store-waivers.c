#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-store-private.h"
#include "ch-store-requirements.h"

enum {
  WAIVER_RULE,
  WAIVER_UNTIL,
  WAIVER_WHY,
};

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
 * ch_store_list_waivers:
 * @project_id: those that hold there, whether given for it or for every project; 0 for all that the sub has anywhere
 *
 * Returns: (transfer full) (element-type ChWaiver): oldest first, ended ones too
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

  waivers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_waiver_free);
  query = _ch_store_query (self, project_id != 0 ? "list-waivers-on-project" : "list-waivers");
  _ch_query_bind_integer (query, vendor_id);
  if (project_id != 0)
    _ch_query_bind_integer (query, project_id);
  while (_ch_query_next (query))
    g_ptr_array_add (waivers, ch_waiver_new (_ch_query_get_text (query, WAIVER_RULE),
                                             _ch_query_get_date (query, WAIVER_UNTIL),
                                             _ch_query_get_text (query, WAIVER_WHY)));

  return _ch_query_finish (query, error) ? g_steal_pointer (&waivers) : NULL;
}
