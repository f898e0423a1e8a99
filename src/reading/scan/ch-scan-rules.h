#pragma once

#include "ch-scan-sheet.h"

G_BEGIN_DECLS

void ch_scan_rules_find (const ChScanSheet *sheet,
                         GArray            *rules,
                         PIX              **without);

G_END_DECLS
