#include "config.h"

#include <string.h>

#include "ch-publication-wording-private.h"
#include "desk-fixture.h"

static const char *
get_local (const ChSharedRecord *record,
           const char           *name)
{
  g_assert_nonnull (record);

  return ch_field_set_get (record->local, name);
}

static ChCertificate *
make_good (void)
{
  return make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01", "2027-01-01", 1000000);
}

static void
test_mapping (void)
{
  static const struct {
    ChStatus    shown;
    ChStatus    decision;
    const char *insurance;
    const char *commitment;
  } rows[] = {
    { CH_STATUS_COMPLIANT, CH_STATUS_COMPLIANT, "compliant", "compliant" },
    { CH_STATUS_EXPIRING, CH_STATUS_EXPIRING, "compliant", "compliant" },
    { CH_STATUS_EXEMPT, CH_STATUS_EXEMPT, "compliant", "compliant" },
    { CH_STATUS_NON_COMPLIANT, CH_STATUS_NON_COMPLIANT, "non_compliant", "not_compliant" },
    { CH_STATUS_EXPIRED, CH_STATUS_EXPIRED, "expired", "not_compliant" },
    { CH_STATUS_MISSING, CH_STATUS_MISSING, "unregistered", "not_compliant" },
    { CH_STATUS_NOT_REQUIRED, CH_STATUS_NOT_REQUIRED, "undecided", "not_required" },
    { CH_STATUS_PENDING, CH_STATUS_COMPLIANT, "compliant_in_progress", "compliant" },
    { CH_STATUS_PENDING, CH_STATUS_EXPIRING, "compliant_in_progress", "compliant" },
    { CH_STATUS_PENDING, CH_STATUS_NON_COMPLIANT, "non_compliant_in_progress", "not_compliant" },
    { CH_STATUS_PENDING, CH_STATUS_EXPIRED, "non_compliant_in_progress", "not_compliant" },
    { CH_STATUS_PENDING, CH_STATUS_MISSING, "non_compliant_in_progress", "not_compliant" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (_ch_wording_get_insurance_status (rows[i].shown, rows[i].decision), ==, rows[i].insurance);
      g_assert_cmpstr (_ch_wording_get_commitment_status (rows[i].shown, rows[i].decision), ==, rows[i].commitment);
    }
}

static void
test_link_title (void)
{
  guint counts[CH_N_STATUSES] = { 0 };
  g_autofree char *none = _ch_wording_dup_link_title (counts);
  g_autofree char *some = NULL;

  g_assert_cmpstr (none, ==, "Insurance: 0 ok");
  counts[CH_STATUS_COMPLIANT] = 30;
  counts[CH_STATUS_EXEMPT] = 1;
  counts[CH_STATUS_EXPIRING] = 4;
  counts[CH_STATUS_PENDING] = 3;
  counts[CH_STATUS_MISSING] = 1;
  counts[CH_STATUS_EXPIRED] = 1;
  some = _ch_wording_dup_link_title (counts);
  g_assert_cmpstr (some, ==, "Insurance: 31 ok · 4 expiring · 3 waiting for review · 2 not compliant");
}

static void
test_notes_are_cut (void)
{
  g_autoptr(ChStoredVerdict) verdict = ch_stored_verdict_new ();
  g_autofree char *notes = NULL;

  if (verdict->verdict == NULL)
    verdict->verdict = ch_verdict_new ();
  verdict->status = CH_STATUS_NON_COMPLIANT;
  verdict->verdict->status = CH_STATUS_NON_COMPLIANT;
  verdict->verdict->changes_on = ch_date_new (2026, 12, 2);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("Finding %u says at some length what a broker is to send", i);

      g_ptr_array_add (verdict->verdict->findings,
                       ch_finding_new ("general_liability.each_occurrence", NULL, CH_SEVERITY_FAIL, NULL, NULL, text));
    }
  notes = _ch_wording_dup_notes (verdict, ch_date_new (2026, 3, 3), CH_DATE_NONE, 15, 500);
  g_assert_cmpint (g_utf8_strlen (notes, -1), <=, 500);
  g_assert_true (g_str_has_prefix (notes, "Not compliant (since March 3, 2026). Finding 0 says"));
  g_assert_true (g_str_has_suffix (notes, " more. Changes on December 2, 2026."));
  g_assert_nonnull (strstr (notes, "… and "));
}

