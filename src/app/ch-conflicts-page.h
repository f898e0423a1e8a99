#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* What people changed on both sides, to be settled one by one. */
#define CH_TYPE_CONFLICTS_PAGE (ch_conflicts_page_get_type ())
G_DECLARE_FINAL_TYPE (ChConflictsPage, ch_conflicts_page, CH, CONFLICTS_PAGE, ChPage)

ChPage *ch_conflicts_page_new (ChOffice *office);

G_END_DECLS
