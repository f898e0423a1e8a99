#pragma once

#include "ch-list-mark.h"
#include "ch-transport.h"

G_BEGIN_DECLS

/* A reading begins, from the first page on. */
void     _ch_list_mark_begin    (ChListMark       *self);
/* Whether the page that comes next, and all before it, are what they were. */
gboolean _ch_list_mark_is_known (ChListMark       *self,
                                 const ChResponse *page);
/* That page was taken; whether another followed it when the list was last read. */
gboolean _ch_list_mark_take     (ChListMark       *self);
/* The reading came to its end. */
void     _ch_list_mark_end      (ChListMark       *self);

G_END_DECLS
