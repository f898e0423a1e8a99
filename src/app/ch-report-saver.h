#pragma once

#include <gtk/gtk.h>

#include "ch-office.h"

G_BEGIN_DECLS

typedef enum {
  CH_REPORT_PDF,
  CH_REPORT_CSV,
} ChReportKind;

/* Asks where to, and saves the compliance report there. widget: in the window that tells how it went; project_id 0:
 * of the company; name: (nullable): the project's */
void ch_report_save (GtkWidget    *widget,
                     ChOffice     *office,
                     gint64        project_id,
                     const char   *name,
                     ChReportKind  kind);
/* the same, where the file is known */
void ch_report_save_to (GtkWidget    *widget,
                        ChOffice     *office,
                        gint64        project_id,
                        ChReportKind  kind,
                        GFile        *file);

G_END_DECLS
