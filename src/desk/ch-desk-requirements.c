#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "ch-desk-private.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"

static const char *
get_scope_name (ChScope scope)
{
  switch (scope)
    {
    case CH_SCOPE_COMPANY:
      return "company";
    case CH_SCOPE_TRADE:
      return "trade";
    case CH_SCOPE_PROJECT:
      return "project";
    case CH_SCOPE_SUB_ON_PROJECT:
      return "sub";
    case CH_SCOPE_COMMITMENT:
    default:
      return "commitment";
    }
}

char *
_ch_requirement_place_dup_name (const ChRequirementAssignment *place)
{
  return place->scope == CH_SCOPE_TRADE ? g_strconcat ("trade ", place->trade, NULL)
                                        : g_strdup (get_scope_name (place->scope));
}

static ChStoredRequirementSet *
import (ChDesk      *self,
        const char  *name,
        const char  *body,
        GError     **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(ChStoredRequirementSet) before = ch_store_find_requirement_set (store, name, &local_error);
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autofree char *version = NULL;
  g_autofree char *detail = NULL;

  if (before == NULL && !g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  set = ch_store_put_requirement_set (store, name, body, error);
  if (set == NULL)
    return NULL;
  if (before != NULL && before->version == set->version)
    return g_steal_pointer (&set);

  version = g_strdup_printf ("%d", set->version);
  detail = _ch_desk_dup_detail ("name", set->name, "version", version, NULL);
  if (!ch_store_add_event (store, "requirements.imported", 0, 0, set->uuid, detail, error))
    return NULL;

  /* The places that have the set have its new version now. */
  if (before != NULL && before->assignments != NULL && before->assignments->len > 0 &&
      !ch_desk_judge (self, 0, 0, NULL, error))
    return NULL;

  return g_steal_pointer (&set);
}

/**
 * ch_desk_import_requirements:
 * @body: requirement-set JSON
 *
 * Checks a requirement set and stores it: under a name that is there already, as its next version, in force at once
 * wherever the set is assigned; where nothing differs but blanks, not at all.
 *
 * Returns: (transfer full): the set as stored; %NULL with the interchange's error, which names the member that is
 *   wrong, or with %CH_DESK_ERROR_INVALID where the set has no name
 */
ChStoredRequirementSet *
ch_desk_import_requirements (ChDesk      *self,
                             const char  *body,
                             GError     **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(ChRequirementSet) set = NULL;
  g_autoptr(ChStoredRequirementSet) stored = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  node = ch_json_parse (body, -1, error);
  if (node == NULL)
    return NULL;
  set = ch_requirement_set_from_json (node, error);
  if (set == NULL)
    return NULL;
  name = ch_requirement_set_dup_name (set);
  if (name == NULL || name[0] == '\0')
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, _("the requirement set needs a name"));
      return NULL;
    }
  text = ch_json_print (node, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return NULL;
  stored = import (self, name, text, error);
  if (!_ch_desk_end (self, own, stored != NULL, error))
    return NULL;

  return g_steal_pointer (&stored);
}

static gboolean
check_place (ChDesk                         *self,
             const ChRequirementAssignment  *place,
             GError                        **error)
{
  gboolean has_project = place->scope == CH_SCOPE_PROJECT || place->scope == CH_SCOPE_SUB_ON_PROJECT;

  if (place->scope == CH_SCOPE_TRADE && (place->trade == NULL || place->trade[0] == '\0'))
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, _("say which trade"));
      return FALSE;
    }
  if (has_project)
    {
      g_autoptr(ChProject) project = _ch_desk_get_project (self, place->project_id, error);

      if (project == NULL)
        return FALSE;
    }
  if (place->scope == CH_SCOPE_SUB_ON_PROJECT)
    {
      g_autoptr(ChVendor) vendor = _ch_desk_get_vendor (self, place->vendor_id, error);

      if (vendor == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
_ch_requirement_place_find_pair (ChDesk                         *self,
                                 const ChRequirementAssignment  *place,
                                 gint64                         *project_id,
                                 gint64                         *vendor_id,
                                 GError                        **error)
{
  g_autoptr(GPtrArray) commitments = NULL;

  *project_id = place->scope == CH_SCOPE_PROJECT || place->scope == CH_SCOPE_SUB_ON_PROJECT ? place->project_id : 0;
  *vendor_id = place->scope == CH_SCOPE_SUB_ON_PROJECT ? place->vendor_id : 0;
  if (place->scope != CH_SCOPE_COMMITMENT)
    return TRUE;

  commitments = ch_store_list_commitments (ch_desk_get_store (self), 0, 0, error);
  if (commitments == NULL)
    return FALSE;
  for (guint i = 0; i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);

      if (commitment->id == place->commitment_id)
        {
          *project_id = commitment->project_id;
          *vendor_id = commitment->vendor_id;
          return TRUE;
        }
    }
  g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no commitment %" PRId64),
               place->commitment_id);

  return FALSE;
}

static gboolean
assign (ChDesk                         *self,
        gint64                          set_id,
        const ChRequirementAssignment  *place,
        GError                        **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autofree char *set = set_id != 0 ? g_strdup_printf ("%" PRId64, set_id) : NULL;
  g_autofree char *commitment = NULL;
  g_autofree char *detail = NULL;
  gint64 project_id, vendor_id;

  if (!check_place (self, place, error) || !_ch_requirement_place_find_pair (self, place, &project_id, &vendor_id, error))
    return FALSE;
  if (place->scope == CH_SCOPE_COMMITMENT)
    commitment = g_strdup_printf ("%" PRId64, place->commitment_id);
  detail = _ch_desk_dup_detail ("scope", get_scope_name (place->scope), "set", set,
                                "trade", place->scope == CH_SCOPE_TRADE ? place->trade : NULL,
                                "commitment", commitment, NULL);

  return ch_store_assign_requirement_set (store, set_id, place, error) &&
         ch_store_add_event (store, set_id != 0 ? "requirements.assigned" : "requirements.unassigned", project_id,
                             vendor_id, NULL, detail, error) &&
         ch_desk_judge (self, project_id, vendor_id, NULL, error);
}

/**
 * ch_desk_assign_requirements:
 * @set_id: 0 takes the place's set away
 * @place: where it is to hold
 *
 * Assigns a requirement set to the company, a trade, a project, a sub on a project, or a commitment, and judges
 * everybody whom that reaches.
 */
gboolean
ch_desk_assign_requirements (ChDesk                         *self,
                             gint64                          set_id,
                             const ChRequirementAssignment  *place,
                             GError                        **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, assign (self, set_id, place, error), error);
}
