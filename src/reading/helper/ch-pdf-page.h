#pragma once

#include "ch-poppler-autoptr.h"

#include "ch-page-model.h"

G_BEGIN_DECLS

ChPageModel *ch_pdf_page_read        (PopplerPage *page);
gboolean     ch_pdf_page_has_image   (PopplerPage *page);
void         ch_pdf_page_read_fields (PopplerPage *page,
                                      ChPageModel *model);
void         ch_pdf_page_read_notes  (PopplerPage *page,
                                      ChPageModel *model);
void         ch_pdf_page_read_text   (PopplerPage *page,
                                      ChPageModel *model);
ChInk       *ch_pdf_page_read_ink    (PopplerPage *page);

G_END_DECLS
