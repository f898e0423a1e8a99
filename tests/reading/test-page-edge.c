/* What a page shows at its edge, and what lies beyond it. */
#include "config.h"

#include "ch-doubt.h"
#include "drawn-page.h"

/* Points: a page of letter size; a letter of the pen's Courier of 10 points is 6 wide */
#define WIDTH 612
#define LETTER 6

static const ChWord *
find_word (const ChPageModel *model,
           const char        *text)
{
  guint i;

  for (i = 0; i < model->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (model->words, i);

      if (g_str_equal (word->text, text))
        return word;
    }

  return NULL;
}

/* Less than half of the last nought is on the page: it is read, so that no amount is a tenth of itself, and doubted. */
static void
test_last_letter_over_the_edge (ReaderFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChPageModel) model = NULL;
  const ChWord *word;

  pdf_pen_begin_page (pen, WIDTH, 792, 0, 0);
  pdf_pen_set_font (pen, PDF_FONT_COURIER, 10);
  pdf_pen_text (pen, WIDTH - 7.7 * LETTER, 300, "$250,000");
  pdf_pen_text (pen, WIDTH - 7.3 * LETTER, 320, "$500,000");
  model = drawn_page_read (fixture, pen);

  word = find_word (model, "$250,000");
  g_assert_nonnull (word);
  g_assert_cmpuint (word->doubts & CH_DOUBT_CUT_OFF, ==, 0);
  word = find_word (model, "$500,000");
  g_assert_nonnull (word);
  g_assert_cmpuint (word->doubts & CH_DOUBT_CUT_OFF, !=, 0);
  g_assert_cmpfloat (word->confidence, <, 0.98);
}

static void
test_words_beyond_the_edge (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChPageModel) model = NULL;

  pdf_pen_begin_page (pen, WIDTH, 792, 0, 0);
  pdf_pen_set_font (pen, PDF_FONT_COURIER, 10);
  pdf_pen_text (pen, 100, 300, "seen");
  pdf_pen_text (pen, WIDTH + 1, 300, "A");
  pdf_pen_text (pen, WIDTH + 30, 300, "beyond");
  model = drawn_page_read (fixture, pen);

  g_assert_nonnull (find_word (model, "seen"));
  g_assert_cmpuint (model->words->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reading/page-edge/last-letter-over-the-edge", ReaderFixture, NULL, reader_fixture_set_up,
              test_last_letter_over_the_edge, reader_fixture_tear_down);
  g_test_add ("/reading/page-edge/words-beyond-the-edge", ReaderFixture, NULL, reader_fixture_set_up,
              test_words_beyond_the_edge, reader_fixture_tear_down);

  return g_test_run ();
}
