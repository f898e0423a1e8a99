/* Boxes are found and read although a recogniser misread the labels beside them. What it does to words is done here to
 * those of a drawn form, whose pixels are looked at. */
#include "config.h"

#include "ch-acord-form.h"
#include "ch-acord25.h"
#include "ch-free-form.h"
#include "ch-text-line.h"
#include "misread-page.h"

#include <string.h>

#define ROW_PITCH 12.0

/* The middle of the box of an occurrence basis, which is 14 points wide */
#define OCCUR_BOX 122.0

static const ChPolicy *
get_policy (const ChCertificate *certificate,
            guint                index)
{
  g_assert_nonnull (certificate);
  g_assert_cmpuint (certificate->policies->len, ==, 3);

  return g_ptr_array_index (certificate->policies, index);
}

static void
assert_boxes (const ChCertificate *certificate)
{
  g_assert_cmpint (get_policy (certificate, 0)->basis, ==, CH_BASIS_OCCURRENCE);
  g_assert_cmpint (get_policy (certificate, 1)->kind, ==, CH_UMBRELLA_KIND_EXCESS);
  g_assert_cmpint (get_policy (certificate, 1)->basis, ==, CH_BASIS_CLAIMS_MADE);
  g_assert_cmpint (get_policy (certificate, 2)->statutory, ==, CH_MARK_YES);
}

static void
test_labels_as_printed (ReaderFixture *fixture,
                        gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  g_autoptr (ChCertificate) certificate = ch_acord25_read (page);

  assert_boxes (certificate);
  g_assert_cmpfloat (misread_page_confidence (certificate, "policies[2].statutory"), >=, 0.95);
}

/* The words of the row above, held for as high as two rows, reach into the boxes. */
static void
test_words_as_high_as_two_rows (ReaderFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  const double y = ch_box_centre_y (&misread_page_find (page, "COMMERCIAL", 0)->box);
  g_autoptr (ChCertificate) certificate = NULL;
  guint n_raised = 0;
  guint i;

  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);

      if (ABS (ch_box_centre_y (&word->box) - y) > 2 || word->box.x0 < 40 || word->box.x1 > 170)
        continue;
      word->box.y0 -= ROW_PITCH / 2;
      word->box.y1 += ROW_PITCH;
      n_raised++;
    }
  g_assert_cmpuint (n_raised, ==, 3);
  certificate = ch_acord25_read (page);
  assert_boxes (certificate);
}

/* The cross in the box, and the box's own edge, taken for the first letters of the label */
static void
test_label_with_its_mark (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  ChWord *label = misread_page_find (page, "CLAIMS-MADE", 1);
  g_autoptr (ChCertificate) certificate = NULL;

  label->box.x0 -= 16;
  label->glyphs[0].box.x0 -= 16;
  certificate = ch_acord25_read (page);
  assert_boxes (certificate);
}

/* The label of one box, held for so wide that it reaches into the next */
static void
test_label_in_the_next_box (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  ChWord *label = misread_page_find (page, "CLAIMS-MADE", 0);
  const ChWord *next = misread_page_find (page, "OCCUR", 0);
  g_autoptr (ChCertificate) certificate = NULL;
  double shift = next->box.x0 - label->box.x1 - 3;
  guint i;

  label->box.x1 += shift;
  for (i = 0; i < label->n_glyphs; i++)
    {
      label->glyphs[i].box.x0 += shift * i / label->n_glyphs;
      label->glyphs[i].box.x1 += shift * (i + 1) / label->n_glyphs;
    }
  certificate = ch_acord25_read (page);
  assert_boxes (certificate);
}

/* The cross in a box, taken for a word together with the lines at its sides: it is a little wider than the box. */
static void
test_mark_read_with_its_box (ReaderFixture *fixture,
                             gconstpointer  data)
{
  const double width = 5;
  const gunichar signs[] = { '[', 'K', ']' };
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  ChWord *label = misread_page_find (page, "OCCUR", 0);
  ChGlyph glyphs[G_N_ELEMENTS (signs)];
  g_autoptr (ChCertificate) certificate = NULL;
  ChWord *word;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      const double x = OCCUR_BOX - G_N_ELEMENTS (signs) * width / 2 + i * width;

      glyphs[i] = (ChGlyph){ signs[i], { x, label->box.y0, x + width, label->box.y1 }, 1000 };
    }
  word = ch_word_new (glyphs, G_N_ELEMENTS (signs), CH_WORD_FROM_PIXELS, 1000);
  word->confidence = 0.9;
  g_ptr_array_add (page->words, word);
  /* Were it legible, no letter could stand in its box. */
  misread_word (label, "OGCUR");
  certificate = ch_acord25_read (page);
  assert_boxes (certificate);
}

