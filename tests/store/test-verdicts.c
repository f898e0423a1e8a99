#include "config.h"

#include "store-fixture.h"

#define SECOND G_TIME_SPAN_SECOND

static ChStoredVerdict *
make_verdict (gint64      project_id,
              gint64      vendor_id,
              gint64      commitment_id,
              ChStatus    status,
              const char *changes_on)
{
  ChStoredVerdict *stored = ch_stored_verdict_new ();
  ChFinding *finding;

  stored->project_id = project_id;
  stored->vendor_id = vendor_id;
  stored->commitment_id = commitment_id;
  stored->status = status;
  stored->has_requirements = TRUE;
  stored->inputs = g_strdup ("{\"certificates\":[]}");
  stored->verdict->status = status;
  stored->verdict->changes_on = changes_on != NULL ? ch_date_from_iso (changes_on) : CH_DATE_NONE;
  if (status == CH_STATUS_NON_COMPLIANT)
    {
      g_ptr_array_add (stored->verdict->findings,
                       ch_finding_new ("general_liability.each_occurrence", "general_liability", CH_SEVERITY_FAIL,
                                       "1000000", "500000", "Each occurrence is too low."));
      g_ptr_array_add (stored->verdict->findings,
                       ch_finding_new ("certificate.holder", NULL, CH_SEVERITY_WARNING, NULL, NULL, "Holder differs."));
      ((ChFinding *) g_ptr_array_index (stored->verdict->findings, 1))->waived = TRUE;
      finding = g_ptr_array_index (stored->verdict->findings, 0);
      finding->subject = g_strdup ("GL-100");
      finding->layer = 2;
      finding->is_stage = TRUE;
      finding->place = ch_finding_place_new (0, "policies[0].limits.each_occurrence");
      finding->place->certificate_id = g_strdup ("c-1");
      finding->place->page = 3;
      finding->place->box[3] = 71.5;
    }

  return stored;
}

static gboolean
put (Fixture               *fixture,
     const ChStoredVerdict *stored)
{
  g_autoptr(GError) error = NULL;
  gboolean changed;

  fixture_begin (fixture);
  ch_store_put_verdict (fixture->store, stored, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  return changed;
}

static gboolean
put_status (Fixture    *fixture,
            gint64      project_id,
            gint64      vendor_id,
            gint64      commitment_id,
            ChStatus    status,
            const char *changes_on)
{
  g_autoptr(ChStoredVerdict) stored = make_verdict (project_id, vendor_id, commitment_id, status, changes_on);

  return put (fixture, stored);
}

static GPtrArray *
list (Fixture *fixture,
      gint64   project_id,
      gint64   vendor_id,
      gint64   commitment_id)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *found = ch_store_list_verdicts (fixture->store, project_id, vendor_id, commitment_id, &error);

  g_assert_no_error (error);

  return found;
}

static void
test_everything_comes_back (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autoptr(ChStoredVerdict) stored = make_verdict (PROJECT, SUB, 0, CH_STATUS_NON_COMPLIANT, "2026-12-02");
  g_autoptr(GPtrArray) found = NULL;
  const ChStoredVerdict *one;
  const ChFinding *finding;

  stored->status = CH_STATUS_PENDING;
  g_assert_true (put (fixture, stored));
  fixture_reopen (fixture);

  found = list (fixture, PROJECT, SUB, 0);
  g_assert_cmpuint (found->len, ==, 1);
  one = g_ptr_array_index (found, 0);
  g_assert_cmpint (one->project_id, ==, PROJECT);
  g_assert_cmpint (one->vendor_id, ==, SUB);
  g_assert_cmpint (one->commitment_id, ==, 0);
  g_assert_cmpint (one->status, ==, CH_STATUS_PENDING);
  g_assert_cmpint (one->verdict->status, ==, CH_STATUS_NON_COMPLIANT);
  g_assert_cmpint (one->verdict->changes_on, ==, ch_date_from_iso ("2026-12-02"));
  g_assert_true (one->has_requirements);
  g_assert_cmpstr (one->inputs, ==, stored->inputs);
  g_assert_cmpint (one->judged_at, ==, NOW);
  g_assert_cmpint (one->superseded_at, ==, 0);
  g_assert_cmpuint (one->verdict->findings->len, ==, 2);
  finding = g_ptr_array_index (one->verdict->findings, 0);
  g_assert_cmpstr (finding->rule, ==, "general_liability.each_occurrence");
  g_assert_cmpstr (finding->coverage, ==, "general_liability");
  g_assert_cmpint (finding->severity, ==, CH_SEVERITY_FAIL);
  g_assert_cmpstr (finding->expected, ==, "1000000");
  g_assert_cmpstr (finding->found, ==, "500000");
  g_assert_cmpstr (finding->text, ==, "Each occurrence is too low.");
  g_assert_false (finding->waived);
  g_assert_cmpstr (finding->subject, ==, "GL-100");
  g_assert_cmpint (finding->layer, ==, 2);
  g_assert_true (finding->is_stage);
  g_assert_cmpstr (finding->place->certificate_id, ==, "c-1");
  g_assert_cmpstr (finding->place->path, ==, "policies[0].limits.each_occurrence");
  g_assert_cmpint (finding->place->page, ==, 3);
  g_assert_cmpfloat (finding->place->box[3], ==, 71.5);
  finding = g_ptr_array_index (one->verdict->findings, 1);
  g_assert_null (finding->coverage);
  g_assert_cmpint (finding->severity, ==, CH_SEVERITY_WARNING);
  g_assert_true (finding->waived);
  g_assert_cmpint (finding->layer, ==, -1);
  g_assert_null (finding->place);
}

