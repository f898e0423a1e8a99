#pragma once

#include "ch-poppler-autoptr.h"

#include "ch-refusal.h"

G_BEGIN_DECLS

PopplerDocument *ch_pdf_document_open (GBytes    *bytes,
                                       ChRefusal *refusal);

G_END_DECLS
