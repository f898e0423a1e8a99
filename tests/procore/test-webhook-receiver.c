#include "config.h"

#include "ch-webhook-receiver.h"

#include <libsoup/soup.h>
#include <string.h>

/* Deliveries over real HTTP; nobody takes them until the test does. */

#define SECRET "not-so-secret-in-a-test"

#define EVENT_2                                                                                                        \
  "{\"id\":123456789,\"ulid\":\"01JMYXMZRBVKK0PC6XS8SA4QR%c\",\"timestamp\":\"2026-11-25T16:04:43.619085Z\","           \
  "\"metadata\":{\"source_user_id\":5,\"source_project_id\":6778,\"source_operation_id\":null,\"source_company_id\":8," \
  "\"source_application_id\":77},\"user_id\":5,\"company_id\":8,\"project_id\":6778,\"api_version\":\"v2.0\","          \
  "\"event_type\":\"update\",\"resource_name\":\"Project Insurances\",\"resource_id\":379913}"

#define EVENT_4                                                                                                        \
  "{\"id\":\"01JMYXMZRBVKK0PC6XS8SA4QRE\",\"timestamp\":\"2026-11-25T16:04:43.619085Z\",\"reason\":\"update\","         \
  "\"company_id\":\"8\",\"project_id\":\"6778\",\"user_id\":\"5447\",\"resource_type\":\"Work Order Contracts\","       \
  "\"resource_id\":\"562949953421312\"}"

typedef struct {
  ChWebhookReceiver *receiver;
  SoupSession       *session;
  char              *url;
  gint               n_wakes;   /* atomic */
} Fixture;

static void
wake (gpointer user_data)
{
  Fixture *fixture = user_data;

  g_atomic_int_inc (&fixture->n_wakes);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->receiver = ch_webhook_receiver_new ("127.0.0.1:0", SECRET, wake, fixture, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u/hook", ch_webhook_receiver_get_port (fixture->receiver));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->session);
  ch_webhook_receiver_stop (fixture->receiver);
  g_assert_finalize_object (fixture->receiver);
  g_free (fixture->url);
}

static guint
send (Fixture    *fixture,
      const char *method,
      const char *authorization,
      const char *body)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, fixture->url);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  answer = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);
  return soup_message_get_status (message);
}

static guint
deliver (Fixture    *fixture,
         const char *body)
{
  g_autofree char *authorization = ch_webhook_dup_authorization (SECRET);

  return send (fixture, "POST", authorization, body);
}

static GPtrArray *
take (Fixture *fixture,
      guint    expected)
{
  gboolean overflow;
  GPtrArray *events = ch_webhook_receiver_take (fixture->receiver, &overflow);

  g_assert_false (overflow);
  g_assert_cmpuint (events->len, ==, expected);
  return events;
}

static void
test_old_format (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autofree char *body = g_strdup_printf (EVENT_2, 'A');
  g_autoptr (GPtrArray) events = NULL;
  const ChHookEvent *event;

  g_assert_cmpuint (deliver (fixture, body), ==, 204);
  events = take (fixture, 1);
  event = g_ptr_array_index (events, 0);
  g_assert_cmpstr (event->id, ==, "01JMYXMZRBVKK0PC6XS8SA4QRA");
  g_assert_cmpstr (event->resource_name, ==, "Project Insurances");
  g_assert_cmpstr (event->reason, ==, "update");
  g_assert_cmpint (event->resource_id, ==, 379913);
  g_assert_cmpint (event->project_id, ==, 6778);
  g_assert_cmpint (event->company_id, ==, 8);
  g_assert_cmpint (event->application_id, ==, 77);
  g_assert_true (event->has_metadata);
  g_assert_cmpint (event->at % G_USEC_PER_SEC, ==, 619085);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_wakes), ==, 1);
}

static void
test_new_format (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autoptr (GPtrArray) events = NULL;
  const ChHookEvent *event;

  g_assert_cmpuint (deliver (fixture, EVENT_4), ==, 204);
  events = take (fixture, 1);
  event = g_ptr_array_index (events, 0);
  g_assert_cmpstr (event->id, ==, "01JMYXMZRBVKK0PC6XS8SA4QRE");
  g_assert_cmpstr (event->resource_name, ==, "Work Order Contracts");
  g_assert_cmpstr (event->reason, ==, "update");
  g_assert_cmpint (event->resource_id, ==, G_GINT64_CONSTANT (562949953421312));
  g_assert_cmpint (event->project_id, ==, 6778);
  g_assert_false (event->has_metadata);
}

static void
test_several_in_one (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autofree char *first = g_strdup_printf (EVENT_2, 'A');
  g_autofree char *second = g_strdup_printf (EVENT_2, 'B');
  g_autofree char *body = g_strdup_printf ("[%s,%s,7,{\"hello\":1}]", first, second);
  g_autoptr (GPtrArray) events = NULL;

  g_assert_cmpuint (deliver (fixture, body), ==, 204);
  events = take (fixture, 2);
}