static void
test_the_same_again_writes_nothing (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(ChStoredVerdict) stored = make_verdict (PROJECT, SUB, 0, CH_STATUS_NON_COMPLIANT, NULL);
  ChFinding *finding = g_ptr_array_index (stored->verdict->findings, 0);

  g_assert_true (put (fixture, stored));
  fixture->now += SECOND;
  g_assert_false (put (fixture, stored));
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM verdict"), ==, 1);

  /* Each thing that it says makes a difference. */
  finding->waived = TRUE;
  g_assert_true (put (fixture, stored));
  g_free (finding->found);
  finding->found = NULL;
  g_assert_true (put (fixture, stored));
  finding->place->page = 4;
  g_assert_true (put (fixture, stored));
  finding->layer = 0;
  g_assert_true (put (fixture, stored));
  g_free (stored->inputs);
  stored->inputs = g_strdup ("{}");
  g_assert_true (put (fixture, stored));
  stored->status = CH_STATUS_PENDING;
  g_assert_true (put (fixture, stored));
  stored->verdict->judge_again_on = 19000;
  g_assert_false (put (fixture, stored));
  g_assert_cmpint (fixture_read_number (fixture, "SELECT judge_again_on FROM verdict WHERE superseded_at IS NULL"), ==,
                   19000);
  stored->verdict->changes_on = 20000;
  g_assert_true (put (fixture, stored));
  stored->has_requirements = FALSE;
  g_assert_true (put (fixture, stored));
  g_assert_false (put (fixture, stored));
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM verdict WHERE superseded_at IS NULL"), ==, 1);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM verdict"), ==, 9);
  fixture_verify (fixture);
}

static void
assert_status_at (Fixture *fixture,
                  gint64   at,
                  int      expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = ch_store_list_verdicts_at (fixture->store, PROJECT, SUB, at, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, expected < 0 ? 0 : 1);
  if (expected >= 0)
    g_assert_cmpint (((ChStoredVerdict *) g_ptr_array_index (found, 0))->status, ==, expected);
}

static void
end_verdict (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  ch_store_end_verdict (fixture->store, PROJECT, SUB, 0, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static void
test_history_answers_for_any_moment (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_MISSING, NULL);
  fixture->now = NOW + 10 * SECOND;
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_NON_COMPLIANT, NULL);
  put_status (fixture, PROJECT, SUB_2, 0, CH_STATUS_COMPLIANT, NULL);
  fixture->now = NOW + 20 * SECOND;
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_COMPLIANT, NULL);
  fixture->now = NOW + 30 * SECOND;
  end_verdict (fixture);
  end_verdict (fixture);
  fixture->now = NOW + 40 * SECOND;
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_EXPIRED, NULL);

  assert_status_at (fixture, NOW - 1, -1);
  assert_status_at (fixture, NOW, CH_STATUS_MISSING);
  assert_status_at (fixture, NOW + 10 * SECOND - 1, CH_STATUS_MISSING);
  assert_status_at (fixture, NOW + 10 * SECOND, CH_STATUS_NON_COMPLIANT);
  assert_status_at (fixture, NOW + 25 * SECOND, CH_STATUS_COMPLIANT);
  assert_status_at (fixture, NOW + 30 * SECOND, -1);
  assert_status_at (fixture, NOW + 99 * SECOND, CH_STATUS_EXPIRED);
  all = ch_store_list_verdicts_at (fixture->store, 0, 0, NOW + 15 * SECOND, &error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (((ChStoredVerdict *) g_ptr_array_index (all, 0))->verdict->findings->len, ==, 2);
  fixture_verify (fixture);
}

