#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* Which Procore, as what app, signed in or not, for which company. */
#define CH_TYPE_CONNECTION_PAGE (ch_connection_page_get_type ())
G_DECLARE_FINAL_TYPE (ChConnectionPage, ch_connection_page, CH, CONNECTION_PAGE, AdwPreferencesPage)

void ch_connection_page_set_office (ChConnectionPage *self,
                                    ChOffice         *office);

G_END_DECLS
