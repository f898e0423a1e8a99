#include "config.h"

#include "drawn-page.h"

#include "ch-pdf-document.h"
#include "ch-pdf-page.h"

ChPageModel *
drawn_page_read (ReaderFixture *fixture,
                 PdfPen        *pen)
{
  g_autofree char *path = reader_fixture_path (fixture, "page.pdf");
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ChRefusal refusal = { 0 };
  PopplerDocument *document;
  PopplerPage *page;
  ChPageModel *model;
  gsize length;

  pdf_pen_save (pen, path);
  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (contents, length);
  document = ch_pdf_document_open (bytes, &refusal);
  g_assert_nonnull (document);
  page = poppler_document_get_page (document, 0);
  model = ch_pdf_page_read (page);
  ch_page_model_take_ink (model, ch_pdf_page_read_ink (page));
  g_object_unref (page);
  g_object_unref (document);

  return model;
}
