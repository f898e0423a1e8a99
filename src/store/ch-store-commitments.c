#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-directory.h"
#include "ch-store-private.h"

enum {
  COMMITMENT_ID,
  COMMITMENT_PROJECT_ID,
  COMMITMENT_VENDOR_ID,
  COMMITMENT_KIND,
  COMMITMENT_NUMBER,
  COMMITMENT_TITLE,
  COMMITMENT_STATUS,
  COMMITMENT_UPDATED_AT,
};

static ChCommitment *
commitment_from_row (ChQuery *query)
{
  ChCommitment *commitment = ch_commitment_new ();

  commitment->id = _ch_query_get_integer (query, COMMITMENT_ID);
  commitment->project_id = _ch_query_get_integer (query, COMMITMENT_PROJECT_ID);
  commitment->vendor_id = _ch_query_get_integer (query, COMMITMENT_VENDOR_ID);
  ch_commitment_kind_from_string (_ch_query_get_text (query, COMMITMENT_KIND), &commitment->kind);
  commitment->number = _ch_query_dup_text (query, COMMITMENT_NUMBER);
  commitment->title = _ch_query_dup_text (query, COMMITMENT_TITLE);
  commitment->status = _ch_query_dup_text (query, COMMITMENT_STATUS);
  commitment->updated_at = _ch_query_dup_text (query, COMMITMENT_UPDATED_AT);

  return commitment;
}

/**
 * ch_store_put_commitment:
 * @commitment: its project must be known, and its vendor where it has one (`vendor_id` not 0)
 * @changed: (out) (nullable): whether something differed
 *
 * A commitment that was gone is back.
 */
gboolean
ch_store_put_commitment (ChStore             *self,
                         const ChCommitment  *commitment,
                         gboolean            *changed,
                         GError             **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean differs;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (commitment != NULL, FALSE);

  query = _ch_store_query (self, "put-commitment");
  _ch_query_bind_integer (query, commitment->id);
  _ch_query_bind_integer (query, commitment->project_id);
  _ch_query_bind_id (query, commitment->vendor_id);
  _ch_query_bind_text (query, ch_commitment_kind_to_string (commitment->kind));
  _ch_query_bind_text (query, commitment->number);
  _ch_query_bind_text (query, commitment->title);
  _ch_query_bind_text (query, commitment->status);
  _ch_query_bind_text (query, commitment->updated_at);
  if (!_ch_query_run_changing (query, &differs, error))
    return FALSE;
  if (differs)
    _ch_store_note (self, CH_KIND_COMMITMENT, commitment->id);
  if (changed != NULL)
    *changed = differs;

  return TRUE;
}

/**
 * ch_store_mark_commitment_gone:
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where there is no such commitment
 */
gboolean
ch_store_mark_commitment_gone (ChStore  *self,
                               gint64    commitment_id,
                               GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_mark_gone (self, "mark-commitment-gone", "has-commitment", CH_KIND_COMMITMENT, commitment_id, error);
}

/**
 * ch_store_list_commitments:
 * @project_id: 0 for those of all projects
 * @vendor_id: 0 for those of all vendors
 *
 * Returns: (transfer full) (element-type ChCommitment): by project, then by id
 */
GPtrArray *
ch_store_list_commitments (ChStore  *self,
                           gint64    project_id,
                           gint64    vendor_id,
                           GError  **error)
{
  static const char * const statements[2][2] = {
    { "list-commitments", "list-commitments-of-vendor" },
    { "list-commitments-of-project", "list-commitments-of-pair" },
  };
  g_autoptr(GPtrArray) commitments = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  commitments = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_commitment_free);
  query = _ch_store_query (self, statements[project_id != 0][vendor_id != 0]);
  if (project_id != 0)
    _ch_query_bind_integer (query, project_id);
  if (vendor_id != 0)
    _ch_query_bind_integer (query, vendor_id);
  while (_ch_query_next (query))
    g_ptr_array_add (commitments, commitment_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&commitments) : NULL;
}
