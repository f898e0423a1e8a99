#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-certificate-key-private.h"
#include "ch-party-name.h"
#include "ch-policy-identity-private.h"
#include "ch-store-certificates.h"

/*
 * The same certificate comes by mail, again from the broker's portal, and once more printed to another PDF: other
 * bytes, the same content. The content key is a digest of everything that a judge or a reviewer could see in it, with
 * what a printer driver changes (case, blanks) taken out. Where it was read, and how surely, is no content.
 */

static void
add_text (GChecksum  *checksum,
          const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (composed, -1);
  gboolean space = FALSE;
  gboolean any = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        {
          space = any;
          continue;
        }
      if (space)
        g_checksum_update (checksum, (const guchar *) " ", 1);
      g_checksum_update (checksum, (const guchar *) p, g_utf8_next_char (p) - p);
      space = FALSE;
      any = TRUE;
    }
  /* an end that no text contains, so that two texts can't pass for one */
  g_checksum_update (checksum, (const guchar *) "\n", 1);
}

static void
add_number (GChecksum *checksum,
            gint64     number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  add_text (checksum, text);
}

static void
add_policy (GChecksum      *checksum,
            const ChPolicy *policy)
{
  g_autofree char *number = _ch_policy_dup_number_key (policy->policy_number);

  add_text (checksum, ch_coverage_to_string (policy->coverage));
  add_text (checksum, policy->coverage_text);
  add_text (checksum, policy->insurer);
  add_text (checksum, number);
  add_number (checksum, policy->effective);
  add_number (checksum, policy->expiration);
  add_number (checksum, policy->additional_insured);
  add_number (checksum, policy->waiver_of_subrogation);
  add_number (checksum, policy->basis);
  add_number (checksum, policy->aggregate_per);
  add_number (checksum, policy->kind);
  add_number (checksum, policy->autos);
  add_number (checksum, policy->statutory);
  add_number (checksum, policy->owner_excluded);
  add_number (checksum, policy->retroactive_date);
  add_text (checksum, policy->tail);
  for (guint i = 0; i < CH_N_LIMITS; i++)
    add_number (checksum, policy->limits[i]);
}

/* Two pages of which next to nothing could be read look alike and are not. */
static gboolean
says_enough (const ChCertificate *certificate)
{
  if (certificate->insured_name == NULL || certificate->insured_name[0] == '\0')
    return FALSE;

  for (guint i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      if (policy->policy_number != NULL && policy->policy_number[0] != '\0' && policy->expiration != CH_DATE_NONE)
        return TRUE;
    }

  return FALSE;
}

char *
_ch_certificate_dup_content_key (const ChCertificate *certificate)
{
  g_autoptr(GChecksum) checksum = NULL;

  if (!says_enough (certificate))
    return NULL;

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  add_text (checksum, certificate->form);
  add_number (checksum, certificate->date);
  add_text (checksum, certificate->producer_name);
  add_text (checksum, certificate->insured_name);
  add_text (checksum, certificate->insured_address);
  add_text (checksum, certificate->description_of_operations);
  add_text (checksum, certificate->certificate_number);
  add_text (checksum, certificate->revision_number);
  add_text (checksum, certificate->holder_name);
  add_text (checksum, certificate->holder_address);
  add_number (checksum, certificate->insurers->len);
  for (guint i = 0; i < certificate->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (certificate->insurers, i);

      add_text (checksum, insurer->letter);
      add_text (checksum, insurer->name);
      add_text (checksum, insurer->naic);
    }
  add_number (checksum, certificate->policies->len);
  for (guint i = 0; i < certificate->policies->len; i++)
    add_policy (checksum, g_ptr_array_index (certificate->policies, i));
  for (guint i = 0; i < certificate->endorsements->len; i++)
    add_text (checksum, g_ptr_array_index (certificate->endorsements, i));

  return g_strdup (g_checksum_get_string (checksum));
}

char *
_ch_certificate_dup_insured_key (const char *insured_name)
{
  return ch_party_name_normalise (insured_name);
}

gboolean
_ch_certificate_key_put (ChStore              *store,
                         gint64                certificate_id,
                         const ChCertificate  *certificate,
                         gboolean              is_reading,
                         GError              **error)
{
  g_autofree char *insured = _ch_certificate_dup_insured_key (certificate->insured_name);
  g_autoptr(ChQuery) query = NULL;

  query = _ch_store_query (store, is_reading ? "put-certificate-key" : "put-certificate-insured-key");
  _ch_query_bind_integer (query, certificate_id);
  _ch_query_bind_text (query, insured);
  if (is_reading)
    {
      g_autofree char *content = _ch_certificate_dup_content_key (certificate);

      _ch_query_bind_text (query, content);
    }

  return _ch_query_run (query, error);
}

static gboolean
fill_one (ChStore  *store,
          gint64    certificate_id,
          GError  **error)
{
  g_autoptr(ChFiledCertificate) filed = ch_store_get_certificate (store, certificate_id, error);
  g_autoptr(ChCertificate) as_read = NULL;

  if (filed == NULL)
    return FALSE;
  as_read = ch_store_get_certificate_as_read (store, certificate_id, error);

  if (as_read == NULL || !_ch_certificate_key_put (store, certificate_id, as_read, TRUE, error) ||
      !_ch_certificate_key_put (store, certificate_id, filed->certificate, FALSE, error))
    return FALSE;
  _ch_store_note (store, CH_KIND_CERTIFICATE, certificate_id);

  return TRUE;
}

gboolean
_ch_certificate_key_fill (ChStore  *store,
                          GError  **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(ChQuery) query = NULL;

  if (store->has_all_keys)
    return TRUE;

  query = _ch_store_query (store, "list-certificates-without-key");
  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, 0);

      g_array_append_val (ids, id);
    }
  if (!_ch_query_finish (query, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      if (!fill_one (store, g_array_index (ids, gint64, i), error))
        return FALSE;
    }
  /* Undone with the act, it is done again: one more look finds none missing where the act held. */
  store->has_all_keys = ids->len == 0;

  return TRUE;
}
