/* Names with their addresses, however makers break them into lines. */
#include "config.h"

#include "certificate-comparison.h"
#include "ch-block-noise.h"
#include "ch-shown-address.h"
#include "drawn-form.h"
#include "invented-certificate.h"
#include "reader-fixture.h"

#include <string.h>

typedef struct {
  const char *lines;
  const char *name;
  const char *address;
} Block;

/* As one sentence over the width of the block */
static const Block sentences[] = {
  { "Management Solutions\nInc 914 Air Drive\nClive IA 50325", "Management Solutions Inc", "914 Air Drive\nClive IA 50325" },
  { "Source,Inc. 8 Three\nCho Rd. Suite 14\nRichmond VA 23228", "Source,Inc.", "8 Three Cho Rd. Suite 14\nRichmond VA 23228" },
  { "Local 433 Inc 12 Harbor St\nMobile, AL 36602", "Local 433 Inc", "12 Harbor St\nMobile, AL 36602" },
  { "84 Lumber Co PO Box 12\nMobile, AL 36602", "84 Lumber Co", "PO Box 12\nMobile, AL 36602" },
  { "Tern & Heron dba T H\nMasonry LLC 1200-A\nOrchard Road\nSalem OR 97301-1144", "Tern & Heron dba T H Masonry LLC",
    "1200-A Orchard Road\nSalem OR 97301-1144" },
  { "Acme Corp. 9 Elm Ave\nSuite 400\nSalem, OR 97301", "Acme Corp.", "9 Elm Ave\nSuite 400\nSalem, OR 97301" },
};

/* What holds the kind of a firm before a number, and is all name */
static const Block names[] = {
  { "Local 433 Inc\n12 Harbor Street\nMobile, AL 36602", "Local 433 Inc", "12 Harbor Street\nMobile, AL 36602" },
  { "84 Lumber Co\nc/o Risk Desk\nMobile, AL 36602", "84 Lumber Co", "c/o Risk Desk\nMobile, AL 36602" },
  { "Jefferson Co 911 Board\n100 Main Street\nMobile, AL 36602", "Jefferson Co 911 Board",
    "100 Main Street\nMobile, AL 36602" },
  { "Holding Co 12 Main Street LLC\n12 Main Street\nMobile, AL 36602", "Holding Co 12 Main Street LLC",
    "12 Main Street\nMobile, AL 36602" },
  { "Painting Co dba 5 Star\nAttn: Ada Field\n1 Elm St\nMobile, AL 36602", "Painting Co dba 5 Star",
    "Attn: Ada Field\n1 Elm St\nMobile, AL 36602" },
  { "Studio Co 4 Architects\nMobile, AL 36602", "Studio Co 4 Architects", "Mobile, AL 36602" },
};

static double
get_confidence (const ChCertificate *certificate,
                const char          *path)
{
  guint i;

  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (strcmp (field->path, path) == 0)
        return field->confidence;
    }

  return -1;
}

/* Fills the lines in as those of the holder, and reads them. */
static ChReading *
read_block (ReaderFixture *fixture,
            const Block   *block)
{
  const DrawnManner manner = DRAWN_PLAIN_MANNER;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (ChCertificate) certificate = invented_certificate_new (random);
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autofree char *path = reader_fixture_path (fixture, "block.pdf");
  g_auto (GStrv) lines = g_strsplit (block->lines, "\n", 2);
  g_autoptr (GError) error = NULL;
  ChReading *reading;
  const ChCertificate *read;
  guint i;

  g_free (certificate->holder_name);
  g_free (certificate->holder_address);
  certificate->holder_name = g_strdup (lines[0]);
  certificate->holder_address = g_strdup (lines[1]);
  truth = drawn_form_draw (pen, &manner, certificate, random);
  g_free (truth->holder_name);
  g_free (truth->holder_address);
  truth->holder_name = g_strdup (block->name);
  truth->holder_address = g_strdup (block->address);
  pdf_pen_save (pen, path);

  reading = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);
  read = g_ptr_array_index (reading->certificates, 0);
  g_assert_cmpstr (read->holder_name, ==, block->name);
  g_assert_cmpstr (read->holder_address, ==, block->address);
  differences = certificate_differences (truth, read);
  for (i = 0; i < differences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (differences, i));
  g_assert_cmpuint (differences->len, ==, 0);

  return reading;
}

