#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-interchange.h"
#include "ch-publication-private.h"
#include "ch-store-carriers.h"
#include "ch-store-directory.h"
#include "ch-store-requirements.h"

/* What a requirement set asks during this stage is what it asks of a project that is not active any more: completed
 * operations stay insured for years. */
#define CLOSED_STAGE "post_construction"

static const char * const place_names[CH_N_PUBLICATION_PLACES] = {
  [CH_PLACE_COMPANY_INSURANCES] = "company_insurances",
  [CH_PLACE_PROJECT_INSURANCES] = "project_insurances",
  [CH_PLACE_COMMITMENTS] = "commitments",
  [CH_PLACE_DOCUMENTS] = "documents",
  [CH_PLACE_LINKS] = "links",
};

static void
project_view_free (ChProjectView *self)
{
  ch_project_free (self->project);
  g_free (self->tz_name);
  g_free (self->stage_category);
  g_free (self);
}

char *
_ch_desk_dup_company_zone (ChStore  *store,
                           GError  **error)
{
  GError *local_error = NULL;
  char *zone = ch_store_dup_state (store, "company_tz", &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (zone == NULL || zone[0] == '\0')
    {
      g_free (zone);
      zone = g_strdup ("UTC");
    }

  return zone;
}

/* (transfer none) (nullable): a project without a stage has no category */
static const char *
get_category (GPtrArray *stages,
              gint64     stage_id)
{
  for (guint i = 0; stage_id != 0 && i < stages->len; i++)
    {
      const ChStage *stage = g_ptr_array_index (stages, i);

      if (stage->id == stage_id)
        return stage->category;
    }

  return NULL;
}

/* A project that was never built leaves nothing to watch. */
static gboolean
was_built (const char *category)
{
  return g_strcmp0 (category, "not_awarded") != 0 && g_strcmp0 (category, "canceled") != 0;
}

static GHashTable *
read_projects (ChDeskView  *self,
               GError     **error)
{
  g_autoptr(GPtrArray) projects = ch_store_list_projects (self->store, FALSE, error);
  g_autoptr(GPtrArray) stages = projects != NULL ? ch_store_list_stages (self->store, error) : NULL;
  GHashTable *table;

  if (stages == NULL)
    return NULL;

  table = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)project_view_free);
  for (guint i = 0; i < projects->len; i++)
    {
      ChProject *project = g_ptr_array_index (projects, i);
      const char *category = get_category (stages, project->stage_id);
      ChProjectView *view;

      /* A template is a form to copy; nobody works on it. */
      if (project->is_template || (!project->active && !was_built (category)))
        continue;

      view = g_new0 (ChProjectView, 1);
      view->project = ch_project_copy (project);
      view->tz_name = g_strdup (project->tz_name != NULL && project->tz_name[0] != '\0' ? project->tz_name
                                                                                        : self->company_tz);
      view->is_closed = !project->active;
      view->stage_category = g_strdup (view->is_closed ? CLOSED_STAGE : category);
      _ch_desk_keep_zone (self->desk, view->tz_name);
      g_hash_table_insert (table, &view->project->id, view);
    }

  return table;
}

/* The day in each project's zone: of few zones for many projects. */
static void
set_days (ChDeskView *self)
{
  g_autoptr(GHashTable) days = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value, day;

  g_hash_table_iter_init (&iter, self->projects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ChProjectView *view = value;

      if (!g_hash_table_lookup_extended (days, view->tz_name, NULL, &day))
        {
          day = GINT_TO_POINTER (ch_clock_today (ch_desk_get_clock (self->desk), view->tz_name));
          g_hash_table_insert (days, view->tz_name, day);
        }
      view->today = GPOINTER_TO_INT (day);
    }
}

