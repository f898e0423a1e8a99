#pragma once

#include "ch-certificate.h"
#include "ch-page-model.h"

G_BEGIN_DECLS

void ch_acord_date_read (const ChPageModel *page,
                         ChCertificate     *certificate);

G_END_DECLS
