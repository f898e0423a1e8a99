/*
 * Certificates as makers of certificates fill them in, drawn by chance from a fixed seed with what is on them known:
 * every value must be read, and nothing that isn't there.
 */
#include "config.h"

#include "certificate-comparison.h"
#include "chance-manner.h"
#include "drawn-form.h"
#include "invented-certificate.h"
#include "reader-fixture.h"

#include <stdlib.h>
#include <string.h>

#define N_OF_MANNER 12
#define N_BY_CHANCE 300

static const DrawnManner plain = DRAWN_PLAIN_MANNER;

/* (The truths of real files don't tell, so this is no part of their comparison.) */
static gboolean
excludes_owner (const ChCertificate *certificate)
{
  guint i;

  for (i = 0; i < certificate->policies->len; i++)
    {
      if (((const ChPolicy *) g_ptr_array_index (certificate->policies, i))->owner_excluded == CH_MARK_YES)
        return TRUE;
    }

  return FALSE;
}

/* Reads what was drawn, and says what differs. With CERTHOLDER_KEEP_DRAWN set, the files stay there to be looked at. */
static guint
count_differences (ReaderFixture     *fixture,
                   const DrawnManner *manner,
                   guint32            seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (ChCertificate) certificate = invented_certificate_new (random);
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = drawn_form_draw (pen, manner, certificate, random);
  g_autofree char *name = g_strdup_printf ("drawn-%u-%u-%u.pdf", manner->edition, seed, manner->lost_label);
  g_autofree char *path = NULL;
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) error = NULL;
  const ChCertificate *read;
  guint i;

  path = g_getenv ("CERTHOLDER_KEEP_DRAWN") != NULL ? g_build_filename (g_getenv ("CERTHOLDER_KEEP_DRAWN"), name, NULL)
                                                    : reader_fixture_path (fixture, "drawn.pdf");
  pdf_pen_save (pen, path);
  reading = reader_fixture_read (fixture, path, &error);
  if (reading == NULL)
    {
      g_test_message ("%s: %s", name, error->message);
      return 1;
    }
  g_assert_cmpuint (reading->certificates->len, ==, 1);
  read = g_ptr_array_index (reading->certificates, 0);
  differences = certificate_differences (truth, read);
  for (i = 0; i < differences->len; i++)
    g_test_message ("%s: %s", name, (char *) g_ptr_array_index (differences, i));
  if (excludes_owner (truth) != excludes_owner (read))
    {
      g_test_message ("%s: owner excluded: shown %d, read %d", name, excludes_owner (truth), excludes_owner (read));
      return differences->len + 1;
    }

  return differences->len;
}

static void
assert_manner_is_read (ReaderFixture     *fixture,
                       const DrawnManner *manner)
{
  guint n_differences = 0;
  guint seed;

  for (seed = 1; seed <= N_OF_MANNER; seed++)
    n_differences += count_differences (fixture, manner, seed);
  g_assert_cmpuint (n_differences, ==, 0);
}

/* One thing differs from the plain manner in each test. */
#define MANNER_TEST(name, ...) \
  static void test_##name (ReaderFixture *fixture, gconstpointer data) \
  { \
    DrawnManner manner = plain; \
    __VA_ARGS__; \
    assert_manner_is_read (fixture, &manner); \
  }

