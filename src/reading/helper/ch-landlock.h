#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_landlock_restrict (const char *const *readable);

G_END_DECLS
