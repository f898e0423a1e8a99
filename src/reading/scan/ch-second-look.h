#pragma once

#include "ch-acord-grid.h"
#include "ch-recogniser.h"
#include "ch-scan-pieces.h"

G_BEGIN_DECLS

void ch_second_look (ChRecogniser      *recogniser,
                     const ChScanSheet *sheet,
                     PIX               *without_rules,
                     const ChAcordGrid *grid,
                     GPtrArray         *pieces);

G_END_DECLS
