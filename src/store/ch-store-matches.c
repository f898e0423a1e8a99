#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <string.h>

#include "ch-certificate-key-private.h"
#include "ch-policy-identity-private.h"
#include "ch-store-matches.h"

/* A shorter number is found on anybody's policy. */
#define LEAST_NUMBER_LENGTH 5

enum {
  MATCH_VENDOR_ID,
  MATCH_PROJECT_ID,
  MATCH_SCORE,
  MATCH_REASONS,
};

enum {
  COPY_SHA256,
  COPY_DOCUMENT_INDEX,
  COPY_FILE_NAME,
  COPY_RECEIVED_AT,
};

void
ch_stored_match_free (ChStoredMatch *self)
{
  if (self == NULL)
    return;

  g_free (self->reasons);
  g_free (self);
}

void
ch_certificate_copy_record_free (ChCertificateCopy *self)
{
  if (self == NULL)
    return;

  g_free (self->sha256);
  g_free (self->file_name);
  g_free (self);
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const ChStoredMatch *left = g_ptr_array_index (a, i);
      const ChStoredMatch *right = g_ptr_array_index (b, i);

      if (left->vendor_id != right->vendor_id || left->project_id != right->project_id ||
          left->score != right->score || g_strcmp0 (left->reasons, right->reasons) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_matches (ChStore    *self,
             gint64      certificate_id,
             GPtrArray  *matches,
             GError    **error)
{
  g_autoptr(GPtrArray) before = ch_store_list_certificate_matches (self, certificate_id, error);
  g_autoptr(ChQuery) clear = NULL;

  if (before == NULL)
    return FALSE;
  if (is_same (before, matches))
    return TRUE;

  clear = _ch_store_query (self, "delete-certificate-matches");
  _ch_query_bind_integer (clear, certificate_id);
  if (!_ch_query_run (clear, error))
    return FALSE;

  for (guint i = 0; i < matches->len; i++)
    {
      const ChStoredMatch *match = g_ptr_array_index (matches, i);
      g_autoptr(ChQuery) query = _ch_store_query (self, "add-certificate-match");

      _ch_query_bind_integer (query, certificate_id);
      _ch_query_bind_integer (query, i);
      _ch_query_bind_id (query, match->vendor_id);
      _ch_query_bind_id (query, match->project_id);
      _ch_query_bind_real (query, match->score);
      _ch_query_bind_text (query, match->reasons);
      if (!_ch_query_run (query, error))
        return FALSE;
    }
  _ch_store_note (self, CH_KIND_CERTIFICATE, certificate_id);

  return TRUE;
}

/**
 * ch_store_set_certificate_matches:
 * @matches: (element-type ChStoredMatch): best first
 *
 * Keeps what the certificate may belong to, in place of what was kept before.
 */
gboolean
ch_store_set_certificate_matches (ChStore    *self,
                                  gint64      certificate_id,
                                  GPtrArray  *matches,
                                  GError    **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (matches != NULL, FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, set_matches (self, certificate_id, matches, error), error);
}

/**
 * ch_store_list_certificate_matches:
 *
 * Returns: (transfer full) (element-type ChStoredMatch): best first
 */
GPtrArray *
ch_store_list_certificate_matches (ChStore  *self,
                                   gint64    certificate_id,
                                   GError  **error)
{
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  matches = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_match_free);
  query = _ch_store_query (self, "list-certificate-matches");
  _ch_query_bind_integer (query, certificate_id);
  while (_ch_query_next (query))
    {
      ChStoredMatch *match = g_new0 (ChStoredMatch, 1);

      match->vendor_id = _ch_query_get_integer (query, MATCH_VENDOR_ID);
      match->project_id = _ch_query_get_integer (query, MATCH_PROJECT_ID);
      match->score = _ch_query_get_real (query, MATCH_SCORE);
      match->reasons = _ch_query_dup_text (query, MATCH_REASONS);
      g_ptr_array_add (matches, match);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&matches) : NULL;
}

/* Keys of certificates that an earlier version of the program filed are made at the first chance to write them. */
static gboolean
fill_keys (ChStore  *self,
           GError  **error)
{
  return !ch_store_in_transaction (self) || _ch_certificate_key_fill (self, error);
}

static gboolean
add_ids (ChQuery  *query,
         GArray   *ids,
         GError  **error)
{
  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, 0);
      gboolean is_known = FALSE;

      for (guint i = 0; !is_known && i < ids->len; i++)
        is_known = g_array_index (ids, gint64, i) == id;
      if (!is_known)
        g_array_append_val (ids, id);
    }

  return _ch_query_finish (query, error);
}

/**
 * ch_store_list_vendors_of_insured:
 * @insured_name: (nullable): as a certificate shows it
 *
 * Returns: (transfer full) (element-type gint64): the subs whose approved certificates insure a company of this name
 */
