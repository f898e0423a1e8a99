#include "config.h"

#include "ch-procore-webhooks.h"
#include "ch-worker.h"
#include "sync-fixture.h"

#include <string.h>

/* The worker has its own connection and API on the fixture's folder and transport; the fixture's session rests. */
typedef struct {
  ChWorker    *worker;
  ChAuth      *auth;
  GHashTable  *events;     /* (element-type utf8 int) */
} Watch;

static void
on_event_cb (ChWorker   *worker,
             const char *what,
             const char *json,
             gpointer    user_data)
{
  Watch *watch = user_data;

  g_assert_true (json == NULL || json_from_string (json, NULL) != NULL);
  g_hash_table_insert (watch->events, g_strdup (what),
                       GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (watch->events, what)) + 1));
}

static void
start (Watch   *watch,
       Fixture *fixture)
{
  g_autoptr (ChPlace) place = ch_place_new ("http://127.0.0.1:1", "http://127.0.0.1:1");
  g_autoptr (ChTokenStore) tokens = ch_token_store_new ("http://127.0.0.1:1", "sandbox-client", TRUE);
  ChWorkerSettings settings = { .data_dir = fixture->dir,
                                .hub = fixture->hub,
                                .clock = CH_CLOCK (fixture->clock),
                                .place = place,
                                .transport = CH_TRANSPORT (fixture->transport),
                                .company_id = COMPANY };

  watch->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  watch->auth = ch_auth_new (place, "sandbox-client", "sandbox-secret", tokens, CH_TRANSPORT (fixture->transport));
  settings.auth = watch->auth;
  watch->worker = ch_worker_new (&settings);
  g_signal_connect (watch->worker, "event", G_CALLBACK (on_event_cb), watch);
  ch_worker_start (watch->worker);
}

static void
stop (Watch *watch)
{
  ch_worker_stop (watch->worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&watch->worker));
  g_clear_object (&watch->auth);
  g_clear_pointer (&watch->events, g_hash_table_unref);
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("the worker does not get there");
  return G_SOURCE_REMOVE;
}

static void
wait_for_state (Watch        *watch,
                ChWorkerState state)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, NULL);

  while (ch_worker_get_report (watch->worker)->state != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static void
wait_for_event (Watch      *watch,
                const char *what)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, NULL);

  while (!g_hash_table_contains (watch->events, what))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static void
move_clock (Fixture *fixture,
            gint64   seconds)
{
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + seconds * (gint64) G_USEC_PER_SEC);
}

static void
test_syncs_pushes_and_lapses (Fixture      *fixture,
                              gconstpointer user_data)
{
  Watch watch;
  g_autoptr (JsonArray) policies = NULL;

  start (&watch, fixture);
  wait_for_event (&watch, "round");
  wait_for_state (&watch, CH_WORKER_IDLE);
  g_assert_cmpint (ch_worker_get_report (watch.worker)->last_round, >, 0);
  g_assert_null (ch_worker_get_report (watch.worker)->problem);

  /* The window's act is carried over at once, without another round. */
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  wait_for_event (&watch, "pushed");
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (watch.events, "round")), ==, 1);

  /* Nobody does anything, and the time comes. */
  g_hash_table_remove (watch.events, "pushed");
  move_clock (fixture, 60 * 86400);
  wait_for_event (&watch, "lapsed");
  wait_for_event (&watch, "round");
  ch_worker_sync_now (watch.worker);
  while (fixture_count_outbox (fixture) > 0)
    g_main_context_iteration (NULL, TRUE);
  stop (&watch);
  policies = fixture_list_insurances (fixture, "policy", 0);
  g_assert_cmpstr (get_text (json_array_get_object_element (policies, 0), "status"), ==, "expired");
  fixture_check_rest (fixture);
}

static void
test_waits_while_another_syncs (Fixture      *fixture,
                                gconstpointer user_data)
{
  Watch watch;
  g_autoptr (GError) error = NULL;
  ChSyncLock *lock = ch_sync_lock_acquire (fixture->dir, &error);

  g_assert_no_error (error);
  start (&watch, fixture);
  wait_for_state (&watch, CH_WORKER_ELSEWHERE);
  g_assert_nonnull (ch_worker_get_report (watch.worker)->problem);
  ch_sync_lock_release (lock);
  wait_for_event (&watch, "round");
  stop (&watch);
}

