#include "config.h"

#include "ch-sandbox-server.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct {
  GMainLoop *loop;
  GBytes    *body;
  GError    *error;
} Wait;

static void
take_answer (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wait *wait = user_data;

  wait->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
send (SoupSession *session,
      SoupMessage *message,
      Wait        *wait)
{
  g_clear_pointer (&wait->body, g_bytes_unref);
  g_clear_error (&wait->error);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, take_answer, wait);
  g_main_loop_run (wait->loop);
}

/* The page arrives over HTTP, and a lost answer breaks the connection. */
static void
test_over_http (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ChSandbox) sandbox = ch_sandbox_new ();
  g_autoptr (ChSandboxServer) server = ch_sandbox_server_new (sandbox);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (SoupMessage) page = NULL;
  g_autoptr (SoupMessage) fault = NULL;
  g_autoptr (SoupMessage) token = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autofree char *faults = NULL;
  g_autofree char *tokens = NULL;
  static const char text[] = "{\"path\":\"/oauth/*\",\"kind\":\"lose_before\"}";
  Wait wait = { .loop = loop };

  g_assert_true (ch_sandbox_server_listen (server, 0, &error));
  url = ch_sandbox_server_dup_url (server);
  page = soup_message_new ("GET", url);
  send (session, page, &wait);
  g_assert_no_error (wait.error);
  g_assert_cmpuint (soup_message_get_status (page), ==, 200);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (wait.body, NULL), g_bytes_get_size (wait.body), "Harbor Street Lofts"));

  faults = g_strconcat (url, "/sandbox/faults", NULL);
  fault = soup_message_new ("POST", faults);
  body = g_bytes_new_static (text, strlen (text));
  soup_message_set_request_body_from_bytes (fault, "application/json", body);
  send (session, fault, &wait);
  g_assert_cmpuint (soup_message_get_status (fault), ==, 201);
  tokens = g_strconcat (url, "/oauth/token", NULL);
  token = soup_message_new ("POST", tokens);
  send (session, token, &wait);
  g_assert_nonnull (wait.error);

  g_clear_error (&wait.error);
  g_clear_pointer (&wait.body, g_bytes_unref);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sandbox/server/over-http", test_over_http);
  return g_test_run ();
}