static void
test_says_it_in_five_places (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChSharedRecord) policy = NULL;
  g_autoptr(ChSharedRecord) overall = NULL;
  g_autoptr(ChSharedRecord) compliance = NULL;
  g_autoptr(ChSharedRecord) document = NULL;
  g_autoptr(ChSharedRecord) report = NULL;
  g_autoptr(ChSharedRecord) link = NULL;

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_PROJECT, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);

  policy = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, SUB);
  g_assert_cmpstr (get_local (policy, "insurance_type"), ==, "General Liability");
  g_assert_cmpstr (get_local (policy, "insurance_provider"), ==, "Granite Mutual");
  g_assert_cmpstr (get_local (policy, "policy_number"), ==, "GL-100");
  g_assert_cmpstr (get_local (policy, "limit"), ==, "$1,000,000 each occurrence / $2,000,000 aggregate");
  g_assert_cmpstr (get_local (policy, "effective_date"), ==, "2026-01-01");
  g_assert_cmpstr (get_local (policy, "expiration_date"), ==, "2027-01-01");
  g_assert_cmpstr (get_local (policy, "status"), ==, "compliant");
  g_assert_cmpstr (get_local (policy, "info_received"), ==, "true");
  g_assert_cmpstr (get_local (policy, "enable_expired_insurance_notifications"), ==, "false");
  g_assert_cmpstr (get_local (policy, "additional_insured"), ==, "Acme Builders, Inc.");
  g_assert_cmpstr (get_local (policy, "notes"), ==,
                   "Read from certificate dated January 5, 2026; additional insured shown.");

  overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_cmpstr (get_local (overall, "insurance_type"), ==, "Overall compliance");
  g_assert_cmpstr (get_local (overall, "insurance_provider"), ==, "Certholder");
  g_assert_cmpstr (get_local (overall, "status"), ==, "compliant");
  g_assert_cmpstr (get_local (overall, "exempt"), ==, "false");
  g_assert_cmpstr (get_local (overall, "expiration_date"), ==, "2026-12-02");
  g_assert_cmpstr (get_local (overall, "notes"), ==,
                   "Compliant (since November 23, 2026). Changes on December 2, 2026.");

  compliance = fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, PROJECT, SUB);
  g_assert_cmpint (compliance->commitment_id, ==, COMMITMENT);
  g_assert_cmpstr (get_local (compliance, "insurance_status"), ==, "compliant");

  document = fixture_get_shared (fixture, CH_SHARED_DOCUMENT, PROJECT, SUB);
  g_assert_cmpstr (get_local (document, "folder"), ==, "Insurance certificates/Keystone Electric LLC");
  g_assert_true (g_str_has_prefix (get_local (document, "name"), "COI 2026-01-05 Keystone Electric LLC "));
  g_assert_true (g_str_has_suffix (get_local (document, "name"), ".pdf"));

  report = fixture_get_shared (fixture, CH_SHARED_REPORT, PROJECT, 0);
  g_assert_cmpuint (strlen (get_local (report, "fingerprint")), ==, 64);
  link = fixture_get_shared (fixture, CH_SHARED_LINK, PROJECT, 0);
  g_assert_cmpstr (get_local (link, "title"), ==, "Insurance: 1 ok");
}

static void
test_says_nothing_on_nobodys_word (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_null (fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB));
  g_assert_null (fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, PROJECT, SUB));
  g_assert_null (fixture_get_shared (fixture, CH_SHARED_REPORT, PROJECT, 0));
  g_assert_null (fixture_get_shared (fixture, CH_SHARED_LINK, PROJECT, 0));
}

static void
test_twice_writes_nothing (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();

  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  fixture_confirm_all (fixture);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);

  g_assert_cmpuint (fixture_judge (fixture), ==, 0);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);
  test_clock_set (fixture->clock, "2026-11-25T20:00:00Z");
  g_assert_cmpuint (fixture_judge (fixture), ==, 0);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);
}

static void
test_place_switched_off (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  static const char * const places[] = { "company_insurances", "project_insurances", "commitments", "documents",
                                         "links" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *name = g_strconcat ("place.", places[i], NULL);

      g_assert_true (ch_publication_is_on (fixture->store, places[i]));
      fixture_set_state (fixture, name, "off");
      g_assert_false (ch_publication_is_on (fixture->store, places[i]));
    }
  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);

  fixture_set_state (fixture, "place.links", NULL);
  fixture_judge (fixture);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 2);
}

static void
test_withdraws_a_rejected_policy (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(ChSharedRecord) policy = NULL;
  g_autoptr(ChSharedRecord) document = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  fixture_put_on (fixture, SUB, PROJECT, 0);
  id = fixture_file (fixture, certificate, SUB, TRUE);
  fixture_confirm_all (fixture);
  ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_REJECTED, "forged", NULL, &error);
  g_assert_no_error (error);

  policy = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, SUB);
  g_assert_cmpstr (get_local (policy, "status"), ==, "non_compliant");
  g_assert_nonnull (strstr (get_local (policy, "notes"), "Withdrawn by the insurance desk"));
  document = fixture_get_shared (fixture, CH_SHARED_DOCUMENT, PROJECT, SUB);
  g_assert_true (document->withdrawn);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 1);
}

