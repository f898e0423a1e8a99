#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-surface-ink.h"

/**
 * ch_surface_ink_new:
 * @surface: an image of %CAIRO_FORMAT_RGB24
 * @scale: pixels a point
 * @left: points from the page's left edge to the image's
 *
 * Returns: (transfer full): the image in grey, by the weights of ITU-R BT.601 in 256ths
 */
ChInk *
ch_surface_ink_new (cairo_surface_t *surface,
                    double           scale,
                    double           left,
                    double           top)
{
  const guint8 *pixels;
  guint width, height, x, y;
  gsize stride;
  guint8 *grey;

  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  width = (guint) cairo_image_surface_get_width (surface);
  height = (guint) cairo_image_surface_get_height (surface);
  grey = g_malloc ((gsize) width * height);
  for (y = 0; y < height; y++)
    {
      const guint32 *row = (const guint32 *) (gconstpointer) (pixels + y * stride);
      guint8 *to = grey + (gsize) y * width;

      for (x = 0; x < width; x++)
        {
          guint32 pixel = row[x];

          to[x] = (guint8) ((((pixel >> 16) & 0xff) * 77 + ((pixel >> 8) & 0xff) * 150 + (pixel & 0xff) * 29) >> 8);
        }
    }

  return ch_ink_new_part (grey, width, height, scale, left, top);
}
