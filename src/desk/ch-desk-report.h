#pragma once

#include "ch-compliance-report.h"
#include "ch-desk.h"

G_BEGIN_DECLS

/* project_id 0: the company's; at in Unix microseconds, 0: now */
ChComplianceReport *ch_desk_make_report (ChDesk  *self,
                                         gint64   project_id,
                                         gint64   at,
                                         GError **error);

G_END_DECLS
