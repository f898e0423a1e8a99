#pragma once

#include <adwaita.h>

#include "ch-office.h"
#include "ch-store-requirements.h"

G_BEGIN_DECLS

/* Acts on what is asked. What came of them is told in the window that the widget is in; what can be taken back is
 * offered there. */

/* set_id 0 takes the place's set away */
void ch_requirements_assign         (GtkWidget                     *widget,
                                     ChOffice                      *office,
                                     gint64                         set_id,
                                     const ChRequirementAssignment *place);
/* body: (transfer full): a set as JSON; for_all: asked of every sub from then on */
void ch_requirements_add            (GtkWidget                     *widget,
                                     ChOffice                      *office,
                                     char                          *body,
                                     gboolean                       for_all);
/* Ask for a file. */
void ch_requirements_import         (GtkWidget                     *widget,
                                     ChOffice                      *office);
void ch_requirements_export         (GtkWidget                     *widget,
                                     const char                    *name,
                                     const char                    *body);
void ch_carriers_import             (GtkWidget                     *widget,
                                     ChOffice                      *office);
/* the same with the file given */
void ch_requirements_import_from    (GtkWidget                     *widget,
                                     ChOffice                      *office,
                                     GFile                         *file);
void ch_requirements_export_to      (GtkWidget                     *widget,
                                     const char                    *body,
                                     GFile                         *file);
void ch_carriers_import_from        (GtkWidget                     *widget,
                                     ChOffice                      *office,
                                     GFile                         *file);

G_END_DECLS
