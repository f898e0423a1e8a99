#pragma once

#include "ch-list-page.h"

G_BEGIN_DECLS

#define CH_TYPE_SUBS_PAGE (ch_subs_page_get_type ())
G_DECLARE_FINAL_TYPE (ChSubsPage, ch_subs_page, CH, SUBS_PAGE, ChListPage)

ChPage *ch_subs_page_new (ChOffice *office);

G_END_DECLS
