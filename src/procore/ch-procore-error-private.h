#pragma once

#include "ch-procore-error.h"

#include <string.h>

G_BEGIN_DECLS

void _ch_procore_error_set_busy (GError **error,
                                 gint64   retry_at);

G_END_DECLS
