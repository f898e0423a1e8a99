#include "config.h"

#include "ch-digit-shapes.h"
#include "ch-grazed-digits.h"
#include "ch-recogniser.h"
#include "ch-scan-vote.h"
#include "ch-slashed-date.h"
#include "ch-touching-dates.h"

#include <string.h>

/* What the readings make of it, and how sure that is. */
static double
vote (ChExpected         expected,
      const char *const *readings,
      int                winner)
{
  g_autoptr (ChScanVote) ballot = ch_scan_vote_new (expected);
  guint i;

  for (i = 0; readings[i] != NULL; i++)
    ch_scan_vote_add (ballot, readings[i], 0.99);
  g_assert_cmpint (ch_scan_vote_get_winner (ballot), ==, winner);

  return ch_scan_vote_get_confidence (ballot);
}

static void
test_agreeing_readings_are_sure (void)
{
  g_assert_cmpfloat (vote (CH_EXPECTED_MONEY, (const char *const[]){ "1,000,000", "$1,000,000", "1.000,000", NULL }, 0),
                     >=, 0.98);
}

static void
test_readings_that_differ_are_doubtful (void)
{
  g_assert_cmpfloat (vote (CH_EXPECTED_MONEY, (const char *const[]){ "1,000", "7,000", "7,000", "4,000", NULL }, 1), <,
                     0.9);
  g_assert_cmpfloat (vote (CH_EXPECTED_DATE, (const char *const[]){ "01/02/2026", "07/02/2026", NULL }, 0), <, 0.9);
}

/* A nought that is misread in each reading gives an amount that no limit has. */
static void
test_unusual_amounts_are_not_sure (void)
{
  static const char *const usual[] = { "0", "5000", "1500", "300000", "1000000", "2500000", "1250000", "10000000" };
  static const char *const unusual[] = { "166000", "1000600", "880000", "1,060,000", "25060" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (usual); i++)
    g_assert_cmpfloat (vote (CH_EXPECTED_MONEY, (const char *const[]){ usual[i], usual[i], usual[i], NULL }, 0), >=, 0.98);
  for (i = 0; i < G_N_ELEMENTS (unusual); i++)
    g_assert_cmpfloat (vote (CH_EXPECTED_MONEY, (const char *const[]){ unusual[i], unusual[i], unusual[i], NULL }, 0), <=,
                       0.9);
}

static GArray *
make_signs (const char *recognised)
{
  GArray *signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  gsize i;

  for (i = 0; recognised[i] != '\0'; i++)
    {
      ChSign sign = { .character = (guchar) recognised[i], .x0 = (int) i * 10, .x1 = (int) i * 10 + 8,
                      .confidence = 0.9, .begins_word = i == 0 };

      g_array_append_val (signs, sign);
    }

  return signs;
}

static void
assert_mended (gboolean  (*mend) (GArray *signs),
               const char *recognised,
               const char *meant)
{
  g_autoptr (GArray) signs = make_signs (recognised);
  guint i;

  g_assert_cmpint (mend (signs), ==, strcmp (recognised, meant) != 0);
  g_assert_cmpuint (signs->len, ==, strlen (meant));
  for (i = 0; i < signs->len; i++)
    {
      const ChSign *sign = &g_array_index (signs, ChSign, i);

      g_assert_cmpuint (sign->character, ==, (guchar) meant[i]);
      g_assert_cmpint (sign->begins_word, ==, i == 0);
      if (i > 0)
        g_assert_cmpint (sign->x0, >=, g_array_index (signs, ChSign, i - 1).x0);
      /* What was put right is never sure. */
      if (mend != ch_slashed_date_mend_century && strcmp (recognised, meant) != 0)
        g_assert_cmpfloat (sign->confidence, <, 0.5);
    }
}

static void
assert_century (const char *recognised,
                const char *meant)
{
  assert_mended (ch_slashed_date_mend_century, recognised, meant);
}

