/* What a document can be around its certificate: letters before it, endorsements behind it, locks, forms of other kinds. */
#include "config.h"

#include "certificate-comparison.h"
#include "drawn-form.h"
#include "invented-certificate.h"
#include "outlined-form.h"
#include "reader-fixture.h"

#include <string.h>

static const DrawnManner plain = DRAWN_PLAIN_MANNER;

static ChCertificate *
draw_certificate (PdfPen            *pen,
                  const DrawnManner *manner,
                  guint32            seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (ChCertificate) certificate = invented_certificate_new (random);

  return drawn_form_draw (pen, manner, certificate, random);
}

static void
draw_lines (PdfPen            *pen,
            const char *const *lines,
            double             size)
{
  guint i;

  pdf_pen_begin_page (pen, 612, 792, 0, 0);
  pdf_pen_set_font (pen, PDF_FONT_HELVETICA, size);
  for (i = 0; lines[i] != NULL; i++)
    pdf_pen_text (pen, 72, 60 + i * (size + 5), lines[i]);
}

static ChReading *
save_and_read (ReaderFixture *fixture,
               PdfPen        *pen,
               GError       **error)
{
  g_autofree char *path = reader_fixture_path (fixture, "document.pdf");

  pdf_pen_save (pen, path);

  return reader_fixture_read (fixture, path, error);
}

static void
assert_same (const ChCertificate *truth,
             const ChReading     *reading,
             guint                number)
{
  g_autoptr (GPtrArray) differences = NULL;
  guint i;

  g_assert_cmpuint (reading->certificates->len, >, number);
  differences = certificate_differences (truth, g_ptr_array_index (reading->certificates, number));
  for (i = 0; i < differences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (differences, i));
  g_assert_cmpuint (differences->len, ==, 0);
}

static int
get_page (const ChCertificate *certificate,
          const char          *path)
{
  guint i;

  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (strcmp (field->path, path) == 0)
        return field->page;
    }

  return 0;
}

static const char *const letter[] = {
  "Harbor Mutual Insurance Group",
  "July 4, 2026",
  "Dear certificate holder,",
  "attached you find the certificate of insurance that our insured asked us to send you. The policy number, the",
  "type of insurance and the limits are on the next page. Each occurrence is limited to $1,000,000.",
  NULL,
};

static void
test_letter_first (ReaderFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = NULL;
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  draw_lines (pen, letter, 10);
  truth = draw_certificate (pen, &plain, 3);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (reading->certificates->len, ==, 1);
  g_assert_cmpuint (reading->n_pages, ==, 2);
  assert_same (truth, reading, 0);
  g_assert_cmpint (get_page (g_ptr_array_index (reading->certificates, 0), "date"), ==, 2);
}

static void
test_two_certificates (ReaderFixture *fixture,
                       gconstpointer  data)
{
  DrawnManner other = plain;
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) first = NULL;
  g_autoptr (ChCertificate) second = NULL;
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  other.edition = DRAWN_2010;
  other.rotate = 270;
  first = draw_certificate (pen, &plain, 3);
  second = draw_certificate (pen, &other, 4);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (reading->certificates->len, ==, 2);
  assert_same (first, reading, 0);
  assert_same (second, reading, 1);
}

/* ISO and NCCI forms by number and edition, carriers' own by title; ACORD's schedule of remarks and other papers are no
 * endorsements, and a number in a text is only spoken of. */
