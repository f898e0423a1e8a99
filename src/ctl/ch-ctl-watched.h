#pragma once

#include "ch-ctl.h"

G_BEGIN_DECLS

/* The watched folder, as `watch` serves it beside the sync: what is taken in is told as events. */
typedef struct _ChCtlWatched ChCtlWatched;

ChCtlWatched *ch_ctl_watched_begin (ChCtl        *ctl,
                                    GError      **error);
/* what is being filed is filed */
void          ch_ctl_watched_end   (ChCtlWatched *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCtlWatched, ch_ctl_watched_end)

G_END_DECLS
