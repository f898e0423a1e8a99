#include "config.h"

#include "ch-loopback-receiver.h"
#include "ch-procore-error.h"

#include <libsoup/soup.h>
#include <string.h>

/* The receiver, and a browser that comes back to it. */
typedef struct {
  ChLoopbackReceiver *receiver;
  SoupSession        *browser;
  char               *code;
  GError             *error;
  gboolean            is_done;
} Fixture;

static void
on_code_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->code = ch_loopback_receiver_wait_finish (CH_LOOPBACK_RECEIVER (object), result, &fixture->error);
  fixture->is_done = TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->receiver = ch_loopback_receiver_new (0, &error);
  g_assert_no_error (error);
  fixture->browser = soup_session_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  soup_session_abort (fixture->browser);
  g_clear_object (&fixture->browser);
  g_clear_object (&fixture->receiver);
  g_clear_pointer (&fixture->code, g_free);
  g_clear_error (&fixture->error);
}

typedef struct {
  GBytes   *body;
  gboolean  is_done;
} Visit;

static void
on_page_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Visit *visit = user_data;
  g_autoptr (GError) error = NULL;

  visit->body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  g_assert_no_error (error);
  visit->is_done = TRUE;
}

/* The status with which @tail of the redirect address is answered, and the page. */
static guint
visit (Fixture     *fixture,
       const char  *tail,
       char       **page)
{
  g_autofree char *url = g_strconcat (ch_loopback_receiver_get_redirect_uri (fixture->receiver), tail, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  Visit visit = { NULL, FALSE };

  soup_session_send_and_read_async (fixture->browser, message, G_PRIORITY_DEFAULT, NULL, on_page_cb, &visit);
  while (!visit.is_done)
    g_main_context_iteration (NULL, TRUE);
  if (page != NULL)
    *page = g_strndup (g_bytes_get_data (visit.body, NULL), g_bytes_get_size (visit.body));
  g_bytes_unref (visit.body);
  return soup_message_get_status (message);
}

static guint
visit_with (Fixture    *fixture,
            const char *format,
            const char *state)
{
  g_autofree char *tail = g_strdup_printf ("?%s&state=%s", format, state);

  return visit (fixture, tail, NULL);
}

static void
wait_for_code (Fixture      *fixture,
               GCancellable *cancellable)
{
  ch_loopback_receiver_wait_async (fixture->receiver, cancellable, on_code_cb, fixture);
}

static void
run_until_done (Fixture *fixture)
{
  while (!fixture->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_address (Fixture       *fixture,
              gconstpointer  user_data)
{
  const char *address = ch_loopback_receiver_get_redirect_uri (fixture->receiver);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (ChLoopbackReceiver) other = ch_loopback_receiver_new (0, NULL);

  g_assert_cmpstr (g_uri_get_scheme (uri), ==, "http");
  g_assert_cmpstr (g_uri_get_host (uri), ==, "localhost");
  g_assert_cmpint (g_uri_get_port (uri), >, 0);
  g_assert_cmpuint (strlen (ch_loopback_receiver_get_state (fixture->receiver)), ==, 43);
  g_assert_cmpstr (ch_loopback_receiver_get_state (fixture->receiver), !=, ch_loopback_receiver_get_state (other));
}

static void
test_code_arrives (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const char *state = ch_loopback_receiver_get_state (fixture->receiver);
  g_autofree char *tail = g_strdup_printf ("?code=a%%2Fb&state=%s", state);
  g_autofree char *page = NULL;

  wait_for_code (fixture, NULL);
  g_assert_cmpuint (visit (fixture, tail, &page), ==, 200);
  run_until_done (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->code, ==, "a/b");
  g_assert_nonnull (strstr (page, "close this page"));
  /* The page repeats nothing that came with the request. */
  g_assert_null (strstr (page, state));
  g_assert_null (strstr (page, "a/b"));
}

/* A browser may be back before anybody waits. */
static void
test_code_before_the_wait (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_assert_cmpuint (visit_with (fixture, "code=early", ch_loopback_receiver_get_state (fixture->receiver)), ==, 200);
  wait_for_code (fixture, NULL);
  run_until_done (fixture);
  g_assert_cmpstr (fixture->code, ==, "early");
}

/* Other pages, other programs, and a browser that asks for an icon: nothing of it is an answer. */
static void
test_strangers_change_nothing (Fixture       *fixture,
                               gconstpointer  user_data)
{
  const char *state = ch_loopback_receiver_get_state (fixture->receiver);

  wait_for_code (fixture, NULL);
  g_assert_cmpuint (visit (fixture, "favicon.ico", NULL), ==, 404);
  g_assert_cmpuint (visit (fixture, "", NULL), ==, 404);
  g_assert_cmpuint (visit (fixture, "?code=stolen", NULL), ==, 404);
  g_assert_cmpuint (visit (fixture, "?code=stolen&state=", NULL), ==, 404);
  g_assert_cmpuint (visit (fixture, "?code=stolen&state=another", NULL), ==, 404);
  g_assert_cmpuint (visit_with (fixture, "code=stolen", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), ==, 404);
  g_assert_cmpuint (visit (fixture, "?error=access_denied&state=another", NULL), ==, 404);
  g_assert_cmpuint (visit_with (fixture, "nothing=1", state), ==, 404);
  g_assert_false (fixture->is_done);

  g_assert_cmpuint (visit_with (fixture, "code=ours", state), ==, 200);
  run_until_done (fixture);
  g_assert_cmpstr (fixture->code, ==, "ours");
}

static void
test_second_answer_changes_nothing (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  const char *state = ch_loopback_receiver_get_state (fixture->receiver);

  wait_for_code (fixture, NULL);
  g_assert_cmpuint (visit_with (fixture, "code=first", state), ==, 200);
  g_assert_cmpuint (visit_with (fixture, "code=second", state), ==, 404);
  run_until_done (fixture);
  g_assert_cmpstr (fixture->code, ==, "first");
}

static void
test_denied (Fixture       *fixture,
             gconstpointer  user_data)
{
  const char *state = ch_loopback_receiver_get_state (fixture->receiver);
  g_autofree char *tail = g_strdup_printf ("?error=access_denied&error_description=%%3Cscript%%3E&state=%s", state);
  g_autofree char *page = NULL;

  wait_for_code (fixture, NULL);
  g_assert_cmpuint (visit (fixture, tail, &page), ==, 200);
  run_until_done (fixture);
  g_assert_null (fixture->code);
  g_assert_error (fixture->error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (fixture->error->message, "denied"));
  g_assert_null (strstr (page, "script"));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  wait_for_code (fixture, cancellable);
  g_cancellable_cancel (cancellable);
  run_until_done (fixture);
  g_assert_null (fixture->code);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The browser that comes now finds nobody who waits, and another wait gets what it brings. */
  fixture->is_done = FALSE;
  g_clear_error (&fixture->error);
  g_assert_cmpuint (visit_with (fixture, "code=late", ch_loopback_receiver_get_state (fixture->receiver)), ==, 200);
  wait_for_code (fixture, NULL);
  run_until_done (fixture);
  g_assert_cmpstr (fixture->code, ==, "late");
}

static void
test_taken_port_is_told (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr (GUri) uri = g_uri_parse (ch_loopback_receiver_get_redirect_uri (fixture->receiver), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ch_loopback_receiver_new (g_uri_get_port (uri), &error));
  g_assert_nonnull (error);
}

static void
test_closed_with_the_receiver (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autofree char *address = g_strdup (ch_loopback_receiver_get_redirect_uri (fixture->receiver));
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&fixture->receiver));
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", g_uri_get_port (uri), NULL, &error);
  g_assert_null (connection);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
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

  add ("/procore/loopback/address", test_address);
  add ("/procore/loopback/code-arrives", test_code_arrives);
  add ("/procore/loopback/code-before-the-wait", test_code_before_the_wait);
  add ("/procore/loopback/strangers-change-nothing", test_strangers_change_nothing);
  add ("/procore/loopback/second-answer-changes-nothing", test_second_answer_changes_nothing);
  add ("/procore/loopback/denied", test_denied);
  add ("/procore/loopback/cancelled", test_cancelled);
  add ("/procore/loopback/taken-port-is-told", test_taken_port_is_told);
  add ("/procore/loopback/closed-with-the-receiver", test_closed_with_the_receiver);

  return g_test_run ();
}
