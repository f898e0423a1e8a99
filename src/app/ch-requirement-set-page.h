#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* What one requirement set asks, in words. */
#define CH_TYPE_REQUIREMENT_SET_PAGE (ch_requirement_set_page_get_type ())
G_DECLARE_FINAL_TYPE (ChRequirementSetPage, ch_requirement_set_page, CH, REQUIREMENT_SET_PAGE, ChPage)

/* one on file */
ChPage *ch_requirement_set_page_new            (ChOffice   *office,
                                                const char *uuid);
/* one that comes with the program, by its file: see ch-ready-made.h */
ChPage *ch_requirement_set_page_new_ready_made (ChOffice   *office,
                                                const char *file);

G_END_DECLS
