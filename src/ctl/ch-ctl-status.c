#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-desk-history.h"
#include "ch-interchange.h"
#include "ch-last-decision.h"
#include "ch-store-directory.h"
#include "ch-store-verdicts.h"

#include <glib/gi18n-lib.h>

/* Names by id, so that a list of verdicts is not a query for each. */
static GHashTable *
load_names (ChStore  *store,
            gboolean  projects,
            GError  **error)
{
  g_autoptr (GPtrArray) rows = projects ? ch_store_list_projects (store, FALSE, error) : ch_store_list_vendors (store, error);
  GHashTable *names;
  guint i;

  if (rows == NULL)
    return NULL;

  names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (i = 0; i < rows->len; i++)
    {
      gint64 id;
      const char *name;

      if (projects)
        {
          const ChProject *project = g_ptr_array_index (rows, i);

          id = project->id;
          name = project->name;
        }
      else
        {
          const ChVendor *vendor = g_ptr_array_index (rows, i);

          id = vendor->id;
          name = vendor->name;
        }
      g_hash_table_insert (names, g_memdup2 (&id, sizeof id), g_strdup (name));
    }
  return names;
}

static gboolean
needs_person (const ChStoredVerdict *verdict)
{
  return ch_status_get_colour (verdict->status) == CH_COLOUR_RED || verdict->status == CH_STATUS_PENDING;
}

static JsonArray *
make_sources (GPtrArray *sources)
{
  JsonArray *array = json_array_new ();
  guint i;

  for (i = 0; i < sources->len; i++)
    json_array_add_element (array, ch_requirement_source_to_json (g_ptr_array_index (sources, i)));
  return array;
}

/* Since when it stands as it does; a review in progress is told beside the last decision. */
static void
add_last_decision (JsonObject            *record,
                   ChStore               *store,
                   const ChStoredVerdict *verdict,
                   gint64                 as_of)
{
  g_autoptr (ChLastDecision) last = ch_last_decision_new (store, verdict);
  g_autofree char *zone = ch_store_dup_state (store, "company_tz", NULL);
  g_autofree char *summary = ch_last_decision_dup_sentence (last, as_of, zone != NULL && *zone != '\0' ? zone : "UTC");

  ch_ctl_set_instant (record, "decision_since", last->decided_since);
  ch_ctl_set_text (record, "pending", last->pending);
  ch_ctl_set_instant (record, "pending_since", last->pending_since);
  json_object_set_string_member (record, "summary", summary);
}

static JsonObject *
make_record (const ChStoredVerdict *verdict,
             GPtrArray             *sources,
             GHashTable            *project_names,
             GHashTable            *vendor_names,
             gint64                 as_of)
{
  JsonObject *record = json_object_new ();
  g_autoptr (JsonNode) findings = ch_findings_to_json (verdict->verdict->findings, sources);

  json_object_set_int_member (record, "project", verdict->project_id);
  ch_ctl_set_text (record, "project_name", g_hash_table_lookup (project_names, &verdict->project_id));
  json_object_set_int_member (record, "sub", verdict->vendor_id);
  ch_ctl_set_text (record, "sub_name", g_hash_table_lookup (vendor_names, &verdict->vendor_id));
  if (verdict->commitment_id != 0)
    json_object_set_int_member (record, "commitment", verdict->commitment_id);
  json_object_set_string_member (record, "status", ch_status_to_string (verdict->status));
  json_object_set_string_member (record, "colour", ch_colour_to_string (ch_status_get_colour (verdict->status)));
  json_object_set_string_member (record, "decision", ch_status_to_string (verdict->verdict->status));
  ch_ctl_set_date (record, "changes_on", verdict->verdict->changes_on);
  json_object_set_member (record, "findings", g_steal_pointer (&findings));
  json_object_set_array_member (record, "requirements", make_sources (sources));
  ch_ctl_set_instant (record, "since", verdict->judged_at);
  ch_ctl_set_instant (record, "as_of", as_of);
  return record;
}

