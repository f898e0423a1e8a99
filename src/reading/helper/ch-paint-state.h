#pragma once

#include "ch-turn.h"

#include <cairo.h>

G_BEGIN_DECLS

/*
 * What a cairo context is about to paint with, in points of the page. The context has @scale units a point.
 */

/* From this share on, paint hides what is under it */
#define CH_PAINT_STATE_OPAQUE 0.95

guint8   ch_paint_state_get_grey       (cairo_t         *context,
                                        double           alpha,
                                        gboolean        *opaque);
void     ch_paint_state_get_matrix     (cairo_t         *context,
                                        double           scale,
                                        cairo_matrix_t  *matrix);
ChBox    ch_paint_state_get_box        (cairo_t         *context,
                                        double           scale,
                                        const ChBox     *box);
void     ch_paint_state_cut            (cairo_t         *context,
                                        double           scale,
                                        ChBox           *box);
void     ch_paint_state_take_back      (cairo_t         *context,
                                        double           scale,
                                        double          *x,
                                        double          *y);
gboolean ch_paint_state_is_see_through (cairo_pattern_t *pattern);
ChBox    ch_paint_state_get_image_box  (cairo_t         *context,
                                        double           scale,
                                        cairo_pattern_t *pattern);

G_END_DECLS
