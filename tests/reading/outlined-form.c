#include "config.h"

#include "outlined-form.h"

#include <cairo.h>

/* The form's own drawing, with another way to put text on the paper. */
#define cairo_show_text(context, text) (cairo_text_path (context, text), cairo_fill (context))
#undef G_LOG_DOMAIN
#define ch_sample_form_draw outlined_form_draw
#include "../../data/samples/ch-sample-form.c"
