#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-certificate-content-private.h"
#include "ch-certificate-key-private.h"
#include "ch-policy-identity-private.h"
#include "ch-store-certificates.h"

/* Writing certificates; ch-store-certificate-lists.c reads them. */

gboolean
_ch_store_add_document (ChStore     *self,
                        const char  *sha256,
                        GError     **error)
{
  gint64 size = _ch_store_get_document_size (self, sha256);
  g_autoptr(ChQuery) query = NULL;

  if (size < 0)
    {
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("The document %s has not been stored."), sha256);
      return FALSE;
    }

  query = _ch_store_query (self, "put-document");
  _ch_query_bind_text (query, sha256);
  _ch_query_bind_integer (query, size);

  return _ch_query_run (query, error);
}

static gboolean
add_row (ChStore             *self,
         ChFiledCertificate  *filed,
         GError             **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-certificate");

  _ch_query_bind_text (query, filed->uuid);
  _ch_query_bind_text (query, filed->sha256);
  _ch_query_bind_integer (query, filed->document_index);
  _ch_query_bind_text (query, filed->file_name);
  _ch_query_bind_id (query, filed->vendor_id);
  _ch_query_bind_text (query, filed->matched_by);
  _ch_query_bind_text (query, ch_review_state_to_string (filed->review));
  _ch_query_bind_text (query, filed->review_why);
  _ch_query_bind_text (query, filed->reviewed_by);
  _ch_query_bind_id (query, filed->reviewed_at);
  _ch_query_bind_integer (query, filed->received_at);
  _ch_query_bind_text (query, filed->read_problem);
  _ch_query_bind_id (query, filed->pending_since);
  _ch_query_bind_integer (query, filed->n_pages);

  return _ch_query_run_for_id (query, &filed->id, error);
}

static gboolean
add_projects (ChStore  *self,
              gint64    id,
              GArray   *project_ids,
              GError  **error)
{
  for (guint i = 0; project_ids != NULL && i < project_ids->len; i++)
    {
      g_autoptr(ChQuery) query = _ch_store_query (self, "add-project-of-certificate");

      _ch_query_bind_integer (query, id);
      _ch_query_bind_integer (query, g_array_index (project_ids, gint64, i));
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_on_file (ChStore                   *self,
            const ChFiledCertificate  *filed,
            gboolean                  *is_there,
            GError                   **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "find-certificate-by-document");

  _ch_query_bind_text (query, filed->sha256);
  _ch_query_bind_integer (query, filed->document_index);
  *is_there = _ch_query_next (query);

  return _ch_query_finish (query, error);
}

static gboolean
add_certificate (ChStore             *self,
                 ChFiledCertificate  *filed,
                 GError             **error)
{
  return _ch_store_add_document (self, filed->sha256, error) &&
         add_row (self, filed, error) &&
         add_projects (self, filed->id, filed->project_ids, error) &&
         _ch_certificate_content_add (self, filed->id, 1, filed->certificate, TRUE, error) &&
         _ch_certificate_key_put (self, filed->id, filed->certificate, TRUE, error) &&
         _ch_policy_identity_assign (self, filed->id, filed->vendor_id, filed->certificate, filed->policy_uuids, error);
}

/**
 * ch_store_add_certificate:
 * @filed: (inout): gets its id, its uuid (where it is %NULL) and the uuids of its policies
 *
 * Files a certificate of a document that ch_store_put_document() has stored.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_EXISTS where this document and index are on file already,
 *   %CH_STORE_ERROR_NOT_FOUND where the document is not on disk, %CH_STORE_ERROR_INVALID where its sub or a project is
 *   not known
 */
gboolean
ch_store_add_certificate (ChStore             *self,
                          ChFiledCertificate  *filed,
                          GError             **error)
{
  gboolean is_there;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (filed != NULL && filed->sha256 != NULL && filed->certificate != NULL, FALSE);

  if (!is_on_file (self, filed, &is_there, error))
    return FALSE;
  if (is_there)
    {
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS, _("This certificate is on file already."));
      return FALSE;
    }

  if (filed->uuid == NULL)
    filed->uuid = g_uuid_string_random ();
  if (filed->policy_uuids == NULL)
    filed->policy_uuids = g_ptr_array_new_with_free_func (g_free);
  filed->version = 1;
  filed->pending_since = filed->review == CH_REVIEW_PENDING ? filed->received_at : 0;
  if (!_ch_store_begin_step (self, error) ||
      !_ch_store_end_step (self, add_certificate (self, filed, error), error))
    return FALSE;
  _ch_store_note (self, CH_KIND_CERTIFICATE, filed->id);

  return TRUE;
}

