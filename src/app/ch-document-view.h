#pragma once

#include <adwaita.h>

#include "ch-certificate.h"
#include "ch-office.h"

G_BEGIN_DECLS

/*
 * A document's pages, one at a time, with zoom; rendered by the reader's helper. ::field-activated (const char *path)
 * when a box was clicked.
 */
#define CH_TYPE_DOCUMENT_VIEW (ch_document_view_get_type ())
G_DECLARE_FINAL_TYPE (ChDocumentView, ch_document_view, CH, DOCUMENT_VIEW, AdwBin)

/* fields: (element-type ChFieldReading): where values were read; below @doubtful a value is marked */
void ch_document_view_open         (ChDocumentView *self,
                                    ChOffice       *office,
                                    const char     *sha256,
                                    const char     *file_name,
                                    GPtrArray      *fields,
                                    double          doubtful);
/* shows the box of a value, on whatever page it is; path: (nullable) */
void ch_document_view_select_field (ChDocumentView *self,
                                    const char     *path);

G_END_DECLS
