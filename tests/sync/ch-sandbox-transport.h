#pragma once

#include "ch-clock.h"
#include "ch-sandbox.h"
#include "ch-transport.h"

G_BEGIN_DECLS

/* A clock that stands still but for those who wait on the transport, and those who set it. */
#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, ChClock)

TestClock *test_clock_new (const char *iso);
void       test_clock_set (TestClock  *self,
                           gint64      now);

/* Called before a request reaches the sandbox (@done FALSE) and after its work is done (TRUE); TRUE breaks the
 * connection there and for good. */
typedef gboolean (*ChBreakFunc) (const ChRequest *request,
                                 gboolean         done,
                                 gpointer         user_data);

/* The sandbox called in-process, in the clock's time. */
#define CH_TYPE_SANDBOX_TRANSPORT (ch_sandbox_transport_get_type ())
G_DECLARE_FINAL_TYPE (ChSandboxTransport, ch_sandbox_transport, CH, SANDBOX_TRANSPORT, GObject)

ChSandboxTransport *ch_sandbox_transport_new       (ChSandbox          *sandbox,
                                                    TestClock          *clock);
void                ch_sandbox_transport_set_break (ChSandboxTransport *self,
                                                    ChBreakFunc         func,
                                                    gpointer            user_data);
/* how far the server's clock is ahead of the client's, microseconds */
void                ch_sandbox_transport_set_offset (ChSandboxTransport *self,
                                                    gint64              offset);

G_END_DECLS
