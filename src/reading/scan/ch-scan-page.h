#pragma once

#include "ch-page-model.h"
#include "ch-recogniser.h"

G_BEGIN_DECLS

ChPageModel *ch_scan_page_read (ChRecogniser *recogniser,
                                PIX          *picture,
                                double        scale,
                                guint         number);

G_END_DECLS
