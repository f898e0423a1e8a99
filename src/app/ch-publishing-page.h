#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* Where in Procore the desk says something, each place on or off. */
#define CH_TYPE_PUBLISHING_PAGE (ch_publishing_page_get_type ())
G_DECLARE_FINAL_TYPE (ChPublishingPage, ch_publishing_page, CH, PUBLISHING_PAGE, AdwPreferencesPage)

void ch_publishing_page_set_office (ChPublishingPage *self,
                                    ChOffice         *office);

G_END_DECLS
