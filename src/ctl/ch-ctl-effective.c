#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include <string.h>

#include "ch-ctl-effective.h"

#include "ch-ctl-output.h"
#include "ch-desk-effective.h"
#include "ch-interchange.h"

#include <glib/gi18n-lib.h>

#define SYNOPSIS "requirements effective --project ID --sub ID|--commitment ID"

static ChEffectiveRequirements *
look_up (ChCtl      *ctl,
         const char *project,
         const char *sub,
         const char *commitment,
         ChExit     *exit,
         GError    **error)
{
  gint64 project_id = 0;
  gint64 vendor_id = 0;
  gint64 commitment_id = 0;
  ChDesk *desk;

  *exit = CH_EXIT_USAGE;
  if ((commitment != NULL) == (project != NULL) || (project != NULL) != (sub != NULL))
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), SYNOPSIS);
      return NULL;
    }
  if ((project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error))
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error))
      || (commitment != NULL && !ch_ctl_parse_id (commitment, "--commitment", &commitment_id, error)))
    return NULL;

  *exit = CH_EXIT_LOCAL;
  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL)
    return NULL;

  return commitment_id != 0 ? ch_desk_get_commitment_requirements (desk, commitment_id, error)
                            : ch_desk_get_effective_requirements (desk, project_id, vendor_id, error);
}

static JsonObject *
make_record (const ChEffectiveRequirements *effective)
{
  JsonObject *record = json_object_new ();
  JsonArray *sets = json_array_new ();
  guint i;

  json_object_set_int_member (record, "project", effective->project_id);
  json_object_set_int_member (record, "sub", effective->vendor_id);
  if (effective->commitment_id != 0)
    json_object_set_int_member (record, "commitment", effective->commitment_id);
  ch_ctl_set_text (record, "stage", effective->stage_category);
  for (i = 0; i < effective->sources->len; i++)
    json_array_add_element (sets, ch_requirement_source_to_json (g_ptr_array_index (effective->sources, i)));
  json_object_set_array_member (record, "sets", sets);
  json_object_set_member (record, "requirements", ch_requirement_set_to_json (effective->set));
  json_object_set_member (record, "origins",
                          ch_requirement_set_origins_to_json (effective->set, effective->sources));

  return record;
}

/* (nullable): the value at a path as `coverages.general_liability.minimum`; the name of a coverage may hold dots, of
 * which the longest that fits counts */
static JsonNode *
find_value (JsonObject *object,
            const char *path)
{
  JsonNode *node = json_object_get_member (object, path);
  const char *dot;

  if (node != NULL)
    return node;
  for (dot = strrchr (path, '.'); dot != NULL; dot = g_strrstr_len (path, dot - path, "."))
    {
      g_autofree char *name = g_strndup (path, dot - path);

      node = json_object_get_member (object, name);
      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        return find_value (json_node_get_object (node), dot + 1);
    }

  return NULL;
}

static char *
dup_place (JsonObject *origin)
{
  const char *scope = json_object_get_string_member_with_default (origin, "scope", "");

  if (!json_object_get_boolean_member_with_default (origin, "stage", FALSE))
    return g_strdup (scope);
  /* Translators: where a requirement comes from, as “company, for this stage” */
  return g_strdup_printf (_ ("%s, for this stage"), scope);
}

static void
print_table (JsonObject *record)
{
  static const char *const columns[] = { "member", "asks", "set", "version", "place", NULL };
  JsonObject *requirements = json_object_get_object_member (record, "requirements");
  g_autoptr (JsonArray) rows = json_array_new ();
  JsonObjectIter iter;
  const char *path;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, json_object_get_object_member (record, "origins"));
  while (json_object_iter_next_ordered (&iter, &path, &node))
    {
      JsonObject *origin = json_node_get_object (node);
      JsonNode *value = find_value (requirements, path);
      JsonObject *row = json_object_new ();
      g_autofree char *place = dup_place (origin);
      g_autofree char *text = NULL;

      if (value != NULL)
        {
          gboolean is_coverage = g_str_has_prefix (path, "coverages.") && JSON_NODE_HOLDS_OBJECT (value)
                                 && !g_str_has_suffix (path, ".minimum");

          text = is_coverage ? g_strdup (_ ("required")) : ch_json_print (value, FALSE);
        }
      ch_ctl_set_text (row, "member", path);
      ch_ctl_set_text (row, "asks", text);
      ch_ctl_set_text (row, "set", json_object_get_string_member_with_default (origin, "name", NULL));
      json_object_set_int_member (row, "version", json_object_get_int_member_with_default (origin, "version", 0));
      ch_ctl_set_text (row, "place", place);
      json_array_add_object_element (rows, row);
    }
  ch_ctl_print_records (FALSE, rows, columns, _ ("No requirement set reaches this sub here."));
}

/**
 * ch_ctl_requirements_effective:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words, the verb first
 * @error: what is wrong with the words or the place
 *
 * `requirements effective`: what is asked of a sub on a project, or under a commitment, and which set asks for it.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_requirements_effective (ChCtl   *ctl,
                               int      argc,
                               char   **argv,
                               GError **error)
{
  g_autoptr (ChEffectiveRequirements) effective = NULL;
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *project = NULL;
  g_autofree char *sub = NULL;
  g_autofree char *commitment = NULL;
  ChExit exit;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { "commitment", 0, 0, G_OPTION_ARG_STRING, &commitment, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse (SYNOPSIS, entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc != 1)
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), SYNOPSIS);
      return CH_EXIT_USAGE;
    }
  effective = look_up (ctl, project, sub, commitment, &exit, error);
  if (effective == NULL)
    return exit;

  record = make_record (effective);
  if (ch_ctl_wants_json (ctl))
    ch_ctl_print_record (TRUE, json_object_ref (record));
  else
    print_table (record);
  return CH_EXIT_DONE;
}