static void
test_needs_a_person_when_signed_out (Fixture      *fixture,
                                     gconstpointer user_data)
{
  Watch watch;
  guint n;

  fixture_add_fault (fixture, "{\"path\":\"*\",\"kind\":\"status\",\"status\":401}");
  start (&watch, fixture);
  wait_for_state (&watch, CH_WORKER_NEEDS_PERSON);
  g_assert_nonnull (ch_worker_get_report (watch.worker)->problem);
  g_assert_cmpint (ch_worker_get_report (watch.worker)->retry_at, ==, 0);
  n = fixture_count_requests (fixture, NULL, NULL);
  g_assert_cmpuint (n, <, 10);
  fixture_clear_faults (fixture);
  ch_worker_sync_now (watch.worker);
  wait_for_event (&watch, "round");
  stop (&watch);
}

static void
test_stop_in_the_middle (Fixture      *fixture,
                         gconstpointer user_data)
{
  Watch watch;

  start (&watch, fixture);
  wait_for_state (&watch, CH_WORKER_SYNCING);
  stop (&watch);
  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

/* In case nothing is told any more. */
static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_requests (Fixture *fixture,
                   guint    n)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, NULL);
  guint tick = g_timeout_add (5, look_again_cb, NULL);

  while (fixture_count_requests (fixture, "GET", "/rest/*") < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (timer);
}

static void
forget_events (Watch *watch)
{
  g_hash_table_remove_all (watch->events);
}

/* What somebody looks at is asked for at once; nothing else is. */
static void
test_shown_project_is_asked_at_once (Fixture      *fixture,
                                     gconstpointer user_data)
{
  Watch watch;
  guint n_before;

  start (&watch, fixture);
  wait_for_event (&watch, "round");
  wait_for_state (&watch, CH_WORKER_IDLE);
  json_node_unref (fixture_call (fixture, "POST", "/sandbox/commitments",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                                 ",\"kind\":\"work_order_contract\",\"title\":\"Elevator\"}",
                                 fixture->project_ids[1], fixture->vendor_ids[0]));
  forget_events (&watch);
  n_before = fixture_count_requests (fixture, "GET", "/rest/*");
  ch_worker_show (watch.worker, fixture->project_ids[1], 0);
  wait_for_event (&watch, "pulled");
  g_assert_cmpuint (fixture_count_requests (fixture, "GET", "/rest/*") - n_before, <=, 8);
  stop (&watch);
}

static void
test_shown_sub_is_asked_on_its_projects (Fixture      *fixture,
                                         gconstpointer user_data)
{
  Watch watch;

  start (&watch, fixture);
  wait_for_event (&watch, "round");
  wait_for_state (&watch, CH_WORKER_IDLE);
  json_node_unref (fixture_call (fixture, "POST", "/sandbox/commitments",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                                 ",\"kind\":\"work_order_contract\",\"title\":\"Elevator\"}",
                                 fixture->project_ids[0], fixture->vendor_ids[3]));
  forget_events (&watch);
  ch_worker_show (watch.worker, 0, fixture->vendor_ids[3]);
  wait_for_event (&watch, "pulled");
  stop (&watch);
}

#define PAPER "%PDF-1.4 of nobody"

/* A paper that is on file, and nobody's. */
static gint64
file_paper (Fixture *fixture)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PAPER, strlen (PAPER));
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = ch_store_put_document (fixture->store, bytes, &error);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  g_autoptr (GPtrArray) filed = NULL;
  ChReading reading = { certificates, 1, 0.99 };
  ChFiling filing = { .file_name = "coi.pdf", .sha256 = sha256 };

  g_ptr_array_add (certificates, ch_certificate_new ());
  filed = ch_desk_file_document (fixture->desk, &filing, &reading, NULL, &error);
  g_assert_no_error (error);
  return ((ChFiledCertificate *) g_ptr_array_index (filed, 0))->id;
}

static gboolean
is_at_its_sub (Fixture *fixture)
{
  g_autoptr (JsonArray) files = fixture_list (fixture, "files");
  guint i;

  for (i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);

      if (g_strcmp0 (get_text (file, "name"), "scan.pdf") == 0)
        return g_str_has_prefix (get_text (file, "description"), "Certholder sha256:");
    }
  return FALSE;
}

