#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-paint-look.h"

#include "ch-surface-ink.h"

#include <math.h>

/* Pixels a point: enough to weigh the ink of a mark in a box of 8 points. */
#define SCALE 3.0
#define LARGEST_SIDE 300.0

static void
paint_shape (cairo_t              *context,
             const ChPaintedShape *shape)
{
  double grey = shape->grey / 255.0;

  cairo_save (context);
  cairo_rectangle (context, shape->box.x0, shape->box.y0, ch_box_width (&shape->box), ch_box_height (&shape->box));
  cairo_clip (context);
  cairo_set_source_rgb (context, grey, grey, grey);
  cairo_append_path (context, shape->path);
  if (shape->kind == CH_PAINTED_STROKE)
    {
      cairo_set_line_width (context, MAX (shape->width, 1 / SCALE));
      cairo_stroke (context);
    }
  else
    {
      cairo_set_fill_rule (context, shape->rule);
      cairo_fill (context);
    }
  cairo_restore (context);
}

/**
 * ch_paint_look_at:
 * @turn: how the page is held to be read
 * @part: of the page held that way, in points
 *
 * Paints the lines and areas of a part of the page once more, without its text: small marks are told by their ink.
 *
 * Returns: (transfer full) (nullable): the pixels; %NULL for a part too large to be a mark
 */
ChInk *
ch_paint_look_at (const ChPaintLog *log,
                  const ChTurn     *turn,
                  const ChBox      *part)
{
  const cairo_matrix_t matrix = { turn->xx, turn->yx, turn->xy, turn->yy, turn->x0, turn->y0 };
  ChTurn back = ch_turn_invert (turn);
  ChBox shown = ch_turn_box (&back, part);
  int width = (int) ceil (ch_box_width (part) * SCALE);
  int height = (int) ceil (ch_box_height (part) * SCALE);
  cairo_surface_t *surface;
  cairo_t *context;
  ChInk *ink;
  guint i;

  if (!(width >= 1 && height >= 1 && width <= LARGEST_SIDE * SCALE && height <= LARGEST_SIDE * SCALE))
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  context = cairo_create (surface);
  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_scale (context, SCALE, SCALE);
  cairo_translate (context, -part->x0, -part->y0);
  cairo_transform (context, &matrix);
  for (i = 0; i < ch_paint_log_get_n_shapes (log); i++)
    {
      const ChPaintedShape *shape = ch_paint_log_get_shape (log, i);

      if (shape->path != NULL && shape->box.x0 <= shown.x1 && shape->box.x1 >= shown.x0 && shape->box.y0 <= shown.y1
          && shape->box.y1 >= shown.y0)
        paint_shape (context, shape);
    }
  ink = ch_surface_ink_new (surface, SCALE, part->x0, part->y0);
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return ink;
}
