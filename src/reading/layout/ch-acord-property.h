#pragma once

#include "ch-acord-form.h"
#include "ch-certificate.h"

G_BEGIN_DECLS

ChCertificate *ch_acord_property_read (const ChPageModel *page,
                                       ChAcordForm        form);

G_END_DECLS
