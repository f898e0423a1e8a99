#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the pages of a list were when it was last read to its end, by their hashes. Procore has no ETag: a list without a
 * change filter comes whole each time, and understanding it costs far more than receiving it.
 */
typedef struct _ChListMark ChListMark;

ChListMark *ch_list_mark_new          (void);
void        ch_list_mark_free         (ChListMark       *self);
/* Whether the list, as it was just read, is what it was before: then nothing of it was looked into. */
gboolean    ch_list_mark_is_unchanged (const ChListMark *self);
/* The next reading is looked into, whatever it is. */
void        ch_list_mark_forget       (ChListMark       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChListMark, ch_list_mark_free)

G_END_DECLS
