#pragma once

#include "ch-transport.h"

G_BEGIN_DECLS

/* libsoup below; used by one thread. Plain http is refused but for loopback addresses. */
#define CH_TYPE_HTTP_TRANSPORT (ch_http_transport_get_type ())
G_DECLARE_FINAL_TYPE (ChHttpTransport, ch_http_transport, CH, HTTP_TRANSPORT, GObject)

ChHttpTransport *ch_http_transport_new (void);

G_END_DECLS
