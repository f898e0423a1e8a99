/* What can hardly be true together is read as it is printed, is not sure, and says why. */
#include "config.h"

#include "drawn-form.h"
#include "reader-fixture.h"

#include <string.h>

static const DrawnManner plain = DRAWN_PLAIN_MANNER;

static ChPolicy *
add_policy (ChCertificate *certificate,
            ChCoverage     coverage)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup ("GL-100");
  policy->effective = ch_date_new (2026, 3, 1);
  policy->expiration = ch_date_new (2027, 3, 1);
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

static ChCertificate *
make_certificate (void)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy;

  certificate->form = g_strdup ("ACORD 25");
  certificate->date = ch_date_new (2026, 4, 1);
  certificate->insured_name = g_strdup ("Tern & Heron Masonry LLC");
  certificate->holder_name = g_strdup ("Harbor Builders, Inc.");
  certificate->description_of_operations = g_strdup ("RE: Harbor Lofts.");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Ridge Insurance Co", "10001"));
  policy = add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY);
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;

  return certificate;
}

static const ChFieldReading *
find_field (const ChCertificate *certificate,
            const char          *path)
{
  guint i;

  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (strcmp (field->path, path) == 0)
        return field;
    }

  return NULL;
}

static ChReading *
read_drawn (ReaderFixture       *fixture,
            const DrawnManner   *manner,
            const ChCertificate *certificate)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autofree char *path = reader_fixture_path (fixture, "doubt.pdf");
  g_autoptr (GError) error = NULL;
  ChReading *reading;

  ch_certificate_free (drawn_form_draw (pen, manner, certificate, random));
  pdf_pen_save (pen, path);
  reading = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);

  return reading;
}

/* The value at @path has the doubt and is less sure than values are, and nothing else has it. */
static void
assert_doubted (ReaderFixture       *fixture,
                const ChCertificate *certificate,
                const char          *path,
                ChDoubt              doubt)
{
  g_autoptr (ChReading) reading = read_drawn (fixture, &plain, certificate);
  const ChCertificate *read = g_ptr_array_index (reading->certificates, 0);
  const ChFieldReading *field = find_field (read, path);
  guint i;

  g_assert_nonnull (field);
  g_assert_cmpuint (field->doubts & doubt, ==, doubt);
  g_assert_cmpfloat (field->confidence, <, 0.95);
  for (i = 0; i < read->fields->len; i++)
    {
      const ChFieldReading *other = g_ptr_array_index (read->fields, i);

      if (other->doubts == 0)
        g_assert_cmpfloat (other->confidence, >=, 0.98);
    }
}

static ChPolicy *
get_policy (const ChCertificate *certificate)
{
  return g_ptr_array_index (certificate->policies, 0);
}

static void
test_nothing_to_doubt (ReaderFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();
  g_autoptr (ChReading) reading = read_drawn (fixture, &plain, certificate);
  const ChCertificate *read = g_ptr_array_index (reading->certificates, 0);
  guint i;

  g_assert_cmpuint (read->fields->len, >, 8);
  for (i = 0; i < read->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (read->fields, i);

      g_assert_cmpuint (field->doubts, ==, 0);
      g_assert_cmpfloat (field->confidence, >=, 0.98);
    }
}

static void
test_ends_before_it_begins (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();

  get_policy (certificate)->expiration = ch_date_new (2025, 3, 1);
  assert_doubted (fixture, certificate, "policies[0].expiration", CH_DOUBT_ENDS_BEFORE_IT_BEGINS);
}

static void
test_term_is_not_a_year (ReaderFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();

  get_policy (certificate)->expiration = ch_date_new (2029, 3, 1);
  assert_doubted (fixture, certificate, "policies[0].effective", CH_DOUBT_TERM_IS_NOT_A_YEAR);
}

static void
test_aggregate_below_occurrence (ReaderFixture *fixture,
                                 gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();

  get_policy (certificate)->limits[CH_LIMIT_GENERAL_AGGREGATE] = 500000;
  assert_doubted (fixture, certificate, "policies[0].limits.general_aggregate", CH_DOUBT_AGGREGATE_BELOW_OCCURRENCE);
}

static void
test_amount_is_not_round (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();

  get_policy (certificate)->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000100;
  assert_doubted (fixture, certificate, "policies[0].limits.general_aggregate", CH_DOUBT_AMOUNT_IS_NOT_ROUND);
}

static void
test_naic_is_not_five_digits (ReaderFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();
  ChInsurer *insurer = g_ptr_array_index (certificate->insurers, 0);

  g_free (insurer->naic);
  insurer->naic = g_strdup ("1001");
  assert_doubted (fixture, certificate, "insurers[0].naic", CH_DOUBT_NAIC_IS_NOT_FIVE_DIGITS);
}

static void
test_letter_without_insurer (ReaderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();

  g_free (get_policy (certificate)->insurer);
  get_policy (certificate)->insurer = g_strdup ("C");
  assert_doubted (fixture, certificate, "policies[0].insurer", CH_DOUBT_LETTER_WITHOUT_INSURER);
}

static void
test_dated_after_expiration (ReaderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();

  certificate->date = ch_date_new (2027, 3, 2);
  assert_doubted (fixture, certificate, "date", CH_DOUBT_DATED_AFTER_EXPIRATION);
}

