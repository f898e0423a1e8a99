#include "config.h"

#include "store-fixture.h"

#define GL CH_COVERAGE_GENERAL_LIABILITY
#define AUTO CH_COVERAGE_AUTOMOBILE_LIABILITY
#define UMBRELLA CH_COVERAGE_UMBRELLA_EXCESS

static ChPolicy *
make_policy (ChCoverage  coverage,
             const char *number,
             const char *effective)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->policy_number = g_strdup (number);
  policy->effective = ch_date_from_iso (effective);
  policy->expiration = policy->effective != CH_DATE_NONE ? policy->effective + 365 : CH_DATE_NONE;

  return policy;
}

/* With something in every member. */
static ChCertificate *
make_full_certificate (void)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *gl = make_policy (GL, "GL-1", "2026-01-01");
  ChPolicy *wc = make_policy (CH_COVERAGE_WORKERS_COMPENSATION, "WC 1", "2026-02-01");
  const double box[4] = { 10.25, 20.5, 110, 32.75 };

  certificate->form = g_strdup ("ACORD 25");
  certificate->edition = g_strdup ("2016/03");
  certificate->date = ch_date_from_iso ("2026-01-05");
  certificate->producer_name = g_strdup ("Lakeside Agency");
  certificate->producer_contact = g_strdup ("Kim");
  certificate->producer_phone = g_strdup ("555-0100");
  certificate->producer_email = g_strdup ("kim@example.com");
  certificate->insured_name = g_strdup ("Keystone Electric LLC");
  certificate->insured_address = g_strdup ("1 Main St\nDuluth, MN");
  certificate->description_of_operations = g_strdup ("Additional insured: “Acme”");
  certificate->certificate_number = g_strdup ("CL1");
  certificate->revision_number = g_strdup ("2");
  certificate->holder_name = g_strdup ("Acme Builders, Inc.");
  certificate->holder_address = g_strdup ("9 Dock St");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("B", NULL, NULL));
  gl->insurer = g_strdup ("A");
  gl->additional_insured = CH_MARK_YES;
  gl->waiver_of_subrogation = CH_MARK_NO;
  gl->basis = CH_BASIS_OCCURRENCE;
  gl->aggregate_per = CH_AGGREGATE_PER_PROJECT;
  gl->kind = CH_UMBRELLA_KIND_EXCESS;
  gl->autos = CH_AUTOS_HIRED | CH_AUTOS_NON_OWNED;
  gl->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  gl->limits[CH_LIMIT_MEDICAL_EXPENSE] = 0;
  wc->coverage_text = g_strdup ("WC and EL");
  wc->statutory = CH_MARK_YES;
  wc->owner_excluded = CH_MARK_YES;
  wc->retroactive_date = ch_date_from_iso ("2019-07-01");
  wc->tail = g_strdup ("36 months");
  wc->limits[CH_LIMIT_EL_EACH_ACCIDENT] = G_GINT64_CONSTANT (9999999999);
  g_ptr_array_add (certificate->policies, gl);
  g_ptr_array_add (certificate->policies, wc);
  g_ptr_array_add (certificate->endorsements, g_strdup ("CG 20 10 04 13"));
  g_ptr_array_add (certificate->endorsements, g_strdup ("Blanket form"));
  g_ptr_array_add (certificate->fields, ch_field_reading_new ("policies[0].policy_number", 0.97, 1, box));
  ((ChFieldReading *)g_ptr_array_index (certificate->fields, 0))->doubts = CH_DOUBT_CUT_OFF | CH_DOUBT_SEVERAL_LINES;

  return certificate;
}

