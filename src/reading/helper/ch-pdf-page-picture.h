#pragma once

#include "ch-leptonica.h"
#include "ch-poppler-autoptr.h"

G_BEGIN_DECLS

PIX *ch_pdf_page_picture_draw (PopplerPage *page,
                               double      *scale);

G_END_DECLS
