#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-source.h"

#include "ch-file-kind.h"
#include "ch-pdf-document.h"

#ifdef HAVE_OCR
#include "ch-picture-file.h"
#endif

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ChSource
{
  PopplerDocument *document;  /* (nullable): for a PDF */
#ifdef HAVE_OCR
  ChPictureFile   *pictures;  /* (nullable): for pictures */
#endif
  guint            n_damaged;
};

static GBytes *
read_all (int   fd,
          gsize size)
{
  g_autofree char *data = g_malloc (size);
  gsize length = 0;

  while (length < size)
    {
      gssize n = pread (fd, data + length, size - length, (off_t) length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += (gsize) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static gboolean
open_bytes (ChSource  *self,
            GBytes    *bytes,
            ChRefusal *refusal)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  ChFileKind kind = ch_file_kind_find (data, length);

  if (!ch_file_kind_can_be_read (kind))
    {
      ch_refusal_set (refusal, CH_READER_ERROR_NOT_PDF, 0);
      return FALSE;
    }
  if (kind == CH_FILE_KIND_PDF)
    {
      self->document = ch_pdf_document_open (bytes, refusal);
      return self->document != NULL;
    }

#ifdef HAVE_OCR
  self->pictures = ch_picture_file_open (bytes, kind, refusal);
  return self->pictures != NULL;
#else
  return FALSE;
#endif
}

/**
 * ch_source_open:
 * @fd: a regular file; its offset is neither used nor changed
 * @refusal: (out): why not, where %NULL is returned
 *
 * Returns: (transfer full) (nullable): the document
 */
ChSource *
ch_source_open (int        fd,
                ChRefusal *refusal)
{
  g_autoptr (ChSource) self = g_new0 (ChSource, 1);
  g_autoptr (GBytes) bytes = NULL;
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size == 0)
    return ch_refusal_set (refusal, CH_READER_ERROR_NOT_PDF, 0);
  if (info.st_size > CH_READER_MAX_BYTES)
    return ch_refusal_set (refusal, CH_READER_ERROR_TOO_LARGE, info.st_size);

  bytes = read_all (fd, (gsize) info.st_size);

  return open_bytes (self, bytes, refusal) ? g_steal_pointer (&self) : NULL;
}

void
ch_source_free (ChSource *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->document);
#ifdef HAVE_OCR
  g_clear_pointer (&self->pictures, ch_picture_file_free);
#endif
  g_free (self);
}

guint
ch_source_get_n_pages (ChSource *self)
{
#ifdef HAVE_OCR
  if (self->pictures != NULL)
    return ch_picture_file_get_n_pages (self->pictures);
#endif

  return (guint) poppler_document_get_n_pages (self->document);
}

#ifdef HAVE_OCR
static ChPageModel *
read_picture (ChSource     *self,
              guint         index,
              ChPageReader *reader)
{
  double scale;
  PIX *picture = ch_picture_file_read (self->pictures, index, &scale);

  if (picture == NULL)
    {
      self->n_damaged++;
      return NULL;
    }

  return ch_page_reader_read_picture (reader, picture, scale, index + 1);
}
#endif

/**
 * ch_source_read_page:
 * @index: from 0
 *
 * Returns: (transfer full) (nullable): what is on the page; %NULL where it is damaged, or can't be recognised
 */
ChPageModel *
ch_source_read_page (ChSource     *self,
                     guint         index,
                     ChPageReader *reader)
{
  g_autoptr (PopplerPage) page = NULL;

#ifdef HAVE_OCR
  if (self->pictures != NULL)
    return read_picture (self, index, reader);
#endif
  page = poppler_document_get_page (self->document, (int) index);

  if (page == NULL)
    {
      self->n_damaged++;
      return NULL;
    }

  return ch_page_reader_read (reader, page);
}

/* Returns: how many of the pages that were to be read are damaged */
guint
ch_source_get_n_damaged (ChSource *self)
{
  return self->n_damaged;
}

static void
paint_pdf_page (cairo_t *context,
                gpointer user_data)
{
  poppler_page_render (user_data, context);
}

#ifdef HAVE_OCR
typedef struct {
  PIX    *picture;
  double  scale;    /* pixels a point */
} Paint;

static void
paint_picture (cairo_t *context,
               gpointer user_data)
{
  const Paint *paint = user_data;
  int width = pixGetWidth (paint->picture);
  int height = pixGetHeight (paint->picture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  int x, y;

  for (y = 0; pixels != NULL && y < height; y++)
    {
      const l_uint32 *from = pixGetData (paint->picture) + (gsize) y * (gsize) pixGetWpl (paint->picture);
      guint32 *to = (guint32 *) (gpointer) (pixels + (gsize) y * stride);

      /* Leptonica has red in the highest byte. */
      for (x = 0; x < width; x++)
        to[x] = from[x] >> 8;
    }
  cairo_surface_mark_dirty (surface);
  cairo_scale (context, 1 / paint->scale, 1 / paint->scale);
  cairo_set_source_surface (context, surface, 0, 0);
  cairo_paint (context);
  cairo_surface_destroy (surface);
}

static gboolean
paint_picture_page (ChSource   *self,
                    guint       index,
                    double      scale,
                    ChPainting *painting,
                    ChRefusal  *refusal)
{
  Paint paint = { NULL, 1 };
  g_autoptr (PIX) picture = ch_picture_file_read (self->pictures, index, &paint.scale);
  g_autoptr (PIX) coloured = picture != NULL ? pixConvertTo32 (picture) : NULL;

  if (coloured == NULL)
    {
      ch_refusal_set (refusal, CH_READER_ERROR_BROKEN, 0);
      return FALSE;
    }

  paint.picture = coloured;
  ch_refusal_set (refusal, CH_READER_ERROR_TOO_LARGE, 0);

  return ch_page_painter_paint (pixGetWidth (coloured) / paint.scale, pixGetHeight (coloured) / paint.scale, scale,
                                paint_picture, &paint, painting);
}
#endif

/**
 * ch_source_paint_page:
 * @index: from 0
 * @scale: pixels a point
 * @painting: (out): the page's pixels
 * @refusal: (out): why not, where %FALSE is returned
 */
gboolean
ch_source_paint_page (ChSource   *self,
                      guint       index,
                      double      scale,
                      ChPainting *painting,
                      ChRefusal  *refusal)
{
  g_autoptr (PopplerPage) page = NULL;
  double width, height;

  ch_refusal_set (refusal, CH_READER_ERROR_BROKEN, 0);
  if (index >= ch_source_get_n_pages (self))
    return FALSE;
#ifdef HAVE_OCR
  if (self->pictures != NULL)
    return paint_picture_page (self, index, scale, painting, refusal);
#endif
  page = poppler_document_get_page (self->document, (int) index);
  if (page == NULL)
    return FALSE;

  ch_refusal_set (refusal, CH_READER_ERROR_TOO_LARGE, 0);
  poppler_page_get_size (page, &width, &height);

  return ch_page_painter_paint (width, height, scale, paint_pdf_page, page, painting);
}
