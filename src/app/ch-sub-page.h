#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* One sub: its facts, what is said of it on each project and why, its certificates, and its history. PDFs dropped on
 * it are its own. */
#define CH_TYPE_SUB_PAGE (ch_sub_page_get_type ())
G_DECLARE_FINAL_TYPE (ChSubPage, ch_sub_page, CH, SUB_PAGE, ChPage)

ChPage *ch_sub_page_new (ChOffice *office,
                         gint64    vendor_id);

G_END_DECLS
