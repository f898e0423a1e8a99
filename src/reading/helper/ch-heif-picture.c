#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-heif-picture.h"

#include <libheif/heif.h>

/* libde265's, below. */
int de265_start_worker_threads (void *context,
                                int   n_threads);

/* What telephones take; more would fill the memory. */
#define MOST_PIXELS (G_GINT64_CONSTANT (50) * 1000 * 1000)

/**
 * de265_start_worker_threads:
 *
 * libheif has libde265 start a thread for each picture, which the helper isn't allowed to have, and then waits for it
 * for ever. A program may define functions of a library that it uses, and the dynamic linker takes the program's:
 * without threads libde265 decodes in the one that asks.
 *
 * Returns: 0, which is DE265_OK
 */
int
de265_start_worker_threads (void *context,
                            int   n_threads)
{
  return 0;
}

static PIX *
make_picture (struct heif_image *image)
{
  int width = heif_image_get_width (image, heif_channel_interleaved);
  int height = heif_image_get_height (image, heif_channel_interleaved);
  int stride = 0;
  const guint8 *pixels = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  PIX *picture;
  int x, y;

  if (pixels == NULL || width < 1 || height < 1 || (gint64) width * height > MOST_PIXELS || stride < width * 3)
    return NULL;
  picture = pixCreateNoInit (width, height, 32);
  if (picture == NULL)
    return NULL;

  for (y = 0; y < height; y++)
    {
      const guint8 *from = pixels + (gsize) y * (gsize) stride;
      l_uint32 *to = pixGetData (picture) + (gsize) y * (gsize) pixGetWpl (picture);

      for (x = 0; x < width; x++, from += 3)
        to[x] = (l_uint32) from[0] << 24 | (l_uint32) from[1] << 16 | (l_uint32) from[2] << 8;
    }

  return picture;
}

static PIX *
decode_primary (struct heif_context *context)
{
  struct heif_image_handle *handle = NULL;
  struct heif_image *image = NULL;
  PIX *picture = NULL;

  if (heif_context_get_primary_image_handle (context, &handle).code != heif_error_Ok)
    return NULL;

  if ((gint64) heif_image_handle_get_width (handle) * heif_image_handle_get_height (handle) <= MOST_PIXELS
      && heif_decode_image (handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, NULL).code
           == heif_error_Ok)
    picture = make_picture (image);
  if (image != NULL)
    heif_image_release (image);
  heif_image_handle_release (handle);

  return picture;
}

/**
 * ch_heif_picture_decode:
 *
 * Returns: (transfer full) (nullable): the file's main picture, held as its maker meant it to be
 */
PIX *
ch_heif_picture_decode (GBytes *bytes)
{
  struct heif_context *context = heif_context_alloc ();
  PIX *picture = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (context == NULL)
    return NULL;

  heif_context_set_max_decoding_threads (context, 0);
  if (heif_context_read_from_memory_without_copy (context, data, length, NULL).code == heif_error_Ok)
    picture = decode_primary (context);
  heif_context_free (context);

  return picture;
}
