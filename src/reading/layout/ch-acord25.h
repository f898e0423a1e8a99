#pragma once

#include "ch-certificate.h"
#include "ch-page-model.h"

G_BEGIN_DECLS

ChCertificate *ch_acord25_read (ChPageModel *page);

G_END_DECLS
