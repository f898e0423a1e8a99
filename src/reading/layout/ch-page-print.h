#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

gboolean ch_page_print_is_legible (const ChPageModel *page);

G_END_DECLS
