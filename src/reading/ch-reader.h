#pragma once

#include <gio/gio.h>

#include "ch-certificate.h"

G_BEGIN_DECLS

/**
 * ChReaderError:
 * @CH_READER_ERROR_NOT_PDF: neither a PDF nor a picture (or so broken that it can't be told)
 * @CH_READER_ERROR_BROKEN: a file that is damaged
 * @CH_READER_ERROR_ENCRYPTED: needs a password
 * @CH_READER_ERROR_TOO_LARGE: over the size or page limit; the message names it
 * @CH_READER_ERROR_NO_TEXT: nothing can be recognised on its pages
 * @CH_READER_ERROR_NO_CERTIFICATE: readable, but no certificate in it
 * @CH_READER_ERROR_CRASHED: the helper died or took too long over this file
 * @CH_READER_ERROR_NO_HELPER: the helper can't be started: an installation problem
 */
typedef enum {
  CH_READER_ERROR_NOT_PDF,
  CH_READER_ERROR_BROKEN,
  CH_READER_ERROR_ENCRYPTED,
  CH_READER_ERROR_TOO_LARGE,
  CH_READER_ERROR_NO_TEXT,
  CH_READER_ERROR_NO_CERTIFICATE,
  CH_READER_ERROR_CRASHED,
  CH_READER_ERROR_NO_HELPER,
} ChReaderError;

#define CH_READER_ERROR (ch_reader_error_quark ())
GQuark ch_reader_error_quark (void);

/**
 * ChReading:
 * @certificates: (element-type ChCertificate): those found in the document, in page order; at least one
 * @confidence: 0 to 1, of the least certain value that a judge needs
 */
typedef struct {
  GPtrArray *certificates;
  guint      n_pages;
  double     confidence;
} ChReading;

void ch_reading_free (ChReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChReading, ch_reading_free)

/**
 * ChPageImage:
 * @pixels: premultiplied ARGB32 in the machine's byte order (cairo's, GDK_MEMORY_DEFAULT); a sealed mapping of memory that the helper filled
 */
typedef struct {
  GBytes *pixels;
  int     width;
  int     height;
  int     stride;
  double  points_width;
  double  points_height;
} ChPageImage;

void ch_page_image_free (ChPageImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPageImage, ch_page_image_free)

/**
 * ChReaderProgress:
 * @page: 1-based: the page that is being read
 *
 * Tells how far the reading of a file of several pages has come; called in the main context of whoever asked, before
 * the answer.
 */
typedef void (*ChReaderProgress) (guint    page,
                                  guint    n_pages,
                                  gpointer user_data);

/*
 * The near end of certholder-reader: starts helpers when needed (as many as there are processors, at most, to read, and
 * one to paint pages, so that whoever looks at a page needn't wait for a pile of scans), hands each one file as a
 * descriptor, and answers in the caller's main context. A helper that dies costs its own file and is replaced. The
 * helper's program is found beside the running one, in libexec, or at CERTHOLDER_READER.
 */
#define CH_TYPE_READER (ch_reader_get_type ())
G_DECLARE_FINAL_TYPE (ChReader, ch_reader, CH, READER, GObject)

#define CH_READER_MAX_BYTES (64 * 1024 * 1024)
#define CH_READER_MAX_PAGES 200

ChReader    *ch_reader_new           (void);
void         ch_reader_close         (ChReader             *self);
/* fd is duplicated, must be a regular file opened for reading */
void         ch_reader_read_async    (ChReader             *self,
                                      int                   fd,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void         ch_reader_read_pages_async (ChReader          *self,
                                      int                   fd,
                                      GCancellable         *cancellable,
                                      ChReaderProgress      progress,
                                      gpointer              progress_data,
                                      GDestroyNotify        progress_free,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
ChReading   *ch_reader_read_finish   (ChReader             *self,
                                      GAsyncResult         *result,
                                      GError              **error);
/* page is 1-based; scale is pixels per point */
void         ch_reader_render_async  (ChReader             *self,
                                      int                   fd,
                                      guint                 page,
                                      double                scale,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
ChPageImage *ch_reader_render_finish (ChReader             *self,
                                      GAsyncResult         *result,
                                      guint                *n_pages,
                                      GError              **error);
/* the same, waiting, for command line and worker threads: runs a private main context */
ChReading   *ch_reader_read          (ChReader             *self,
                                      int                   fd,
                                      GCancellable         *cancellable,
                                      GError              **error);

G_END_DECLS
