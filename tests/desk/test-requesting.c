#include "config.h"

#include <string.h>

#include "ch-correction-request.h"
#include "desk-fixture.h"

/* Letters that ask for what is missing: drafted here, sent by nobody but a person. */

static void
put_contacts (Fixture *fixture)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  vendor->id = SUB;
  vendor->name = g_strdup ("Keystone Electric LLC");
  vendor->legal_name = g_strdup ("Keystone Electric LLC");
  vendor->email_address = g_strdup ("office@keystone.example");
  vendor->is_active = TRUE;
  fixture_begin (fixture);
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static ChCertificate *
make_low (const char *producer_email)
{
  ChCertificate *certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01",
                                                 "2027-01-01", 500000);

  certificate->producer_name = g_strdup ("Lakeside Agency");
  certificate->producer_contact = g_strdup ("Kim Alvarez");
  certificate->producer_email = g_strdup (producer_email);
  certificate->certificate_number = g_strdup ("CL-77");

  return certificate;
}

static void
test_draft_lists_the_findings (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_low (" kim@lakeside.example ");
  g_autoptr(ChCorrectionRequest) request = NULL;
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 id;

  put_contacts (fixture);
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  id = fixture_file (fixture, certificate, SUB, FALSE);
  request = ch_desk_draft_correction (fixture->desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (request->to->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (request->to, 0), ==, "kim@lakeside.example");
  g_assert_cmpuint (request->cc->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (request->cc, 0), ==, "office@keystone.example");
  g_assert_cmpstr (request->subject, ==, "Certificate of insurance of Keystone Electric LLC: please correct");
  g_assert_cmpuint (request->findings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (request->findings, 0), "1,000,000"));
  g_assert_nonnull (strstr (request->body, "Hello Kim Alvarez,"));
  g_assert_null (strstr (request->body, "Ask "));   /* that is what the desk is told */
  g_assert_nonnull (strstr (request->body, "Riverside Tower, Harbor School"));
  g_assert_nonnull (strstr (request->body, "\n1. "));
  g_assert_nonnull (strstr (request->body, g_ptr_array_index (request->findings, 0)));
  g_assert_nonnull (strstr (request->body, "Certificate number: CL-77"));
  g_assert_nonnull (strstr (request->body, "Acme Builders, Inc."));
  text = ch_correction_request_dup_text (request);
  g_assert_true (g_str_has_prefix (text, "To: kim@lakeside.example\nCc: office@keystone.example\nSubject: "));

  /* a draft decides nothing */
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->verdict->status, ==, CH_STATUS_MISSING);
  g_assert_cmpuint (fixture_count_events (fixture, "correction.requested"), ==, 0);
  g_assert_true (ch_desk_note_request (fixture->desk, id, 0, request, &error));
  g_assert_cmpuint (fixture_count_events (fixture, "correction.requested"), ==, 1);
}

/* What only one project asks for says which one. */
static void
test_findings_of_one_project_name_it (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_low ("kim@lakeside.example");
  g_autoptr(ChCorrectionRequest) request = NULL;
  g_autoptr(GError) error = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 400000);
  fixture_require (fixture, CH_SCOPE_PROJECT, 1000000);
  request = ch_desk_draft_correction (fixture->desk, fixture_file (fixture, certificate, SUB, FALSE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (request->findings->len, ==, 1);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (request->findings, 0), "(Riverside Tower)"));
}

static void
test_a_rejection_gives_its_reason (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_low ("kim@lakeside.example");
  g_autoptr(ChCorrectionRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, SUB, FALSE);

  g_assert_null (ch_desk_draft_correction (fixture->desk, id, &error));   /* nobody asks for anything */
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_REJECTED, "The holder is not us.", NULL, &error));
  request = ch_desk_draft_correction (fixture->desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (request->findings, 0), ==, "The holder is not us.");
}