static void
assert_same_policy (const ChPolicy *a,
                    const ChPolicy *b)
{
  g_assert_cmpint (a->coverage, ==, b->coverage);
  g_assert_cmpstr (a->coverage_text, ==, b->coverage_text);
  g_assert_cmpstr (a->insurer, ==, b->insurer);
  g_assert_cmpstr (a->policy_number, ==, b->policy_number);
  g_assert_cmpint (a->effective, ==, b->effective);
  g_assert_cmpint (a->expiration, ==, b->expiration);
  g_assert_cmpint (a->additional_insured, ==, b->additional_insured);
  g_assert_cmpint (a->waiver_of_subrogation, ==, b->waiver_of_subrogation);
  g_assert_cmpint (a->basis, ==, b->basis);
  g_assert_cmpint (a->aggregate_per, ==, b->aggregate_per);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->autos, ==, b->autos);
  g_assert_cmpint (a->statutory, ==, b->statutory);
  g_assert_cmpint (a->owner_excluded, ==, b->owner_excluded);
  g_assert_cmpint (a->retroactive_date, ==, b->retroactive_date);
  g_assert_cmpstr (a->tail, ==, b->tail);
  g_assert_cmpmem (a->limits, sizeof a->limits, b->limits, sizeof b->limits);
}

static void
assert_same_certificate (const ChCertificate *a,
                         const ChCertificate *b,
                         gboolean             with_fields)
{
  g_assert_cmpstr (a->form, ==, b->form);
  g_assert_cmpstr (a->edition, ==, b->edition);
  g_assert_cmpint (a->date, ==, b->date);
  g_assert_cmpstr (a->producer_name, ==, b->producer_name);
  g_assert_cmpstr (a->producer_contact, ==, b->producer_contact);
  g_assert_cmpstr (a->producer_phone, ==, b->producer_phone);
  g_assert_cmpstr (a->producer_email, ==, b->producer_email);
  g_assert_cmpstr (a->insured_name, ==, b->insured_name);
  g_assert_cmpstr (a->insured_address, ==, b->insured_address);
  g_assert_cmpstr (a->description_of_operations, ==, b->description_of_operations);
  g_assert_cmpstr (a->certificate_number, ==, b->certificate_number);
  g_assert_cmpstr (a->revision_number, ==, b->revision_number);
  g_assert_cmpstr (a->holder_name, ==, b->holder_name);
  g_assert_cmpstr (a->holder_address, ==, b->holder_address);
  g_assert_cmpuint (a->insurers->len, ==, b->insurers->len);
  for (guint i = 0; i < a->insurers->len; i++)
    {
      const ChInsurer *x = g_ptr_array_index (a->insurers, i);
      const ChInsurer *y = g_ptr_array_index (b->insurers, i);

      g_assert_cmpstr (x->letter, ==, y->letter);
      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpstr (x->naic, ==, y->naic);
    }
  g_assert_cmpuint (a->policies->len, ==, b->policies->len);
  for (guint i = 0; i < a->policies->len; i++)
    assert_same_policy (g_ptr_array_index (a->policies, i), g_ptr_array_index (b->policies, i));
  g_assert_cmpuint (a->endorsements->len, ==, b->endorsements->len);
  for (guint i = 0; i < a->endorsements->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a->endorsements, i), ==, g_ptr_array_index (b->endorsements, i));
  g_assert_cmpuint (b->fields->len, ==, with_fields ? a->fields->len : 0);
  for (guint i = 0; with_fields && i < a->fields->len; i++)
    {
      const ChFieldReading *x = g_ptr_array_index (a->fields, i);
      const ChFieldReading *y = g_ptr_array_index (b->fields, i);

      g_assert_cmpuint (x->doubts, ==, y->doubts);
      g_assert_cmpstr (x->path, ==, y->path);
      g_assert_cmpfloat (x->confidence, ==, y->confidence);
      g_assert_cmpint (x->page, ==, y->page);
      g_assert_cmpmem (x->box, sizeof x->box, y->box, sizeof y->box);
    }
}

