#pragma once

#include <adwaita.h>

#include "ch-office.h"
#include "ch-requirement-set.h"

G_BEGIN_DECLS

/* Writes a requirement set, or its next version. */
#define CH_TYPE_SET_EDITOR (ch_set_editor_get_type ())
G_DECLARE_FINAL_TYPE (ChSetEditor, ch_set_editor, CH, SET_EDITOR, AdwWindow)

/* (transfer none): asker: in whose window the outcome is told; set: (nullable): NULL for a new one */
GtkWindow *ch_set_editor_new (GtkWidget              *asker,
                              ChOffice               *office,
                              const ChRequirementSet *set);

G_END_DECLS
