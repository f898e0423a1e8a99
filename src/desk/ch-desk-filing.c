#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-review-private.h"
#include "ch-matching.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"

static gboolean
add_certificate_event (ChDesk                    *self,
                       const char                *what,
                       const ChFiledCertificate  *filed,
                       GError                   **error)
{
  g_autofree char *detail = _ch_desk_dup_detail ("file", filed->file_name, "sha256", filed->sha256,
                                                 "matched_by", filed->matched_by,
                                                 "problem", filed->read_problem, NULL);

  return ch_store_add_event (ch_desk_get_store (self), what, 0, filed->vendor_id, filed->uuid, detail, error);
}

/* Finds the sub: the one that was given, or the one that stands out. */
static gboolean
find_sub (ChDesk               *self,
          const ChFiling       *filing,
          const ChCertificate  *certificate,
          gint64               *vendor_id,
          char                **matched_by,
          GError              **error)
{
  g_autoptr(GPtrArray) matches = NULL;
  const ChMatch *certain;

  *vendor_id = filing->vendor_id;
  *matched_by = filing->vendor_id != 0 ? g_strdup (_("given")) : NULL;
  if (filing->vendor_id != 0 || certificate == NULL)
    return TRUE;

  matches = ch_match_certificate (ch_desk_get_store (self), certificate, error);
  if (matches == NULL)
    return FALSE;
  certain = ch_match_get_certain (matches);
  if (certain != NULL)
    {
      *vendor_id = certain->vendor_id;
      *matched_by = g_strdup (certain->reason);
    }

  return TRUE;
}

/* Asked for with the file itself; without a sub or a readable document it stays under review. */
static gboolean
approve (ChDesk              *self,
         ChFiledCertificate  *filed,
         GError             **error)
{
  gboolean is_final;

  if (filed->vendor_id == 0 || filed->read_problem != NULL || filed->review != CH_REVIEW_PENDING ||
      g_strcmp0 (filed->first_approved_by, ch_desk_get_who (self)) == 0)
    return TRUE;
  if (!_ch_desk_approve (self, filed, FALSE, NULL, &is_final, error))
    return FALSE;

  if (is_final)
    filed->review = CH_REVIEW_APPROVED;
  else
    filed->first_approved_by = g_strdup (ch_desk_get_who (self));

  return add_certificate_event (self, is_final ? "certificate.approved" : "certificate.first_approved", filed, error);
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
add_new (ChDesk               *self,
         const ChFiling       *filing,
         guint                 document_index,
         const ChCertificate  *certificate,
         guint                 n_pages,
         const GError         *read_error,
         GError              **error)
{
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  ChStore *store = ch_desk_get_store (self);

  if (!find_sub (self, filing, certificate, &filed->vendor_id, &filed->matched_by, error))
    return NULL;

  filed->sha256 = g_strdup (filing->sha256);
  filed->document_index = document_index;
  filed->n_pages = n_pages;
  filed->file_name = g_strdup (filing->file_name);
  filed->received_at = ch_clock_now (ch_desk_get_clock (self));
  filed->review = CH_REVIEW_PENDING;
  copy_projects (filed, filing->project_ids);
  g_clear_pointer (&filed->certificate, ch_certificate_free);
  filed->certificate = certificate != NULL ? ch_certificate_copy (certificate) : ch_certificate_new ();
  if (certificate == NULL)
    filed->read_problem = g_strdup (read_error != NULL ? read_error->message : _("no certificate was found in it"));

  if (!ch_store_add_certificate (store, filed, error) ||
      !add_certificate_event (self, "certificate.added", filed, error))
    return NULL;

  return g_steal_pointer (&filed);
}

/* The same file again, this time with its sub: what nobody had said yet is said now, nothing else changes. */
static gboolean
complete_known (ChDesk              *self,
                const ChFiling      *filing,
                ChFiledCertificate  *filed,
                GError             **error)
{
  if (filed->vendor_id != 0 || filing->vendor_id == 0)
    return TRUE;

  filed->vendor_id = filing->vendor_id;
  g_free (filed->matched_by);
  filed->matched_by = g_strdup (_("given"));
  copy_projects (filed, filing->project_ids);

  return ch_store_set_certificate_sub (ch_desk_get_store (self), filed->id, filed->vendor_id, filed->matched_by,
                                       error) &&
         (filing->project_ids == NULL ||
          ch_store_set_certificate_projects (ch_desk_get_store (self), filed->id, filing->project_ids, error)) &&
         add_certificate_event (self, "certificate.assigned", filed, error);
}

/* A file that could not be read at first, and can be now (a new version, a helper that had died): what counts is
 * filled in. */
static gboolean
fill_in_reading (ChDesk               *self,
                 ChFiledCertificate   *filed,
                 const ChCertificate  *certificate,
                 guint                 n_pages,
                 GError              **error)
{
  if (certificate == NULL || filed->read_problem == NULL || filed->certificate->policies->len > 0)
    return TRUE;

  if (!ch_store_reread_certificate (ch_desk_get_store (self), filed->id, certificate, n_pages, error))
    return FALSE;
  ch_certificate_free (filed->certificate);
  filed->certificate = ch_certificate_copy (certificate);

  return add_certificate_event (self, "certificate.read", filed, error);
}

static ChFiledCertificate *
file_one (ChDesk               *self,
          const ChFiling       *filing,
          guint                 document_index,
          const ChCertificate  *certificate,
          guint                 n_pages,
          const GError         *read_error,
          GError              **error)
{
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) local_error = NULL;

  filed = ch_store_find_certificate_by_document (ch_desk_get_store (self), filing->sha256, document_index,
                                                 &local_error);
  if (filed == NULL && local_error != NULL &&
      !g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (filed == NULL)
    filed = add_new (self, filing, document_index, certificate, n_pages, read_error, error);
  else if (!fill_in_reading (self, filed, certificate, n_pages, error) || !complete_known (self, filing, filed, error))
    return NULL;
  if (filed == NULL || (filing->approve && !approve (self, filed, error)))
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
      const ChCertificate *certificate = i < n ? g_ptr_array_index (reading->certificates, i) : NULL;
      ChFiledCertificate *filed = file_one (self, filing, i, certificate, reading != NULL ? reading->n_pages : 0, read_error,
                                            error);

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
 * said whose it is, or it awaits review, @filing completes it. Approval needs a sub and a readable document;
 * without them it stays under review.
 *
 * Returns: (transfer full) (element-type ChFiledCertificate): one for each certificate in the document
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
      g_autoptr(ChVendor) vendor = ch_store_get_vendor (ch_desk_get_store (self), filing->vendor_id, NULL);

      if (vendor == NULL)
        {
          g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no sub %" G_GINT64_FORMAT),
                       filing->vendor_id);
          return NULL;
        }
    }

  if (!_ch_desk_begin (self, NULL, &own, error))
    return NULL;
  all = file_all (self, filing, reading, read_error, error);
  if (!_ch_desk_end (self, own, all != NULL, error))
    return NULL;

  return g_steal_pointer (&all);
}
