#include "config.h"

#include "certificate-comparison.h"
#include "ch-exif.h"
#include "ch-file-kind.h"
#include "ch-leptonica.h"
#include "reader-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_HEIF
#include <libheif/heif.h>
#endif

/* Dots an inch of a scanner; of a fax along and across the line (ITU-T T.30). */
#define SCANNED 200
#define FAXED_ACROSS 204
#define FAXED_ALONG 196

/* Of some sixty values that the drawn certificate shows, as many may be misread: its boxes and print are smaller than
 * those of the forms that people use, and a fax loses more of them. How well those are read, ./dev bench tells. */
#define MOST_DIFFERENCES 3
#define MOST_DIFFERENCES_OF_FAX 6

typedef struct {
  ChPageImage *image;
  gboolean     done;
} Shown;

static void
on_rendered_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Shown *shown = user_data;
  g_autoptr (GError) error = NULL;

  shown->image = ch_reader_render_finish (CH_READER (object), result, NULL, &error);
  g_assert_no_error (error);
  shown->done = TRUE;
}

static ChPageImage *
show (ReaderFixture *fixture,
      const char    *path,
      double         scale)
{
  Shown shown = { NULL, FALSE };
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  ch_reader_render_async (fixture->reader, fd, 1, scale, NULL, on_rendered_cb, &shown);
  close (fd);
  while (!shown.done)
    g_main_context_iteration (NULL, TRUE);

  return shown.image;
}

/* The certificate as a scanner sees it, 8 bits of grey. */
static PIX *
scan (ReaderFixture       *fixture,
      const ChCertificate *certificate)
{
  g_autofree char *path = reader_fixture_draw (fixture, certificate);
  g_autoptr (ChPageImage) image = show (fixture, path, SCANNED / 72.0);
  const guint8 *pixels = g_bytes_get_data (image->pixels, NULL);
  PIX *grey = pixCreate (image->width, image->height, 8);
  int x, y;

  for (y = 0; y < image->height; y++)
    {
      const guint32 *from = (const guint32 *) (gconstpointer) (pixels + (gsize) y * (gsize) image->stride);

      for (x = 0; x < image->width; x++)
        pixSetPixel (grey, x, y, (from[x] >> 8) & 0xff);
    }
  pixSetResolution (grey, SCANNED, SCANNED);

  return grey;
}

static char *
write_picture (ReaderFixture *fixture,
               PIX           *picture,
               int            format)
{
  char *path = reader_fixture_path (fixture, "picture.bin");

  g_assert_cmpint (pixWrite (path, picture, format), ==, 0);

  return path;
}

static void
assert_reads (ReaderFixture       *fixture,
              const char          *path,
              const ChCertificate *certificate,
              guint                n_pages,
              guint                most_differences)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = reader_fixture_read (fixture, path, &error);
  guint i, j;

  g_assert_no_error (error);
  g_assert_cmpuint (reading->n_pages, ==, n_pages);
  g_assert_cmpuint (reading->certificates->len, ==, n_pages);
  for (i = 0; i < n_pages; i++)
    {
      g_autoptr (GPtrArray) differences
          = certificate_differences (certificate, g_ptr_array_index (reading->certificates, i));

      for (j = 0; j < differences->len; j++)
        g_test_message ("page %u: %s", i + 1, (char *) g_ptr_array_index (differences, j));
      g_assert_cmpuint (differences->len, <=, most_differences);
    }
}

static void
test_reads_png_on_its_side (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autoptr (PIX) upright = scan (fixture, certificate);
  g_autoptr (PIX) picture = pixRotateOrth (upright, 1);
  g_autofree char *path = write_picture (fixture, picture, IFF_PNG);

  assert_reads (fixture, path, certificate, 1, MOST_DIFFERENCES);
}

