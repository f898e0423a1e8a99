/*
 * degrade-certificates FOLDER: of every drawn NNNN_flat.pdf of a folder makes what a scanner, a fax and a telephone make
 * of it, beside it: NNNN_scan.pdf, NNNN_scan150.pdf, NNNN_fax.pdf, NNNN_photo.pdf. The same each time.
 */
#include "config.h"

#include "ch-reader.h"
#include "degraded-sheet.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FLAT "_flat.pdf"

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
  if (shown->image == NULL)
    g_error ("%s", error->message);
  shown->done = TRUE;
}

/* The first page as it comes out of a printer, in grey */
static PIX *
print (ChReader   *reader,
       const char *path,
       int         resolution)
{
  Shown shown = { NULL, FALSE };
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  const guint8 *pixels;
  PIX *grey;
  int x, y;

  ch_reader_render_async (reader, fd, 1, resolution / 72.0, NULL, on_rendered_cb, &shown);
  close (fd);
  while (!shown.done)
    g_main_context_iteration (NULL, TRUE);

  pixels = g_bytes_get_data (shown.image->pixels, NULL);
  grey = pixCreate (shown.image->width, shown.image->height, 8);
  for (y = 0; y < shown.image->height; y++)
    {
      const guint32 *from = (const guint32 *) (gconstpointer) (pixels + (gsize) y * (gsize) shown.image->stride);

      for (x = 0; x < shown.image->width; x++)
        pixSetPixel (grey, x, y, (from[x] >> 8) & 0xff);
    }
  ch_page_image_free (shown.image);

  return grey;
}

static void
degrade (ChReader   *reader,
         const char *folder,
         const char *name)
{
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (FLAT));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int kind;

  for (kind = 0; kind < DEGRADED_N_KINDS; kind++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) (atoi (stem) * DEGRADED_N_KINDS + kind));
      g_autoptr (PIX) clean = print (reader, path, degraded_sheet_get_resolution (kind));
      g_autoptr (PIX) picture = degraded_sheet_make (clean, kind, random);
      g_autofree char *degraded = g_strdup_printf ("%s/%s_%s.pdf", folder, stem, degraded_sheet_get_name (kind));

      if (!degraded_sheet_save (picture, kind, random, degraded))
        g_error ("%s can't be written", degraded);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (ChReader) reader = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  if (argc != 2)
    {
      g_printerr ("usage: degrade-certificates FOLDER\n");
      return 2;
    }
  dir = g_dir_open (argv[1], 0, &error);
  if (dir == NULL)
    {
      g_printerr ("degrade-certificates: %s\n", error->message);
      return 2;
    }

  reader = ch_reader_new ();
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, FLAT))
        degrade (reader, argv[1], name);
    }
  ch_reader_close (reader);

  return 0;
}
