#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-compliance-report.h"

/**
 * ch_report_line_new:
 * @sub: the sub's name
 * @status: what the desk says of it
 * @changes_on: the day on which that changes by itself, or %CH_DATE_NONE
 * @findings: (nullable) (element-type ChFinding): copied
 *
 * Returns: (transfer full): one row of the report
 */
ChReportLine *
ch_report_line_new (const char *sub,
                    ChStatus    status,
                    ChDate      changes_on,
                    GPtrArray  *findings)
{
  ChReportLine *self = g_new0 (ChReportLine, 1);

  self->sub = g_strdup (sub != NULL ? sub : "");
  self->status = status;
  self->decision = status;
  self->changes_on = changes_on;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_finding_free);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    g_ptr_array_add (self->findings, ch_finding_copy (g_ptr_array_index (findings, i)));

  return self;
}

void
ch_report_line_free (ChReportLine *self)
{
  if (self == NULL)
    return;

  g_free (self->sub);
  g_free (self->requirements);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

ChReportProject *
ch_report_project_new (gint64      id,
                       const char *name)
{
  ChReportProject *self = g_new0 (ChReportProject, 1);

  self->id = id;
  self->name = g_strdup (name != NULL ? name : "");
  self->title = g_strdup (self->name);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_report_line_free);

  return self;
}

/**
 * ch_report_project_close:
 *
 * Says that the project was closed out: only what is asked after that is still watched.
 */
void
ch_report_project_close (ChReportProject *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  /* Translators: %s is a project's name. */
  self->title = g_strdup_printf (_("%s (closed out)"), self->name);
}

void
ch_report_project_free (ChReportProject *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * ch_compliance_report_new:
 * @company: (nullable): the general contractor's name
 * @as_of: the moment that it tells of, Unix seconds
 * @tz_name: (nullable): IANA zone in which that is shown
 *
 * Returns: (transfer full): a report without projects
 */
ChComplianceReport *
ch_compliance_report_new (const char *company,
                          gint64      as_of,
                          const char *tz_name)
{
  ChComplianceReport *self = g_new0 (ChComplianceReport, 1);

  self->company = g_strdup (company);
  self->as_of = as_of;
  self->tz_name = g_strdup (tz_name);
  self->projects = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_report_project_free);
  self->requirements = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
ch_compliance_report_free (ChComplianceReport *self)
{
  if (self == NULL)
    return;

  g_free (self->company);
  g_free (self->tz_name);
  g_ptr_array_unref (self->projects);
  g_ptr_array_unref (self->requirements);
  g_free (self->audit_hash);
  g_free (self);
}