/* Puts what a camera writes of how it was held behind the file's first marker. */
static void
add_orientation (const char *path,
                 guint8      orientation)
{
  const guint8 block[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8,
                           0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_byte_array_append (file, (const guint8 *) contents, 2);
  g_byte_array_append (file, block, sizeof block);
  g_byte_array_append (file, (const guint8 *) contents + 2, (guint) length - 2);
  g_file_set_contents (path, (const char *) file->data, file->len, &error);
  g_assert_no_error (error);
}

static void
test_reads_jpeg_upside_down (ReaderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autoptr (PIX) picture = scan (fixture, certificate);
  g_autofree char *path = NULL;

  pixRotate180 (picture, picture);
  path = write_picture (fixture, picture, IFF_JFIF_JPEG);
  assert_reads (fixture, path, certificate, 1, MOST_DIFFERENCES);
}

/* The sheet is shown as the telephone was held. */
static void
test_shows_jpeg_upright (ReaderFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr (PIX) upright = pixCreate (800, 1000, 8);
  g_autoptr (PIX) picture = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ChPageImage) image = NULL;
  const guint32 *pixels;

  /* Black in the upper left quarter of what the photographer saw. */
  pixSetAll (upright);
  pixRasterop (upright, 0, 0, 400, 500, PIX_CLR, NULL, 0, 0);
  picture = pixRotateOrth (upright, 3);
  path = write_picture (fixture, picture, IFF_JFIF_JPEG);
  add_orientation (path, 6);
  image = show (fixture, path, 1);

  g_assert_cmpint (image->width, <, image->height);
  pixels = g_bytes_get_data (image->pixels, NULL);
  g_assert_cmphex (pixels[(image->height / 4) * (image->stride / 4) + image->width / 4] & 0xff, <, 0x40);
  g_assert_cmphex (pixels[(image->height / 4) * (image->stride / 4) + image->width * 3 / 4] & 0xff, >, 0xc0);
  g_assert_cmphex (pixels[(image->height * 3 / 4) * (image->stride / 4) + image->width / 4] & 0xff, >, 0xc0);
}

/* Two pages of a fax in one file, whose dots are higher than they are wide. */
static void
test_reads_fax_of_two_pages (ReaderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autoptr (PIX) grey = scan (fixture, certificate);
  g_autoptr (PIX) stretched = pixScale (grey, (l_float32) FAXED_ACROSS / SCANNED, (l_float32) FAXED_ALONG / SCANNED);
  g_autoptr (PIX) picture = pixThresholdToBinary (stretched, 160);
  g_autofree char *path = reader_fixture_path (fixture, "fax");

  pixSetResolution (picture, FAXED_ACROSS, FAXED_ALONG);
  g_assert_cmpint (pixWriteTiff (path, picture, IFF_TIFF_G4, "w"), ==, 0);
  g_assert_cmpint (pixWriteTiff (path, picture, IFF_TIFF_G4, "a"), ==, 0);
  assert_reads (fixture, path, certificate, 2, MOST_DIFFERENCES_OF_FAX);
}

static void
test_reads_heic (ReaderFixture *fixture,
                 gconstpointer  data)
{
#ifdef HAVE_HEIF
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autoptr (PIX) picture = scan (fixture, certificate);
  g_autofree char *path = reader_fixture_path (fixture, "photo");
  struct heif_context *context = heif_context_alloc ();
  struct heif_encoder *encoder = NULL;
  struct heif_image *image = NULL;
  int width = pixGetWidth (picture);
  int height = pixGetHeight (picture);
  int stride, x, y;
  guint8 *pixels;

  if (heif_context_get_encoder_for_format (context, heif_compression_HEVC, &encoder).code != heif_error_Ok)
    {
      g_test_skip ("nothing on this machine makes HEIC pictures");
      heif_context_free (context);
      return;
    }
  heif_image_create (width, height, heif_colorspace_monochrome, heif_chroma_monochrome, &image);
  heif_image_add_plane (image, heif_channel_Y, width, height, 8);
  pixels = heif_image_get_plane (image, heif_channel_Y, &stride);
  for (y = 0; y < height; y++)
    {
      for (x = 0; x < width; x++)
        {
          l_uint32 grey;

          pixGetPixel (picture, x, y, &grey);
          pixels[(gsize) y * (gsize) stride + (gsize) x] = (guint8) grey;
        }
    }
  heif_encoder_set_lossy_quality (encoder, 80);
  g_assert_cmpint (heif_context_encode_image (context, image, encoder, NULL, NULL).code, ==, heif_error_Ok);
  g_assert_cmpint (heif_context_write_to_file (context, path).code, ==, heif_error_Ok);
  heif_image_release (image);
  heif_encoder_release (encoder);
  heif_context_free (context);

  assert_reads (fixture, path, certificate, 1, MOST_DIFFERENCES);
#else
  g_test_skip ("HEIC is not built in");
#endif
}

