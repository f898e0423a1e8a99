#pragma once

#include "ch-compliance-report.h"
#include "ch-report-canvas-private.h"

G_BEGIN_DECLS

/* Ends the page and starts the next one, ready for more rows. */
typedef void (*ChNextPageFunc) (ChCanvas *canvas,
                                gpointer  user_data);

void        _ch_report_table_draw_head   (ChCanvas            *canvas);
double      _ch_report_table_measure_line (ChCanvas         *canvas,
                                          const ChReportLine  *line,
                                          guint                max_findings);
void        _ch_report_table_draw_line   (ChCanvas            *canvas,
                                          const ChReportLine  *line,
                                          guint                max_findings,
                                          ChNextPageFunc       next_page,
                                          gpointer             user_data);
const char *_ch_report_get_status_label  (ChStatus             status);
char       *_ch_report_format_date       (ChDate               date);

G_END_DECLS
