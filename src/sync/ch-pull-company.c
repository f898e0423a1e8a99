#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

/* Stamps show whole seconds and clocks differ: a little is read twice, so that nothing is missed. */
#define OVERLAP_SECONDS 60

/* More than this many changed projects are judged all at once. */
#define MANY 20

static gint64
parse_stamp (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static gint64
get_position (ChRound    *round,
              const char *name)
{
  g_autofree char *text = ch_store_dup_state (round->store, name, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
set_position (ChRound    *round,
              const char *name,
              gint64      position,
              GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, position);

  return ch_store_set_state (round->store, name, text, error);
}

static gboolean
judge_projects (ChRound *round,
                GArray  *changed,
                GError **error)
{
  guint i;

  if (changed->len > MANY)
    return ch_desk_judge (round->desk, 0, 0, NULL, error);
  for (i = 0; i < changed->len; i++)
    {
      if (!ch_desk_judge (round->desk, g_array_index (changed, gint64, i), 0, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_stages (ChRound   *round,
              GPtrArray *stages,
              gboolean  *changed,
              GError   **error)
{
  guint i;

  for (i = 0; i < stages->len; i++)
    {
      gboolean one = FALSE;

      if (!ch_store_put_stage (round->store, g_ptr_array_index (stages, i), &one, error))
        return FALSE;
      *changed |= one;
    }
  return TRUE;
}

/* The zone in which most projects are stands for the company's, which Procore does not tell. */
static gboolean
store_company_zone (ChRound *round,
                    GError **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (round->store, TRUE, error);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *known = ch_store_dup_state (round->store, "company_tz", NULL);
  const char *best = NULL;
  int best_count = 0;
  guint i;

  if (projects == NULL)
    return FALSE;

  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      int count;

      if (project->tz_name == NULL)
        continue;
      count = GPOINTER_TO_INT (g_hash_table_lookup (counts, project->tz_name)) + 1;
      g_hash_table_insert (counts, project->tz_name, GINT_TO_POINTER (count));
      if (count > best_count)
        {
          best = project->tz_name;
          best_count = count;
        }
    }
  return best == NULL || g_strcmp0 (best, known) == 0 || ch_store_set_state (round->store, "company_tz", best, error);
}

static gboolean
store_projects (ChRound   *round,
                GPtrArray *projects,
                gint64     position,
                GArray    *changed,
                GError   **error)
{
  guint i;

  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      gboolean one = FALSE;

      if (!ch_store_put_project (round->store, project, &one, error))
        return FALSE;
      position = MAX (position, parse_stamp (project->updated_at));
      if (one)
        g_array_append_val (changed, project->id);
    }
  round->summary->pulled_projects += changed->len;
  if (changed->len > 0 && !store_company_zone (round, error))
    return FALSE;
  return set_position (round, "sync.projects_since", position, error);
}

/* Those that a complete list of ids no longer has. A deleted project sends nothing and is just not listed. */
static gboolean
remove_projects (ChRound *round,
                 GArray  *ids,
                 GArray  *changed,
                 GError **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_projects (round->store, FALSE, error);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  if (known == NULL)
    return FALSE;

  for (i = 0; i < ids->len; i++)
    g_hash_table_add (listed, &g_array_index (ids, gint64, i));
  for (i = 0; i < known->len; i++)
    {
      const ChProject *project = g_ptr_array_index (known, i);

      if (!g_hash_table_contains (listed, &project->id))
        g_array_append_val (missing, project->id);
    }
  if (_ch_is_mass_removal (round, _ ("projects"), known->len, missing->len))
    return TRUE;

  for (i = 0; i < missing->len; i++)
    {
      if (!ch_store_mark_project_gone (round->store, g_array_index (missing, gint64, i), error))
        return FALSE;
    }
  g_array_append_vals (changed, missing->data, missing->len);
  return TRUE;
}

static GArray *
collect_ids (GPtrArray *projects)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  for (i = 0; i < projects->len; i++)
    g_array_append_val (ids, ((ChProject *) g_ptr_array_index (projects, i))->id);
  return ids;
}

static gboolean
store_all (ChRound   *round,
           GPtrArray *stages,
           GPtrArray *projects,
           GArray    *ids,
           gint64     position,
           GError   **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *company = g_strdup_printf ("%" G_GINT64_FORMAT, ch_procore_get_company_id (round->procore));
  g_autofree char *known_company = ch_store_dup_state (round->store, "company_id", NULL);
  gboolean stages_changed = FALSE;

  if (g_strcmp0 (company, known_company) != 0 && !ch_store_set_state (round->store, "company_id", company, error))
    return FALSE;
  if (!store_stages (round, stages, &stages_changed, error) || !store_projects (round, projects, position, changed, error)
      || !remove_projects (round, ids, changed, error))
    return FALSE;
  return stages_changed ? ch_desk_judge (round->desk, 0, 0, NULL, error) : judge_projects (round, changed, error);
}

/*< private > */
gboolean
_ch_pull_company (ChRound *round,
                  GError **error)
{
  gint64 position = get_position (round, "sync.projects_since");
  g_autoptr (GPtrArray) stages = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GArray) ids = NULL;
  GError *cause = NULL;

  projects = ch_procore_list_projects (round->procore, position > OVERLAP_SECONDS ? position - OVERLAP_SECONDS : 0,
                                       round->cancellable, error);
  if (projects == NULL)
    {
      g_prefix_error (error, "%s: ", _ ("projects"));
      return FALSE;
    }
  /* The first list is complete by itself. */
  ids = position == 0 ? collect_ids (projects) : ch_procore_list_project_ids (round->procore, round->cancellable, error);
  if (ids == NULL)
    return FALSE;

  stages = ch_procore_list_stages (round->procore, round->cancellable, &cause);
  if (stages == NULL)
    {
      if (_ch_ends_round (cause))
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      _ch_round_problem (round, _ ("project stages"), cause);
      g_clear_error (&cause);
      stages = g_ptr_array_new ();
    }

  return _ch_round_begin (round, error)
         && _ch_round_end (round, store_all (round, stages, projects, ids, position, error), error);
}
