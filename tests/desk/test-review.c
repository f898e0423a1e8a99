#include "config.h"

#include <string.h>

#include "ch-desk-review.h"
#include "ch-last-decision.h"
#include "desk-fixture.h"

/* What reviewers do, and what stands beside what was read. */

static ChCertificate *
make_good (void)
{
  return make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01", "2027-01-01", 1000000);
}

/* pairs of path and value, ended by NULL */
static GHashTable *
make_corrections (const char *path,
                  ...)
{
  GHashTable *corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_list pairs;

  va_start (pairs, path);
  for (; path != NULL; path = va_arg (pairs, const char *))
    g_hash_table_insert (corrections, g_strdup (path), g_strdup (va_arg (pairs, const char *)));
  va_end (pairs);

  return corrections;
}

static ChFiledCertificate *
get (Fixture *fixture,
     gint64   id)
{
  g_autoptr(GError) error = NULL;
  ChFiledCertificate *filed = ch_store_get_certificate (fixture->store, id, &error);

  g_assert_no_error (error);

  return filed;
}

static void
assert_review (Fixture       *fixture,
               gint64         id,
               ChReviewState  review)
{
  g_autoptr(ChFiledCertificate) filed = get (fixture, id);

  g_assert_cmpint (filed->review, ==, review);
}

static ChDesk *
other_desk (Fixture    *fixture,
            const char *who)
{
  return ch_desk_new (fixture->store, CH_CLOCK (fixture->clock), who);
}

static void
ask_for_two (Fixture *fixture)
{
  ChReviewPolicy policy = { TRUE, FALSE };
  g_autoptr(GError) error = NULL;

  g_assert_true (ch_desk_set_review_policy (fixture->desk, &policy, &error));
  g_assert_no_error (error);
}

static gboolean
approve (ChDesk      *desk,
         gint64       id,
         GHashTable  *corrections,
         const char **problem)
{
  static char *kept = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ok = ch_desk_review_certificate (desk, id, CH_REVIEW_APPROVED, NULL, corrections, &error);

  g_clear_pointer (&kept, g_free);
  if (!ok)
    {
      g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
      kept = g_strdup (error->message);
    }
  if (problem != NULL)
    *problem = kept;

  return ok;
}

static void
test_a_second_person_has_to_approve (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChDesk) second = other_desk (fixture, "desk:second");
  g_autoptr(ChStoredVerdict) before = NULL;
  g_autoptr(ChStoredVerdict) after = NULL;
  g_autoptr(ChFiledCertificate) filed = NULL;
  const char *problem;
  gint64 id;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  ask_for_two (fixture);
  id = fixture_file (fixture, certificate, SUB, FALSE);
  g_assert_true (approve (fixture->desk, id, NULL, NULL));
  filed = get (fixture, id);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_cmpstr (filed->first_approved_by, ==, "desk:test");
  g_assert_cmpint (filed->first_approved_at, !=, 0);
  before = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (before->verdict->status, ==, CH_STATUS_MISSING);

  g_assert_false (approve (fixture->desk, id, NULL, &problem));
  g_assert_nonnull (strstr (problem, "you approved it first"));
  assert_review (fixture, id, CH_REVIEW_PENDING);

  g_assert_true (approve (second, id, NULL, NULL));
  assert_review (fixture, id, CH_REVIEW_APPROVED);
  after = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (after->status, ==, CH_STATUS_COMPLIANT);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.first_approved"), ==, 1);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.approved"), ==, 1);
}

static void
test_who_corrected_can_not_be_the_second (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChDesk) second = other_desk (fixture, "desk:second");
  g_autoptr(ChDesk) third = other_desk (fixture, "desk:third");
  g_autoptr(GHashTable) corrections = make_corrections ("policies[0].limits.each_occurrence", "2000000", NULL);
  g_autoptr(GError) error = NULL;
  const char *problem;
  gint64 id;

  ask_for_two (fixture);
  id = fixture_file (fixture, certificate, SUB, FALSE);
  g_assert_true (ch_desk_correct_certificate (fixture->desk, id, corrections, &error));
  g_assert_true (approve (second, id, NULL, NULL));
  g_assert_false (approve (fixture->desk, id, NULL, &problem));
  g_assert_nonnull (strstr (problem, "you corrected it"));
  g_assert_true (approve (third, id, NULL, NULL));
  assert_review (fixture, id, CH_REVIEW_APPROVED);
}

