#pragma once

#include <adwaita.h>

#include "ch-intake.h"

G_BEGIN_DECLS

/* (transfer full): asks for PDFs */
GtkFileChooserNative *ch_intake_chooser_new         (GtkWindow *parent);
/* (transfer full) (nullable): how an intake ended, with what can be done about it; NULL where nothing happened */
AdwToast             *ch_intake_outcome_dup_toast   (ChIntake  *intake);
/* Which files could not be taken in or read, and why. */
GtkWindow            *ch_intake_problems_dialog_new (GtkWindow *parent,
                                                     ChIntake  *intake);

G_END_DECLS