static void
print_as_text (GPtrArray  *verdicts,
               JsonArray  *records,
               GHashTable *project_names,
               GHashTable *vendor_names)
{
  guint i;
  guint j;

  if (verdicts->len == 0)
    g_print ("%s\n", _ ("No verdicts yet: run “certholderctl sync”."));
  for (i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      const char *project = g_hash_table_lookup (project_names, &verdict->project_id);
      const char *vendor = g_hash_table_lookup (vendor_names, &verdict->vendor_id);
      g_autofree char *changes_on
        = verdict->verdict->changes_on != CH_DATE_NONE ? ch_date_to_iso (verdict->verdict->changes_on) : NULL;

      g_print ("%-14s %s · %s", ch_status_to_string (verdict->status), project != NULL ? project : "?",
               vendor != NULL ? vendor : "?");
      if (changes_on != NULL)
        g_print (_ (" (changes on %s)"), changes_on);
      g_print ("\n               %s\n",
               json_object_get_string_member (json_array_get_object_element (records, i), "summary"));
      for (j = 0; j < verdict->verdict->findings->len; j++)
        {
          const ChFinding *finding = g_ptr_array_index (verdict->verdict->findings, j);
          g_autofree char *text = ch_finding_dup_text (finding, TRUE);

          g_print ("               - %s%s\n", text, finding->waived ? _ (" (waived)") : "");
        }
    }
}

/**
 * ch_ctl_status:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the database can't be read
 *
 * `status [--project ID] [--sub ID] [--as-of T]`: verdicts, now or as they stood at T.
 *
 * Returns: the exit status; %CH_EXIT_NEEDS_PERSON where one of them is red or waits for review
 */
ChExit
ch_ctl_status (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GHashTable) project_names = NULL;
  g_autoptr (GHashTable) vendor_names = NULL;
  g_autofree char *project = NULL;
  g_autofree char *sub = NULL;
  g_autofree char *as_of = NULL;
  gint64 project_id = 0;
  gint64 vendor_id = 0;
  gint64 at = 0;
  ChExit status = CH_EXIT_DONE;
  ChStore *store;
  ChClock *clock;
  ChDesk *desk;
  guint i;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &as_of, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("status [--project ID] [--sub ID] [--as-of T]", entries, &argc, &argv, error)
      || (project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error))
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error))
      || (as_of != NULL && !ch_ctl_parse_instant (as_of, TRUE, &at, error)))
    return CH_EXIT_USAGE;

  clock = ch_ctl_get_clock (ctl, error);
  store = clock != NULL ? ch_ctl_get_store (ctl, error) : NULL;
  desk = store != NULL ? ch_ctl_get_desk (ctl, error) : NULL;
  if (desk == NULL)
    return CH_EXIT_LOCAL;

  /* What lapsed while no program was running is judged before it is shown. */
  if (at == 0 && !ch_desk_judge_lapsed (desk, NULL, error))
    return CH_EXIT_LOCAL;

  verdicts = at != 0 ? ch_desk_list_verdicts_at (desk, project_id, vendor_id, at, error)
                     : ch_store_list_verdicts (store, project_id, vendor_id, -1, error);
  if (verdicts == NULL)
    return CH_EXIT_LOCAL;
  project_names = load_names (store, TRUE, error);
  vendor_names = project_names != NULL ? load_names (store, FALSE, error) : NULL;
  if (vendor_names == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      g_autoptr (GPtrArray) sources = ch_desk_list_sources (desk, verdict, error);
      JsonObject *record;

      if (sources == NULL)
        return CH_EXIT_LOCAL;
      if (needs_person (verdict))
        status = CH_EXIT_NEEDS_PERSON;
      record = make_record (verdict, sources, project_names, vendor_names, at != 0 ? at : ch_clock_now (clock));
      add_last_decision (record, store, verdict, at != 0 ? at : ch_clock_now (clock));
      json_array_add_object_element (records, record);
    }

  if (ch_ctl_wants_json (ctl))
    ch_ctl_print_records (TRUE, records, NULL, NULL);
  else
    print_as_text (verdicts, records, project_names, vendor_names);
  return status;
}
