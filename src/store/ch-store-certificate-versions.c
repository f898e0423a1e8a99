#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-certificate-content-private.h"
#include "ch-store-certificates.h"

/* What was read and what people made of it: every version of a certificate is kept. */

enum {
  MAKER_ID,
  MAKER_VERSION,
  MAKER_IS_READING,
  MAKER_MADE_BY,
  MAKER_MADE_AT,
};

/* (element-type gint64 ChCertificate): by the ids of the versions that the statement selects */
static GHashTable *
load_selected (ChStore     *self,
               const char  *select,
               gint64       id,
               GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_select (self, select);

  _ch_query_bind_integer (query, id);

  return _ch_query_run (query, error) ? _ch_certificate_content_load (self, TRUE, error) : NULL;
}

static ChCertificate *
load_as_read (ChStore  *self,
              gint64    id,
              GError  **error)
{
  g_autoptr(GHashTable) contents = load_selected (self, "select-version-as-read", id, error);
  GHashTableIter iter;
  gpointer key, content;

  if (contents == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, contents);
  if (!g_hash_table_iter_next (&iter, &key, &content))
    {
      _ch_store_set_not_found (error, _("certificate"), id);
      return NULL;
    }
  g_hash_table_iter_steal (&iter);
  g_free (key);

  return content;
}

/**
 * ch_store_get_certificate_as_read:
 *
 * Returns: (transfer full): what was read from the document, whatever has been corrected since; %NULL with
 *   %CH_STORE_ERROR_NOT_FOUND
 */
ChCertificate *
ch_store_get_certificate_as_read (ChStore  *self,
                                  gint64    id,
                                  GError  **error)
{
  ChCertificate *certificate;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  certificate = load_as_read (self, id, error);
  _ch_store_end_read (self);

  return certificate;
}

static GPtrArray *
load_versions (ChStore  *self,
               gint64    id,
               GError  **error)
{
  g_autoptr(GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_version_free);
  g_autoptr(GHashTable) contents = load_selected (self, "select-versions-of-certificate", id, error);
  g_autoptr(ChQuery) query = NULL;

  if (contents == NULL)
    return NULL;

  query = _ch_store_query (self, "list-selected-version-makers");
  while (_ch_query_next (query))
    {
      gint64 version_id = _ch_query_get_integer (query, MAKER_ID);
      ChCertificateVersion *version = g_new0 (ChCertificateVersion, 1);
      gpointer key = NULL, content = NULL;

      version->version = (int) _ch_query_get_integer (query, MAKER_VERSION);
      version->is_reading = version->version == 1 || _ch_query_get_boolean (query, MAKER_IS_READING);
      version->made_by = _ch_query_dup_text (query, MAKER_MADE_BY);
      version->made_at = _ch_query_get_integer (query, MAKER_MADE_AT);
      g_hash_table_steal_extended (contents, &version_id, &key, &content);
      g_free (key);
      version->certificate = content != NULL ? content : ch_certificate_new ();
      g_ptr_array_add (versions, version);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&versions) : NULL;
}

/**
 * ch_store_list_certificate_versions:
 *
 * Returns: (transfer full) (element-type ChCertificateVersion): all that the certificate has ever said, oldest first;
 *   empty where there is no such certificate
 */
GPtrArray *
ch_store_list_certificate_versions (ChStore  *self,
                                    gint64    id,
                                    GError  **error)
{
  GPtrArray *versions;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  if (!_ch_store_begin_read (self, error))
    return NULL;
  versions = load_versions (self, id, error);
  _ch_store_end_read (self);

  return versions;
}

/**
 * ch_store_list_certificate_correctors:
 *
 * Returns: (transfer full) (element-type utf8): everybody who has typed something into the certificate
 */
GPtrArray *
ch_store_list_certificate_correctors (ChStore  *self,
                                      gint64    id,
                                      GError  **error)
{
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  names = g_ptr_array_new_with_free_func (g_free);
  query = _ch_store_query (self, "list-correctors-of-certificate");
  _ch_query_bind_integer (query, id);
  while (_ch_query_next (query))
    g_ptr_array_add (names, _ch_query_dup_text (query, 0));

  return _ch_query_finish (query, error) ? g_steal_pointer (&names) : NULL;
}
