#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-server.h"

#include "ch-sandbox-courier-private.h"

#include <libsoup/soup.h>

struct _ChSandboxServer {
  GObject     parent_instance;
  ChSandbox  *sandbox;
  SoupServer *server;
  ChSandboxCourier *courier;
};

G_DEFINE_FINAL_TYPE (ChSandboxServer, ch_sandbox_server, G_TYPE_OBJECT)

static void
ch_sandbox_server_dispose (GObject *object)
{
  ChSandboxServer *self = CH_SANDBOX_SERVER (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->courier, _ch_sandbox_courier_free);
  g_clear_object (&self->sandbox);
  G_OBJECT_CLASS (ch_sandbox_server_parent_class)->dispose (object);
}

static void
ch_sandbox_server_class_init (ChSandboxServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_sandbox_server_dispose;
}

static void
add_header (const char *name,
            const char *value,
            gpointer    user_data)
{
  g_hash_table_insert (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
give_answer (SoupServerMessage *message,
             ChSandboxAnswer   *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GHashTableIter iter;
  const char *name;
  const char *value;

  soup_server_message_set_status (message, answer->status, NULL);
  g_hash_table_iter_init (&iter, answer->headers);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    soup_message_headers_replace (headers, name, value);
  if (answer->status != SOUP_STATUS_NO_CONTENT && g_bytes_get_size (answer->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer->body);
}

static void
handle_message (SoupServer        *server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  ChSandboxServer *self = user_data;
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (ChSandboxAnswer) answer = NULL;
  ChSandboxRequest request = {
    .method = soup_server_message_get_method (message),
    .path = path,
    .query = g_uri_get_query (soup_server_message_get_uri (message)),
    .headers = headers,
    .body = body,
  };

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), add_header, headers);
  ch_sandbox_set_now (self->sandbox, g_get_real_time () + ch_sandbox_get_skew (self->sandbox));
  answer = ch_sandbox_handle (self->sandbox, &request);
  if (answer->lose_answer)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
  give_answer (message, answer);
  _ch_sandbox_courier_look (self->courier);
}

static void
ch_sandbox_server_init (ChSandboxServer *self)
{
  /* Queries reach the sandbox as they were sent, so that it can see how they were encoded. */
  self->server = soup_server_new ("raw-paths", FALSE, "server-header", "certholder-sandbox", NULL);
  soup_server_add_handler (self->server, NULL, handle_message, self, NULL);
}

/**
 * ch_sandbox_server_new:
 * @sandbox: what answers
 *
 * Returns: (transfer full): an HTTP server before @sandbox, in real time
 */
ChSandboxServer *
ch_sandbox_server_new (ChSandbox *sandbox)
{
  ChSandboxServer *self = g_object_new (CH_TYPE_SANDBOX_SERVER, NULL);

  self->sandbox = g_object_ref (sandbox);
  self->courier = _ch_sandbox_courier_new (sandbox);
  return self;
}

/**
 * ch_sandbox_server_listen:
 * @port: a port of 127.0.0.1, 0 for any
 *
 * Returns: whether requests are answered from now on, in the thread's main loop
 */
gboolean
ch_sandbox_server_listen (ChSandboxServer *self,
                          guint            port,
                          GError         **error)
{
  g_return_val_if_fail (CH_IS_SANDBOX_SERVER (self), FALSE);

  return soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
}

/**
 * ch_sandbox_server_dup_url:
 *
 * Returns: (transfer full): the address, without a slash at its end
 */
char *
ch_sandbox_server_dup_url (ChSandboxServer *self)
{
  GSList *uris;
  char *url = NULL;

  g_return_val_if_fail (CH_IS_SANDBOX_SERVER (self), NULL);

  uris = soup_server_get_uris (self->server);
  if (uris != NULL)
    url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}
