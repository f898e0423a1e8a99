#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-store-private.h"
#include "ch-store-requirements.h"

enum {
  SET_ID,
  SET_UUID,
  SET_NAME,
  SET_VERSION,
  SET_BODY,
  SET_PLACE,        /* where a list goes on with the place */
};

/* From the first of these on, in every list of places. */
enum {
  PLACE_SCOPE,
  PLACE_TRADE,
  PLACE_PROJECT_ID,
  PLACE_VENDOR_ID,
  PLACE_COMMITMENT_ID,
};

static const char * const scope_names[] = { "company", "trade", "project", "sub_on_project", "commitment" };

static ChScope
scope_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (scope_names); i++)
    {
      if (g_strcmp0 (text, scope_names[i]) == 0)
        return (ChScope) i;
    }

  return CH_SCOPE_COMPANY;
}

static ChStoredRequirementSet *
set_from_row (ChQuery *query)
{
  ChStoredRequirementSet *set = g_new0 (ChStoredRequirementSet, 1);

  set->id = _ch_query_get_integer (query, SET_ID);
  set->uuid = _ch_query_dup_text (query, SET_UUID);
  set->name = _ch_query_dup_text (query, SET_NAME);
  set->version = (int) _ch_query_get_integer (query, SET_VERSION);
  set->body = _ch_query_dup_text (query, SET_BODY);
  set->assignments = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_assignment_free);

  return set;
}

static ChRequirementAssignment *
place_from_row (ChQuery *query,
                int      first)
{
  return ch_requirement_assignment_new (scope_from_string (_ch_query_get_text (query, first + PLACE_SCOPE)),
                                        _ch_query_get_text (query, first + PLACE_TRADE),
                                        _ch_query_get_integer (query, first + PLACE_PROJECT_ID),
                                        _ch_query_get_integer (query, first + PLACE_VENDOR_ID),
                                        _ch_query_get_integer (query, first + PLACE_COMMITMENT_ID));
}

static gboolean
add_places (ChStore                 *self,
            ChStoredRequirementSet  *set,
            GError                 **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-assignments-of-set");

  _ch_query_bind_integer (query, set->id);
  while (_ch_query_next (query))
    g_ptr_array_add (set->assignments, place_from_row (query, 1));

  return _ch_query_finish (query, error);
}

/* *set is NULL where there is none */
static gboolean
find_set (ChStore                 *self,
          const char              *statement,
          const char              *text,
          ChStoredRequirementSet **set,
          GError                 **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);
  g_autoptr(ChStoredRequirementSet) found = NULL;

  _ch_query_bind_text (query, text);
  if (_ch_query_next (query))
    found = set_from_row (query);
  if (!_ch_query_finish (query, error) || (found != NULL && !add_places (self, found, error)))
    return FALSE;
  *set = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
add_set (ChStore     *self,
         const char  *name,
         gint64      *id,
         GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-set");
  g_autofree char *uuid = g_uuid_string_random ();

  _ch_query_bind_text (query, uuid);
  _ch_query_bind_text (query, name);

  return _ch_query_run_for_id (query, id, error);
}

static gboolean
add_version (ChStore     *self,
             gint64       id,
             int          version,
             const char  *body,
             GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-set-version");

  _ch_query_bind_integer (query, id);
  _ch_query_bind_integer (query, version);
  _ch_query_bind_text (query, body);
  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_text (query, self->who);

  return _ch_query_run (query, error);
}

