#pragma once

#include "ch-scan-looker.h"

G_BEGIN_DECLS

void ch_scan_dates_split (const ChScanLooker *looker,
                          GPtrArray          *pieces);
void ch_scan_dates_part  (const ChScanLooker *looker,
                          GPtrArray          *pieces);

G_END_DECLS
