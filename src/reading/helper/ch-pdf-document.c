#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-document.h"

/**
 * ch_pdf_document_open:
 * @refusal: (out): why not, where %NULL is returned
 *
 * Opens a document that needs no password. Many certificates are encrypted with the empty user password and forbid
 * copying text; like poppler's own tools this reads them all the same: whoever sends a certificate as proof wants it
 * read, and nothing is passed on.
 *
 * Returns: (transfer full) (nullable): the document
 */
PopplerDocument *
ch_pdf_document_open (GBytes    *bytes,
                      ChRefusal *refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, &error);
  int n_pages;

  if (document == NULL)
    return ch_refusal_set (refusal,
                           g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? CH_READER_ERROR_ENCRYPTED
                                                                                           : CH_READER_ERROR_BROKEN,
                           0);
  n_pages = poppler_document_get_n_pages (document);
  if (n_pages < 1)
    return ch_refusal_set (refusal, CH_READER_ERROR_BROKEN, 0);
  if (n_pages > CH_READER_MAX_PAGES)
    return ch_refusal_set (refusal, CH_READER_ERROR_TOO_LARGE, n_pages);

  return g_steal_pointer (&document);
}
