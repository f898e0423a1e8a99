#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-page-painter.h"

#include "ch-reading-private.h"

#include <fcntl.h>
#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

static gboolean
measure (double      scale,
         ChPainting *painting)
{
  double width = ceil (painting->points_width * scale);
  double height = ceil (painting->points_height * scale);
  int stride;

  if (!(width >= 1 && height >= 1 && width * height * 4 <= CH_IMAGE_MAX_BYTES && width < 32768 && height < 32768))
    return FALSE;

  painting->width = (guint) width;
  painting->height = (guint) height;
  stride = cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, (int) painting->width);
  painting->stride = (guint) MAX (stride, 0);

  return stride > 0 && (gsize) painting->stride * painting->height <= CH_IMAGE_MAX_BYTES;
}

static gboolean
paint_into (const ChPainting *painting,
            double            scale,
            ChPaintFunc       func,
            gpointer          user_data,
            guint8           *pixels)
{
  cairo_surface_t *surface;
  cairo_t *context;
  gboolean done;

  surface = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_ARGB32, (int) painting->width,
                                                 (int) painting->height, (int) painting->stride);
  context = cairo_create (surface);
  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_scale (context, scale, scale);
  func (context, user_data);
  cairo_surface_finish (surface);
  done = cairo_status (context) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return done;
}

/**
 * ch_page_painter_paint:
 * @width: of the page, in points
 * @height: of the page, in points
 * @scale: pixels a point
 * @func: draws the page
 * @painting: (out): the page in memory that is sealed against any change: the other process may map it and needn't
 *   fear that the pixels change, or go away, under its hands
 *
 * Returns: whether the page could be painted in the memory allowed for one
 */
gboolean
ch_page_painter_paint (double       width,
                       double       height,
                       double       scale,
                       ChPaintFunc  func,
                       gpointer     user_data,
                       ChPainting  *painting)
{
  gboolean painted = FALSE;
  void *pixels;
  gsize size;

  painting->points_width = width;
  painting->points_height = height;
  if (!measure (scale, painting))
    return FALSE;
  size = (gsize) painting->stride * painting->height;
  painting->fd = memfd_create ("certholder-page", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (painting->fd < 0)
    return FALSE;

  if (ftruncate (painting->fd, (off_t) size) == 0)
    {
      pixels = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, painting->fd, 0);
      if (pixels != MAP_FAILED)
        {
          painted = paint_into (painting, scale, func, user_data, pixels);
          munmap (pixels, size);
        }
    }
  if (painted && fcntl (painting->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
    return TRUE;

  close (painting->fd);
  painting->fd = -1;

  return FALSE;
}
