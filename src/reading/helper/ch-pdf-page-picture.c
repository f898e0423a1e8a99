#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-page-picture.h"

#include <cairo.h>
#include <math.h>

/* Dots an inch: what scanners and faxes make. The print of the forms is 5 points high, so fewer are too few; more cost
 * time and tell nothing new. */
#define RESOLUTION 200.0
/* Pixels: a letter page has 3.7 million; a drawing of a building isn't a certificate. */
#define MOST_PIXELS (16 * 1024 * 1024)

/* Grey by ITU-R BT.601's weights, in 256ths. */
static PIX *
make_grey (cairo_surface_t *surface,
           int              width,
           int              height)
{
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  PIX *grey = pixCreateNoInit (width, height, 8);
  int x, y;

  if (grey == NULL || pixels == NULL)
    return grey;

  for (y = 0; y < height; y++)
    {
      const guint32 *from = (const guint32 *) (gconstpointer) (pixels + (gsize) y * stride);
      l_uint32 *to = pixGetData (grey) + (gsize) y * (gsize) pixGetWpl (grey);

      for (x = 0; x < width; x++)
        {
          guint32 pixel = from[x];

          SET_DATA_BYTE (to, x,
                         (((pixel >> 16) & 0xff) * 77 + ((pixel >> 8) & 0xff) * 150 + (pixel & 0xff) * 29) >> 8);
        }
    }

  return grey;
}

/**
 * ch_pdf_page_picture_draw:
 * @scale: (out): pixels a point
 *
 * Returns: (transfer full) (nullable): the page as it is shown, in grey; %NULL where it is too large to be a certificate
 */
PIX *
ch_pdf_page_picture_draw (PopplerPage *page,
                          double      *scale)
{
  cairo_surface_t *surface;
  cairo_t *context;
  double width, height;
  int n_columns, n_rows;
  PIX *picture = NULL;

  *scale = RESOLUTION / 72;
  poppler_page_get_size (page, &width, &height);
  if (!(width >= 1 && height >= 1 && width * *scale * height * *scale <= MOST_PIXELS))
    return NULL;

  n_columns = (int) ceil (width * *scale - 0.01);
  n_rows = (int) ceil (height * *scale - 0.01);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, n_columns, n_rows);
  context = cairo_create (surface);
  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_scale (context, *scale, *scale);
  poppler_page_render (page, context);
  cairo_surface_flush (surface);
  if (cairo_status (context) == CAIRO_STATUS_SUCCESS)
    picture = make_grey (surface, n_columns, n_rows);
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return picture;
}
