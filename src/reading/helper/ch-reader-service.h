#pragma once

#include "ch-page-reader.h"

G_BEGIN_DECLS

void ch_reader_service_run (ChPageReader *page_reader,
                            int           socket);

G_END_DECLS
