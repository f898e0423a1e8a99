#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-hooks.h"

#include "ch-store-private.h"

enum {
  HOOK_PROJECT_ID,
  HOOK_ID,
  HOOK_DESTINATION_URL,
  HOOK_POSITION,
  HOOK_CHECKED_AT,
};

/**
 * ch_stored_hook_free:
 * @self: (transfer full): a hook
 */
void
ch_stored_hook_free (ChStoredHook *self)
{
  g_free (self->hook_id);
  g_free (self->destination_url);
  g_free (self);
}

/**
 * ch_store_put_hook:
 * @hook: its scope's one hook
 *
 * Must be called inside a transaction.
 */
gboolean
ch_store_put_hook (ChStore             *self,
                   const ChStoredHook  *hook,
                   GError             **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  query = _ch_store_query (self, "put-hook");
  _ch_query_bind_integer (query, hook->project_id);
  _ch_query_bind_text (query, hook->hook_id);
  _ch_query_bind_text (query, hook->destination_url);
  _ch_query_bind_integer (query, hook->position);
  _ch_query_bind_integer (query, hook->checked_at);

  return _ch_query_run (query, error);
}

/**
 * ch_store_remove_hook:
 * @project_id: its scope, 0 for the company
 *
 * Must be called inside a transaction. One that is not there is no error.
 */
gboolean
ch_store_remove_hook (ChStore  *self,
                      gint64    project_id,
                      GError  **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  query = _ch_store_query (self, "remove-hook");
  _ch_query_bind_integer (query, project_id);

  return _ch_query_run (query, error);
}

static ChStoredHook *
hook_from_row (ChQuery *query)
{
  ChStoredHook *hook = g_new0 (ChStoredHook, 1);

  hook->project_id = _ch_query_get_integer (query, HOOK_PROJECT_ID);
  hook->hook_id = _ch_query_dup_text (query, HOOK_ID);
  hook->destination_url = _ch_query_dup_text (query, HOOK_DESTINATION_URL);
  hook->position = _ch_query_get_integer (query, HOOK_POSITION);
  hook->checked_at = _ch_query_get_integer (query, HOOK_CHECKED_AT);

  return hook;
}

/**
 * ch_store_get_hook:
 * @project_id: its scope, 0 for the company
 *
 * Returns: (transfer full) (nullable): the scope's hook, %NULL without an error where none was made
 */
ChStoredHook *
ch_store_get_hook (ChStore  *self,
                   gint64    project_id,
                   GError  **error)
{
  g_autoptr(ChStoredHook) hook = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  query = _ch_store_query (self, "get-hook");
  _ch_query_bind_integer (query, project_id);
  if (_ch_query_next (query))
    hook = hook_from_row (query);

  return _ch_query_finish (query, error) ? g_steal_pointer (&hook) : NULL;
}

/**
 * ch_store_list_hooks:
 *
 * Returns: (transfer full) (element-type ChStoredHook): all that were made, the company's first
 */
GPtrArray *
ch_store_list_hooks (ChStore  *self,
                     GError  **error)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_hook_free);
  query = _ch_store_query (self, "list-hooks");
  while (_ch_query_next (query))
    g_ptr_array_add (all, hook_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&all) : NULL;
}
