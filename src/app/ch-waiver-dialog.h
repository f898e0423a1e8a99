#pragma once

#include <adwaita.h>

#include "ch-office.h"
#include "ch-sub-file.h"

G_BEGIN_DECLS

/*
 * Records an exception for a sub: one rule, or everything, through a day, for a reason. ::given (const char *uuid,
 * const char *label) once it is recorded.
 */
#define CH_TYPE_WAIVER_DIALOG (ch_waiver_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ChWaiverDialog, ch_waiver_dialog, CH, WAIVER_DIALOG, AdwWindow)

/* (transfer none): file: what the sub has, for the choices; project_id 0: every project; rule: (nullable): chosen at
 * first */
GtkWindow *ch_waiver_dialog_new (GtkWindow       *parent,
                                 ChOffice        *office,
                                 const ChSubFile *file,
                                 gint64           project_id,
                                 const char      *rule);

G_END_DECLS
