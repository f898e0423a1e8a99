#include "config.h"

#include "ch-sandbox-private.h"
#include "ch-store-hooks.h"
#include "ch-webhooks-private.h"
#include "ch-worker.h"
#include "sync-fixture.h"

#include <libsoup/soup.h>
#include <string.h>

/*
 * A worker that listens, and a sandbox whose deliveries the test carries over real HTTP, when and as often as it likes.
 */

/* Microseconds without a request after which the worker is taken to rest */
#define QUIET (400 * 1000)
/* What a new commitment costs: the project's list of them, that of its kind, and its compliance */
#define READS_OF_ONE 3
#define SECRET "not-so-secret-in-a-test"

typedef struct {
  Fixture      inner;
  ChWorker    *worker;
  ChAuth      *auth;
  SoupSession *session;
  char        *public_url;
  guint        n_pulled;
  guint        n_problems;
} Live;

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

typedef gboolean (*Condition) (Live *live);

static void
wait_for (Live       *live,
          Condition   condition,
          const char *what)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, (gpointer) what);
  guint tick = g_timeout_add (5, look_again_cb, NULL);

  while (!condition (live))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (timer);
}

static guint
count (Live       *live,
       const char *method,
       const char *path)
{
  return fixture_count_requests (&live->inner, method, path);
}

static guint
count_reads (Live *live)
{
  return count (live, "GET", "/rest/*");
}

static void
start_with (Live       *live,
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

static void
stop (Live *live)
{
  ch_worker_stop (live->worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&live->worker));
  g_clear_object (&live->auth);
}

static guint
count_hooks (Live *live)
{
  g_autoptr (JsonArray) hooks = fixture_list (&live->inner, "hooks");

  return json_array_get_length (hooks);
}

