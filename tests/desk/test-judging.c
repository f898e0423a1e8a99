#include "config.h"

#include "ch-desk-effective.h"
#include "ch-interchange.h"
#include "desk-fixture.h"

static ChStatus
get_status (Fixture *fixture,
            gint64   project_id,
            gint64   commitment_id)
{
  g_autoptr(ChStoredVerdict) verdict = fixture_get_verdict (fixture, project_id, SUB, commitment_id);

  g_assert_nonnull (verdict);

  return verdict->status;
}

static ChCertificate *
make_good (void)
{
  return make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01", "2027-01-01", 1000000);
}

static void
test_nothing_required (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr(ChStoredVerdict) verdict = NULL;

  fixture_judge (fixture);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_NOT_REQUIRED);
  g_assert_false (verdict->has_requirements);
  g_assert_cmpuint (fixture_count_events (fixture, "verdict.changed"), ==, 0);
}

static void
test_missing_then_compliant (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_MISSING);
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_COMPLIANT);
  g_assert_cmpint (get_status (fixture, PROJECT_2, 0), ==, CH_STATUS_COMPLIANT);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.added"), ==, 1);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.approved"), ==, 1);
}

static void
test_pending_keeps_the_decision (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChCertificate) renewal = make_certificate ("Keystone Electric LLC", "2026-11-20", "GL-101", "2027-01-01",
                                                       "2028-01-01", 1000000);
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(ChSharedRecord) overall = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  fixture_file (fixture, renewal, SUB, FALSE);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_PENDING);
  g_assert_cmpint (verdict->verdict->status, ==, CH_STATUS_COMPLIANT);
  overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_cmpstr (ch_field_set_get (overall->local, "status"), ==, "compliant_in_progress");
}

static void
test_pending_needs_a_requirement (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();

  fixture_file (fixture, certificate, SUB, FALSE);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_NOT_REQUIRED);
}

static void
test_commitment_makes_it_worse (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChSharedRecord) compliance = NULL;

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  fixture_require (fixture, CH_SCOPE_COMMITMENT, 5000000);

  g_assert_cmpint (get_status (fixture, PROJECT, COMMITMENT), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_cmpint (get_status (fixture, PROJECT_2, 0), ==, CH_STATUS_COMPLIANT);
  compliance = fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, PROJECT, SUB);
  g_assert_cmpstr (ch_field_set_get (compliance->local, "insurance_status"), ==, "not_compliant");

  fixture_put_commitment (fixture, COMMITMENT, "Void");
  fixture_judge (fixture);
  g_assert_null (fixture_get_verdict (fixture, PROJECT, SUB, COMMITMENT));
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_COMPLIANT);
}

static void
test_inactive_project_ends (Fixture       *fixture,
                            gconstpointer  user_data)
{
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_put_project (fixture, PROJECT_2, "Harbor School", FALSE);
  g_assert_cmpuint (fixture_judge (fixture), ==, 1);
  g_assert_null (fixture_get_verdict (fixture, PROJECT_2, SUB, 0));
  g_assert_cmpuint (fixture_count_events (fixture, "verdict.ended"), ==, 1);
}

static void
assign_body (Fixture    *fixture,
             ChScope     scope,
             const char *body)
{
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChRequirementAssignment) place = NULL;
  g_autoptr(GError) error = NULL;

  set = ch_desk_import_requirements (fixture->desk, body, &error);
  g_assert_no_error (error);
  place = ch_requirement_assignment_new (scope, NULL, scope == CH_SCOPE_PROJECT ? PROJECT : 0, 0,
                                         scope == CH_SCOPE_COMMITMENT ? COMMITMENT : 0);
  ch_desk_assign_requirements (fixture->desk, set->id, place, &error);
  g_assert_no_error (error);
}

/* What is asked after construction goes on when a project goes inactive, and lapses like anything else; what was asked
 * of the work ends. Nothing more is written to the closed project. */
