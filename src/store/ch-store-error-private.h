#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

void _ch_store_error_set_sqlite (GError     **error,
                                 int          code,
                                 int          number,
                                 const char  *detail);
void _ch_store_error_set_errno  (GError     **error,
                                 int          number,
                                 const char  *path);

G_END_DECLS
