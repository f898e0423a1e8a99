#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-page.h"

#include <cairo.h>

/* Pixels a point: 144 a inch. Two pixels make the form's hairlines and a crossed box plain; more costs time. */
#define INK_SCALE 2.0
/* A page of more than this many points a side is a drawing, not a certificate; its pixels would fill the memory. */
#define LARGEST_SIDE 2000.0

/* The page in grey: ITU-R BT.601's weights, in 256ths. */
static guint8 *
make_grey (cairo_surface_t *surface,
           guint            width,
           guint            height)
{
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = cairo_image_surface_get_stride (surface);
  guint8 *grey = g_malloc ((gsize) width * height);
  guint x, y;

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

  return grey;
}

/**
 * ch_pdf_page_read_ink:
 *
 * Returns: (transfer full) (nullable): the page's pixels; %NULL where the page is too large to be a certificate
 */
ChInk *
ch_pdf_page_read_ink (PopplerPage *page)
{
  cairo_surface_t *surface;
  cairo_t *context;
  guint8 *grey = NULL;
  double width, height;
  int n_columns, n_rows;

  poppler_page_get_size (page, &width, &height);
  if (!(width >= 1 && height >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE))
    return NULL;

  n_columns = (int) (width * INK_SCALE + 0.5);
  n_rows = (int) (height * INK_SCALE + 0.5);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, n_columns, n_rows);
  context = cairo_create (surface);
  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_scale (context, INK_SCALE, INK_SCALE);
  poppler_page_render (page, context);
  cairo_surface_flush (surface);
  if (cairo_status (context) == CAIRO_STATUS_SUCCESS)
    grey = make_grey (surface, n_columns, n_rows);
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return grey != NULL ? ch_ink_new (grey, n_columns, n_rows, INK_SCALE) : NULL;
}

gboolean
ch_pdf_page_has_image (PopplerPage *page)
{
  GList *images = poppler_page_get_image_mapping (page);
  gboolean has_image = images != NULL;

  poppler_page_free_image_mapping (images);

  return has_image;
}

/**
 * ch_pdf_page_read:
 *
 * Returns: (transfer full): everything that is seen on the page, in points from its top left as it is shown
 */
ChPageModel *
ch_pdf_page_read (PopplerPage *page)
{
  ChPageModel *model;
  ChInk *ink;
  double width, height;

  poppler_page_get_size (page, &width, &height);
  model = ch_page_model_new (poppler_page_get_index (page) + 1, width, height);
  ch_pdf_page_read_text (page, model);

  ink = ch_pdf_page_read_ink (page);
  if (ink != NULL)
    {
      ch_page_model_take_ink (model, ink);
      ch_page_model_drop_unseen_words (model);
    }
  ch_pdf_page_read_fields (page, model);
  ch_pdf_page_read_notes (page, model);

  return model;
}