static void
test_closed_project_stays_watched (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChSharedRecord) before = NULL;
  g_autoptr(ChSharedRecord) after = NULL;
  g_autoptr(GArray) standings = NULL;
  g_autoptr(GError) error = NULL;

  assign_body (fixture, CH_SCOPE_COMPANY,
               "{\"schema\":1,\"name\":\"All\",\"coverages\":{\"general_liability\":{},\"automobile_liability\":{}},"
               "\"stages\":{\"post_construction\":{\"coverages\":{\"general_liability\":{}}}}}");
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpint (get_status (fixture, PROJECT_2, 0), ==, CH_STATUS_NON_COMPLIANT);
  fixture_put_project (fixture, PROJECT_2, "Harbor School", FALSE);
  fixture_judge (fixture);
  g_assert_cmpint (get_status (fixture, PROJECT_2, 0), ==, CH_STATUS_COMPLIANT);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_NON_COMPLIANT);

  standings = ch_store_list_standings (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (standings->len, ==, 1);

  before = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT_2, SUB);
  test_clock_set (fixture->clock, "2027-01-01T05:01:00Z");
  ch_desk_judge_lapsed (fixture->desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_status (fixture, PROJECT_2, 0), ==, CH_STATUS_EXPIRED);
  after = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT_2, SUB);
  g_assert_true (after->withdrawn);
  g_assert_cmpstr (ch_field_set_get (after->local, "status"), ==, ch_field_set_get (before->local, "status"));
}

static void
assert_origin (JsonObject *origins,
               const char *path,
               const char *name,
               const char *scope)
{
  JsonObject *origin = json_object_get_object_member (origins, path);

  g_assert_nonnull (origin);
  g_assert_cmpstr (json_object_get_string_member (origin, "name"), ==, name);
  g_assert_cmpstr (json_object_get_string_member (origin, "scope"), ==, scope);
}

static void
test_effective_requirements (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(ChEffectiveRequirements) nothing = NULL;
  g_autoptr(ChEffectiveRequirements) pair = NULL;
  g_autoptr(ChEffectiveRequirements) commitment = NULL;
  g_autoptr(JsonNode) origins = NULL;
  g_autoptr(GError) error = NULL;

  nothing = ch_desk_get_effective_requirements (fixture->desk, PROJECT, SUB, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nothing->sources->len, ==, 0);
  g_assert_cmpuint (nothing->set->coverages->len, ==, 0);

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  assign_body (fixture, CH_SCOPE_COMPANY,
               "{\"schema\":1,\"name\":\"All\",\"warning_days\":30,\"coverages\":{\"general_liability\":"
               "{\"basis\":\"occurrence\",\"minimum\":{\"each_occurrence\":1}}}}");
  assign_body (fixture, CH_SCOPE_PROJECT,
               "{\"schema\":1,\"name\":\"Tower\",\"coverages\":{\"general_liability\":{\"minimum\":{\"each_occurrence\":2}}}}");
  assign_body (fixture, CH_SCOPE_COMMITMENT, "{\"schema\":1,\"name\":\"Sc 1\",\"warning_days\":10}");

  pair = ch_desk_get_effective_requirements (fixture->desk, PROJECT, SUB, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pair->sources->len, ==, 2);
  g_assert_cmpint (pair->set->warning_days, ==, 30);
  commitment = ch_desk_get_commitment_requirements (fixture->desk, COMMITMENT, &error);
  g_assert_no_error (error);
  g_assert_cmpint (commitment->project_id, ==, PROJECT);
  g_assert_cmpint (commitment->vendor_id, ==, SUB);
  g_assert_cmpint (commitment->set->warning_days, ==, 10);
  origins = ch_requirement_set_origins_to_json (commitment->set, commitment->sources);
  assert_origin (json_node_get_object (origins), "warning_days", "Sc 1", "commitment");
  assert_origin (json_node_get_object (origins), "coverages.general_liability", "All", "company");
  assert_origin (json_node_get_object (origins), "coverages.general_liability.basis", "All", "company");
  assert_origin (json_node_get_object (origins), "coverages.general_liability.minimum", "Tower", "project");
  g_assert_cmpuint (json_object_get_size (json_node_get_object (origins)), ==, 4);

  g_assert_null (ch_desk_get_effective_requirements (fixture->desk, 999, SUB, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND);
}

/* What comes for one sub leaves the others' verdicts, and what was said of them, as they are. */
static void
test_one_sub_leaves_the_others (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChStoredVerdict) before = NULL;
  g_autoptr(ChStoredVerdict) after = NULL;
  guint n_events;

  fixture_put_vendor (fixture, SUB_2, "Northline Roofing, Inc.");
  fixture_put_on (fixture, SUB_2, PROJECT, PROJECT_2);
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_judge (fixture);
  fixture_confirm_all (fixture);
  before = fixture_get_verdict (fixture, PROJECT, SUB_2, 0);
  n_events = fixture_count_events (fixture, "verdict.changed");

  fixture_file (fixture, certificate, SUB, TRUE);
  after = fixture_get_verdict (fixture, PROJECT, SUB_2, 0);
  g_assert_cmpint (after->id, ==, before->id);
  g_assert_cmpint (after->judged_at, ==, before->judged_at);
  g_assert_cmpuint (fixture_count_events (fixture, "verdict.changed"), ==, n_events + 2);
  g_assert_cmpuint (fixture_count_outbox (fixture), >, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(ChSharedRecord) overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, i == 0 ? PROJECT : PROJECT_2, SUB_2);

      g_assert_true (ch_field_set_equal (overall->local, overall->base));
    }
}

