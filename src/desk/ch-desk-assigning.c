#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-review-private.h"
#include "ch-interchange.h"
#include "ch-matching-private.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"

static void
add_place (JsonBuilder *builder,
           const char  *name,
           gint64       vendor_id,
           const char  *vendor_name,
           GArray      *project_ids)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  if (vendor_id != 0)
    {
      json_builder_set_member_name (builder, "sub");
      json_builder_add_int_value (builder, vendor_id);
    }
  if (vendor_name != NULL)
    {
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, vendor_name);
    }
  json_builder_set_member_name (builder, "projects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < project_ids->len; i++)
    json_builder_add_int_value (builder, g_array_index (project_ids, gint64, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
dup_detail (const ChFiledCertificate *filed,
            const ChVendor           *before,
            const ChVendor           *after,
            GArray                   *project_ids)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (after != NULL)
    {
      json_builder_set_member_name (builder, "sub");
      json_builder_add_string_value (builder, after->name);
    }
  add_place (builder, "before", filed->vendor_id, before != NULL ? before->name : NULL, filed->project_ids);
  add_place (builder, "after", after != NULL ? after->id : 0, after != NULL ? after->name : NULL, project_ids);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return ch_json_print (root, FALSE);
}

/* Where two persons approve, they have approved whose it is, too. */
static gboolean
reopen_if_asked (ChDesk                    *self,
                 const ChFiledCertificate  *filed,
                 gint64                     vendor_id,
                 GError                   **error)
{
  ChStore *store = ch_desk_get_store (self);
  ChReviewPolicy policy;

  if (filed->review != CH_REVIEW_APPROVED || filed->vendor_id == vendor_id)
    return TRUE;
  if (!ch_review_policy_load (store, &policy, error))
    return FALSE;
  if (!policy.second_person && vendor_id != 0)
    return TRUE;

  return ch_store_set_certificate_review (store, filed->id, CH_REVIEW_PENDING, NULL, error) &&
         ch_store_add_event (store, "certificate.reopened", 0, vendor_id, filed->uuid, NULL, error);
}

static gboolean
has_same_projects (const ChFiledCertificate *filed,
                   GArray                   *project_ids)
{
  if (filed->project_ids->len != project_ids->len)
    return FALSE;

  for (guint i = 0; i < project_ids->len; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; !found && k < filed->project_ids->len; k++)
        found = g_array_index (filed->project_ids, gint64, k) == g_array_index (project_ids, gint64, i);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_projects (ChDesk   *self,
                GArray   *project_ids,
                GError  **error)
{
  for (guint i = 0; i < project_ids->len; i++)
    {
      gint64 id = g_array_index (project_ids, gint64, i);
      g_autoptr(ChProject) project = _ch_desk_get_project (self, id, error);

      if (project == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
assign (ChDesk   *self,
        gint64    certificate_id,
        gint64    vendor_id,
        GArray   *project_ids,
        GError  **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChFiledCertificate) filed = _ch_desk_get_certificate (self, certificate_id, error);
  g_autoptr(ChVendor) before = NULL;
  g_autoptr(ChVendor) after = NULL;
  g_autofree char *detail = NULL;

  if (filed == NULL)
    return FALSE;
  if (filed->vendor_id != 0 && (before = _ch_desk_get_vendor (self, filed->vendor_id, error)) == NULL)
    return FALSE;
  if (vendor_id != 0 && (after = _ch_desk_get_vendor (self, vendor_id, error)) == NULL)
    return FALSE;
  if (!check_projects (self, project_ids, error))
    return FALSE;
  if (filed->vendor_id == vendor_id && has_same_projects (filed, project_ids))
    return TRUE;

  detail = dup_detail (filed, before, after, project_ids);

  return (filed->vendor_id == vendor_id ||
          ch_store_set_certificate_sub (store, certificate_id, vendor_id, _("given"), error)) &&
         ch_store_set_certificate_projects (store, certificate_id, project_ids, error) &&
         ch_store_add_event (store, vendor_id != 0 ? "certificate.assigned" : "certificate.unassigned", 0,
                             vendor_id != 0 ? vendor_id : filed->vendor_id, filed->uuid, detail, error) &&
         reopen_if_asked (self, filed, vendor_id, error) &&
         (filed->vendor_id == 0 || filed->vendor_id == vendor_id ||
          ch_desk_judge (self, 0, filed->vendor_id, NULL, error)) &&
         (vendor_id == 0 || ch_desk_judge (self, 0, vendor_id, NULL, error)) &&
         (filed->review != CH_REVIEW_APPROVED || vendor_id == 0 ||
          _ch_desk_match_those_insuring (self, filed->certificate->insured_name, error));
}

/**
 * ch_desk_assign_certificate:
 * @vendor_id: the sub that it belongs to; 0 for nobody, which puts an approved one under review again
 * @project_ids: (nullable) (element-type gint64): the projects that it is for; %NULL or empty for all of the sub's
 *
 * Says whose certificate it is. The sub that had it before is judged anew too. What is so already is no change. What a
 * person said to be nobody's is not given to a sub again by itself.
 */
gboolean
ch_desk_assign_certificate (ChDesk   *self,
                            gint64    certificate_id,
                            gint64    vendor_id,
                            GArray   *project_ids,
                            GError  **error)
{
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own,
                       assign (self, certificate_id, vendor_id, project_ids != NULL ? project_ids : none, error),
                       error);
}
