#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* What is asked of one sub on one project today, and which requirement set each point comes from. */
#define CH_TYPE_ASKED_PAGE (ch_asked_page_get_type ())
G_DECLARE_FINAL_TYPE (ChAskedPage, ch_asked_page, CH, ASKED_PAGE, ChPage)

ChPage *ch_asked_page_new (ChOffice *office,
                           gint64    vendor_id,
                           gint64    project_id);

G_END_DECLS
