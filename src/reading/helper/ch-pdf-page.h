#pragma once

#include "ch-poppler-autoptr.h"

#include "ch-glyph-index.h"
#include "ch-page-model.h"

G_BEGIN_DECLS

ChPageModel *ch_pdf_page_read        (PopplerPage      *page);
void         ch_pdf_page_read_fields (PopplerPage      *page,
                                      ChPageModel      *model);
void         ch_pdf_page_read_text   (PopplerPage      *page,
                                      ChPageModel      *model,
                                      const ChPaintLog *log,
                                      ChGlyphIndex     *index,
                                      const ChTurn     *turn);
ChInk       *ch_pdf_page_read_ink    (PopplerPage      *page);
ChInk       *ch_pdf_page_draw_part   (PopplerPage      *page,
                                      const ChTurn     *turn,
                                      const ChBox      *part,
                                      double            scale);

G_END_DECLS