static void
test_certificate_for_one_project (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GArray) only = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  gint64 project = PROJECT;
  gint64 id;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  id = fixture_file (fixture, certificate, SUB, TRUE);
  g_array_append_val (only, project);
  ch_desk_assign_certificate (fixture->desk, id, SUB, only, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_COMPLIANT);
  g_assert_cmpint (get_status (fixture, PROJECT_2, 0), ==, CH_STATUS_MISSING);
}

/* New York: the policy ends on 2027-01-01 at 12:01 AM there, which is 05:01 in UTC. */
static void
test_lapses_at_a_minute_past_midnight (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSharedRecord) policy = NULL;
  g_autoptr(GDateTime) expected = g_date_time_new_from_iso8601 ("2026-12-02T05:01:00Z", NULL);
  guint n;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpint (ch_desk_get_next_lapse (fixture->desk, &error), ==,
                   g_date_time_to_unix (expected) * G_USEC_PER_SEC);
  g_assert_no_error (error);

  test_clock_set (fixture->clock, "2026-12-02T05:00:59Z");
  ch_desk_judge_lapsed (fixture->desk, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  test_clock_set (fixture->clock, "2026-12-02T05:01:00Z");
  ch_desk_judge_lapsed (fixture->desk, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_EXPIRING);

  test_clock_set (fixture->clock, "2027-01-01T05:01:00Z");
  ch_desk_judge_lapsed (fixture->desk, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_EXPIRED);
  policy = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, SUB);
  g_assert_cmpstr (ch_field_set_get (policy->local, "status"), ==, "expired");
  g_assert_cmpint (ch_desk_get_next_lapse (fixture->desk, &error), ==, 0);
  g_assert_no_error (error);
}

/* 2027-03-14 is the day on which New York's clocks go forward; the 15th begins at 04:00 in UTC, an hour earlier. */
static void
test_lapses_on_the_clock_change (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-03-15", 1000000);
  g_autoptr(GDateTime) expected = g_date_time_new_from_iso8601 ("2027-03-15T04:01:00Z", NULL);
  g_autoptr(GError) error = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  test_clock_set (fixture->clock, "2027-03-13T14:00:00Z");
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpint (ch_desk_get_next_lapse (fixture->desk, &error), ==,
                   g_date_time_to_unix (expected) * G_USEC_PER_SEC);
  g_assert_no_error (error);
}

