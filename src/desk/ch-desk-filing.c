#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-review-private.h"
#include "ch-matching-private.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"
#include "ch-store-matches.h"

/*
 *   the document is …                                        what happens
 *   new                                                      filed and compared with the directory
 *   new, but a certificate on file says the same             kept as a copy of that one
 *   on file, and could not be read then, but can be now      what was read is filled in
 *   on file, and nobody's, and now comes with its sub        it is that sub's
 *   on file                                                  nothing
 *
 * In each case it is approved where that was asked for, it has a sub and can be read, and nobody has decided.
 */

/* One certificate of a document that is being filed. certificate: (nullable) */
typedef struct {
  ChDesk              *desk;
  const ChFiling      *filing;
  guint                index;
  const ChCertificate *certificate;
  guint                n_pages;
  const GError        *read_error;
} Paper;

static gboolean
add_event (const Paper               *paper,
           const char                *what,
           const ChFiledCertificate  *filed,
           GError                   **error)
{
  g_autofree char *detail = _ch_desk_dup_detail ("file", paper->filing->file_name, "sha256", paper->filing->sha256,
                                                 "matched_by", filed->matched_by,
                                                 "problem", filed->read_problem,
                                                 "source", paper->filing->source, NULL);

  return ch_store_add_event (ch_desk_get_store (paper->desk), what, 0, filed->vendor_id, filed->uuid, detail, error);
}

/* Asked for with the file itself; without a sub or a readable document it stays under review. */
static gboolean
approve (const Paper         *paper,
         ChFiledCertificate  *filed,
         GError             **error)
{
  const char *who = ch_desk_get_who (paper->desk);
  gboolean is_final;

  if (filed->vendor_id == 0 || filed->read_problem != NULL || filed->review != CH_REVIEW_PENDING ||
      g_strcmp0 (filed->first_approved_by, who) == 0)
    return TRUE;
  if (!_ch_desk_approve (paper->desk, filed, FALSE, NULL, &is_final, error))
    return FALSE;

  if (is_final)
    filed->review = CH_REVIEW_APPROVED;
  else
    filed->first_approved_by = g_strdup (who);

  return add_event (paper, is_final ? "certificate.approved" : "certificate.first_approved", filed, error);
}

static void
copy_projects (ChFiledCertificate *filed,
               GArray             *project_ids)
{
  if (project_ids == NULL)
    return;

  g_clear_pointer (&filed->project_ids, g_array_unref);
  filed->project_ids = g_array_copy (project_ids);
}

static ChFiledCertificate *
make_filed (const Paper *paper)
{
  ChFiledCertificate *filed = ch_filed_certificate_new ();

  filed->vendor_id = paper->filing->vendor_id;
  filed->matched_by = filed->vendor_id != 0 ? g_strdup (_("given")) : NULL;
  filed->sha256 = g_strdup (paper->filing->sha256);
  filed->document_index = paper->index;
  filed->n_pages = paper->n_pages;
  filed->file_name = g_strdup (paper->filing->file_name);
  filed->received_at = ch_clock_now (ch_desk_get_clock (paper->desk));
  filed->review = CH_REVIEW_PENDING;
  copy_projects (filed, paper->filing->project_ids);
  if (paper->certificate != NULL)
    {
      ch_certificate_free (filed->certificate);
      filed->certificate = ch_certificate_copy (paper->certificate);
    }
  else
    {
      filed->read_problem = g_strdup (paper->read_error != NULL ? paper->read_error->message
                                                                : _("no certificate was found in it"));
    }

  return filed;
}

/* The one that stands out becomes its sub, where nobody has said whose it is. */
static void
take_match (ChFiledCertificate *filed,
            const ChMatch      *certain)
{
  if (filed->vendor_id != 0 || certain == NULL)
    return;

  filed->vendor_id = certain->vendor_id;
  filed->matched_by = g_strdup (certain->reason);
}

static gboolean
add_added_event (const Paper               *paper,
                 const ChFiledCertificate  *filed,
                 const ChMatch             *certain,
                 GError                   **error)
{
  g_autofree char *detail = NULL;

  if (certain == NULL || certain->vendor_id != filed->vendor_id || paper->filing->vendor_id != 0)
    return add_event (paper, "certificate.added", filed, error);

  detail = _ch_match_dup_detail (certain, paper->filing->file_name, paper->filing->source);

  return ch_store_add_event (ch_desk_get_store (paper->desk), "certificate.added", 0, filed->vendor_id, filed->uuid,
                             detail, error);
}