/* The first approval was of something else. */
static void
test_a_correction_takes_the_first_approval_back (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChDesk) second = other_desk (fixture, "desk:second");
  g_autoptr(GHashTable) corrections = make_corrections ("insured.name", "Keystone Electric Inc", NULL);
  g_autoptr(ChFiledCertificate) filed = NULL;
  gint64 id;

  ask_for_two (fixture);
  id = fixture_file (fixture, certificate, SUB, FALSE);
  g_assert_true (approve (fixture->desk, id, NULL, NULL));
  g_assert_true (approve (second, id, corrections, NULL));
  filed = get (fixture, id);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_cmpstr (filed->first_approved_by, ==, "desk:second");
  g_assert_true (approve (fixture->desk, id, NULL, NULL));
  assert_review (fixture, id, CH_REVIEW_APPROVED);
}

static void
test_filing_with_approval_is_one_of_two (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChFiledCertificate) filed = NULL;

  ask_for_two (fixture);
  filed = get (fixture, fixture_file (fixture, certificate, SUB, TRUE));
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_cmpstr (filed->first_approved_by, ==, "desk:test");
}

/* What was approved by mistake is under review again, and does not count meanwhile. */
static void
test_a_decision_can_be_opened_again (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  id = fixture_file (fixture, certificate, SUB, TRUE);
  test_clock_set (fixture->clock, "2026-11-24T15:00:00Z");
  g_assert_true (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_PENDING, "wrong sub", NULL, &error));
  filed = get (fixture, id);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_null (filed->reviewed_by);
  g_assert_cmpint (filed->pending_since, ==, ch_clock_now (CH_CLOCK (fixture->clock)));
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_PENDING);
  g_assert_cmpint (verdict->verdict->status, ==, CH_STATUS_MISSING);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.reopened"), ==, 1);
}

