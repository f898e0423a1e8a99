#pragma once

#include "ch-removal.h"

G_BEGIN_DECLS

/*
 * Who works where is no list of its own in Procore: it comes with the vendors, or by project. A listing that would end
 * many memberships at once is asked about like any other.
 */

/* (transfer full) (element-type gint64 GArray): by vendor, the projects that a complete listing of @vendors (element-type
 * ChVendor) does not have and that must stay all the same, since a person is asked. */
GHashTable *_ch_memberships_kept_by_vendor  (ChRound     *round,
                                             GPtrArray   *vendors,
                                             GError     **error);
/* Adds to @vendor_ids, who a project's listing says works there, those who must stay all the same. */
gboolean    _ch_memberships_keep_on_project (ChRound     *round,
                                             gint64       project_id,
                                             GArray      *vendor_ids,
                                             GError     **error);

G_END_DECLS
