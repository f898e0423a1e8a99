#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-worker-report-private.h"

/**
 * ch_worker_report_new:
 *
 * Returns: (transfer full): what a worker tells before it has done anything
 */
ChWorkerReport *
ch_worker_report_new (void)
{
  ChWorkerReport *self = g_new0 (ChWorkerReport, 1);

  self->rate_limit = -1;
  self->projects = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ch_worker_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): another like it
 */
ChWorkerReport *
ch_worker_report_copy (const ChWorkerReport *self)
{
  ChWorkerReport *copy = g_memdup2 (self, sizeof *self);

  copy->problem = g_strdup (self->problem);
  copy->activity = g_strdup (self->activity);
  g_ptr_array_ref (copy->projects);
  return copy;
}

/**
 * ch_worker_report_free:
 * @self: (transfer full): a report
 */
void
ch_worker_report_free (ChWorkerReport *self)
{
  g_free (self->problem);
  g_free (self->activity);
  g_ptr_array_unref (self->projects);
  g_free (self);
}

/**
 * ch_worker_report_find_project:
 * @self: a report
 * @project_id: an active project
 *
 * Returns: (transfer none) (nullable): how fresh it is
 */
const ChProjectFreshness *
ch_worker_report_find_project (const ChWorkerReport *self,
                               gint64                project_id)
{
  guint from = 0;
  guint to = self->projects->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      const ChProjectFreshness *project = g_ptr_array_index (self->projects, middle);

      if (project->project_id == project_id)
        return project;
      if (project->project_id < project_id)
        from = middle + 1;
      else
        to = middle;
    }
  return NULL;
}

static gint64
get_read_at (ChUnitTable *units,
             ChUnitKind   kind,
             gint64       project_id)
{
  ChUnit unit = { kind, project_id, 0 };

  return _ch_unit_table_get_read_at (units, &unit);
}

static int
compare_projects (gconstpointer a,
                  gconstpointer b)
{
  const ChProjectFreshness *left = *(const ChProjectFreshness *const *) a;
  const ChProjectFreshness *right = *(const ChProjectFreshness *const *) b;

  return left->project_id < right->project_id ? -1 : left->project_id > right->project_id;
}

/*< private >
 * _ch_worker_report_set_freshness:
 * @self: a report
 * @units: when each unit was last read
 *
 * The changes of projects are asked for more often than their whole list; the later of both counts.
 */
void
_ch_worker_report_set_freshness (ChWorkerReport *self,
                                 ChUnitTable    *units)
{
  GArray *project_ids = _ch_unit_table_get_projects (units);
  gint64 projects = MAX (get_read_at (units, CH_UNIT_PROJECTS_CHANGED, 0), get_read_at (units, CH_UNIT_PROJECTS, 0));
  gint64 insurances = get_read_at (units, CH_UNIT_COMPANY_INSURANCES, 0);
  gint64 vendors = get_read_at (units, CH_UNIT_VENDORS, 0);
  guint i;

  self->company_as_of = MIN (projects, MIN (vendors, insurances));
  g_ptr_array_unref (self->projects);
  self->projects = g_ptr_array_new_full (project_ids->len, g_free);
  self->worst_project_id = 0;
  self->worst_as_of = 0;
  for (i = 0; i < project_ids->len; i++)
    {
      ChProjectFreshness *project = g_new (ChProjectFreshness, 1);

      project->project_id = g_array_index (project_ids, gint64, i);
      project->as_of = MIN (get_read_at (units, CH_UNIT_COMMITMENTS, project->project_id),
                            get_read_at (units, CH_UNIT_PROJECT_INSURANCES, project->project_id));
      if (self->worst_project_id == 0 || project->as_of < self->worst_as_of)
        {
          self->worst_project_id = project->project_id;
          self->worst_as_of = project->as_of;
        }
      g_ptr_array_add (self->projects, project);
    }
  g_ptr_array_sort (self->projects, compare_projects);
}
