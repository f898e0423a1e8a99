#pragma once

#include <gio/gio.h>

#include "ch-verdict.h"

G_BEGIN_DECLS

/**
 * ChReportLine:
 * @sub_id: Procore's, 0 where it is not known
 * @decision: the judge's, which @status repeats but while documents await review
 * @requirements: (nullable): the sets that judged it with their versions, as text
 * @findings: (element-type ChFinding)
 *
 * One sub on one project.
 */
typedef struct {
  gint64     sub_id;
  char      *sub;
  ChStatus   status;
  ChStatus   decision;
  ChDate     changes_on;
  char      *requirements;
  GPtrArray *findings;
} ChReportLine;

ChReportLine *ch_report_line_new  (const char *sub,
                                   ChStatus    status,
                                   ChDate      changes_on,
                                   GPtrArray  *findings);
void          ch_report_line_free (ChReportLine *self);

/**
 * ChReportProject:
 * @id: Procore's, 0 where it is not known
 * @title: the name as people are told it, with a word where the project was closed out
 * @lines: (element-type ChReportLine): in the order in which they are to stand
 */
typedef struct {
  gint64     id;
  char      *name;
  char      *title;
  GPtrArray *lines;
} ChReportProject;

ChReportProject *ch_report_project_new  (gint64           id,
                                         const char      *name);
void             ch_report_project_close (ChReportProject *self);
void             ch_report_project_free (ChReportProject *self);

/**
 * ChComplianceReport:
 * @company: (nullable): the general contractor's name
 * @as_of: the moment that the report tells of, Unix seconds
 * @tz_name: (nullable): IANA zone in which @as_of is shown; UTC where %NULL or unknown
 * @is_of_company: it tells of all projects, not of one
 * @projects: (element-type ChReportProject)
 * @requirements: (element-type utf8): the requirement sets behind it with their versions, each once
 * @audit_entry: the last entry of the audit trail at that moment, 0 where there was none
 * @audit_hash: (nullable): its hash, which vouches for all before it
 */
typedef struct {
  char      *company;
  gint64     as_of;
  char      *tz_name;
  gboolean   is_of_company;
  GPtrArray *projects;
  GPtrArray *requirements;
  gint64     audit_entry;
  char      *audit_hash;
} ChComplianceReport;

ChComplianceReport *ch_compliance_report_new    (const char               *company,
                                                 gint64                    as_of,
                                                 const char               *tz_name);
void                ch_compliance_report_free   (ChComplianceReport       *self);
GBytes             *ch_compliance_report_to_pdf (const ChComplianceReport *self,
                                                 GError                  **error);
GBytes             *ch_compliance_report_to_csv (const ChComplianceReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChReportLine, ch_report_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChReportProject, ch_report_project_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChComplianceReport, ch_compliance_report_free)

G_END_DECLS
