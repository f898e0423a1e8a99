#pragma once

#include "ch-date.h"

G_BEGIN_DECLS

gboolean ch_touching_dates_complete (const char *left,
                                     const char *right,
                                     ChDate     *effective,
                                     ChDate     *expiration);

G_END_DECLS