/* Older text under what is seen is what an altered certificate looks like. */
/* A speck in the other box: what is ticked is as sure as that the other is empty. */
static void
test_other_box_is_not_quite_empty (ReaderFixture *fixture,
                                   gconstpointer  data)
{
  /* In the box of CLAIMS-MADE, a twentieth of what is inside. */
  const ChBox speck = { 56, 317, 58, 319 };
  g_autoptr (ChCertificate) certificate = make_certificate ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autofree char *path = reader_fixture_path (fixture, "speck.pdf");
  DrawnManner manner = plain;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = NULL;
  const ChFieldReading *basis;

  manner.mark = DRAWN_MARK_STROKES;
  ch_certificate_free (drawn_form_draw (pen, &manner, certificate, random));
  pdf_pen_area (pen, &speck);
  pdf_pen_save (pen, path);
  reading = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);

  basis = find_field (g_ptr_array_index (reading->certificates, 0), "policies[0].basis");
  g_assert_nonnull (basis);
  g_assert_cmpint (get_policy (g_ptr_array_index (reading->certificates, 0))->basis, ==, CH_BASIS_OCCURRENCE);
  g_assert_cmpuint (basis->doubts & CH_DOUBT_MARK_IS_FAINT, ==, CH_DOUBT_MARK_IS_FAINT);
  g_assert_cmpfloat (basis->confidence, <, 0.95);
}

static void
test_hides_other_text (ReaderFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();
  DrawnManner manner = plain;
  g_autoptr (ChReading) reading = NULL;
  const ChFieldReading *field;

  manner.covered = TRUE;
  reading = read_drawn (fixture, &manner, certificate);
  field = find_field (g_ptr_array_index (reading->certificates, 0), "insurers[0].name");
  g_assert_cmpuint (field->doubts, ==, CH_DOUBT_HIDES_OTHER_TEXT);
  g_assert_cmpfloat (field->confidence, <, 0.95);
  g_assert_cmpuint (find_field (g_ptr_array_index (reading->certificates, 0), "insured.name")->doubts, ==, 0);
}

/* What contradicts nothing that is read, and a person should know. */
static void
test_told_without_doubting (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = make_certificate ();
  g_autoptr (ChReading) reading = NULL;
  const ChCertificate *read;
  const ChFieldReading *field;
  DrawnManner manner = plain;
  ChPolicy *umbrella = add_policy (certificate, CH_COVERAGE_UMBRELLA_EXCESS);

  umbrella->kind = CH_UMBRELLA_KIND_UMBRELLA;
  g_free (certificate->description_of_operations);
  certificate->description_of_operations = g_strdup ("Holder is an additional insured.");
  manner.noise = DRAWN_NOISE_LETTERS;
  reading = read_drawn (fixture, &manner, certificate);
  read = g_ptr_array_index (reading->certificates, 0);

  field = find_field (read, "policies[1].kind");
  g_assert_cmpuint (field->doubts, ==, CH_DOUBT_BASIS_IS_MISSING);
  field = find_field (read, "description_of_operations");
  g_assert_cmpuint (field->doubts, ==, CH_DOUBT_NOT_AS_DESCRIBED);
  field = find_field (read, "sections.automobile_liability");
  g_assert_nonnull (field);
  g_assert_cmpuint (field->doubts, ==, CH_DOUBT_MARK_WITHOUT_POLICY);
  g_assert_cmpuint (read->policies->len, ==, 2);
}

static void
test_every_doubt_has_words (void)
{
  guint i;

  for (i = 0; (1u << i) <= CH_DOUBT_ALL; i++)
    {
      ChDoubt doubt = (ChDoubt) (1u << i);
      g_autofree char *text = ch_doubts_describe (doubt);

      g_assert_nonnull (ch_doubt_to_string (doubt));
      g_assert_cmpint (ch_doubt_from_string (ch_doubt_to_string (doubt)), ==, doubt);
      g_assert_nonnull (text);
      g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
    }
  g_assert_cmpint (ch_doubt_from_string ("tomorrow's"), ==, CH_DOUBT_NONE);
  g_assert_null (ch_doubts_describe (0));
}

#define ADD(name, function) \
  g_test_add ("/reading/doubts/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("nothing-to-doubt", test_nothing_to_doubt);
  ADD ("ends-before-it-begins", test_ends_before_it_begins);
  ADD ("term-is-not-a-year", test_term_is_not_a_year);
  ADD ("aggregate-below-occurrence", test_aggregate_below_occurrence);
  ADD ("amount-is-not-round", test_amount_is_not_round);
  ADD ("naic-is-not-five-digits", test_naic_is_not_five_digits);
  ADD ("letter-without-insurer", test_letter_without_insurer);
  ADD ("dated-after-expiration", test_dated_after_expiration);
  ADD ("other-box-is-not-quite-empty", test_other_box_is_not_quite_empty);
  ADD ("hides-other-text", test_hides_other_text);
  ADD ("told-without-doubting", test_told_without_doubting);
  g_test_add_func ("/reading/doubts/every-doubt-has-words", test_every_doubt_has_words);

  return g_test_run ();
}