/* What waits in an inbox goes to its sub as soon as the desk says whose it is. */
static void
test_decided_file_leaves_the_inbox_at_once (Fixture      *fixture,
                                            gconstpointer user_data)
{
  g_autofree char *content = g_base64_encode ((const guchar *) PAPER, strlen (PAPER));
  g_autoptr (GError) error = NULL;
  guint timer = g_timeout_add_seconds (60, give_up_cb, NULL);
  gint64 id;
  Watch watch;

  fixture_sync_to_rest (fixture);
  id = file_paper (fixture);
  json_node_unref (fixture_call (fixture, "POST", "/sandbox/files",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"folder\":\"Insurance certificates/Inbox\","
                                 "\"name\":\"scan.pdf\",\"content\":\"%s\"}", fixture->project_ids[0], content));
  fixture_sync_to_rest (fixture);
  g_assert_false (is_at_its_sub (fixture));

  start (&watch, fixture);
  wait_for_event (&watch, "started");
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 5 * (gint64) G_USEC_PER_SEC);
  g_assert_true (ch_desk_assign_certificate (fixture->desk, id, fixture->vendor_ids[1], NULL, &error));
  while (!is_at_its_sub (fixture))
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (timer);
  stop (&watch);
}

/* what nobody who shows a project asks for */
static guint
count_company_lists (Fixture *fixture)
{
  return fixture_count_requests (fixture, "GET", "*/project_stages*") + fixture_count_requests (fixture, "GET", "*/vendors/inactive*")
         + fixture_count_requests (fixture, "GET", "/rest/v1.0/companies/*/insurances*");
}

/* The database knows how fresh it is: a start reads nothing that is fresh. */
static void
test_start_reads_nothing_twice (Fixture      *fixture,
                                gconstpointer user_data)
{
  Watch watch;
  const ChWorkerReport *report;
  guint n_before;
  guint n_fresh;

  fixture_sync_to_rest (fixture);
  ch_round_summary_free (fixture_sync (fixture));
  n_before = fixture_count_requests (fixture, "GET", "/rest/*");
  n_fresh = count_company_lists (fixture);
  start (&watch, fixture);
  wait_for_event (&watch, "started");
  ch_worker_show (watch.worker, fixture->project_ids[0], 0);
  wait_for_requests (fixture, n_before + 5);
  g_assert_cmpuint (count_company_lists (fixture), ==, n_fresh);
  while (ch_worker_get_report (watch.worker)->bound == 0)
    {
      ch_worker_show (watch.worker, fixture->project_ids[0], 0);
      move_clock (fixture, 2);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
  report = ch_worker_get_report (watch.worker);
  g_assert_cmpuint (report->projects->len, ==, 2);
  g_assert_cmpint (report->company_as_of, >, 0);
  g_assert_cmpint (report->worst_as_of, >, 0);
  g_assert_cmpint (report->bound, >, 0);
  g_assert_cmpint (ch_worker_report_find_project (report, fixture->project_ids[1])->as_of, >, 0);
  stop (&watch);
}

/* The rest goes on, the problem is told, and the tool is not asked again and again. */
static void
test_refused_list_holds_up_nothing (Fixture      *fixture,
                                    gconstpointer user_data)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, NULL);
  Watch watch;
  guint i;

  fixture_sync_to_rest (fixture);
  fixture_add_fault (fixture, "{\"path\":\"/rest/v1.0/projects/*/insurances\",\"kind\":\"status\",\"status\":403}");
  start (&watch, fixture);
  wait_for_event (&watch, "started");
  ch_worker_show (watch.worker, fixture->project_ids[0], 0);
  wait_for_event (&watch, "problem");
  g_assert_nonnull (ch_worker_get_report (watch.worker)->problem);
  for (i = 0; i < 40; i++)
    {
      move_clock (fixture, 10);
      g_usleep (2000);
      ch_worker_show (watch.worker, 0, 0);
    }
  g_assert_cmpint (ch_worker_get_report (watch.worker)->state, !=, CH_WORKER_NEEDS_PERSON);
  g_assert_cmpuint (fixture_count_requests (fixture, "GET", "/rest/v1.0/projects/*/insurances"), <, 12);
  fixture_clear_faults (fixture);
  ch_worker_sync_now (watch.worker);
  wait_for_event (&watch, "round");
  /* A list that was being read meanwhile may still tell of its refusal. */
  while (ch_worker_get_report (watch.worker)->problem != NULL)
    {
      ch_worker_sync_now (watch.worker);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timer);
  stop (&watch);
}

