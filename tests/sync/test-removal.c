#include "config.h"

#include "sync-fixture.h"

#include <string.h>

/* A listing that would take much away at once stops and asks; the answer decides, and holds. */

static void
call (Fixture    *fixture,
      const char *method,
      const char *path)
{
  json_node_unref (fixture_call (fixture, method, path, "%s", g_str_equal (method, "POST") ? "{}" : ""));
}

static void
remove_all (Fixture    *fixture,
            const char *kind,
            GArray     *ids)
{
  guint i;

  for (i = 0; i < ids->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/sandbox/%s/%" G_GINT64_FORMAT, kind, g_array_index (ids, gint64, i));

      call (fixture, "DELETE", path);
    }
}

static void
wait_a_minute (Fixture *fixture)
{
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * (gint64) G_USEC_PER_SEC);
}

static ChConflict *
get_only_conflict (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = ch_store_list_conflicts (fixture->store, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  return g_ptr_array_steal_index (conflicts, 0);
}

static void
sync_with_problems (Fixture *fixture,
                    guint    n_problems)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  guint i;

  wait_a_minute (fixture);
  summary = fixture_sync (fixture);
  for (i = 0; i < summary->problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (summary->problems, i));
  g_assert_cmpuint (summary->problems->len, ==, n_problems);
}

static void
answer (Fixture  *fixture,
        gboolean  keep_procore)
{
  g_autoptr (ChConflict) conflict = get_only_conflict (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (conflict->field, ==, CH_CONFLICT_REMOVAL);
  g_assert_cmpint (conflict->record_id, ==, 0);
  g_assert_true (ch_desk_settle_conflict (fixture->desk, conflict->id, keep_procore, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

/* What a case removes in Procore, and what of it is left here. */
typedef struct {
  const char *path;
  const char *scope;
  void      (*prepare) (Fixture *fixture);
  void      (*remove)  (Fixture *fixture);
  guint     (*count)   (Fixture *fixture);
  guint       n_before;
  guint       n_after;
} Case;

static void
remove_vendors (Fixture *fixture)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (ids, &fixture->vendor_ids[2], 6);
  remove_all (fixture, "vendors", ids);
}

static guint
count_vendors (Fixture *fixture)
{
  g_autoptr (GPtrArray) vendors = ch_store_list_vendors (fixture->store, NULL);

  return vendors->len;
}

static void
add_projects (Fixture *fixture)
{
  guint i;

  for (i = 0; i < 6; i++)
    json_node_unref (fixture_call (fixture, "POST", "/sandbox/projects", "{\"name\":\"Pier %u\"}", i));
}

static void
remove_projects (Fixture *fixture)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JsonArray) projects = fixture_list (fixture, "projects");
  guint i;

  for (i = 0; i < json_array_get_length (projects); i++)
    {
      JsonObject *project = json_array_get_object_element (projects, i);
      gint64 id = get_id (project, "id");

      if (g_str_has_prefix (get_text (project, "name"), "Pier"))
        g_array_append_val (ids, id);
    }
  remove_all (fixture, "projects", ids);
}

static guint
count_projects (Fixture *fixture)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (fixture->store, FALSE, NULL);

  return projects->len;
}

static void
add_commitments (Fixture *fixture)
{
  guint i;

  for (i = 0; i < 6; i++)
    json_node_unref (fixture_call (fixture, "POST", "/sandbox/commitments",
                                   "{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                                   ",\"kind\":\"purchase_order_contract\",\"title\":\"Order %u\"}",
                                   fixture->project_ids[0], fixture->vendor_ids[i + 1], i));
}

static void
remove_commitments (Fixture *fixture)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JsonArray) commitments = fixture_list (fixture, "commitments");
  guint i;

  for (i = 0; i < json_array_get_length (commitments); i++)
    {
      gint64 id = get_id (json_array_get_object_element (commitments, i), "id");

      if (id != fixture->commitment_id)
        g_array_append_val (ids, id);
    }
  remove_all (fixture, "commitments", ids);
}

static guint
count_commitments (Fixture *fixture)
{
  g_autoptr (GPtrArray) commitments = ch_store_list_commitments (fixture->store, fixture->project_ids[0], 0, NULL);

  return commitments->len;
}

static void
remove_memberships (Fixture *fixture)
{
  guint i;

  for (i = 2; i < N_VENDORS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/sandbox/projects/%" G_GINT64_FORMAT "/vendors/%" G_GINT64_FORMAT,
                                               fixture->project_ids[0], fixture->vendor_ids[i]);

      call (fixture, "DELETE", path);
    }
}