static void
test_sentences (ReaderFixture *fixture,
                gconstpointer  data)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (ChReading) reading = read_block (fixture, &sentences[i]);
      const ChCertificate *read = g_ptr_array_index (reading->certificates, 0);

      g_assert_cmpfloat (get_confidence (read, "certificate_holder.name"), <=, 0.9);
      g_assert_cmpfloat (get_confidence (read, "certificate_holder.address"), <=, 0.9);
    }
}

static void
test_names_with_numbers (ReaderFixture *fixture,
                         gconstpointer  data)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ChReading) reading = read_block (fixture, &names[i]);

      g_assert_nonnull (reading);
    }
}

static void
test_addresses_begin (void)
{
  static const char *const begin[]
      = { "9004 HARBOR WAY", "P.O. Box 89337",  "PO BOX 12",        "c/o Contract Compliance", "Attn: Risk",
          "Suite 400",       "N7W23 Mill Road", "One Harbor Plaza", "Mobile, AL 36602",        "Smyrna     TN 37167" };
  static const char *const dont[] = { "O'HARA BROS. LLC",
                                      "3M Company",
                                      "AND ITS SUBSIDIARIES",
                                      "One Call Plumbing, Inc.",
                                      "The Board of Trustees of Midland State University" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (begin); i++)
    g_assert_true (ch_shown_address_begins (begin[i]));
  for (i = 0; i < G_N_ELEMENTS (dont); i++)
    g_assert_false (ch_shown_address_begins (dont[i]));
}

static void
test_mail_misread (void)
{
  g_assert_true (ch_block_noise_is_mail ("of fice@holder .example"));
  g_assert_true (ch_block_noise_is_mail ("office@holder.example"));
  g_assert_false (ch_block_noise_is_mail ("Acme General Contractors LLC"));
  g_assert_false (ch_block_noise_is_mail ("Write to us all @ 12 Harbor Street"));
}

/* What the recogniser makes of the letters of a state's code is put right where it can be but one code. */
static void
test_states_misread (void)
{
  static const struct {
    const char *recognised;
    const char *meant;
  } lines[] = {
    { "Farmington Hills, Ml 48335", "Farmington Hills, MI 48335" },
    { "Clive lA 50325", "Clive IA 50325" },
    { "Peoria, lL 61602-1144", "Peoria, IL 61602-1144" },
    { "Peoria, |L 61602", "Peoria, IL 61602" },
    { "Miami, FI 33101", "Miami, FL 33101" },
    { "Akron, 0H 44301", "Akron, OH 44301" },
    { "Charleston, 5C 29401", "Charleston, SC 29401" },
    { "San Juan, PR 00901", "San Juan, PR 00901" },
    { "Shreveport, LA 71101", "Shreveport, LA 71101" },
    { "Salem, oR 97301", "Salem, oR 97301" },
    /* Iowa or Louisiana */
    { "Clive, 1A 50325", "Clive, 1A 50325" },
    { "Suite XQ 12345", "Suite XQ 12345" },
    { "Ml 48335 Farmington Hills", "Ml 48335 Farmington Hills" },
    { "Unit 45 12345", "Unit 45 12345" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strdup (lines[i].recognised);

      g_assert_cmpint (ch_shown_state_mend (line), ==, strcmp (lines[i].recognised, lines[i].meant) != 0);
      g_assert_cmpstr (line, ==, lines[i].meant);
    }
}

static void
test_addresses_misread (void)
{
  char misread[] = "$059 Industrial Blvd";
  char amount[] = "$1,000,000 Bond";
  char price[] = "$059";
  char care[] = "CIO CONTRACT COMPLIANCE";
  char name[] = "CIOFFI BROS";

  g_assert_true (ch_shown_house_mend (misread));
  g_assert_cmpstr (misread, ==, "5059 Industrial Blvd");
  g_assert_false (ch_shown_house_mend (amount));
  g_assert_false (ch_shown_house_mend (price));
  g_assert_true (ch_shown_care_mend (care));
  g_assert_cmpstr (care, ==, "C/O CONTRACT COMPLIANCE");
  g_assert_false (ch_shown_care_mend (name));
}

#define ADD(name, function) \
  g_test_add ("/reading/blocks/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reading/blocks/addresses-begin", test_addresses_begin);
  g_test_add_func ("/reading/blocks/addresses-misread", test_addresses_misread);
  g_test_add_func ("/reading/blocks/mail-misread", test_mail_misread);
  g_test_add_func ("/reading/blocks/states-misread", test_states_misread);
  ADD ("sentences", test_sentences);
  ADD ("names-with-numbers", test_names_with_numbers);

  return g_test_run ();
}
