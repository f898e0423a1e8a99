#pragma once

#include "ch-store-certificates.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The members `matches` (subs) and `named_projects` of a certificate's record: what it may belong to, and why. Left out
 * where there is nothing. */
gboolean ch_ctl_set_matches (JsonObject *record,
                             ChStore    *store,
                             gint64      certificate_id,
                             GError    **error);

G_END_DECLS
