#pragma once

#include "ch-desk.h"

G_BEGIN_DECLS

/* Takes in the list of carriers with their ratings, CSV or JSON; n is how many it has. */
gboolean ch_desk_import_carriers (ChDesk      *self,
                                  const char  *text,
                                  gssize       length,
                                  guint       *n,
                                  int         *version,
                                  GError     **error);

G_END_DECLS
