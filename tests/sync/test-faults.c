#include "config.h"

#include "ch-sandbox-private.h"
#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Everything has been synced, and the desk then has something new to say in all five places. */
static void
prepare (Fixture *fixture)
{
  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
}

typedef struct {
  const char *path;
  const char *method;
  const char *pattern;
} Write;

static const Write writes[] = {
  { "company-insurances", "PATCH", "*/companies/*/insurances/sync" },
  { "project-insurances", "PATCH", "*/projects/*/insurances/sync" },
  { "compliance", "PATCH", "*/compliance" },
  { "folders", "POST", "*/folders" },
  { "uploads", "POST", "*/uploads" },
  { "storage", "POST", "/storage/*" },
  { "files", "POST", "*/files" },
  { "links", "PATCH", "*/links/bulk_update" },
};

/* The answer to a write is lost, whether it was done or not: nothing is there twice, and nothing is missing. */
static void
test_lost_answer (Fixture      *fixture,
                  gconstpointer user_data)
{
  static const char *const kinds[] = { "lose_before", "lose_after", "truncate" };
  const Write *write = user_data;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      fixture_add_fault (fixture, "{\"method\":\"%s\",\"path\":\"%s\",\"kind\":\"%s\",\"count\":1}", write->method,
                         write->pattern, kinds[i]);
      if (i == 0)
        prepare (fixture);
      else
        fixture_file (fixture, i == 1 ? "GL-2" : "GL-3", "2026-06-01", "2027-06-01");
      fixture_sync_to_rest (fixture);
      fixture_clear_faults (fixture);
      fixture_check_rest (fixture);
    }
}

/* The answer to the creation was lost, nobody could look, and by then the desk says something else: what Procore has
 * is ours and no clash. */
