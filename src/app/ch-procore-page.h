#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* How the desk and Procore stand: what is known as of when, what waits for what, what needs a person, what is allowed,
 * and what was asked. */
#define CH_TYPE_PROCORE_PAGE (ch_procore_page_get_type ())
G_DECLARE_FINAL_TYPE (ChProcorePage, ch_procore_page, CH, PROCORE_PAGE, ChPage)

ChPage *ch_procore_page_new (ChOffice *office);

G_END_DECLS
