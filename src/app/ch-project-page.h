#pragma once

#include "ch-list-page.h"

G_BEGIN_DECLS

/* One project: its facts and its subs. PDFs dropped on it are for this project. */
#define CH_TYPE_PROJECT_PAGE (ch_project_page_get_type ())
G_DECLARE_FINAL_TYPE (ChProjectPage, ch_project_page, CH, PROJECT_PAGE, ChListPage)

ChPage *ch_project_page_new (ChOffice *office,
                             gint64    project_id);

G_END_DECLS
