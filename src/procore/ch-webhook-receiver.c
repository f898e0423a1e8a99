#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-webhook-receiver.h"

#include "ch-procore-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* A delivery is a few hundred bytes; a bundle of them some more. */
#define MAX_BODY (1024 * 1024)
#define MAX_WAITING 20000
/* Deliveries come at least once: so many are remembered. */
#define MAX_SEEN 4096

struct _ChWebhookReceiver
{
  GObject          parent_instance;

  char            *authorization;
  ChWebhookFunc    func;
  gpointer         user_data;
  GMainContext    *context;       /* the thread's */
  GMainLoop       *loop;
  GThread         *thread;
  SoupServer      *server;        /* the thread's */

  GMutex           mutex;         /* for what follows */
  GPtrArray       *waiting;       /* (element-type ChHookEvent) */
  gboolean         overflow;
  GHashTable      *seen;          /* (element-type utf8): ids */
  GQueue           seen_order;    /* (element-type utf8), oldest first; owned by @seen */
  ChWebhookCounts  counts;
};

G_DEFINE_FINAL_TYPE (ChWebhookReceiver, ch_webhook_receiver, G_TYPE_OBJECT)

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
ch_webhook_receiver_finalize (GObject *object)
{
  ChWebhookReceiver *self = (ChWebhookReceiver *) object;

  g_assert (self->thread == NULL);   /* ch_webhook_receiver_stop() came first */
  wipe (self->authorization);
  g_clear_object (&self->server);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_ptr_array_unref (self->waiting);
  g_queue_clear (&self->seen_order);
  g_hash_table_unref (self->seen);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (ch_webhook_receiver_parent_class)->finalize (object);
}

static void
ch_webhook_receiver_class_init (ChWebhookReceiverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_webhook_receiver_finalize;
}

static void
ch_webhook_receiver_init (ChWebhookReceiver *self)
{
  g_mutex_init (&self->mutex);
  g_queue_init (&self->seen_order);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_hook_event_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

/**
 * ch_webhook_dup_authorization:
 * @secret: what only Procore and we know
 *
 * Returns: (transfer full): what a delivery carries as its Authorization header
 */
char *
ch_webhook_dup_authorization (const char *secret)
{
  return g_strconcat ("Bearer ", secret, NULL);
}

/* The time that it takes tells how long the secret is, and nothing else. */
static gboolean
is_equal_in_constant_time (const char *expected,
                           const char *given)
{
  gsize length = strlen (expected);
  gsize given_length = strlen (given);
  volatile guchar difference = length != given_length;
  gsize i;

  for (i = 0; i < length; i++)
    difference |= (guchar) expected[i] ^ (guchar) given[given_length > 0 ? i % given_length : 0];
  return difference == 0;
}

/* FALSE where it was seen before. Under the mutex. */
static gboolean
note_seen (ChWebhookReceiver *self,
           const char        *id)
{
  char *copy;

  if (id == NULL)
    return TRUE;
  if (g_hash_table_contains (self->seen, id))
    return FALSE;

  copy = g_strdup (id);
  g_hash_table_add (self->seen, copy);
  g_queue_push_tail (&self->seen_order, copy);
  if (self->seen_order.length > MAX_SEEN)
    g_hash_table_remove (self->seen, g_queue_pop_head (&self->seen_order));
  return TRUE;
}

static void
take_events (ChWebhookReceiver *self,
             GPtrArray         *events)
{
  gboolean any = FALSE;

  g_mutex_lock (&self->mutex);
  self->counts.last_at = g_get_real_time ();
  while (events->len > 0)
    {
      g_autoptr (ChHookEvent) event = g_ptr_array_steal_index (events, 0);

      self->counts.n_events++;
      if (!note_seen (self, event->id))
        continue;
      any = TRUE;
      if (self->waiting->len < MAX_WAITING)
        g_ptr_array_add (self->waiting, g_steal_pointer (&event));
      else
        self->overflow = TRUE;
    }
  g_mutex_unlock (&self->mutex);
  if (any)
    self->func (self->user_data);
}

static gboolean
is_ours (ChWebhookReceiver *self,
         SoupServerMessage *message)
{
  const char *given = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  return is_equal_in_constant_time (self->authorization, given != NULL ? given : "");
}

/* Before the body is read: a stranger's is not. */
static void
on_got_headers_cb (SoupServerMessage *message,
                   gpointer           user_data)
{
  ChWebhookReceiver *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint status = 0;

  if (!is_ours (self, message))
    status = SOUP_STATUS_UNAUTHORIZED;
  else if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    status = SOUP_STATUS_METHOD_NOT_ALLOWED;
  else if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    status = SOUP_STATUS_LENGTH_REQUIRED;
  else if (soup_message_headers_get_content_length (headers) > MAX_BODY)
    status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  if (status == 0)
    return;

  g_mutex_lock (&self->mutex);
  self->counts.n_refused += status == SOUP_STATUS_UNAUTHORIZED;
  self->counts.n_malformed += status != SOUP_STATUS_UNAUTHORIZED;
  g_mutex_unlock (&self->mutex);
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

static void
on_message_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  ChWebhookReceiver *self = user_data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) events = NULL;

  /* It was refused by its headers. */
  if (soup_server_message_get_status (message) != 0)
    return;

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  events = ch_hook_event_parse_all (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  /* What we can't read would be as unreadable the next time: a refusal would only hold up all that follows it. */
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  if (events != NULL)
    {
      take_events (self, events);
      return;
    }
  g_mutex_lock (&self->mutex);
  self->counts.n_malformed++;
  g_mutex_unlock (&self->mutex);
}

static void
on_request_started_cb (SoupServer        *server,
                       SoupServerMessage *message,
                       gpointer           user_data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers_cb), user_data);
}

