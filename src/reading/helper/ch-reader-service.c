#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-reader-service.h"

#include "ch-document-reader.h"
#include "ch-reader-wire.h"
#include "ch-reading-private.h"
#include "ch-source.h"

#include <unistd.h>

static void
answer_error (int           socket,
              ChReaderError code,
              gint64        detail)
{
  const ChWireHead head = { .kind = CH_WIRE_ERROR, .code = code, .detail = detail };

  ch_reader_wire_send (socket, &head, NULL, -1);
}

/* The other end is told which page it is waiting for. */
static void
tell_progress (int   socket,
               guint page,
               guint n_pages)
{
  const ChWireHead head = { .kind = CH_WIRE_PROGRESS, .page = page, .detail = n_pages };

  ch_reader_wire_send (socket, &head, NULL, -1);
}

static void
read_pages (ChPageReader     *page_reader,
            int               socket,
            ChSource         *source,
            ChDocumentReader *reader)
{
  guint n_pages = ch_source_get_n_pages (source);
  guint i;

  for (i = 0; i < n_pages; i++)
    {
      g_autoptr (ChPageModel) model = NULL;

      if (n_pages > 1)
        tell_progress (socket, i + 1, n_pages);
      model = ch_source_read_page (source, i, page_reader);
      if (model != NULL)
        ch_document_reader_take_page (reader, model);
    }
}

/* Why there is nothing to tell of a document. */
static ChReaderError
find_reason (ChSource         *source,
             ChDocumentReader *reader)
{
  if (ch_source_get_n_damaged (source) == ch_source_get_n_pages (source))
    return CH_READER_ERROR_BROKEN;

  return ch_document_reader_saw_text (reader) ? CH_READER_ERROR_NO_CERTIFICATE : CH_READER_ERROR_NO_TEXT;
}

static void
answer_read (ChPageReader *page_reader,
             int           socket,
             int           fd)
{
  g_autoptr (ChSource) source = NULL;
  g_autoptr (ChDocumentReader) reader = ch_document_reader_new ();
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GBytes) payload = NULL;
  const ChWireHead head = { .kind = CH_WIRE_RESULT };
  ChRefusal refusal;
  double confidence;

  source = ch_source_open (fd, &refusal);
  if (source == NULL)
    {
      answer_error (socket, refusal.code, refusal.detail);
      return;
    }

  read_pages (page_reader, socket, source, reader);
  certificates = ch_document_reader_finish (reader, &confidence);
  if (certificates->len == 0)
    {
      answer_error (socket, find_reason (source, reader), ch_source_get_n_pages (source));
      return;
    }

  payload = _ch_reading_pack (ch_source_get_n_pages (source), confidence, certificates);
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
  g_autoptr (ChSource) source = NULL;
  ChRefusal refusal;
  ChPainting painting;

  source = ch_source_open (fd, &refusal);
  if (source == NULL || !ch_source_paint_page (source, request->page - 1, request->scale, &painting, &refusal))
    {
      answer_error (socket, refusal.code, refusal.detail);
      return;
    }

  answer_painting (socket, ch_source_get_n_pages (source), &painting);
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