/* Strokes that were left out, or read as something else */
static void
test_dates_get_their_strokes (void)
{
  assert_mended (ch_slashed_date_complete, "10262022", "10/26/2022");
  assert_mended (ch_slashed_date_complete, "1026/2022", "10/26/2022");
  assert_mended (ch_slashed_date_complete, "01/132022", "01/13/2022");
  assert_mended (ch_slashed_date_complete, "12.20-2022", "12/20/2022");
  assert_mended (ch_slashed_date_complete, "12/20/2022", "12/20/2022");
  assert_mended (ch_slashed_date_complete, "2026-07-04", "2026-07-04");
  assert_mended (ch_slashed_date_complete, "102.62022", "102.62022");
  assert_mended (ch_slashed_date_complete, "13262022", "13262022");
  assert_mended (ch_slashed_date_complete, "1026202", "1026202");
  assert_mended (ch_slashed_date_complete, "102620221", "102620221");
}

/* A first digit that the line before its column runs through */
static void
test_months_begin_with_nought_or_one (void)
{
  assert_mended (ch_slashed_date_mend_first, "98/19/2027", "08/19/2027");
  assert_mended (ch_slashed_date_mend_first, "91132023", "01/13/2023");
  assert_mended (ch_slashed_date_mend_first, "40-262023", "10/26/2023");
  assert_mended (ch_slashed_date_mend_first, "08/19/2027", "08/19/2027");
  assert_mended (ch_slashed_date_mend_first, "28/19/2027", "28/19/2027");
  assert_mended (ch_slashed_date_mend_first, "48/19/2027", "48/19/2027");
}

static void
test_cut_years_are_doubted (void)
{
  g_autoptr (GArray) cut = make_signs ("12/09/20");
  g_autoptr (GArray) whole = make_signs ("12/09/22");

  ch_slashed_date_doubt_cut_year (cut);
  ch_slashed_date_doubt_cut_year (whole);
  g_assert_cmpfloat (g_array_index (cut, ChSign, 0).confidence, <=, 0.5);
  g_assert_cmpfloat (g_array_index (whole, ChSign, 0).confidence, ==, 0.9);
}

/* The first digit of a year that comes first, lost in the line before its column. */
static void
test_year_gets_its_first_digit (void)
{
  assert_century ("026-07-04", "2026-07-04");
  assert_century ("2026-07-04", "2026-07-04");
  assert_century ("126-07-04", "126-07-04");
  assert_century ("026/07/04", "026/07/04");
  assert_century ("", "");
}

static void
test_nonsense_wins_nothing (void)
{
  vote (CH_EXPECTED_MONEY, (const char *const[]){ "5500,000", "l,OOO", "", NULL }, -1);
  vote (CH_EXPECTED_DATE, (const char *const[]){ "13/45/2026", "10/15/202", NULL }, -1);
}

static void
test_letters_are_those_of_their_column (void)
{
  vote (CH_EXPECTED_LETTER, (const char *const[]){ "X", "X", "D", NULL }, 2);
  vote (CH_EXPECTED_LETTER, (const char *const[]){ "d", "8", NULL }, 0);
  vote (CH_EXPECTED_YES_NO, (const char *const[]){ "A", "D", "Y", NULL }, 2);
  vote (CH_EXPECTED_YES_NO, (const char *const[]){ "YX", "", NULL }, -1);
}

/* No policy begins in 2062: a digit was misread. */
static void
test_dates_are_of_our_time (void)
{
  vote (CH_EXPECTED_DATE, (const char *const[]){ "10/15/2062", "10/15/2062", "10/15/2023", NULL }, 2);
}

static void
test_dollar_sign_is_no_digit (void)
{
  g_assert_cmpfloat (
    vote (CH_EXPECTED_MONEY, (const char *const[]){ "5500000", "5500000", "500000", "500000", NULL }, 2), <, 0.9);
  vote (CH_EXPECTED_MONEY, (const char *const[]){ "1500000", "1500000", "500000", "500000", NULL }, 0);
}

