#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_syscall_filter_load (void);

G_END_DECLS
