#pragma once

#include "ch-ink.h"

#include <cairo.h>

G_BEGIN_DECLS

ChInk *ch_surface_ink_new (cairo_surface_t *surface,
                           double           scale,
                           double           left,
                           double           top);

G_END_DECLS