/* A clock that was set back leaves no moment with two answers. */
static void
test_clock_that_goes_back (Fixture       *fixture,
                           gconstpointer  user_data)
{
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_MISSING, NULL);
  fixture->now = NOW - 3600 * SECOND;
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_COMPLIANT, NULL);
  assert_status_at (fixture, NOW - 1, -1);
  assert_status_at (fixture, NOW, CH_STATUS_COMPLIANT);
  fixture_verify (fixture);
}

/* Nor does one that was set back between the end of a verdict and the beginning of the next. */
static void
test_clock_that_goes_back_where_none_stands (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_MISSING, NULL);
  fixture->now = NOW + 60 * SECOND;
  end_verdict (fixture);
  fixture->now = NOW - 3600 * SECOND;
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_COMPLIANT, NULL);
  assert_status_at (fixture, NOW, CH_STATUS_MISSING);
  assert_status_at (fixture, NOW + 60 * SECOND, CH_STATUS_COMPLIANT);
  fixture_verify (fixture);
}

static void
test_lists_by_place (Fixture       *fixture,
                     gconstpointer  user_data)
{
  static const struct { gint64 project, vendor, commitment; guint n; } cases[] = {
    { 0, 0, -1, 4 }, { 0, 0, 0, 3 }, { PROJECT, 0, -1, 3 }, { PROJECT, SUB, -1, 2 }, { PROJECT, SUB, COMMITMENT, 1 },
    { 0, SUB, 0, 2 }, { PROJECT_2, SUB_2, -1, 0 }, { 0, 0, COMMITMENT, 1 },
  };

  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_COMPLIANT, NULL);
  put_status (fixture, PROJECT, SUB, COMMITMENT, CH_STATUS_NON_COMPLIANT, NULL);
  put_status (fixture, PROJECT, SUB_2, 0, CH_STATUS_MISSING, NULL);
  put_status (fixture, PROJECT_2, SUB, 0, CH_STATUS_NON_COMPLIANT, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = list (fixture, cases[i].project, cases[i].vendor, cases[i].commitment);

      g_assert_cmpuint (found->len, ==, cases[i].n);
    }
}

static void
test_counts_by_status (Fixture       *fixture,
                       gconstpointer  user_data)
{
  guint counts[CH_N_STATUSES];
  g_autoptr(GError) error = NULL;

  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_COMPLIANT, NULL);
  put_status (fixture, PROJECT, SUB, COMMITMENT, CH_STATUS_MISSING, NULL);
  put_status (fixture, PROJECT, SUB_2, 0, CH_STATUS_MISSING, NULL);
  put_status (fixture, PROJECT_2, SUB, 0, CH_STATUS_MISSING, NULL);
  put_status (fixture, PROJECT_2, SUB, 0, CH_STATUS_EXPIRED, NULL);

  g_assert_true (ch_store_count_statuses (fixture->store, 0, counts, &error));
  g_assert_cmpuint (counts[CH_STATUS_COMPLIANT], ==, 1);
  g_assert_cmpuint (counts[CH_STATUS_MISSING], ==, 1);
  g_assert_cmpuint (counts[CH_STATUS_EXPIRED], ==, 1);
  g_assert_true (ch_store_count_statuses (fixture->store, PROJECT, counts, &error));
  g_assert_cmpuint (counts[CH_STATUS_MISSING], ==, 1);
  g_assert_cmpuint (counts[CH_STATUS_EXPIRED], ==, 0);
}

static void
put_zone (Fixture    *fixture,
          gint64      id,
          const char *zone,
          gboolean    active)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(GError) error = NULL;

  project->id = id;
  project->name = g_strdup ("P");
  project->active = active;
  project->tz_name = g_strdup (zone);
  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static void
end_status (Fixture *fixture,
            gint64   project_id,
            gint64   vendor_id)
{
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  ch_store_end_verdict (fixture->store, project_id, vendor_id, 0, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static char *
list_lapses (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) lapses = ch_store_list_lapses (fixture->store, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < lapses->len; i++)
    {
      const ChLapse *lapse = g_ptr_array_index (lapses, i);
      g_autofree char *day = ch_date_to_iso (lapse->day);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", lapse->tz_name, day);
    }

  return g_string_free (text, FALSE);
}

#define assert_lapses(fixture, expected) G_STMT_START { \
    g_autofree char *lapses_ = list_lapses (fixture); \
    g_assert_cmpstr (lapses_, ==, expected); \
  } G_STMT_END

