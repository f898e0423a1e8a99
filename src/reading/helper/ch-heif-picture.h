#pragma once

#include "ch-leptonica.h"

G_BEGIN_DECLS

PIX *ch_heif_picture_decode (GBytes *bytes);

G_END_DECLS
