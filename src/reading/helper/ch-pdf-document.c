#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-document.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ISO 32000 wants the header first; programs accept it anywhere in the first kilobyte, and files rely on that. */
#define HEADER_WITHIN 1024

static PopplerDocument *
refuse (ChPdfRefusal *refusal,
        ChReaderError code,
        gint64        detail)
{
  refusal->code = code;
  refusal->detail = detail;

  return NULL;
}

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
has_header (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return data != NULL && memmem (data, MIN (length, HEADER_WITHIN), "%PDF-", 5) != NULL;
}

/**
 * ch_pdf_document_open:
 * @fd: a regular file; its offset is neither used nor changed
 * @refusal: (out): why not, where %NULL is returned
 *
 * Opens a document that needs no password. Many certificates are encrypted with the empty user password and forbid
 * copying text; like poppler's own tools this reads them all the same: whoever sends a certificate as proof wants it
 * read, and nothing is passed on.
 *
 * Returns: (transfer full) (nullable): the document
 */
PopplerDocument *
ch_pdf_document_open (int           fd,
                      ChPdfRefusal *refusal)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  struct stat info;
  int n_pages;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size == 0)
    return refuse (refusal, CH_READER_ERROR_NOT_PDF, 0);
  if (info.st_size > CH_READER_MAX_BYTES)
    return refuse (refusal, CH_READER_ERROR_TOO_LARGE, info.st_size);
  bytes = read_all (fd, (gsize) info.st_size);
  if (!has_header (bytes))
    return refuse (refusal, CH_READER_ERROR_NOT_PDF, 0);

  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  if (document == NULL)
    return refuse (refusal,
                   g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? CH_READER_ERROR_ENCRYPTED
                                                                                   : CH_READER_ERROR_BROKEN,
                   0);
  n_pages = poppler_document_get_n_pages (document);
  if (n_pages < 1)
    return refuse (refusal, CH_READER_ERROR_BROKEN, 0);
  if (n_pages > CH_READER_MAX_PAGES)
    return refuse (refusal, CH_READER_ERROR_TOO_LARGE, n_pages);

  return g_steal_pointer (&document);
}
