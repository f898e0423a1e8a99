#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* The preferences' page on the desk's own ways: the watched folder, and how certificates are reviewed. */
#define CH_TYPE_DESK_PAGE (ch_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (ChDeskPage, ch_desk_page, CH, DESK_PAGE, AdwPreferencesPage)

void ch_desk_page_set_office (ChDeskPage *self,
                              ChOffice   *office);
/* path: (nullable): NULL for none */
void ch_desk_page_watch      (ChDeskPage *self,
                              const char *path);

G_END_DECLS
