#include "config.h"

#include "ch-store-freshness.h"
#include "ch-store-hooks.h"
#include "store-fixture.h"

static const ChFreshness *
find (GPtrArray  *all,
      const char *unit,
      gint64      project_id)
{
  guint i;

  for (i = 0; i < all->len; i++)
    {
      const ChFreshness *freshness = g_ptr_array_index (all, i);

      if (g_str_equal (freshness->unit, unit) && freshness->project_id == project_id)
        return freshness;
    }
  return NULL;
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *all = ch_store_list_freshness (fixture->store, &error);

  g_assert_no_error (error);
  return all;
}

static void
put (Fixture    *fixture,
     const char *unit,
     gint64      project_id,
     gint64      read_at,
     gboolean    changed)
{
  g_autoptr(GError) error = NULL;

  ch_store_put_freshness (fixture->store, unit, project_id, 0, read_at, changed, &error);
  g_assert_no_error (error);
}

static void
test_freshness_keeps_the_last_change (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(GPtrArray) all = NULL;

  fixture_begin (fixture);
  put (fixture, "vendors", 0, NOW, TRUE);
  put (fixture, "vendors", 0, NOW + 3, TRUE);
  put (fixture, "commitments", PROJECT, NOW, FALSE);
  put (fixture, "vendors", 0, NOW + 5, FALSE);
  fixture_commit (fixture);

  all = list (fixture);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (find (all, "vendors", 0)->read_at, ==, NOW + 5);
  g_assert_cmpint (find (all, "vendors", 0)->changed_at, ==, NOW + 3);
  g_assert_cmpint (find (all, "commitments", PROJECT)->changed_at, ==, 0);
}

/* All that is known of a project came with it: nothing happens there for it. */
static void
test_first_reading_is_no_news (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(GPtrArray) all = NULL;

  fixture_begin (fixture);
  put (fixture, "commitments", PROJECT, NOW, TRUE);
  put (fixture, "commitments", PROJECT, NOW + 5, FALSE);
  fixture_commit (fixture);

  all = list (fixture);
  g_assert_cmpint (find (all, "commitments", PROJECT)->read_at, ==, NOW + 5);
  g_assert_cmpint (find (all, "commitments", PROJECT)->changed_at, ==, 0);
}

static void
test_freshness_goes_with_its_project (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  put (fixture, "commitments", PROJECT, NOW, FALSE);
  put (fixture, "commitments", PROJECT_2, NOW, FALSE);
  g_assert_true (ch_store_mark_project_gone (fixture->store, PROJECT, &error));
  fixture_commit (fixture);

  all = list (fixture);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_nonnull (find (all, "commitments", PROJECT_2));
}

static void
test_hooks_one_for_each_scope (Fixture       *fixture,
                               gconstpointer  user_data)
{
  ChStoredHook company = { 0, (char *) "h1", (char *) "https://desk.example/hook", NOW, NOW };
  ChStoredHook project = { PROJECT, (char *) "h2", (char *) "https://desk.example/hook", 0, NOW };
  g_autoptr(ChStoredHook) found = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_put_hook (fixture->store, &company, &error));
  g_assert_true (ch_store_put_hook (fixture->store, &project, &error));
  company.position = NOW + 7;
  g_assert_true (ch_store_put_hook (fixture->store, &company, &error));
  g_assert_true (ch_store_remove_hook (fixture->store, PROJECT, &error));
  g_assert_true (ch_store_remove_hook (fixture->store, PROJECT, &error));
  fixture_commit (fixture);

  all = ch_store_list_hooks (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  found = ch_store_get_hook (fixture->store, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->hook_id, ==, "h1");
  g_assert_cmpint (found->position, ==, NOW + 7);
  g_assert_null (ch_store_get_hook (fixture->store, PROJECT, &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/store/live/freshness-keeps-the-last-change", Fixture, NULL, fixture_set_up_desk,
              test_freshness_keeps_the_last_change, fixture_tear_down);
  g_test_add ("/store/live/first-reading-is-no-news", Fixture, NULL, fixture_set_up_desk, test_first_reading_is_no_news,
              fixture_tear_down);
  g_test_add ("/store/live/freshness-goes-with-its-project", Fixture, NULL, fixture_set_up_desk,
              test_freshness_goes_with_its_project, fixture_tear_down);
  g_test_add ("/store/live/hooks-one-for-each-scope", Fixture, NULL, fixture_set_up_desk, test_hooks_one_for_each_scope,
              fixture_tear_down);

  return g_test_run ();
}
