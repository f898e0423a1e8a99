#pragma once

#include "ch-poppler-autoptr.h"

#include "ch-reader.h"

G_BEGIN_DECLS

/**
 * ChPdfRefusal:
 * @code: why, as a #ChReaderError
 * @detail: the figure it is about (pages, bytes); 0 for none
 */
typedef struct {
  ChReaderError code;
  gint64        detail;
} ChPdfRefusal;

PopplerDocument *ch_pdf_document_open (int           fd,
                                       ChPdfRefusal *refusal);

G_END_DECLS
