#pragma once

#include "ch-scan-pieces.h"

G_BEGIN_DECLS

gboolean ch_grazed_digits_mend (const ChScanSheet *sheet,
                                PIX               *without_rules,
                                ChScanPiece       *piece);

G_END_DECLS
