#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* What is asked of whom: where requirement sets hold, the sets, ready-made ones to begin with, and the list of
 * carriers. */
#define CH_TYPE_REQUIREMENTS_PAGE (ch_requirements_page_get_type ())
G_DECLARE_FINAL_TYPE (ChRequirementsPage, ch_requirements_page, CH, REQUIREMENTS_PAGE, ChPage)

ChPage *ch_requirements_page_new (ChOffice *office);

G_END_DECLS
