#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-review-private.h"
#include "ch-interchange.h"
#include "ch-judgement-private.h"
#include "ch-store-events.h"

/*
 * The strict automatic rule, off by default. It stands in for a person only where a person would find nothing to do:
 *
 *   - the sub stands out by more than a certain match has to, or was given;
 *   - every value that the certificate shows was read with near certainty, and what a judge needs is there;
 *   - with it, every project that it is for and that asks for something is satisfied, and no finding stands, not even
 *     a warning. Where nobody asks for anything, nothing can be satisfied: a person decides.
 *
 * Where two persons are asked for it does nothing: a rule is no person.
 */
#define LEAST_CONFIDENCE 0.97
#define LEAST_MATCH 0.95

static gboolean
is_text (const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
has_insurer (const ChCertificate *certificate,
             const char          *letter)
{
  const ChInsurer *insurer = is_text (letter) ? ch_certificate_get_insurer (certificate, letter) : NULL;

  return insurer != NULL && is_text (insurer->name);
}

static gboolean
is_complete (const ChCertificate *certificate)
{
  if (!is_text (certificate->form) || !is_text (certificate->insured_name) || !is_text (certificate->holder_name) ||
      certificate->date == CH_DATE_NONE || certificate->policies->len == 0)
    return FALSE;

  for (guint i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      if (!is_text (policy->policy_number) || policy->effective == CH_DATE_NONE ||
          policy->expiration == CH_DATE_NONE || policy->expiration <= policy->effective ||
          !has_insurer (certificate, policy->insurer))
        return FALSE;
    }

  return TRUE;
}

/* What the form itself prints: which form it is, its letters, and the coverage of each row. */
static gboolean
is_printed (const char *path)
{
  return g_str_equal (path, "form") || g_str_equal (path, "edition") ||
         (g_str_has_prefix (path, "insurers[") && g_str_has_suffix (path, ".letter")) ||
         (g_str_has_prefix (path, "policies[") && g_str_has_suffix (path, ".coverage"));
}

/* A value without a reading of its own was made up by somebody, or is of nowhere on the page. */
static gboolean
is_certain (const ChCertificate *certificate)
{
  g_autoptr(GHashTable) values = ch_certificate_list_values (certificate);
  g_autoptr(GHashTable) read = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer path;

  for (guint i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (field->confidence < LEAST_CONFIDENCE)
        return FALSE;
      g_hash_table_add (read, field->path);
    }

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      if (!is_printed (path) && !g_hash_table_contains (read, path))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
_ch_desk_judge_as_if_approved (ChDesk                    *self,
                               const ChFiledCertificate  *filed,
                               GError                   **error)
{
  g_autoptr(ChDeskView) view = _ch_desk_view_new (self, error);
  g_autoptr(ChSubView) sub = view != NULL ? _ch_sub_view_new (view, filed->vendor_id, error) : NULL;
  g_autoptr(GPtrArray) previous = g_ptr_array_new ();
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_stored_verdict_free);

  if (sub == NULL)
    return NULL;
  for (guint i = 0; i < sub->certificates->len; i++)
    {
      ChFiledCertificate *one = g_ptr_array_index (sub->certificates, i);

      if (one->id == filed->id)
        one->review = CH_REVIEW_APPROVED;
    }

  for (guint i = 0; i < sub->project_ids->len; i++)
    {
      gint64 project_id = g_array_index (sub->project_ids, gint64, i);
      GPtrArray *verdicts;

      if (!_ch_filed_certificate_is_for (filed, project_id))
        continue;
      verdicts = _ch_judge_pair (view, sub, _ch_desk_view_get_project (view, project_id), previous, error);
      if (verdicts == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, verdicts);
    }

  return g_steal_pointer (&all);
}

/**
 * ch_desk_preview_approval:
 * @certificate_id: a certificate, whatever its review says
 *
 * Judges the sub on the certificate's projects as if the certificate were approved. Changes nothing.
 *
 * Returns: (transfer full) (element-type ChStoredVerdict): what would be said; %NULL with %CH_DESK_ERROR_INVALID where
 *   nobody has said whose it is
 */
GPtrArray *
ch_desk_preview_approval (ChDesk  *self,
                          gint64   certificate_id,
                          GError **error)
{
  g_autoptr(ChFiledCertificate) filed = NULL;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  filed = _ch_desk_get_certificate (self, certificate_id, error);
  if (filed == NULL)
    return NULL;
  if (filed->vendor_id == 0)
    {
      g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                           _("say first which sub this certificate belongs to"));
      return NULL;
    }

  return _ch_desk_judge_as_if_approved (self, filed, error);
}

/* Whether the sub's verdicts, were this certificate approved, leave nothing to be said. */
static gboolean
leaves_no_finding (ChDesk                    *self,
                   const ChFiledCertificate  *filed,
                   gboolean                  *nothing,
                   GError                   **error)
{
  g_autoptr(GPtrArray) verdicts = _ch_desk_judge_as_if_approved (self, filed, error);
  guint n_asking = 0;

  *nothing = FALSE;
  if (verdicts == NULL)
    return FALSE;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (!verdict->has_requirements)
        continue;
      n_asking++;
      if (verdict->verdict->findings->len > 0 ||
          (verdict->verdict->status != CH_STATUS_COMPLIANT && verdict->verdict->status != CH_STATUS_EXPIRING))
        return TRUE;
    }
  *nothing = n_asking > 0;

  return TRUE;
}

gboolean
_ch_desk_approve_if_certain (ChDesk              *self,
                             ChFiledCertificate  *filed,
                             double               match_score,
                             gboolean            *approved,
                             GError             **error)
{
  ChStore *store = ch_desk_get_store (self);
  ChReviewPolicy policy;
  gboolean nothing = FALSE;
  g_autofree char *detail = NULL;

  *approved = FALSE;
  if (!ch_review_policy_load (store, &policy, error))
    return FALSE;
  if (!policy.automatic || policy.second_person || filed->vendor_id == 0 || filed->read_problem != NULL ||
      filed->review != CH_REVIEW_PENDING || match_score < LEAST_MATCH || filed->version != 1 ||
      !is_complete (filed->certificate) || !is_certain (filed->certificate))
    return TRUE;
  if (!leaves_no_finding (self, filed, &nothing, error))
    return FALSE;
  if (!nothing)
    return TRUE;

  *approved = TRUE;
  filed->review = CH_REVIEW_APPROVED;
  detail = _ch_desk_dup_detail ("file", filed->file_name, "rule", CH_RULE_CERTAIN, NULL);

  return ch_store_approve_certificate_by_rule (store, filed->id, CH_RULE_CERTAIN, error) &&
         ch_store_add_event (store, "certificate.approved", 0, filed->vendor_id, filed->uuid, detail, error);
}
