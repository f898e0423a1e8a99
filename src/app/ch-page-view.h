#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A page of a document, with the boxes in which values were read. A click on a box emits ::field-activated
 * (const char *path). Sizes are in points; the scale is in pixels per point.
 */
#define CH_TYPE_PAGE_VIEW (ch_page_view_get_type ())
G_DECLARE_FINAL_TYPE (ChPageView, ch_page_view, CH, PAGE_VIEW, GtkWidget)

GtkWidget *ch_page_view_new           (void);
/* texture: (nullable) */
void       ch_page_view_set_texture   (ChPageView *self,
                                       GdkTexture *texture,
                                       double      points_width,
                                       double      points_height);
void       ch_page_view_set_scale     (ChPageView *self,
                                       double      scale);
double     ch_page_view_get_scale     (ChPageView *self);
/* fields: (element-type ChFieldReading): those on this page; below @doubtful a value is marked */
void       ch_page_view_set_fields    (ChPageView *self,
                                       GPtrArray  *fields,
                                       double      doubtful);
/* path: (nullable). Answers whether it has a box on this page, and where in widget coordinates. */
gboolean   ch_page_view_select_field  (ChPageView      *self,
                                       const char      *path,
                                       graphene_rect_t *box);

G_END_DECLS
