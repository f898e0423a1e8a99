#pragma once

#include "ch-leptonica.h"

G_BEGIN_DECLS

PIX *ch_letter_ink_find (PIX      *picture,
                         gboolean  in_grey);

G_END_DECLS
