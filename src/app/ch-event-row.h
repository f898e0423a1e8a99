#pragma once

#include <adwaita.h>

#include "ch-store-events.h"

G_BEGIN_DECLS

/* (transfer floating): a line of the audit trail: what happened, when, and who did it. project_name: (nullable) */
GtkWidget *ch_event_row_new (const ChEvent *event,
                             const char    *project_name,
                             gint64         now);

G_END_DECLS