static ChFiledCertificate *
add_new (const Paper  *paper,
         GError      **error)
{
  g_autoptr(ChFiledCertificate) filed = make_filed (paper);
  g_autoptr(GPtrArray) proposals = NULL;
  g_autoptr(ChMatch) certain = NULL;
  ChStore *store = ch_desk_get_store (paper->desk);
  double score = 1;
  gboolean is_approved;

  if (paper->certificate != NULL &&
      !_ch_desk_match (paper->desk, paper->certificate, filed->vendor_id, &proposals, &certain, error))
    return NULL;
  if (filed->vendor_id == 0 && certain != NULL)
    score = certain->score;
  take_match (filed, certain);

  if (!ch_store_add_certificate (store, filed, error) ||
      (proposals != NULL && !ch_store_set_certificate_matches (store, filed->id, proposals, error)) ||
      !add_added_event (paper, filed, certain, error) ||
      (!paper->filing->approve && !_ch_desk_approve_if_certain (paper->desk, filed, score, &is_approved, error)))
    return NULL;

  return g_steal_pointer (&filed);
}

/* The same file again, this time with its sub: what nobody had said yet is said now, nothing else changes. */
static gboolean
complete_known (const Paper         *paper,
                ChFiledCertificate  *filed,
                GError             **error)
{
  ChStore *store = ch_desk_get_store (paper->desk);

  if (filed->vendor_id != 0 || paper->filing->vendor_id == 0)
    return TRUE;

  filed->vendor_id = paper->filing->vendor_id;
  g_free (filed->matched_by);
  filed->matched_by = g_strdup (_("given"));
  copy_projects (filed, paper->filing->project_ids);

  return ch_store_set_certificate_sub (store, filed->id, filed->vendor_id, filed->matched_by, error) &&
         (paper->filing->project_ids == NULL ||
          ch_store_set_certificate_projects (store, filed->id, paper->filing->project_ids, error)) &&
         add_event (paper, "certificate.assigned", filed, error);
}

/* A file that could not be read at first, and can be now (a new version, a helper that had died): what counts is
 * filled in, and it is compared with the directory. */
static gboolean
fill_in_reading (const Paper         *paper,
                 ChFiledCertificate  *filed,
                 GError             **error)
{
  ChStore *store = ch_desk_get_store (paper->desk);
  g_autoptr(GPtrArray) proposals = NULL;
  g_autoptr(ChMatch) certain = NULL;

  if (paper->certificate == NULL || filed->read_problem == NULL || filed->certificate->policies->len > 0)
    return TRUE;

  g_clear_pointer (&filed->read_problem, g_free);
  if (!ch_store_reread_certificate (store, filed->id, paper->certificate, paper->n_pages, error) ||
      !_ch_desk_match (paper->desk, paper->certificate, filed->vendor_id, &proposals, &certain, error) ||
      !ch_store_set_certificate_matches (store, filed->id, proposals, error))
    return FALSE;
  ch_certificate_free (filed->certificate);
  filed->certificate = ch_certificate_copy (paper->certificate);

  if (filed->vendor_id == 0 && paper->filing->vendor_id == 0 && certain != NULL)
    {
      take_match (filed, certain);
      if (!ch_store_set_certificate_sub (store, filed->id, filed->vendor_id, filed->matched_by, error))
        return FALSE;
    }

  return add_event (paper, "certificate.read", filed, error);
}

/* (nullable), without an error: another file that says the same; never one of another sub than was given */
static ChFiledCertificate *
find_same_content (const Paper  *paper,
                   GError      **error)
{
  g_autoptr(GPtrArray) all = NULL;

  if (paper->certificate == NULL)
    return NULL;
  all = ch_store_list_certificates_like (ch_desk_get_store (paper->desk), paper->certificate, paper->n_pages, error);
  if (all == NULL)
    return NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (all, i);

      if (paper->filing->vendor_id == 0 || filed->vendor_id == 0 || filed->vendor_id == paper->filing->vendor_id)
        return g_ptr_array_steal_index (all, i);
    }

  return NULL;
}

