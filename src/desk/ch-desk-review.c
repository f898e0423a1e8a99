#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-review-private.h"
#include "ch-interchange.h"
#include "ch-matching-private.h"
#include "ch-store-events.h"

/*
 * The reviewer's decisions. Where the policy asks for two persons:
 *
 *   under review, nobody has approved it    anybody approves: under review still, with the first approver's name
 *   … approved by one                       another one approves: approved, unless it is one who typed into it
 *   … approved by one, then corrected       the first approval was of something else: as if nobody had approved it
 */

static gboolean
check_decision (const ChFiledCertificate  *filed,
                const ChCertificate       *certificate,
                ChReviewState              decision,
                const char                *why,
                GError                   **error)
{
  const char *problem = NULL;

  if (decision == CH_REVIEW_APPROVED && filed->vendor_id == 0)
    problem = _("say first which sub this certificate belongs to");
  else if (decision == CH_REVIEW_APPROVED && filed->read_problem != NULL && certificate->policies->len == 0)
    problem = _("nothing could be read from this document: enter at least one policy, or reject it");
  else if (decision == CH_REVIEW_REJECTED && (why == NULL || why[0] == '\0'))
    problem = _("a rejection needs its reason");

  if (problem != NULL)
    g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, problem);

  return problem == NULL;
}

/* Who types a value and approves it himself has been checked by nobody. */
static gboolean
check_second_person (ChDesk                    *self,
                     const ChFiledCertificate  *filed,
                     GError                   **error)
{
  const char *who = ch_desk_get_who (self);
  g_autoptr(GPtrArray) correctors = NULL;

  if (g_strcmp0 (filed->first_approved_by, who) == 0)
    {
      g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                           _("you approved it first: another person has to approve it too"));
      return FALSE;
    }

  correctors = ch_store_list_certificate_correctors (ch_desk_get_store (self), filed->id, error);
  if (correctors == NULL)
    return FALSE;
  if (g_ptr_array_find_with_equal_func (correctors, who, g_str_equal, NULL))
    {
      g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                           _("you corrected it: a person who did not has to be the second to approve it"));
      return FALSE;
    }

  return TRUE;
}

/* The detail of a decision: what it was, what it is, and why. @builder holds an open object. */
static char *
finish_detail (JsonBuilder               *builder,
               const ChFiledCertificate  *filed,
               const char                *after,
               const char                *why)
{
  g_autoptr(JsonNode) root = NULL;

  if (why != NULL && why[0] != '\0')
    {
      json_builder_set_member_name (builder, "why");
      json_builder_add_string_value (builder, why);
    }
  json_builder_set_member_name (builder, "before");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "review");
  json_builder_add_string_value (builder, ch_review_state_to_string (filed->review));
  if (filed->review_why != NULL)
    {
      json_builder_set_member_name (builder, "why");
      json_builder_add_string_value (builder, filed->review_why);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "after");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "review");
  json_builder_add_string_value (builder, after);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return ch_json_print (root, FALSE);
}

static const char *
get_event_name (ChReviewState decision,
                gboolean      is_final)
{
  switch (decision)
    {
    case CH_REVIEW_APPROVED:
      return is_final ? "certificate.approved" : "certificate.first_approved";
    case CH_REVIEW_REJECTED:
      return "certificate.rejected";
    case CH_REVIEW_PENDING:
    default:
      return "certificate.reopened";
    }
}

gboolean
_ch_desk_approve (ChDesk                    *self,
                  const ChFiledCertificate  *filed,
                  gboolean                   corrected,
                  const char                *why,
                  gboolean                  *is_final,
                  GError                   **error)
{
  ChStore *store = ch_desk_get_store (self);
  ChReviewPolicy policy;
  gboolean is_first;

  if (!ch_review_policy_load (store, &policy, error))
    return FALSE;

  is_first = policy.second_person && (filed->first_approved_by == NULL || corrected);
  *is_final = !is_first;
  /* Approved again as it stands, by whomever, it stays as two persons left it. */
  if (policy.second_person && filed->review == CH_REVIEW_APPROVED && !corrected)
    {
      *is_final = TRUE;
      return TRUE;
    }
  if (is_first)
    return (filed->review == CH_REVIEW_PENDING ||
            ch_store_set_certificate_review (store, filed->id, CH_REVIEW_PENDING, NULL, error)) &&
           ch_store_set_certificate_first_approval (store, filed->id, error);

  return (!policy.second_person || check_second_person (self, filed, error)) &&
         ch_store_set_certificate_review (store, filed->id, CH_REVIEW_APPROVED, why, error);
}

static gboolean
decide (ChDesk                    *self,
        const ChFiledCertificate  *filed,
        ChReviewState              decision,
        gboolean                   corrected,
        const char                *why,
        gboolean                  *is_final,
        GError                   **error)
{
  *is_final = TRUE;
  if (decision == CH_REVIEW_APPROVED)
    return _ch_desk_approve (self, filed, corrected, why, is_final, error);

  return ch_store_set_certificate_review (ch_desk_get_store (self), filed->id, decision, why, error);
}

static gboolean
review (ChDesk         *self,
        gint64          certificate_id,
        ChReviewState   decision,
        const char     *why,
        GHashTable     *corrections,
        GError        **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChFiledCertificate) filed = _ch_desk_get_certificate (self, certificate_id, error);
  g_autoptr(ChCertificate) corrected = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *detail = NULL;
  gboolean any = FALSE, is_final;

  if (filed == NULL)
    return FALSE;

  corrected = ch_certificate_copy (filed->certificate);
  json_builder_begin_object (builder);
  if (corrections != NULL && g_hash_table_size (corrections) > 0)
    {
      json_builder_set_member_name (builder, "corrected");
      if (!_ch_desk_apply_corrections (corrected, corrections, builder, &any, error))
        return FALSE;
    }
  if (!check_decision (filed, corrected, decision, why, error) ||
      (any && !ch_store_correct_certificate (store, certificate_id, corrected, error)) ||
      !decide (self, filed, decision, any, why, &is_final, error))
    return FALSE;

  /* The same decision for the same reason is nothing new. */
  if (!any && is_final && filed->review == decision && g_strcmp0 (filed->review_why, why) == 0)
    return TRUE;

  detail = finish_detail (builder, filed, ch_review_state_to_string (is_final ? decision : CH_REVIEW_PENDING), why);

  return ch_store_add_event (store, get_event_name (decision, is_final), 0, filed->vendor_id, filed->uuid, detail,
                             error) &&
         (filed->vendor_id == 0 || ch_desk_judge (self, 0, filed->vendor_id, NULL, error)) &&
         (decision != CH_REVIEW_APPROVED || !is_final ||
          _ch_desk_match_those_insuring (self, corrected->insured_name, error));
}

/**
 * ch_desk_review_certificate:
 * @decision: approved, rejected (with @why), or pending to open it again
 * @why: (nullable): the reviewer's reason
 * @corrections: (nullable) (element-type utf8 utf8): value by field path; what was read is kept beside it
 *
 * The reviewer's decision. All or nothing: where one correction makes no sense, none is made. Where two persons are
 * asked for (#ChReviewPolicy), the first approval leaves the certificate under review.
 *
 * Returns: %FALSE with %CH_DESK_ERROR_INVALID where the decision can't be taken like that; the message says what
 *   is missing
 */
gboolean
ch_desk_review_certificate (ChDesk         *self,
                            gint64          certificate_id,
                            ChReviewState   decision,
                            const char     *why,
                            GHashTable     *corrections,
                            GError        **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, review (self, certificate_id, decision, why, corrections, error), error);
}
