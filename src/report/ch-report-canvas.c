#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <math.h>

#include "ch-report-canvas-private.h"

/* Whichever of these is installed; all have tabular figures and every letter of a Latin name. */
#define REPORT_FAMILY "Inter,Noto Sans,Liberation Sans,DejaVu Sans,Sans"

/* Chosen so that each differs in lightness too: a black and white printer keeps them apart, and so do the shapes. */
static const struct {
  double red;
  double green;
  double blue;
} inks[] = {
  [CH_INK_TEXT] = { 0.11, 0.12, 0.15 },
  [CH_INK_QUIET] = { 0.40, 0.42, 0.47 },
  [CH_INK_LINE] = { 0.84, 0.85, 0.88 },
  [CH_INK_SHADE] = { 0.955, 0.96, 0.97 },
  [CH_INK_GREEN] = { 0.13, 0.53, 0.33 },
  [CH_INK_YELLOW] = { 0.85, 0.58, 0.05 },
  [CH_INK_RED] = { 0.72, 0.11, 0.15 },
};

static void
set_ink (ChCanvas *self,
         ChInk     ink)
{
  cairo_set_source_rgb (self->cr, inks[ink].red, inks[ink].green, inks[ink].blue);
}

void
_ch_canvas_init (ChCanvas        *self,
                 cairo_surface_t *surface,
                 guint            n_pages)
{
  self->cr = cairo_create (surface);
  self->context = pango_cairo_create_context (self->cr);
  /* Metrics without hinting: the same line breaks on every machine with the same fonts. */
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_cairo_context_set_resolution (self->context, 72.0);
  self->y = CH_PAGE_MARGIN;
  self->page = 1;
  self->n_pages = n_pages;
  self->n_overview = 0;
  self->leaves_no_ink = FALSE;
}

void
_ch_canvas_clear (ChCanvas *self)
{
  g_clear_object (&self->context);
  g_clear_pointer (&self->cr, cairo_destroy);
}

/* (transfer full): size in points; a width of 0 leaves the text on one line */
PangoLayout *
_ch_canvas_lay_out (ChCanvas   *self,
                    const char *text,
                    ChFace      face,
                    double      size,
                    double      width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (REPORT_FAMILY);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  pango_font_description_set_size (font, (int)(size * PANGO_SCALE));
  if (face == CH_FACE_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (face == CH_FACE_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  if (width > 0)
    {
      pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_spacing (layout, (int)(size * 0.12 * PANGO_SCALE));
  pango_layout_set_text (layout, valid, -1);

  return layout;
}

double
_ch_canvas_get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double)height / PANGO_SCALE;
}

double
_ch_canvas_get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);

  return (double)width / PANGO_SCALE;
}

void
_ch_canvas_show (ChCanvas    *self,
                 PangoLayout *layout,
                 double       x,
                 double       y,
                 ChInk        ink)
{
  if (self->leaves_no_ink)
    return;

  set_ink (self, ink);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
}

/* A line over the whole inner width. */
void
_ch_canvas_rule (ChCanvas *self,
                 double    y,
                 double    thickness,
                 ChInk     ink)
{
  if (self->leaves_no_ink)
    return;

  set_ink (self, ink);
  cairo_set_line_width (self->cr, thickness);
  cairo_move_to (self->cr, CH_PAGE_MARGIN, y);
  cairo_line_to (self->cr, CH_PAGE_WIDTH - CH_PAGE_MARGIN, y);
  cairo_stroke (self->cr);
}

void
_ch_canvas_box (ChCanvas *self,
                double    x,
                double    y,
                double    width,
                double    height,
                ChInk     ink)
{
  const double radius = 5.0;

  if (self->leaves_no_ink)
    return;

  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (self->cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (self->cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (self->cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (self->cr);
  set_ink (self, ink);
  cairo_fill (self->cr);
}

/* A disc, a triangle or a square: the colour again, for eyes and printers that don't see it. x, y: top left. */
void
_ch_canvas_shape (ChCanvas *self,
                  ChColour  colour,
                  double    x,
                  double    y,
                  double    size)
{
  if (self->leaves_no_ink)
    return;

  set_ink (self, _ch_ink_for_colour (colour));
  cairo_new_path (self->cr);
  switch (colour)
    {
    case CH_COLOUR_GREEN:
      cairo_arc (self->cr, x + size / 2, y + size / 2, size / 2, 0, 2 * G_PI);
      break;
    case CH_COLOUR_YELLOW:
      cairo_move_to (self->cr, x + size / 2, y);
      cairo_line_to (self->cr, x + size, y + size * 0.94);
      cairo_line_to (self->cr, x, y + size * 0.94);
      cairo_close_path (self->cr);
      break;
    case CH_COLOUR_RED:
    default:
      cairo_rectangle (self->cr, x + size * 0.05, y + size * 0.05, size * 0.9, size * 0.9);
      break;
    }
  cairo_fill (self->cr);
}

ChInk
_ch_ink_for_colour (ChColour colour)
{
  switch (colour)
    {
    case CH_COLOUR_GREEN:
      return CH_INK_GREEN;
    case CH_COLOUR_YELLOW:
      return CH_INK_YELLOW;
    case CH_COLOUR_RED:
    default:
      return CH_INK_RED;
    }
}
