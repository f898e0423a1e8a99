#pragma once

#include "ch-list-page.h"

G_BEGIN_DECLS

#define CH_TYPE_PROJECTS_PAGE (ch_projects_page_get_type ())
G_DECLARE_FINAL_TYPE (ChProjectsPage, ch_projects_page, CH, PROJECTS_PAGE, ChListPage)

ChPage *ch_projects_page_new (ChOffice *office);

G_END_DECLS