/* %FALSE with CH_STORE_ERROR_NOT_FOUND */
static gboolean
get_sub_and_version (ChStore  *self,
                     gint64    id,
                     gint64   *vendor_id,
                     int      *version,
                     GError  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "get-certificate-sub");
  gboolean is_there;

  _ch_query_bind_integer (query, id);
  is_there = _ch_query_next (query);
  if (is_there)
    {
      *vendor_id = _ch_query_get_integer (query, 0);
      *version = (int) _ch_query_get_integer (query, 1);
    }
  if (!_ch_query_finish (query, error))
    return FALSE;
  if (!is_there)
    _ch_store_set_not_found (error, _("certificate"), id);

  return is_there;
}

static gboolean
set_sub (ChStore     *self,
         gint64       id,
         gint64       vendor_id,
         const char  *matched_by,
         GError     **error)
{
  g_autoptr(ChFiledCertificate) filed = ch_store_get_certificate (self, id, error);
  g_autoptr(ChQuery) query = NULL;

  if (filed == NULL)
    return FALSE;
  if (filed->vendor_id == vendor_id && g_strcmp0 (filed->matched_by, matched_by) == 0)
    return TRUE;

  query = _ch_store_query (self, "set-certificate-sub");
  _ch_query_bind_id (query, vendor_id);
  _ch_query_bind_text (query, matched_by);
  _ch_query_bind_integer (query, id);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_CERTIFICATE, id);

  return filed->vendor_id == vendor_id ||
         _ch_policy_identity_assign (self, id, vendor_id, filed->certificate, NULL, error);
}

/**
 * ch_store_set_certificate_sub:
 * @vendor_id: 0 for nobody
 * @matched_by: (nullable): how it was found
 *
 * Its policies become the sub's: those that the sub has on other certificates are recognised, the others keep the
 * uuids that they had while they were nobody's.
 */
gboolean
ch_store_set_certificate_sub (ChStore     *self,
                              gint64       id,
                              gint64       vendor_id,
                              const char  *matched_by,
                              GError     **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, set_sub (self, id, vendor_id, matched_by, error), error);
}

static gboolean
has_projects (ChStore   *self,
              gint64     id,
              GArray    *project_ids,
              gboolean  *same,
              GError   **error)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-projects-of-certificate");
  guint n = 0;

  for (guint i = 0; i < project_ids->len; i++)
    g_hash_table_add (wanted, &g_array_index (project_ids, gint64, i));

  *same = TRUE;
  _ch_query_bind_integer (query, id);
  while (_ch_query_next (query))
    {
      gint64 known = _ch_query_get_integer (query, 0);

      *same = *same && g_hash_table_contains (wanted, &known);
      n++;
    }
  *same = *same && n == g_hash_table_size (wanted);

  return _ch_query_finish (query, error);
}

