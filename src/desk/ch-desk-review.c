#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-private.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"

static ChFiledCertificate *
get_certificate (ChDesk  *self,
                 gint64   certificate_id,
                 GError **error)
{
  g_autoptr(GError) local_error = NULL;
  ChFiledCertificate *filed = ch_store_get_certificate (ch_desk_get_store (self), certificate_id, &local_error);

  if (filed == NULL && (local_error == NULL ||
                        g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND)))
    g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no such certificate"));
  else if (filed == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return filed;
}

/* Applies the corrections to the certificate and tells what each replaced. */
static gboolean
apply_corrections (ChCertificate  *certificate,
                   GHashTable     *corrections,
                   JsonBuilder    *told,
                   GError        **error)
{
  /* in the order of their paths, so that a second policy is not set before the first one exists */
  g_autoptr(GList) paths = g_list_sort (g_hash_table_get_keys (corrections), (GCompareFunc)g_strcmp0);

  for (GList *l = paths; l != NULL; l = l->next)
    {
      const char *path = l->data;
      const char *value = g_hash_table_lookup (corrections, path);
      g_autofree char *before = ch_certificate_dup_value (certificate, path);
      g_autoptr(GError) local_error = NULL;

      if (!ch_certificate_set_value (certificate, path, value, &local_error))
        {
          g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, "%s", local_error->message);
          return FALSE;
        }
      json_builder_begin_object (told);
      json_builder_set_member_name (told, "path");
      json_builder_add_string_value (told, path);
      if (before != NULL)
        {
          json_builder_set_member_name (told, "from");
          json_builder_add_string_value (told, before);
        }
      if (value != NULL)
        {
          json_builder_set_member_name (told, "to");
          json_builder_add_string_value (told, value);
        }
      json_builder_end_object (told);
    }

  return TRUE;
}

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

static const char *
get_event_name (ChReviewState decision)
{
  switch (decision)
    {
    case CH_REVIEW_APPROVED:
      return "certificate.approved";
    case CH_REVIEW_REJECTED:
      return "certificate.rejected";
    case CH_REVIEW_PENDING:
    default:
      return "certificate.reopened";
    }
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
  g_autoptr(ChFiledCertificate) filed = get_certificate (self, certificate_id, error);
  g_autoptr(ChCertificate) corrected = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *detail = NULL;
  gboolean has_corrections = corrections != NULL && g_hash_table_size (corrections) > 0;

  if (filed == NULL)
    return FALSE;

  corrected = ch_certificate_copy (filed->certificate);
  json_builder_begin_object (builder);
  if (why != NULL && why[0] != '\0')
    {
      json_builder_set_member_name (builder, "why");
      json_builder_add_string_value (builder, why);
    }
  if (has_corrections)
    {
      json_builder_set_member_name (builder, "corrected");
      json_builder_begin_array (builder);
      if (!apply_corrections (corrected, corrections, builder, error))
        return FALSE;
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  detail = ch_json_print (root, FALSE);

  return check_decision (filed, corrected, decision, why, error) &&
         (!has_corrections || ch_store_correct_certificate (store, certificate_id, corrected, error)) &&
         ch_store_set_certificate_review (store, certificate_id, decision, why, error) &&
         ch_store_add_event (store, get_event_name (decision), 0, filed->vendor_id, filed->uuid, detail, error) &&
         (filed->vendor_id == 0 || ch_desk_judge (self, 0, filed->vendor_id, NULL, error));
}

/**
 * ch_desk_review_certificate:
 * @decision: approved, rejected (with @why), or pending to open it again
 * @why: (nullable): the reviewer's reason
 * @corrections: (nullable) (element-type utf8 utf8): value by field path; what was read is kept beside it
 *
 * The reviewer's decision. All or nothing: where one correction makes no sense, none is made.
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

static gboolean
assign (ChDesk   *self,
        gint64    certificate_id,
        gint64    vendor_id,
        GArray   *project_ids,
        GError  **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChFiledCertificate) filed = get_certificate (self, certificate_id, error);
  g_autoptr(ChVendor) vendor = NULL;
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *before = NULL;
  g_autofree char *detail = NULL;

  if (filed == NULL)
    return FALSE;
  vendor = ch_store_get_vendor (store, vendor_id, NULL);
  if (vendor == NULL)
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no sub %" G_GINT64_FORMAT), vendor_id);
      return FALSE;
    }
  if (filed->vendor_id != 0 && filed->vendor_id != vendor_id)
    before = g_strdup_printf ("%" G_GINT64_FORMAT, filed->vendor_id);
  detail = _ch_desk_dup_detail ("sub", vendor->name, "from", before, NULL);

  return (filed->vendor_id == vendor_id ||
          ch_store_set_certificate_sub (store, certificate_id, vendor_id, _("given"), error)) &&
         ch_store_set_certificate_projects (store, certificate_id, project_ids != NULL ? project_ids : none, error) &&
         ch_store_add_event (store, "certificate.assigned", 0, vendor_id, filed->uuid, detail, error) &&
         (before == NULL || ch_desk_judge (self, 0, filed->vendor_id, NULL, error)) &&
         ch_desk_judge (self, 0, vendor_id, NULL, error);
}

/**
 * ch_desk_assign_certificate:
 * @project_ids: (nullable) (element-type gint64): the projects that it is for; %NULL or empty for all of the sub's
 *
 * Says whose certificate it is. The sub that had it before is judged anew too.
 */
gboolean
ch_desk_assign_certificate (ChDesk   *self,
                            gint64    certificate_id,
                            gint64    vendor_id,
                            GArray   *project_ids,
                            GError  **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, assign (self, certificate_id, vendor_id, project_ids, error), error);
}
