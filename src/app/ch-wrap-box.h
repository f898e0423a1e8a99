#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Widgets side by side, in as many lines as the room asks for; see #ChWrapLayout. Children as of a #GtkBox. */
#define CH_TYPE_WRAP_BOX (ch_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (ChWrapBox, ch_wrap_box, CH, WRAP_BOX, GtkWidget)

GtkWidget *ch_wrap_box_new    (void);
void       ch_wrap_box_append (ChWrapBox *self,
                               GtkWidget *child);
void       ch_wrap_box_remove (ChWrapBox *self,
                               GtkWidget *child);

G_END_DECLS
