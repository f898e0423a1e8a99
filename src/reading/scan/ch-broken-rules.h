#pragma once

#include "ch-scan-sheet.h"

G_BEGIN_DECLS

void ch_broken_rules_mend (const ChScanSheet *sheet,
                           PIX               *without_rules,
                           GArray            *rules);

G_END_DECLS