static gboolean
keep_copy (const Paper         *paper,
           ChFiledCertificate  *filed,
           GError             **error)
{
  filed->duplicate = CH_DUPLICATE_CONTENT;

  return ch_store_add_certificate_copy (ch_desk_get_store (paper->desk), filed->id, paper->filing->sha256, paper->index,
                                        paper->filing->file_name, error) &&
         add_event (paper, "certificate.duplicate", filed, error);
}

/* FALSE with an error; *filed is NULL where it is not on file */
static gboolean
find_on_file (const Paper         *paper,
              ChFiledCertificate **filed,
              GError             **error)
{
  g_autoptr(GError) local_error = NULL;

  *filed = ch_store_find_certificate_by_document (ch_desk_get_store (paper->desk), paper->filing->sha256, paper->index,
                                                  &local_error);
  if (*filed != NULL)
    (*filed)->duplicate = CH_DUPLICATE_DOCUMENT;
  else if (!g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static ChFiledCertificate *
file_one (const Paper  *paper,
          GError      **error)
{
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!find_on_file (paper, &filed, error))
    return NULL;
  if (filed == NULL)
    {
      filed = find_same_content (paper, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (filed != NULL && !keep_copy (paper, filed, error))
        return NULL;
    }

  if (filed == NULL)
    filed = add_new (paper, error);
  else if (!fill_in_reading (paper, filed, error) || !complete_known (paper, filed, error))
    return NULL;
  if (filed == NULL || (paper->filing->approve && !approve (paper, filed, error)))
    return NULL;

  return g_steal_pointer (&filed);
}

static gboolean
judge_subs_of (ChDesk     *self,
               GPtrArray  *all,
               GError    **error)
{
  g_autoptr(ChDeskView) view = _ch_desk_view_new (self, error);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (view == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      ChFiledCertificate *filed = g_ptr_array_index (all, i);

      if (filed->vendor_id == 0 || !g_hash_table_add (seen, &filed->vendor_id))
        continue;
      if (!_ch_desk_judge_in_view (view, 0, filed->vendor_id, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
file_all (ChDesk           *self,
          const ChFiling   *filing,
          const ChReading  *reading,
          const GError     *read_error,
          GError          **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_filed_certificate_free);
  guint n = reading != NULL && reading->certificates != NULL ? reading->certificates->len : 0;

  for (guint i = 0; i < MAX (n, 1); i++)
    {
      const Paper paper = {
        self, filing, i, i < n ? g_ptr_array_index (reading->certificates, i) : NULL,
        reading != NULL ? reading->n_pages : 0, read_error,
      };
      ChFiledCertificate *filed = file_one (&paper, error);

      if (filed == NULL)
        return NULL;
      g_ptr_array_add (all, filed);
    }
  if (!judge_subs_of (self, all, error))
    return NULL;

  return g_steal_pointer (&all);
}

/**
 * ch_desk_file_document:
 * @filing: whose it is and what to do with it
 * @reading: (nullable): what was read
 * @read_error: (nullable): why nothing could be read; the document is filed all the same, for a person
 *
 * Files the certificates of one document. A document that is on file already is not filed again; where nobody had
 * said whose it is, or it awaits review, @filing completes it. One that says the same as a certificate on file is kept
 * as a copy of it. Approval needs a sub and a readable document; without them it stays under review.
 *
 * Returns: (transfer full) (element-type ChFiledCertificate): one for each certificate in the document; their
 *   `duplicate` says which were on file already
 */
GPtrArray *
ch_desk_file_document (ChDesk           *self,
                       const ChFiling   *filing,
                       const ChReading  *reading,
                       const GError     *read_error,
                       GError          **error)
{
  g_autoptr(GPtrArray) all = NULL;
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);
  g_return_val_if_fail (filing != NULL, NULL);

  if (filing->sha256 == NULL || filing->sha256[0] == '\0')
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, "the document is not in the store");
      return NULL;
    }
  if (filing->vendor_id != 0)
    {
      g_autoptr(ChVendor) vendor = _ch_desk_get_vendor (self, filing->vendor_id, error);

      if (vendor == NULL)
        return NULL;
    }

  if (!_ch_desk_begin (self, NULL, &own, error))
    return NULL;
  all = file_all (self, filing, reading, read_error, error);
  if (!_ch_desk_end (self, own, all != NULL, error))
    return NULL;

  return g_steal_pointer (&all);
}
