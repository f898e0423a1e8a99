#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-store-private.h"
#include "ch-store-shared.h"

enum {
  CONFLICT_ID,
  CONFLICT_RECORD_ID,
  CONFLICT_FIELD,
  CONFLICT_BASE,
  CONFLICT_LOCAL,
  CONFLICT_REMOTE,
  CONFLICT_AT,
  CONFLICT_SCOPE,
};

void
ch_conflict_free (ChConflict *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  g_free (self->field);
  g_free (self->base);
  g_free (self->local);
  g_free (self->remote);
  g_free (self);
}

static ChConflict *
conflict_from_row (ChQuery *query)
{
  ChConflict *conflict = g_new0 (ChConflict, 1);

  conflict->id = _ch_query_get_integer (query, CONFLICT_ID);
  conflict->record_id = _ch_query_get_integer (query, CONFLICT_RECORD_ID);
  conflict->field = _ch_query_dup_text (query, CONFLICT_FIELD);
  conflict->base = _ch_query_dup_text (query, CONFLICT_BASE);
  conflict->local = _ch_query_dup_text (query, CONFLICT_LOCAL);
  conflict->remote = _ch_query_dup_text (query, CONFLICT_REMOTE);
  conflict->at = _ch_query_get_integer (query, CONFLICT_AT);
  conflict->scope = _ch_query_dup_text (query, CONFLICT_SCOPE);

  return conflict;
}

/**
 * ch_store_put_conflict:
 * @field: the field, or `record`
 * @base: (nullable): what both last agreed on
 * @local: (nullable): what the desk says
 * @remote: (nullable): what Procore says
 *
 * A clash in a field that is open already is the same clash: its values are brought up to date.
 */
gboolean
ch_store_put_conflict (ChStore     *self,
                       gint64       record_id,
                       const char  *field,
                       const char  *base,
                       const char  *local,
                       const char  *remote,
                       GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 id = 0;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  query = _ch_store_query (self, "put-conflict");
  _ch_query_bind_integer (query, record_id);
  _ch_query_bind_text (query, field);
  _ch_query_bind_text (query, base);
  _ch_query_bind_text (query, local);
  _ch_query_bind_text (query, remote);
  _ch_query_bind_integer (query, self->now);
  if (!_ch_query_run_for_id (query, &id, error))
    return FALSE;
  if (id != 0)
    _ch_store_note (self, CH_KIND_CONFLICT, id);

  return TRUE;
}

/**
 * ch_store_put_conflict_of_scope:
 * @scope: which listing it is about
 * @field: what of it
 * @base: (nullable): what both last agreed on
 * @local: (nullable): how it is here
 * @remote: (nullable): how it is in Procore
 *
 * A question about a listing instead of a record; there is one at a time for each.
 */
gboolean
ch_store_put_conflict_of_scope (ChStore     *self,
                                const char  *scope,
                                const char  *field,
                                const char  *base,
                                const char  *local,
                                const char  *remote,
                                GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 id = 0;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (scope != NULL && field != NULL, FALSE);

  query = _ch_store_query (self, "put-conflict-of-scope");
  _ch_query_bind_text (query, scope);
  _ch_query_bind_text (query, field);
  _ch_query_bind_text (query, base);
  _ch_query_bind_text (query, local);
  _ch_query_bind_text (query, remote);
  _ch_query_bind_integer (query, self->now);
  if (!_ch_query_run_for_id (query, &id, error))
    return FALSE;
  if (id != 0)
    _ch_store_note (self, CH_KIND_CONFLICT, id);

  return TRUE;
}

/**
 * ch_store_settle_conflict:
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where no such conflict is open
 */
gboolean
ch_store_settle_conflict (ChStore  *self,
                          gint64    id,
                          GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean changed;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  query = _ch_store_query (self, "settle-conflict");
  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_text (query, self->who);
  _ch_query_bind_integer (query, id);
  if (!_ch_query_run_changing (query, &changed, error))
    return FALSE;
  if (!changed)
    {
      _ch_store_set_not_found (error, _("open conflict"), id);
      return FALSE;
    }
  _ch_store_note (self, CH_KIND_CONFLICT, id);

  return TRUE;
}

/**
 * ch_store_list_conflicts:
 * @record_id: 0 for those of all records
 *
 * Returns: (transfer full) (element-type ChConflict): the open ones, in the order in which they were found
 */
GPtrArray *
ch_store_list_conflicts (ChStore  *self,
                         gint64    record_id,
                         GError  **error)
{
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_conflict_free);
  query = _ch_store_query (self, record_id != 0 ? "list-conflicts-of-record" : "list-conflicts");
  if (record_id != 0)
    _ch_query_bind_integer (query, record_id);
  while (_ch_query_next (query))
    g_ptr_array_add (conflicts, conflict_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&conflicts) : NULL;
}
