#pragma once

#include "ch-page-model.h"
#include "pdf-pen.h"
#include "reader-fixture.h"

G_BEGIN_DECLS

/* (transfer full): the first page that was drawn, as the helper reads it, with its ink */
ChPageModel *drawn_page_read (ReaderFixture *fixture,
                              PdfPen        *pen);

G_END_DECLS
