#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ch_entry_set_name (GtkWidget  *entry,
                        const char *name);

G_END_DECLS
