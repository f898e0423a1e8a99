#pragma once

#include <adwaita.h>

#include "ch-insurance-record.h"
#include "ch-store-certificates.h"
#include "ch-store-events.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

/* The rows of a sub's page. (transfer floating) each. */
GtkWidget *ch_sub_row_new_fact        (const char               *title,
                                       const char               *value);
GtkWidget *ch_sub_row_new_verdict     (const ChStoredVerdict    *verdict,
                                       const char               *project_name,
                                       ChDate                    today);
GtkWidget *ch_sub_row_new_certificate (const ChFiledCertificate *filed);
GtkWidget *ch_sub_row_new_insurance   (const ChInsuranceRecord  *record,
                                       const char               *project_name);
GtkWidget *ch_sub_row_new_event       (const ChEvent            *event,
                                       const char               *project_name);

G_END_DECLS
