#pragma once

#include "ch-desk.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

/* (element-type ChStoredVerdict): as they stood at @at (Unix microseconds); 0 means any project or sub */
GPtrArray *ch_desk_list_verdicts_at   (ChDesk                *self,
                                       gint64                 project_id,
                                       gint64                 vendor_id,
                                       gint64                 at,
                                       GError               **error);
/* (element-type ChRequirementSource): the requirement sets behind a verdict, by its findings' layers */
GPtrArray *ch_desk_list_sources       (ChDesk                *self,
                                       const ChStoredVerdict *verdict,
                                       GError               **error);

G_END_DECLS
