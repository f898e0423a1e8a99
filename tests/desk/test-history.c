#include "config.h"

#include "ch-desk-exceptions.h"
#include "ch-desk-history.h"
#include "ch-interchange.h"
#include "desk-fixture.h"

static gint64
get_instant (const char *iso)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (iso, utc);

  g_assert_nonnull (time);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static ChStoredVerdict *
look (Fixture    *fixture,
      const char *at)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) verdicts = ch_desk_list_verdicts_at (fixture->desk, PROJECT, SUB, get_instant (at), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (verdicts->len, <=, 1);
  if (verdicts->len == 0)
    return NULL;
  g_ptr_array_set_free_func (verdicts, NULL);

  return g_ptr_array_index (verdicts, 0);
}

static void
assert_status_at (Fixture    *fixture,
                  const char *at,
                  ChStatus    status)
{
  g_autoptr(ChStoredVerdict) verdict = look (fixture, at);

  g_assert_nonnull (verdict);
  g_assert_cmpstr (ch_status_to_string (verdict->status), ==, ch_status_to_string (status));
  g_assert_cmpint (verdict->verdict->status, ==, verdict->status);
}

static void
be_good_for_a_year (Fixture *fixture)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-01-01", 1000000);

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
}

/* Nobody judged after the 23rd of November, but time went on: warned of from 2 December, ended on 1 January. */
static void
test_time_goes_on_while_nobody_looks (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(ChStoredVerdict) late = NULL;

  be_good_for_a_year (fixture);
  g_assert_null (look (fixture, "2026-11-23T13:59:59Z"));
  assert_status_at (fixture, "2026-11-23T14:00:00Z", CH_STATUS_COMPLIANT);
  assert_status_at (fixture, "2026-12-02T05:00:59Z", CH_STATUS_COMPLIANT);
  assert_status_at (fixture, "2026-12-02T05:01:00Z", CH_STATUS_EXPIRING);
  assert_status_at (fixture, "2027-01-01T05:00:59Z", CH_STATUS_EXPIRING);
  assert_status_at (fixture, "2027-01-01T05:01:00Z", CH_STATUS_EXPIRED);
  late = look (fixture, "2027-03-03T12:00:00Z");
  g_assert_cmpint (late->status, ==, CH_STATUS_EXPIRED);
  g_assert_cmpint (late->judged_at, ==, get_instant ("2027-01-01T05:01:00Z"));
  g_assert_cmpuint (late->verdict->findings->len, ==, 1);
}

/* What is learnt later changes nothing of what was known then. */
static void
test_later_facts_change_no_earlier_answer (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr(ChCertificate) renewal = make_certificate ("Keystone Electric LLC", "2027-02-01", "GL-101", "2027-01-01",
                                                       "2028-01-01", 1000000);
  g_autoptr(GError) error = NULL;

  be_good_for_a_year (fixture);
  test_clock_set (fixture->clock, "2027-02-02T14:00:00Z");
  ch_desk_judge_lapsed (fixture->desk, NULL, &error);
  g_assert_no_error (error);
  test_clock_set (fixture->clock, "2027-02-03T14:00:00Z");
  fixture_file (fixture, renewal, SUB, TRUE);
  fixture_require (fixture, CH_SCOPE_PROJECT, 2000000);

  assert_status_at (fixture, "2026-11-30T12:00:00Z", CH_STATUS_COMPLIANT);
  assert_status_at (fixture, "2026-12-15T12:00:00Z", CH_STATUS_EXPIRING);
  assert_status_at (fixture, "2027-01-15T12:00:00Z", CH_STATUS_EXPIRED);
  assert_status_at (fixture, "2027-02-03T13:59:59Z", CH_STATUS_EXPIRED);
  assert_status_at (fixture, "2027-02-03T14:00:00Z", CH_STATUS_NON_COMPLIANT);
}

static void
test_waiver_in_the_past (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr(ChWaiver) exempt = ch_waiver_new (NULL, ch_date_from_iso ("2026-12-10"), "owner's programme");
  g_autoptr(GError) error = NULL;
  g_autofree char *uuid = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  test_clock_set (fixture->clock, "2026-11-24T14:00:00Z");
  g_assert_true (ch_desk_give_waiver (fixture->desk, SUB, 0, exempt, &uuid, &error));
  test_clock_set (fixture->clock, "2026-12-20T14:00:00Z");
  ch_desk_judge_lapsed (fixture->desk, NULL, &error);
  g_assert_no_error (error);

  assert_status_at (fixture, "2026-11-23T20:00:00Z", CH_STATUS_MISSING);
  assert_status_at (fixture, "2026-11-25T12:00:00Z", CH_STATUS_EXEMPT);
  assert_status_at (fixture, "2026-12-11T05:00:59Z", CH_STATUS_EXEMPT);
  assert_status_at (fixture, "2026-12-11T05:01:00Z", CH_STATUS_MISSING);
}

