#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Which part of a list is shown: one button each, with how many there are. The first shows all. A part of which there
 * is nothing is not offered. ::changed when another is chosen.
 */
#define CH_TYPE_FILTER_BAR (ch_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (ChFilterBar, ch_filter_bar, CH, FILTER_BAR, GtkWidget)

/* icon_name, style_class: (nullable) */
void   ch_filter_bar_add          (ChFilterBar *self,
                                   const char  *label,
                                   const char  *icon_name,
                                   const char  *style_class);
guint  ch_filter_bar_get_n        (ChFilterBar *self);
void   ch_filter_bar_set_count    (ChFilterBar *self,
                                   guint        index,
                                   guint        count);
guint  ch_filter_bar_get_selected (ChFilterBar *self);
void   ch_filter_bar_set_selected (ChFilterBar *self,
                                   guint        index);

G_END_DECLS