static gboolean
put_set (ChStore                       *self,
         const ChStoredRequirementSet  *newest,
         const char                    *name,
         const char                    *body,
         GError                       **error)
{
  gint64 id = newest != NULL ? newest->id : 0;

  if (newest == NULL && !add_set (self, name, &id, error))
    return FALSE;
  if (!add_version (self, id, newest != NULL ? newest->version + 1 : 1, body, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_REQUIREMENT_SET, id);

  return TRUE;
}

/**
 * ch_store_put_requirement_set:
 * @name: sets of one name are versions of one set
 * @body: the set as JSON
 *
 * Returns: (transfer full): the set with its newest version: a new one, unless @body is the same text as the newest
 */
ChStoredRequirementSet *
ch_store_put_requirement_set (ChStore     *self,
                              const char  *name,
                              const char  *body,
                              GError     **error)
{
  g_autoptr(ChStoredRequirementSet) set = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (ch_store_in_transaction (self), NULL);
  g_return_val_if_fail (name != NULL && body != NULL, NULL);

  if (!find_set (self, "find-set-by-name", name, &set, error))
    return NULL;
  if (set != NULL && g_str_equal (set->body, body))
    return g_steal_pointer (&set);

  if (!_ch_store_begin_step (self, error) ||
      !_ch_store_end_step (self, put_set (self, set, name, body, error), error))
    return NULL;
  g_clear_pointer (&set, ch_stored_requirement_set_free);
  if (!find_set (self, "find-set-by-name", name, &set, error))
    return NULL;

  return g_steal_pointer (&set);
}

static void
bind_place (ChQuery                       *query,
            const ChRequirementAssignment *place,
            const char                    *trade_key)
{
  _ch_query_bind_text (query, trade_key);
  _ch_query_bind_id (query, place->project_id);
  _ch_query_bind_id (query, place->vendor_id);
  _ch_query_bind_id (query, place->commitment_id);
}

static gboolean
replace_assignment (ChStore                        *self,
                    gint64                          set_id,
                    const ChRequirementAssignment  *place,
                    const char                     *trade_key,
                    GError                        **error)
{
  g_autoptr(ChQuery) delete = _ch_store_query (self, "delete-assignment");
  g_autoptr(ChQuery) add = NULL;

  _ch_query_bind_text (delete, scope_names[place->scope]);
  bind_place (delete, place, trade_key);
  if (!_ch_query_run (delete, error))
    return FALSE;
  if (set_id == 0)
    return TRUE;

  add = _ch_store_query (self, "add-assignment");
  _ch_query_bind_integer (add, set_id);
  _ch_query_bind_text (add, scope_names[place->scope]);
  _ch_query_bind_text (add, place->trade);
  bind_place (add, place, trade_key);

  return _ch_query_run (add, error);
}

static gboolean
get_assigned (ChStore                        *self,
              const ChRequirementAssignment  *place,
              const char                     *trade_key,
              gint64                         *set_id,
              GError                        **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "get-assigned-set");

  *set_id = 0;
  _ch_query_bind_text (query, scope_names[place->scope]);
  bind_place (query, place, trade_key);

  return _ch_query_run_for_id (query, set_id, error);
}

static gboolean
check_set (ChStore  *self,
           gint64    set_id,
           GError  **error)
{
  g_autoptr(GError) local_error = NULL;

  if (set_id == 0 || _ch_store_has (self, "has-set", set_id, &local_error))
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    _ch_store_set_not_found (error, _("requirement set"), set_id);

  return FALSE;
}

/**
 * ch_store_assign_requirement_set:
 * @set_id: 0 takes the place's set away
 * @place: with exactly what its scope needs; a trade in any case is the same trade
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where there is no such set, %CH_STORE_ERROR_INVALID where the place
 *   does not fit its scope or is not known
 */
gboolean
ch_store_assign_requirement_set (ChStore                        *self,
                                 gint64                          set_id,
                                 const ChRequirementAssignment  *place,
                                 GError                        **error)
{
  g_autofree char *trade_key = NULL;
  gint64 assigned;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (place != NULL && (guint) place->scope < G_N_ELEMENTS (scope_names), FALSE);

  if (place->trade != NULL && place->trade[0] != '\0')
    trade_key = _ch_dup_trade_key (place->trade);
  if (!check_set (self, set_id, error) || !get_assigned (self, place, trade_key, &assigned, error))
    return FALSE;
  if (assigned == set_id)
    return TRUE;

  if (!_ch_store_begin_step (self, error) ||
      !_ch_store_end_step (self, replace_assignment (self, set_id, place, trade_key, error), error))
    return FALSE;
  if (assigned != 0)
    _ch_store_note (self, CH_KIND_REQUIREMENT_SET, assigned);
  if (set_id != 0)
    _ch_store_note (self, CH_KIND_REQUIREMENT_SET, set_id);

  return TRUE;
}