static void
test_leaves_a_left_project (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) gone = NULL;
  g_autoptr(ChSharedRecord) back = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  fixture_put_on (fixture, SUB, PROJECT_2, 0);
  fixture_judge (fixture);
  gone = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_true (gone->withdrawn);
  g_assert_null (fixture_get_verdict (fixture, PROJECT, SUB, 0));

  fixture_put_on (fixture, SUB, PROJECT, PROJECT_2);
  fixture_judge (fixture);
  back = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_false (back->withdrawn);
  g_assert_cmpint (back->id, ==, gone->id);
}

static void
give_contract (Fixture *fixture,
               gint64   vendor_id)
{
  g_autoptr(GPtrArray) commitments = NULL;
  g_autoptr(GError) error = NULL;
  ChCommitment *commitment;
  gboolean changed;

  commitments = ch_store_list_commitments (fixture->store, PROJECT, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commitments->len, ==, 1);
  commitment = commitments->pdata[0];
  commitment->vendor_id = vendor_id;
  fixture_begin (fixture);
  ch_store_put_commitment (fixture->store, commitment, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  g_assert_true (changed);
}

/* As if somebody had overridden it in Procore and the program had taken that over. */
static void
override_compliance (Fixture *fixture,
                     gint64   vendor_id)
{
  g_autoptr(ChSharedRecord) compliance = fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, PROJECT, vendor_id);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (compliance);
  ch_field_set_set (compliance->local, "insurance_status", "compliant");
  ch_field_set_set (compliance->local, "insurance_notes", "Seen by the superintendent");
  fixture_begin (fixture);
  ch_store_put_shared (fixture->store, compliance, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  fixture_confirm_all (fixture);
}

/* A person's "compliant" holds for the sub of whom it was said, and for nobody to whom the contract goes later: neither
 * where the earlier sub is published first, nor where the later one is. */
static void
test_override_stays_with_its_sub (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  static const gint64 subs[][2] = { { SUB, SUB_2 }, { SUB_2, SUB } };

  fixture_put_vendor (fixture, SUB_2, "Harbor Roofing, Inc.");
  fixture_put_on (fixture, SUB_2, PROJECT, PROJECT_2);
  fixture_put_commitment (fixture, COMMITMENT, "Approved");
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (subs); i++)
    {
      g_autoptr(ChSharedRecord) kept = NULL;
      g_autoptr(ChSharedRecord) given = NULL;

      override_compliance (fixture, subs[i][0]);
      fixture_judge (fixture);
      kept = fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, PROJECT, subs[i][0]);
      g_assert_cmpstr (get_local (kept, "insurance_status"), ==, "compliant");
      g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);

      give_contract (fixture, subs[i][1]);
      fixture_judge (fixture);
      given = fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, PROJECT, subs[i][1]);
      g_assert_cmpint (given->id, ==, kept->id);
      g_assert_false (given->withdrawn);
      g_assert_cmpstr (get_local (given, "insurance_status"), ==, "not_compliant");
      g_assert_nonnull (strstr (get_local (given, "insurance_notes"), "No certificate is on file"));
      g_assert_cmpuint (fixture_count_outbox (fixture), >=, 1);
      fixture_confirm_all (fixture);
    }
}

/* What Procore refused waits for a person, and goes again on that person's word. */
static void
test_tries_again (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  record = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  fixture_begin (fixture);
  ch_store_outbox_queue (fixture->store, record->id, &error);
  ch_store_outbox_park (fixture->store, record->id, "May not write", &error);
  fixture_commit (fixture);
  g_assert_no_error (error);

  g_assert_true (ch_desk_try_again (fixture->desk, record->id, &error));
  g_assert_no_error (error);
  rows = ch_store_outbox_list (fixture->store, &error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((ChOutboxRow *)rows->pdata[0])->state, ==, CH_OUTBOX_QUEUED);
  g_assert_cmpuint (fixture_count_events (fixture, "procore.retried"), ==, 1);

  g_assert_false (ch_desk_try_again (fixture->desk, 999999, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
}

static void
test_makes_the_report (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  pdf = ch_publication_make_report (fixture->desk, PROJECT, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/desk/publication/mapping", test_mapping);
  g_test_add_func ("/desk/publication/link-title", test_link_title);
  g_test_add_func ("/desk/publication/notes-are-cut", test_notes_are_cut);
  ADD ("/desk/publication/five-places", test_says_it_in_five_places);
  ADD ("/desk/publication/nobodys-word", test_says_nothing_on_nobodys_word);
  ADD ("/desk/publication/twice-writes-nothing", test_twice_writes_nothing);
  ADD ("/desk/publication/place-switched-off", test_place_switched_off);
  ADD ("/desk/publication/rejected-policy", test_withdraws_a_rejected_policy);
  ADD ("/desk/publication/left-project", test_leaves_a_left_project);
  ADD ("/desk/publication/override-stays-with-its-sub", test_override_stays_with_its_sub);
  ADD ("/desk/publication/tries-again", test_tries_again);
  ADD ("/desk/publication/report", test_makes_the_report);

  return g_test_run ();
}
