#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children side by side at their natural width, in as many lines as the room asks for. */
#define CH_TYPE_WRAP_LAYOUT (ch_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (ChWrapLayout, ch_wrap_layout, CH, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *ch_wrap_layout_new (int spacing);

G_END_DECLS