static void
test_endorsements_behind (ReaderFixture *fixture,
                          gconstpointer  data)
{
  static const char *const remarks[] = { "ADDITIONAL REMARKS SCHEDULE", "CG 20 10 04 13 applies, WAIVER OF SUBROGATION too", NULL };
  static const char *const pages[][5] = {
    { "POLICY NUMBER: GL-100", "COMMERCIAL GENERAL LIABILITY CG 20 10 04 13",
      "THIS ENDORSEMENT CHANGES THE POLICY. PLEASE READ IT CAREFULLY.", "ADDITIONAL INSURED - OWNERS", NULL },
    { "POLICY NUMBER: GL-100", "CG 20 37 (12 19)", "THIS ENDORSEMENT CHANGES THE POLICY.", "ADDITIONAL INSURED", NULL },
    { "WORKERS COMPENSATION AND EMPLOYERS LIABILITY INSURANCE POLICY", "WC 00 03 13 (Ed. 4-84)",
      "WAIVER OF OUR RIGHT TO RECOVER FROM OTHERS ENDORSEMENT", NULL },
    { "CA 04 44 10 13", "THIS ENDORSEMENT CHANGES THE POLICY.", NULL },
    { "CG2001 0413", "THIS ENDORSEMENT CHANGES THE POLICY.", NULL },
    { "THIS ENDORSEMENT CHANGES THE POLICY. PLEASE READ IT CAREFULLY.", "BLANKET ADDITIONAL INSURED",
      "FOR CONTRACTORS", "This endorsement modifies insurance provided under the policy; see CG 20 10 too.", NULL },
    { "Harbor Mutual", "NOTICE OF CANCELLATION TO OTHERS", "We will mail notice to those in our schedule.", NULL },
    { "STATE OF OREGON", "CONTRACTOR'S LICENSE", "No. 1002003", NULL },
  };
  static const char *const expected[] = { "CG 20 10 04 13",
                                          "CG 20 37 12 19",
                                          "WC 00 03 13",
                                          "CA 04 44 10 13",
                                          "CG 20 01 04 13",
                                          "BLANKET ADDITIONAL INSURED FOR CONTRACTORS",
                                          "NOTICE OF CANCELLATION TO OTHERS" };
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = draw_certificate (pen, &plain, 3);
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;
  guint i;

  draw_lines (pen, remarks, 10);
  pdf_pen_text (pen, 20, 780, "ACORD 101 (2008/01)");
  for (i = 0; i < G_N_ELEMENTS (pages); i++)
    draw_lines (pen, pages[i], 12);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (reading->certificates->len, ==, 1);
  read = g_ptr_array_index (reading->certificates, 0);
  g_assert_cmpuint (read->endorsements->len, ==, G_N_ELEMENTS (expected));
  for (i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_strdup_printf ("endorsements[%u]", i);

      g_assert_cmpstr (g_ptr_array_index (read->endorsements, i), ==, expected[i]);
      g_assert_cmpint (get_page (read, path), ==, (int) i + 3);
      g_ptr_array_add (truth->endorsements, g_strdup (expected[i]));
    }
  assert_same (truth, reading, 0);
}

/* Brokers lock their PDFs against changes; they open without a password. */
static void
test_locked (ReaderFixture *fixture,
             gconstpointer  data)
{
  static const char *const ways[][4] = {
    { "40", NULL },
    { "128", "--use-aes=n", NULL },
    { "128", "--use-aes=y", NULL },
    { "256", NULL },
  };
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = draw_certificate (pen, &plain, 3);
  g_autofree char *open_path = reader_fixture_path (fixture, "open.pdf");
  g_autofree char *locked_path = reader_fixture_path (fixture, "locked.pdf");
  guint i, j;

  if (qpdf == NULL)
    {
      g_test_skip ("qpdf is not on this machine");
      return;
    }

  pdf_pen_save (pen, open_path);
  for (i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (ChReading) reading = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (arguments, qpdf);
      g_ptr_array_add (arguments, (char *) "--allow-weak-crypto");
      g_ptr_array_add (arguments, (char *) "--encrypt");
      g_ptr_array_add (arguments, (char *) "");
      g_ptr_array_add (arguments, (char *) "owner");
      for (j = 0; ways[i][j] != NULL; j++)
        g_ptr_array_add (arguments, (char *) ways[i][j]);
      g_ptr_array_add (arguments, (char *) "--extract=n");
      g_ptr_array_add (arguments, (char *) "--");
      g_ptr_array_add (arguments, open_path);
      g_ptr_array_add (arguments, locked_path);
      g_ptr_array_add (arguments, NULL);
      process = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_NONE, &error);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait_check (process, NULL, &error));

      reading = reader_fixture_read (fixture, locked_path, &error);
      g_assert_no_error (error);
      assert_same (truth, reading, 0);
    }
}

static void
test_form_without_fields (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = draw_certificate (pen, &plain, 6);
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  pdf_pen_add_form (pen, FALSE);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);
  assert_same (truth, reading, 0);
}

static void
test_xfa_beside_fields (ReaderFixture *fixture,
                        gconstpointer  data)
{
  DrawnManner manner = plain;
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = NULL;
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  manner.as_fields = TRUE;
  truth = draw_certificate (pen, &manner, 6);
  pdf_pen_add_form (pen, TRUE);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);
  assert_same (truth, reading, 0);
}

