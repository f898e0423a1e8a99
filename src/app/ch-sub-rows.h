#pragma once

#include <adwaita.h>

#include "ch-sub-file.h"

G_BEGIN_DECLS

/* The rows of a sub's page. (transfer floating) each. */
GtkWidget *ch_sub_row_new_verdict     (const ChStoredVerdict    *verdict,
                                       const char               *project_name,
                                       const char               *decision,
                                       ChDate                    today);
void       ch_sub_row_fill_verdict    (GtkWidget                *row,
                                       const ChStoredVerdict    *verdict,
                                       GPtrArray                *sources);
GtkWidget *ch_sub_row_new_waiver      (const ChStoredWaiver     *given,
                                       const char               *project_name,
                                       ChDate                    today);
GtkWidget *ch_sub_row_new_policy      (const ChSubPolicy        *held,
                                       ChDate                    today);
GtkWidget *ch_sub_row_new_certificate (const ChFiledCertificate *filed);
GtkWidget *ch_sub_row_new_insurance   (const ChInsuranceRecord  *record,
                                       const char               *project_name);

G_END_DECLS
