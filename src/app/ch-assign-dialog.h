#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* Asks which requirement set is to hold where, and assigns it. */
#define CH_TYPE_ASSIGN_DIALOG (ch_assign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ChAssignDialog, ch_assign_dialog, CH, ASSIGN_DIALOG, AdwWindow)

/* (transfer none): asker: in whose window the outcome is told; set_id: chosen at first, 0 for whichever */
GtkWindow *ch_assign_dialog_new (GtkWidget *asker,
                                 ChOffice  *office,
                                 gint64     set_id);

G_END_DECLS
