#pragma once

#include <adwaita.h>

#include "ch-intake.h"

G_BEGIN_DECLS

/* The progress of an intake, there only while one runs. */
#define CH_TYPE_INTAKE_BAR (ch_intake_bar_get_type ())
G_DECLARE_FINAL_TYPE (ChIntakeBar, ch_intake_bar, CH, INTAKE_BAR, AdwBin)

void ch_intake_bar_set_intake (ChIntakeBar *self,
                               ChIntake    *intake);

G_END_DECLS