MANNER_TEST (edition_1997, manner.edition = DRAWN_1997; manner.dates = DRAWN_DATE_TWO_DIGITS)
MANNER_TEST (edition_2001, manner.edition = DRAWN_2001; manner.dates = DRAWN_DATE_TWO_DIGITS)
/* Two of that year; makers went over to the new drawing at different times. */
MANNER_TEST (edition_2009_as_before, manner.edition = DRAWN_2001; manner.foot = "2009/01")
MANNER_TEST (edition_2009_as_after, manner.edition = DRAWN_2010; manner.foot = "2009/01")
MANNER_TEST (edition_2009_09, manner.edition = DRAWN_2010; manner.foot = "2009/09")
MANNER_TEST (edition_2010, manner.edition = DRAWN_2010)
MANNER_TEST (edition_2014, manner.edition = DRAWN_2014)
MANNER_TEST (edition_2016, manner.edition = DRAWN_2016)
MANNER_TEST (edition_2025, manner.edition = DRAWN_2025)
MANNER_TEST (own_drawing_with_uneven_rows, manner.edition = DRAWN_UNEVEN; manner.printed_dollar = FALSE)
MANNER_TEST (own_drawing_with_centred_values, manner.edition = DRAWN_CENTRED; manner.right_aligned = TRUE)
MANNER_TEST (set_lower, manner.dy = 14)
MANNER_TEST (set_to_the_right, manner.dx = 2; manner.dy = 5)
MANNER_TEST (smaller, manner.scale = 0.94; manner.dx = 18; manner.dy = 20)
MANNER_TEST (larger, manner.scale = 1.03; manner.dx = -8; manner.dy = -8)
MANNER_TEST (half_size, manner.scale = 0.5; manner.dx = 150; manner.dy = 190)
MANNER_TEST (two_thirds_lying, manner.scale = 0.67; manner.quarter_turns = 1; manner.mark = DRAWN_MARK_STROKES)
MANNER_TEST (askew, manner.degrees = 1.2; manner.dx = -4; manner.dy = 8; manner.scale = 0.97)
MANNER_TEST (rotated_by_90, manner.rotate = 90)
MANNER_TEST (rotated_by_180, manner.rotate = 180)
MANNER_TEST (rotated_by_270, manner.rotate = 270)
MANNER_TEST (lying_on_its_side, manner.quarter_turns = 1)
MANNER_TEST (upside_down, manner.quarter_turns = 2)
MANNER_TEST (lying_on_its_other_side, manner.quarter_turns = 3)
MANNER_TEST (courier_8_touching, manner.font = PDF_FONT_COURIER; manner.shift_x = -2)
MANNER_TEST (bold_10_touching, manner.font = PDF_FONT_HELVETICA_BOLD; manner.size = 10; manner.shift_x = -1)
MANNER_TEST (run_for_each_word, manner.runs = DRAWN_RUN_WORD; manner.label_runs = DRAWN_RUN_WORD)
MANNER_TEST (run_for_each_letter, manner.runs = DRAWN_RUN_GLYPH; manner.label_runs = DRAWN_RUN_GLYPH)
MANNER_TEST (amounts_right_aligned, manner.right_aligned = TRUE)
MANNER_TEST (values_6_higher, manner.shift_y = -5.5)
MANNER_TEST (values_4_higher, manner.shift_y = -4)
MANNER_TEST (values_2_lower, manner.shift_y = 2)
MANNER_TEST (amounts_alone_6_higher, manner.amounts_shift_y = -5.5)
MANNER_TEST (amounts_alone_3_higher, manner.amounts_shift_y = -3; manner.mark = DRAWN_MARK_DINGBAT)
MANNER_TEST (dollar_typed, manner.printed_dollar = FALSE; manner.typed_dollar = TRUE)
MANNER_TEST (dollar_printed_and_typed, manner.typed_dollar = TRUE)
MANNER_TEST (dollar_nowhere, manner.printed_dollar = FALSE)
MANNER_TEST (amounts_without_commas, manner.thousands = FALSE)
MANNER_TEST (short_dates, manner.dates = DRAWN_DATE_SHORT)
MANNER_TEST (iso_dates, manner.dates = DRAWN_DATE_ISO)
MANNER_TEST (marks_small_x, manner.mark = DRAWN_MARK_SMALL_X; manner.yes = "x")
MANNER_TEST (marks_yes, manner.mark = DRAWN_MARK_YES)
MANNER_TEST (marks_asterisk, manner.mark = DRAWN_MARK_ASTERISK; manner.edition = DRAWN_2001)
MANNER_TEST (marks_dingbat, manner.mark = DRAWN_MARK_DINGBAT; manner.yes = "X")
MANNER_TEST (marks_check, manner.mark = DRAWN_MARK_CHECK; manner.yes = "y")
MANNER_TEST (marks_crossed_strokes, manner.mark = DRAWN_MARK_STROKES)
MANNER_TEST (marks_filled_area, manner.mark = DRAWN_MARK_AREA)
MANNER_TEST (marks_picture, manner.mark = DRAWN_MARK_PICTURE)
MANNER_TEST (values_on_middle_row, manner.row = 1)
MANNER_TEST (values_on_fifth_row, manner.row = 2)
MANNER_TEST (form_fields, manner.as_fields = TRUE)
MANNER_TEST (older_text_under_white_boxes, manner.covered = TRUE)
MANNER_TEST (no_footer, manner.no_footer = TRUE)
MANNER_TEST (codes_in_blocks, manner.noise = DRAWN_NOISE_CODES)
MANNER_TEST (phones_over_the_holder, manner.noise = DRAWN_NOISE_PHONES)
MANNER_TEST (printed_by_and_signature, manner.noise = DRAWN_NOISE_PRINTED_BY | DRAWN_NOISE_SIGNATURE | DRAWN_NOISE_LOGO)
MANNER_TEST (words_instead_of_amounts, manner.noise = DRAWN_NOISE_WORDS)
MANNER_TEST (limits_without_a_name, manner.noise = DRAWN_NOISE_EXTRA_ROWS)
MANNER_TEST (letters_without_a_policy, manner.noise = DRAWN_NOISE_LETTERS)

/* What a copier made of the block: two insurers' labels are left, which tell where the others are. */
static void
test_most_labels_of_insurers_lost (ReaderFixture *fixture,
                                   gconstpointer  data)
{
  static const char *const lost[] = { "INSURER B :", "INSURER D :", "INSURER E :", "INSURER F :", NULL };
  DrawnManner manner = plain;

  manner.lost_texts = lost;
  assert_manner_is_read (fixture, &manner);
}

static guint
get_number (const char *variable,
            guint       otherwise)
{
  return g_getenv (variable) != NULL ? (guint) atoi (g_getenv (variable)) : otherwise;
}

