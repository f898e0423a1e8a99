#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* Tells in the window what comes in from the watched folder: one toast for all that comes while it is seen. */
#define CH_TYPE_FOLDER_TELLER (ch_folder_teller_get_type ())
G_DECLARE_FINAL_TYPE (ChFolderTeller, ch_folder_teller, CH, FOLDER_TELLER, GObject)

ChFolderTeller *ch_folder_teller_new (ChOffice        *office,
                                      AdwToastOverlay *overlay);

G_END_DECLS