static void
test_twice_is_once (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autofree char *body = g_strdup_printf (EVENT_2, 'A');
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) again = NULL;
  ChWebhookCounts counts;

  g_assert_cmpuint (deliver (fixture, body), ==, 204);
  g_assert_cmpuint (deliver (fixture, body), ==, 204);
  events = take (fixture, 1);
  g_assert_cmpuint (deliver (fixture, body), ==, 204);
  again = take (fixture, 0);
  ch_webhook_receiver_get_counts (fixture->receiver, &counts);
  g_assert_cmpuint (counts.n_events, ==, 3);
  g_assert_cmpint (counts.last_at, >, 0);
}

/* Nothing of a stranger's is believed, and nothing tells how near a guess was. */
static void
test_strangers_are_refused (Fixture      *fixture,
                            gconstpointer user_data)
{
  static const char *const guesses[] = { NULL, "", "Bearer", "Bearer ", "Bearer x", SECRET, "Bearer " SECRET "x",
                                         "Bearer not-so-secret-in-a-tesT", "bearer " SECRET };
  g_autofree char *body = g_strdup_printf (EVENT_2, 'A');
  g_autoptr (GPtrArray) events = NULL;
  ChWebhookCounts counts;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (guesses); i++)
    g_assert_cmpuint (send (fixture, "POST", guesses[i], body), ==, 401);
  events = take (fixture, 0);
  ch_webhook_receiver_get_counts (fixture->receiver, &counts);
  g_assert_cmpuint (counts.n_refused, ==, G_N_ELEMENTS (guesses));
  g_assert_cmpint (counts.last_at, ==, 0);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_wakes), ==, 0);
}

/* A refusal would hold up all that follows: what can't be read is taken, and counted. */
static void
test_nonsense_holds_nothing_up (Fixture      *fixture,
                                gconstpointer user_data)
{
  static const char *const bodies[] = { "", "<html>", "{}", "[]", "null", "{\"resource_name\":7,\"event_type\":[]}",
                                        "{\"resource_name\":\"Projects\"}", "\xff\xfe" };
  g_autoptr (GPtrArray) events = NULL;
  ChWebhookCounts counts;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpuint (deliver (fixture, bodies[i]), ==, 204);
  events = take (fixture, 0);
  ch_webhook_receiver_get_counts (fixture->receiver, &counts);
  g_assert_cmpuint (counts.n_malformed, ==, G_N_ELEMENTS (bodies));
}

static void
test_only_posts_of_a_sensible_size (Fixture      *fixture,
                                    gconstpointer user_data)
{
  g_autofree char *authorization = ch_webhook_dup_authorization (SECRET);
  g_autofree char *huge = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (GPtrArray) events = NULL;

  g_assert_cmpuint (send (fixture, "GET", authorization, ""), ==, 405);
  g_assert_cmpuint (send (fixture, "PUT", authorization, "{}"), ==, 405);
  g_assert_cmpuint (deliver (fixture, huge), ==, 413);
  events = take (fixture, 0);
}

/* More than anybody can follow: then everything may have changed. */
static void
test_overflow_is_told (Fixture      *fixture,
                       gconstpointer user_data)
{
  gboolean overflow;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) later = NULL;
  guint part;

  for (part = 0; part < 30; part++)
    {
      g_autoptr (GString) body = g_string_new ("[");
      guint i;

      for (i = 0; i < 1000; i++)
        g_string_append_printf (body, "%s{\"id\":\"%u-%u\",\"reason\":\"update\",\"resource_type\":\"Projects\"}", i > 0 ? "," : "",
                                part, i);
      g_string_append_c (body, ']');
      g_assert_cmpuint (deliver (fixture, body->str), ==, 204);
    }
  events = ch_webhook_receiver_take (fixture->receiver, &overflow);
  g_assert_true (overflow);
  g_assert_cmpuint (events->len, ==, 20000);
  later = take (fixture, 0);
}

static void
test_addresses (void)
{
  static const char *const wrong[] = { "", "8080", "localhost:8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "::1:x" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ch_webhook_receiver_new (wrong[i], SECRET, wake, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_taken_port_is_told (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", ch_webhook_receiver_get_port (fixture->receiver));
  g_autoptr (GError) error = NULL;

  g_assert_null (ch_webhook_receiver_new (listen, SECRET, wake, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, listen));
}

#define RECEIVER_TEST(name, func) g_test_add ("/procore/webhook-receiver/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  RECEIVER_TEST ("old-format", test_old_format);
  RECEIVER_TEST ("new-format", test_new_format);
  RECEIVER_TEST ("several-in-one", test_several_in_one);
  RECEIVER_TEST ("twice-is-once", test_twice_is_once);
  RECEIVER_TEST ("strangers-are-refused", test_strangers_are_refused);
  RECEIVER_TEST ("nonsense-holds-nothing-up", test_nonsense_holds_nothing_up);
  RECEIVER_TEST ("only-posts-of-a-sensible-size", test_only_posts_of_a_sensible_size);
  RECEIVER_TEST ("overflow-is-told", test_overflow_is_told);
  g_test_add_func ("/procore/webhook-receiver/addresses", test_addresses);
  RECEIVER_TEST ("taken-port-is-told", test_taken_port_is_told);

  return g_test_run ();
}
