#pragma once

#include "ch-page-model.h"
#include "ch-recogniser.h"
#include "ch-scan-pieces.h"

G_BEGIN_DECLS

void ch_scan_words_add (const ChScanSheet *sheet,
                        const ChScanPiece *piece,
                        guint              run,
                        GPtrArray         *words);

G_END_DECLS
