#include "config.h"

#include "certificate-comparison.h"
#include "ch-reader.h"
#include "corpus.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Every value of the file, and nothing that isn't shown on it. Of the property forms the truth says only what they are;
 * more of them is read. */
static guint
count_differences (ChReader         *reader,
                   const CorpusFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChCertificate) truth = corpus_load_truth (file->json, &error);
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  guint n_differences = 0;
  int fd;
  guint i;

  g_assert_no_error (error);
  fd = open (file->pdf, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  reading = ch_reader_read (reader, fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);

  differences = certificate_differences (truth, g_ptr_array_index (reading->certificates, 0));
  for (i = 0; i < differences->len; i++)
    {
      const char *difference = g_ptr_array_index (differences, i);

      if (g_strcmp0 (truth->form, "ACORD 25") != 0 && strstr (difference, ": not shown") != NULL)
        continue;
      g_test_message ("%s: %s", file->pdf, difference);
      n_differences++;
    }

  return n_differences;
}

static void
test_kind (gconstpointer data)
{
  const char *kind = data;
  g_autofree char *folder = corpus_find_folder ("generated");
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReader) reader = NULL;
  guint n_differences = 0;
  guint n_files = 0;
  guint i;

  if (folder == NULL)
    {
      g_test_skip ("the certificates to read are not on this machine");
      return;
    }

  files = corpus_list (folder, &error);
  g_assert_no_error (error);
  reader = ch_reader_new ();
  for (i = 0; i < files->len; i++)
    {
      const CorpusFile *file = g_ptr_array_index (files, i);

      if (strcmp (file->kind, kind) != 0)
        continue;
      n_differences += count_differences (reader, file);
      n_files++;
    }
  ch_reader_close (reader);

  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpuint (n_differences, ==, 0);
}

/* Those of the samples that have a text layer. */
static void
test_samples_with_text (void)
{
  static const char *const names[] = { "pdflib", "quartz-sensible", "a27", "a28" };
  g_autofree char *folder = corpus_find_folder ("samples");
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReader) reader = NULL;
  guint n_differences = 0;
  guint i, j;

  if (folder == NULL)
    {
      g_test_skip ("the certificates to read are not on this machine");
      return;
    }

  files = corpus_list (folder, &error);
  g_assert_no_error (error);
  reader = ch_reader_new ();
  for (i = 0; i < files->len; i++)
    {
      const CorpusFile *file = g_ptr_array_index (files, i);

      for (j = 0; j < G_N_ELEMENTS (names); j++)
        {
          if (strstr (file->pdf, names[j]) == NULL)
            continue;
          n_differences += count_differences (reader, file);
          break;
        }
    }
  ch_reader_close (reader);

  g_assert_cmpuint (n_differences, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/reading/accuracy/form", "form", test_kind);
  g_test_add_data_func ("/reading/accuracy/flat", "flat", test_kind);
  g_test_add_func ("/reading/accuracy/samples-with-text", test_samples_with_text);

  return g_test_run ();
}