static gboolean
has_all_hooks (Live *live)
{
  return count_hooks (live) == 3 && count (live, "POST", "*/triggers/bulk") >= 3;
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

static void
set_up (Live         *live,
        gconstpointer user_data)
{
  fixture_set_up (&live->inner, NULL);
  fixture_sync_to_rest (&live->inner);
  live->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  live->public_url = g_strdup_printf ("http://127.0.0.1:%u/hook", find_port ());
}

static void
tear_down (Live         *live,
           gconstpointer user_data)
{
  if (live->worker != NULL)
    stop (live);
  soup_session_abort (live->session);
  g_assert_finalize_object (live->session);
  g_free (live->public_url);
  fixture_tear_down (&live->inner, NULL);
}

/* Until the worker has nothing left to do of itself: what it asks for then is what it was told of. */
static void
let_finish (Live *live)
{
  guint tick = g_timeout_add (5, look_again_cb, NULL);
  guint n_before = 0;
  gint64 since = 0;

  for (;;)
    {
      guint n = count (live, NULL, NULL);

      if (n != n_before || since == 0)
        since = g_get_monotonic_time ();
      n_before = n;
      if (ch_worker_get_report (live->worker)->activity == NULL && g_get_monotonic_time () - since > QUIET)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static void
start (Live *live)
{
  start_with (live, SECRET);
  wait_for (live, has_all_hooks, "all hooks");
  let_finish (live);
}

/* Moves the clock, so that nothing is left out for having been read a moment ago. */
static void
let_pass (Live *live,
          guint seconds)
{
  test_clock_set (live->inner.clock, ch_clock_now (CH_CLOCK (live->inner.clock)) + seconds * (gint64) G_USEC_PER_SEC);
}

/* Carries what is due, each so many times; the number of deliveries. */
static guint
carry (Live *live,
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

static void
make_commitment (Live       *live,
                 guint       project,
                 const char *title)
{
  json_node_unref (fixture_call (&live->inner, "POST", "/sandbox/commitments",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                                 ",\"kind\":\"work_order_contract\",\"title\":\"%s\"}",
                                 live->inner.project_ids[project], live->inner.vendor_ids[0], title));
}

static gboolean
has_commitment (Live       *live,
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

static gboolean
has_elevator (Live *live)
{
  return has_commitment (live, "Elevator");
}

static gboolean
has_crane (Live *live)
{
  return has_commitment (live, "Crane");
}

static gboolean
has_nothing_to_send (Live *live)
{
  return fixture_count_outbox (&live->inner) == 0;
}

static void
test_hooks_are_made_once (Live         *live,
                          gconstpointer user_data)
{
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  start (live);
  stop (live);
  stored = ch_store_list_hooks (live->inner.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored->len, ==, 3);
  for (i = 0; i < stored->len; i++)
    {
      const ChStoredHook *hook = g_ptr_array_index (stored, i);

      g_assert_cmpstr (hook->destination_url, ==, live->public_url);
      g_assert_cmpint (hook->checked_at, >, 0);
    }
  g_assert_cmpuint (count (live, "POST", "*/webhooks/hooks"), ==, 3);
  g_assert_cmpuint (count (live, "PATCH", "*/webhooks/*"), ==, 0);
}

static gboolean
check_hook (Live       *live,
            gint64      project_id,
            const char *secret,
            GError    **error)
{
  g_autofree char *authorization = ch_webhook_dup_authorization (secret);

  return _ch_webhook_check_hook (live->inner.procore, live->inner.store, project_id, live->public_url, authorization,
                                 ch_clock_now (CH_CLOCK (live->inner.clock)), NULL, error);
}

static guint
count_hook_writes (Live *live)
{
  return count (live, NULL, "*/webhooks/*") - count (live, "GET", "*/webhooks/*");
}

static void
assert_repaired (Live       *live,
                 const char *secret,
                 guint       n_writes)
{
  g_autoptr (GError) error = NULL;
  guint n_before = count_hook_writes (live);

  g_assert_true (check_hook (live, live->inner.project_ids[0], secret, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_hook_writes (live) - n_before, ==, n_writes);
}

static JsonObject *
get_hook (Live *live)
{
  g_assert_cmpuint (live->inner.sandbox->hooks->len, ==, 1);
  return g_ptr_array_index (live->inner.sandbox->hooks, 0);
}

static void
test_broken_hook_is_repaired (Live         *live,
                              gconstpointer user_data)
{
  assert_repaired (live, SECRET, 2);         /* made: the hook and its triggers */
  assert_repaired (live, SECRET, 0);         /* in order */
  json_object_set_string_member (get_hook (live), "status", "disabled");
  assert_repaired (live, SECRET, 1);
  g_assert_cmpstr (get_text (get_hook (live), "status"), ==, "active");
  json_object_set_string_member (get_hook (live), "destination_url", "https://elsewhere.example/hook");
  assert_repaired (live, SECRET, 1);
  g_assert_cmpstr (get_text (get_hook (live), "destination_url"), ==, live->public_url);
  assert_repaired (live, "another-secret", 1);
  g_assert_cmpstr (get_text (get_hook (live), "_authorization"), ==, "Bearer another-secret");
  json_array_remove_element (json_object_get_array_member (get_hook (live), "_triggers"), 3);
  assert_repaired (live, "another-secret", 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_hook (live), "_triggers")), ==, 14);
  assert_repaired (live, "another-secret", 0);
}

/* The answer to its making was lost: it is found again by its address. */
static void
test_lost_answer_makes_no_second_hook (Live         *live,
                                       gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture_add_fault (&live->inner, "{\"path\":\"*/webhooks/hooks\",\"method\":\"POST\",\"kind\":\"lose_after\",\"count\":1}");
  g_assert_false (check_hook (live, 0, SECRET, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  g_assert_true (check_hook (live, 0, SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_hooks (live), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_hook (live), "_triggers")), ==, 10);
}

static void
make_hook_by_hand (Live       *live,
                   const char *url)
{
  g_autofree char *path = g_strdup_printf ("/rest/v2.0/companies/%" G_GINT64_FORMAT "/webhooks/hooks", COMPANY);

  json_node_unref (fixture_call (&live->inner, "POST", path,
                                 "{\"namespace\":\"certholder\",\"payload_version\":\"v4.0\",\"destination_url\":\"%s\"}", url));
}

/* Another machine's hook leads elsewhere and stays; a second one that leads here goes. */
static void
test_only_doubles_are_removed (Live         *live,
                               gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  make_hook_by_hand (live, "https://other-machine.example/hook");
  make_hook_by_hand (live, live->public_url);
  make_hook_by_hand (live, live->public_url);
  g_assert_true (check_hook (live, 0, SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_hooks (live), ==, 2);
  g_assert_cmpuint (count (live, "DELETE", "*/webhooks/*"), ==, 1);
}

/* Of a company without commitments, the other triggers are made. */
static void
test_unknown_trigger_holds_up_no_other (Live         *live,
                                        gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture_add_fault (&live->inner, "{\"path\":\"*/triggers/bulk\",\"kind\":\"status\",\"status\":400,\"count\":2}");
  g_assert_true (check_hook (live, live->inner.project_ids[0], SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_hook (live), "_triggers")), ==, 13);
}

static void
test_event_is_followed (Live         *live,
                        gconstpointer user_data)
{
  guint n_before;

  start (live);
  let_pass (live, 5);
  make_commitment (live, 1, "Elevator");
  n_before = count_reads (live);
  g_assert_cmpuint (carry (live, 1), ==, 1);
  wait_for (live, has_elevator, "the commitment");
  let_finish (live);
  g_assert_cmpuint (count_reads (live) - n_before, <=, READS_OF_ONE);
  g_assert_cmpuint (ch_worker_get_report (live->worker)->webhook_port, >, 0);
}

static void
test_duplicates_cost_nothing (Live         *live,
                              gconstpointer user_data)
{
  guint n_before;

  start (live);
  let_pass (live, 5);
  make_commitment (live, 1, "Elevator");
  n_before = count_reads (live);
  carry (live, 5);
  wait_for (live, has_elevator, "the commitment");
  let_finish (live);
  let_pass (live, 5);
  make_commitment (live, 1, "Crane");
  carry (live, 5);
  wait_for (live, has_crane, "the second commitment");
  let_finish (live);
  g_assert_cmpuint (count_reads (live) - n_before, <=, 2 * READS_OF_ONE);
}

static void
test_burst_is_coalesced (Live         *live,
                         gconstpointer user_data)
{
  guint n_before;
  guint n_looks;
  guint i;

  start (live);
  let_pass (live, 5);
  for (i = 0; i < 100; i++)
    make_commitment (live, 1, "one of many");
  make_commitment (live, 1, "Elevator");
  n_before = count_reads (live);
  n_looks = count (live, "GET", "*/compliance");
  g_assert_cmpuint (carry (live, 1), ==, 101);
  wait_for (live, has_elevator, "the commitment");
  let_pass (live, 5);
  ch_worker_show (live->worker, 0, 0);
  let_finish (live);
  wait_for (live, has_nothing_to_send, "what the commitments mean in Procore");
  let_finish (live);
  /* The compliance of each is looked at before it is written; the lists that show them all are read for all at once. */
  n_looks = count (live, "GET", "*/compliance") - n_looks;
  g_assert_cmpuint (n_looks, ==, 101);
  g_assert_cmpuint (count_reads (live) - n_before - n_looks, <=, 8);
}

/* Many records of one list are read as the list; a few by themselves. */
static void
test_insurance_record_is_read_alone (Live         *live,
                                     gconstpointer user_data)
{
  g_autoptr (JsonArray) records = NULL;
  gint64 id;
  guint n_lists;
  g_autofree char *path = NULL;

  fixture_file (&live->inner, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (&live->inner);
  start (live);
  let_pass (live, 5);
  records = fixture_list_insurances (&live->inner, "policy", 0);
  id = get_id (json_array_get_object_element (records, 0), "id");
  path = g_strdup_printf ("/sandbox/insurances/%" G_GINT64_FORMAT, id);
  n_lists = count (live, "GET", "/rest/v1.0/companies/*/insurances");
  json_node_unref (fixture_call (&live->inner, "POST", path, "{\"notes\":\"A person was here.\"}"));
  live->n_pulled = 0;
  carry (live, 1);
  while (live->n_pulled == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count (live, "GET", "/rest/v1.0/companies/*/insurances"), ==, n_lists);
  g_assert_cmpuint (count (live, "GET", "/rest/v1.0/companies/*/insurances/*"), ==, 1);
}

/* What we write comes back as events: they ask for nothing. */
static void
test_own_events_ask_for_nothing (Live         *live,
                                 gconstpointer user_data)
{
  guint n_before;
  guint n_deliveries;

  start (live);
  let_pass (live, 5);
  fixture_file (&live->inner, "GL-1", "2026-01-01", "2027-01-01");
  while (fixture_count_outbox (&live->inner) > 0)
    g_main_context_iteration (NULL, FALSE);
  n_before = count_reads (live);
  n_deliveries = carry (live, 1);
  g_assert_cmpuint (n_deliveries, >=, 2);
  let_pass (live, 2);
  while (ch_worker_get_report (live->worker)->n_own_events < n_deliveries)
    {
      ch_worker_show (live->worker, live->inner.project_ids[0], 0);
      let_pass (live, 2);
      g_usleep (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (ch_worker_get_report (live->worker)->n_own_events, ==, n_deliveries);
  g_assert_cmpuint (count (live, "GET", "/rest/v1.0/companies/*/insurances/*"), ==, 0);
  g_assert_cmpuint (n_before, >, 0);
}

/* While nobody listened: nothing arrives, and after a while Procore's list tells. */
static void
test_missed_deliveries_are_read_back (Live         *live,
                                      gconstpointer user_data)
{
  guint n_before;

  start (live);
  stop (live);
  let_pass (live, 3600);
  make_commitment (live, 1, "Elevator");
  g_assert_cmpuint (carry (live, 1), ==, 1);    /* refused: nobody is there */
  let_pass (live, 1);
  n_before = count (live, "GET", "*/deliveries*");
  start_with (live, SECRET);
  wait_for (live, has_elevator, "the commitment");
  g_assert_cmpuint (count (live, "GET", "*/deliveries*") - n_before, ==, 3);
  g_assert_cmpuint (ch_worker_get_report (live->worker)->n_missed_events, <=, 1);
}

/* Whether all that events asked for was read when it stopped; else it looks back the next time. */
static gboolean
has_ended_in_peace (Live *live)
{
  g_autofree char *stopped_at = ch_store_dup_state (live->inner.store, "webhooks.stopped_at", NULL);

  return stopped_at != NULL;
}

/* A short pause is made good by Procore itself. */
static void
test_short_absence_reads_nothing_back (Live         *live,
                                       gconstpointer user_data)
{
  guint n_before;

  start (live);
  stop (live);
  while (!has_ended_in_peace (live))
    {
      start_with (live, SECRET);
      stop (live);
    }
  let_pass (live, 30);
  make_commitment (live, 1, "Elevator");
  carry (live, 1);
  n_before = count (live, "GET", "*/deliveries*");
  start_with (live, SECRET);
  while (ch_worker_get_report (live->worker)->webhook_port == 0)
    g_main_context_iteration (NULL, TRUE);
  let_pass (live, 3);                           /* Procore's pause after a failure is over */
  g_assert_cmpuint (carry (live, 1), ==, 1);
  wait_for (live, has_elevator, "the commitment");
  g_assert_cmpuint (count (live, "GET", "*/deliveries*"), ==, n_before);
}

static gboolean
has_problem (Live *live)
{
  return live->n_problems > 0;
}

static void
test_refused_hooks_are_told (Live         *live,
                             gconstpointer user_data)
{
  fixture_add_fault (&live->inner, "{\"path\":\"*/webhooks/*\",\"kind\":\"status\",\"status\":403}");
  start_with (live, SECRET);
  wait_for (live, has_problem, "the problem");
  g_assert_nonnull (ch_worker_get_report (live->worker)->problem);
  g_assert_cmpint (ch_worker_get_report (live->worker)->state, !=, CH_WORKER_NEEDS_PERSON);
  /* asking goes on */
  make_commitment (live, 0, "Elevator");
  ch_worker_show (live->worker, live->inner.project_ids[0], 0);
  wait_for (live, has_elevator, "the commitment");
}

static void
test_units_of_events (void)
{
  static const struct {
    const char *resource_name;
    const char *reason;
    gint64      project_id;
    ChUnitKind  kinds[2];
    guint       n;
  } cases[] = {
    { "Projects", "create", 9, { CH_UNIT_PROJECTS_CHANGED, 0 }, 1 },
    { "Projects", "delete", 9, { CH_UNIT_PROJECT_IDS, 0 }, 1 },
    { "Company Vendors", "update", 0, { CH_UNIT_VENDORS_CHANGED, CH_UNIT_INACTIVE_VENDORS }, 2 },
    { "Company Vendors", "delete", 0, { CH_UNIT_VENDORS, 0 }, 1 },
    { "Company Insurances", "update", 0, { CH_UNIT_INSURANCE, 0 }, 1 },
    { "Company Insurances", "delete", 0, { CH_UNIT_COMPANY_INSURANCES, 0 }, 1 },
    { "Project Stages", "create", 0, { CH_UNIT_STAGES, 0 }, 1 },
    { "Project Vendors", "delete", 9, { CH_UNIT_PROJECT_VENDORS, 0 }, 1 },
    { "Project Insurances", "delete", 9, { CH_UNIT_PROJECT_INSURANCES, 0 }, 1 },
    { "Project Files", "create", 9, { CH_UNIT_INBOX, 0 }, 1 },
    { "Work Order Contracts", "status_changed", 9, { CH_UNIT_COMMITMENTS, CH_UNIT_COMPLIANCE }, 2 },
    { "Purchase Order Contracts", "update", 9, { CH_UNIT_COMMITMENTS, CH_UNIT_COMPLIANCE }, 2 },
    { "Work Order Contracts", "update", 0, { 0, 0 }, 0 },
    { "RFIs", "update", 9, { 0, 0 }, 0 },
  };
  guint i;
  guint k;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChHookEvent event = { .resource_name = (char *) cases[i].resource_name,
                            .reason = (char *) cases[i].reason,
                            .project_id = cases[i].project_id,
                            .resource_id = 77 };
      ChUnit units[CH_WEBHOOK_MAX_UNITS];

      g_assert_cmpuint (_ch_webhook_get_units (&event, units), ==, cases[i].n);
      for (k = 0; k < cases[i].n; k++)
        {
          gboolean names_record = units[k].kind == CH_UNIT_INSURANCE || units[k].kind == CH_UNIT_COMPLIANCE;

          g_assert_cmpint (units[k].kind, ==, cases[i].kinds[k]);
          g_assert_cmpint (units[k].record_id, ==, names_record ? 77 : 0);
          g_assert_cmpint (units[k].project_id, ==, ch_unit_kind_is_of_project (units[k].kind) ? cases[i].project_id : 0);
        }
    }
}

#define LIVE_TEST(name, func) g_test_add ("/sync/webhooks/" name, Live, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  LIVE_TEST ("hooks-are-made-once", test_hooks_are_made_once);
  LIVE_TEST ("broken-hook-is-repaired", test_broken_hook_is_repaired);
  LIVE_TEST ("lost-answer-makes-no-second-hook", test_lost_answer_makes_no_second_hook);
  LIVE_TEST ("only-doubles-are-removed", test_only_doubles_are_removed);
  LIVE_TEST ("unknown-trigger-holds-up-no-other", test_unknown_trigger_holds_up_no_other);
  LIVE_TEST ("event-is-followed", test_event_is_followed);
  LIVE_TEST ("duplicates-cost-nothing", test_duplicates_cost_nothing);
  LIVE_TEST ("burst-is-coalesced", test_burst_is_coalesced);
  LIVE_TEST ("insurance-record-is-read-alone", test_insurance_record_is_read_alone);
  LIVE_TEST ("own-events-ask-for-nothing", test_own_events_ask_for_nothing);
  LIVE_TEST ("missed-deliveries-are-read-back", test_missed_deliveries_are_read_back);
  LIVE_TEST ("short-absence-reads-nothing-back", test_short_absence_reads_nothing_back);
  LIVE_TEST ("refused-hooks-are-told", test_refused_hooks_are_told);
  g_test_add_func ("/sync/webhooks/units-of-events", test_units_of_events);

  return g_test_run ();
}
