#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A place of the sidebar, with the number of things there that wait for the user. */
#define CH_TYPE_PLACE_ROW (ch_place_row_get_type ())
G_DECLARE_FINAL_TYPE (ChPlaceRow, ch_place_row, CH, PLACE_ROW, GtkListBoxRow)

GtkWidget  *ch_place_row_new       (const char *name,
                                    const char *title,
                                    const char *icon_name);
const char *ch_place_row_get_name  (ChPlaceRow *self);
/* what: what is counted, for those who can't see the badge */
void        ch_place_row_set_count (ChPlaceRow *self,
                                    guint       count,
                                    const char *what);

G_END_DECLS
