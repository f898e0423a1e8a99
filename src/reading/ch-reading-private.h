#pragma once

#include "ch-reader.h"

G_BEGIN_DECLS

/* The reply to a request to render: pages of the document, width, height, stride, width and height in points. */
#define CH_IMAGE_VARIANT_TYPE "(uuuudd)"
/* A page image is never larger: 64 MiB hold a letter page at 470 dots an inch. */
#define CH_IMAGE_MAX_BYTES (64 * 1024 * 1024)
/* A question takes no longer than this, which the program sees to. What ends a helper that loops after its program has
 * died is the kernel: it gives it twice as much of a processor, over all its questions. */
#define CH_READER_MOST_SECONDS 900
#define CH_READER_MOST_PROCESSOR_SECONDS (2 * CH_READER_MOST_SECONDS)

GBytes    *_ch_reading_pack   (guint      n_pages,
                               double     confidence,
                               GPtrArray *certificates);
ChReading *_ch_reading_unpack (GBytes    *bytes);

G_END_DECLS
