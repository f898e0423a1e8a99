#pragma once

#include "ch-reader-wire.h"

G_BEGIN_DECLS

/**
 * ChReaderChild:
 *
 * One running certholder-reader, and the near end of the socket to it. Used by one thread at a time.
 */
typedef struct _ChReaderChild ChReaderChild;

/* Called in the thread that asked, when the helper begins a page of several. */
typedef void (*ChReaderChildProgress) (guint    page,
                                       guint    n_pages,
                                       gpointer user_data);

ChReaderChild *ch_reader_child_new      (const char        *program,
                                         GError           **error);
void           ch_reader_child_free     (ChReaderChild     *self);
gboolean       ch_reader_child_ask      (ChReaderChild     *self,
                                         const ChWireHead  *request,
                                         int                fd,
                                         GCancellable      *cancellable,
                                         ChReaderChildProgress progress,
                                         gpointer           user_data,
                                         ChWireHead        *reply,
                                         GBytes           **payload,
                                         int               *reply_fd,
                                         GError           **error);
gboolean       ch_reader_child_is_worn  (ChReaderChild     *self);
GPid           ch_reader_child_get_pid  (ChReaderChild     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChReaderChild, ch_reader_child_free)

G_END_DECLS