GArray *
ch_store_list_vendors_of_insured (ChStore     *self,
                                  const char  *insured_name,
                                  GError     **error)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(ChQuery) query = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  key = _ch_certificate_dup_insured_key (insured_name);
  if (key[0] == '\0')
    return g_steal_pointer (&ids);
  if (!fill_keys (self, error))
    return NULL;

  query = _ch_store_query (self, "list-vendors-of-insured");
  _ch_query_bind_text (query, key);

  return add_ids (query, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/**
 * ch_store_list_vendors_of_policies:
 *
 * Returns: (transfer full) (element-type gint64): the subs whose approved certificates show a policy of the same
 *   coverage and number as one of @certificate's
 */
GArray *
ch_store_list_vendors_of_policies (ChStore              *self,
                                   const ChCertificate  *certificate,
                                   GError              **error)
{
  g_autoptr(GArray) ids = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (certificate != NULL, NULL);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);
      g_autofree char *number = _ch_policy_dup_number_key (policy->policy_number);
      g_autoptr(ChQuery) query = NULL;

      if (strlen (number) < LEAST_NUMBER_LENGTH || strpbrk (number, "0123456789") == NULL)
        continue;
      query = _ch_store_query (self, "list-vendors-of-policy-number");
      _ch_query_bind_text (query, number);
      _ch_query_bind_text (query, ch_coverage_to_string (policy->coverage));
      if (!add_ids (query, ids, error))
        return NULL;
    }

  return g_steal_pointer (&ids);
}

static GPtrArray *
load_certificates (ChStore  *self,
                   GArray   *ids,
                   GError  **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_filed_certificate_free);

  for (guint i = 0; i < ids->len; i++)
    {
      ChFiledCertificate *filed = ch_store_get_certificate (self, g_array_index (ids, gint64, i), error);

      if (filed == NULL)
        return NULL;
      g_ptr_array_add (all, filed);
    }

  return g_steal_pointer (&all);
}

/**
 * ch_store_list_waiting_of_insured:
 * @insured_name: (nullable): as a certificate shows it
 *
 * Returns: (transfer full) (element-type ChFiledCertificate): those under review that are nobody's and insure a company
 *   of this name
 */
GPtrArray *
ch_store_list_waiting_of_insured (ChStore     *self,
                                  const char  *insured_name,
                                  GError     **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *key = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (ch_store_in_transaction (self), NULL);

  key = _ch_certificate_dup_insured_key (insured_name);
  if (key[0] != '\0')
    {
      if (!fill_keys (self, error))
        return NULL;
      query = _ch_store_query (self, "list-waiting-of-insured");
      _ch_query_bind_text (query, key);
      if (!add_ids (query, ids, error))
        return NULL;
    }

  return load_certificates (self, ids, error);
}

/**
 * ch_store_list_certificates_like:
 * @n_pages: of its document, 0 where that is not known
 *
 * Returns: (transfer full) (element-type ChFiledCertificate): those on file in which the program read the very same,
 *   on as many pages, oldest first; none where @certificate says too little to tell
 */
GPtrArray *
ch_store_list_certificates_like (ChStore              *self,
                                 const ChCertificate  *certificate,
                                 guint                 n_pages,
                                 GError              **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *key = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (ch_store_in_transaction (self), NULL);
  g_return_val_if_fail (certificate != NULL, NULL);

  key = _ch_certificate_dup_content_key (certificate);
  if (key != NULL)
    {
      if (!fill_keys (self, error))
        return NULL;
      query = _ch_store_query (self, "list-certificates-by-content");
      _ch_query_bind_text (query, key);
      _ch_query_bind_integer (query, n_pages);
      if (!add_ids (query, ids, error))
        return NULL;
    }

  return load_certificates (self, ids, error);
}

static gboolean
add_copy (ChStore     *self,
          gint64       certificate_id,
          const char  *sha256,
          guint        document_index,
          const char  *file_name,
          GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  if (!_ch_store_add_document (self, sha256, error))
    return FALSE;

  query = _ch_store_query (self, "add-certificate-copy");
  _ch_query_bind_text (query, sha256);
  _ch_query_bind_integer (query, document_index);
  _ch_query_bind_integer (query, certificate_id);
  _ch_query_bind_text (query, file_name);
  _ch_query_bind_integer (query, self->now);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_CERTIFICATE, certificate_id);

  return TRUE;
}

/**
 * ch_store_add_certificate_copy:
 * @certificate_id: the certificate that is on file
 * @sha256: of a document that ch_store_put_document() has stored
 * @file_name: (nullable): the document's
 *
 * Keeps another document that says the same. From now on ch_store_find_certificate_by_document() finds the
 * certificate by it too.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_EXISTS where this document and index are kept already,
 *   %CH_STORE_ERROR_NOT_FOUND where the document is not on disk
 */
gboolean
ch_store_add_certificate_copy (ChStore     *self,
                               gint64       certificate_id,
                               const char  *sha256,
                               guint        document_index,
                               const char  *file_name,
                               GError     **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, add_copy (self, certificate_id, sha256, document_index, file_name, error), error);
}

/**
 * ch_store_list_certificate_copies:
 *
 * Returns: (transfer full) (element-type ChCertificateCopy): the other documents that say the same, oldest first
 */
GPtrArray *
ch_store_list_certificate_copies (ChStore  *self,
                                  gint64    certificate_id,
                                  GError  **error)
{
  g_autoptr(GPtrArray) copies = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  copies = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_copy_record_free);
  query = _ch_store_query (self, "list-certificate-copies");
  _ch_query_bind_integer (query, certificate_id);
  while (_ch_query_next (query))
    {
      ChCertificateCopy *copy = g_new0 (ChCertificateCopy, 1);

      copy->sha256 = _ch_query_dup_text (query, COPY_SHA256);
      copy->document_index = (guint) _ch_query_get_integer (query, COPY_DOCUMENT_INDEX);
      copy->file_name = _ch_query_dup_text (query, COPY_FILE_NAME);
      copy->received_at = _ch_query_get_integer (query, COPY_RECEIVED_AT);
      g_ptr_array_add (copies, copy);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&copies) : NULL;
}
