#pragma once

#include "ch-page-model.h"
#include "ch-poppler-autoptr.h"

#ifdef HAVE_OCR
#include "ch-leptonica.h"
#endif

G_BEGIN_DECLS

/**
 * ChPageReader:
 *
 * Makes the model of a page from whatever the page is made of: its text, or its picture where it has none. To be made
 * while files can still be opened.
 */
typedef struct _ChPageReader ChPageReader;

ChPageReader *ch_page_reader_new  (void);
void          ch_page_reader_free (ChPageReader *self);
ChPageModel  *ch_page_reader_read (ChPageReader *self,
                                   PopplerPage  *page);
#ifdef HAVE_OCR
ChPageModel  *ch_page_reader_read_picture (ChPageReader *self,
                                           PIX          *picture,
                                           double        scale,
                                           guint         number);
#endif

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPageReader, ch_page_reader_free)

G_END_DECLS