static void
test_lost_creation_then_change (Fixture      *fixture,
                                gconstpointer user_data)
{
  const Write *write = user_data;
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *listing = g_strndup (write->pattern, strlen (write->pattern) - strlen ("/sync"));

  ch_round_summary_free (fixture_sync (fixture));
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_add_fault (fixture, "{\"method\":\"%s\",\"path\":\"%s\",\"kind\":\"lose_after\"}", write->method, write->pattern);
  fixture_add_fault (fixture, "{\"method\":\"GET\",\"path\":\"%s\",\"kind\":\"status\",\"status\":500}", listing);
  g_assert_true (ch_session_push (fixture->session, summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (summary->pending, >, 0);
  fixture_clear_faults (fixture);

  /* The policy has ended by then. */
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * 86400 * (gint64) G_USEC_PER_SEC);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

/* The answer to the creation was lost, the sub left the project before anybody could look, and it is back by now, with
 * another status: what Procore has is ours all the while. */
static void
test_lost_creation_then_withdrawn (Fixture      *fixture,
                                   gconstpointer user_data)
{
  static const char sync[] = "*/projects/*/insurances/sync";
  gint64 vendor_id = fixture->vendor_ids[0];
  gint64 project_id = fixture->project_ids[0];

  fixture_add_fault (fixture, "{\"method\":\"PATCH\",\"path\":\"%s\",\"kind\":\"lose_after\"}", sync);
  fixture_add_fault (fixture, "{\"method\":\"GET\",\"path\":\"*/projects/*/insurances\",\"kind\":\"status\",\"status\":500}");
  ch_round_summary_free (fixture_sync (fixture));
  _ch_remove_membership (fixture->sandbox, project_id, vendor_id);
  ch_round_summary_free (fixture_sync (fixture));
  _ch_add_membership (fixture->sandbox, project_id, vendor_id);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_clear_faults (fixture);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 7200 * (gint64) G_USEC_PER_SEC);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

static gboolean
is_done_with_compliance (const ChRequest *request,
                         gboolean         done,
                         gpointer         user_data)
{
  return done && g_str_equal (request->method, "PATCH") && g_str_has_suffix (request->url, "/compliance");
}

/* The answer to a contract's compliance was lost, and when it was to be looked at, the contract could not be seen for a
 * while; by then the desk has more to say. */
static void
test_lost_compliance_then_unseen (Fixture      *fixture,
                                  gconstpointer user_data)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (GError) error = NULL;

  ch_sandbox_transport_set_break (fixture->transport, is_done_with_compliance, NULL);
  summary = ch_session_run_round (fixture->session, NULL, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ch_sandbox_transport_set_break (fixture->transport, NULL, NULL);

  fixture_add_fault (fixture, "{\"method\":\"GET\",\"path\":\"*/compliance\",\"kind\":\"status\",\"status\":404}");
  ch_round_summary_free (fixture_sync (fixture));
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_clear_faults (fixture);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * 86400 * (gint64) G_USEC_PER_SEC);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

typedef struct {
  Fixture *fixture;
  guint    n_steps;
  guint    end_at;      /* 0: never */
  char    *image;       /* the folder as the crash left it */
} Crash;

static void
copy_tree (const char *from,
           const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_mkdir_with_parents (to, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_tree (source, target);
      else if (!g_str_has_suffix (name, "-shm") && g_file_get_contents (source, &content, &length, NULL))
        g_assert_true (g_file_set_contents (target, content, (gssize) length, NULL));
    }
}

static gboolean
count_step (const ChRequest *request,
            gboolean         done,
            gpointer         user_data)
{
  Crash *crash = user_data;

  if (++crash->n_steps != crash->end_at)
    return FALSE;
  /* What kill -9 leaves: the files as they are, with whatever the log holds. */
  copy_tree (crash->fixture->dir, crash->image);
  return TRUE;
}

static void
run_until_crash (Fixture *fixture,
                 Crash   *crash)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *image = g_strconcat (fixture->dir, ".image", NULL);

  crash->fixture = fixture;
  crash->image = image;
  ch_sandbox_transport_set_break (fixture->transport, count_step, crash);
  summary = ch_session_run_round (fixture->session, NULL, NULL, &error);
  ch_sandbox_transport_set_break (fixture->transport, NULL, NULL);
  if (crash->end_at == 0)
    {
      g_assert_no_error (error);
      return;
    }

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_close (fixture);
  g_free (fixture->dir);
  fixture->dir = g_strdup (image);
  fixture_open (fixture);
}

/* kill -9 before and after each request of a sync that has everything to do. */
static void
test_crash_at_every_request (void)
{
  guint n = 0;
  guint end_at;

  for (end_at = 0; end_at <= n; end_at += TEST_EACH_FAULT ? 1 : 1 + end_at / 8)
    {
      Fixture fixture = { NULL };
      Crash crash = { NULL, 0, end_at, NULL };
      g_autofree char *left = NULL;

      fixture_set_up (&fixture, NULL);
      left = g_strdup (fixture.dir);
      prepare (&fixture);
      run_until_crash (&fixture, &crash);
      if (end_at == 0)
        n = crash.n_steps;
      fixture_sync_to_rest (&fixture);
      fixture_check_rest (&fixture);
      fixture_tear_down (&fixture, NULL);
      if (end_at > 0)
        {
          g_autofree char *command = g_strdup_printf ("rm -rf '%s'", left);

          g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
        }
    }
  g_test_message ("%u ends", n);
  g_assert_cmpuint (n, >, 40);
}

/* One tool is refused: the others are served, the person is told, and it is not asked again and again. */
static void
test_forbidden_tool (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (JsonArray) overalls = NULL;
  g_autoptr (JsonArray) links = NULL;
  guint n;

  ch_round_summary_free (fixture_sync (fixture));
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_add_fault (fixture, "{\"method\":\"*\",\"path\":\"*/compliance\",\"kind\":\"status\",\"status\":403}");
  fixture_add_fault (fixture, "{\"method\":\"POST\",\"path\":\"*/uploads\",\"kind\":\"status\",\"status\":403}");
  n = fixture_count_requests (fixture, NULL, "*/uploads");
  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->problems->len, >=, 2);
  /* The certificate for each of the two projects, and each project's report. */
  g_assert_cmpuint (fixture_count_requests (fixture, NULL, "*/uploads") - n, <=, 4);
  g_assert_cmpuint (summary->parked, ==, 0);
  g_assert_cmpuint (summary->pending, >, 0);
  overalls = fixture_list_insurances (fixture, "overall", -1);
  g_assert_cmpuint (json_array_get_length (overalls), ==, N_VENDORS + 1);
  links = fixture_list (fixture, "links");
  g_assert_cmpuint (json_array_get_length (links), >=, 2);

  fixture_clear_faults (fixture);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 2 * 3600 * (gint64) G_USEC_PER_SEC);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

/* A row that failed while the clock was half a day ahead does not wait for that time. */
static void
test_clock_that_was_ahead_delays_no_row (Fixture      *fixture,
                                         gconstpointer user_data)
{
  const gint64 ahead = 12 * 3600 * (gint64) G_USEC_PER_SEC;
  g_autoptr (ChRoundSummary) failed = NULL;
  g_autoptr (ChRoundSummary) summary = NULL;

  ch_round_summary_free (fixture_sync (fixture));
  ch_session_set_patient (fixture->session, TRUE);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + ahead);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_add_fault (fixture, "{\"method\":\"PATCH\",\"path\":\"*/insurances/sync\",\"kind\":\"status\",\"status\":500}");
  failed = fixture_sync (fixture);
  g_assert_cmpuint (failed->pending, >, 0);
  fixture_clear_faults (fixture);

  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) - ahead);
  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->pending, ==, 0);
  fixture_check_rest (fixture);
}

