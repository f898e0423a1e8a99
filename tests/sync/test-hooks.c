#include "config.h"

#include "ch-webhooks-private.h"
#include "live-fixture.h"

/* That the hooks which tell of changes are there, lead here, and are made but once. */

static void
test_hooks_are_made_once (Live         *live,
                          gconstpointer user_data)
{
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  live_start (live);
  live_stop (live);
  stored = ch_store_list_hooks (live->inner.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored->len, ==, 3);
  for (i = 0; i < stored->len; i++)
    {
      const ChStoredHook *hook = g_ptr_array_index (stored, i);

      g_assert_cmpstr (hook->destination_url, ==, live->public_url);
      g_assert_cmpint (hook->checked_at, >, 0);
    }
  g_assert_cmpuint (live_count (live, "POST", "*/webhooks/hooks"), ==, 3);
  g_assert_cmpuint (live_count (live, "PATCH", "*/webhooks/*"), ==, 0);
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
  return live_count (live, NULL, "*/webhooks/*") - live_count (live, "GET", "*/webhooks/*");
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
  assert_repaired (live, LIVE_SECRET, 2);         /* made: the hook and its triggers */
  assert_repaired (live, LIVE_SECRET, 0);         /* in order */
  json_object_set_string_member (get_hook (live), "status", "disabled");
  assert_repaired (live, LIVE_SECRET, 1);
  g_assert_cmpstr (get_text (get_hook (live), "status"), ==, "active");
  json_object_set_string_member (get_hook (live), "destination_url", "https://elsewhere.example/hook");
  assert_repaired (live, LIVE_SECRET, 1);
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
  g_assert_false (check_hook (live, 0, LIVE_SECRET, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  g_assert_true (check_hook (live, 0, LIVE_SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (live_count_hooks (live), ==, 1);
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
  g_assert_true (check_hook (live, 0, LIVE_SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (live_count_hooks (live), ==, 2);
  g_assert_cmpuint (live_count (live, "DELETE", "*/webhooks/*"), ==, 1);
}

/* Of a company without commitments, the other triggers are made. */
static void
test_unknown_trigger_holds_up_no_other (Live         *live,
                                        gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture_add_fault (&live->inner, "{\"path\":\"*/triggers/bulk\",\"kind\":\"status\",\"status\":400,\"count\":2}");
  g_assert_true (check_hook (live, live->inner.project_ids[0], LIVE_SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_hook (live), "_triggers")), ==, 13);
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
  live_start_with (live, LIVE_SECRET);
  live_wait_for (live, has_problem, "the problem");
  g_assert_nonnull (ch_worker_get_report (live->worker)->problem);
  g_assert_cmpint (ch_worker_get_report (live->worker)->state, !=, CH_WORKER_NEEDS_PERSON);
  /* asking goes on */
  live_make_commitment (live, 0, "Elevator");
  ch_worker_show (live->worker, live->inner.project_ids[0], 0);
  live_wait_for (live, live_has_elevator, "the commitment");
}

#define LIVE_TEST(name, func) g_test_add ("/sync/hooks/" name, Live, NULL, live_set_up, func, live_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  LIVE_TEST ("are-made-once", test_hooks_are_made_once);
  LIVE_TEST ("broken-one-is-repaired", test_broken_hook_is_repaired);
  LIVE_TEST ("lost-answer-makes-no-second-one", test_lost_answer_makes_no_second_hook);
  LIVE_TEST ("only-doubles-are-removed", test_only_doubles_are_removed);
  LIVE_TEST ("unknown-trigger-holds-up-no-other", test_unknown_trigger_holds_up_no_other);
  LIVE_TEST ("refused-ones-are-told", test_refused_hooks_are_told);

  return g_test_run ();
}
