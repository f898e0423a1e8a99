#pragma once

#include "ch-certificate.h"
#include "ch-store-private.h"

G_BEGIN_DECLS

/* By what a certificate is found again: who is insured, and (@is_reading) what it says as a whole. */
gboolean  _ch_certificate_key_put         (ChStore              *store,
                                           gint64                certificate_id,
                                           const ChCertificate  *certificate,
                                           gboolean              is_reading,
                                           GError              **error);
/* Makes the keys of certificates that an earlier version of the program filed. Needs a transaction. */
gboolean  _ch_certificate_key_fill        (ChStore              *store,
                                           GError              **error);
/* (transfer full) (nullable): NULL where it says too little to be told from others */
char     *_ch_certificate_dup_content_key (const ChCertificate  *certificate);
/* (transfer full): as certificates with the same insured share it */
char     *_ch_certificate_dup_insured_key (const char           *insured_name);

G_END_DECLS
