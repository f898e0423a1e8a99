#pragma once

#include "ch-page-painter.h"
#include "ch-page-reader.h"
#include "ch-refusal.h"

G_BEGIN_DECLS

/**
 * ChSource:
 *
 * What somebody sent: a PDF, or one or more pictures of pages in one file. What it is, its first bytes say, never its
 * name.
 */
typedef struct _ChSource ChSource;

ChSource    *ch_source_open        (int           fd,
                                    ChRefusal    *refusal);
void         ch_source_free        (ChSource     *self);
guint        ch_source_get_n_pages (ChSource     *self);
guint        ch_source_get_n_damaged (ChSource   *self);
ChPageModel *ch_source_read_page   (ChSource     *self,
                                    guint         index,
                                    ChPageReader *reader);
gboolean     ch_source_paint_page  (ChSource     *self,
                                    guint         index,
                                    double        scale,
                                    ChPainting   *painting,
                                    ChRefusal    *refusal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSource, ch_source_free)

G_END_DECLS
