#pragma once

#include <adwaita.h>

#include "ch-date.h"

G_BEGIN_DECLS

/* A day that is typed or picked from a calendar. ::changed of the entry; see ch_date_row_get_date(). */
#define CH_TYPE_DATE_ROW (ch_date_row_get_type ())
G_DECLARE_FINAL_TYPE (ChDateRow, ch_date_row, CH, DATE_ROW, AdwEntryRow)

void   ch_date_row_set_today (ChDateRow *self,
                              ChDate     today);
/* %CH_DATE_NONE where what is typed is no day */
ChDate ch_date_row_get_date  (ChDateRow *self);
void   ch_date_row_set_date  (ChDateRow *self,
                              ChDate     date);

G_END_DECLS
