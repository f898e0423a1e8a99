#pragma once

#include "ch-compliance-report.h"

G_BEGIN_DECLS

/* The four things that a project manager counts. */
typedef struct {
  guint ok;
  guint expiring;
  guint pending;
  guint bad;
} ChReportCounts;

void _ch_report_counts_add_lines (ChReportCounts *self,
                                  GPtrArray      *lines,
                                  guint           first);

G_END_DECLS
