#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* What is asked of subs: requirement sets, and which one counts for the whole company. */
#define CH_TYPE_REQUIREMENTS_PAGE (ch_requirements_page_get_type ())
G_DECLARE_FINAL_TYPE (ChRequirementsPage, ch_requirements_page, CH, REQUIREMENTS_PAGE, AdwPreferencesPage)

void ch_requirements_page_set_office (ChRequirementsPage *self,
                                      ChOffice           *office);

G_END_DECLS