static gboolean
set_projects (ChStore  *self,
              gint64    id,
              GArray   *project_ids,
              GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 vendor_id;
  int version;
  gboolean same;

  if (!get_sub_and_version (self, id, &vendor_id, &version, error) ||
      !has_projects (self, id, project_ids, &same, error))
    return FALSE;
  if (same)
    return TRUE;

  query = _ch_store_query (self, "delete-projects-of-certificate");
  _ch_query_bind_integer (query, id);
  if (!_ch_query_run (query, error) || !add_projects (self, id, project_ids, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_CERTIFICATE, id);

  return TRUE;
}

/**
 * ch_store_set_certificate_projects:
 * @project_ids: (element-type gint64): the projects that it is for; empty for all of its sub's
 */
gboolean
ch_store_set_certificate_projects (ChStore  *self,
                                   gint64    id,
                                   GArray   *project_ids,
                                   GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (project_ids != NULL, FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, set_projects (self, id, project_ids, error), error);
}

static gboolean
set_review (ChStore        *self,
            gint64          id,
            ChReviewState   review,
            const char     *why,
            const char     *who,
            GError        **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean is_decided = review != CH_REVIEW_PENDING;
  gboolean changed;
  gint64 vendor_id;
  int version;

  if (!get_sub_and_version (self, id, &vendor_id, &version, error))
    return FALSE;

  query = _ch_store_query (self, "set-certificate-review");
  _ch_query_bind_text (query, ch_review_state_to_string (review));
  _ch_query_bind_text (query, why);
  _ch_query_bind_text (query, is_decided ? who : NULL);
  _ch_query_bind_id (query, is_decided ? self->now : 0);
  _ch_query_bind_id (query, is_decided ? 0 : self->now);
  _ch_query_bind_integer (query, id);
  if (!_ch_query_run_changing (query, &changed, error))
    return FALSE;
  if (changed)
    _ch_store_note (self, CH_KIND_CERTIFICATE, id);

  return TRUE;
}

/**
 * ch_store_set_certificate_review:
 * @why: (nullable): the reviewer's reason
 *
 * The act's `who` and time are the reviewer's; back to %CH_REVIEW_PENDING there is none. The same decision for the
 * same reason again leaves the first one as it is.
 */
gboolean
ch_store_set_certificate_review (ChStore        *self,
                                 gint64          id,
                                 ChReviewState   review,
                                 const char     *why,
                                 GError        **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return set_review (self, id, review, why, self->who, error);
}

/**
 * ch_store_approve_certificate_by_rule:
 * @rule: the name of the rule, in the reviewer's place
 */
gboolean
ch_store_approve_certificate_by_rule (ChStore     *self,
                                      gint64       id,
                                      const char  *rule,
                                      GError     **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (rule != NULL, FALSE);

  return set_review (self, id, CH_REVIEW_APPROVED, NULL, rule, error);
}

/**
 * ch_store_set_certificate_first_approval:
 *
 * The act's `who` has approved what the certificate says now. It stays under review: a second person is to approve it
 * too.
 */
gboolean
ch_store_set_certificate_first_approval (ChStore  *self,
                                         gint64    id,
                                         GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 vendor_id;
  int version;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  if (!get_sub_and_version (self, id, &vendor_id, &version, error))
    return FALSE;

  query = _ch_store_query (self, "set-certificate-first-approval");
  _ch_query_bind_text (query, self->who);
  _ch_query_bind_integer (query, self->now);
  _ch_query_bind_integer (query, id);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_CERTIFICATE, id);

  return TRUE;
}

static gboolean
add_version (ChStore              *self,
             gint64                id,
             const ChCertificate  *certificate,
             gboolean              is_reading,
             GError              **error)
{
  g_autoptr(ChQuery) query = NULL;
  gint64 vendor_id;
  int version;

  if (!get_sub_and_version (self, id, &vendor_id, &version, error) ||
      !_ch_certificate_content_add (self, id, version + 1, certificate, is_reading, error) ||
      !_ch_certificate_key_put (self, id, certificate, is_reading, error))
    return FALSE;

  query = _ch_store_query (self, "set-certificate-version");
  _ch_query_bind_integer (query, version + 1);
  _ch_query_bind_integer (query, id);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_CERTIFICATE, id);

  return _ch_policy_identity_assign (self, id, vendor_id, certificate, NULL, error);
}

/**
 * ch_store_correct_certificate:
 * @certificate: what counts from now on
 *
 * What counted before is kept as an earlier version, and a first approval of it counts no more. A certificate that
 * could not be read has no problem any more: it says now what a person says it does.
 */
gboolean
ch_store_correct_certificate (ChStore              *self,
                              gint64                id,
                              const ChCertificate  *certificate,
                              GError              **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (certificate != NULL, FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, add_version (self, id, certificate, FALSE, error), error);
}

static gboolean
reread (ChStore              *self,
        gint64                id,
        const ChCertificate  *certificate,
        guint                 n_pages,
        GError              **error)
{
  g_autoptr(ChQuery) query = NULL;

  if (!add_version (self, id, certificate, TRUE, error))
    return FALSE;

  query = _ch_store_query (self, "set-certificate-pages");
  _ch_query_bind_integer (query, n_pages);
  _ch_query_bind_integer (query, id);

  return _ch_query_run (query, error);
}

/**
 * ch_store_reread_certificate:
 * @certificate: what the program has read now
 * @n_pages: of the document
 *
 * As ch_store_correct_certificate(), but this is what was read: corrections are compared with it.
 */
gboolean
ch_store_reread_certificate (ChStore              *self,
                             gint64                id,
                             const ChCertificate  *certificate,
                             guint                 n_pages,
                             GError              **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (certificate != NULL, FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, reread (self, id, certificate, n_pages, error), error);
}