static gboolean
add_all_places (ChStore     *self,
                GHashTable  *by_id,
                GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-assignments");

  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, 0);
      ChStoredRequirementSet *set = g_hash_table_lookup (by_id, &id);

      if (set != NULL)
        g_ptr_array_add (set->assignments, place_from_row (query, 1));
    }

  return _ch_query_finish (query, error);
}

static GPtrArray *
load_sets (ChStore  *self,
           GError  **error)
{
  g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_requirement_set_free);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-sets");

  while (_ch_query_next (query))
    {
      ChStoredRequirementSet *set = set_from_row (query);

      g_ptr_array_add (sets, set);
      g_hash_table_insert (by_id, &set->id, set);
    }
  if (!_ch_query_finish (query, error) || !add_all_places (self, by_id, error))
    return NULL;

  return g_steal_pointer (&sets);
}

/**
 * ch_store_list_requirement_sets:
 *
 * Returns: (transfer full) (element-type ChStoredRequirementSet): the newest version of each, by name
 */
GPtrArray *
ch_store_list_requirement_sets (ChStore  *self,
                                GError  **error)
{
  GPtrArray *sets;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  sets = load_sets (self, error);
  _ch_store_end_read (self);

  return sets;
}

/**
 * ch_store_find_requirement_set:
 *
 * Returns: (transfer full): the set's newest version; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChStoredRequirementSet *
ch_store_find_requirement_set (ChStore     *self,
                               const char  *uuid_or_name,
                               GError     **error)
{
  g_autoptr(ChStoredRequirementSet) set = NULL;
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid_or_name != NULL, NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  ok = find_set (self, "find-set-by-uuid", uuid_or_name, &set, error) &&
       (set != NULL || find_set (self, "find-set-by-name", uuid_or_name, &set, error));
  _ch_store_end_read (self);
  if (ok && set == NULL)
    g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("There is no requirement set “%s”."),
                 uuid_or_name);

  return ok ? g_steal_pointer (&set) : NULL;
}

/**
 * ch_store_list_requirement_layers:
 * @commitment_id: 0 for none
 *
 * Company, the sub's trades in alphabetical order, project, sub on the project, commitment. A set that reaches the sub
 * in several ways is several layers.
 *
 * Returns: (transfer full) (element-type ChStoredRequirementSet): the newest versions, each with the one assignment
 *   that brings it here
 */
GPtrArray *
ch_store_list_requirement_layers (ChStore  *self,
                                  gint64    project_id,
                                  gint64    vendor_id,
                                  gint64    commitment_id,
                                  GError  **error)
{
  g_autoptr(GPtrArray) layers = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  layers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_requirement_set_free);
  query = _ch_store_query (self, "list-layers");
  _ch_query_bind_id (query, vendor_id);
  _ch_query_bind_id (query, project_id);
  _ch_query_bind_id (query, commitment_id);
  while (_ch_query_next (query))
    {
      ChStoredRequirementSet *set = set_from_row (query);

      g_ptr_array_add (set->assignments, place_from_row (query, SET_PLACE));
      g_ptr_array_add (layers, set);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&layers) : NULL;
}

/**
 * ch_store_get_requirement_version:
 *
 * Returns: (transfer full): the set as that version has it; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChStoredRequirementSet *
ch_store_get_requirement_version (ChStore     *self,
                                  const char  *uuid,
                                  int          version,
                                  GError     **error)
{
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  query = _ch_store_query (self, "get-set-version");
  _ch_query_bind_text (query, uuid);
  _ch_query_bind_integer (query, version);
  if (_ch_query_next (query))
    set = set_from_row (query);
  if (!_ch_query_finish (query, error))
    return NULL;
  if (set == NULL)
    g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("There is no version %d of requirement set “%s”."),
                 version, uuid);

  return g_steal_pointer (&set);
}
