#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-review-private.h"
#include "ch-matching-private.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"
#include "ch-store-matches.h"

/**
 * ch_match_certificate:
 *
 * Weighs every sub of the directory against the certificate's insured, its address, its e-mail, the policies and names
 * of earlier certificates, and the projects that it names.
 *
 * Returns: (transfer full) (element-type ChMatch): best first, at most ten; empty where nobody is like it
 */
GPtrArray *
ch_match_certificate (ChStore              *store,
                      const ChCertificate  *certificate,
                      GError              **error)
{
  g_autoptr(ChMatcher) matcher = NULL;
  g_autoptr(GPtrArray) named = NULL;

  g_return_val_if_fail (CH_IS_STORE (store), NULL);
  g_return_val_if_fail (certificate != NULL, NULL);

  matcher = _ch_matcher_new (store);
  named = _ch_matcher_list_named_projects (matcher, certificate, error);

  return named != NULL ? _ch_matcher_match (matcher, certificate, named, error) : NULL;
}

/**
 * ch_match_projects:
 * @vendor_id: the sub that it belongs to, or 0 where that is not known
 *
 * A certificate that names a project may still be for all of the sub's: only a person can tell, so this proposes.
 *
 * Returns: (transfer full) (element-type ChMatch): the active projects that its description of operations names, best
 *   first, those on which the sub works before others
 */
GPtrArray *
ch_match_projects (ChStore              *store,
                   const ChCertificate  *certificate,
                   gint64                vendor_id,
                   GError              **error)
{
  g_autoptr(ChMatcher) matcher = NULL;
  g_autoptr(GPtrArray) named = NULL;

  g_return_val_if_fail (CH_IS_STORE (store), NULL);
  g_return_val_if_fail (certificate != NULL, NULL);

  matcher = _ch_matcher_new (store);
  named = _ch_matcher_list_named_projects (matcher, certificate, error);
  if (named == NULL || !_ch_matcher_weigh_projects (matcher, named, vendor_id, error))
    return NULL;

  return g_steal_pointer (&named);
}

static char *
dup_name (ChStore             *store,
          const ChStoredMatch *stored)
{
  if (stored->vendor_id != 0)
    {
      g_autoptr(ChVendor) vendor = ch_store_get_vendor (store, stored->vendor_id, NULL);

      return g_strdup (vendor != NULL ? vendor->name : "");
    }
  else
    {
      g_autoptr(ChProject) project = ch_store_get_project (store, stored->project_id, NULL);

      return g_strdup (project != NULL ? project->name : "");
    }
}

/**
 * ch_match_list_kept:
 *
 * Returns: (transfer full) (element-type ChMatch): what the certificate was found to be like when it was filed, or last
 *   compared: subs, then projects, each best first
 */
GPtrArray *
ch_match_list_kept (ChStore  *store,
                    gint64    certificate_id,
                    GError  **error)
{
  g_autoptr(GPtrArray) kept = ch_store_list_certificate_matches (store, certificate_id, error);
  g_autoptr(GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_match_free);

  if (kept == NULL)
    return NULL;

  for (guint i = 0; i < kept->len; i++)
    {
      const ChStoredMatch *stored = g_ptr_array_index (kept, i);
      ChMatch *match = g_new0 (ChMatch, 1);

      match->vendor_id = stored->vendor_id;
      match->project_id = stored->project_id;
      match->vendor_name = dup_name (store, stored);
      match->score = stored->score;
      match->reasons = ch_match_reasons_from_string (stored->reasons);
      match->reason = ch_match_reasons_dup_phrase (match->reasons);
      g_ptr_array_add (matches, match);
    }

  return g_steal_pointer (&matches);
}

static void
add_stored (GPtrArray *stored,
            GPtrArray *matches)
{
  for (guint i = 0; i < matches->len; i++)
    {
      const ChMatch *match = g_ptr_array_index (matches, i);
      ChStoredMatch *one = g_new0 (ChStoredMatch, 1);

      one->vendor_id = match->vendor_id;
      one->project_id = match->project_id;
      one->score = match->score;
      one->reasons = ch_match_reasons_to_string (match->reasons);
      g_ptr_array_add (stored, one);
    }
}

