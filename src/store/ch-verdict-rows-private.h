#pragma once

#include "ch-store-private.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

/* Every list of verdicts and of findings has the same columns. */
ChStoredVerdict *_ch_verdict_from_row  (ChQuery   *query);
gint64           _ch_finding_get_owner (ChQuery   *query);
ChFinding       *_ch_finding_from_row  (ChQuery   *query);

G_END_DECLS
