#include "config.h"

#include "ch-doctor.h"
#include "ch-procore-webhooks.h"
#include "ch-sandbox-private.h"
#include "sync-fixture.h"

#include <string.h>

static const ChCheck *
find_check (GPtrArray *checks, const char *name)
{
  guint i;

  for (i = 0; i < checks->len; i++)
    {
      const ChCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->name, name))
        return check;
    }
  return NULL;
}

static void
test_tiers (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError)
    error = NULL;
  g_autoptr (GPtrArray)
    well = NULL;
  g_autoptr (GPtrArray)
    ill = NULL;
  const ChCheck *check;
  guint n_writes = fixture_count_writes (fixture);
  int tier = 0;

  well = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tier, ==, 4);

  fixture_add_fault (fixture, "{\"path\":\"*/folders*\",\"kind\":\"status\",\"status\":403}");
  ill = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tier, ==, 3);
  check = find_check (ill, "Documents: read");
  g_assert_nonnull (check);
  g_assert_false (check->ok);
  g_assert_nonnull (check->why);
  g_assert_nonnull (check->fix);
  g_assert_true (find_check (ill, "Home links: read")->ok);
  g_assert_cmpuint (fixture_count_writes (fixture), ==, n_writes);
}

/* One page of each list, and the manifest of the other project. */
static void
test_asks_little (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError)
    error = NULL;
  g_autoptr (GPtrArray)
    checks = NULL;
  guint n_before;
  int tier = 0;

  ch_sandbox_set_page_cap (fixture->sandbox, 2);
  n_before = fixture_count_requests (fixture, "GET", "/rest/*");
  checks = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tier, ==, 4);
  g_assert_true (find_check (checks, "Other projects: write")->ok);
  g_assert_true (find_check (checks, "Webhooks: company")->ok);
  /* /me, 4 of the company, 4 of a project, 3 manifests, the company's hooks */
  g_assert_cmpuint (fixture_count_requests (fixture, "GET", "/rest/*") - n_before, ==, 12);
}

static void
make_working_hook (Fixture *fixture, gint64 project_id)
{
  ChHook wanted = { .payload_version = (char *) "v2.0",
                    .namespace = (char *) "certholder",
                    .destination_url = (char *) "https://desk.example/procore" };
  g_autoptr (GPtrArray)
    triggers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_hook_trigger_free);
  g_autoptr (GError)
    error = NULL;
  g_autoptr (ChHook)
    made = ch_procore_create_hook (fixture->procore, project_id, &wanted, "Bearer secret", NULL, &error);

  g_assert_no_error (error);
  g_ptr_array_add (triggers, ch_hook_trigger_new (NULL, project_id != 0 ? "Project Insurances" : "Projects", "update"));
  ch_procore_create_triggers (fixture->procore, project_id, made->id, triggers, NULL, &error);
  g_assert_no_error (error);
}

static void
test_looks_at_webhooks (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError)
    error = NULL;
  g_autoptr (GPtrArray)
    refused = NULL;
  g_autoptr (GPtrArray)
    partly = NULL;
  g_autoptr (GPtrArray)
    well = NULL;
  const ChCheck *check;
  int tier = 0;

  /* Nobody uses them, and nobody could: that is no fault. */
  fixture_add_fault (fixture, "{\"path\":\"*/webhooks/*\",\"kind\":\"status\",\"status\":403}");
  refused = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  check = find_check (refused, "Webhooks: company");
  g_assert_false (check->ok);
  g_assert_true (check->is_optional);
  g_assert_nonnull (check->fix);
  g_assert_cmpint (tier, ==, 4);
  fixture_clear_faults (fixture);

  make_working_hook (fixture, 0);
  make_working_hook (fixture, fixture->project_ids[0]);
  partly = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (find_check (partly, "Webhooks: company")->ok);
  check = find_check (partly, "Webhooks: projects");
  g_assert_false (check->ok);
  g_assert_false (check->is_optional);
  g_assert_nonnull (strstr (check->why, "projects asked: 2;"));

  make_working_hook (fixture, fixture->project_ids[1]);
  well = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (find_check (well, "Webhooks: projects")->ok);
}

/* Another project may allow less than the first; the tool and the project are named, and the tier stays the first
 * one's. */
static void
test_looks_at_other_projects (Fixture *fixture, gconstpointer user_data)
{
  JsonObject *other = _ch_record_find (fixture->sandbox->projects, fixture->project_ids[1]);
  JsonObject *access = json_object_new ();
  g_autoptr (GError)
    error = NULL;
  g_autoptr (GPtrArray)
    checks = NULL;
  const ChCheck *check;
  int tier = 0;

  json_object_set_string_member (access, "documents", "read_only");
  json_object_set_object_member (other, "_access", access);
  checks = ch_doctor_run (fixture->procore, &tier, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tier, ==, 4);
  g_assert_true (find_check (checks, "Documents: write")->ok);
  check = find_check (checks, "Other projects: write");
  g_assert_false (check->ok);
  g_assert_nonnull (strstr (check->why, "not all allowed in: 1"));
  g_assert_nonnull (strstr (check->why, _ch_record_text (other, "name")));
  g_assert_nonnull (strstr (check->why, "documents"));
  g_assert_nonnull (check->fix);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/sync/doctor/tiers", Fixture, NULL, fixture_set_up, test_tiers, fixture_tear_down);
  g_test_add ("/sync/doctor/asks-little", Fixture, NULL, fixture_set_up, test_asks_little, fixture_tear_down);
  g_test_add (
      "/sync/doctor/looks-at-webhooks", Fixture, NULL, fixture_set_up, test_looks_at_webhooks, fixture_tear_down);
  g_test_add ("/sync/doctor/looks-at-other-projects",
              Fixture,
              NULL,
              fixture_set_up,
              test_looks_at_other_projects,
              fixture_tear_down);

  return g_test_run ();
}
