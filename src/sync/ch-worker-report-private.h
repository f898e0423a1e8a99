#pragma once

#include "ch-unit-table-private.h"
#include "ch-worker.h"

G_BEGIN_DECLS

void _ch_worker_report_set_freshness (ChWorkerReport *self,
                                      ChUnitTable    *units);

G_END_DECLS
