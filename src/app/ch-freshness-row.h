#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* How old what is known of the projects is: of all of them, and, opened, of those that were read longest ago. */
#define CH_TYPE_FRESHNESS_ROW (ch_freshness_row_get_type ())
G_DECLARE_FINAL_TYPE (ChFreshnessRow, ch_freshness_row, CH, FRESHNESS_ROW, AdwExpanderRow)

/* now: Unix microseconds */
void ch_freshness_row_update (ChFreshnessRow *self,
                              ChOffice       *office,
                              gint64          now);

G_END_DECLS
