#include "config.h"

#include "ch-http-transport.h"
#include "ch-place.h"
#include "ch-procore-error.h"

#include <libsoup/soup.h>
#include <string.h>

/*
 * A real server in a thread of its own. What it does is told by the path; it counts requests and connections.
 */
typedef struct {
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  SoupServer      *server;
  char            *url;
  gint             n_requests;      /* atomic */
  GMutex           mutex;           /* guards what follows */
  GHashTable      *ports;           /* (element-type uint): of clients: one for each connection */
  GHashTable      *last_headers;    /* (element-type utf8 utf8) */
  ChHttpTransport *transport;
} Fixture;

static void
keep_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  g_hash_table_insert (user_data, g_strdup (name), g_strdup (value));
}

static void
keep_request (Fixture           *fixture,
              SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  g_atomic_int_inc (&fixture->n_requests);
  g_mutex_lock (&fixture->mutex);
  g_hash_table_add (fixture->ports, GUINT_TO_POINTER (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address))));
  g_hash_table_remove_all (fixture->last_headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header, fixture->last_headers);
  g_mutex_unlock (&fixture->mutex);
}

static void
on_request_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  keep_request (fixture, message);
  soup_server_message_set_status (message, 200, NULL);
  if (g_str_equal (path, "/redirect"))
    {
      g_autofree char *elsewhere = g_strconcat (fixture->url, "/elsewhere", NULL);

      soup_server_message_set_redirect (message, 302, elsewhere);
    }
  else if (g_str_equal (path, "/teapot"))
    {
      soup_server_message_set_status (message, 418, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
    }
  else if (g_str_equal (path, "/break"))
    {
      g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
    }
  else if (g_str_equal (path, "/stall"))
    {
      soup_server_message_pause (message);
    }
  else if (g_str_equal (path, "/huge"))
    {
      g_autoptr (GBytes) megabyte = g_bytes_new_take (g_malloc0 (1024 * 1024), 1024 * 1024);
      guint i;

      for (i = 0; i < 65; i++)
        soup_message_body_append_bytes (soup_server_message_get_response_body (message), megabyte);
    }
  else
    {
      soup_message_headers_append (headers, "Link", "<a>; rel=\"first\"");
      soup_message_headers_append (headers, "Link", "<b>; rel=\"next\"");
      soup_message_headers_append (headers, "Total", "3");
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "[1,2,3]", 7);
    }
}

static gpointer
serve (gpointer data)
{
  Fixture *fixture = data;

  g_main_context_push_thread_default (fixture->context);
  g_main_loop_run (fixture->loop);
  g_main_context_pop_thread_default (fixture->context);
  return NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->context = g_main_context_new ();
  fixture->loop = g_main_loop_new (fixture->context, FALSE);
  g_mutex_init (&fixture->mutex);
  fixture->ports = g_hash_table_new (NULL, NULL);
  fixture->last_headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_main_context_push_thread_default (fixture->context);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request_cb, fixture, NULL);
  g_assert_true (soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (fixture->context);
  fixture->thread = g_thread_new ("server", serve, fixture);
  fixture->transport = ch_http_transport_new ();
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->transport));
  g_main_context_invoke (fixture->context, quit, fixture->loop);
  g_thread_join (fixture->thread);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_main_loop_unref (fixture->loop);
  g_main_context_unref (fixture->context);
  g_hash_table_unref (fixture->ports);
  g_hash_table_unref (fixture->last_headers);
  g_mutex_clear (&fixture->mutex);
  g_free (fixture->url);
}

static ChResponse *
send (Fixture       *fixture,
      const char    *method,
      const char    *path,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *url = *path == '/' ? g_strconcat (fixture->url, path, NULL) : g_strdup (path);
  g_autoptr (ChRequest) request = ch_request_new (method, url);

  g_hash_table_insert (request->headers, g_strdup ("Authorization"), g_strdup ("Bearer the-token"));
  if (!g_str_equal (method, "GET"))
    {
      request->body = g_bytes_new_static ("{}", 2);
      g_hash_table_insert (request->headers, g_strdup ("Content-Type"), g_strdup ("application/json"));
    }
  return ch_transport_send (CH_TRANSPORT (fixture->transport), request, cancellable, error);
}

static void
check_refusal (Fixture    *fixture,
               const char *method,
               const char *path,
               int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChResponse) response = send (fixture, method, path, NULL, &error);

  g_assert_null (response);
  g_assert_error (error, CH_PROCORE_ERROR, code);
}

static void
test_answer (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChResponse) response = send (fixture, "GET", "/list", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body), "[1,2,3]", 7);
  g_assert_cmpstr (ch_response_get_header (response, "total"), ==, "3");
  g_assert_cmpstr (ch_response_get_header (response, "link"), ==, "<a>; rel=\"first\", <b>; rel=\"next\"");
  g_assert_cmpstr (g_hash_table_lookup (fixture->last_headers, "Authorization"), ==, "Bearer the-token");
}

static void
test_any_status_is_an_answer (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChResponse) response = send (fixture, "PATCH", "/teapot", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 418);
  g_assert_cmpstr (g_hash_table_lookup (fixture->last_headers, "Content-Type"), ==, "application/json");
}

/* It could carry the token to another host. */
static void
test_redirect_is_not_followed (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChResponse) response = send (fixture, "GET", "/redirect", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 302);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 1);
}

