#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-picture-file.h"

#include "ch-exif.h"

#ifdef HAVE_HEIF
#include "ch-heif-picture.h"
#endif

/* Memory that one picture may take before it is made smaller, and after that. */
#define MOST_BYTES (G_GINT64_CONSTANT (128) * 1024 * 1024)
#define MOST_PIXELS_OF_JPEG (G_GINT64_CONSTANT (120) * 1000 * 1000)
/* Pixels of the longer side: what is more tells nothing new, what is fewer than the second is not made fewer still. */
#define LONGEST_SIDE 2900
/* Inches: where a picture says how fine it is, and that makes a sheet of paper of this size, it is believed. A photo's
 * sheet is taken to be as long as a letter. */
#define SMALLEST_SHEET 4.0
#define LARGEST_SHEET 15.0
#define LETTER_LENGTH 11.0
#define POINTS_AN_INCH 72.0

struct _ChPictureFile
{
  GBytes     *bytes;
  ChFileKind  kind;
  guint       n_pages;
};

static guint
count_tiff_pages (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  FILE *file = fopenReadFromMemory (data, length);
  l_int32 n_pages = 0;

  if (file == NULL)
    return 0;
  if (tiffGetCount (file, &n_pages) != 0)
    n_pages = 0;
  fclose (file);

  return (guint) MAX (n_pages, 0);
}

/* Whether the picture can be had without filling the memory. */
static gboolean
check_size (GBytes    *bytes,
            ChFileKind kind,
            ChRefusal *refusal)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  l_int32 width, height, bits, samples;
  gint64 n_pixels;

  if (pixReadHeaderMem (data, length, NULL, &width, &height, &bits, &samples, NULL) != 0 || width < 1 || height < 1)
    {
      ch_refusal_set (refusal, CH_READER_ERROR_BROKEN, 0);
      return FALSE;
    }

  n_pixels = (gint64) width * height;
  ch_refusal_set (refusal, CH_READER_ERROR_TOO_LARGE, 0);
  if (kind == CH_FILE_KIND_JPEG)
    return n_pixels <= MOST_PIXELS_OF_JPEG;

  return n_pixels * (bits * samples <= 1 ? 1 : samples > 1 ? 32 : 8) / 8 <= MOST_BYTES;
}

/**
 * ch_picture_file_open:
 * @refusal: (out): why not, where %NULL is returned
 *
 * Returns: (transfer full) (nullable): the file
 */
ChPictureFile *
ch_picture_file_open (GBytes    *bytes,
                      ChFileKind kind,
                      ChRefusal *refusal)
{
  g_autoptr (ChPictureFile) self = g_new0 (ChPictureFile, 1);

  self->bytes = g_bytes_ref (bytes);
  self->kind = kind;
  self->n_pages = 1;
  if (kind == CH_FILE_KIND_TIFF)
    {
      self->n_pages = count_tiff_pages (bytes);
      if (self->n_pages == 0)
        return ch_refusal_set (refusal, CH_READER_ERROR_BROKEN, 0);
      if (self->n_pages > CH_READER_MAX_PAGES)
        return ch_refusal_set (refusal, CH_READER_ERROR_TOO_LARGE, self->n_pages);
    }
  if (kind != CH_FILE_KIND_HEIC && !check_size (bytes, kind, refusal))
    return NULL;

  return g_steal_pointer (&self);
}

void
ch_picture_file_free (ChPictureFile *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->bytes);
  g_free (self);
}

guint
ch_picture_file_get_n_pages (ChPictureFile *self)
{
  return self->n_pages;
}

/* How often a JPEG can be halved while it is decoded, which costs less than nothing. */
static int
find_reduction (const guint8 *data,
                gsize         length)
{
  l_int32 width = 0;
  l_int32 height = 0;
  int reduction = 1;

  if (pixReadHeaderMem (data, length, NULL, &width, &height, NULL, NULL, NULL) != 0)
    return 1;
  while (reduction < 8 && MAX (width, height) / (reduction * 2) >= LONGEST_SIDE)
    reduction *= 2;

  return reduction;
}

static PIX *
decode_jpeg (const guint8 *data,
             gsize         length)
{
  int reduction = find_reduction (data, length);
  g_autoptr (PIX) picture = pixReadMemJpeg (data, length, 0, reduction, NULL, 0);

  if (picture == NULL)
    return NULL;

  pixSetXRes (picture, pixGetXRes (picture) / reduction);
  pixSetYRes (picture, pixGetYRes (picture) / reduction);

  return ch_exif_turn_upright (data, length, picture);
}

static PIX *
decode (ChPictureFile *self,
        guint          index)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);

  switch (self->kind)
    {
    case CH_FILE_KIND_JPEG:
      return decode_jpeg (data, length);
    case CH_FILE_KIND_PNG:
      return pixReadMemPng (data, length);
    case CH_FILE_KIND_TIFF:
      return pixReadMemTiff (data, length, (l_int32) index);
    case CH_FILE_KIND_HEIC:
#ifdef HAVE_HEIF
      return ch_heif_picture_decode (self->bytes);
#else
      return NULL;
#endif
    case CH_FILE_KIND_PDF:
    case CH_FILE_KIND_UNKNOWN:
    default:
      return NULL;
    }
}

static gboolean
is_sheet (int pixels,
          int resolution)
{
  return resolution > 0 && pixels >= SMALLEST_SHEET * resolution && pixels <= LARGEST_SHEET * resolution;
}

/* In grey, since black and white leaves out or doubles lines that are as thin as the form's. */
static PIX *
scale_picture (PIX    *picture,
               double  across,
               double  along)
{
  g_autoptr (PIX) grey = pixGetDepth (picture) == 1 ? pixConvert1To8 (NULL, picture, 255, 0) : pixClone (picture);

  return grey != NULL ? pixScale (grey, (l_float32) across, (l_float32) along) : NULL;
}

/* Faxes have fewer lines than dots; the dots are made square. */
static PIX *
make_square (PIX    *picture,
             double *resolution)
{
  int x = pixGetXRes (picture);
  int y = pixGetYRes (picture);
  PIX *square;

  *resolution = 0;
  if (!is_sheet (pixGetWidth (picture), x) || !is_sheet (pixGetHeight (picture), y))
    return pixClone (picture);

  *resolution = MAX (x, y);
  if (x == y)
    return pixClone (picture);

  square = scale_picture (picture, *resolution / x, *resolution / y);

  return square != NULL ? square : pixClone (picture);
}

/**
 * ch_picture_file_read:
 * @index: from 0
 * @scale: (out): pixels a point
 *
 * Returns: (transfer full) (nullable): the picture as its maker meant it to be held; %NULL where it is damaged
 */
PIX *
ch_picture_file_read (ChPictureFile *self,
                      guint          index,
                      double        *scale)
{
  g_autoptr (PIX) decoded = decode (self, index);
  g_autoptr (PIX) plain = decoded != NULL ? pixRemoveColormap (decoded, REMOVE_CMAP_BASED_ON_SRC) : NULL;
  g_autoptr (PIX) square = NULL;
  double resolution, shrink;
  int longest;

  if (plain == NULL)
    return NULL;

  square = make_square (plain, &resolution);
  longest = MAX (pixGetWidth (square), pixGetHeight (square));
  if (resolution == 0)
    resolution = longest / LETTER_LENGTH;
  shrink = longest > LONGEST_SIDE ? (double) LONGEST_SIDE / longest : 1;
  *scale = resolution * shrink / POINTS_AN_INCH;
  if (shrink == 1)
    return g_steal_pointer (&square);

  return scale_picture (square, shrink, shrink);
}
