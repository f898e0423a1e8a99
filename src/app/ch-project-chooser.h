#pragma once

#include <adwaita.h>

#include "ch-project.h"

G_BEGIN_DECLS

/* Which of a sub's projects a certificate is for. ::chosen (GArray *project_ids), empty for every project. */
#define CH_TYPE_PROJECT_CHOOSER (ch_project_chooser_get_type ())
G_DECLARE_FINAL_TYPE (ChProjectChooser, ch_project_chooser, CH, PROJECT_CHOOSER, AdwWindow)

/* (transfer none): projects: (element-type ChProject); chosen: (element-type gint64) */
GtkWindow *ch_project_chooser_new (GtkWindow *parent,
                                   GPtrArray *projects,
                                   GArray    *chosen);

G_END_DECLS