static void
test_touching_dates_complete_each_other (void)
{
  static const struct {
    const char *left;
    const char *right;
  } pairs[] = {
    { "10/15/2023", "10/15/2024" }, { "10/15/2023", "0/15/2024" }, { "10/15/202", "10/15/2024" },
    { "10/15/202", "0/15/2024" },   { "10/15/2023", "10/15/202" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      ChDate effective, expiration;

      g_assert_true (ch_touching_dates_complete (pairs[i].left, pairs[i].right, &effective, &expiration));
      g_assert_cmpint (effective, ==, ch_date_new (2023, 10, 15));
      g_assert_cmpint (expiration, ==, ch_date_new (2024, 10, 15));
    }
}

static void
test_touching_dates_are_not_made_up (void)
{
  ChDate effective, expiration;

  g_assert_false (ch_touching_dates_complete ("10/15/2023", "04/25/2024", &effective, &expiration));
  g_assert_false (ch_touching_dates_complete ("10/15/20", "0/15/2024", &effective, &expiration));
  g_assert_false (ch_touching_dates_complete ("", "10/15/2024", &effective, &expiration));
}

/* Signs of which each has its ink; where @wide says w, half as wide again. A space begins a word. */
static ChScanPiece *
make_piece (const char *text,
            const char *wide)
{
  ChScanPiece *piece = g_new0 (ChScanPiece, 1);
  int x = 0;

  piece->parts = g_array_new (FALSE, TRUE, sizeof (ChInkBox));
  piece->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  for (; *text != '\0'; text++, wide++)
    {
      int width = *wide == 'w' ? 15 : 10;
      ChSign sign = { (guchar) *text, x, 0, x + width, 16, 0.99, FALSE };
      ChInkBox part = { x, 0, x + width, 16 };

      if (*text == ' ')
        continue;
      sign.begins_word = piece->signs->len == 0 || text[-1] == ' ';
      g_array_append_val (piece->signs, sign);
      g_array_append_val (piece->parts, part);
      x += width + 3;
    }

  return piece;
}

static void
test_noughts_are_told_by_their_width (void)
{
  static const struct {
    const char *read;
    const char *wide;
    const char *meant;
  } values[] = {
    { "F4OSW23O929", "nnnnnnnnnnn", "F40SW230929" }, { "0772FP", "wnnnnn", "O772FP" },
    { "OH 77349", "nnnnnnnn", "OH 77349" },          { "BOX", "nnn", "BOX" },
    { "DENVER, CO 11731", "nnnnnnnnnnnnnnnn", "DENVER, CO 11731" },
    { "610.555", "nnnnnnn", "610.555" },
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (ChScanPiece) piece = make_piece (values[i].read, values[i].wide);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_cmpint (ch_digit_shapes_mend (piece), ==, strcmp (values[i].read, values[i].meant) != 0);
      for (j = 0; j < piece->signs->len; j++)
        {
          const ChSign *sign = &g_array_index (piece->signs, ChSign, j);

          if (sign->begins_word && j > 0)
            g_string_append_c (text, ' ');
          g_string_append_unichar (text, sign->character);
        }
      g_assert_cmpstr (text->str, ==, values[i].meant);
    }
}

/* A ring for each o, a ring with something in it for each e, a block for anything else. */
static PIX *
draw_shapes (const ChScanPiece *piece,
             const char        *shapes)
{
  PIX *picture = pixCreate (200, 30, 8);
  guint i;

  pixSetAll (picture);
  for (i = 0; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);
      int width = part->x1 - part->x0;

      pixRasterop (picture, part->x0, part->y0, width, 16, PIX_CLR, NULL, 0, 0);
      if (shapes[i] == 'o' || shapes[i] == 'e')
        pixRasterop (picture, part->x0 + 2, part->y0 + 3, width - 4, 10, PIX_SET, NULL, 0, 0);
      if (shapes[i] == 'e')
        pixRasterop (picture, part->x0 + 4, part->y0 + 7, 2, 2, PIX_CLR, NULL, 0, 0);
    }

  return picture;
}

