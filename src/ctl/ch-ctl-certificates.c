#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-matches.h"
#include "ch-ctl-output.h"
#include "ch-desk-review.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-matches.h"

#include <glib/gi18n-lib.h>

/* What people changed beside what was read; nothing where it counts as it was read. */
static gboolean
add_corrections (JsonObject               *record,
                 ChStore                  *store,
                 const ChFiledCertificate *filed,
                 GError                  **error)
{
  JsonArray *list;
  g_autoptr (GPtrArray) corrections = NULL;
  guint i;

  if (filed->version == 1)
    return TRUE;
  corrections = ch_correction_list (store, filed->id, error);
  if (corrections == NULL)
    return FALSE;

  list = json_array_new ();
  for (i = 0; i < corrections->len; i++)
    {
      const ChCorrection *correction = g_ptr_array_index (corrections, i);
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "path", correction->path);
      ch_ctl_set_text (one, "read", correction->read);
      ch_ctl_set_text (one, "now", correction->now);
      ch_ctl_set_text (one, "by", correction->by);
      ch_ctl_set_instant (one, "at", correction->at);
      json_array_add_object_element (list, one);
    }
  json_object_set_array_member (record, "corrections", list);
  return TRUE;
}

/* The other documents that say the same. */
static gboolean
add_copies (JsonObject               *record,
            ChStore                  *store,
            const ChFiledCertificate *filed,
            GError                  **error)
{
  JsonArray *list;
  g_autoptr (GPtrArray) copies = ch_store_list_certificate_copies (store, filed->id, error);
  guint i;

  if (copies == NULL)
    return FALSE;
  if (copies->len == 0)
    return TRUE;

  list = json_array_new ();
  for (i = 0; i < copies->len; i++)
    {
      const ChCertificateCopy *copy = g_ptr_array_index (copies, i);
      JsonObject *one = json_object_new ();

      ch_ctl_set_text (one, "name", copy->file_name);
      json_object_set_string_member (one, "sha256", copy->sha256);
      ch_ctl_set_instant (one, "received_at", copy->received_at);
      json_array_add_object_element (list, one);
    }
  json_object_set_array_member (record, "copies", list);
  return TRUE;
}

static JsonObject *
make_record (ChStore                  *store,
             const ChFiledCertificate *filed)
{
  JsonObject *record = json_object_new ();
  JsonArray *projects = json_array_new ();
  g_autoptr (JsonNode) certificate = ch_certificate_to_json (filed->certificate);
  g_autoptr (ChVendor) vendor = filed->vendor_id != 0 ? ch_store_get_vendor (store, filed->vendor_id, NULL) : NULL;
  guint i;

  json_object_set_string_member (record, "id", filed->uuid);
  ch_ctl_set_text (record, "name", filed->file_name);
  ch_ctl_set_text (record, "insured", filed->certificate->insured_name);
  if (filed->vendor_id != 0)
    json_object_set_int_member (record, "sub", filed->vendor_id);
  if (vendor != NULL)
    ch_ctl_set_text (record, "sub_name", vendor->name);
  ch_ctl_set_text (record, "matched_by", filed->matched_by);
  json_object_set_string_member (record, "status", ch_review_state_to_string (filed->review));
  ch_ctl_set_text (record, "why", filed->review_why);
  ch_ctl_set_text (record, "reviewed_by", filed->reviewed_by);
  ch_ctl_set_instant (record, "reviewed_at", filed->reviewed_at);
  ch_ctl_set_text (record, "first_approved_by", filed->first_approved_by);
  ch_ctl_set_instant (record, "first_approved_at", filed->first_approved_at);
  ch_ctl_set_instant (record, "pending_since", filed->pending_since);
  ch_ctl_set_instant (record, "received_at", filed->received_at);
  ch_ctl_set_text (record, "problem", filed->read_problem);
  ch_ctl_set_text (record, "sha256", filed->sha256);
  for (i = 0; i < filed->project_ids->len; i++)
    json_array_add_int_element (projects, g_array_index (filed->project_ids, gint64, i));
  json_object_set_array_member (record, "projects", projects);
  json_object_set_member (record, "certificate", g_steal_pointer (&certificate));
  return record;
}

/**
 * ch_ctl_certificates:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why the database can't be read
 *
 * `certificates [--sub ID]`: the certificates on file, with what counts of each.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_certificates (ChCtl   *ctl,
                     int      argc,
                     char   **argv,
                     GError **error)
{
  static const char *const columns[] = { "id", "name", "insured", "sub_name", "status", "received_at", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) certificates = NULL;
  g_autofree char *sub = NULL;
  gint64 vendor_id = 0;
  ChStore *store;
  guint i;
  const GOptionEntry entries[] = {
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("certificates [--sub ID]", entries, &argc, &argv, error)
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error)))
    return CH_EXIT_USAGE;

  store = ch_ctl_get_store (ctl, error);
  if (store == NULL)
    return CH_EXIT_LOCAL;
  certificates = ch_store_list_certificates (store, vendor_id, TRUE, error);
  if (certificates == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < certificates->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (certificates, i);
      JsonObject *record = make_record (store, filed);

      json_array_add_object_element (records, record);
      if (!add_corrections (record, store, filed, error) || !add_copies (record, store, filed, error)
          || (filed->review == CH_REVIEW_PENDING && !ch_ctl_set_matches (record, store, filed->id, error)))
        return CH_EXIT_LOCAL;
    }
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No certificates yet: run “certholderctl add FILE”."));
  return CH_EXIT_DONE;
}
