#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-store-directory.h"
#include "ch-store-verdicts.h"

#include <glib/gi18n-lib.h>

/* (element-type gint64) */
static GHashTable *
list_active (ChStore  *store,
             GError  **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (store, TRUE, error);
  GHashTable *active;
  guint i;

  if (projects == NULL)
    return NULL;

  active = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (i = 0; i < projects->len; i++)
    g_hash_table_add (active, g_memdup2 (&((const ChProject *) g_ptr_array_index (projects, i))->id, sizeof (gint64)));
  return active;
}

/* The worst current status by project, or by sub over the active projects; those that stand for nothing are not in
 * it. */
static GHashTable *
find_worst (ChStore  *store,
            gboolean  by_project,
            gint64    project_id,
            GError  **error)
{
  g_autoptr (GPtrArray) verdicts = ch_store_list_verdicts (store, project_id, 0, 0, error);
  g_autoptr (GHashTable) active = verdicts != NULL ? list_active (store, error) : NULL;
  GHashTable *worst;
  guint i;

  if (active == NULL)
    return NULL;

  worst = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      gint64 id = by_project ? verdict->project_id : verdict->vendor_id;
      gpointer known = NULL;

      if (!by_project && project_id == 0 && !g_hash_table_contains (active, &verdict->project_id))
        continue;
      if (!g_hash_table_lookup_extended (worst, &id, NULL, &known)
          || ch_status_compare (verdict->status, GPOINTER_TO_INT (known)) > 0)
        g_hash_table_insert (worst, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (verdict->status));
    }
  return worst;
}

static void
set_worst (JsonObject *record,
           GHashTable *worst,
           gint64      id)
{
  gpointer status = NULL;

  if (g_hash_table_lookup_extended (worst, &id, NULL, &status))
    {
      json_object_set_string_member (record, "status", ch_status_to_string (GPOINTER_TO_INT (status)));
      json_object_set_string_member (record, "colour",
                                     ch_colour_to_string (ch_status_get_colour (GPOINTER_TO_INT (status))));
    }
  else
    {
      json_object_set_string_member (record, "status", ch_status_to_string (CH_STATUS_NOT_REQUIRED));
      json_object_set_string_member (record, "colour",
                                     ch_colour_to_string (ch_status_get_colour (CH_STATUS_NOT_REQUIRED)));
    }
}

static JsonObject *
make_project (ChStore         *store,
              const ChProject *project,
              GHashTable      *worst)
{
  JsonObject *record = json_object_new ();
  JsonObject *counts = json_object_new ();
  guint by_status[CH_N_STATUSES] = { 0 };
  guint i;

  json_object_set_int_member (record, "id", project->id);
  ch_ctl_set_text (record, "name", project->name);
  ch_ctl_set_text (record, "number", project->project_number);
  ch_ctl_set_text (record, "stage", project->stage_name);
  ch_ctl_set_text (record, "time_zone", project->tz_name);
  json_object_set_boolean_member (record, "active", project->active);
  set_worst (record, worst, project->id);

  if (ch_store_count_statuses (store, project->id, by_status, NULL))
    {
      for (i = 0; i < CH_N_STATUSES; i++)
        {
          if (by_status[i] > 0)
            json_object_set_int_member (counts, ch_status_to_string (i), by_status[i]);
        }
    }
  json_object_set_object_member (record, "counts", counts);
  return record;
}

/**
 * ch_ctl_projects:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why the database can't be read
 *
 * `projects`: the projects as last seen in Procore, with the worst status of their subs.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_projects (ChCtl   *ctl,
                 int      argc,
                 char   **argv,
                 GError **error)
{
  static const char *const columns[] = { "id", "number", "name", "stage", "active", "status", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GHashTable) worst = NULL;
  ChStore *store;
  guint i;

  if (!ch_ctl_parse ("projects", NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;

  store = ch_ctl_get_store (ctl, error);
  if (store == NULL)
    return CH_EXIT_LOCAL;
  projects = ch_store_list_projects (store, FALSE, error);
  if (projects == NULL)
    return CH_EXIT_LOCAL;
  worst = find_worst (store, TRUE, 0, error);
  if (worst == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < projects->len; i++)
    json_array_add_object_element (records, make_project (store, g_ptr_array_index (projects, i), worst));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No projects yet: run “certholderctl sync”."));
  return CH_EXIT_DONE;
}

static JsonObject *
make_sub (ChStore        *store,
          const ChVendor *vendor,
          GHashTable     *worst)
{
  JsonObject *record = json_object_new ();
  JsonArray *project_ids = json_array_new ();
  JsonArray *trades = json_array_new ();
  g_autoptr (GArray) projects = ch_store_list_vendor_projects (store, vendor->id, NULL);
  guint i;

  json_object_set_int_member (record, "id", vendor->id);
  ch_ctl_set_text (record, "name", vendor->name);
  ch_ctl_set_text (record, "legal_name", vendor->legal_name);
  ch_ctl_set_text (record, "trade_name", vendor->trade_name);
  ch_ctl_set_text (record, "email", vendor->email_address);
  ch_ctl_set_text (record, "phone", vendor->business_phone);
  json_object_set_boolean_member (record, "active", vendor->is_active);
  for (i = 0; i < vendor->trades->len; i++)
    json_array_add_string_element (trades, g_ptr_array_index (vendor->trades, i));
  json_object_set_array_member (record, "trades", trades);
  for (i = 0; projects != NULL && i < projects->len; i++)
    json_array_add_int_element (project_ids, g_array_index (projects, gint64, i));
  json_object_set_array_member (record, "projects", project_ids);
  set_worst (record, worst, vendor->id);
  return record;
}

/**
 * ch_ctl_subs:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why the database can't be read
 *
 * `subs [--project ID]`: the subs as last seen in Procore, with their worst status (on that project).
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_subs (ChCtl   *ctl,
             int      argc,
             char   **argv,
             GError **error)
{
  static const char *const columns[] = { "id", "name", "trades", "active", "status", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) vendors = NULL;
  g_autoptr (GHashTable) worst = NULL;
  g_autofree char *project = NULL;
  gint64 project_id = 0;
  ChStore *store;
  guint i;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("subs [--project ID]", entries, &argc, &argv, error)
      || (project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error)))
    return CH_EXIT_USAGE;

  store = ch_ctl_get_store (ctl, error);
  if (store == NULL)
    return CH_EXIT_LOCAL;
  vendors = project_id != 0 ? ch_store_list_project_vendors (store, project_id, error)
                            : ch_store_list_vendors (store, error);
  if (vendors == NULL)
    return CH_EXIT_LOCAL;
  worst = find_worst (store, FALSE, project_id, error);
  if (worst == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < vendors->len; i++)
    json_array_add_object_element (records, make_sub (store, g_ptr_array_index (vendors, i), worst));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No subs."));
  return CH_EXIT_DONE;
}
