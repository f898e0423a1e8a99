#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-desk-review.h"
#include "ch-watched-folder.h"

#include <glib/gi18n-lib.h>

typedef gboolean (*CheckFunc) (const char *value,
                               char      **kept);

/* What a setting may be. @usual: what holds where nothing is set. */
typedef struct {
  const char *name;
  CheckFunc   check;
  const char *allowed;
  const char *usual;
} Setting;

static gboolean
check_true (const char *value,
            char      **kept)
{
  *kept = g_strdup (value);
  return g_str_equal (value, "true") || g_str_equal (value, "false");
}

static gboolean
check_on (const char *value,
          char      **kept)
{
  *kept = g_strdup (value);
  return g_str_equal (value, "on") || g_str_equal (value, "off");
}

/* A path from here is one from anywhere only if it is whole. */
static gboolean
check_folder (const char *value,
              char      **kept)
{
  *kept = g_canonicalize_filename (value, NULL);
  return g_file_test (*kept, G_FILE_TEST_IS_DIR);
}

static const Setting settings[] = {
  { "notify_subs", check_true, "true|false", "false" },
  { "place.commitments", check_on, "on|off", "on" },
  { "place.company_insurances", check_on, "on|off", "on" },
  { "place.documents", check_on, "on|off", "on" },
  { "place.links", check_on, "on|off", "on" },
  { "place.project_insurances", check_on, "on|off", "on" },
  { "review.automatic", check_true, "true|false", "false" },
  { "review.second_person", check_true, "true|false", "false" },
  { CH_SETTING_WATCHED_FOLDER, check_folder, N_ ("a folder"), NULL },
};

static const Setting *
find_setting (const char *name,
              GError    **error)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (g_str_equal (settings[i].name, name))
        return &settings[i];
    }
  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("there is no setting “%s”: “settings” lists them"), name);
  return NULL;
}

static JsonObject *
make_record (const Setting *setting,
             ChStore       *store)
{
  JsonObject *record = json_object_new ();
  g_autofree char *value = ch_store_dup_state (store, setting->name, NULL);

  json_object_set_string_member (record, "name", setting->name);
  ch_ctl_set_text (record, "value", value != NULL ? value : setting->usual);
  json_object_set_boolean_member (record, "set", value != NULL);
  json_object_set_string_member (record, "allowed", _ (setting->allowed));
  return record;
}

static ChExit
list (ChCtl   *ctl,
      GError **error)
{
  static const char *const columns[] = { "name", "value", "allowed", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  ChStore *store = ch_ctl_get_store (ctl, error);
  gsize i;

  if (store == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < G_N_ELEMENTS (settings); i++)
    json_array_add_object_element (records, make_record (&settings[i], store));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, "");
  return CH_EXIT_DONE;
}

/* What Procore is told where, and whether it mails, changes with the setting; the next publication must say so. */
static gboolean
change (ChDesk        *desk,
        const Setting *setting,
        const char    *value,
        GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  gboolean publishes = g_str_has_prefix (setting->name, "place.") || g_str_equal (setting->name, "notify_subs");

  if (!ch_store_begin (store, ch_desk_get_who (desk), ch_clock_now (ch_desk_get_clock (desk)), error))
    return FALSE;
  if (ch_desk_change_setting (desk, setting->name, value, error)
      && (!publishes || ch_desk_judge (desk, 0, 0, NULL, error)))
    return ch_store_commit (store, error);

  ch_store_rollback (store);
  return FALSE;
}

/**
 * ch_ctl_settings:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the setting can't be kept
 *
 * `settings [NAME [VALUE|--unset]]`: shows the settings, or one; changes one.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_settings (ChCtl   *ctl,
                 int      argc,
                 char   **argv,
                 GError **error)
{
  gboolean unset = FALSE;
  g_autofree char *kept = NULL;
  const Setting *setting;
  ChDesk *desk;
  const GOptionEntry entries[] = {
    { "unset", 0, 0, G_OPTION_ARG_NONE, &unset, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("settings [NAME [VALUE|--unset]]", entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc == 1 && !unset)
    return list (ctl, error);
  if (argc > 3 || (unset && argc != 2))
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("give a name, and perhaps one value or --unset"));
      return CH_EXIT_USAGE;
    }
  setting = find_setting (argv[1], error);
  if (setting == NULL)
    return CH_EXIT_USAGE;
  if (argc == 3 && !setting->check (argv[2], &kept))
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("“%s” can’t be “%s”: it is %s"), setting->name, argv[2],
                   _ (setting->allowed));
      return CH_EXIT_USAGE;
    }

  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL || ((argc == 3 || unset) && !change (desk, setting, unset ? NULL : kept, error)))
    return CH_EXIT_LOCAL;
  ch_ctl_print_record (ch_ctl_wants_json (ctl), make_record (setting, ch_desk_get_store (desk)));
  return CH_EXIT_DONE;
}