static void
test_revoked_token_is_renewed (Fixture      *fixture,
                               gconstpointer user_data)
{
  prepare (fixture);
  fixture_add_fault (fixture, "{\"method\":\"PATCH\",\"path\":\"*/compliance\",\"kind\":\"revoke\",\"count\":1}");
  fixture_add_fault (fixture, "{\"method\":\"GET\",\"path\":\"*/insurances\",\"kind\":\"revoke\",\"count\":1}");
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

static void
test_refused_sign_in_ends_the_round (Fixture      *fixture,
                                     gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChRoundSummary) partial = NULL;
  guint n;

  prepare (fixture);
  fixture_add_fault (fixture, "{\"method\":\"PATCH\",\"path\":\"*/insurances/sync\",\"kind\":\"status\",\"status\":401}");
  n = fixture_count_writes (fixture);
  g_assert_null (ch_session_run_round (fixture->session, &partial, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_nonnull (partial);
  g_assert_cmpuint (partial->pending, >, 0);
  /* The token once more after a renewal, and no more. */
  g_assert_cmpuint (fixture_count_writes (fixture) - n, <=, 2);

  fixture_clear_faults (fixture);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

static void
test_malformed_answers_pass (Fixture      *fixture,
                             gconstpointer user_data)
{
  prepare (fixture);
  fixture_add_fault (fixture, "{\"method\":\"*\",\"path\":\"/rest/*\",\"kind\":\"malformed\",\"count\":2}");
  fixture_sync_to_rest (fixture);
  fixture_add_fault (fixture, "{\"method\":\"*\",\"path\":\"/rest/*/insurances*\",\"kind\":\"malformed\",\"count\":2}");
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

/* Always broken: the round ends or goes on, says so, and asks a bounded number of times. */
static void
test_malformed_for_good_is_bounded (Fixture      *fixture,
                                    gconstpointer user_data)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  guint n;

  prepare (fixture);
  fixture_add_fault (fixture, "{\"method\":\"*\",\"path\":\"/rest/*/insurances*\",\"kind\":\"malformed\"}");
  n = fixture_count_requests (fixture, NULL, NULL);
  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->problems->len, >, 0);
  g_assert_cmpuint (fixture_count_requests (fixture, NULL, NULL) - n, <, 150);

  fixture_clear_faults (fixture);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

int
main (int    argc,
      char **argv)
{
  guint i;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/faults/lost-answer/", writes[i].path, NULL);

      g_test_add (path, Fixture, &writes[i], fixture_set_up, test_lost_answer, fixture_tear_down);
    }
  for (i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strconcat ("/sync/faults/lost-creation-then-change/", writes[i].path, NULL);

      g_test_add (path, Fixture, &writes[i], fixture_set_up, test_lost_creation_then_change, fixture_tear_down);
    }
  g_test_add ("/sync/faults/lost-creation-then-withdrawn", Fixture, NULL, fixture_set_up, test_lost_creation_then_withdrawn,
              fixture_tear_down);
  g_test_add ("/sync/faults/lost-compliance-then-unseen", Fixture, NULL, fixture_set_up, test_lost_compliance_then_unseen,
              fixture_tear_down);
  g_test_add_func ("/sync/faults/crash-at-every-request", test_crash_at_every_request);
  g_test_add ("/sync/faults/forbidden-tool", Fixture, NULL, fixture_set_up, test_forbidden_tool, fixture_tear_down);
  g_test_add ("/sync/faults/clock-that-was-ahead-delays-no-row", Fixture, NULL, fixture_set_up,
              test_clock_that_was_ahead_delays_no_row, fixture_tear_down);
  g_test_add ("/sync/faults/revoked-token-is-renewed", Fixture, NULL, fixture_set_up, test_revoked_token_is_renewed,
              fixture_tear_down);
  g_test_add ("/sync/faults/refused-sign-in-ends-the-round", Fixture, NULL, fixture_set_up,
              test_refused_sign_in_ends_the_round, fixture_tear_down);
  g_test_add ("/sync/faults/malformed-answers-pass", Fixture, NULL, fixture_set_up, test_malformed_answers_pass,
              fixture_tear_down);
  g_test_add ("/sync/faults/malformed-for-good-is-bounded", Fixture, NULL, fixture_set_up,
              test_malformed_for_good_is_bounded, fixture_tear_down);

  return g_test_run ();
}