static void
test_plain_http_is_for_this_machine (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  static const char *const refused[] = { "http://procore.example/", "http://192.168.1.4/", "http://127.0.0.1.example/",
                                         "http://localhost.example/", "ftp://127.0.0.1/", "file:///etc/passwd",
                                         "http://user@10.0.0.1/", "http:///x", "nonsense", "" };
  static const char *const accepted[] = { "https://api.procore.com", "http://127.0.0.1:8080/x", "http://localhost/", "http://[::1]:1/",
                                          "http://127.9.9.9/" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChRequest) request = ch_request_new ("GET", refused[i]);

      g_assert_null (ch_transport_send (CH_TRANSPORT (fixture->transport), request, NULL, &error));
      g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID);
    }
  for (i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (ch_place_check_url (accepted[i], &error));
      g_assert_no_error (error);
    }
}

/* A server that announces a thousand bytes, gives four, and hangs up; whatever it is asked. */
typedef struct {
  GSocketListener *listener;
  GCancellable    *cancellable;
  GThread         *thread;
  guint16          port;
} HalfServer;

static gpointer
answer_halves (gpointer data)
{
  static const char half[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[1,2";
  HalfServer *server = data;

  for (;;)
    {
      g_autoptr (GSocketConnection) connection
        = g_socket_listener_accept (server->listener, NULL, server->cancellable, NULL);
      char request[4096];

      if (connection == NULL)
        return NULL;
      g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request, sizeof request, NULL, NULL);
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), half, strlen (half), NULL, NULL, NULL);
    }
}

static void
start_half_server (HalfServer *server)
{
  server->listener = g_socket_listener_new ();
  server->cancellable = g_cancellable_new ();
  server->port = g_socket_listener_add_any_inet_port (server->listener, NULL, NULL);
  server->thread = g_thread_new ("half", answer_halves, server);
}

static void
stop_half_server (HalfServer *server)
{
  g_cancellable_cancel (server->cancellable);
  g_thread_join (server->thread);
  g_socket_listener_close (server->listener);
  g_object_unref (server->listener);
  g_object_unref (server->cancellable);
}

/* A port on which nobody listens, and a server that speaks no TLS: nothing of the request was sent. */
static void
test_unreachable_is_surely_not_sent (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *nobody = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autofree char *secure = NULL;
  HalfServer plain;

  g_socket_listener_close (listener);
  start_half_server (&plain);
  secure = g_strdup_printf ("https://127.0.0.1:%u/", plain.port);
  check_refusal (fixture, "PATCH", nobody, CH_PROCORE_ERROR_OFFLINE);
  check_refusal (fixture, "POST", secure, CH_PROCORE_ERROR_OFFLINE);
  stop_half_server (&plain);
}

/* The server had the request, and the answer never came: one request, and nobody knows. */
static void
test_lost_answer_is_an_unknown_outcome (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  check_refusal (fixture, "PATCH", "/break", CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 1);
  check_refusal (fixture, "POST", "/break", CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 2);
}

static void
test_cut_answer_is_an_unknown_outcome (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autofree char *url = NULL;
  HalfServer server;

  start_half_server (&server);
  url = g_strdup_printf ("http://127.0.0.1:%u/", server.port);
  check_refusal (fixture, "POST", url, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  check_refusal (fixture, "GET", url, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  stop_half_server (&server);
}

static void
test_endless_answer_is_not_taken_in (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  check_refusal (fixture, "GET", "/huge", CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
}

/* An idle connection may have been closed by the server meanwhile, which would leave a write's outcome unknown. */
static void
test_writes_have_a_connection_of_their_own (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  static const char *const methods[] = { "GET", "GET", "POST", "PATCH", "POST" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChResponse) response = send (fixture, methods[i], "/list", NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (response);
    }
  g_assert_cmpuint (g_hash_table_size (fixture->ports), ==, 4);
}

static gpointer
cancel_when_it_came (gpointer data)
{
  gpointer *both = data;
  Fixture *fixture = both[0];

  while (g_atomic_int_get (&fixture->n_requests) == 0)
    g_usleep (1000);
  g_cancellable_cancel (both[1]);
  return NULL;
}

static void
test_cancelled_while_waiting (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gpointer both[] = { fixture, cancellable };
  GThread *thread = g_thread_new ("cancel", cancel_when_it_came, both);

  g_assert_null (send (fixture, "GET", "/stall", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);

  /* Nor does a wait outlast it. */
  g_clear_error (&error);
  g_assert_false (ch_transport_wait_until (CH_TRANSPORT (fixture->transport), G_MAXINT64, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/procore/http/answer", test_answer);
  add ("/procore/http/any-status-is-an-answer", test_any_status_is_an_answer);
  add ("/procore/http/redirect-is-not-followed", test_redirect_is_not_followed);
  add ("/procore/http/plain-http-is-for-this-machine", test_plain_http_is_for_this_machine);
  add ("/procore/http/unreachable-is-surely-not-sent", test_unreachable_is_surely_not_sent);
  add ("/procore/http/lost-answer-is-an-unknown-outcome", test_lost_answer_is_an_unknown_outcome);
  add ("/procore/http/cut-answer-is-an-unknown-outcome", test_cut_answer_is_an_unknown_outcome);
  add ("/procore/http/endless-answer-is-not-taken-in", test_endless_answer_is_not_taken_in);
  add ("/procore/http/writes-have-a-connection-of-their-own", test_writes_have_a_connection_of_their_own);
  add ("/procore/http/cancelled-while-waiting", test_cancelled_while_waiting);

  return g_test_run ();
}
