#pragma once

#include "ch-evaluation.h"
#include "ch-store.h"

G_BEGIN_DECLS

/* The user's list of carriers with AM Best's ratings. Each import is a whole further version. */
int         ch_store_get_carrier_version (ChStore    *self,
                                          GError    **error);
gboolean    ch_store_put_carriers        (ChStore    *self,
                                          GPtrArray  *carriers,
                                          int        *version,
                                          GError    **error);
GPtrArray  *ch_store_list_carriers       (ChStore    *self,
                                          int         version,
                                          GError    **error);
gboolean    ch_store_find_carrier        (ChStore    *self,
                                          int         version,
                                          const char *naic,
                                          ChCarrier **carrier,
                                          GError    **error);

G_END_DECLS
