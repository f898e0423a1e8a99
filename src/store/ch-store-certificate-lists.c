#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-certificate-content-private.h"
#include "ch-store-certificates.h"

/* A list is read in one query for each kind of row, whatever its length, and put together by the id of the version
 * that counts. */

enum {
  ROW_VERSION_ID,
  ROW_ID,
  ROW_UUID,
  ROW_SHA256,
  ROW_DOCUMENT_INDEX,
  ROW_FILE_NAME,
  ROW_VENDOR_ID,
  ROW_MATCHED_BY,
  ROW_REVIEW,
  ROW_REVIEW_WHY,
  ROW_REVIEWED_BY,
  ROW_REVIEWED_AT,
  ROW_RECEIVED_AT,
  ROW_READ_PROBLEM,
  ROW_VERSION,
  ROW_PENDING_SINCE,
  ROW_FIRST_APPROVED_BY,
  ROW_FIRST_APPROVED_AT,
  ROW_N_PAGES,
};

enum {
  CHILD_VERSION_ID,
  CHILD_VALUE,
};

static ChReviewState
review_from_string (const char *text)
{
  for (guint i = CH_REVIEW_PENDING; i <= CH_REVIEW_REJECTED; i++)
    {
      if (g_strcmp0 (text, ch_review_state_to_string ((ChReviewState) i)) == 0)
        return (ChReviewState) i;
    }

  return CH_REVIEW_PENDING;
}

static ChFiledCertificate *
filed_from_row (ChQuery *query)
{
  ChFiledCertificate *filed = ch_filed_certificate_new ();

  filed->id = _ch_query_get_integer (query, ROW_ID);
  filed->uuid = _ch_query_dup_text (query, ROW_UUID);
  filed->sha256 = _ch_query_dup_text (query, ROW_SHA256);
  filed->document_index = (guint) _ch_query_get_integer (query, ROW_DOCUMENT_INDEX);
  filed->file_name = _ch_query_dup_text (query, ROW_FILE_NAME);
  filed->vendor_id = _ch_query_get_integer (query, ROW_VENDOR_ID);
  filed->matched_by = _ch_query_dup_text (query, ROW_MATCHED_BY);
  filed->review = review_from_string (_ch_query_get_text (query, ROW_REVIEW));
  filed->review_why = _ch_query_dup_text (query, ROW_REVIEW_WHY);
  filed->reviewed_by = _ch_query_dup_text (query, ROW_REVIEWED_BY);
  filed->reviewed_at = _ch_query_get_integer (query, ROW_REVIEWED_AT);
  filed->received_at = _ch_query_get_integer (query, ROW_RECEIVED_AT);
  filed->read_problem = _ch_query_dup_text (query, ROW_READ_PROBLEM);
  filed->version = (int) _ch_query_get_integer (query, ROW_VERSION);
  filed->pending_since = _ch_query_get_integer (query, ROW_PENDING_SINCE);
  filed->first_approved_by = _ch_query_dup_text (query, ROW_FIRST_APPROVED_BY);
  filed->first_approved_at = _ch_query_get_integer (query, ROW_FIRST_APPROVED_AT);
  filed->n_pages = (guint) _ch_query_get_integer (query, ROW_N_PAGES);

  return filed;
}

/* Takes the content of each row out of @contents. */
static gboolean
load_rows (ChStore     *self,
           GHashTable  *contents,
           GPtrArray   *all,
           GHashTable  *by_version,
           GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-selected-certificates");

  while (_ch_query_next (query))
    {
      ChFiledCertificate *filed = filed_from_row (query);
      gint64 version_id = _ch_query_get_integer (query, ROW_VERSION_ID);
      gpointer key, content;

      g_ptr_array_add (all, filed);
      if (g_hash_table_steal_extended (contents, &version_id, &key, &content))
        {
          ch_certificate_free (filed->certificate);
          filed->certificate = content;
          g_hash_table_insert (by_version, key, filed);
        }
    }

  return _ch_query_finish (query, error);
}

static gboolean
add_children (ChStore     *self,
              GHashTable  *by_version,
              const char  *statement,
              gboolean     is_uuid,
              GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);

  while (_ch_query_next (query))
    {
      gint64 version_id = _ch_query_get_integer (query, CHILD_VERSION_ID);
      ChFiledCertificate *filed = g_hash_table_lookup (by_version, &version_id);
      gint64 project_id;

      if (filed == NULL)
        continue;
      if (is_uuid)
        {
          g_ptr_array_add (filed->policy_uuids, _ch_query_dup_text (query, CHILD_VALUE));
          continue;
        }
      project_id = _ch_query_get_integer (query, CHILD_VALUE);
      g_array_append_val (filed->project_ids, project_id);
    }

  return _ch_query_finish (query, error);
}

