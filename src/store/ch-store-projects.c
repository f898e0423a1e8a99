#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-directory.h"
#include "ch-store-private.h"

enum {
  STAGE_ID,
  STAGE_NAME,
  STAGE_CATEGORY,
};

enum {
  PROJECT_ID,
  PROJECT_NAME,
  PROJECT_NUMBER,
  PROJECT_STAGE_ID,
  PROJECT_STAGE_NAME,
  PROJECT_ACTIVE,
  PROJECT_IS_DEMO,
  PROJECT_IS_TEMPLATE,
  PROJECT_TZ_NAME,
  PROJECT_ADDRESS,
  PROJECT_CITY,
  PROJECT_STATE_CODE,
  PROJECT_ZIP,
  PROJECT_UPDATED_AT,
  PROJECT_ORIGIN_ID,
};

static ChProject *
project_from_row (ChQuery *query)
{
  ChProject *project = ch_project_new ();

  project->id = _ch_query_get_integer (query, PROJECT_ID);
  project->name = _ch_query_dup_text (query, PROJECT_NAME);
  project->project_number = _ch_query_dup_text (query, PROJECT_NUMBER);
  project->stage_id = _ch_query_get_integer (query, PROJECT_STAGE_ID);
  project->stage_name = _ch_query_dup_text (query, PROJECT_STAGE_NAME);
  project->active = _ch_query_get_boolean (query, PROJECT_ACTIVE);
  project->is_demo = _ch_query_get_boolean (query, PROJECT_IS_DEMO);
  project->is_template = _ch_query_get_boolean (query, PROJECT_IS_TEMPLATE);
  project->tz_name = _ch_query_dup_text (query, PROJECT_TZ_NAME);
  project->address = _ch_query_dup_text (query, PROJECT_ADDRESS);
  project->city = _ch_query_dup_text (query, PROJECT_CITY);
  project->state_code = _ch_query_dup_text (query, PROJECT_STATE_CODE);
  project->zip = _ch_query_dup_text (query, PROJECT_ZIP);
  project->updated_at = _ch_query_dup_text (query, PROJECT_UPDATED_AT);
  project->origin_id = _ch_query_dup_text (query, PROJECT_ORIGIN_ID);

  return project;
}

/**
 * ch_store_put_stage:
 * @changed: (out) (nullable): whether something differed
 *
 * The category of a stage is a fact about all projects in it, so a change says that any project may have changed.
 */
gboolean
ch_store_put_stage (ChStore        *self,
                    const ChStage  *stage,
                    gboolean       *changed,
                    GError        **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean differs;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (stage != NULL, FALSE);

  query = _ch_store_query (self, "put-stage");
  _ch_query_bind_integer (query, stage->id);
  _ch_query_bind_text (query, stage->name);
  _ch_query_bind_text (query, stage->category);
  if (!_ch_query_run_changing (query, &differs, error))
    return FALSE;
  if (differs)
    _ch_store_note (self, CH_KIND_PROJECT, 0);
  if (changed != NULL)
    *changed = differs;

  return TRUE;
}

/**
 * ch_store_put_project:
 * @changed: (out) (nullable): whether something differed
 *
 * A project that was gone is back.
 */
gboolean
ch_store_put_project (ChStore          *self,
                      const ChProject  *project,
                      gboolean         *changed,
                      GError          **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean differs;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (project != NULL, FALSE);

  query = _ch_store_query (self, "put-project");
  _ch_query_bind_integer (query, project->id);
  _ch_query_bind_text (query, project->name);
  _ch_query_bind_text (query, project->project_number);
  _ch_query_bind_id (query, project->stage_id);
  _ch_query_bind_text (query, project->stage_name);
  _ch_query_bind_boolean (query, project->active);
  _ch_query_bind_boolean (query, project->is_demo);
  _ch_query_bind_boolean (query, project->is_template);
  _ch_query_bind_text (query, project->tz_name);
  _ch_query_bind_text (query, project->address);
  _ch_query_bind_text (query, project->city);
  _ch_query_bind_text (query, project->state_code);
  _ch_query_bind_text (query, project->zip);
  _ch_query_bind_text (query, project->updated_at);
  _ch_query_bind_text (query, project->origin_id);
  if (!_ch_query_run_changing (query, &differs, error))
    return FALSE;
  if (differs)
    _ch_store_note (self, CH_KIND_PROJECT, project->id);
  if (changed != NULL)
    *changed = differs;

  return TRUE;
}

