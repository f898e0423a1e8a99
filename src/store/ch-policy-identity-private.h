#pragma once

#include "ch-certificate.h"
#include "ch-store-private.h"

G_BEGIN_DECLS

/* Says which policy (uuid, for life) each policy of a certificate is; see the .c. vendor_id 0: nobody's yet.
 * @uuids: (nullable) (element-type utf8): is emptied and gets one for each policy */
gboolean _ch_policy_identity_assign (ChStore              *store,
                                     gint64                certificate_id,
                                     gint64                vendor_id,
                                     const ChCertificate  *certificate,
                                     GPtrArray            *uuids,
                                     GError              **error);
/* (transfer full): the number without spaces, punctuation and case, which are the printer's; empty for NULL */
char    *_ch_policy_dup_number_key   (const char           *number);

G_END_DECLS