static GPtrArray *
load_selected (ChStore   *self,
               gboolean   with_fields,
               GError   **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_filed_certificate_free);
  g_autoptr(GHashTable) by_version = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GHashTable) contents = _ch_certificate_content_load (self, with_fields, error);

  if (contents == NULL ||
      !load_rows (self, contents, all, by_version, error) ||
      !add_children (self, by_version, "list-selected-certificate-projects", FALSE, error) ||
      !add_children (self, by_version, "list-selected-policy-uuids", TRUE, error))
    return NULL;

  return g_steal_pointer (&all);
}

/* @id: the statement's parameter, where it is not 0 */
static GPtrArray *
load (ChStore     *self,
      const char  *select,
      gint64       id,
      gboolean     with_fields,
      GError     **error)
{
  GPtrArray *all = NULL;
  g_autoptr(ChQuery) query = NULL;

  if (!_ch_store_begin_read (self, error))
    return NULL;

  query = _ch_store_select (self, select);
  if (id != 0)
    _ch_query_bind_integer (query, id);
  if (_ch_query_run (query, error))
    all = load_selected (self, with_fields, error);
  _ch_store_end_read (self);

  return all;
}

/**
 * ch_store_list_certificates:
 * @vendor_id: 0 for all, -1 for those that are nobody's yet
 * @with_fields: whether to read where each value stands and how sure the reader was
 *
 * Returns: (transfer full) (element-type ChFiledCertificate): oldest received first
 */
GPtrArray *
ch_store_list_certificates (ChStore   *self,
                            gint64     vendor_id,
                            gboolean   with_fields,
                            GError   **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (vendor_id == 0)
    return load (self, "select-certificates", 0, with_fields, error);
  if (vendor_id == -1)
    return load (self, "select-certificates-without-vendor", 0, with_fields, error);

  return load (self, "select-certificates-of-vendor", vendor_id, with_fields, error);
}

/**
 * ch_store_get_certificate:
 *
 * Returns: (transfer full): the certificate with its fields; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChFiledCertificate *
ch_store_get_certificate (ChStore  *self,
                          gint64    id,
                          GError  **error)
{
  g_autoptr(GPtrArray) all = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  all = id != 0 ? load (self, "select-certificate", id, TRUE, error) : g_ptr_array_new ();
  if (all == NULL)
    return NULL;
  if (all->len == 0)
    {
      _ch_store_set_not_found (error, _("certificate"), id);
      return NULL;
    }

  return g_ptr_array_steal_index (all, 0);
}

/* The certificate whose id the bound @query finds. */
static ChFiledCertificate *
find (ChStore  *self,
      ChQuery  *query,
      GError  **error)
{
  gint64 id = 0;

  if (!_ch_query_run_for_id (query, &id, error))
    return NULL;
  if (id == 0)
    {
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("There is no such certificate."));
      return NULL;
    }

  return ch_store_get_certificate (self, id, error);
}

/**
 * ch_store_find_certificate:
 *
 * Returns: (transfer full): the certificate with its fields; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChFiledCertificate *
ch_store_find_certificate (ChStore     *self,
                           const char  *uuid,
                           GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  query = _ch_store_query (self, "find-certificate-by-uuid");
  _ch_query_bind_text (query, uuid);

  return find (self, query, error);
}

/**
 * ch_store_find_certificate_by_document:
 *
 * Returns: (transfer full): the certificate with its fields; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChFiledCertificate *
ch_store_find_certificate_by_document (ChStore     *self,
                                       const char  *sha256,
                                       guint        document_index,
                                       GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  query = _ch_store_query (self, "find-certificate-by-document");
  _ch_query_bind_text (query, sha256);
  _ch_query_bind_integer (query, document_index);

  return find (self, query, error);
}

/**
 * ch_store_find_certificate_field:
 * @path: as in #ChFieldReading
 * @page: (out): 1-based page of the document, 0 where the value was not read from one
 * @box: (out caller-allocates): four places, in points from the page's top left; untouched where @page is 0
 */
gboolean
ch_store_find_certificate_field (ChStore     *self,
                                 gint64       id,
                                 const char  *path,
                                 int         *page,
                                 double      *box,
                                 GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  *page = 0;
  query = _ch_store_query (self, "get-certificate-field");
  _ch_query_bind_integer (query, id);
  _ch_query_bind_text (query, path);
  if (_ch_query_next (query))
    {
      *page = (int) _ch_query_get_integer (query, 0);
      for (int i = 0; i < 4; i++)
        box[i] = _ch_query_get_real (query, 1 + i);
    }

  return _ch_query_finish (query, error);
}
