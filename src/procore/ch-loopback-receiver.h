#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The other end of the browser sign-in: a server on a loopback address and a port chosen by the system (or fixed, for
 * apps registered with one), that answers exactly one redirect with a page saying that the window may be closed.
 */
#define CH_TYPE_LOOPBACK_RECEIVER (ch_loopback_receiver_get_type ())
G_DECLARE_FINAL_TYPE (ChLoopbackReceiver, ch_loopback_receiver, CH, LOOPBACK_RECEIVER, GObject)

ChLoopbackReceiver *ch_loopback_receiver_new              (guint                port,
                                                           GError             **error);
const char         *ch_loopback_receiver_get_redirect_uri (ChLoopbackReceiver  *self);
const char         *ch_loopback_receiver_get_state        (ChLoopbackReceiver  *self);
void                ch_loopback_receiver_wait_async       (ChLoopbackReceiver  *self,
                                                           GCancellable        *cancellable,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
char               *ch_loopback_receiver_wait_finish      (ChLoopbackReceiver  *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

G_END_DECLS