static void
assert_noughts (const char *read,
                const char *shapes,
                const char *meant)
{
  g_autoptr (ChScanPiece) piece = make_piece (read, "nnnnnnnnnn");
  g_autoptr (PIX) picture = draw_shapes (piece, shapes);
  g_autoptr (ChDigitShapes) known = ch_digit_shapes_new ();
  guint i;

  ch_digit_shapes_add (known, picture, piece, TRUE);
  g_assert_cmpint (ch_digit_shapes_mend_noughts (known, picture, piece), ==, strcmp (read, meant) != 0);
  for (i = 0; i < piece->signs->len; i++)
    g_assert_cmpuint (g_array_index (piece->signs, ChSign, i).character, ==, (guchar) meant[i]);
}

/* A six that looks like a nought is one where no limit is of such an amount; one that looks like a six stays, and so does
 * what a limit may be. */
static void
test_filled_noughts_are_told_by_their_shape (void)
{
  assert_noughts ("1006600", "booeooo", "1000000");
  assert_noughts ("1060000", "boboooo", "1060000");
  assert_noughts ("600000", "eooooo", "600000");
}

static void
test_strokes_are_told_from_ones (void)
{
  static const struct {
    const char *read;
    const char *meant;
  } dates[] = {
    { "41712023", "4/7/2023" },   { "417124", "4/7/24" },         { "4/712023", "4/7/2023" }, { "12/2312025", "12/23/2025" },
    { "4/7/2023", "4/7/2023" },   { "01012025", "01012025" },     { "111125", "111125" },     { "41712099", "41712099" },
    { "1000000", "1000000" },     { "11/0112025", "11/01/2025" },
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (ChScanPiece) piece = make_piece (dates[i].read, dates[i].read);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_cmpint (ch_slashed_date_mend (piece->signs), ==, strcmp (dates[i].read, dates[i].meant) != 0);
      for (j = 0; j < piece->signs->len; j++)
        g_string_append_unichar (text, g_array_index (piece->signs, ChSign, j).character);
      g_assert_cmpstr (text->str, ==, dates[i].meant);
    }
}

static void
paint (PIX *picture,
       int  x0,
       int  y0,
       int  x1,
       int  y1,
       int  grey)
{
  int x, y;

  for (y = y0; y < y1; y++)
    {
      for (x = x0; x < x1; x++)
        pixSetPixel (picture, x, y, (l_uint32) grey);
    }
}

/* A nought from a row down to row 30, its top open. */
static void
paint_open_nought (PIX *picture,
                   int  top)
{
  paint (picture, 20, top, 22, 30, 0);
  paint (picture, 28, top, 30, 30, 0);
  paint (picture, 20, 28, 30, 30, 0);
}

static guint
get_grey (PIX *picture,
          int  x,
          int  y)
{
  l_uint32 grey;

  g_assert_cmpint (pixGetPixel (picture, x, y, &grey), ==, 0);

  return grey;
}

/* A sheet with a line, the same without it, and a nought on both. Returns: whether its top was put back */
static gboolean
mend_nought (int            top,
             const ChInkBox *line,
             PIX           **without_rules,
             ChScanPiece    *piece)
{
  ChScanSheet sheet = { pixCreate (60, 60, 8), 200 / 72.0, FALSE, CH_TURN_NONE };
  ChInkBox part = { 20, top, 30, 30 };
  gboolean mended;

  *without_rules = pixCreate (60, 60, 8);
  pixSetAll (*without_rules);
  paint_open_nought (*without_rules, top);
  pixSetAll (sheet.grey);
  paint_open_nought (sheet.grey, top);
  paint (sheet.grey, line->x0, line->y0, line->x1, line->y1, 40);
  g_array_set_size (piece->parts, 0);
  g_array_append_val (piece->parts, part);
  piece->box = part;
  mended = ch_grazed_digits_mend (&sheet, *without_rules, piece);
  pixDestroy (&sheet.grey);

  return mended;
}