/* Somebody set the clock a year ahead, and back. */
static void
test_clock_that_ran_ahead (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChSharedRecord) policy = NULL;
  g_autoptr(GError) error = NULL;
  gint64 next;
  guint n;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  next = ch_desk_get_next_lapse (fixture->desk, &error);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_COMPLIANT);
  g_assert_true (ch_desk_judge_after_set_clock (fixture->desk, &n, &error));
  g_assert_cmpuint (n, ==, 0);

  test_clock_set (fixture->clock, "2027-11-01T12:00:00Z");
  ch_desk_judge_lapsed (fixture->desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_EXPIRED);

  test_clock_set (fixture->clock, "2026-11-01T12:00:00Z");
  g_assert_true (ch_desk_judge_after_set_clock (fixture->desk, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpint (get_status (fixture, PROJECT, 0), ==, CH_STATUS_COMPLIANT);
  policy = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, SUB);
  g_assert_cmpstr (ch_field_set_get (policy->local, "status"), ==, "compliant");
  g_assert_cmpint (ch_desk_get_next_lapse (fixture->desk, &error), ==, next);
  g_assert_no_error (error);
}

/* A policy of a sub of whom nothing is asked ends too. */
static void
test_policy_ends_without_requirements (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChSharedRecord) policy = NULL;
  g_autoptr(GError) error = NULL;

  fixture_file (fixture, certificate, SUB, TRUE);
  test_clock_set (fixture->clock, "2027-01-01T05:01:00Z");
  ch_desk_judge_lapsed (fixture->desk, NULL, &error);
  g_assert_no_error (error);
  policy = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, SUB);
  g_assert_cmpstr (ch_field_set_get (policy->local, "status"), ==, "expired");
}

/* A desk keeps the projects from one act to the next; it must not judge by what they were. */
static void
test_projects_that_changed_elsewhere (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(ChStoredVerdict) before = NULL;
  g_autoptr(ChStoredVerdict) after = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) other = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  before = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_nonnull (before);

  other = ch_store_open (fixture->dir, NULL, &error);
  g_assert_no_error (error);
  project->id = PROJECT;
  project->name = g_strdup ("Riverside Tower");
  project->active = FALSE;
  ch_store_begin (other, "sync", ch_clock_now (CH_CLOCK (fixture->clock)), &error);
  ch_store_put_project (other, project, NULL, &error);
  ch_store_commit (other, &error);
  g_assert_no_error (error);
  ch_store_close (other);

  fixture_judge (fixture);
  after = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_null (after);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/judging/projects-that-changed-elsewhere", test_projects_that_changed_elsewhere);
  ADD ("/desk/judging/nothing-required", test_nothing_required);
  ADD ("/desk/judging/missing-then-compliant", test_missing_then_compliant);
  ADD ("/desk/judging/pending-keeps-the-decision", test_pending_keeps_the_decision);
  ADD ("/desk/judging/pending-needs-a-requirement", test_pending_needs_a_requirement);
  ADD ("/desk/judging/commitment-makes-it-worse", test_commitment_makes_it_worse);
  ADD ("/desk/judging/inactive-project-ends", test_inactive_project_ends);
  ADD ("/desk/judging/closed-project-stays-watched", test_closed_project_stays_watched);
  ADD ("/desk/judging/effective-requirements", test_effective_requirements);
  ADD ("/desk/judging/one-sub-leaves-the-others", test_one_sub_leaves_the_others);
  ADD ("/desk/judging/certificate-for-one-project", test_certificate_for_one_project);
  ADD ("/desk/lapse/minute-past-midnight", test_lapses_at_a_minute_past_midnight);
  ADD ("/desk/lapse/clock-change", test_lapses_on_the_clock_change);
  ADD ("/desk/lapse/clock-that-ran-ahead", test_clock_that_ran_ahead);
  ADD ("/desk/lapse/policy-without-requirements", test_policy_ends_without_requirements);

  return g_test_run ();
}
