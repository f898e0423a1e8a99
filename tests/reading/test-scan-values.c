#include "config.h"

#include "ch-digit-shapes.h"
#include "ch-recogniser.h"
#include "ch-scan-vote.h"
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

static void
test_nonsense_wins_nothing (void)
{
  vote (CH_EXPECTED_MONEY, (const char *const[]){ "5500,000", "l,OOO", "", NULL }, -1);
  vote (CH_EXPECTED_DATE, (const char *const[]){ "13/45/2026", "10/15/202", NULL }, -1);
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

/* Signs of which each has its ink; where @wide says w, half as wide again. */
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
    { "610.555", "nnnnnnn", "610.555" },
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (ChScanPiece) piece = make_piece (values[i].read, values[i].wide);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_cmpint (ch_digit_shapes_mend (piece), ==, strcmp (values[i].read, values[i].meant) != 0);
      for (j = 0; j < piece->signs->len; j++)
        g_string_append_unichar (text, g_array_index (piece->signs, ChSign, j).character);
      g_assert_cmpstr (text->str, ==, values[i].meant);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reading/scan-values/agreeing-readings-are-sure", test_agreeing_readings_are_sure);
  g_test_add_func ("/reading/scan-values/readings-that-differ-are-doubtful", test_readings_that_differ_are_doubtful);
  g_test_add_func ("/reading/scan-values/nonsense-wins-nothing", test_nonsense_wins_nothing);
  g_test_add_func ("/reading/scan-values/dates-are-of-our-time", test_dates_are_of_our_time);
  g_test_add_func ("/reading/scan-values/dollar-sign-is-no-digit", test_dollar_sign_is_no_digit);
  g_test_add_func ("/reading/scan-values/touching-dates-complete-each-other", test_touching_dates_complete_each_other);
  g_test_add_func ("/reading/scan-values/touching-dates-are-not-made-up", test_touching_dates_are_not_made_up);
  g_test_add_func ("/reading/scan-values/noughts-are-told-by-their-width", test_noughts_are_told_by_their_width);

  return g_test_run ();
}
