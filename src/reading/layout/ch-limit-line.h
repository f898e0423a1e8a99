#pragma once

#include "ch-limit.h"

#include <glib.h>

G_BEGIN_DECLS

guint ch_limit_line_parse (const char *text,
                           gint64      limits[CH_N_LIMITS]);

G_END_DECLS
