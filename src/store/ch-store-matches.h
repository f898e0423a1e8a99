#pragma once

#include "ch-store-certificates.h"

G_BEGIN_DECLS

/**
 * ChStoredMatch:
 * @vendor_id: a sub that the certificate may belong to, or 0
 * @project_id: a project that it may be for, or 0
 * @score: 0 to 1
 * @reasons: stable words with commas between
 *
 * A proposal, as it was when the certificate was last compared with the directory.
 */
typedef struct {
  gint64  vendor_id;
  gint64  project_id;
  double  score;
  char   *reasons;
} ChStoredMatch;

void       ch_stored_match_free (ChStoredMatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChStoredMatch, ch_stored_match_free)

/* (element-type ChStoredMatch), best first; replaces those before */
gboolean   ch_store_set_certificate_matches  (ChStore *self, gint64 certificate_id, GPtrArray *matches, GError **error);
GPtrArray *ch_store_list_certificate_matches (ChStore *self, gint64 certificate_id, GError **error);

/* What approved certificates tell of whose a new one may be. (element-type gint64): vendor ids */
GArray    *ch_store_list_vendors_of_insured  (ChStore *self, const char *insured_name, GError **error);
GArray    *ch_store_list_vendors_of_policies (ChStore *self, const ChCertificate *certificate, GError **error);

/* (element-type ChFiledCertificate): under review and nobody's, with this insured. Needs a transaction. */
GPtrArray *ch_store_list_waiting_of_insured  (ChStore *self, const char *insured_name, GError **error);

/**
 * ChCertificateCopy:
 *
 * Another document that says the same as a certificate on file.
 */
typedef struct {
  char   *sha256;
  guint   document_index;
  char   *file_name;
  gint64  received_at;
} ChCertificateCopy;

void       ch_certificate_copy_record_free   (ChCertificateCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCertificateCopy, ch_certificate_copy_record_free)

/* (element-type ChFiledCertificate), oldest first: those that say the same, whatever their bytes. Needs a transaction. */
GPtrArray *ch_store_list_certificates_like   (ChStore *self, const ChCertificate *certificate, guint n_pages, GError **error);
gboolean   ch_store_add_certificate_copy     (ChStore *self, gint64 certificate_id, const char *sha256, guint document_index, const char *file_name, GError **error);
/* (element-type ChCertificateCopy), oldest first */
GPtrArray *ch_store_list_certificate_copies  (ChStore *self, gint64 certificate_id, GError **error);

G_END_DECLS
