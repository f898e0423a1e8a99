#include "config.h"

#include "certificate-comparison.h"
#include "older-form.h"
#include "reader-fixture.h"

static ChPolicy *
add_policy (ChCertificate *certificate,
            ChCoverage     coverage,
            const char    *insurer,
            const char    *number,
            int            year)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->insurer = g_strdup (insurer);
  policy->policy_number = g_strdup (number);
  policy->effective = ch_date_new (year, 7, 15);
  policy->expiration = ch_date_new (year + 1, 7, 15);
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

static void
set_parties (ChCertificate *certificate,
             const char    *edition)
{
  certificate->form = g_strdup ("ACORD 25");
  certificate->edition = g_strdup (edition);
  certificate->producer_name = g_strdup ("Fairweather Insurance");
  certificate->producer_phone = g_strdup ("555-010-2200");
  certificate->insured_name = g_strdup ("Tern & Heron Masonry LLC");
  certificate->insured_address = g_strdup ("88 Orchard Road\nSalem, OR 97301");
  certificate->holder_name = g_strdup ("Harbor Builders, Inc.");
  certificate->holder_address = g_strdup ("1200 Harbor Street\nPortland, OR 97209");
  certificate->description_of_operations = g_strdup ("RE: Harbor lofts.");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Ridge Insurance Co", "10001"));
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("D", "Prairie Mutual Casualty", NULL));
}

static void
assert_reads (ReaderFixture       *fixture,
              const char          *path,
              const ChCertificate *truth)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = reader_fixture_read (fixture, path, &error);
  g_autoptr (GPtrArray) differences = NULL;
  guint i;

  g_assert_no_error (error);
  differences = certificate_differences (truth, g_ptr_array_index (reading->certificates, 0));
  for (i = 0; i < differences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (differences, i));
  g_assert_cmpuint (differences->len, ==, 0);
}

