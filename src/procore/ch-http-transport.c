#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-http-transport.h"

#include "ch-place.h"
#include "ch-procore-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define MAX_ANSWER (64 * 1024 * 1024)
#define TIMEOUT_SECONDS 60

struct _ChHttpTransport
{
  GObject      parent_instance;

  SoupSession *session;
};

static void ch_http_transport_iface_init (ChTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChHttpTransport, ch_http_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CH_TYPE_TRANSPORT, ch_http_transport_iface_init))

/*
 * A failure before the first byte of the request was sent may be repeated at will. After that nobody knows whether
 * the server has acted: the same errors (an unreachable host, a broken TLS session) also end connections in use.
 */
static void
translate_error (GError   *cause,
                 gboolean  was_sent,
                 GError  **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }

  if (was_sent)
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                 _ ("the connection to Procore broke before its answer came: %s"), cause->message);
  else if (cause->domain == G_TLS_ERROR)
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE,
                 _ ("no secure connection to Procore could be made: %s"), cause->message);
  else
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE, _ ("Procore can't be reached: %s"), cause->message);
  g_error_free (cause);
}

/* A header that comes several times is one list (RFC 9110, 5.3). */
static void
copy_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (user_data, key);

  g_hash_table_insert (user_data, key, before != NULL ? g_strconcat (before, ", ", value, NULL) : g_strdup (value));
}

/* libsoup emits this when the connection stands and the request is about to be written. */
static void
on_starting_cb (SoupMessage *message,
                gpointer     user_data)
{
  *(gboolean *) user_data = TRUE;
}

static SoupMessage *
make_message (const ChRequest *request,
              GError         **error)
{
  g_autoptr (SoupMessage) message = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (!ch_place_check_url (request->url, error))
    return NULL;
  message = soup_message_new (request->method, request->url);
  if (message == NULL)
    {
      g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID, _ ("“%s” is no web address"), request->url);
      return NULL;
    }

  /* A redirect could carry the token to another host. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!g_str_equal (name, "Content-Type"))
        soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
    }
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, g_hash_table_lookup (request->headers, "Content-Type"), request->body);
  return g_steal_pointer (&message);
}

/* The whole body, or an error where it is longer than anything Procore sends. */
static GBytes *
read_body (GInputStream *stream,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, error)) > 0)
    {
      if (body->len + n > MAX_ANSWER)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("the answer is far too long"));
          return NULL;
        }
      g_byte_array_append (body, buffer, n);
    }
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

static ChResponse *
ch_http_transport_send (ChTransport     *transport,
                        const ChRequest *request,
                        GCancellable    *cancellable,
                        GError         **error)
{
  ChHttpTransport *self = (ChHttpTransport *) transport;
  g_autoptr (SoupMessage) message = make_message (request, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (ChResponse) response = NULL;
  GBytes *body;
  GError *cause = NULL;
  gboolean was_sent = FALSE;
  const char *length;

  if (message == NULL)
    return NULL;

  /* libsoup takes a new connection for a method that is not idempotent, so that an idle one which the server has
   * closed meanwhile never leaves the outcome of a write unknown. */
  g_signal_connect (message, "starting", G_CALLBACK (on_starting_cb), &was_sent);
  stream = soup_session_send (self->session, message, cancellable, &cause);
  body = stream != NULL ? read_body (stream, cancellable, &cause) : NULL;
  if (body == NULL)
    {
      translate_error (cause, was_sent, error);
      return NULL;
    }

  response = ch_response_new (soup_message_get_status (message));
  g_clear_pointer (&response->body, g_bytes_unref);
  response->body = body;
  soup_message_headers_foreach (soup_message_get_response_headers (message), copy_header, response->headers);

  length = ch_response_get_header (response, "content-length");
  if (length != NULL && ch_response_get_header (response, "content-encoding") == NULL
      && g_ascii_strtoull (length, NULL, 10) > g_bytes_get_size (body))
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME, _ ("Procore's answer was cut off"));
      return NULL;
    }
  return g_steal_pointer (&response);
}

static gint64
ch_http_transport_now (ChTransport *transport)
{
  return g_get_real_time ();
}

static gboolean
ch_http_transport_wait_until (ChTransport  *transport,
                              gint64        until,
                              GCancellable *cancellable,
                              GError      **error)
{
  gint64 before = g_get_real_time ();

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      gint64 now = g_get_real_time ();
      gint64 left;
      GPollFD fd = { .fd = -1 };
      gboolean can_poll;

      /* A clock that was set back makes no wait longer. */
      if (now < before && until < G_MAXINT64)
        until -= before - now;
      before = now;
      left = until - now;
      if (left <= 0)
        return TRUE;
      /* Short turns: the wall clock may be set, and the machine may sleep. */
      left = MIN (left, G_USEC_PER_SEC);
      can_poll = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fd);
      if (can_poll)
        {
          g_poll (&fd, 1, (gint) (left / 1000) + 1);
          g_cancellable_release_fd (cancellable);
        }
      else
        {
          g_usleep (left);
        }
    }
  return FALSE;
}

static void
ch_http_transport_finalize (GObject *object)
{
  ChHttpTransport *self = (ChHttpTransport *) object;

  soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ch_http_transport_parent_class)->finalize (object);
}

static void
ch_http_transport_iface_init (ChTransportInterface *iface)
{
  iface->send = ch_http_transport_send;
  iface->now = ch_http_transport_now;
  iface->wait_until = ch_http_transport_wait_until;
}

static void
ch_http_transport_class_init (ChHttpTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_http_transport_finalize;
}

static void
ch_http_transport_init (ChHttpTransport *self)
{
  self->session = soup_session_new_with_options ("user-agent", "certholder/" PACKAGE_VERSION, "timeout", TIMEOUT_SECONDS,
                                                 "idle-timeout", 60, NULL);
}

/**
 * ch_http_transport_new:
 *
 * Returns: (transfer full): the real network; used by one thread
 */
ChHttpTransport *
ch_http_transport_new (void)
{
  return g_object_new (CH_TYPE_HTTP_TRANSPORT, NULL);
}