/* Typing decides nothing; what had been decided of something else is open again. */
static void
test_correcting_decides_nothing (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GHashTable) corrections = make_corrections ("certificate_holder.name", "Somebody Else", NULL);
  g_autoptr(GHashTable) same = make_corrections ("policies[0].policy_number", "GL-100", NULL);
  g_autoptr(GHashTable) nonsense = make_corrections ("insured.name", "X", "policies[7].policy_number", "1", NULL);
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, SUB, TRUE);

  g_assert_true (ch_desk_correct_certificate (fixture->desk, id, same, &error));
  assert_review (fixture, id, CH_REVIEW_APPROVED);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.corrected"), ==, 0);

  g_assert_false (ch_desk_correct_certificate (fixture->desk, id, nonsense, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (ch_desk_correct_certificate (fixture->desk, id, corrections, &error));
  filed = get (fixture, id);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_cmpint (filed->version, ==, 2);
  g_assert_cmpstr (filed->certificate->insured_name, ==, "Keystone Electric LLC");
  g_assert_cmpstr (filed->certificate->holder_name, ==, "Somebody Else");
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.corrected"), ==, 1);
}

static void
assert_correction (GPtrArray  *corrections,
                   guint       index,
                   const char *path,
                   const char *read,
                   const char *now,
                   const char *by)
{
  const ChCorrection *correction = g_ptr_array_index (corrections, index);

  g_assert_cmpstr (correction->path, ==, path);
  g_assert_cmpstr (correction->read, ==, read);
  g_assert_cmpstr (correction->now, ==, now);
  g_assert_cmpstr (correction->by, ==, by);
  g_assert_cmpint (correction->at, !=, 0);
}

static void
test_every_correction_stands_beside_what_was_read (Fixture       *fixture,
                                                   gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChDesk) second = other_desk (fixture, "desk:second");
  g_autoptr(GHashTable) first = make_corrections ("producer.email", "kim@lakeside.example",
                                                  "policies[0].limits.each_occurrence", "2000000",
                                                  "policies[0].limits.general_aggregate", "", NULL);
  g_autoptr(GHashTable) later = make_corrections ("policies[0].limits.each_occurrence", "3000000",
                                                  "endorsements[0]", "CG 20 10 04 13", NULL);
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) corrections = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, SUB, FALSE);

  none = ch_correction_list (fixture->store, id, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (ch_desk_correct_certificate (fixture->desk, id, first, &error));
  test_clock_set (fixture->clock, "2026-11-24T15:00:00Z");
  g_assert_true (ch_desk_correct_certificate (second, id, later, &error));
  corrections = ch_correction_list (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (corrections->len, ==, 4);
  assert_correction (corrections, 0, "endorsements[0]", NULL, "CG 20 10 04 13", "desk:second");
  assert_correction (corrections, 1, "policies[0].limits.each_occurrence", "1000000", "3000000", "desk:second");
  assert_correction (corrections, 2, "policies[0].limits.general_aggregate", "2000000", NULL, "desk:test");
  assert_correction (corrections, 3, "producer.email", NULL, "kim@lakeside.example", "desk:test");
}

static ChCertificate *
make_with_three_policies (void)
{
  static const double box[4] = { 1, 2, 3, 4 };
  ChCertificate *certificate = make_good ();
  ChPolicy *wc = ch_policy_new ();
  ChPolicy *umbrella = ch_policy_new ();

  wc->coverage = CH_COVERAGE_WORKERS_COMPENSATION;
  wc->policy_number = g_strdup ("WC-1");
  wc->statutory = CH_MARK_YES;
  umbrella->coverage = CH_COVERAGE_UMBRELLA_EXCESS;
  umbrella->policy_number = g_strdup ("U-1");
  g_ptr_array_add (certificate->policies, wc);
  g_ptr_array_add (certificate->policies, umbrella);
  g_ptr_array_add (certificate->fields, ch_field_reading_new ("policies[1].policy_number", 0.5, 1, box));
  g_ptr_array_add (certificate->fields, ch_field_reading_new ("policies[2].policy_number", 0.75, 1, box));

  return certificate;
}

static void
test_policies_are_added_and_taken_away (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_with_three_policies ();
  /* in one breath: every path means what it meant when it was typed */
  g_autoptr(GHashTable) edits = make_corrections ("policies[1]", "", "policies[2].policy_number", "U-2",
                                                  "policies[3].coverage", "automobile_liability",
                                                  "policies[3].policy_number", "A-1", "policies[3].autos", "any,hired",
                                                  "insurers[0]", NULL, NULL);
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GPtrArray) corrections = NULL;
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, SUB, FALSE);
  const ChPolicy *policy;
  const ChFieldReading *field;

  g_assert_true (ch_desk_correct_certificate (fixture->desk, id, edits, &error));
  g_assert_no_error (error);
  filed = get (fixture, id);
  g_assert_cmpuint (filed->certificate->policies->len, ==, 3);
  g_assert_cmpuint (filed->certificate->insurers->len, ==, 0);
  policy = g_ptr_array_index (filed->certificate->policies, 1);
  g_assert_cmpstr (policy->policy_number, ==, "U-2");
  policy = g_ptr_array_index (filed->certificate->policies, 2);
  g_assert_cmpstr (policy->policy_number, ==, "A-1");
  g_assert_cmpint (policy->autos, ==, CH_AUTOS_ANY | CH_AUTOS_HIRED);
  g_assert_cmpuint (filed->certificate->fields->len, ==, 1);
  field = g_ptr_array_index (filed->certificate->fields, 0);
  g_assert_cmpstr (field->path, ==, "policies[1].policy_number");
  g_assert_cmpfloat (field->confidence, ==, 0.75);

  corrections = ch_correction_list (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (corrections->len, ==, 4);
  assert_correction (corrections, 0, "insurers[0]", "A Granite Mutual", NULL, "desk:test");
  assert_correction (corrections, 1, "policies[1]", "workers_compensation WC-1", NULL, "desk:test");
  assert_correction (corrections, 2, "policies[1].policy_number", "U-1", "U-2", "desk:test");
  assert_correction (corrections, 3, "policies[2]", NULL, "automobile_liability A-1", "desk:test");

  /* the trail keeps what the policy said that was taken away */
  events = ch_store_list_events (fixture->store, 0, 0, 0, &error);
  g_assert_nonnull (strstr (((ChEvent *)g_ptr_array_index (events, events->len - 1))->detail,
                            "{\"path\":\"policies[1].policy_number\",\"from\":\"WC-1\"}"));
}

static void
test_the_trail_says_from_what_to_what (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GHashTable) corrections = make_corrections ("insured.name", "Keystone", NULL);
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, SUB, FALSE);
  const ChEvent *event = NULL;

  g_assert_true (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_REJECTED, "no AI", corrections, &error));
  g_assert_true (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_REJECTED, "no AI", NULL, &error));
  events = ch_store_list_events (fixture->store, 0, 0, 0, &error);
  for (guint i = 0; i < events->len; i++)
    {
      if (g_str_equal (((ChEvent *)g_ptr_array_index (events, i))->what, "certificate.rejected"))
        {
          g_assert_null (event);   /* the same decision again is no news */
          event = g_ptr_array_index (events, i);
        }
    }
  g_assert_nonnull (event);
  g_assert_cmpstr (event->who, ==, "desk:test");
  g_assert_cmpint (event->vendor_id, ==, SUB);
  g_assert_cmpstr (event->detail, ==,
                   "{\"corrected\":[{\"path\":\"insured.name\",\"from\":\"Keystone Electric LLC\",\"to\":\"Keystone\"}],"
                   "\"why\":\"no AI\",\"before\":{\"review\":\"pending\"},\"after\":{\"review\":\"rejected\"}}");
}