static gpointer
run_thread (gpointer data)
{
  ChWebhookReceiver *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  /* Connections end in the context that they live in. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static GSocketAddress *
parse_address (const char *listen,
               GError    **error)
{
  const char *colon = strrchr (listen, ':');
  g_autofree char *host = colon != NULL ? g_strndup (listen, colon - listen) : NULL;
  gsize length = host != NULL ? strlen (host) : 0;
  guint64 port;
  GSocketAddress *address;

  if (length > 1 && host[0] == '[' && host[length - 1] == ']')
    {
      memmove (host, host + 1, length - 2);
      host[length - 2] = '\0';
    }
  if (host == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL)
      || (address = g_inet_socket_address_new_from_string (host, (guint) port)) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is no address to listen on; it looks like 127.0.0.1:8080"), listen);
      return NULL;
    }
  return address;
}

/**
 * ch_webhook_receiver_new:
 * @listen: `ADDR:PORT`, an IPv6 address in brackets; port 0 for any
 * @secret: what deliveries have to carry
 * @func: called in the server's thread when there is something to take
 * @user_data: for @func
 * @error: why nobody can listen there
 *
 * Returns: (transfer full) (nullable): a server that answers from now on
 */
ChWebhookReceiver *
ch_webhook_receiver_new (const char   *listen,
                         const char   *secret,
                         ChWebhookFunc func,
                         gpointer      user_data,
                         GError      **error)
{
  g_autoptr (GSocketAddress) address = parse_address (listen, error);
  g_autoptr (ChWebhookReceiver) self = NULL;
  gboolean listens;

  if (address == NULL)
    return NULL;

  self = g_object_new (CH_TYPE_WEBHOOK_RECEIVER, NULL);
  self->authorization = ch_webhook_dup_authorization (secret);
  self->func = func;
  self->user_data = user_data;
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("server-header", "certholder", NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_request_started_cb), self);
  soup_server_add_handler (self->server, NULL, on_message_cb, self, NULL);
  listens = soup_server_listen (self->server, address, 0, error);
  g_main_context_pop_thread_default (self->context);
  if (!listens)
    {
      g_prefix_error (error, _ ("Nobody can listen on %s: "), listen);
      return NULL;
    }

  self->thread = g_thread_new ("webhooks", run_thread, self);
  return g_steal_pointer (&self);
}

/**
 * ch_webhook_receiver_get_port:
 * @self: a receiver
 *
 * Returns: the port that it listens on
 */
guint
ch_webhook_receiver_get_port (ChWebhookReceiver *self)
{
  GSList *uris;
  guint port;

  g_return_val_if_fail (CH_IS_WEBHOOK_RECEIVER (self), 0);

  uris = soup_server_get_uris (self->server);
  port = uris != NULL ? (guint) g_uri_get_port (uris->data) : 0;
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

/**
 * ch_webhook_receiver_take:
 * @self: a receiver
 * @overflow: (out): whether there were more than can be kept: then anything may have changed
 *
 * Returns: (transfer full) (element-type ChHookEvent): the events since the last call, each once
 */
GPtrArray *
ch_webhook_receiver_take (ChWebhookReceiver *self,
                          gboolean          *overflow)
{
  GPtrArray *events;

  g_return_val_if_fail (CH_IS_WEBHOOK_RECEIVER (self), NULL);

  g_mutex_lock (&self->mutex);
  events = self->waiting;
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_hook_event_free);
  *overflow = self->overflow;
  self->overflow = FALSE;
  g_mutex_unlock (&self->mutex);
  return events;
}

/**
 * ch_webhook_receiver_note:
 * @self: a receiver
 * @event: an event that came another way
 *
 * Takes note of it, so that it is not taken again when it is delivered.
 *
 * Returns: whether it is new
 */
gboolean
ch_webhook_receiver_note (ChWebhookReceiver *self,
                          const ChHookEvent *event)
{
  gboolean is_new;

  g_return_val_if_fail (CH_IS_WEBHOOK_RECEIVER (self), TRUE);

  g_mutex_lock (&self->mutex);
  is_new = note_seen (self, event->id);
  g_mutex_unlock (&self->mutex);
  return is_new;
}

/**
 * ch_webhook_receiver_get_counts:
 * @self: a receiver
 * @counts: (out caller-allocates): what came so far
 */
void
ch_webhook_receiver_get_counts (ChWebhookReceiver *self,
                                ChWebhookCounts   *counts)
{
  g_return_if_fail (CH_IS_WEBHOOK_RECEIVER (self));

  g_mutex_lock (&self->mutex);
  *counts = self->counts;
  g_mutex_unlock (&self->mutex);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * ch_webhook_receiver_stop:
 * @self: a receiver
 *
 * Stops listening.
 */
void
ch_webhook_receiver_stop (ChWebhookReceiver *self)
{
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (CH_IS_WEBHOOK_RECEIVER (self));

  if (self->thread == NULL)
    return;
  /* From within: the thread may not have begun to run it. */
  source = g_idle_source_new ();
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
}
