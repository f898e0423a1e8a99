#pragma once

#include "ch-acord-form.h"
#include "ch-certificate.h"
#include "ch-page-model.h"

G_BEGIN_DECLS

/**
 * ChDocumentReader:
 *
 * Takes a document's pages one after the other, so that no more than one is in memory, and gathers its certificates.
 */
typedef struct _ChDocumentReader ChDocumentReader;

ChDocumentReader *ch_document_reader_new       (void);
void              ch_document_reader_free      (ChDocumentReader  *self);
void              ch_document_reader_take_page (ChDocumentReader  *self,
                                                ChPageModel       *page);
gboolean          ch_document_reader_saw_text  (ChDocumentReader  *self);
GPtrArray        *ch_document_reader_finish    (ChDocumentReader  *self,
                                                double            *confidence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChDocumentReader, ch_document_reader_free)

G_END_DECLS
