#include "config.h"

#include "certificate-comparison.h"
#include "older-form.h"
#include "reader-fixture.h"

/* What was filled in first, what covers it, and what was written over that. */
static const Put first[] = {
  { 530, 44, "08/01/2013" }, { 24, 140, "Fairweather Insurance" }, { 75, 200, "Tern Masonry LLC" },
  { 352, 177, "Lubberland Casualty Insurance Company" }, { 548, 177, "10001" },
  { 24, 309, "A" }, { 216, 309, "GL-100" }, { 333, 309, "07/15/2013" }, { 379, 309, "07/15/2014" },
  { 540, 309, "1,000,000" }, { 540, 357, "2,000,000" }, { 75, 690, "Harbor Builders, Inc." },
};

static const ChBox covers[] = { { 350, 169.5, 530, 179.5 }, { 541, 169.5, 592, 179.5 }, { 60, 680, 290, 700 } };

static const Put second[] = { { 352, 177, "Blue Clear Co" }, { 548, 177, "22002" } };

static ChReading *
read_covered (ReaderFixture *fixture)
{
  g_autofree char *path = reader_fixture_path (fixture, "covered.pdf");
  g_autoptr (GError) error = NULL;
  ChReading *reading;

  older_form_draw_covered (path, first, G_N_ELEMENTS (first), covers, G_N_ELEMENTS (covers), second,
                           G_N_ELEMENTS (second));
  reading = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);

  return reading;
}

static void
test_covered_holder_is_not_read (ReaderFixture *fixture,
                                 gconstpointer  data)
{
  g_autoptr (ChReading) reading = read_covered (fixture);
  const ChCertificate *certificate = g_ptr_array_index (reading->certificates, 0);

  g_assert_null (certificate->holder_name);
  g_assert_cmpstr (certificate->insured_name, ==, "Tern Masonry LLC");
  g_assert_cmpuint (certificate->policies->len, ==, 1);
}

/* Poppler's text layer mixes the letters of both; the order in which they were painted parts them. */
static void
test_overwritten_insurer (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChReading) reading = read_covered (fixture);
  const ChCertificate *certificate = g_ptr_array_index (reading->certificates, 0);
  const ChInsurer *insurer = ch_certificate_get_insurer (certificate, "A");

  g_assert_nonnull (insurer);
  g_assert_cmpstr (insurer->name, ==, "Blue Clear Co");
  g_assert_cmpstr (insurer->naic, ==, "22002");
}

#define ADD(name, function)                                                                                            \
  g_test_add (                                                                                                         \
      "/reading/covered-text/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("covered-holder-is-not-read", test_covered_holder_is_not_read);
  ADD ("overwritten-insurer", test_overwritten_insurer);

  return g_test_run ();
}
