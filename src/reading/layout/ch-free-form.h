#pragma once

#include "ch-certificate.h"
#include "ch-page-model.h"

G_BEGIN_DECLS

ChCertificate *ch_free_form_read (const ChPageModel *page);

G_END_DECLS
