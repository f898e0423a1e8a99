#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-reader-service.h"

#include "ch-document-reader.h"
#include "ch-page-painter.h"
#include "ch-pdf-document.h"
#include "ch-reader-wire.h"
#include "ch-reading-private.h"

#include <unistd.h>

static void
answer_error (int           socket,
              ChReaderError code,
              gint64        detail)
{
  const ChWireHead head = { .kind = CH_WIRE_ERROR, .code = code, .detail = detail };

  ch_reader_wire_send (socket, &head, NULL, -1);
}

static void
read_pages (ChPageReader     *page_reader,
            PopplerDocument  *document,
            ChDocumentReader *reader)
{
  int n_pages = poppler_document_get_n_pages (document);
  int i;

  for (i = 0; i < n_pages; i++)
    {
      g_autoptr (PopplerPage) page = poppler_document_get_page (document, i);
      g_autoptr (ChPageModel) model = NULL;

      if (page == NULL)
        continue;
      model = ch_page_reader_read (page_reader, page);
      ch_document_reader_take_page (reader, model);
    }
}

static void
answer_read (ChPageReader *page_reader,
             int           socket,
             int           fd)
{
  g_autoptr (PopplerDocument) document = NULL;
  g_autoptr (ChDocumentReader) reader = ch_document_reader_new ();
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GBytes) payload = NULL;
  const ChWireHead head = { .kind = CH_WIRE_RESULT };
  ChPdfRefusal refusal;
  double confidence;

  document = ch_pdf_document_open (fd, &refusal);
  if (document == NULL)
    {
      answer_error (socket, refusal.code, refusal.detail);
      return;
    }

  read_pages (page_reader, document, reader);
  certificates = ch_document_reader_finish (reader, &confidence);
  if (certificates->len == 0)
    {
      answer_error (socket,
                    ch_document_reader_saw_text (reader) ? CH_READER_ERROR_NO_CERTIFICATE : CH_READER_ERROR_NO_TEXT,
                    poppler_document_get_n_pages (document));
      return;
    }

  payload = _ch_reading_pack ((guint) poppler_document_get_n_pages (document), confidence, certificates);
  ch_reader_wire_send (socket, &head, payload, -1);
}

static void
answer_painting (int               socket,
                 guint             n_pages,
                 const ChPainting *painting)
{
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GBytes) payload = NULL;
  const ChWireHead head = { .kind = CH_WIRE_RESULT };

  variant = g_variant_ref_sink (g_variant_new (CH_IMAGE_VARIANT_TYPE, n_pages, painting->width, painting->height,
                                               painting->stride, painting->points_width, painting->points_height));
  payload = g_variant_get_data_as_bytes (variant);
  ch_reader_wire_send (socket, &head, payload, painting->fd);
}

static void
answer_render (int               socket,
               int               fd,
               const ChWireHead *request)
{
  g_autoptr (PopplerDocument) document = NULL;
  g_autoptr (PopplerPage) page = NULL;
  ChPdfRefusal refusal;
  ChPainting painting;
  guint n_pages;

  document = ch_pdf_document_open (fd, &refusal);
  if (document == NULL)
    {
      answer_error (socket, refusal.code, refusal.detail);
      return;
    }
  n_pages = (guint) poppler_document_get_n_pages (document);
  if (request->page >= 1 && request->page <= n_pages)
    page = poppler_document_get_page (document, (int) request->page - 1);
  if (page == NULL)
    {
      answer_error (socket, CH_READER_ERROR_BROKEN, 0);
      return;
    }
  if (!ch_page_painter_paint (page, request->scale, &painting))
    {
      answer_error (socket, CH_READER_ERROR_TOO_LARGE, 0);
      return;
    }

  answer_painting (socket, n_pages, &painting);
  close (painting.fd);
}

/**
 * ch_reader_service_run:
 * @page_reader: made before the process was locked down
 * @socket: to the program that started this one
 *
 * Answers one request after the other until the other end goes away.
 */
void
ch_reader_service_run (ChPageReader *page_reader,
                       int           socket)
{
  for (;;)
    {
      g_autoptr (GBytes) payload = NULL;
      ChWireHead head;
      int fd;

      if (!ch_reader_wire_receive (socket, -1, -1, &head, &payload, &fd))
        return;
      if (fd < 0)
        return;
      if (head.kind == CH_WIRE_READ)
        answer_read (page_reader, socket, fd);
      else if (head.kind == CH_WIRE_RENDER)
        answer_render (socket, fd, &head);
      close (fd);
    }
}
