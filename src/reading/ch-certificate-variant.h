#pragma once

#include "ch-certificate.h"

G_BEGIN_DECLS

#define CH_CERTIFICATE_VARIANT_TYPE "(amsia(msmsms)a(imsmsmsiiiiiiiiiiimsax)asa(sdiu(dddd)))"

GVariant      *ch_certificate_to_variant   (const ChCertificate *certificate);
ChCertificate *ch_certificate_from_variant (GVariant            *variant);

G_END_DECLS