static void
test_fields_on_a_turned_page (ReaderFixture *fixture,
                              gconstpointer  data)
{
  int rotate;

  for (rotate = 90; rotate < 360; rotate += 90)
    {
      DrawnManner manner = plain;
      g_autoptr (PdfPen) pen = pdf_pen_new ();
      g_autoptr (ChCertificate) truth = NULL;
      g_autoptr (ChReading) reading = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("rotated by %d", rotate);
      manner.as_fields = TRUE;
      manner.rotate = rotate;
      truth = draw_certificate (pen, &manner, 6);
      reading = save_and_read (fixture, pen, &error);
      g_assert_no_error (error);
      assert_same (truth, reading, 0);
    }
}

/* What a program keeps in a hidden field isn't on the certificate; what somebody typed over it with a viewer is. */
static void
test_hidden_field_and_note (ReaderFixture *fixture,
                            gconstpointer  data)
{
  DrawnManner manner = plain;
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = NULL;
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  manner.as_fields = TRUE;
  truth = draw_certificate (pen, &manner, 7);
  g_free (truth->description_of_operations);
  truth->description_of_operations = NULL;
  g_clear_pointer (&truth->revision_number, g_free);
  {
    g_autoptr (PdfPen) again = pdf_pen_new ();
    g_autoptr (ChCertificate) drawn = NULL;
    g_autoptr (GRand) random = g_rand_new_with_seed (7);

    drawn = drawn_form_draw (again, &manner, truth, random);
    pdf_pen_field (again, &(ChBox){ 24, 590, 300, 602 }, "Hidden words", TRUE);
    pdf_pen_note (again, &(ChBox){ 480, 240, 540, 251 }, "42");
    drawn->revision_number = g_strdup ("42");
    reading = save_and_read (fixture, again, &error);
    g_assert_no_error (error);
    assert_same (drawn, reading, 0);
  }
}

/* Text that somebody's scanner recognised lies unseen over the picture: it is not what a person sees. */
static void
test_unseen_text (ReaderFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = draw_certificate (pen, &plain, 8);
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  pdf_pen_set_mode (pen, PDF_TEXT_INVISIBLE);
  pdf_pen_set_font (pen, PDF_FONT_HELVETICA, 8);
  pdf_pen_text (pen, 400, 620, "Words that nobody sees");
  pdf_pen_text (pen, 520, 250, "99");
  pdf_pen_set_mode (pen, PDF_TEXT_FILLED);
  pdf_pen_set_grey (pen, 1);
  pdf_pen_text (pen, 400, 630, "White words");
  pdf_pen_set_grey (pen, 0);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);
  assert_same (truth, reading, 0);
}

static void
assert_property_form (ReaderFixture *fixture,
                      const char    *title,
                      const char    *footer,
                      const char    *form)
{
  const struct {
    double      x;
    double      y;
    const char *text;
  } prints[] = {
    { 200, 40, title },
    { 520, 30, "DATE (MM/DD/YYYY)" },
    { 530, 42, "07/02/2026" },
    { 20, 90, "AGENCY" },
    { 320, 180, "LOAN NUMBER" },
    { 460, 180, "POLICY NUMBER" },
    { 460, 192, "PR-100" },
    { 320, 210, "EFFECTIVE DATE" },
    { 322, 222, "07/01/2026" },
    { 400, 210, "EXPIRATION DATE" },
    { 402, 222, "07/01/2027" },
    { 20, 600, "ADDITIONAL INTEREST" },
    { 20, 612, "NAME AND ADDRESS" },
    { 70, 630, "Harbor Builders, Inc." },
    { 70, 640, "1200 Harbor Street" },
    { 70, 650, "Portland, OR 97209" },
    { 320, 690, "AUTHORIZED REPRESENTATIVE" },
    { 20, 770, footer },
  };
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;
  const ChPolicy *policy;
  guint i;

  pdf_pen_begin_page (pen, 612, 792, 0, 0);
  pdf_pen_set_font (pen, PDF_FONT_HELVETICA, 7);
  for (i = 0; i < G_N_ELEMENTS (prints); i++)
    pdf_pen_text (pen, prints[i].x, prints[i].y, prints[i].text);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);

  read = g_ptr_array_index (reading->certificates, 0);
  g_assert_cmpstr (read->form, ==, form);
  g_assert_cmpint (read->date, ==, ch_date_new (2026, 7, 2));
  g_assert_cmpstr (read->holder_name, ==, "Harbor Builders, Inc.");
  g_assert_cmpstr (read->holder_address, ==, "1200 Harbor Street\nPortland, OR 97209");
  g_assert_cmpuint (read->policies->len, ==, 1);
  policy = g_ptr_array_index (read->policies, 0);
  g_assert_cmpint (policy->coverage, ==, CH_COVERAGE_OTHER);
  g_assert_cmpstr (policy->coverage_text, ==, title);
  g_assert_cmpstr (policy->policy_number, ==, "PR-100");
  g_assert_cmpint (policy->effective, ==, ch_date_new (2026, 7, 1));
  g_assert_cmpint (policy->expiration, ==, ch_date_new (2027, 7, 1));
}

