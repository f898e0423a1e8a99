#pragma once

#include "ch-hook-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChWebhookCounts:
 * @last_at: when the last event came, Unix microseconds, 0 for never
 * @n_refused: deliveries without our secret
 * @n_malformed: deliveries with our secret that told nothing
 */
typedef struct {
  gint64 last_at;
  guint  n_events;
  guint  n_refused;
  guint  n_malformed;
} ChWebhookCounts;

/*
 * Where Procore's deliveries arrive: an HTTP server in a thread of its own, so that each is answered at once, whatever
 * the rest of the program does. It believes what carries our secret in its Authorization header, keeps the events for
 * whoever takes them, and knows which it has seen. TLS ends at the proxy or tunnel before it.
 */
#define CH_TYPE_WEBHOOK_RECEIVER (ch_webhook_receiver_get_type ())
G_DECLARE_FINAL_TYPE (ChWebhookReceiver, ch_webhook_receiver, CH, WEBHOOK_RECEIVER, GObject)

/* Called in the server's thread when there is something to take. */
typedef void (*ChWebhookFunc) (gpointer user_data);

/* @listen: `ADDR:PORT`, `[ADDR]:PORT`; port 0 for any */
ChWebhookReceiver *ch_webhook_receiver_new        (const char         *listen,
                                                   const char         *secret,
                                                   ChWebhookFunc       func,
                                                   gpointer            user_data,
                                                   GError            **error);
guint              ch_webhook_receiver_get_port   (ChWebhookReceiver  *self);
/* (element-type ChHookEvent): those since the last call; *overflow where there were more than can be kept: then
 * anything may have changed */
GPtrArray         *ch_webhook_receiver_take       (ChWebhookReceiver  *self,
                                                   gboolean           *overflow);
/* Takes note of an event that came another way; FALSE where it is known already. */
gboolean           ch_webhook_receiver_note       (ChWebhookReceiver  *self,
                                                   const ChHookEvent  *event);
void               ch_webhook_receiver_get_counts (ChWebhookReceiver  *self,
                                                   ChWebhookCounts    *counts);
/* No func is called any more once it returns. */
void               ch_webhook_receiver_stop       (ChWebhookReceiver  *self);
/* the header's value for a secret */
char              *ch_webhook_dup_authorization   (const char         *secret);

G_END_DECLS
