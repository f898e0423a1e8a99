#pragma once

#include "ch-store-shared.h"

G_BEGIN_DECLS

/* Records that the desk and Procore share, in words. */
const char *ch_shared_kind_get_label (ChSharedKind  kind);
/* (transfer full): "Compliance of a commitment · Keystone Electric · Riverside Tower"; ids of 0 are left out */
char       *ch_record_dup_title      (ChStore      *store,
                                      ChSharedKind  kind,
                                      gint64        vendor_id,
                                      gint64        project_id);
/* (transfer full): Procore's own name of a field, as words */
char       *ch_record_dup_field      (const char   *field);

G_END_DECLS
