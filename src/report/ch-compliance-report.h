#pragma once

#include <gio/gio.h>

#include "ch-verdict.h"

G_BEGIN_DECLS

/* One sub's line of the report. */
typedef struct {
  char      *sub;
  ChStatus   status;
  ChDate     changes_on;
  GPtrArray *findings;     /* (element-type ChFinding) */
} ChReportLine;

ChReportLine *ch_report_line_new  (const char *sub,
                                   ChStatus    status,
                                   ChDate      changes_on,
                                   GPtrArray  *findings);
void          ch_report_line_free (ChReportLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChReportLine, ch_report_line_free)

/* The project's compliance report as PDF, Letter, readable in black and white. as_of: Unix seconds, in tz_name. */
GBytes       *ch_compliance_report_to_pdf (const char  *company,
                                           const char  *project,
                                           gint64       as_of,
                                           const char  *tz_name,
                                           GPtrArray   *lines,
                                           GError     **error);

G_END_DECLS