static void
test_digits_get_back_what_a_line_took (void)
{
  const ChInkBox level = { 0, 10, 60, 12 };
  g_autoptr (ChScanPiece) piece = make_piece ("0", "n");
  g_autoptr (PIX) picture = NULL;

  g_assert_true (mend_nought (12, &level, &picture, piece));
  g_assert_cmpint (piece->box.y0, ==, 10);
  g_assert_cmpuint (get_grey (picture, 20, 10), ==, 40);
  g_assert_cmpuint (get_grey (picture, 25, 11), ==, 40);
  g_assert_cmpuint (get_grey (picture, 25, 20), ==, 255);
  g_assert_cmpuint (get_grey (picture, 10, 10), ==, 255);
  g_assert_cmpuint (get_grey (picture, 40, 10), ==, 255);
}

static void
test_digits_take_no_line_that_they_do_not_graze (void)
{
  const ChInkBox lines[] = { { 0, 4, 60, 6 }, { 20, 0, 22, 60 } };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (ChScanPiece) piece = make_piece ("0", "n");
      g_autoptr (PIX) picture = NULL;

      g_assert_false (mend_nought (14, &lines[i], &picture, piece));
      g_assert_cmpint (piece->box.y0, ==, 14);
      g_assert_cmpuint (get_grey (picture, 25, lines[i].y0), ==, 255);
      g_assert_cmpuint (get_grey (picture, 20, 8), ==, 255);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reading/scan-values/agreeing-readings-are-sure", test_agreeing_readings_are_sure);
  g_test_add_func ("/reading/scan-values/readings-that-differ-are-doubtful", test_readings_that_differ_are_doubtful);
  g_test_add_func ("/reading/scan-values/unusual-amounts-are-not-sure", test_unusual_amounts_are_not_sure);
  g_test_add_func ("/reading/scan-values/year-gets-its-first-digit", test_year_gets_its_first_digit);
  g_test_add_func ("/reading/scan-values/dates-get-their-strokes", test_dates_get_their_strokes);
  g_test_add_func ("/reading/scan-values/months-begin-with-nought-or-one", test_months_begin_with_nought_or_one);
  g_test_add_func ("/reading/scan-values/cut-years-are-doubted", test_cut_years_are_doubted);
  g_test_add_func ("/reading/scan-values/nonsense-wins-nothing", test_nonsense_wins_nothing);
  g_test_add_func ("/reading/scan-values/letters-are-those-of-their-column", test_letters_are_those_of_their_column);
  g_test_add_func ("/reading/scan-values/dates-are-of-our-time", test_dates_are_of_our_time);
  g_test_add_func ("/reading/scan-values/dollar-sign-is-no-digit", test_dollar_sign_is_no_digit);
  g_test_add_func ("/reading/scan-values/touching-dates-complete-each-other", test_touching_dates_complete_each_other);
  g_test_add_func ("/reading/scan-values/touching-dates-are-not-made-up", test_touching_dates_are_not_made_up);
  g_test_add_func ("/reading/scan-values/noughts-are-told-by-their-width", test_noughts_are_told_by_their_width);
  g_test_add_func ("/reading/scan-values/filled-noughts-are-told-by-their-shape", test_filled_noughts_are_told_by_their_shape);
  g_test_add_func ("/reading/scan-values/strokes-are-told-from-ones", test_strokes_are_told_from_ones);
  g_test_add_func ("/reading/scan-values/digits-get-back-what-a-line-took", test_digits_get_back_what_a_line_took);
  g_test_add_func ("/reading/scan-values/digits-take-no-line-that-they-do-not-graze",
                   test_digits_take_no_line_that_they_do_not_graze);

  return g_test_run ();
}
