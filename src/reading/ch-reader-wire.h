#pragma once

#include "ch-reader.h"

G_BEGIN_DECLS

/*
 * What certholder and certholder-reader say to each other over a stream socket: a head, then as many bytes as it
 * says, the file (to the helper) or the page's memory (from it) as a descriptor with the head. The near end trusts
 * nothing of what comes back: bounds are checked here, contents by whoever takes the payload apart.
 */
typedef enum {
  CH_WIRE_READ = 1,
  CH_WIRE_RENDER = 2,
  CH_WIRE_RESULT = 3,
  CH_WIRE_ERROR = 4,
  CH_WIRE_PROGRESS = 5,
} ChWireKind;

/**
 * ChWireHead:
 * @kind: a #ChWireKind
 * @length: bytes of payload that follow
 * @page: of a request to render, and of progress: 1-based
 * @code: of an error: a #ChReaderError
 * @detail: of an error: the figure it is about (pages, bytes); of progress: how many pages there are
 * @scale: of a request to render: pixels a point
 */
typedef struct {
  guint32 kind;
  guint32 length;
  guint32 page;
  gint32  code;
  gint64  detail;
  double  scale;
} ChWireHead;

/* Two hundred certificates with every field come to 4 MiB. */
#define CH_WIRE_MAX_PAYLOAD (16 * 1024 * 1024)

gboolean ch_reader_wire_send    (int               socket,
                                 const ChWireHead *head,
                                 GBytes           *payload,
                                 int               fd);
gboolean ch_reader_wire_wait    (int               socket,
                                 int               cancel_fd,
                                 gint64            deadline);
gboolean ch_reader_wire_receive (int               socket,
                                 int               cancel_fd,
                                 gint64            deadline,
                                 ChWireHead       *head,
                                 GBytes          **payload,
                                 int              *fd);

G_END_DECLS