static void
test_property_forms (ReaderFixture *fixture,
                     gconstpointer  data)
{
  assert_property_form (fixture, "EVIDENCE OF PROPERTY INSURANCE", "ACORD 27 (2016/03)", "ACORD 27");
  assert_property_form (fixture, "EVIDENCE OF COMMERCIAL PROPERTY INSURANCE", "ACORD 28 (2016/03)", "ACORD 28");
  /* Without the number at its foot the title tells. */
  assert_property_form (fixture, "EVIDENCE OF PROPERTY INSURANCE", "Page 1", "ACORD 27");
}

static const char *const free_form[] = {
  "Certificate of Insurance",
  "Date issued: 7/2/2026",
  "Named insured: Tern & Heron Masonry LLC",
  "88 Orchard Road",
  "Salem, OR 97301",
  "Insurer: Granite Ridge Insurance Company",
  "Commercial General Liability",
  "Policy number: GL-100-22",
  "Policy period: 07/01/2026 to 07/01/2027",
  "Each occurrence $1,000,000   General aggregate $2,000,000",
  "Workers' Compensation and Employers' Liability",
  "Policy No. WC 77-31",
  "Effective 07/01/2026",
  "Expires 07/01/2027",
  "Each accident: $500,000",
  "Disease, policy limit: $500,000",
  "Certificate holder:",
  "Harbor Builders, Inc.",
  "1200 Harbor Street",
  "Portland, OR 97209",
  NULL,
};

static void
test_free_form (ReaderFixture *fixture,
                gconstpointer  data)
{
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = ch_certificate_new ();
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;
  ChPolicy *policy;
  guint i;

  truth->date = ch_date_new (2026, 7, 2);
  truth->insured_name = g_strdup ("Tern & Heron Masonry LLC");
  truth->insured_address = g_strdup ("88 Orchard Road\nSalem, OR 97301");
  truth->holder_name = g_strdup ("Harbor Builders, Inc.");
  truth->holder_address = g_strdup ("1200 Harbor Street\nPortland, OR 97209");
  g_ptr_array_add (truth->insurers, ch_insurer_new ("A", "Granite Ridge Insurance Company", NULL));
  policy = ch_policy_new ();
  policy->coverage = CH_COVERAGE_GENERAL_LIABILITY;
  policy->policy_number = g_strdup ("GL-100-22");
  policy->effective = ch_date_new (2026, 7, 1);
  policy->expiration = ch_date_new (2027, 7, 1);
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
  g_ptr_array_add (truth->policies, policy);
  policy = ch_policy_new ();
  policy->coverage = CH_COVERAGE_WORKERS_COMPENSATION;
  policy->policy_number = g_strdup ("WC 77-31");
  policy->effective = ch_date_new (2026, 7, 1);
  policy->expiration = ch_date_new (2027, 7, 1);
  policy->limits[CH_LIMIT_EL_EACH_ACCIDENT] = 500000;
  policy->limits[CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = 500000;
  g_ptr_array_add (truth->policies, policy);

  draw_lines (pen, free_form, 11);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);
  assert_same (truth, reading, 0);
  read = g_ptr_array_index (reading->certificates, 0);
  for (i = 0; i < read->fields->len; i++)
    g_assert_cmpfloat (((const ChFieldReading *) g_ptr_array_index (read->fields, i))->confidence, <=, 0.6);
}

/* A page that prints the form's number under an arrangement of its own is read, and nobody is to be sure of it; other
 * forms of ACORD's and letters are no certificates. */
