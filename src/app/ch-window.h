#pragma once

#include <adwaita.h>

#include "ch-intake.h"
#include "ch-office.h"
#include "ch-page.h"
#include "ch-undo.h"

G_BEGIN_DECLS

#define CH_TYPE_WINDOW (ch_window_get_type ())
G_DECLARE_FINAL_TYPE (ChWindow, ch_window, CH, WINDOW, AdwApplicationWindow)

ChWindow *ch_window_new        (GtkApplication *application,
                                ChOffice       *office);
/* (transfer none): what is shown beside the sidebar */
ChPage   *ch_window_get_page   (ChWindow       *self);
ChIntake *ch_window_get_intake (ChWindow       *self);
ChUndo   *ch_window_get_undo   (ChWindow       *self);

G_END_DECLS