/* Read anew only where they may have changed since the desk's last act. */
static gboolean
load_projects (ChDeskView  *self,
               GError     **error)
{
  guint64 generation = ch_store_get_generation (self->store, CH_KIND_PROJECT);

  self->projects = _ch_desk_get_projects (self->desk, generation, self->company_tz);
  if (self->projects == NULL)
    {
      self->projects = read_projects (self, error);
      if (self->projects == NULL)
        return FALSE;
      _ch_desk_keep_projects (self->desk, self->projects, generation, self->company_tz);
    }
  set_days (self);

  return TRUE;
}

static gboolean
load_commitments_with_sets (ChDeskView  *self,
                            GError     **error)
{
  g_autoptr(GPtrArray) sets = ch_store_list_requirement_sets (self->store, error);

  if (sets == NULL)
    return FALSE;

  for (guint i = 0; i < sets->len; i++)
    {
      ChStoredRequirementSet *set = g_ptr_array_index (sets, i);

      for (guint k = 0; set->assignments != NULL && k < set->assignments->len; k++)
        {
          ChRequirementAssignment *place = g_ptr_array_index (set->assignments, k);

          if (place->scope == CH_SCOPE_COMMITMENT)
            g_hash_table_add (self->commitments_with_sets, g_memdup2 (&place->commitment_id, sizeof (gint64)));
        }
    }

  return TRUE;
}

static gboolean
load_settings (ChDeskView  *self,
               GError     **error)
{
  g_autofree char *notify = NULL;
  g_autofree char *policy_end = NULL;
  GError *local_error = NULL;

  self->company_tz = _ch_desk_dup_company_zone (self->store, error);
  if (self->company_tz == NULL)
    return FALSE;
  self->company_today = ch_clock_today (ch_desk_get_clock (self->desk), self->company_tz);

  notify = ch_store_dup_state (self->store, "notify_subs", &local_error);
  if (local_error == NULL)
    policy_end = ch_store_dup_state (self->store, CH_STATE_POLICY_END, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  self->notifies_subs = g_strcmp0 (notify, "true") == 0;
  self->next_policy_end = policy_end != NULL ? ch_date_from_iso (policy_end) : CH_DATE_NONE;

  self->carrier_version = ch_store_get_carrier_version (self->store, error);
  if (self->carrier_version < 0)
    return FALSE;

  for (guint i = 0; i < CH_N_PUBLICATION_PLACES; i++)
    {
      if (!_ch_publication_load_is_on (self->store, place_names[i], &self->is_on[i], error))
        return FALSE;
    }

  return _ch_desk_load_state (self->desk, "company_name", &self->company_name, error);
}

ChDeskView *
_ch_desk_view_new (ChDesk  *desk,
                   GError **error)
{
  g_autoptr(ChDeskView) self = g_new0 (ChDeskView, 1);

  self->desk = g_object_ref (desk);
  self->store = ch_desk_get_store (desk);
  self->sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)ch_requirement_set_free);
  self->carriers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)ch_carrier_free);
  self->carriers_sought = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stacks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->commitments_with_sets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!load_settings (self, error) || !load_projects (self, error) || !load_commitments_with_sets (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
_ch_desk_view_free (ChDeskView *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->projects, g_hash_table_unref);
  g_hash_table_unref (self->sets);
  g_hash_table_unref (self->stacks);
  g_hash_table_unref (self->commitments_with_sets);
  g_hash_table_unref (self->carriers);
  g_hash_table_unref (self->carriers_sought);
  g_free (self->company_tz);
  g_free (self->company_name);
  g_object_unref (self->desk);
  g_free (self);
}

/* (nullable): NULL where the project is not active (any more) */
ChProjectView *
_ch_desk_view_get_project (ChDeskView *self,
                           gint64      project_id)
{
  ChProjectView *project = g_hash_table_lookup (self->projects, &project_id);

  return project != NULL && !project->is_closed ? project : NULL;
}

ChProjectView *
_ch_desk_view_get_watched_project (ChDeskView *self,
                                   gint64      project_id)
{
  return g_hash_table_lookup (self->projects, &project_id);
}