static guint
count_memberships (Fixture *fixture)
{
  g_autoptr (GArray) all = ch_store_list_memberships (fixture->store, NULL);

  return all->len;
}

static void
remove_ours (Fixture *fixture)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JsonArray) overalls = fixture_list_insurances (fixture, "overall", fixture->project_ids[0]);
  guint i;

  for (i = 0; i < 6; i++)
    {
      gint64 id = get_id (json_array_get_object_element (overalls, i), "id");

      g_array_append_val (ids, id);
    }
  remove_all (fixture, "insurances", ids);
}

static guint
count_ours (Fixture *fixture)
{
  g_autoptr (GPtrArray) records = ch_store_list_shared (fixture->store, CH_SHARED_OVERALL, fixture->project_ids[0], 0, NULL);
  guint n = 0;
  guint i;

  for (i = 0; i < records->len; i++)
    n += !((const ChSharedRecord *) g_ptr_array_index (records, i))->gone;
  return n;
}

static const Case cases[] = {
  { "subs", "vendors", NULL, remove_vendors, count_vendors, 8, 2 },
  { "projects", "projects", add_projects, remove_projects, count_projects, 8, 2 },
  { "commitments", "commitments/", add_commitments, remove_commitments, count_commitments, 7, 1 },
  { "memberships", "memberships", NULL, remove_memberships, count_memberships, 9, 3 },
  { "records-of-ours", "ours/", NULL, remove_ours, count_ours, 8, 2 },
};

static void
start (Fixture    *fixture,
       const Case *one)
{
  if (one->prepare != NULL)
    one->prepare (fixture);
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (one->count (fixture), ==, one->n_before);
  one->remove (fixture);
}

/* Once, however often it is listed. */
static void
test_it_is_believed_when_told (Fixture      *fixture,
                               gconstpointer user_data)
{
  const Case *one = user_data;
  g_autoptr (ChConflict) conflict = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  start (fixture, one);
  sync_with_problems (fixture, 1);
  sync_with_problems (fixture, 1);
  g_assert_cmpuint (one->count (fixture), ==, one->n_before);
  conflict = get_only_conflict (fixture);
  before = g_strdup_printf ("%u", one->n_before);
  after = g_strdup_printf ("%u", one->n_after);
  g_assert_true (g_str_has_prefix (conflict->scope, one->scope));
  g_assert_cmpstr (conflict->local, ==, before);
  g_assert_cmpstr (conflict->remote, ==, after);

  answer (fixture, TRUE);
  sync_with_problems (fixture, 0);
  g_assert_cmpuint (one->count (fixture), ==, one->n_after);
  sync_with_problems (fixture, 0);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

static void
test_it_is_kept_when_told (Fixture      *fixture,
                           gconstpointer user_data)
{
  const Case *one = user_data;

  start (fixture, one);
  sync_with_problems (fixture, 1);
  answer (fixture, FALSE);
  sync_with_problems (fixture, 0);
  sync_with_problems (fixture, 0);
  g_assert_cmpuint (one->count (fixture), ==, one->n_before);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

/* As when access was cut for an hour. */
static void
test_question_goes_away_when_all_is_back (Fixture      *fixture,
                                          gconstpointer user_data)
{
  const Case *one = user_data;

  if (one->prepare != NULL)
    one->prepare (fixture);
  fixture_sync_to_rest (fixture);
  call (fixture, "POST", "/sandbox/backup");
  one->remove (fixture);
  sync_with_problems (fixture, 1);
  call (fixture, "POST", "/sandbox/restore");
  sync_with_problems (fixture, 0);
  g_assert_cmpuint (one->count (fixture), ==, one->n_before);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

/* Four are below the bound: they go the ordinary way. */
static void
test_few_go_without_a_question (Fixture      *fixture,
                                gconstpointer user_data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  fixture_sync_to_rest (fixture);
  g_array_append_vals (ids, &fixture->vendor_ids[4], 4);
  remove_all (fixture, "vendors", ids);
  sync_with_problems (fixture, 0);
  g_assert_cmpuint (count_vendors (fixture), ==, 4);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

static void
add (const char   *what,
     const Case   *one,
     void        (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/sync/removal/%s/%s", one->path, what);

  g_test_add (path, Fixture, one, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  guint i;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("is-believed-when-told", &cases[i], test_it_is_believed_when_told);
      add ("is-kept-when-told", &cases[i], test_it_is_kept_when_told);
      add ("question-goes-away-when-all-is-back", &cases[i], test_question_goes_away_when_all_is_back);
    }
  g_test_add ("/sync/removal/few-go-without-a-question", Fixture, NULL, fixture_set_up, test_few_go_without_a_question,
              fixture_tear_down);

  return g_test_run ();
}