static void
test_nobodys_again_is_under_review_again (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(GArray) unknown = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  gint64 no_project = 999;
  gint64 id;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  id = fixture_file (fixture, certificate, SUB, TRUE);
  g_array_append_val (unknown, no_project);
  g_assert_false (ch_desk_assign_certificate (fixture->desk, id, SUB, unknown, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (ch_desk_assign_certificate (fixture->desk, id, 0, NULL, &error));
  filed = get (fixture, id);
  g_assert_cmpint (filed->vendor_id, ==, 0);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_MISSING);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.unassigned"), ==, 1);
}

static void
test_settings_leave_a_trace (Fixture       *fixture,
                             gconstpointer  user_data)
{
  ChReviewPolicy policy = { TRUE, TRUE };
  ChReviewPolicy loaded;
  g_autoptr(GError) error = NULL;

  g_assert_true (ch_review_policy_load (fixture->store, &loaded, &error));
  g_assert_false (loaded.second_person || loaded.automatic);
  g_assert_true (ch_desk_set_review_policy (fixture->desk, &policy, &error));
  g_assert_true (ch_desk_set_review_policy (fixture->desk, &policy, &error));
  g_assert_true (ch_review_policy_load (fixture->store, &loaded, &error));
  g_assert_true (loaded.second_person && loaded.automatic);
  g_assert_cmpuint (fixture_count_events (fixture, "setting.changed"), ==, 2);
}

static char *
dup_last_decision (Fixture *fixture)
{
  g_autoptr(ChStoredVerdict) verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_autoptr(ChLastDecision) last = ch_last_decision_new (fixture->store, verdict);

  return ch_last_decision_dup_sentence (last, ch_clock_now (CH_CLOCK (fixture->clock)), "America/New_York");
}

#define assert_last_decision(fixture, expected) G_STMT_START { \
    g_autofree char *sentence_ = dup_last_decision (fixture); \
    g_assert_cmpstr (sentence_, ==, expected); \
  } G_STMT_END

/* A review in progress never hides the last decision, nor since when it holds. */
static void
test_the_last_decision_stays_in_sight (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(ChCertificate) low = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01",
                                                   "2027-01-01", 500000);
  g_autoptr(ChCertificate) good = make_certificate ("Keystone Electric LLC", "2026-03-20", "GL-200", "2026-01-01",
                                                    "2027-03-01", 1000000);
  g_autoptr(GError) error = NULL;
  gint64 id;

  test_clock_set (fixture->clock, "2026-03-03T20:00:00Z");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  assert_last_decision (fixture, "Nothing on file since today");
  fixture_file (fixture, low, SUB, TRUE);
  assert_last_decision (fixture, "Not compliant since today");

  test_clock_set (fixture->clock, "2026-03-21T13:00:00Z");   /* 9 AM in New York */
  id = fixture_file (fixture, good, SUB, FALSE);
  assert_last_decision (fixture, "Not compliant since 3 March; a new certificate under review since this morning");
  test_clock_set (fixture->clock, "2026-03-22T03:30:00Z");   /* still the 21st there */
  assert_last_decision (fixture, "Not compliant since 3 March; a new certificate under review since this morning");
  test_clock_set (fixture->clock, "2026-03-22T05:30:00Z");
  assert_last_decision (fixture, "Not compliant since 3 March; a new certificate under review since yesterday");

  g_assert_true (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_APPROVED, NULL, NULL, &error));
  test_clock_set (fixture->clock, "2027-01-10T15:00:00Z");
  assert_last_decision (fixture, "Compliant since 22 March 2026");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/review/second-person-has-to-approve", test_a_second_person_has_to_approve);
  ADD ("/desk/review/who-corrected-can-not-be-the-second", test_who_corrected_can_not_be_the_second);
  ADD ("/desk/review/correction-takes-the-first-approval-back", test_a_correction_takes_the_first_approval_back);
  ADD ("/desk/review/filing-with-approval-is-one-of-two", test_filing_with_approval_is_one_of_two);
  ADD ("/desk/review/decision-can-be-opened-again", test_a_decision_can_be_opened_again);
  ADD ("/desk/review/correcting-decides-nothing", test_correcting_decides_nothing);
  ADD ("/desk/review/corrections-stand-beside-what-was-read", test_every_correction_stands_beside_what_was_read);
  ADD ("/desk/review/policies-are-added-and-taken-away", test_policies_are_added_and_taken_away);
  ADD ("/desk/review/trail-says-from-what-to-what", test_the_trail_says_from_what_to_what);
  ADD ("/desk/review/nobodys-again-is-under-review-again", test_nobodys_again_is_under_review_again);
  ADD ("/desk/review/last-decision-stays-in-sight", test_the_last_decision_stays_in_sight);
  ADD ("/desk/review/settings-leave-a-trace", test_settings_leave_a_trace);

  return g_test_run ();
}
