#pragma once

#include "ch-unit.h"
#include "ch-worker.h"

G_BEGIN_DECLS

void _ch_worker_report_set_freshness (ChWorkerReport *self,
                                      GHashTable     *read_at,
                                      GArray         *project_ids);

G_END_DECLS
