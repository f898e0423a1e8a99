#pragma once

#include "ch-leptonica.h"

G_BEGIN_DECLS

PIX *ch_letter_ink_find (PIX *picture);

G_END_DECLS
