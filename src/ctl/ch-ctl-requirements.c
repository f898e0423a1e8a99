#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-effective.h"
#include "ch-ctl-output.h"
#include "ch-interchange.h"

#include <glib/gi18n-lib.h>

#define SYNOPSIS                                                                                                     \
  "requirements list|show ID|import FILE|export ID FILE|assign ID --company|--trade T|--project ID [--sub ID]|"       \
  "--commitment ID|effective --project ID --sub ID|--commitment ID"

static char *
describe_assignment (const ChRequirementAssignment *place)
{
  switch (place->scope)
    {
    case CH_SCOPE_COMPANY:
      return g_strdup ("company");
    case CH_SCOPE_TRADE:
      return g_strdup_printf ("trade %s", place->trade);
    case CH_SCOPE_PROJECT:
      return g_strdup_printf ("project %" G_GINT64_FORMAT, place->project_id);
    case CH_SCOPE_SUB_ON_PROJECT:
      return g_strdup_printf ("project %" G_GINT64_FORMAT " sub %" G_GINT64_FORMAT, place->project_id,
                              place->vendor_id);
    case CH_SCOPE_COMMITMENT:
      return g_strdup_printf ("commitment %" G_GINT64_FORMAT, place->commitment_id);
    default:
      g_assert_not_reached ();
    }
}

static JsonObject *
make_record (const ChStoredRequirementSet *set)
{
  JsonObject *record = json_object_new ();
  JsonArray *assigned_to = json_array_new ();
  guint i;

  json_object_set_string_member (record, "id", set->uuid);
  json_object_set_string_member (record, "name", set->name);
  json_object_set_int_member (record, "version", set->version);
  for (i = 0; set->assignments != NULL && i < set->assignments->len; i++)
    {
      g_autofree char *text = describe_assignment (g_ptr_array_index (set->assignments, i));

      json_array_add_string_element (assigned_to, text);
    }
  json_object_set_array_member (record, "assigned_to", assigned_to);
  return record;
}

static gboolean
check_words (int         argc,
             int         wanted,
             const char *usage,
             GError    **error)
{
  if (argc == wanted)
    return TRUE;

  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl requirements %s"), usage);
  return FALSE;
}

static ChExit
list_sets (ChCtl   *ctl,
           int      argc,
           char   **argv,
           GError **error)
{
  static const char *const columns[] = { "id", "name", "version", "assigned_to", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) sets = NULL;
  ChStore *store;
  guint i;

  if (!check_words (argc, 1, "list", error))
    return CH_EXIT_USAGE;
  store = ch_ctl_get_store (ctl, error);
  sets = store != NULL ? ch_store_list_requirement_sets (store, error) : NULL;
  if (sets == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < sets->len; i++)
    json_array_add_object_element (records, make_record (g_ptr_array_index (sets, i)));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns,
                        _ ("No requirement sets yet: run “certholderctl requirements import FILE”."));
  return CH_EXIT_DONE;
}

static ChStoredRequirementSet *
find_set (ChCtl      *ctl,
          const char *name,
          GError    **error)
{
  ChStore *store = ch_ctl_get_store (ctl, error);

  return store != NULL ? ch_store_find_requirement_set (store, name, error) : NULL;
}

static ChExit
show_set (ChCtl   *ctl,
          int      argc,
          char   **argv,
          GError **error)
{
  g_autoptr (ChStoredRequirementSet) set = NULL;
  g_autoptr (JsonNode) body = NULL;

  if (!check_words (argc, 2, "show ID", error))
    return CH_EXIT_USAGE;
  set = find_set (ctl, argv[1], error);
  body = set != NULL ? ch_json_parse (set->body, -1, error) : NULL;
  if (body == NULL)
    return CH_EXIT_LOCAL;

  ch_ctl_print_json (body);
  return CH_EXIT_DONE;
}

static ChExit
export_set (ChCtl   *ctl,
            int      argc,
            char   **argv,
            GError **error)
{
  g_autoptr (ChStoredRequirementSet) set = NULL;
  g_autoptr (JsonObject) record = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *text = NULL;

  if (!check_words (argc, 3, "export ID FILE", error))
    return CH_EXIT_USAGE;
  set = find_set (ctl, argv[1], error);
  body = set != NULL ? ch_json_parse (set->body, -1, error) : NULL;
  if (body == NULL)
    return CH_EXIT_LOCAL;
  text = ch_json_print (body, TRUE);
  if (!g_file_set_contents (argv[2], text, -1, error))
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_string_member (record, "file", argv[2]);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), json_object_ref (record));
  return CH_EXIT_DONE;
}

