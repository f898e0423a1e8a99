#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include "ch-report-counts-private.h"

/* @first: the first of the lines that counts */
void
_ch_report_counts_add_lines (ChReportCounts *self,
                             GPtrArray      *lines,
                             guint           first)
{
  for (guint i = first; i < lines->len; i++)
    {
      const ChReportLine *line = g_ptr_array_index (lines, i);

      if (line->status == CH_STATUS_EXPIRING)
        self->expiring++;
      else if (line->status == CH_STATUS_PENDING)
        self->pending++;
      else if (ch_status_get_colour (line->status) == CH_COLOUR_GREEN)
        self->ok++;
      else
        self->bad++;
    }
}
