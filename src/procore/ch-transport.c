#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-transport.h"

G_DEFINE_INTERFACE (ChTransport, ch_transport, G_TYPE_OBJECT)

static void
ch_transport_default_init (ChTransportInterface *iface)
{
}

/**
 * ch_request_new:
 * @method: the HTTP method
 * @url: the absolute address
 *
 * Returns: (transfer full): a request without headers and body
 */
ChRequest *
ch_request_new (const char *method,
                const char *url)
{
  ChRequest *self = g_new0 (ChRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * ch_request_free:
 * @self: (transfer full): a request
 */
void
ch_request_free (ChRequest *self)
{
  g_free (self->method);
  g_free (self->url);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * ch_response_new:
 * @status: the HTTP status
 *
 * Returns: (transfer full): an answer without headers and with an empty body
 */
ChResponse *
ch_response_new (guint status)
{
  ChResponse *self = g_new0 (ChResponse, 1);

  self->status = status;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->body = g_bytes_new_static ("", 0);
  return self;
}

/**
 * ch_response_free:
 * @self: (transfer full): an answer
 */
void
ch_response_free (ChResponse *self)
{
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * ch_response_get_header:
 * @self: an answer
 * @name: a header's name in lower case
 *
 * Returns: (nullable): its value
 */
const char *
ch_response_get_header (const ChResponse *self,
                        const char       *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * ch_transport_send:
 * @self: the network
 * @request: what to send
 * @cancellable: (nullable): to give up
 * @error: see the interface
 *
 * Returns: (transfer full) (nullable): the whole answer, whatever its status
 */
ChResponse *
ch_transport_send (ChTransport     *self,
                   const ChRequest *request,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_return_val_if_fail (CH_IS_TRANSPORT (self), NULL);

  return CH_TRANSPORT_GET_IFACE (self)->send (self, request, cancellable, error);
}

/**
 * ch_transport_now:
 * @self: the network
 *
 * Returns: the time against which the server's limits and stamps are read, Unix microseconds
 */
gint64
ch_transport_now (ChTransport *self)
{
  g_return_val_if_fail (CH_IS_TRANSPORT (self), 0);

  return CH_TRANSPORT_GET_IFACE (self)->now (self);
}

/**
 * ch_transport_wait_until:
 * @self: the network
 * @until: Unix microseconds
 * @cancellable: (nullable): to give up
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: whether that time has come
 */
gboolean
ch_transport_wait_until (ChTransport  *self,
                         gint64        until,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_return_val_if_fail (CH_IS_TRANSPORT (self), FALSE);

  return CH_TRANSPORT_GET_IFACE (self)->wait_until (self, until, cancellable, error);
}
