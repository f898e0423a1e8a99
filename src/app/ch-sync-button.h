#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* How the sync stands, at a glance; opens to what waits, what went wrong and what can be done. */
#define CH_TYPE_SYNC_BUTTON (ch_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (ChSyncButton, ch_sync_button, CH, SYNC_BUTTON, AdwBin)

void ch_sync_button_set_office (ChSyncButton *self,
                                ChOffice     *office);
void ch_sync_button_popup      (ChSyncButton *self);

G_END_DECLS
