#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     ch_lockdown_warm_up (void);
gboolean ch_lockdown_apply   (void);

G_END_DECLS