static void
test_look_alikes (ReaderFixture *fixture,
                  gconstpointer  data)
{
  static const char *const other_form[] = { "COMMERCIAL INSURANCE APPLICATION", "CERTIFICATE HOLDER", "TYPE OF INSURANCE",
                                            "POLICY NUMBER", "CANCELLATION", NULL };
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (PdfPen) other = pdf_pen_new ();
  g_autoptr (PdfPen) spoken = pdf_pen_new ();
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;

  draw_lines (pen, free_form, 11);
  pdf_pen_text (pen, 20, 770, "ACORD 25 (2016/03)");
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);
  read = g_ptr_array_index (reading->certificates, 0);
  g_assert_cmpstr (read->form, ==, "ACORD 25");
  g_assert_cmpuint (read->policies->len, ==, 2);
  g_assert_cmpfloat (reading->confidence, <=, 0.6);
  g_clear_pointer (&reading, ch_reading_free);

  draw_lines (other, other_form, 11);
  pdf_pen_text (other, 20, 770, "ACORD 125 (2016/03)");
  reading = save_and_read (fixture, other, &error);
  g_assert_null (reading);
  g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_NO_CERTIFICATE);
  g_clear_error (&error);

  draw_lines (spoken, letter, 10);
  reading = save_and_read (fixture, spoken, &error);
  g_assert_null (reading);
  g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_NO_CERTIFICATE);
}

#ifdef HAVE_OCR
/* The page shows a certificate, and its fonts say that its letters are others. */
static void
test_fonts_that_lie (ReaderFixture *fixture,
                     gconstpointer  data)
{
  static const ChLimit limits[] = { CH_LIMIT_EACH_OCCURRENCE, CH_LIMIT_GENERAL_AGGREGATE, CH_LIMIT_MEDICAL_EXPENSE };
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = draw_certificate (pen, &plain, 3);
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;
  const ChPolicy *shown, *found;
  guint i;

  pdf_pen_garble (pen);
  reading = save_and_read (fixture, pen, &error);
  g_assert_no_error (error);
  read = g_ptr_array_index (reading->certificates, 0);
  g_assert_cmpstr (read->form, ==, "ACORD 25");
  g_assert_cmpstr (read->edition, ==, "2016/03");
  g_assert_cmpint (read->date, ==, truth->date);
  g_assert_cmpstr (read->insured_name, ==, truth->insured_name);
  g_assert_cmpuint (read->policies->len, ==, truth->policies->len);
  shown = g_ptr_array_index (truth->policies, 0);
  found = g_ptr_array_index (read->policies, 0);
  g_assert_cmpint (shown->coverage, ==, CH_COVERAGE_GENERAL_LIABILITY);
  g_assert_cmpint (found->effective, ==, shown->effective);
  for (i = 0; i < G_N_ELEMENTS (limits); i++)
    g_assert_cmpint (found->limits[limits[i]], ==, shown->limits[limits[i]]);
}

/* A page whose letters are all drawings has no text, and no image either. */
static void
test_letters_as_outlines (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (ChCertificate) truth = invented_certificate_new (random);
  g_autofree char *path = reader_fixture_path (fixture, "outlined.pdf");
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;
  const ChPolicy *shown, *found;

  g_assert_true (outlined_form_draw (truth, path, &error));
  reading = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);
  read = g_ptr_array_index (reading->certificates, 0);
  g_assert_cmpstr (read->form, ==, "ACORD 25");
  g_assert_cmpint (read->date, ==, truth->date);
  g_assert_cmpstr (read->insured_name, ==, truth->insured_name);
  g_assert_cmpuint (read->policies->len, >=, 3);
  shown = g_ptr_array_index (truth->policies, 0);
  found = g_ptr_array_index (read->policies, 0);
  g_assert_cmpstr (found->policy_number, ==, shown->policy_number);
  g_assert_cmpint (found->effective, ==, shown->effective);
  g_assert_cmpint (found->limits[CH_LIMIT_EACH_OCCURRENCE], ==, shown->limits[CH_LIMIT_EACH_OCCURRENCE]);
}
#endif

#define ADD(name, function) \
  g_test_add ("/reading/documents/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("letter-first", test_letter_first);
  ADD ("two-certificates", test_two_certificates);
  ADD ("endorsements-behind", test_endorsements_behind);
  ADD ("locked", test_locked);
  ADD ("form-without-fields", test_form_without_fields);
  ADD ("xfa-beside-fields", test_xfa_beside_fields);
  ADD ("fields-on-a-turned-page", test_fields_on_a_turned_page);
  ADD ("hidden-field-and-note", test_hidden_field_and_note);
  ADD ("unseen-text", test_unseen_text);
  ADD ("property-forms", test_property_forms);
  ADD ("free-form", test_free_form);
  ADD ("look-alikes", test_look_alikes);
#ifdef HAVE_OCR
  ADD ("fonts-that-lie", test_fonts_that_lie);
  ADD ("letters-as-outlines", test_letters_as_outlines);
#endif

  return g_test_run ();
}