static void
assert_refused (ReaderFixture *fixture,
                const char    *path,
                ChReaderError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = reader_fixture_read (fixture, path, &error);

  g_assert_null (reading);
  g_assert_error (error, CH_READER_ERROR, (int) code);
}

static void
test_refuses_damaged_pictures (ReaderFixture *fixture,
                               gconstpointer  data)
{
  static const int formats[] = { IFF_PNG, IFF_JFIF_JPEG, IFF_TIFF_LZW };
  g_autoptr (PIX) picture = pixCreate (600, 800, 8);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = write_picture (fixture, picture, formats[i]);
      g_autofree char *contents = NULL;
      g_autofree char *cut = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ChReading) reading = NULL;
      gsize length;

      g_file_get_contents (path, &contents, &length, &error);
      g_assert_no_error (error);
      cut = reader_fixture_write (fixture, contents, 40);
      reading = reader_fixture_read (fixture, cut, &error);
      g_assert_null (reading);
      g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_BROKEN);
    }
}

static void
test_refuses_blank_picture (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (PIX) picture = pixCreate (1700, 2200, 8);
  g_autofree char *path = NULL;

  pixSetAll (picture);
  path = write_picture (fixture, picture, IFF_PNG);
  assert_refused (fixture, path, CH_READER_ERROR_NO_TEXT);
}

/* A small file that becomes gigabytes when it is unpacked. */
static void
test_refuses_bomb (ReaderFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (PIX) picture = pixCreate (30000, 30000, 1);
  g_autofree char *small = write_picture (fixture, picture, IFF_PNG);
  g_autofree char *contents = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (small, &contents, &length, &error);
  g_assert_no_error (error);
  /* IHDR: 32 bits a pixel rather than one. */
  g_assert_cmpint (contents[24], ==, 1);
  contents[24] = 8;
  contents[25] = 6;
  path = reader_fixture_write (fixture, contents, (gssize) length);
  assert_refused (fixture, path, CH_READER_ERROR_TOO_LARGE);
}

typedef struct {
  guint last;
  guint n_pages;
  guint n_told;
  gboolean done;
  GError *error;
  GCancellable *cancellable;
} Progress;

static void
on_progress (guint    page,
             guint    n_pages,
             gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (page, >, progress->last);
  progress->last = page;
  progress->n_pages = n_pages;
  progress->n_told++;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static void
on_pages_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Progress *progress = user_data;
  ChReading *reading = ch_reader_read_finish (CH_READER (object), result, &progress->error);

  g_clear_pointer (&reading, ch_reading_free);
  progress->done = TRUE;
}