static void
test_lapses_by_zone (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(GPtrArray) lapsed = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;

  put_zone (fixture, 1, "America/Denver", TRUE);
  put_zone (fixture, 2, "America/Denver", TRUE);
  put_zone (fixture, 3, "", TRUE);
  put_zone (fixture, 4, NULL, FALSE);
  assert_lapses (fixture, "");
  put_status (fixture, 1, SUB, 0, CH_STATUS_COMPLIANT, "2026-12-05");
  put_status (fixture, 2, SUB, 0, CH_STATUS_COMPLIANT, "2026-12-02");
  put_status (fixture, 3, SUB, 0, CH_STATUS_COMPLIANT, "2026-12-01");
  put_status (fixture, 3, SUB_2, 0, CH_STATUS_MISSING, NULL);
  assert_lapses (fixture, "UTC 2026-12-01, America/Denver 2026-12-02");
  /* A project that was closed out is still watched as long as it has a verdict. */
  put_status (fixture, 4, SUB, 0, CH_STATUS_COMPLIANT, "2026-11-24");
  assert_lapses (fixture, "UTC 2026-11-24, America/Denver 2026-12-02");
  end_status (fixture, 4, SUB);
  assert_lapses (fixture, "UTC 2026-12-01, America/Denver 2026-12-02");

  fixture_begin (fixture);
  ch_store_set_state (fixture->store, "company_tz", "America/New_York", &error);
  fixture_commit (fixture);
  assert_lapses (fixture, "America/New_York 2026-12-01, America/Denver 2026-12-02");
  put_status (fixture, 3, SUB, 0, CH_STATUS_COMPLIANT, "2027-01-01");
  assert_lapses (fixture, "America/Denver 2026-12-02, America/New_York 2027-01-01");

  lapsed = ch_store_list_lapsed (fixture->store, "America/Denver", ch_date_from_iso ("2026-12-05"), &error);
  g_assert_cmpuint (lapsed->len, ==, 2);
  g_assert_cmpint (((ChStoredVerdict *) g_ptr_array_index (lapsed, 0))->project_id, ==, 2);
  none = ch_store_list_lapsed (fixture->store, "America/Denver", ch_date_from_iso ("2026-12-01"), &error);
  g_assert_cmpuint (none->len, ==, 0);
  end_status (fixture, 2, SUB);
  assert_lapses (fixture, "America/Denver 2026-12-05, America/New_York 2027-01-01");
}

static void
test_standings_are_the_subs_own_current_verdicts (Fixture       *fixture,
                                                  gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) standings = NULL;
  const ChStanding *one;

  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_NON_COMPLIANT, NULL);
  put_status (fixture, PROJECT, SUB, 0, CH_STATUS_EXPIRING, "2026-12-02");
  put_status (fixture, PROJECT, SUB, COMMITMENT, CH_STATUS_EXPIRED, NULL);

  standings = ch_store_list_standings (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (standings->len, ==, 1);
  one = &g_array_index (standings, ChStanding, 0);
  g_assert_cmpint (one->project_id, ==, PROJECT);
  g_assert_cmpint (one->vendor_id, ==, SUB);
  g_assert_cmpint (one->status, ==, CH_STATUS_EXPIRING);
  g_assert_cmpint (one->changes_on, ==, ch_date_from_iso ("2026-12-02"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/verdicts/everything-comes-back", fixture_set_up_desk, test_everything_comes_back);
  FIXTURE_TEST ("/store/verdicts/the-same-again-writes-nothing", fixture_set_up_desk,
                test_the_same_again_writes_nothing);
  FIXTURE_TEST ("/store/verdicts/history-answers-for-any-moment", fixture_set_up_desk,
                test_history_answers_for_any_moment);
  FIXTURE_TEST ("/store/verdicts/clock-that-goes-back", fixture_set_up_desk, test_clock_that_goes_back);
  FIXTURE_TEST ("/store/verdicts/clock-that-goes-back-where-none-stands", fixture_set_up_desk,
                test_clock_that_goes_back_where_none_stands);
  FIXTURE_TEST ("/store/verdicts/lists-by-place", fixture_set_up_desk, test_lists_by_place);
  FIXTURE_TEST ("/store/verdicts/counts-by-status", fixture_set_up_desk, test_counts_by_status);
  FIXTURE_TEST ("/store/verdicts/standings-are-the-subs-own-current-verdicts", fixture_set_up_desk,
                test_standings_are_the_subs_own_current_verdicts);
  FIXTURE_TEST ("/store/verdicts/lapses-by-zone", fixture_set_up_desk, test_lapses_by_zone);

  return g_test_run ();
}
