#pragma once

#include "ch-leptonica.h"

G_BEGIN_DECLS

guint ch_exif_find_orientation (const guint8 *data,
                                gsize         length);
PIX  *ch_exif_turn_upright     (const guint8 *data,
                                gsize         length,
                                PIX          *picture);

G_END_DECLS
