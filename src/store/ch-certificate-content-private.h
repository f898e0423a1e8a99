#pragma once

#include "ch-certificate.h"
#include "ch-store-private.h"

G_BEGIN_DECLS

/* What certificates say, as rows: one version of one certificate and its children. */
gboolean    _ch_certificate_content_add  (ChStore              *store,
                                          gint64                certificate_id,
                                          int                   version,
                                          const ChCertificate  *certificate,
                                          gboolean              is_reading,
                                          GError              **error);
/* (transfer full) (element-type gint64 ChCertificate): of the versions whose ids are selected, by version id */
GHashTable *_ch_certificate_content_load (ChStore              *store,
                                          gboolean              with_fields,
                                          GError              **error);

G_END_DECLS