/* No broker can mend a rating that nobody has looked up. */
static void
test_what_is_for_the_desk_is_left_out (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01",
                                                           "2027-01-01", 1000000);
  g_autoptr(ChRequirementAssignment) place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  set = ch_desk_import_requirements (fixture->desk, "{\"schema\":1,\"name\":\"Rated\",\"carrier\":{\"minimum_rating\":\"A\"},"
                                     "\"coverages\":{\"general_liability\":{}}}", &error);
  g_assert_no_error (error);
  ch_desk_assign_requirements (fixture->desk, set->id, place, &error);
  g_assert_no_error (error);
  id = fixture_file (fixture, certificate, SUB, TRUE);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_NON_COMPLIANT);
  g_assert_null (ch_desk_draft_correction (fixture->desk, id, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
}

static void
test_nobodys_certificate_has_no_letter (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Nobody We Know", "2026-01-05", "X", "2026-01-01",
                                                           "2027-01-01", 1);
  g_autoptr(GError) error = NULL;

  g_assert_null (ch_desk_draft_correction (fixture->desk, fixture_file (fixture, certificate, 0, FALSE), &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
}

static void
test_a_sub_without_certificates_is_asked (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_low ("kim@lakeside.example");
  g_autoptr(ChCorrectionRequest) first = NULL;
  g_autoptr(ChCorrectionRequest) later = NULL;
  g_autoptr(GError) error = NULL;

  put_contacts (fixture);
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  first = ch_desk_draft_request_to_sub (fixture->desk, SUB, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->subject, ==, "Insurance of Keystone Electric LLC: please send certificates");
  g_assert_cmpstr (g_ptr_array_index (first->to, 0), ==, "office@keystone.example");
  g_assert_cmpuint (first->cc->len, ==, 0);
  g_assert_cmpuint (first->findings->len, >, 0);

  fixture_file (fixture, certificate, SUB, TRUE);
  later = ch_desk_draft_request_to_sub (fixture->desk, SUB, PROJECT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (later->to, 0), ==, "kim@lakeside.example");
  g_assert_cmpstr (g_ptr_array_index (later->cc, 0), ==, "office@keystone.example");
  g_assert_true (ch_desk_note_request (fixture->desk, 0, SUB, later, &error));
}

/* The address comes out of a stranger's document. */
static void
test_only_plain_addresses_are_used (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  static const char * const addresses[] = {
    "kim@lakeside.example?bcc=evil@evil.example", "kim@lakeside.example,evil@evil.example", "kim@lakeside.example\nbcc:x@y.z",
    "kim", "@lakeside.example", "kim@lakeside", "kim&x@lakeside.example", "", NULL,
  };

  put_contacts (fixture);
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(ChCertificate) certificate = make_low (addresses[i]);
      g_autoptr(ChCorrectionRequest) request = NULL;
      g_autoptr(GError) error = NULL;

      request = ch_desk_draft_correction (fixture->desk, fixture_file (fixture, certificate, SUB, FALSE), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (request->to->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (request->to, 0), ==, "office@keystone.example");
    }
}

static void
test_mailto_holds_the_whole_letter (void)
{
  g_autoptr(ChCorrectionRequest) request = g_new0 (ChCorrectionRequest, 1);
  g_autofree char *mailto = NULL;

  request->to = g_ptr_array_new_with_free_func (g_free);
  request->cc = g_ptr_array_new_with_free_func (g_free);
  request->findings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (request->to, g_strdup ("kim+coi@lakeside.example"));
  g_ptr_array_add (request->to, g_strdup ("pat@lakeside.example"));
  g_ptr_array_add (request->cc, g_strdup ("office@keystone.example"));
  request->subject = g_strdup ("Müller & Sons: 100 %?");
  request->body = g_strdup ("Hello,\n\n1. A=B\n");
  mailto = ch_correction_request_dup_mailto (request);
  g_assert_cmpstr (mailto, ==,
                   "mailto:kim%2Bcoi@lakeside.example,pat@lakeside.example?cc=office@keystone.example"
                   "&subject=M%C3%BCller%20%26%20Sons%3A%20100%20%25%3F&body=Hello%2C%0D%0A%0D%0A1.%20A%3DB%0D%0A");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/requesting/draft-lists-the-findings", test_draft_lists_the_findings);
  ADD ("/desk/requesting/findings-of-one-project-name-it", test_findings_of_one_project_name_it);
  ADD ("/desk/requesting/rejection-gives-its-reason", test_a_rejection_gives_its_reason);
  ADD ("/desk/requesting/what-is-for-the-desk-is-left-out", test_what_is_for_the_desk_is_left_out);
  ADD ("/desk/requesting/nobodys-certificate-has-no-letter", test_nobodys_certificate_has_no_letter);
  ADD ("/desk/requesting/sub-without-certificates-is-asked", test_a_sub_without_certificates_is_asked);
  ADD ("/desk/requesting/only-plain-addresses-are-used", test_only_plain_addresses_are_used);
  g_test_add_func ("/desk/requesting/mailto-holds-the-whole-letter", test_mailto_holds_the_whole_letter);

  return g_test_run ();
}