/* What failed was to be tried again at a time that is an hour further off now. */
static void
test_clock_set_back_delays_nothing (Fixture      *fixture,
                                    gconstpointer user_data)
{
  guint timer = g_timeout_add_seconds (60, give_up_cb, NULL);
  Watch watch;
  guint n;

  fixture_sync_to_rest (fixture);
  fixture_add_fault (fixture, "{\"path\":\"/rest/v1.0/projects/*/insurances\",\"kind\":\"status\",\"status\":403}");
  fixture_add_fault (fixture, "{\"path\":\"/rest/v1.0/companies/*/insurances/sync\",\"kind\":\"status\",\"status\":500}");
  start (&watch, fixture);
  wait_for_event (&watch, "started");
  ch_worker_show (watch.worker, fixture->project_ids[0], 0);
  wait_for_event (&watch, "problem");
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  while (fixture_count_requests (fixture, "PATCH", "/rest/v1.0/companies/*/insurances/sync") == 0
         || ch_worker_get_report (watch.worker)->state != CH_WORKER_IDLE)
    g_main_context_iteration (NULL, TRUE);
  fixture_clear_faults (fixture);
  g_assert_cmpuint (fixture_count_outbox (fixture), >, 0);

  move_clock (fixture, -3600);
  while (fixture_count_outbox (fixture) > 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  /* Refused for an hour: that hour counts, whatever the clock says. */
  n = fixture_count_requests (fixture, "GET", "/rest/v1.0/projects/*/insurances");
  move_clock (fixture, 3600 + 60);
  while (fixture_count_requests (fixture, "GET", "/rest/v1.0/projects/*/insurances") == n)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_source_remove (timer);
  stop (&watch);
}

/* Another process's commit is pushed without anybody telling the worker: it has another hub. */
static void
test_other_process_commit_is_pushed (Fixture      *fixture,
                                     gconstpointer user_data)
{
  Watch watch;
  g_autoptr (ChChangeHub) hub = ch_change_hub_new ();
  ChChangeHub *own = fixture->hub;

  fixture->hub = hub;
  start (&watch, fixture);
  fixture->hub = own;
  wait_for_event (&watch, "round");
  wait_for_state (&watch, CH_WORKER_IDLE);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  wait_for_event (&watch, "pushed");
  stop (&watch);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/sync/worker/syncs-pushes-and-lapses", Fixture, NULL, fixture_set_up, test_syncs_pushes_and_lapses,
              fixture_tear_down);
  g_test_add ("/sync/worker/waits-while-another-syncs", Fixture, NULL, fixture_set_up, test_waits_while_another_syncs,
              fixture_tear_down);
  g_test_add ("/sync/worker/needs-a-person-when-signed-out", Fixture, NULL, fixture_set_up,
              test_needs_a_person_when_signed_out, fixture_tear_down);
  g_test_add ("/sync/worker/stop-in-the-middle", Fixture, NULL, fixture_set_up, test_stop_in_the_middle, fixture_tear_down);
  g_test_add ("/sync/worker/shown-project-is-asked-at-once", Fixture, NULL, fixture_set_up,
              test_shown_project_is_asked_at_once, fixture_tear_down);
  g_test_add ("/sync/worker/shown-sub-is-asked-on-its-projects", Fixture, NULL, fixture_set_up,
              test_shown_sub_is_asked_on_its_projects, fixture_tear_down);
  g_test_add ("/sync/worker/decided-file-leaves-the-inbox-at-once", Fixture, NULL, fixture_set_up,
              test_decided_file_leaves_the_inbox_at_once, fixture_tear_down);
  g_test_add ("/sync/worker/start-reads-nothing-twice", Fixture, NULL, fixture_set_up, test_start_reads_nothing_twice,
              fixture_tear_down);
  g_test_add ("/sync/worker/refused-list-holds-up-nothing", Fixture, NULL, fixture_set_up, test_refused_list_holds_up_nothing,
              fixture_tear_down);
  g_test_add ("/sync/worker/clock-set-back-delays-nothing", Fixture, NULL, fixture_set_up, test_clock_set_back_delays_nothing,
              fixture_tear_down);
  g_test_add ("/sync/worker/other-process-commit-is-pushed", Fixture, NULL, fixture_set_up,
              test_other_process_commit_is_pushed, fixture_tear_down);

  return g_test_run ();
}
