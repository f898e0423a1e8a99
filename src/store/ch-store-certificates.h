#pragma once

#include "ch-certificate.h"
#include "ch-store.h"

G_BEGIN_DECLS

typedef enum {
  CH_REVIEW_PENDING,
  CH_REVIEW_APPROVED,
  CH_REVIEW_REJECTED,
} ChReviewState;

const char *ch_review_state_to_string (ChReviewState state);

/**
 * ChDuplicate:
 * @CH_DUPLICATE_DOCUMENT: the very same file was on file already
 * @CH_DUPLICATE_CONTENT: another file that says the same was; this one is kept as a copy
 */
typedef enum {
  CH_DUPLICATE_NONE,
  CH_DUPLICATE_DOCUMENT,
  CH_DUPLICATE_CONTENT,
} ChDuplicate;

/* (nullable): the stable word, as in JSON; NULL for none */
const char *ch_duplicate_to_string (ChDuplicate duplicate);

/**
 * ChFiledCertificate:
 * @id: the row, for other tables; people and programs see @uuid
 * @sha256: the document; several certificates may come from one document (@document_index tells them apart)
 * @vendor_id: the sub it belongs to, 0 while nobody has said
 * @matched_by: (nullable): how the sub was found: `given`, `legal name`, `trade name`, … as a phrase for the UI
 * @project_ids: (element-type gint64): empty means every project that the sub works on
 * @read_problem: (nullable): why nothing could be read; @certificate is then empty
 * @certificate: as it counts now: as read, with a person's corrections
 * @version: of what counts now; 1 is what was read
 * @pending_since: Unix microseconds since when it waits for a decision, 0 once there is one
 * @first_approved_by: (nullable): who approved what counts now where a second person is asked for
 * @n_pages: of the document, 0 where that is not known
 * @duplicate: what filing it just now found; not kept
 * @policy_uuids: (element-type utf8): one for each policy, made once and kept for life (Procore's origin_id uses it).
 *   The same policy (coverage, number, effective date) of the same sub on a newer certificate carries the same uuid.
 */
typedef struct {
  gint64         id;
  char          *uuid;
  char          *sha256;
  guint          document_index;
  char          *file_name;
  gint64         vendor_id;
  char          *matched_by;
  GArray        *project_ids;
  ChReviewState  review;
  char          *review_why;
  char          *reviewed_by;
  gint64         reviewed_at;
  gint64         received_at;
  char          *read_problem;
  int            version;
  gint64         pending_since;
  char          *first_approved_by;
  gint64         first_approved_at;
  guint          n_pages;
  ChDuplicate    duplicate;
  ChCertificate *certificate;
  GPtrArray     *policy_uuids;
} ChFiledCertificate;

ChFiledCertificate *ch_filed_certificate_new  (void);
void                ch_filed_certificate_free (ChFiledCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFiledCertificate, ch_filed_certificate_free)

/**
 * ChCertificateVersion:
 * @is_reading: the program read it from the document; else a person typed it
 * @made_by: (nullable): who; %NULL where that was not recorded
 * @made_at: Unix microseconds, 0 where that was not recorded
 *
 * What a certificate said at one time.
 */
typedef struct {
  int            version;
  gboolean       is_reading;
  char          *made_by;
  gint64         made_at;
  ChCertificate *certificate;
} ChCertificateVersion;

void                ch_certificate_version_free (ChCertificateVersion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCertificateVersion, ch_certificate_version_free)

/* Fills in id and uuid, and policy_uuids. CH_STORE_ERROR_EXISTS where this document and index are on file already. */
gboolean            ch_store_add_certificate        (ChStore *self, ChFiledCertificate *filed, GError **error);
gboolean            ch_store_set_certificate_sub    (ChStore *self, gint64 id, gint64 vendor_id, const char *matched_by, GError **error);
gboolean            ch_store_set_certificate_projects (ChStore *self, gint64 id, GArray *project_ids, GError **error);
gboolean            ch_store_set_certificate_review (ChStore *self, gint64 id, ChReviewState review, const char *why, GError **error);
/* The decision of a rule of the program, not of the person who acts. */
gboolean            ch_store_approve_certificate_by_rule (ChStore *self, gint64 id, const char *rule, GError **error);
/* One person has approved it, and a second one is to. A correction, rejection or re-opening takes that back. */
gboolean            ch_store_set_certificate_first_approval (ChStore *self, gint64 id, GError **error);
/* Replaces what counts; what was read first stays beside it (ch_store_get_certificate_as_read). */
gboolean            ch_store_correct_certificate    (ChStore *self, gint64 id, const ChCertificate *certificate, GError **error);
/* The same, with what the program has read from the document since. */
gboolean            ch_store_reread_certificate     (ChStore *self, gint64 id, const ChCertificate *certificate, guint n_pages, GError **error);

ChFiledCertificate *ch_store_get_certificate        (ChStore *self, gint64 id, GError **error);
ChFiledCertificate *ch_store_find_certificate       (ChStore *self, const char *uuid, GError **error);
ChFiledCertificate *ch_store_find_certificate_by_document (ChStore *self, const char *sha256, guint document_index, GError **error);
ChCertificate      *ch_store_get_certificate_as_read (ChStore *self, gint64 id, GError **error);
/* (element-type ChCertificateVersion), oldest first */
GPtrArray          *ch_store_list_certificate_versions (ChStore *self, gint64 id, GError **error);
/* where a value of what counts now was read; page is 0 where it was not read from one. box has four places */
gboolean            ch_store_find_certificate_field (ChStore *self, gint64 id, const char *path, int *page, double *box, GError **error);
/* (element-type utf8): who has typed something into it */
GPtrArray          *ch_store_list_certificate_correctors (ChStore *self, gint64 id, GError **error);
/* (element-type ChFiledCertificate), oldest received first. vendor_id 0: all, -1: those without a sub. Without
 * @with_fields the boxes and confidences are left out. */
GPtrArray          *ch_store_list_certificates      (ChStore *self, gint64 vendor_id, gboolean with_fields, GError **error);

G_END_DECLS