/* No contact block, one column of marks before the type, garage between auto and excess, autos in one column. */
static void
test_2001 (ReaderFixture *fixture,
           gconstpointer  data)
{
  static const Put values[] = {
    { 525, 44, "07/20/06" },
    { 70, 60, "Phone: 555-010-2200" },
    { 24, 72, "Fairweather Insurance" },
    { 24, 82, "100 Exchange Place" },
    { 60, 134, "Tern & Heron Masonry LLC" },
    { 60, 144, "88 Orchard Road" },
    { 60, 154, "Salem, OR 97301" },
    { 350, 129, "Granite Ridge Insurance Co" },
    { 550, 129, "10001" },
    { 350, 165, "Prairie Mutual Casualty" },
    { 24, 254, "A" },
    { 44, 254, "X" },
    { 197, 254, "GL-100" },
    { 310, 254, "07/15/06" },
    { 366, 254, "07/15/07" },
    { 66, 254, "X" },
    { 142, 266, "X" },
    { 106, 314, "X" },
    { 516, 242, "$ 1,000,000" },
    { 516, 254, "$   100,000" },
    { 516, 266, "$     5,000" },
    { 516, 278, "$ 1,000,000" },
    { 516, 290, "$ 2,000,000" },
    { 516, 302, "$ 2,000,000" },
    { 24, 350, "A" },
    { 197, 350, "BA-200" },
    { 310, 350, "07/15/06" },
    { 366, 350, "07/15/07" },
    { 66, 350, "X" },
    { 66, 374, "X" },
    { 66, 386, "X" },
    { 516, 334, "$   500,000" },
    { 24, 464, "A" },
    { 197, 464, "UM-300" },
    { 310, 464, "07/15/06" },
    { 366, 464, "07/15/07" },
    { 66, 464, "X" },
    { 66, 500, "X" },
    { 128, 500, "10,000" },
    { 516, 452, "$ 5,000,000" },
    { 516, 464, "$ 5,000,000" },
    { 24, 526, "D" },
    { 197, 526, "WC-400" },
    { 310, 526, "07/15/06" },
    { 366, 526, "07/15/07" },
    { 430, 513, "X" },
    { 516, 526, "$ 1,000,000" },
    { 516, 538, "$ 1,000,000" },
    { 516, 550, "$ 1,000,000" },
    { 24, 612, "RE: Harbor lofts." },
    { 60, 690, "Harbor Builders, Inc." },
    { 60, 700, "1200 Harbor Street" },
    { 60, 710, "Portland, OR 97209" },
  };
  g_autofree char *path = reader_fixture_path (fixture, "2001.pdf");
  g_autoptr (ChCertificate) truth = ch_certificate_new ();
  ChPolicy *policy;

  set_parties (truth, "2001/08");
  truth->date = ch_date_new (2006, 7, 20);
  policy = add_policy (truth, CH_COVERAGE_GENERAL_LIABILITY, "A", "GL-100", 2006);
  policy->additional_insured = CH_MARK_YES;
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->aggregate_per = CH_AGGREGATE_PER_PROJECT;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  policy->limits[CH_LIMIT_DAMAGE_TO_RENTED_PREMISES] = 100000;
  policy->limits[CH_LIMIT_MEDICAL_EXPENSE] = 5000;
  policy->limits[CH_LIMIT_PERSONAL_ADVERTISING_INJURY] = 1000000;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
  policy->limits[CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = 2000000;
  policy = add_policy (truth, CH_COVERAGE_AUTOMOBILE_LIABILITY, "A", "BA-200", 2006);
  policy->autos = CH_AUTOS_OWNED | CH_AUTOS_HIRED | CH_AUTOS_NON_OWNED;
  policy->limits[CH_LIMIT_COMBINED_SINGLE_LIMIT] = 500000;
  policy = add_policy (truth, CH_COVERAGE_UMBRELLA_EXCESS, "A", "UM-300", 2006);
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 5000000;
  policy->limits[CH_LIMIT_AGGREGATE] = 5000000;
  policy->limits[CH_LIMIT_RETENTION] = 10000;
  policy = add_policy (truth, CH_COVERAGE_WORKERS_COMPENSATION, "D", "WC-400", 2006);
  policy->statutory = CH_MARK_YES;
  policy->limits[CH_LIMIT_EL_EACH_ACCIDENT] = 1000000;
  policy->limits[CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = 1000000;
  policy->limits[CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = 1000000;

  older_form_draw_2001 (path, values, G_N_ELEMENTS (values), 0, 0);
  assert_reads (fixture, path, truth);
}

static ChCertificate *
make_truth_2010 (void)
{
  ChCertificate *truth = ch_certificate_new ();
  ChPolicy *policy;

  set_parties (truth, "2010/05");
  truth->date = ch_date_new (2013, 8, 1);
  truth->producer_contact = g_strdup ("Ada Field");
  truth->producer_email = g_strdup ("ada@fairweather.example");
  truth->certificate_number = g_strdup ("13-77");
  policy = add_policy (truth, CH_COVERAGE_GENERAL_LIABILITY, "A", "76 SBU BB6SW5", 2013);
  policy->additional_insured = CH_MARK_YES;
  policy->waiver_of_subrogation = CH_MARK_NO;
  policy->basis = CH_BASIS_CLAIMS_MADE;
  policy->aggregate_per = CH_AGGREGATE_PER_LOCATION;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  policy->limits[CH_LIMIT_MEDICAL_EXPENSE] = 0;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
  policy->limits[CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = 2000000;
  policy = add_policy (truth, CH_COVERAGE_AUTOMOBILE_LIABILITY, "A", "BA-200", 2013);
  policy->autos = CH_AUTOS_OWNED | CH_AUTOS_NON_OWNED;
  policy->limits[CH_LIMIT_BODILY_INJURY_PER_PERSON] = 250000;
  policy->limits[CH_LIMIT_BODILY_INJURY_PER_ACCIDENT] = 500000;
  policy->limits[CH_LIMIT_PROPERTY_DAMAGE] = 100000;
  policy = add_policy (truth, CH_COVERAGE_UMBRELLA_EXCESS, "A", "UM-300", 2013);
  policy->kind = CH_UMBRELLA_KIND_UMBRELLA;
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 5000000;
  policy->limits[CH_LIMIT_AGGREGATE] = 5000000;
  add_policy (truth, CH_COVERAGE_UMBRELLA_EXCESS, "D", "XS-301", 2013);
  policy = add_policy (truth, CH_COVERAGE_OTHER, "A", "PL-500", 2013);
  policy->coverage_text = g_strdup ("Professional Liability");
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  policy = add_policy (truth, CH_COVERAGE_OTHER, "D", "CR-600", 2013);
  policy->coverage_text = g_strdup ("Crime");
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 500000;
  policy->limits[CH_LIMIT_RETENTION] = 5000;

  return truth;
}

/* The general liability rows start one lower; two umbrellas share a section, two policies the last one; workers'
 * compensation has a letter and nothing else. */
static const Put values_2010[] = {
  { 530, 44, "08/01/2013" },
  { 24, 140, "Fairweather Insurance" },
  { 24, 152, "100 Exchange Place" },
  { 350, 130, "Ada Field" },
  { 358, 142, "555-010-2200" },
  { 350, 154, "ada@fairweather.example" },
  { 220, 188, "TERNHER-01" },
  { 75, 200, "Tern & Heron Masonry LLC" },
  { 75, 212, "88 Orchard Road" },
  { 75, 224, "Salem, OR 97301" },
  { 352, 177, "Granite Ridge Insurance Co" },
  { 548, 177, "10001" },
  { 352, 213, "Prairie Mutual Casualty" },
  { 260, 250, "13-77" },
  { 24, 309, "A" },
  { 183, 309, "Y" },
  { 200, 309, "N" },
  { 216, 309, "76 SBU BB6SW5" },
  { 333, 309, "07/15/2013" },
  { 379, 309, "07/15/2014" },
  { 40, 321, "X" },
  { 55, 333, "X" },
  { 126, 381, "X" },
  { 540, 309, "1,000,000" },
  { 560, 321, "Excluded" },
  { 584, 333, "0" },
  { 540, 357, "2,000,000" },
  { 540, 369, "2,000,000" },
  { 430, 381, "Emp Ben." },
  { 540, 381, "1,000,000" },
  { 24, 405, "A" },
  { 216, 405, "BA-200" },
  { 333, 405, "07/15/2013" },
  { 379, 405, "07/15/2014" },
  { 40, 417, "X" },
  { 108, 429, "X" },
  { 550, 405, "250,000" },
  { 550, 417, "500,000" },
  { 550, 429, "100,000" },
  { 24, 453, "A" },
  { 216, 453, "UM-300" },
  { 333, 453, "07/15/2013" },
  { 379, 453, "07/15/2014" },
  { 40, 453, "X" },
  { 119, 453, "X" },
  { 24, 469, "D" },
  { 216, 469, "XS-301" },
  { 333, 469, "07/15/2013" },
  { 379, 469, "07/15/2014" },
  { 540, 453, "5,000,000" },
  { 540, 465, "5,000,000" },
  { 24, 501, "A" },
  { 163, 507, "N" },
  { 24, 537, "A" },
  { 40, 537, "Professional Liability" },
  { 216, 537, "PL-500" },
  { 333, 537, "07/15/2013" },
  { 379, 537, "07/15/2014" },
  { 428, 537, "Each Claim" },
  { 540, 537, "1,000,000" },
  { 24, 549, "D" },
  { 40, 549, "Crime" },
  { 216, 549, "CR-600" },
  { 333, 549, "07/15/2013" },
  { 379, 549, "07/15/2014" },
  { 428, 549, "500,000 / 5,000 Ded." },
  { 24, 585, "RE: Harbor lofts." },
  { 75, 690, "Harbor Builders, Inc." },
  { 75, 702, "1200 Harbor Street" },
  { 75, 714, "Portland, OR 97209" },
};

static void
test_2010 (ReaderFixture *fixture,
           gconstpointer  data)
{
  g_autofree char *path = reader_fixture_path (fixture, "2010.pdf");
  g_autoptr (ChCertificate) truth = make_truth_2010 ();

  older_form_draw_2010 (path, values_2010, G_N_ELEMENTS (values_2010), 0, 0);
  assert_reads (fixture, path, truth);
}

/* Drivers shift what they print: half a row up is the most that was seen. */
static void
test_2010_shifted (ReaderFixture *fixture,
                   gconstpointer  data)
{
  static const struct {
    double dx;
    double dy;
  } shifts[] = { { 1, -5 }, { 0, -3 }, { -1, 1 }, { 1, 2 } };
  g_autofree char *path = reader_fixture_path (fixture, "2010.pdf");
  g_autoptr (ChCertificate) truth = make_truth_2010 ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      g_test_message ("shifted by %g, %g", shifts[i].dx, shifts[i].dy);
      older_form_draw_2010 (path, values_2010, G_N_ELEMENTS (values_2010), shifts[i].dx, shifts[i].dy);
      assert_reads (fixture, path, truth);
    }
}

#define ADD(name, function) \
  g_test_add ("/reading/editions/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("2001", test_2001);
  ADD ("2010", test_2010);
  ADD ("2010-shifted", test_2010_shifted);

  return g_test_run ();
}