gboolean
_ch_desk_match (ChDesk               *self,
                const ChCertificate  *certificate,
                gint64                vendor_id,
                GPtrArray           **proposals,
                ChMatch             **certain,
                GError              **error)
{
  ChMatcher *matcher = _ch_desk_get_matcher (self);
  g_autoptr(GPtrArray) named = _ch_matcher_list_named_projects (matcher, certificate, error);
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GPtrArray) stored = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_stored_match_free);
  gboolean has_certain;

  if (named == NULL)
    return FALSE;
  matches = _ch_matcher_match (matcher, certificate, named, error);
  if (matches == NULL)
    return FALSE;

  has_certain = ch_match_get_certain (matches) != NULL;
  if (vendor_id == 0 && has_certain)
    vendor_id = ch_match_get_certain (matches)->vendor_id;
  if (!_ch_matcher_weigh_projects (matcher, named, vendor_id, error))
    return FALSE;

  add_stored (stored, matches);
  add_stored (stored, named);
  *proposals = g_steal_pointer (&stored);
  *certain = has_certain ? g_ptr_array_steal_index (matches, 0) : NULL;

  return TRUE;
}

char *
_ch_match_dup_detail (const ChMatch *match,
                      const char    *file_name,
                      const char    *source)
{
  g_autofree char *reasons = ch_match_reasons_to_string (match->reasons);
  char score[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (score, sizeof score, "%.2f", match->score);

  return _ch_desk_dup_detail ("file", file_name, "sub", match->vendor_name, "reasons", reasons, "score", score,
                              "source", source, NULL);
}

/* Nobody has said that it is nobody's: then it has no sub, but somebody to whom that is owed. */
static gboolean
waits_for_sub (const ChFiledCertificate *filed)
{
  return filed->vendor_id == 0 && filed->matched_by == NULL && filed->review == CH_REVIEW_PENDING &&
         filed->read_problem == NULL;
}

static gboolean
match_again (ChDesk              *self,
             ChFiledCertificate  *filed,
             gboolean            *is_matched,
             GError             **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(GPtrArray) proposals = NULL;
  g_autoptr(ChMatch) certain = NULL;
  g_autofree char *detail = NULL;
  gboolean is_approved;

  *is_matched = FALSE;
  if (!_ch_desk_match (self, filed->certificate, 0, &proposals, &certain, error) ||
      !ch_store_set_certificate_matches (store, filed->id, proposals, error))
    return FALSE;
  if (certain == NULL)
    return TRUE;

  *is_matched = TRUE;
  filed->vendor_id = certain->vendor_id;
  detail = _ch_match_dup_detail (certain, filed->file_name, NULL);

  return ch_store_set_certificate_sub (store, filed->id, certain->vendor_id, certain->reason, error) &&
         ch_store_add_event (store, "certificate.matched", 0, certain->vendor_id, filed->uuid, detail, error) &&
         _ch_desk_approve_if_certain (self, filed, certain->score, &is_approved, error) &&
         ch_desk_judge (self, 0, certain->vendor_id, NULL, error);
}

static gboolean
match_all (ChDesk     *self,
           GPtrArray  *waiting,
           guint      *n_matched,
           GError    **error)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      ChFiledCertificate *filed = g_ptr_array_index (waiting, i);
      gboolean is_matched;

      if (!waits_for_sub (filed))
        continue;
      if (!match_again (self, filed, &is_matched, error))
        return FALSE;
      *n_matched += is_matched;
    }

  return TRUE;
}

gboolean
_ch_desk_match_those_insuring (ChDesk      *self,
                               const char  *insured_name,
                               GError     **error)
{
  g_autoptr(GPtrArray) waiting = ch_store_list_waiting_of_insured (ch_desk_get_store (self), insured_name, error);
  guint n = 0;

  return waiting != NULL && match_all (self, waiting, &n, error);
}

static gboolean
match_waiting (ChDesk   *self,
               guint    *n_matched,
               GError  **error)
{
  g_autoptr(GPtrArray) waiting = ch_store_list_certificates (ch_desk_get_store (self), -1, TRUE, error);

  return waiting != NULL && match_all (self, waiting, n_matched, error);
}

/**
 * ch_desk_match_waiting:
 * @n_matched: (out) (optional): how many have a sub now
 *
 * A certificate may come before its sub is in the directory, or before the sub's name is right there. This compares
 * those that are under review and nobody's with the directory as it is now; what a person said to be nobody's stays
 * so. Twice changes nothing.
 */
gboolean
ch_desk_match_waiting (ChDesk   *self,
                       guint    *n_matched,
                       GError  **error)
{
  guint n = 0;
  gboolean own, ok;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;
  ok = _ch_desk_end (self, own, match_waiting (self, &n, error), error);
  if (n_matched != NULL)
    *n_matched = ok ? n : 0;

  return ok;
}