/* (transfer full): @certificate is eaten */
static ChFiledCertificate *
add (Fixture       *fixture,
     const char    *text,
     gint64         vendor_id,
     ChCertificate *certificate)
{
  ChFiledCertificate *filed = ch_filed_certificate_new ();
  g_autoptr(GError) error = NULL;

  filed->sha256 = fixture_put_document (fixture, text);
  filed->vendor_id = vendor_id;
  filed->received_at = fixture->now++;
  ch_certificate_free (filed->certificate);
  filed->certificate = certificate;
  fixture_begin (fixture);
  ch_store_add_certificate (fixture->store, filed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  return filed;
}

static ChCertificate *
make_with_policies (ChPolicy *first,
                    ChPolicy *second)
{
  ChCertificate *certificate = ch_certificate_new ();

  g_ptr_array_add (certificate->policies, first);
  if (second != NULL)
    g_ptr_array_add (certificate->policies, second);

  return certificate;
}

static const char *
get_uuid (const ChFiledCertificate *filed,
          guint                     i)
{
  g_assert_cmpuint (filed->policy_uuids->len, >, i);

  return g_ptr_array_index (filed->policy_uuids, i);
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
test_everything_comes_back (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  g_autoptr(ChFiledCertificate) found = NULL;
  g_autoptr(ChFiledCertificate) by_uuid = NULL;
  g_autoptr(ChFiledCertificate) by_document = NULL;
  g_autoptr(GPtrArray) plain = NULL;
  g_autoptr(GError) error = NULL;
  gint64 project_id = PROJECT_2;

  filed->sha256 = fixture_put_document (fixture, "%PDF full");
  filed->document_index = 2;
  filed->file_name = g_strdup ("coi.pdf");
  filed->vendor_id = SUB;
  filed->matched_by = g_strdup ("legal name");
  filed->received_at = NOW - 5;
  g_array_append_val (filed->project_ids, project_id);
  ch_certificate_free (filed->certificate);
  filed->certificate = make_full_certificate ();
  fixture_begin (fixture);
  ch_store_add_certificate (fixture->store, filed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  fixture_reopen (fixture);

  found = get (fixture, filed->id);
  g_assert_cmpstr (found->uuid, ==, filed->uuid);
  g_assert_cmpstr (found->sha256, ==, filed->sha256);
  g_assert_cmpuint (found->document_index, ==, 2);
  g_assert_cmpstr (found->file_name, ==, "coi.pdf");
  g_assert_cmpint (found->vendor_id, ==, SUB);
  g_assert_cmpstr (found->matched_by, ==, "legal name");
  g_assert_cmpint (found->received_at, ==, NOW - 5);
  g_assert_cmpint (found->review, ==, CH_REVIEW_PENDING);
  g_assert_null (found->read_problem);
  g_assert_cmpuint (found->project_ids->len, ==, 1);
  g_assert_cmpint (g_array_index (found->project_ids, gint64, 0), ==, PROJECT_2);
  assert_same_certificate (filed->certificate, found->certificate, TRUE);
  g_assert_cmpuint (found->policy_uuids->len, ==, 2);
  g_assert_cmpstr (get_uuid (found, 0), ==, get_uuid (filed, 0));
  g_assert_cmpstr (get_uuid (found, 1), ==, get_uuid (filed, 1));

  by_uuid = ch_store_find_certificate (fixture->store, filed->uuid, &error);
  g_assert_cmpint (by_uuid->id, ==, filed->id);
  by_document = ch_store_find_certificate_by_document (fixture->store, filed->sha256, 2, &error);
  g_assert_cmpint (by_document->id, ==, filed->id);
  plain = ch_store_list_certificates (fixture->store, 0, FALSE, &error);
  assert_same_certificate (filed->certificate, ((ChFiledCertificate *) g_ptr_array_index (plain, 0))->certificate,
                           FALSE);
  fixture_verify (fixture);
}

static void
test_same_document_again_is_refused (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) first = add (fixture, "one", 0, ch_certificate_new ());
  g_autoptr(ChFiledCertificate) again = ch_filed_certificate_new ();
  g_autoptr(ChFiledCertificate) unknown = ch_filed_certificate_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  again->sha256 = g_strdup (first->sha256);
  unknown->sha256 = g_strnfill (64, 'a');
  fixture_begin (fixture);
  g_assert_false (ch_store_add_certificate (fixture->store, again, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (ch_store_add_certificate (fixture->store, unknown, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  again->document_index = 1;
  g_assert_true (ch_store_add_certificate (fixture->store, again, &error));
  fixture_commit (fixture);

  all = ch_store_list_certificates (fixture->store, 0, FALSE, &error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_null (ch_store_find_certificate_by_document (fixture->store, first->sha256, 7, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ch_store_find_certificate (fixture->store, "nothing", &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ch_store_get_certificate (fixture->store, 999, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
}

static void
test_certificate_of_unknown_sub_leaves_nothing (Fixture       *fixture,
                                                gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  g_autoptr(GError) error = NULL;

  filed->sha256 = fixture_put_document (fixture, "lost");
  filed->vendor_id = 999;
  ch_certificate_free (filed->certificate);
  filed->certificate = make_full_certificate ();
  fixture_begin (fixture);
  g_assert_false (ch_store_add_certificate (fixture->store, filed, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  fixture_commit (fixture);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT (SELECT count (*) FROM document) "
                                                 "+ (SELECT count (*) FROM certificate_version)"), ==, 0);
}

static void
test_lists_by_sub (Fixture       *fixture,
                   gconstpointer  user_data)
{
  static const struct { gint64 vendor; guint n; } cases[] = { { 0, 3 }, { -1, 1 }, { SUB, 2 }, { SUB_2, 0 } };
  g_autoptr(ChFiledCertificate) a = add (fixture, "a", SUB, make_full_certificate ());
  g_autoptr(ChFiledCertificate) b = add (fixture, "b", 0, make_full_certificate ());
  g_autoptr(ChFiledCertificate) c = add (fixture, "c", SUB, make_full_certificate ());
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = ch_store_list_certificates (fixture->store, cases[i].vendor, TRUE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (cases[i].vendor == -1)
        g_assert_cmpint (((ChFiledCertificate *) g_ptr_array_index (found, 0))->id, ==, b->id);
      if (cases[i].vendor == SUB)
        {
          g_assert_cmpint (((ChFiledCertificate *) g_ptr_array_index (found, 0))->id, ==, a->id);
          g_assert_cmpint (((ChFiledCertificate *) g_ptr_array_index (found, 1))->id, ==, c->id);
        }
      for (guint k = 1; k < found->len; k++)
        g_assert_cmpint (((ChFiledCertificate *) g_ptr_array_index (found, k - 1))->received_at, <,
                         ((ChFiledCertificate *) g_ptr_array_index (found, k))->received_at);
    }
}

static void
test_review_is_recorded_once (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = add (fixture, "a", SUB, ch_certificate_new ());
  g_autoptr(ChFiledCertificate) found = NULL;
  g_autoptr(ChFiledCertificate) pending = NULL;
  g_autoptr(GError) error = NULL;
  gint64 first = fixture->now;

  fixture_begin (fixture);
  ch_store_set_certificate_review (fixture->store, filed->id, CH_REVIEW_REJECTED, "wrong holder", &error);
  fixture_commit (fixture);
  fixture->now += 1000;
  fixture_begin (fixture);
  ch_store_set_certificate_review (fixture->store, filed->id, CH_REVIEW_REJECTED, "wrong holder", &error);
  g_assert_false (ch_store_set_certificate_review (fixture->store, 999, CH_REVIEW_APPROVED, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  fixture_commit (fixture);
  found = get (fixture, filed->id);
  g_assert_cmpint (found->review, ==, CH_REVIEW_REJECTED);
  g_assert_cmpstr (found->review_why, ==, "wrong holder");
  g_assert_cmpstr (found->reviewed_by, ==, "desk:test");
  g_assert_cmpint (found->reviewed_at, ==, first);

  g_clear_error (&error);
  fixture_begin (fixture);
  ch_store_set_certificate_review (fixture->store, filed->id, CH_REVIEW_PENDING, NULL, &error);
  fixture_commit (fixture);
  pending = get (fixture, filed->id);
  g_assert_null (pending->reviewed_by);
  g_assert_cmpint (pending->reviewed_at, ==, 0);
}

static void
test_correction_keeps_what_was_read (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) original = make_full_certificate ();
  g_autoptr(ChFiledCertificate) filed = add (fixture, "a", SUB, make_full_certificate ());
  g_autoptr(ChCertificate) corrected = ch_certificate_copy (original);
  g_autoptr(ChCertificate) as_read = NULL;
  g_autoptr(ChFiledCertificate) found = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_free (corrected->insured_name);
      corrected->insured_name = g_strdup_printf ("Corrected %u", i);
      fixture_begin (fixture);
      ch_store_correct_certificate (fixture->store, filed->id, corrected, &error);
      g_assert_no_error (error);
      fixture_commit (fixture);
    }

  found = get (fixture, filed->id);
  assert_same_certificate (corrected, found->certificate, TRUE);
  as_read = ch_store_get_certificate_as_read (fixture->store, filed->id, &error);
  assert_same_certificate (original, as_read, TRUE);
  g_assert_null (ch_store_get_certificate_as_read (fixture->store, 999, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM certificate_version"), ==, 3);
  fixture_verify (fixture);
}

static void
test_unreadable_is_filled_in_later (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  g_autoptr(ChCertificate) certificate = make_full_certificate ();
  g_autoptr(ChFiledCertificate) found = NULL;
  g_autoptr(GError) error = NULL;

  filed->sha256 = fixture_put_document (fixture, "not a pdf");
  filed->read_problem = g_strdup ("the file is damaged");
  fixture_begin (fixture);
  ch_store_add_certificate (fixture->store, filed, &error);
  ch_store_correct_certificate (fixture->store, filed->id, certificate, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  found = get (fixture, filed->id);
  g_assert_null (found->read_problem);
  g_assert_cmpuint (found->certificate->policies->len, ==, 2);
  g_assert_cmpuint (found->policy_uuids->len, ==, 2);
}

static void
test_same_policy_on_a_newer_certificate (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) old = NULL;
  g_autoptr(ChFiledCertificate) new = NULL;
  g_autoptr(ChFiledCertificate) renewal = NULL;
  g_autoptr(ChFiledCertificate) other = NULL;

  old = add (fixture, "old", SUB, make_with_policies (make_policy (GL, "GL-100 2", "2026-01-01"),
                                                      make_policy (UMBRELLA, "GL-100 2", "2026-01-01")));
  new = add (fixture, "new", SUB, make_with_policies (make_policy (UMBRELLA, "gl1002", "2026-01-01"),
                                                      make_policy (GL, "gl 1002", "2026-01-01")));
  renewal = add (fixture, "renewal", SUB, make_with_policies (make_policy (GL, "GL-100 2",
                                                                           "2027-01-01"), NULL));
  other = add (fixture, "other", SUB_2, make_with_policies (make_policy (GL, "GL-100 2",
                                                                         "2026-01-01"), NULL));

  g_assert_cmpstr (get_uuid (old, 0), !=, get_uuid (old, 1));
  g_assert_cmpstr (get_uuid (new, 1), ==, get_uuid (old, 0));
  g_assert_cmpstr (get_uuid (new, 0), ==, get_uuid (old, 1));
  g_assert_cmpstr (get_uuid (renewal, 0), !=, get_uuid (old, 0));
  g_assert_cmpstr (get_uuid (other, 0), !=, get_uuid (old, 0));
  fixture_verify (fixture);
}

/* Two rows that show the same are two policies, on this certificate and the next. */
static void
test_equal_policies_on_one_certificate (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) a = NULL;
  g_autoptr(ChFiledCertificate) b = NULL;

  a = add (fixture, "a", SUB, make_with_policies (make_policy (CH_COVERAGE_OTHER, NULL, NULL),
                                                  make_policy (CH_COVERAGE_OTHER, NULL, NULL)));
  b = add (fixture, "b", SUB, make_with_policies (make_policy (CH_COVERAGE_OTHER, NULL, NULL),
                                                  make_policy (CH_COVERAGE_OTHER, "", NULL)));
  g_assert_cmpstr (get_uuid (a, 0), !=, get_uuid (a, 1));
  g_assert_cmpstr (get_uuid (a, 0), ==, get_uuid (b, 0));
  g_assert_cmpstr (get_uuid (a, 1), ==, get_uuid (b, 1));
}

static void
set_sub (Fixture *fixture,
         gint64   id,
         gint64   vendor_id)
{
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  ch_store_set_certificate_sub (fixture->store, id, vendor_id, "given", &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  fixture_verify (fixture);
}

static void
test_uuids_when_the_sub_is_said_later (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) known = NULL;
  g_autoptr(ChFiledCertificate) nobodys = NULL;
  g_autoptr(ChFiledCertificate) assigned = NULL;
  g_autoptr(ChFiledCertificate) moved = NULL;
  g_autoptr(ChFiledCertificate) back = NULL;

  known = add (fixture, "known", SUB, make_with_policies (make_policy (GL, "GL1", "2026-01-01"),
                                                          NULL));
  nobodys = add (fixture, "nobodys", 0, make_with_policies (make_policy (GL, "GL1", "2026-01-01"),
                                                            make_policy (AUTO, "A1", "2026-01-01")));
  g_assert_cmpstr (get_uuid (nobodys, 0), !=, get_uuid (known, 0));

  set_sub (fixture, nobodys->id, SUB);
  assigned = get (fixture, nobodys->id);
  g_assert_cmpint (assigned->vendor_id, ==, SUB);
  g_assert_cmpstr (get_uuid (assigned, 0), ==, get_uuid (known, 0));     /* the sub's already */
  g_assert_cmpstr (get_uuid (assigned, 1), ==, get_uuid (nobodys, 1));   /* kept */

  set_sub (fixture, nobodys->id, SUB_2);
  moved = get (fixture, nobodys->id);
  g_assert_cmpstr (get_uuid (moved, 0), !=, get_uuid (known, 0));
  g_assert_cmpstr (get_uuid (moved, 1), !=, get_uuid (nobodys, 1));

  set_sub (fixture, nobodys->id, 0);
  set_sub (fixture, nobodys->id, SUB);
  back = get (fixture, nobodys->id);
  g_assert_cmpstr (get_uuid (back, 0), ==, get_uuid (known, 0));
  g_assert_cmpstr (get_uuid (back, 1), ==, get_uuid (nobodys, 1));
}

static ChFiledCertificate *
correct_number (Fixture                  *fixture,
                const ChFiledCertificate *filed,
                guint                     i,
                const char               *number)
{
  g_autoptr(ChCertificate) certificate = ch_certificate_copy (filed->certificate);
  ChPolicy *policy = g_ptr_array_index (certificate->policies, i);
  g_autoptr(GError) error = NULL;

  g_free (policy->policy_number);
  policy->policy_number = g_strdup (number);
  fixture_begin (fixture);
  ch_store_correct_certificate (fixture->store, filed->id, certificate, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  fixture_verify (fixture);

  return get (fixture, filed->id);
}

static void
test_corrected_number_is_the_same_policy (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) a = NULL;
  g_autoptr(ChFiledCertificate) corrected = NULL;
  g_autoptr(ChFiledCertificate) b = NULL;
  g_autoptr(ChFiledCertificate) shared = NULL;

  a = add (fixture, "a", SUB, make_with_policies (make_policy (GL, "GLO1", "2026-01-01"),
                                                  make_policy (AUTO, "A1", "2026-01-01")));
  corrected = correct_number (fixture, a, 0, "GL01");
  g_assert_cmpstr (get_uuid (corrected, 0), ==, get_uuid (a, 0));
  g_assert_cmpstr (get_uuid (corrected, 1), ==, get_uuid (a, 1));

  /* Once another certificate shows the policy too, a correction of this one alone says it is another policy. */
  b = add (fixture, "b", SUB, make_with_policies (make_policy (GL, "GL01", "2026-01-01"), NULL));
  g_assert_cmpstr (get_uuid (b, 0), ==, get_uuid (a, 0));
  shared = correct_number (fixture, corrected, 0, "GL99");
  g_assert_cmpstr (get_uuid (shared, 0), !=, get_uuid (a, 0));
}

static void
test_projects_of_a_certificate (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = add (fixture, "a", SUB, ch_certificate_new ());
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(ChFiledCertificate) found = NULL;
  g_autoptr(ChFiledCertificate) emptied = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = PROJECT_2;

  g_array_append_val (ids, id);
  id = PROJECT;
  g_array_append_val (ids, id);
  fixture_begin (fixture);
  ch_store_set_certificate_projects (fixture->store, filed->id, ids, &error);
  ch_store_set_certificate_projects (fixture->store, filed->id, ids, &error);
  g_assert_no_error (error);
  id = 999;
  g_array_append_val (ids, id);
  g_assert_false (ch_store_set_certificate_projects (fixture->store, filed->id, ids, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  fixture_commit (fixture);
  found = get (fixture, filed->id);
  g_assert_cmpuint (found->project_ids->len, ==, 2);
  g_assert_cmpint (g_array_index (found->project_ids, gint64, 0), ==, PROJECT);

  g_array_set_size (ids, 0);
  fixture_begin (fixture);
  ch_store_set_certificate_projects (fixture->store, filed->id, ids, &error);
  fixture_commit (fixture);
  emptied = get (fixture, filed->id);
  g_assert_cmpuint (emptied->project_ids->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/certificates/everything-comes-back", fixture_set_up_desk, test_everything_comes_back);
  FIXTURE_TEST ("/store/certificates/same-document-again-is-refused", fixture_set_up_desk,
                test_same_document_again_is_refused);
  FIXTURE_TEST ("/store/certificates/certificate-of-unknown-sub-leaves-nothing", fixture_set_up_desk,
                test_certificate_of_unknown_sub_leaves_nothing);
  FIXTURE_TEST ("/store/certificates/lists-by-sub", fixture_set_up_desk, test_lists_by_sub);
  FIXTURE_TEST ("/store/certificates/review-is-recorded-once", fixture_set_up_desk, test_review_is_recorded_once);
  FIXTURE_TEST ("/store/certificates/correction-keeps-what-was-read", fixture_set_up_desk,
                test_correction_keeps_what_was_read);
  FIXTURE_TEST ("/store/certificates/unreadable-is-filled-in-later", fixture_set_up_desk,
                test_unreadable_is_filled_in_later);
  FIXTURE_TEST ("/store/certificates/same-policy-on-a-newer-certificate", fixture_set_up_desk,
                test_same_policy_on_a_newer_certificate);
  FIXTURE_TEST ("/store/certificates/equal-policies-on-one-certificate", fixture_set_up_desk,
                test_equal_policies_on_one_certificate);
  FIXTURE_TEST ("/store/certificates/uuids-when-the-sub-is-said-later", fixture_set_up_desk,
                test_uuids_when_the_sub_is_said_later);
  FIXTURE_TEST ("/store/certificates/corrected-number-is-the-same-policy", fixture_set_up_desk,
                test_corrected_number_is_the_same_policy);
  FIXTURE_TEST ("/store/certificates/projects-of-a-certificate", fixture_set_up_desk, test_projects_of_a_certificate);

  return g_test_run ();
}
