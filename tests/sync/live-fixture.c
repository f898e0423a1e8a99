#include "config.h"

#include "live-fixture.h"

#include <string.h>

/* Microseconds without a request after which the worker is taken to rest */
#define QUIET (400 * 1000)

static void
on_event_cb (ChWorker   *worker,
             const char *what,
             const char *json,
             gpointer    user_data)
{
  Live *live = user_data;

  live->n_pulled += g_str_equal (what, "pulled");
  live->n_problems += g_str_equal (what, "problem");
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("the worker does not get there: %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
live_wait_for (Live         *live,
               LiveCondition condition,
               const char   *what)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, (gpointer) what);
  guint tick = g_timeout_add (5, look_again_cb, NULL);

  while (!condition (live))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (timer);
}

guint
live_count (Live       *live,
            const char *method,
            const char *path)
{
  return fixture_count_requests (&live->inner, method, path);
}

guint
live_count_reads (Live *live)
{
  return live_count (live, "GET", "/rest/*");
}

void
live_start_with (Live       *live,
                 const char *secret)
{
  Fixture *fixture = &live->inner;
  g_autoptr (ChPlace) place = ch_place_new ("http://127.0.0.1:1", "http://127.0.0.1:1");
  g_autoptr (ChTokenStore) tokens = ch_token_store_new ("http://127.0.0.1:1", "sandbox-client", TRUE);
  /* A hook leads to where it was first told to, so the port stays. */
  g_autofree char *listen = live->public_url != NULL ? g_strdup (live->public_url + strlen ("http://")) : g_strdup ("127.0.0.1:0");
  ChWebhookSettings webhooks = { listen, live->public_url, secret };
  ChWorkerSettings settings = { .data_dir = fixture->dir,
                                .hub = fixture->hub,
                                .clock = CH_CLOCK (fixture->clock),
                                .place = place,
                                .transport = CH_TRANSPORT (fixture->transport),
                                .company_id = COMPANY,
                                .webhooks = &webhooks };

  if (strchr (listen, '/') != NULL)
    *strchr (listen, '/') = '\0';
  live->auth = ch_auth_new (place, "sandbox-client", "sandbox-secret", tokens, CH_TRANSPORT (fixture->transport));
  settings.auth = live->auth;
  live->worker = ch_worker_new (&settings);
  g_signal_connect (live->worker, "event", G_CALLBACK (on_event_cb), live);
  ch_worker_start (live->worker);
}

void
live_stop (Live *live)
{
  ch_worker_stop (live->worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&live->worker));
  g_clear_object (&live->auth);
}

guint
live_count_hooks (Live *live)
{
  g_autoptr (JsonArray) hooks = fixture_list (&live->inner, "hooks");

  return json_array_get_length (hooks);
}

static gboolean
has_all_hooks (Live *live)
{
  return live_count_hooks (live) == 3 && live_count (live, "POST", "*/triggers/bulk") >= 3;
}

/* A port that is free now, most likely still in a moment. */
static guint
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);
  return port;
}

void
live_set_up (Live         *live,
             gconstpointer user_data)
{
  fixture_set_up (&live->inner, NULL);
  fixture_sync_to_rest (&live->inner);
  live->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  live->public_url = g_strdup_printf ("http://127.0.0.1:%u/hook", find_port ());
}

void
live_tear_down (Live         *live,
                gconstpointer user_data)
{
  if (live->worker != NULL)
    live_stop (live);
  soup_session_abort (live->session);
  g_assert_finalize_object (live->session);
  g_free (live->public_url);
  fixture_tear_down (&live->inner, NULL);
}

/* Until the worker has nothing left to do of itself: what it asks for then is what it was told of. */
void
live_let_finish (Live *live)
{
  guint tick = g_timeout_add (5, look_again_cb, NULL);
  guint n_before = 0;
  gint64 since = 0;

  for (;;)
    {
      guint n = live_count (live, NULL, NULL);

      if (n != n_before || since == 0)
        since = g_get_monotonic_time ();
      n_before = n;
      if (ch_worker_get_report (live->worker)->activity == NULL && g_get_monotonic_time () - since > QUIET)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

void
live_start (Live *live)
{
  live_start_with (live, LIVE_SECRET);
  live_wait_for (live, has_all_hooks, "all hooks");
  live_let_finish (live);
}

/* Moves the clock, so that nothing is left out for having been read a moment ago. */
void
live_let_pass (Live *live,
               guint seconds)
{
  test_clock_set (live->inner.clock, ch_clock_now (CH_CLOCK (live->inner.clock)) + seconds * (gint64) G_USEC_PER_SEC);
}

/* Carries what is due, each so many times; the number of deliveries. */
guint
live_carry (Live *live,
            guint times)
{
  guint n = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) due = NULL;
      guint i;
      guint k;

      ch_sandbox_set_now (live->inner.sandbox, ch_clock_now (CH_CLOCK (live->inner.clock)));
      due = ch_sandbox_take_deliveries (live->inner.sandbox);
      if (due->len == 0)
        return n;
      for (i = 0; i < due->len; i++)
        {
          const ChSandboxDelivery *delivery = g_ptr_array_index (due, i);
          guint status = 0;

          for (k = 0; k < times; k++)
            {
              g_autoptr (SoupMessage) message = soup_message_new ("POST", delivery->url);
              g_autoptr (GBytes) answer = NULL;

              soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", delivery->authorization);
              soup_message_set_request_body_from_bytes (message, "application/json", delivery->body);
              answer = soup_session_send_and_read (live->session, message, NULL, NULL);
              status = answer != NULL ? soup_message_get_status (message) : 0;
            }
          ch_sandbox_settle_delivery (live->inner.sandbox, delivery->id, status);
          n++;
        }
    }
}

void
live_make_commitment (Live       *live,
                      guint       project,
                      const char *title)
{
  json_node_unref (fixture_call (&live->inner, "POST", "/sandbox/commitments",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                                 ",\"kind\":\"work_order_contract\",\"title\":\"%s\"}",
                                 live->inner.project_ids[project], live->inner.vendor_ids[0], title));
}

gboolean
live_has_commitment (Live       *live,
                     const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) commitments = ch_store_list_commitments (live->inner.store, 0, 0, &error);
  guint i;

  g_assert_no_error (error);
  for (i = 0; i < commitments->len; i++)
    {
      if (g_strcmp0 (((ChCommitment *) g_ptr_array_index (commitments, i))->title, title) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
live_has_elevator (Live *live)
{
  return live_has_commitment (live, "Elevator");
}
