#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-history.h"
#include "ch-desk-private.h"
#include "ch-desk-report.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"

/**
 * Maker:
 * @projects: (element-type gint64 ChReportProject): borrowed from the report
 * @names: (element-type gint64 utf8): the subs'
 * @known: (element-type utf8): the requirement sets that the report has told already
 */
typedef struct {
  ChDesk             *desk;
  ChStore            *store;
  ChComplianceReport *report;
  GHashTable         *projects;
  GHashTable         *names;
  GHashTable         *known;
} Maker;

static void
maker_clear (Maker *self)
{
  g_clear_pointer (&self->projects, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, maker_clear)

static gboolean
load_names (Maker   *self,
            GError **error)
{
  g_autoptr(GPtrArray) vendors = ch_store_list_vendors (self->store, error);

  if (vendors == NULL)
    return FALSE;

  for (guint i = 0; i < vendors->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (vendors, i);

      g_hash_table_insert (self->names, g_memdup2 (&vendor->id, sizeof (gint64)), g_strdup (vendor->name));
    }

  return TRUE;
}

/* @project_id: 0 for all that are active, those without lines are taken out later */
static gboolean
load_projects (Maker   *self,
               gint64   project_id,
               GError **error)
{
  g_autoptr(GPtrArray) projects = NULL;

  if (project_id != 0)
    {
      ChProject *project = ch_store_get_project (self->store, project_id, error);

      if (project == NULL)
        return FALSE;
      projects = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_project_free);
      g_ptr_array_add (projects, project);
      if (project->tz_name != NULL && project->tz_name[0] != '\0')
        {
          g_free (self->report->tz_name);
          self->report->tz_name = g_strdup (project->tz_name);
        }
    }
  else
    {
      projects = ch_store_list_projects (self->store, FALSE, error);
      if (projects == NULL)
        return FALSE;
    }

  for (guint i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      ChReportProject *made = ch_report_project_new (project->id, project->name);

      if (!project->active)
        ch_report_project_close (made);
      g_ptr_array_add (self->report->projects, made);
      g_hash_table_insert (self->projects, &made->id, made);
    }

  return TRUE;
}

/* "Standard subcontract, version 3 (company)" for each; those not told yet are added to the report's. */
static char *
describe_sources (Maker     *self,
                  GPtrArray *sources)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < sources->len; i++)
    {
      const ChRequirementSource *source = g_ptr_array_index (sources, i);
      g_autofree char *one = g_strdup_printf (_("%s, version %d (%s)"), source->name, source->version,
                                              source->scope != NULL ? source->scope : "–");

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", one);
      if (g_hash_table_add (self->known, g_strdup (one)))
        g_ptr_array_add (self->report->requirements, g_steal_pointer (&one));
    }

  return g_strdup (text->str);
}

static gboolean
add_verdict (Maker                 *self,
             const ChStoredVerdict *verdict,
             GError               **error)
{
  ChReportProject *project = g_hash_table_lookup (self->projects, &verdict->project_id);
  const char *name = g_hash_table_lookup (self->names, &verdict->vendor_id);
  g_autoptr(GPtrArray) sources = NULL;
  ChReportLine *line;

  if (project == NULL || verdict->commitment_id != 0 || !verdict->has_requirements)
    return TRUE;
  sources = ch_desk_list_sources (self->desk, verdict, error);
  if (sources == NULL)
    return FALSE;

  line = ch_report_line_new (name != NULL ? name : _("(no longer in the directory)"), verdict->status,
                             verdict->verdict->changes_on, verdict->verdict->findings);
  line->sub_id = verdict->vendor_id;
  line->decision = verdict->verdict->status;
  line->requirements = describe_sources (self, sources);
  g_ptr_array_add (project->lines, line);

  return TRUE;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const ChReportLine *left = *(ChReportLine * const *)a;
  const ChReportLine *right = *(ChReportLine * const *)b;
  int order = ch_status_compare (right->status, left->status);

  return order != 0 ? order : g_strcmp0 (left->sub, right->sub);
}

static int
compare_projects (gconstpointer a,
                  gconstpointer b)
{
  return g_utf8_collate ((*(ChReportProject * const *)a)->name, (*(ChReportProject * const *)b)->name);
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(const char * const *)a, *(const char * const *)b);
}

static void
put_in_order (ChComplianceReport *report)
{
  for (guint i = report->projects->len; i > 0; i--)
    {
      ChReportProject *project = g_ptr_array_index (report->projects, i - 1);

      g_ptr_array_sort (project->lines, compare_lines);
      if (report->is_of_company && project->lines->len == 0)
        g_ptr_array_remove_index (report->projects, i - 1);
    }
  g_ptr_array_sort (report->projects, compare_projects);
  g_ptr_array_sort (report->requirements, compare_text);
}

static gboolean
fill (Maker   *self,
      gint64   project_id,
      gint64   at,
      GError **error)
{
  g_autoptr(GPtrArray) verdicts = NULL;

  if (!load_names (self, error) || !load_projects (self, project_id, error))
    return FALSE;
  verdicts = at != 0 ? ch_desk_list_verdicts_at (self->desk, project_id, 0, at, error)
                     : ch_store_list_verdicts (self->store, project_id, 0, 0, error);
  if (verdicts == NULL)
    return FALSE;
  for (guint i = 0; i < verdicts->len; i++)
    {
      if (!add_verdict (self, g_ptr_array_index (verdicts, i), error))
        return FALSE;
    }
  put_in_order (self->report);

  return ch_store_get_event_at (self->store, at != 0 ? at : G_MAXINT64, &self->report->audit_entry,
                                &self->report->audit_hash, error);
}

/**
 * ch_desk_make_report:
 * @project_id: 0 for the company's, with all projects of whose subs something is asked
 * @at: Unix microseconds of the moment to tell of, 0 for now
 *
 * Returns: (transfer full): the compliance report as the verdicts have it: the subs of whom something is asked, worst
 *   first, with the versions of the requirement sets and the head of the audit trail at that moment
 */
ChComplianceReport *
ch_desk_make_report (ChDesk  *self,
                     gint64   project_id,
                     gint64   at,
                     GError **error)
{
  g_autoptr(ChComplianceReport) report = NULL;
  g_auto(Maker) maker = { NULL };
  g_autofree char *company = NULL;
  g_autofree char *company_tz = NULL;
  gint64 as_of;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  maker.desk = self;
  maker.store = ch_desk_get_store (self);
  company_tz = _ch_desk_dup_company_zone (maker.store, error);
  if (company_tz == NULL)
    return NULL;
  if (!_ch_desk_load_state (self, "company_name", &company, error))
    return NULL;
  as_of = at != 0 ? at : ch_clock_now (ch_desk_get_clock (self));
  report = ch_compliance_report_new (company, as_of / G_USEC_PER_SEC, company_tz);
  report->is_of_company = project_id == 0;
  maker.report = report;
  maker.projects = g_hash_table_new (g_int64_hash, g_int64_equal);
  maker.names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  maker.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return fill (&maker, project_id, at, error) ? g_steal_pointer (&report) : NULL;
}