static void
read_pages (ReaderFixture *fixture,
            Progress      *progress)
{
  g_autoptr (PIX) picture = pixCreate (850, 1100, 1);
  g_autofree char *path = reader_fixture_path (fixture, "pages");
  int fd;
  guint i;

  pixSetResolution (picture, 100, 100);
  for (i = 0; i < 3; i++)
    g_assert_cmpint (pixWriteTiff (path, picture, IFF_TIFF_G4, i == 0 ? "w" : "a"), ==, 0);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  ch_reader_read_pages_async (fixture->reader, fd, progress->cancellable, on_progress, progress, NULL, on_pages_read_cb,
                              progress);
  close (fd);
  while (!progress->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_tells_progress (ReaderFixture *fixture,
                     gconstpointer  data)
{
  Progress progress = { 0 };

  read_pages (fixture, &progress);
  g_assert_error (progress.error, CH_READER_ERROR, CH_READER_ERROR_NO_TEXT);
  g_assert_cmpuint (progress.n_told, ==, 3);
  g_assert_cmpuint (progress.last, ==, 3);
  g_assert_cmpuint (progress.n_pages, ==, 3);
  g_clear_error (&progress.error);
}

static void
test_cancelled_between_pages (ReaderFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Progress progress = { .cancellable = cancellable };

  read_pages (fixture, &progress);
  g_assert_error (progress.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&progress.error);
}

static void
test_orientations (void)
{
  guint8 file[] = { 0xff, 0xd8, 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', '*', 0, 8, 0, 0, 0,
                    1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xda };
  gsize length;

  g_assert_cmpuint (ch_exif_find_orientation (file, sizeof file), ==, 8);
  file[30] = 9;
  g_assert_cmpuint (ch_exif_find_orientation (file, sizeof file), ==, 1);
  file[30] = 3;
  for (length = 0; length < sizeof file; length++)
    g_assert_cmpuint (ch_exif_find_orientation (file, length), <=, 3);
  /* Its directory is said to be where there is nothing. */
  file[16] = 0xff;
  file[17] = 0xff;
  g_assert_cmpuint (ch_exif_find_orientation (file, sizeof file), ==, 1);
}

static void
test_kinds (void)
{
  static const struct {
    const char *head;
    gsize       length;
    ChFileKind  kind;
  } files[] = {
    { "%PDF-1.7\n", 9, CH_FILE_KIND_PDF },
    { "HTTP/1.1 200 OK\r\n\r\n%PDF-1.4", 27, CH_FILE_KIND_PDF },
    { "\xff\xd8\xff\xe0", 4, CH_FILE_KIND_JPEG },
    { "\x89PNG\r\n\x1a\n", 8, CH_FILE_KIND_PNG },
    { "II*\0", 4, CH_FILE_KIND_TIFF },
    { "MM\0*", 4, CH_FILE_KIND_TIFF },
    { "\0\0\0\x18" "ftypheic", 12, CH_FILE_KIND_HEIC },
    { "\0\0\0\x18" "ftypisom", 12, CH_FILE_KIND_UNKNOWN },
    { "PK\x03\x04", 4, CH_FILE_KIND_UNKNOWN },
    { "\xff\xd8", 2, CH_FILE_KIND_UNKNOWN },
    { "", 0, CH_FILE_KIND_UNKNOWN },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_cmpint (ch_file_kind_find (files[i].head, files[i].length), ==, (int) files[i].kind);
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/reading/pictures/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  setMsgSeverity (L_SEVERITY_NONE);

  g_test_add_func ("/reading/pictures/kinds", test_kinds);
  g_test_add_func ("/reading/pictures/orientations", test_orientations);
  ADD ("reads-png-on-its-side", test_reads_png_on_its_side);
  ADD ("reads-jpeg-upside-down", test_reads_jpeg_upside_down);
  ADD ("shows-jpeg-upright", test_shows_jpeg_upright);
  ADD ("reads-fax-of-two-pages", test_reads_fax_of_two_pages);
  ADD ("reads-heic", test_reads_heic);
  ADD ("refuses-damaged-pictures", test_refuses_damaged_pictures);
  ADD ("refuses-blank-picture", test_refuses_blank_picture);
  ADD ("refuses-bomb", test_refuses_bomb);
  ADD ("tells-progress", test_tells_progress);
  ADD ("cancelled-between-pages", test_cancelled_between_pages);

  return g_test_run ();
}