/* The sub's verdict is the worst of its own and its commitments', then as now. */
static void
test_commitments_in_the_past (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-01-01", 1000000);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) verdicts = NULL;

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_require (fixture, CH_SCOPE_COMMITMENT, 5000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  verdicts = ch_desk_list_verdicts_at (fixture->desk, PROJECT, SUB, get_instant ("2026-12-15T12:00:00Z"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdicts->len, ==, 2);
  g_assert_cmpint (((ChStoredVerdict *)g_ptr_array_index (verdicts, 0))->commitment_id, ==, 0);
  g_assert_cmpint (((ChStoredVerdict *)g_ptr_array_index (verdicts, 0))->status, ==, CH_STATUS_NON_COMPLIANT);
  g_assert_cmpint (((ChStoredVerdict *)g_ptr_array_index (verdicts, 1))->status, ==, CH_STATUS_NON_COMPLIANT);
  g_clear_pointer (&verdicts, g_ptr_array_unref);
  verdicts = ch_desk_list_verdicts_at (fixture->desk, PROJECT_2, SUB, get_instant ("2026-12-15T12:00:00Z"), &error);
  g_assert_cmpint (((ChStoredVerdict *)g_ptr_array_index (verdicts, 0))->status, ==, CH_STATUS_EXPIRING);
}

static void
test_sources_are_told (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-01-01", 1000000);
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(GError) error = NULL;
  const ChRequirementSource *source;
  const ChFinding *finding;

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_require (fixture, CH_SCOPE_COMMITMENT, 5000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  sources = ch_desk_list_sources (fixture->desk, verdict, &error);
  g_assert_no_error (error);

  /* The sub's own stack, then the commitment's. */
  g_assert_cmpuint (sources->len, ==, 3);
  finding = g_ptr_array_index (verdict->verdict->findings, 0);
  g_assert_cmpint (finding->layer, ==, 2);
  source = g_ptr_array_index (sources, 2);
  g_assert_cmpstr (source->name, ==, "GL 5000000");
  g_assert_cmpstr (source->scope, ==, "commitment");
  g_assert_cmpint (source->version, ==, 1);
  g_assert_cmpstr (((ChRequirementSource *)g_ptr_array_index (sources, 0))->scope, ==, "company");
  g_assert_true (g_uuid_string_is_valid (finding->place->certificate_id));
  g_assert_cmpstr (finding->place->path, ==, "policies[0].limits.each_occurrence");
}

/* One sub's certificate touches that sub's verdicts and no other's. */
static void
test_only_that_sub_is_touched (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) others = NULL;
  g_autoptr(GPtrArray) others_after = NULL;
  g_autoptr(GPtrArray) history = NULL;

  fixture_put_vendor (fixture, SUB_2, "Granite Plumbing Inc");
  fixture_put_on (fixture, SUB_2, PROJECT, PROJECT_2);
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  others = ch_store_list_verdicts (fixture->store, 0, SUB_2, -1, &error);
  g_assert_cmpuint (others->len, ==, 2);
  be_good_for_a_year (fixture);
  others_after = ch_store_list_verdicts (fixture->store, 0, SUB_2, -1, &error);
  for (guint i = 0; i < others->len; i++)
    g_assert_cmpint (((ChStoredVerdict *)g_ptr_array_index (others, i))->id, ==,
                     ((ChStoredVerdict *)g_ptr_array_index (others_after, i))->id);
  history = ch_store_list_events (fixture->store, 0, SUB_2, 0, &error);
  for (guint i = 0; i < history->len; i++)
    g_assert_cmpint (((ChEvent *)g_ptr_array_index (history, i))->vendor_id, ==, SUB_2);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/history/time-goes-on-while-nobody-looks", test_time_goes_on_while_nobody_looks);
  ADD ("/desk/history/later-facts-change-no-earlier-answer", test_later_facts_change_no_earlier_answer);
  ADD ("/desk/history/waiver-in-the-past", test_waiver_in_the_past);
  ADD ("/desk/history/commitments-in-the-past", test_commitments_in_the_past);
  ADD ("/desk/history/sources-are-told", test_sources_are_told);
  ADD ("/desk/history/only-that-sub-is-touched", test_only_that_sub_is_touched);

  return g_test_run ();
}