static ChExit
import_set (ChCtl   *ctl,
            int      argc,
            char   **argv,
            GError **error)
{
  g_autoptr (ChStoredRequirementSet) set = NULL;
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *body = NULL;
  ChDesk *desk;

  if (!check_words (argc, 2, "import FILE", error))
    return CH_EXIT_USAGE;
  if (!g_file_get_contents (argv[1], &body, NULL, error))
    return CH_EXIT_LOCAL;
  desk = ch_ctl_get_desk (ctl, error);
  set = desk != NULL ? ch_desk_import_requirements (desk, body, error) : NULL;
  if (set == NULL)
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_string_member (record, "id", set->uuid);
  json_object_set_string_member (record, "name", set->name);
  json_object_set_int_member (record, "version", set->version);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), json_object_ref (record));
  return CH_EXIT_DONE;
}

/* The one place that the options name. */
static ChRequirementAssignment *
make_place (gboolean    company,
            const char *trade,
            const char *project,
            const char *sub,
            const char *commitment,
            GError    **error)
{
  gint64 project_id = 0;
  gint64 vendor_id = 0;
  gint64 commitment_id = 0;
  int n_places = !!company + (trade != NULL) + (project != NULL) + (commitment != NULL);

  if (n_places != 1 || (sub != NULL && project == NULL))
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("name one place: --company, --trade T, --project ID [--sub ID] or --commitment ID"));
      return NULL;
    }
  if ((project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error))
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error))
      || (commitment != NULL && !ch_ctl_parse_id (commitment, "--commitment", &commitment_id, error)))
    return NULL;

  if (company)
    return ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  if (trade != NULL)
    return ch_requirement_assignment_new (CH_SCOPE_TRADE, trade, 0, 0, 0);
  if (commitment_id != 0)
    return ch_requirement_assignment_new (CH_SCOPE_COMMITMENT, NULL, 0, 0, commitment_id);
  if (vendor_id != 0)
    return ch_requirement_assignment_new (CH_SCOPE_SUB_ON_PROJECT, NULL, project_id, vendor_id, 0);
  return ch_requirement_assignment_new (CH_SCOPE_PROJECT, NULL, project_id, 0, 0);
}

static ChExit
assign_set (ChCtl   *ctl,
            int      argc,
            char   **argv,
            GError **error)
{
  g_autoptr (ChStoredRequirementSet) set = NULL;
  g_autoptr (ChStoredRequirementSet) after = NULL;
  g_autoptr (ChRequirementAssignment) place = NULL;
  g_autofree char *trade = NULL;
  g_autofree char *project = NULL;
  g_autofree char *sub = NULL;
  g_autofree char *commitment = NULL;
  gboolean company = FALSE;
  ChDesk *desk;
  const GOptionEntry entries[] = {
    { "company", 0, 0, G_OPTION_ARG_NONE, &company, NULL, NULL },
    { "trade", 0, 0, G_OPTION_ARG_STRING, &trade, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { "commitment", 0, 0, G_OPTION_ARG_STRING, &commitment, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse (SYNOPSIS, entries, &argc, &argv, error)
      || !check_words (argc, 2, "assign ID --company|--trade T|--project ID [--sub ID]|--commitment ID", error))
    return CH_EXIT_USAGE;
  place = make_place (company, trade, project, sub, commitment, error);
  if (place == NULL)
    return CH_EXIT_USAGE;

  desk = ch_ctl_get_desk (ctl, error);
  set = desk != NULL ? find_set (ctl, argv[1], error) : NULL;
  if (set == NULL || !ch_desk_assign_requirements (desk, set->id, place, error))
    return CH_EXIT_LOCAL;
  after = find_set (ctl, set->uuid, error);
  if (after == NULL)
    return CH_EXIT_LOCAL;

  ch_ctl_print_record (ch_ctl_wants_json (ctl), make_record (after));
  return CH_EXIT_DONE;
}

/**
 * ch_ctl_requirements:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words or the set
 *
 * `requirements list|show|import|export|assign|effective`: requirement sets.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_requirements (ChCtl   *ctl,
                     int      argc,
                     char   **argv,
                     GError **error)
{
  static const struct {
    const char    *name;
    ChCommandFunc  func;
  } verbs[] = {
    { "list", list_sets }, { "show", show_set }, { "import", import_set }, { "export", export_set }, { "assign", assign_set },
    { "effective", ch_ctl_requirements_effective },
  };
  gsize i;

  for (i = 0; argc >= 2 && i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_str_equal (argv[1], verbs[i].name))
        return verbs[i].func (ctl, argc - 1, argv + 1, error);
    }

  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), SYNOPSIS);
  return CH_EXIT_USAGE;
}
