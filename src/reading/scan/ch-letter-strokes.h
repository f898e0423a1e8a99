#pragma once

#include "ch-scan-pieces.h"

G_BEGIN_DECLS

gboolean ch_letter_strokes_mend (PIX               *picture,
                                 double             scale,
                                 gboolean           in_grey,
                                 const ChScanPiece *piece);

G_END_DECLS