/**
 * ch_store_mark_project_gone:
 *
 * Returns: %FALSE with %CH_STORE_ERROR_NOT_FOUND where there is no such project; one that is gone already stays so
 */
gboolean
ch_store_mark_project_gone (ChStore  *self,
                            gint64    project_id,
                            GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  return _ch_store_mark_gone (self, "mark-project-gone", "has-project", CH_KIND_PROJECT, project_id, error);
}

/**
 * ch_store_list_stages:
 *
 * Returns: (transfer full) (element-type ChStage): in the order of their ids
 */
GPtrArray *
ch_store_list_stages (ChStore  *self,
                      GError  **error)
{
  g_autoptr(GPtrArray) stages = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  stages = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stage_free);
  query = _ch_store_query (self, "list-stages");
  while (_ch_query_next (query))
    g_ptr_array_add (stages, ch_stage_new (_ch_query_get_integer (query, STAGE_ID),
                                           _ch_query_get_text (query, STAGE_NAME),
                                           _ch_query_get_text (query, STAGE_CATEGORY)));

  return _ch_query_finish (query, error) ? g_steal_pointer (&stages) : NULL;
}

/**
 * ch_store_is_project_at_work:
 * @project_id: a project, known or not
 *
 * Returns: whether it is there, active and no template; %FALSE with @error set where that can't be found out
 */
gboolean
ch_store_is_project_at_work (ChStore  *self,
                             gint64    project_id,
                             GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);

  return _ch_store_has (self, "has-working-project", project_id, error);
}

/**
 * ch_store_list_projects:
 * @active_only: leave out those that are not active in Procore
 *
 * Returns: (transfer full) (element-type ChProject): by name
 */
GPtrArray *
ch_store_list_projects (ChStore   *self,
                        gboolean   active_only,
                        GError   **error)
{
  g_autoptr(GPtrArray) projects = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  projects = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_project_free);
  query = _ch_store_query (self, active_only ? "list-active-projects" : "list-projects");
  while (_ch_query_next (query))
    g_ptr_array_add (projects, project_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&projects) : NULL;
}

/**
 * ch_store_get_project:
 *
 * Returns: (transfer full): the project, gone or not; %NULL with %CH_STORE_ERROR_NOT_FOUND
 */
ChProject *
ch_store_get_project (ChStore  *self,
                      gint64    project_id,
                      GError  **error)
{
  g_autoptr(ChProject) project = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  query = _ch_store_query (self, "get-project");
  _ch_query_bind_integer (query, project_id);
  if (_ch_query_next (query))
    project = project_from_row (query);
  if (!_ch_query_finish (query, error))
    return NULL;
  if (project == NULL)
    _ch_store_set_not_found (error, "project", project_id);

  return g_steal_pointer (&project);
}

/**
 * ch_store_dup_stage_category:
 *
 * Returns: (transfer full) (nullable): Procore's category of the project's stage; %NULL without an error where it has
 *   no stage or the stage is not known; %NULL with %CH_STORE_ERROR_NOT_FOUND where there is no such project
 */
char *
ch_store_dup_stage_category (ChStore  *self,
                             gint64    project_id,
                             GError  **error)
{
  g_autoptr(ChQuery) query = NULL;
  g_autofree char *category = NULL;
  gboolean is_there;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  query = _ch_store_query (self, "get-stage-category");
  _ch_query_bind_integer (query, project_id);
  is_there = _ch_query_next (query);
  if (is_there)
    category = _ch_query_dup_text (query, 0);
  if (!_ch_query_finish (query, error))
    return NULL;
  if (!is_there)
    _ch_store_set_not_found (error, "project", project_id);

  return g_steal_pointer (&category);
}