/* On scans a single sign in a block is a mark that the form prints; a name with a typographic quote is none. */
static void
test_name_that_begins_with_a_letter (ReaderFixture *fixture,
                                     gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  g_autoptr (ChCertificate) certificate = NULL;

  misread_word (misread_page_find (page, "Tern", 0), "T\u2019ern");
  certificate = ch_acord25_read (page);
  g_assert_cmpstr (certificate->insured_name, ==, "T\u2019ern & Heron Masonry LLC");
}

/* Of ink nothing is known but its own height: an amount a little lower than its label is on the same line. */
static void
test_ink_of_one_line (void)
{
  ChGlyph label = { 'R', { 10, 100, 16, 106 }, 1 };
  ChGlyph amount = { '5', { 90, 103.4, 96, 109.4 }, 2 };
  ChGlyph next = { 'N', { 10, 106.5, 16, 112.5 }, 3 };
  ChWordSource source;

  for (source = CH_WORD_FROM_TEXT; source <= CH_WORD_FROM_PIXELS; source++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_word_free);
      g_autoptr (GPtrArray) lines = NULL;
      g_autoptr (GPtrArray) parted = NULL;

      g_ptr_array_add (words, ch_word_new (&label, 1, source, 1));
      g_ptr_array_add (words, ch_word_new (&amount, 1, source, 2));
      lines = ch_text_lines_group (words);
      g_assert_cmpuint (lines->len, ==, source == CH_WORD_FROM_PIXELS ? 1 : 2);

      g_ptr_array_remove_index (words, 1);
      g_ptr_array_add (words, ch_word_new (&next, 1, source, 3));
      parted = ch_text_lines_group (words);
      g_assert_cmpuint (parted->len, ==, 2);
    }
}

/* A wide date runs over the line of its column up to the box behind it, whose left line is lost in it. */
static void
test_date_before_a_box (ReaderFixture *fixture,
                        gconstpointer  data)
{
  g_autoptr (ChCertificate) drawn = misread_page_certificate ();
  g_autoptr (ChCertificate) certificate = NULL;
  g_autoptr (ChPageModel) page = NULL;
  const ChBox *label;
  guint i;

  ((ChPolicy *) g_ptr_array_index (drawn->policies, 2))->statutory = CH_MARK_ABSENT;
  page = misread_page_draw (fixture, drawn, PDF_FONT_COURIER_BOLD, 8.6);
  label = &misread_page_find (page, "PER", 0)->box;
  for (i = page->rules->len; i > 0; i--)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i - 1);

      if (rule->vertical && rule->at < label->x0 - 8 && rule->at > label->x0 - 30 && rule->to - rule->from < 30)
        g_array_remove_index (page->rules, i - 1);
    }
  certificate = ch_acord25_read (page);
  g_assert_cmpint (get_policy (certificate, 2)->statutory, !=, CH_MARK_YES);
}

static void
test_lost_label_of_statutory (ReaderFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  g_autoptr (ChCertificate) certificate = NULL;

  misread_word (misread_page_find (page, "PER", 0), "BER");
  misread_word (misread_page_find (page, "STATUTE", 0), "TUTE");
  certificate = ch_acord25_read (page);
  assert_boxes (certificate);
  g_assert_cmpfloat (misread_page_confidence (certificate, "policies[2].statutory"), <, 0.9);
}

#define ADD(path, func) g_test_add (path, ReaderFixture, NULL, reader_fixture_set_up, func, reader_fixture_tear_down)

