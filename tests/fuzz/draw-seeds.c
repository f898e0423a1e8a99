/*
 * draw-seeds FOLDER: what the fuzzers begin with, drawn by our own code: PDFs in FOLDER/files, the pages that the helper
 * makes of them in FOLDER/pages, and its answers in FOLDER/answers.
 */
#include "config.h"

#include "ch-document-reader.h"
#include "ch-pdf-document.h"
#include "ch-pdf-page.h"
#include "ch-reading-private.h"
#include "chance-manner.h"
#include "drawn-form.h"
#include "invented-certificate.h"
#include "page-model-bytes.h"

#include <glib/gstdio.h>

#define N_SEEDS 24

static void
write_bytes (const char *folder,
             const char *kind,
             guint       number,
             const void *data,
             gsize       length)
{
  g_autofree char *subfolder = g_build_filename (folder, kind, NULL);
  g_autofree char *name = g_strdup_printf ("%02u", number);
  g_autofree char *path = g_build_filename (subfolder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (subfolder, 0700);
  if (!g_file_set_contents (path, data, (gssize) length, &error))
    g_error ("%s", error->message);
}

static char *
draw_file (const char *folder,
           guint       number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number);
  DrawnManner manner = chance_manner_choose (random);
  g_autoptr (ChCertificate) certificate = invented_certificate_new (random);
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  ChCertificate *truth = drawn_form_draw (pen, &manner, certificate, random);
  g_autofree char *subfolder = g_build_filename (folder, "files", NULL);
  g_autofree char *name = g_strdup_printf ("%02u", number);
  char *path = g_build_filename (subfolder, name, NULL);

  ch_certificate_free (truth);
  g_mkdir_with_parents (subfolder, 0700);
  pdf_pen_save (pen, path);

  return path;
}

static void
write_pages (const char *folder,
             guint       number,
             const char *path)
{
  g_autoptr (GByteArray) pages = g_byte_array_new ();
  g_autoptr (ChDocumentReader) reader = ch_document_reader_new ();
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  ChRefusal refusal;
  double confidence;
  int i, n_pages;

  document = ch_pdf_document_open (bytes, &refusal);
  g_assert_nonnull (document);
  n_pages = poppler_document_get_n_pages (document);
  for (i = 0; i < n_pages; i++)
    {
      g_autoptr (PopplerPage) page = poppler_document_get_page (document, i);
      g_autoptr (ChPageModel) model = ch_pdf_page_read (page);

      page_model_to_bytes (model, pages);
      ch_document_reader_take_page (reader, model);
    }
  certificates = ch_document_reader_finish (reader, &confidence);
  answer = _ch_reading_pack ((guint) n_pages, confidence, certificates);
  write_bytes (folder, "pages", number, pages->data, pages->len);
  write_bytes (folder, "answers", number, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

int
main (int    argc,
      char **argv)
{
  guint number;

  if (argc != 2)
    {
      g_printerr ("usage: draw-seeds FOLDER\n");
      return 2;
    }
  for (number = 1; number <= N_SEEDS; number++)
    {
      g_autofree char *path = draw_file (argv[1], number);

      write_pages (argv[1], number, path);
    }

  return 0;
}
