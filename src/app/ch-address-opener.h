#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens a web page in the user's browser; where none opens, the address goes to the clipboard and the window says so. */
void ch_open_address (GtkWindow  *window,
                      const char *address);

G_END_DECLS
