#include "config.h"

#include "sync-fixture.h"

static void
test_first_sync_brings_everything_over (Fixture      *fixture,
                                        gconstpointer user_data)
{
  g_autoptr (ChRoundSummary) first = fixture_sync (fixture);
  g_autoptr (ChRoundSummary) second = NULL;
  g_autoptr (JsonArray) policies = NULL;
  g_autoptr (JsonArray) overalls = NULL;
  g_autofree char *company = ch_store_dup_state (fixture->store, "company_name", NULL);

  g_assert_cmpstr (company, ==, "Harbor & Main Builders, Inc.");
  g_assert_cmpuint (first->problems->len, ==, 0);
  g_assert_cmpuint (first->pulled_projects, ==, 2);
  g_assert_cmpuint (first->pulled_subs, ==, N_VENDORS);
  g_assert_cmpuint (first->pulled_assignments, ==, N_VENDORS + 1);
  g_assert_cmpuint (first->pulled_commitments, ==, 1);
  g_assert_cmpuint (first->pending, ==, 0);

  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  second = fixture_sync (fixture);
  g_assert_cmpuint (second->pending, ==, 0);
  policies = fixture_list_insurances (fixture, "policy", 0);
  overalls = fixture_list_insurances (fixture, "overall", -1);
  g_assert_cmpuint (json_array_get_length (policies), ==, 1);
  g_assert_cmpuint (json_array_get_length (overalls), ==, N_VENDORS + 1);
  fixture_check_rest (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/sync/round/first-sync-brings-everything-over", Fixture, NULL, fixture_set_up,
              test_first_sync_brings_everything_over, fixture_tear_down);

  return g_test_run ();
}
