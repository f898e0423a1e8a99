#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-store-shared.h"

#include <glib/gi18n-lib.h>

static ChExit
settle (ChCtl      *ctl,
        const char *id_text,
        const char *keep,
        GError    **error)
{
  g_autoptr (JsonObject) record = NULL;
  gboolean keep_procore = g_strcmp0 (keep, "procore") == 0;
  gint64 id;
  ChDesk *desk;

  if (!keep_procore && g_strcmp0 (keep, "certholder") != 0)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("say whose value counts: --keep procore or --keep certholder"));
      return CH_EXIT_USAGE;
    }
  if (!ch_ctl_parse_id (id_text, "conflict", &id, error))
    return CH_EXIT_USAGE;

  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL || !ch_desk_settle_conflict (desk, id, keep_procore, error))
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_int_member (record, "id", id);
  json_object_set_string_member (record, "kept", keep);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), json_object_ref (record));
  return CH_EXIT_DONE;
}

static JsonObject *
make_record (ChStore          *store,
             const ChConflict *conflict)
{
  JsonObject *object = json_object_new ();
  g_autoptr (ChSharedRecord) record = conflict->scope == NULL ? ch_store_get_shared (store, conflict->record_id, NULL) : NULL;

  json_object_set_int_member (object, "id", conflict->id);
  if (conflict->scope != NULL)
    {
      g_autofree char *listing = g_strconcat ("listing:", conflict->scope, NULL);

      json_object_set_string_member (object, "record", listing);
      json_object_set_string_member (object, "kind", CH_CONFLICT_REMOVAL);
    }
  if (record != NULL)
    {
      g_autofree char *origin_id = ch_shared_record_dup_origin_id (record);

      json_object_set_string_member (object, "record", origin_id);
      json_object_set_string_member (object, "kind", ch_shared_kind_to_string (record->kind));
      if (record->project_id != 0)
        json_object_set_int_member (object, "project", record->project_id);
      if (record->vendor_id != 0)
        json_object_set_int_member (object, "sub", record->vendor_id);
      if (record->commitment_id != 0)
        json_object_set_int_member (object, "commitment", record->commitment_id);
    }
  json_object_set_string_member (object, "field", conflict->field);
  ch_ctl_set_text (object, "base", conflict->base);
  ch_ctl_set_text (object, "local", conflict->local);
  ch_ctl_set_text (object, "remote", conflict->remote);
  ch_ctl_set_instant (object, "at", conflict->at);
  return object;
}

/**
 * ch_ctl_conflicts:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the database can't be used
 *
 * `conflicts [settle ID --keep procore|certholder]`: what people changed on both sides.
 *
 * Returns: the exit status; %CH_EXIT_NEEDS_PERSON while there are any
 */
ChExit
ch_ctl_conflicts (ChCtl   *ctl,
                  int      argc,
                  char   **argv,
                  GError **error)
{
  static const char *const columns[] = { "id", "record", "field", "base", "local", "remote", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *keep = NULL;
  ChStore *store;
  guint i;
  const GOptionEntry entries[] = {
    { "keep", 0, 0, G_OPTION_ARG_STRING, &keep, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("conflicts [settle ID --keep procore|certholder]", entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "settle"))
    return settle (ctl, argv[2], keep, error);
  if (argc != 1 || keep != NULL)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("usage: certholderctl conflicts [settle ID --keep procore|certholder]"));
      return CH_EXIT_USAGE;
    }

  store = ch_ctl_get_store (ctl, error);
  conflicts = store != NULL ? ch_store_list_conflicts (store, 0, error) : NULL;
  if (conflicts == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < conflicts->len; i++)
    json_array_add_object_element (records, make_record (store, g_ptr_array_index (conflicts, i)));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No conflicts."));
  return conflicts->len > 0 ? CH_EXIT_NEEDS_PERSON : CH_EXIT_DONE;
}