/* The stroke of an edition is the thinnest of the form. */
static void
test_edition_without_its_stroke (ReaderFixture *fixture,
                                 gconstpointer  data)
{
  static const struct {
    const char *read;
    const char *edition;
  } cases[] = {
    { "(2016/03)", "2016/03" }, { "(201603)", "2016/03" }, { "(2016103)", "2016/03" }, { "(2010l05)", "2010/05" },
    { "(797)", "7/97" },        { "(1/95)", "1/95" },      { "(201613)", NULL },       { "(20163)", NULL },
    { "(2001.08)", "2001/08" }, { "(2025-12)", "2025/12" }, { "12014/01)", "2014/01" }, { "2014/01", NULL },
  };
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  ChWord *printed = misread_page_find (page, "(2016/03)", 0);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *edition = NULL;

      misread_word (printed, cases[i].read);
      g_assert_cmpint (ch_acord_form_recognise (page, &edition), ==, CH_ACORD_25);
      g_assert_cmpstr (edition, ==, cases[i].edition);
    }
}

static ChPageModel *
draw_rows (ReaderFixture *fixture)
{
  static const char *const rows[] = {
    "E x .!-i y 40472079 01/21/2022 01/21/2023 $250,000",
    "F x .i_ N y TBD-95396 09/17/2025 09/17/2026 $300,000",
    "A DED x RETENTION NRG-DBG-GL 70495 05/18/2024 06/01/2025",
    "F RETENTION 70490936 09/25/2024 09/25/2025",
    "RE Harbor Lofts 01/01/2026 01/01/2027",
  };
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  guint i;

  pdf_pen_begin_page (pen, 612, 792, 0, 0);
  pdf_pen_set_font (pen, PDF_FONT_HELVETICA, 10);
  pdf_pen_text (pen, 200, 60, "CERTIFICATE OF LIABILITY INSURANCE");
  for (i = 0; i < G_N_ELEMENTS (rows); i++)
    pdf_pen_text (pen, 60, 300 + i * 30, rows[i]);

  return misread_page_take (fixture, pen);
}

/* A fax that lost all the thin print of a form has its rows left: a number and two dates. Of text nothing is lost. */
static void
test_rows_without_labels (ReaderFixture *fixture,
                          gconstpointer  data)
{
  static const char *const numbers[] = { "40472079", "TBD-95396", "NRG-DBG-GL 70495", "70490936" };
  g_autoptr (ChPageModel) page = draw_rows (fixture);
  g_autoptr (ChCertificate) certificate = ch_free_form_read (page);
  guint i;

  g_assert_nonnull (certificate);
  g_assert_cmpuint (certificate->policies->len, ==, G_N_ELEMENTS (numbers));
  for (i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      g_assert_cmpint (policy->coverage, ==, CH_COVERAGE_OTHER);
      g_assert_cmpstr (policy->policy_number, ==, numbers[i]);
      g_assert_cmpint (policy->effective, !=, CH_DATE_NONE);
      g_assert_cmpint (policy->expiration, >, policy->effective);
    }
  g_assert_cmpint (((ChPolicy *) g_ptr_array_index (certificate->policies, 0))->effective, ==, ch_date_new (2022, 1, 21));
  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      g_assert_cmpfloat (field->confidence, <=, 0.6);
      g_assert_cmpuint (field->doubts & CH_DOUBT_FOLLOWS_NO_FORM, !=, 0);
    }

  for (i = 0; i < page->words->len; i++)
    ((ChWord *) g_ptr_array_index (page->words, i))->source = CH_WORD_FROM_TEXT;
  g_assert_null (ch_free_form_read (page));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/reading/misread-labels/as-printed", test_labels_as_printed);
  ADD ("/reading/misread-labels/as-high-as-two-rows", test_words_as_high_as_two_rows);
  ADD ("/reading/misread-labels/with-their-marks", test_label_with_its_mark);
  ADD ("/reading/misread-labels/date-before-a-box", test_date_before_a_box);
  ADD ("/reading/misread-labels/in-the-next-box", test_label_in_the_next_box);
  ADD ("/reading/misread-labels/mark-with-its-box", test_mark_read_with_its_box);
  ADD ("/reading/misread-labels/name-begins-with-a-letter", test_name_that_begins_with_a_letter);
  g_test_add_func ("/reading/misread-labels/ink-of-one-line", test_ink_of_one_line);
  ADD ("/reading/misread-labels/edition-without-its-stroke", test_edition_without_its_stroke);
  ADD ("/reading/misread-labels/rows-without-labels", test_rows_without_labels);
  ADD ("/reading/misread-labels/statutory-lost", test_lost_label_of_statutory);

  return g_test_run ();
}
