#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"

#include <glib/gi18n-lib.h>

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
    json_array_add_object_element (records, make_record (store, g_ptr_array_index (certificates, i)));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No certificates yet: run “certholderctl add FILE”."));
  return CH_EXIT_DONE;
}

static GHashTable *
parse_corrections (char   **sets,
                   GError **error)
{
  g_autoptr (GHashTable) corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint i;

  for (i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      const char *equals = strchr (sets[i], '=');

      if (equals == NULL || equals == sets[i])
        {
          g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                       _ ("“--set %s” says no value: write --set FIELD=VALUE"), sets[i]);
          return NULL;
        }
      g_hash_table_insert (corrections, g_strndup (sets[i], equals - sets[i]), g_strdup (equals + 1));
    }
  return g_steal_pointer (&corrections);
}

/**
 * ch_ctl_review:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the decision can't be stored
 *
 * `review CERT --approve|--reject WHY [--set FIELD=VALUE]…`: the reviewer's decision.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_review (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  g_autoptr (ChFiledCertificate) filed = NULL;
  g_autoptr (GHashTable) corrections = NULL;
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *why = NULL;
  g_auto (GStrv) sets = NULL;
  gboolean approve = FALSE;
  ChReviewState decision;
  ChDesk *desk;
  const GOptionEntry entries[] = {
    { "approve", 0, 0, G_OPTION_ARG_NONE, &approve, NULL, NULL },
    { "reject", 0, 0, G_OPTION_ARG_STRING, &why, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &sets, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("review CERT --approve|--reject WHY [--set FIELD=VALUE]…", entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc != 2 || approve == (why != NULL))
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("give one certificate and either --approve or --reject WHY"));
      return CH_EXIT_USAGE;
    }
  corrections = parse_corrections (sets, error);
  if (corrections == NULL)
    return CH_EXIT_USAGE;

  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL)
    return CH_EXIT_LOCAL;
  filed = ch_store_find_certificate (ch_desk_get_store (desk), argv[1], error);
  if (filed == NULL)
    return CH_EXIT_USAGE;

  decision = approve ? CH_REVIEW_APPROVED : CH_REVIEW_REJECTED;
  if (!ch_desk_review_certificate (desk, filed->id, decision, why, corrections, error))
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_string_member (record, "certificate", filed->uuid);
  json_object_set_string_member (record, "status", ch_review_state_to_string (decision));
  ch_ctl_print_record (ch_ctl_wants_json (ctl), json_object_ref (record));
  return CH_EXIT_DONE;
}
