#include "config.h"

#include "sync-fixture.h"

/*
 * Every status changes at once: on the day on which all policies end. What counts is the number of calls, which must grow
 * with the projects, not with the subs.
 */

#define N_PROJECTS 50
#define N_SUBS 200
#define SUBS_PER_PROJECT 40
#define MOST_ROWS 1000

typedef struct {
  Fixture inner;
  GArray *subs;
} Company;

static gint64
make (Fixture    *fixture,
      const char *path,
      const char *body)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "POST", path, "%s", body);

  return get_id (json_node_get_object (answer), "id");
}

static void
make_subs (Company *company)
{
  guint i;

  for (i = 0; i < N_SUBS; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"name\":\"Sub %u LLC\"}", i);
      gint64 id = make (&company->inner, "/sandbox/vendors", body);

      g_array_append_val (company->subs, id);
    }
}

static void
make_projects (Company *company)
{
  guint i;
  guint k;

  for (i = 0; i < N_PROJECTS; i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);

      g_string_append_printf (body, "{\"name\":\"Site %u\",\"stage\":\"Course of Construction\",\"tz_name\":\"America/New_York\","
                              "\"vendor_ids\":[", i);
      for (k = 0; k < SUBS_PER_PROJECT; k++)
        g_string_append_printf (body, "%s%" G_GINT64_FORMAT, k > 0 ? "," : "",
                                g_array_index (company->subs, gint64, (i * 7 + k * (N_SUBS / SUBS_PER_PROJECT)) % N_SUBS));
      g_string_append (body, "]}");
      make (&company->inner, "/sandbox/projects", body->str);
    }
}

/* Files and links are written one by one, and have tests of their own. */
static void
switch_off (Fixture    *fixture,
            const char *place)
{
  g_autofree char *name = g_strconcat ("place.", place, NULL);
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_set_state (fixture->store, name, "off", &error));
  fixture_commit (fixture);
}

static void
set_up (Company      *company,
        gconstpointer user_data)
{
  guint i;

  fixture_set_up (&company->inner, user_data);
  company->subs = g_array_new (FALSE, FALSE, sizeof (gint64));
  make_subs (company);
  make_projects (company);
  switch_off (&company->inner, "documents");
  switch_off (&company->inner, "links");
  switch_off (&company->inner, "commitments");
  fixture_sync_to_rest (&company->inner);
  for (i = 0; i < N_SUBS; i++)
    {
      g_autofree char *number = g_strdup_printf ("GL-%u", i);

      fixture_file_for (&company->inner, g_array_index (company->subs, gint64, i), number, "2026-01-01", "2026-12-31");
    }
  fixture_sync_to_rest (&company->inner);
}

static void
tear_down (Company      *company,
           gconstpointer user_data)
{
  g_array_unref (company->subs);
  fixture_tear_down (&company->inner, user_data);
}

static guint
count_status (Fixture    *fixture,
              const char *kind,
              const char *status)
{
  g_autoptr (JsonArray) records = fixture_list_insurances (fixture, kind, -1);
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (records); i++)
    n += g_strcmp0 (get_text (json_array_get_object_element (records, i), "status"), status) == 0;
  return n;
}

static void
test_all_statuses_flip_with_one_call_a_project (Company      *company,
                                                gconstpointer user_data)
{
  Fixture *fixture = &company->inner;
  g_autoptr (ChRoundSummary) summary = ch_round_summary_new ();
  g_autoptr (GError) error = NULL;
  guint n_writes = fixture_count_requests (fixture, "PATCH", "*/insurances/sync");
  guint n_reads = fixture_count_requests (fixture, "GET", "*/insurances");
  guint n_company = (N_SUBS + MOST_ROWS - 1) / MOST_ROWS;

  g_assert_cmpuint (count_status (fixture, "overall", "compliant"), ==, N_PROJECTS * SUBS_PER_PROJECT);
  g_assert_cmpuint (count_status (fixture, "policy", "compliant"), ==, N_SUBS);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * 86400 * (gint64) G_USEC_PER_SEC);
  g_assert_true (ch_desk_judge_lapsed (fixture->desk, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (ch_session_push (fixture->session, summary, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (summary->pending, ==, 0);
  g_assert_cmpuint (count_status (fixture, "overall", "expired"), ==, N_PROJECTS * SUBS_PER_PROJECT);
  g_assert_cmpuint (count_status (fixture, "policy", "expired"), ==, N_SUBS);
  n_writes = fixture_count_requests (fixture, "PATCH", "*/insurances/sync") - n_writes;
  n_reads = fixture_count_requests (fixture, "GET", "*/insurances") - n_reads;
  g_test_message ("%u statuses: %u calls, and %u lists read before them", N_PROJECTS * SUBS_PER_PROJECT + N_SUBS, n_writes,
                  n_reads);
  /* 1.1 × (projects + 1), the company's own in parts of a thousand; each is preceded by one look at what people did. */
  g_assert_cmpuint (n_writes, <=, (N_PROJECTS + n_company) * 11 / 10);
  g_assert_cmpuint (n_reads, <=, (N_PROJECTS + n_company) * 11 / 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/sync/flips/one-call-a-project", Company, NULL, set_up, test_all_statuses_flip_with_one_call_a_project, tear_down);

  return g_test_run ();
}