/* Everything at once, by chance: CERTHOLDER_FIRST_SEED and CERTHOLDER_LAST_SEED choose others. */
static void
test_by_chance (ReaderFixture *fixture,
                gconstpointer  data)
{
  guint last = get_number ("CERTHOLDER_LAST_SEED", N_BY_CHANCE);
  guint n_differences = 0;
  guint seed;

  for (seed = get_number ("CERTHOLDER_FIRST_SEED", 1); seed <= last; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed + 10000);
      DrawnManner manner = chance_manner_choose (random);

      n_differences += count_differences (fixture, &manner, seed);
    }
  g_assert_cmpuint (n_differences, ==, 0);
}

/* One after the other of the form's own labels is not there: the others tell where it would be. */
static void
test_a_label_lost (ReaderFixture *fixture,
                   gconstpointer  data)
{
  guint n_differences = 0;
  guint label;

  for (label = 1; label <= 160; label++)
    {
      DrawnManner manner = plain;

      manner.lost_label = label;
      n_differences += count_differences (fixture, &manner, 5);
    }
  g_assert_cmpuint (n_differences, ==, 0);
}

#define ADD(name, function) \
  g_test_add ("/reading/manners/" name, ReaderFixture, NULL, reader_fixture_set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("edition-1997", test_edition_1997);
  ADD ("edition-2001", test_edition_2001);
  ADD ("edition-2009-01-drawn-as-before", test_edition_2009_as_before);
  ADD ("edition-2009-01-drawn-as-after", test_edition_2009_as_after);
  ADD ("edition-2009-09", test_edition_2009_09);
  ADD ("edition-2010", test_edition_2010);
  ADD ("edition-2014", test_edition_2014);
  ADD ("edition-2016", test_edition_2016);
  ADD ("edition-2025", test_edition_2025);
  ADD ("own-drawing-with-uneven-rows", test_own_drawing_with_uneven_rows);
  ADD ("own-drawing-with-centred-values", test_own_drawing_with_centred_values);
  ADD ("set-lower", test_set_lower);
  ADD ("set-to-the-right", test_set_to_the_right);
  ADD ("smaller", test_smaller);
  ADD ("larger", test_larger);
  ADD ("half-size", test_half_size);
  ADD ("two-thirds-lying", test_two_thirds_lying);
  ADD ("askew", test_askew);
  ADD ("rotated-by-90", test_rotated_by_90);
  ADD ("rotated-by-180", test_rotated_by_180);
  ADD ("rotated-by-270", test_rotated_by_270);
  ADD ("lying-on-its-side", test_lying_on_its_side);
  ADD ("upside-down", test_upside_down);
  ADD ("lying-on-its-other-side", test_lying_on_its_other_side);
  ADD ("courier-8-touching", test_courier_8_touching);
  ADD ("bold-10-touching", test_bold_10_touching);
  ADD ("run-for-each-word", test_run_for_each_word);
  ADD ("run-for-each-letter", test_run_for_each_letter);
  ADD ("amounts-right-aligned", test_amounts_right_aligned);
  ADD ("values-6-higher", test_values_6_higher);
  ADD ("values-4-higher", test_values_4_higher);
  ADD ("values-2-lower", test_values_2_lower);
  ADD ("amounts-alone-6-higher", test_amounts_alone_6_higher);
  ADD ("amounts-alone-3-higher", test_amounts_alone_3_higher);
  ADD ("dollar-typed", test_dollar_typed);
  ADD ("dollar-printed-and-typed", test_dollar_printed_and_typed);
  ADD ("dollar-nowhere", test_dollar_nowhere);
  ADD ("amounts-without-commas", test_amounts_without_commas);
  ADD ("short-dates", test_short_dates);
  ADD ("iso-dates", test_iso_dates);
  ADD ("marks-small-x", test_marks_small_x);
  ADD ("marks-yes", test_marks_yes);
  ADD ("marks-asterisk", test_marks_asterisk);
  ADD ("marks-dingbat", test_marks_dingbat);
  ADD ("marks-check", test_marks_check);
  ADD ("marks-crossed-strokes", test_marks_crossed_strokes);
  ADD ("marks-filled-area", test_marks_filled_area);
  ADD ("marks-picture", test_marks_picture);
  ADD ("values-on-middle-row", test_values_on_middle_row);
  ADD ("values-on-fifth-row", test_values_on_fifth_row);
  ADD ("form-fields", test_form_fields);
  ADD ("older-text-under-white-boxes", test_older_text_under_white_boxes);
  ADD ("no-footer", test_no_footer);
  ADD ("codes-in-blocks", test_codes_in_blocks);
  ADD ("phones-over-the-holder", test_phones_over_the_holder);
  ADD ("printed-by-and-signature", test_printed_by_and_signature);
  ADD ("words-instead-of-amounts", test_words_instead_of_amounts);
  ADD ("limits-without-a-name", test_limits_without_a_name);
  ADD ("letters-without-a-policy", test_letters_without_a_policy);
  ADD ("a-label-lost", test_a_label_lost);
  ADD ("most-labels-of-insurers-lost", test_most_labels_of_insurers_lost);
  ADD ("by-chance", test_by_chance);

  return g_test_run ();
}
