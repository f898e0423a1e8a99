/*
 * mutate-files FOLDER SECONDS [SEED]: damages the PDFs of a folder in ways that files are damaged and attackers damage
 * them, and has certholder-reader read each. Every one must get an answer, be it that the reader died over it, and the
 * next whole file must be read as if nothing had been. What the reader died over is kept in FOLDER-died.
 */
#include "config.h"

#include "ch-reader.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_CHANGES 24
#define WHOLE_EVERY 200

/* What changes the meaning of a PDF more than a random byte does. */
static const char *const tokens[] = {
  "endobj",  "endstream", "stream", "obj",  "/Length 99999999", "/Kids[3 0 R]", "/Rotate 90", "/Count -1", "0 0 0 0 re",
  " cm\n",   " Tf\n",     "q q q ", "Q Q ", "BT ET ",           "[0 0 0 0]",    "<</A<<",     ">>",        "/Parent 2 0 R",
  "1e308 ",  "-2147483649 ", "NaN", "/FT/Btn", "/FT/Tx",        "/AP<</N 5 0 R>>", "3 Tr\n",  "W n\n",     "/Filter/FlateDecode",
  "/MediaBox[0 0 1 1]", "/MediaBox[-9e9 0 9e9 1]", "/Matrix[0 0 0 0 0 0]", "xref", "trailer", "%%EOF", "f*\n", "S\n",
};

typedef struct {
  GPtrArray *files;     /* (element-type GBytes) */
  GRand     *random;
  guint      n_read;
  guint      n_refused;
  guint      n_died;
} Run;

static GPtrArray *
load_files (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *data;
      gsize length;

      if (g_file_get_contents (path, &data, &length, NULL))
        g_ptr_array_add (files, g_bytes_new_take (data, length));
    }

  return files;
}

static gsize
pick (Run  *run,
      gsize end)
{
  return end > 0 ? (gsize) g_rand_int_range (run->random, 0, (gint32) MIN (end, G_MAXINT32)) : 0;
}

static void
change (Run     *run,
        GString *file)
{
  gsize at = pick (run, file->len);
  gsize length = pick (run, MIN (64, file->len - at));

  switch (g_rand_int_range (run->random, 0, 7))
    {
    case 0:
      file->str[at] = (char) g_rand_int_range (run->random, 0, 256);
      break;
    case 1:
      file->str[at] ^= (char) (1 << g_rand_int_range (run->random, 0, 8));
      break;
    case 2:
      g_string_erase (file, (gssize) at, (gssize) length);
      break;
    case 3:
      g_string_insert (file, (gssize) at, tokens[pick (run, G_N_ELEMENTS (tokens))]);
      break;
    case 4:
      {
        g_autofree char *piece = g_strndup (file->str + at, length);

        g_string_insert_len (file, (gssize) pick (run, file->len), piece, (gssize) strlen (piece));
        break;
      }
    case 5:
      {
        g_autofree char *number = g_strdup_printf ("%d", g_rand_int_range (run->random, -70000, 70000));

        g_string_insert (file, (gssize) at, number);
        break;
      }
    default:
      {
        GBytes *other = g_ptr_array_index (run->files, pick (run, run->files->len));
        gsize size;
        const char *data = g_bytes_get_data (other, &size);
        gsize from = pick (run, size);

        g_string_insert_len (file, (gssize) at, data + from, (gssize) MIN (size - from, 400));
        break;
      }
    }
}

static int
write_memory (const GString *file)
{
  int fd = memfd_create ("mutated", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, file->str, file->len), ==, (gssize) file->len);

  return fd;
}

static void
keep (const char    *folder,
      guint          number,
      const GString *file)
{
  g_autofree char *died = g_strconcat (folder, "-died", NULL);
  g_autofree char *name = g_strdup_printf ("%06u.pdf", number);
  g_autofree char *path = g_build_filename (died, name, NULL);

  g_mkdir_with_parents (died, 0700);
  g_file_set_contents (path, file->str, (gssize) file->len, NULL);
}

static void
read_one (Run           *run,
          ChReader      *reader,
          const char    *folder,
          const GString *file)
{
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  int fd = write_memory (file);

  reading = ch_reader_read (reader, fd, NULL, &error);
  close (fd);
  run->n_read++;
  if (reading != NULL)
    return;
  if (!g_error_matches (error, CH_READER_ERROR, CH_READER_ERROR_CRASHED))
    {
      run->n_refused++;
      return;
    }
  run->n_died++;
  keep (folder, run->n_read, file);
}

static void
read_whole (Run      *run,
            ChReader *reader)
{
  GBytes *bytes = g_ptr_array_index (run->files, pick (run, run->files->len));
  g_autoptr (GString) file = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  int fd = write_memory (file);

  reading = ch_reader_read (reader, fd, NULL, &error);
  close (fd);
  if (reading == NULL)
    g_error ("a whole file was not read after %u damaged ones: %s", run->n_read, error->message);
}

int
main (int    argc,
      char **argv)
{
  Run run = { 0 };
  g_autoptr (ChReader) reader = NULL;
  gint64 end;

  if (argc < 3)
    {
      g_printerr ("usage: mutate-files FOLDER SECONDS [SEED]\n");
      return 2;
    }
  run.files = load_files (argv[1]);
  run.random = g_rand_new_with_seed (argc > 3 ? (guint32) atoi (argv[3]) : 1);
  g_assert_cmpuint (run.files->len, >, 0);
  reader = ch_reader_new ();
  end = g_get_monotonic_time () + atoi (argv[2]) * G_USEC_PER_SEC;
  while (g_get_monotonic_time () < end)
    {
      GBytes *bytes = g_ptr_array_index (run.files, pick (&run, run.files->len));
      g_autoptr (GString) file = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      guint n_changes = (guint) g_rand_int_range (run.random, 1, MOST_CHANGES);
      guint i;

      for (i = 0; i < n_changes && file->len > 0; i++)
        change (&run, file);
      read_one (&run, reader, argv[1], file);
      if (run.n_read % WHOLE_EVERY == 0)
        read_whole (&run, reader);
    }
  read_whole (&run, reader);
  ch_reader_close (reader);

  g_print ("%u damaged files: %u read, %u refused, the reader died over %u, and every whole file was read after them\n",
           run.n_read, run.n_read - run.n_refused - run.n_died, run.n_refused, run.n_died);
  g_ptr_array_unref (run.files);
  g_rand_free (run.random);

  return 0;
}
