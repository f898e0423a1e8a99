#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-removal.h"

#include <glib/gi18n-lib.h>

/* More than this many changed projects are judged all at once. */
#define MANY 20

static gboolean
judge_projects (ChRound *round,
                GArray  *changed,
                GError **error)
{
  guint i;

  if (changed->len > MANY)
    return _ch_round_judge (round, 0, 0, error);
  for (i = 0; i < changed->len; i++)
    {
      if (!_ch_round_judge (round, g_array_index (changed, gint64, i), 0, error))
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
put_projects (ChRound   *round,
              GPtrArray *projects,
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
      if (one)
        g_array_append_val (changed, project->id);
    }
  round->summary->pulled_projects += changed->len;
  return changed->len == 0 || store_company_zone (round, error);
}

static gboolean
store_projects (ChRound   *round,
                GPtrArray *projects,
                gint64     before,
                gint64     began,
                GArray    *changed,
                GError   **error)
{
  gint64 latest = 0;
  guint i;

  for (i = 0; i < projects->len; i++)
    latest = MAX (latest, _ch_pull_parse_stamp (((ChProject *) g_ptr_array_index (projects, i))->updated_at));
  return put_projects (round, projects, changed, error)
         && _ch_pull_advance (round, CH_PULL_PROJECTS_SINCE, before, began, latest, error);
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
  g_autoptr (GArray) gone = NULL;
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
  if (!_ch_removal_judge (round, CH_REMOVAL_PROJECTS, _ ("projects"), known->len, missing, &gone, error))
    return FALSE;

  for (i = 0; i < gone->len; i++)
    {
      if (!ch_store_mark_project_gone (round->store, g_array_index (gone, gint64, i), error))
        return FALSE;
    }
  g_array_append_vals (changed, gone->data, gone->len);
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
store_state (ChRound    *round,
             const char *name,
             const char *value,
             GError    **error)
{
  g_autofree char *known = ch_store_dup_state (round->store, name, NULL);

  return g_strcmp0 (value, known) == 0 || ch_store_set_state (round->store, name, value, error);
}

/* Whose they are: a service account that never signed in is told of the company by its projects alone. */
static gboolean
store_company (ChRound   *round,
               GPtrArray *projects,
               GError   **error)
{
  g_autofree char *company = g_strdup_printf ("%" G_GINT64_FORMAT, ch_procore_get_company_id (round->procore));
  const ChProject *any = projects != NULL && projects->len > 0 ? g_ptr_array_index (projects, 0) : NULL;

  return store_state (round, "company_id", company, error)
         && (any == NULL || any->company_name == NULL || store_state (round, "company_name", any->company_name, error));
}

/* @before: the position that they were asked from, 0 where they are all there are; @began: when their reading began. */
static gboolean
take_projects (ChRound   *round,
               GPtrArray *projects,
               gint64     before,
               gint64     began,
               GError   **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) ids = before == 0 ? collect_ids (projects) : NULL;

  return store_company (round, projects, error) && store_projects (round, projects, before, began, changed, error)
         && (ids == NULL || remove_projects (round, ids, changed, error)) && judge_projects (round, changed, error);
}

/*< private > */
gboolean
_ch_pull_projects (ChRound *round,
                   GError **error)
{
  gint64 began = _ch_round_now (round);
  g_autoptr (GPtrArray) projects = ch_procore_list_projects (round->procore, 0, round->cancellable, error);

  round->read_all_projects = TRUE;
  return projects != NULL && _ch_round_begin (round, error)
         && _ch_round_end (round, take_projects (round, projects, 0, began, error), error);
}

/*< private > */
gboolean
_ch_pull_projects_changed (ChRound *round,
                           GError **error)
{
  gint64 position = _ch_pull_get_position (round, CH_PULL_PROJECTS_SINCE);
  gint64 began = _ch_round_now (round);
  g_autoptr (GPtrArray) projects = NULL;

  if (position == 0)
    return _ch_pull_projects (round, error);

  projects = ch_procore_list_projects (round->procore, position - CH_PULL_OVERLAP_SECONDS, round->cancellable, error);
  return projects != NULL && _ch_round_begin (round, error)
         && _ch_round_end (round, take_projects (round, projects, position, began, error), error);
}

/* Listed, but never told of: what a person may see can grow without anything being changed. */
static GArray *
find_unknown (ChRound *round,
              GArray  *ids,
              GError **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_projects (round->store, FALSE, error);
  g_autoptr (GHashTable) table = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *unknown;
  guint i;

  if (known == NULL)
    return NULL;

  for (i = 0; i < known->len; i++)
    g_hash_table_add (table, &((ChProject *) g_ptr_array_index (known, i))->id);
  unknown = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (i = 0; i < ids->len; i++)
    {
      if (!g_hash_table_contains (table, &g_array_index (ids, gint64, i)))
        g_array_append_val (unknown, g_array_index (ids, gint64, i));
    }
  return unknown;
}

static gboolean
take_project_ids (ChRound   *round,
                  GArray    *ids,
                  GPtrArray *found,
                  GError   **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));

  return store_company (round, found, error) && (found == NULL || put_projects (round, found, changed, error))
         && remove_projects (round, ids, changed, error) && judge_projects (round, changed, error);
}

/*< private > */
gboolean
_ch_pull_project_ids (ChRound *round,
                      GError **error)
{
  g_autoptr (GArray) ids = ch_procore_list_project_ids (round->procore, round->cancellable, error);
  g_autoptr (GArray) unknown = ids != NULL ? find_unknown (round, ids, error) : NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (unknown == NULL)
    return FALSE;
  if (unknown->len > 0)
    {
      found = ch_procore_list_projects_by_id (round->procore, unknown, round->cancellable, error);
      if (found == NULL)
        return FALSE;
    }
  return _ch_round_begin (round, error) && _ch_round_end (round, take_project_ids (round, ids, found, error), error);
}

static gboolean
take_stages (ChRound   *round,
             GPtrArray *stages,
             GError   **error)
{
  gboolean changed = FALSE;

  return store_stages (round, stages, &changed, error) && (!changed || _ch_round_judge (round, 0, 0, error));
}

/*< private > */
gboolean
_ch_pull_stages (ChRound *round,
                 GError **error)
{
  g_autoptr (GPtrArray) stages = ch_procore_list_stages (round->procore, round->cancellable, error);

  return stages != NULL && _ch_round_begin (round, error) && _ch_round_end (round, take_stages (round, stages, error), error);
}