static ChRequirementSet *
parse_set (ChStoredRequirementSet  *stored,
           GError                 **error)
{
  g_autoptr(JsonNode) node = ch_json_parse (stored->body, -1, error);
  ChRequirementSet *set = node != NULL ? ch_requirement_set_from_json (node, error) : NULL;

  if (set == NULL)
    g_prefix_error (error, "requirement set “%s” (version %d): ", stored->name, stored->version);

  return set;
}

static GPtrArray *
parse_layers (ChDeskView  *self,
              GPtrArray   *layers,
              GError     **error)
{
  g_autoptr(GPtrArray) sets = g_ptr_array_new ();

  for (guint i = 0; i < layers->len; i++)
    {
      ChStoredRequirementSet *stored = g_ptr_array_index (layers, i);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT ":%d", stored->id, stored->version);
      ChRequirementSet *set = g_hash_table_lookup (self->sets, key);

      if (set == NULL)
        {
          set = parse_set (stored, error);
          if (set == NULL)
            return NULL;
          g_hash_table_insert (self->sets, g_steal_pointer (&key), set);
        }
      g_ptr_array_add (sets, set);
    }

  return g_steal_pointer (&sets);
}

static char *
dup_stack_key (GPtrArray  *layers,
               const char *stage_category)
{
  GString *key = g_string_new (stage_category);

  for (guint i = 0; i < layers->len; i++)
    {
      const ChStoredRequirementSet *stored = g_ptr_array_index (layers, i);

      g_string_append_printf (key, "|%" G_GINT64_FORMAT ":%d", stored->id, stored->version);
    }

  return g_string_free (key, FALSE);
}

GPtrArray *
_ch_desk_view_merge_layers (ChDeskView  *self,
                            GPtrArray   *layers,
                            const char  *stage_category,
                            GError     **error)
{
  g_autofree char *key = dup_stack_key (layers, stage_category);
  GPtrArray *stack = g_hash_table_lookup (self->stacks, key);
  g_autoptr(GPtrArray) sets = NULL;

  if (stack != NULL)
    return g_ptr_array_ref (stack);

  sets = parse_layers (self, layers, error);
  if (sets == NULL)
    return NULL;
  stack = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_requirement_set_free);
  g_ptr_array_add (stack, ch_requirement_set_merge (sets, stage_category));
  g_hash_table_insert (self->stacks, g_steal_pointer (&key), stack);

  return g_ptr_array_ref (stack);
}

gboolean
_ch_desk_view_layers_watch (ChDeskView  *self,
                            GPtrArray   *layers,
                            gboolean    *watch,
                            GError     **error)
{
  g_autoptr(GPtrArray) sets = parse_layers (self, layers, error);

  *watch = sets != NULL && ch_requirement_layers_have_stage (sets, CLOSED_STAGE);

  return sets != NULL;
}

gboolean
_ch_desk_view_find_carriers (ChDeskView           *self,
                             const ChCertificate  *certificate,
                             GError              **error)
{
  for (guint i = 0; self->carrier_version > 0 && i < certificate->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (certificate->insurers, i);
      g_autofree char *naic = ch_naic_normalise (insurer->naic);
      ChCarrier *carrier = NULL;

      if (naic == NULL || !g_hash_table_add (self->carriers_sought, g_strdup (naic)))
        continue;
      if (!ch_store_find_carrier (self->store, self->carrier_version, naic, &carrier, error))
        return FALSE;
      if (carrier != NULL)
        g_hash_table_insert (self->carriers, carrier->naic, carrier);
    }

  return TRUE;
}

gboolean
_ch_desk_view_expect_policy_end (ChDeskView  *self,
                                 ChDate       day,
                                 GError     **error)
{
  g_autofree char *iso = NULL;

  if (day == CH_DATE_NONE || day <= self->company_today)
    return TRUE;
  if (self->next_policy_end != CH_DATE_NONE && self->next_policy_end <= day)
    return TRUE;

  self->next_policy_end = day;
  iso = ch_date_to_iso (day);

  return ch_store_set_state (self->store, CH_STATE_POLICY_END, iso, error);
}
