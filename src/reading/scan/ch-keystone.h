#pragma once

#include "ch-scan-sheet.h"

G_BEGIN_DECLS

gboolean ch_keystone_correct (ChScanSheet *sheet);

G_END_DECLS
