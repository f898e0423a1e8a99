#pragma once

#include "ch-certificate.h"
#include "ch-label-finder.h"

G_BEGIN_DECLS

void ch_acord_date_read (const ChPageModel *page,
                         ChLabelFinder     *finder,
                         ChCertificate     *certificate);

G_END_DECLS
