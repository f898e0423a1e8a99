#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-paint-state.h"

/**
 * ch_paint_state_get_grey:
 * @alpha: of the paint, beside the source's own
 * @opaque: (out): whether it hides what is under it
 *
 * Returns: the source as a grey on white paper, 0 black to 255 white; what isn't one colour counts as black
 */
guint8
ch_paint_state_get_grey (cairo_t  *context,
                         double    alpha,
                         gboolean *opaque)
{
  cairo_operator_t how = cairo_get_operator (context);
  double red = 0, green = 0, blue = 0, own_alpha = 1;
  gboolean solid
      = cairo_pattern_get_rgba (cairo_get_source (context), &red, &green, &blue, &own_alpha) == CAIRO_STATUS_SUCCESS;
  double grey;

  alpha *= own_alpha;
  *opaque = alpha >= CH_PAINT_STATE_OPAQUE && (how == CAIRO_OPERATOR_OVER || how == CAIRO_OPERATOR_SOURCE);
  if (!solid)
    return 0;
  grey = 1 - alpha * (1 - (red * 0.299 + green * 0.587 + blue * 0.114));

  return (guint8) (CLAMP (grey, 0, 1) * 255 + 0.5);
}

/**
 * ch_paint_state_get_matrix:
 * @matrix: (out): from the context's own coordinates to the page's points
 */
void
ch_paint_state_get_matrix (cairo_t        *context,
                           double          scale,
                           cairo_matrix_t *matrix)
{
  cairo_matrix_t to_points;

  cairo_matrix_init_scale (&to_points, 1 / scale, 1 / scale);
  cairo_get_matrix (context, matrix);
  cairo_matrix_multiply (matrix, matrix, &to_points);
}

/**
 * ch_paint_state_get_box:
 * @box: in the context's own coordinates
 *
 * Returns: the box on the page
 */
ChBox
ch_paint_state_get_box (cairo_t     *context,
                        double       scale,
                        const ChBox *box)
{
  cairo_matrix_t matrix;
  ChTurn turn;

  ch_paint_state_get_matrix (context, scale, &matrix);
  turn = (ChTurn){ matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0, matrix.y0 };

  return ch_turn_box (&turn, box);
}

/**
 * ch_paint_state_cut:
 * @box: (inout): on the page; cut to what may be painted on
 */
void
ch_paint_state_cut (cairo_t *context,
                    double   scale,
                    ChBox   *box)
{
  ChBox clip;

  cairo_clip_extents (context, &clip.x0, &clip.y0, &clip.x1, &clip.y1);
  clip = ch_paint_state_get_box (context, scale, &clip);
  box->x0 = MAX (box->x0, clip.x0);
  box->y0 = MAX (box->y0, clip.y0);
  box->x1 = MAX (box->x0, MIN (box->x1, clip.x1));
  box->y1 = MAX (box->y0, MIN (box->y1, clip.y1));
}

/**
 * ch_paint_state_take_back:
 *
 * Takes a point of the page to the context's own coordinates.
 */
void
ch_paint_state_take_back (cairo_t *context,
                          double   scale,
                          double  *x,
                          double  *y)
{
  *x *= scale;
  *y *= scale;
  cairo_device_to_user (context, x, y);
}

/**
 * ch_paint_state_is_see_through:
 *
 * Returns: whether something under an image may still show
 */
gboolean
ch_paint_state_is_see_through (cairo_pattern_t *pattern)
{
  cairo_surface_t *surface;

  return cairo_pattern_get_surface (pattern, &surface) != CAIRO_STATUS_SUCCESS
         || cairo_surface_get_content (surface) != CAIRO_CONTENT_COLOR;
}

/**
 * ch_paint_state_get_image_box:
 * @pattern: the image
 *
 * Returns: where it lands on the page
 */
ChBox
ch_paint_state_get_image_box (cairo_t         *context,
                              double           scale,
                              cairo_pattern_t *pattern)
{
  cairo_surface_t *surface;
  cairo_matrix_t to_image;
  ChBox box = { 0, 0, 0, 0 };

  if (cairo_pattern_get_surface (pattern, &surface) == CAIRO_STATUS_SUCCESS
      && cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_IMAGE)
    {
      ChTurn turn;

      cairo_pattern_get_matrix (pattern, &to_image);
      if (cairo_matrix_invert (&to_image) != CAIRO_STATUS_SUCCESS)
        return box;
      turn = (ChTurn){ to_image.xx, to_image.yx, to_image.xy, to_image.yy, to_image.x0, to_image.y0 };
      box.x1 = cairo_image_surface_get_width (surface);
      box.y1 = cairo_image_surface_get_height (surface);
      box = ch_turn_box (&turn, &box);
    }
  else
    {
      cairo_clip_extents (context, &box.x0, &box.y0, &box.x1, &box.y1);
    }
  box = ch_paint_state_get_box (context, scale, &box);
  ch_paint_state_cut (context, scale, &box);

  return box;
}
