/* What is done to the picture of a sheet before anything on it is recognised. */
#include "config.h"

#include "ch-keystone.h"
#include "ch-letter-ink.h"
#include "ch-page-model.h"
#include "ch-scan-rules.h"

#include <math.h>

#define WIDTH 1700
#define HEIGHT 2200
#define SCALE (200 / 72.0)

/* A sheet with a table on it, and a mark in one of its corners. */
static PIX *
draw_table (void)
{
  PIX *picture = pixCreate (WIDTH, HEIGHT, 8);
  int i;

  pixSetAll (picture);
  for (i = 0; i <= 10; i++)
    pixRasterop (picture, 200, 300 + i * 150, 1301, 3, PIX_CLR, NULL, 0, 0);
  for (i = 0; i <= 5; i++)
    pixRasterop (picture, 200 + i * 260, 300, 3, 1503, PIX_CLR, NULL, 0, 0);

  return picture;
}

/* As seen at an angle: the sheet's top corners lie further in. */
static PIX *
look_at_angle (PIX *picture)
{
  static const float shown[4][2] = { { 45, 30 }, { WIDTH - 70, 10 }, { WIDTH - 5, HEIGHT - 20 }, { 10, HEIGHT - 40 } };
  static const float flat[4][2] = { { 0, 0 }, { WIDTH, 0 }, { WIDTH, HEIGHT }, { 0, HEIGHT } };
  PTA *from = ptaCreate (4);
  PTA *to = ptaCreate (4);
  PIX *seen;
  guint i;

  for (i = 0; i < 4; i++)
    {
      ptaAddPt (from, flat[i][0], flat[i][1]);
      ptaAddPt (to, shown[i][0], shown[i][1]);
    }
  seen = pixProjectivePta (picture, to, from, L_BRING_IN_WHITE);
  ptaDestroy (&from);
  ptaDestroy (&to);

  return seen;
}

static guint
get_grey (PIX *picture,
          int  x,
          int  y)
{
  l_uint32 grey = 255;

  pixGetPixel (picture, x, y, &grey);

  return grey;
}

/* Where the first ink is, from a place on, along a row or a column. */
static int
find_ink (PIX     *picture,
          int      x,
          int      y,
          gboolean down)
{
  int i;

  for (i = 0; i < 600 && get_grey (picture, down ? x : x + i, down ? y + i : y) > 150; i++)
    ;

  return down ? y + i : x + i;
}

static ChScanSheet *
take_sheet (PIX *picture)
{
  ChScanSheet *sheet = g_new0 (ChScanSheet, 1);

  sheet->grey = picture;
  sheet->scale = SCALE;
  sheet->to_page = CH_TURN_NONE;

  return sheet;
}

static void
test_lines_of_a_photograph_become_parallel (void)
{
  g_autoptr (PIX) table = draw_table ();
  g_autoptr (PIX) seen = look_at_angle (table);
  g_autoptr (ChScanSheet) sheet = take_sheet (pixCopy (NULL, seen));
  int top_left, top_right, left_top, left_bottom;
  ChBox corner, shown;

  g_assert_cmpint (abs (find_ink (seen, 400, 200, TRUE) - find_ink (seen, 1300, 200, TRUE)), >, 5);
  g_assert_true (ch_keystone_correct (sheet));

  top_left = find_ink (sheet->grey, 400, 200, TRUE);
  top_right = find_ink (sheet->grey, 1300, 200, TRUE);
  left_top = find_ink (sheet->grey, 120, 500, FALSE);
  left_bottom = find_ink (sheet->grey, 120, 1700, FALSE);
  g_assert_cmpint (abs (top_left - top_right), <=, 2);
  g_assert_cmpint (abs (left_top - left_bottom), <=, 2);

  /* The table's corner is found again on the photograph, near enough to be pointed at. */
  corner = (ChBox){ left_top / SCALE, top_left / SCALE, left_top / SCALE + 1, top_left / SCALE + 1 };
  shown = ch_turn_box (&sheet->to_page, &corner);
  g_assert_cmpfloat (fabs (shown.y0 * SCALE - find_ink (seen, 260, 200, TRUE)), <, 20);
}

static void
test_straight_sheet_is_left_alone (void)
{
  g_autoptr (ChScanSheet) sheet = take_sheet (draw_table ());
  g_autoptr (ChScanSheet) empty = take_sheet (pixCreate (WIDTH, HEIGHT, 8));

  pixSetAll (empty->grey);
  g_assert_false (ch_keystone_correct (sheet));
  g_assert_false (ch_keystone_correct (empty));
}

/* A letter with a small table on it, not quite drawn straight: that says nothing of the rest of the sheet. */
static void
test_few_lines_turn_nothing (void)
{
  g_autoptr (ChScanSheet) sheet = take_sheet (pixCreate (WIDTH, HEIGHT, 8));
  int i;

  pixSetAll (sheet->grey);
  for (i = 0; i < 8; i++)
    {
      pixRenderLine (sheet->grey, 400, 300 + i * 30, 800, 300 + i * 30 + i / 2, 3, L_CLEAR_PIXELS);
      pixRenderLine (sheet->grey, 400 + i * 50, 300, 400 + i * 50 + i / 2, 520, 3, L_CLEAR_PIXELS);
    }
  g_assert_false (ch_keystone_correct (sheet));
}

/* What a fax has in grey is little, and made on its way; a scan's edges are all grey. */
static void
test_faxes_are_told_from_scans (void)
{
  PIX *bits = pixCreate (800, 800, 1);
  g_autoptr (PIX) black = NULL;
  g_autoptr (ChScanSheet) fax = NULL;
  g_autoptr (ChScanSheet) scan = NULL;
  int i;

  for (i = 0; i < 100; i++)
    pixRasterop (bits, 40 + i % 10 * 70, 40 + i / 10 * 70, 40, 4, PIX_SET, NULL, 0, 0);
  black = pixConvert1To8 (NULL, bits, 255, 0);
  scan = ch_scan_sheet_new (pixBlockconv (black, 2, 2), SCALE);
  fax = ch_scan_sheet_new (bits, SCALE);
  g_assert_false (fax->in_grey);
  g_assert_true (scan->in_grey);
}

/* Two dots of a pixel in size, a stroke, and paper that isn't white. */
static void
test_pale_print_is_ink (void)
{
  g_autoptr (PIX) picture = pixCreate (100, 100, 8);
  g_autoptr (PIX) ink = NULL;
  l_uint32 bit;
  int x;

  pixSetAllArbitrary (picture, 235);
  pixSetPixel (picture, 20, 20, 175);
  pixSetPixel (picture, 21, 20, 200);
  for (x = 40; x < 60; x++)
    pixSetPixel (picture, x, 50, 60);
  pixSetPixel (picture, 50, 51, 160);
  pixSetPixel (picture, 80, 80, 210);
  /* A thin typewriter's: the foot of a letter is half black, its stem grey. */
  for (x = 70; x < 75; x++)
    pixSetPixel (picture, x, 20, 110);
  pixSetPixel (picture, 72, 19, 168);

  ink = ch_letter_ink_find (picture, TRUE);
  pixGetPixel (ink, 72, 19, &bit);
  g_assert_cmpuint (bit, ==, 1);
  pixGetPixel (ink, 20, 20, &bit);
  g_assert_cmpuint (bit, ==, 1);
  pixGetPixel (ink, 21, 20, &bit);
  g_assert_cmpuint (bit, ==, 1);
  pixGetPixel (ink, 50, 50, &bit);
  g_assert_cmpuint (bit, ==, 1);
  /* Beside dark ink the same grey is its blur, */
  pixGetPixel (ink, 50, 51, &bit);
  g_assert_cmpuint (bit, ==, 0);
  /* and alone a little of it is the paper's. */
  pixGetPixel (ink, 80, 80, &bit);
  g_assert_cmpuint (bit, ==, 0);
}

/* An upright line between two columns with a letter of each row written over it: ends of words that are too long. */
static void
test_line_under_letters_is_a_line (void)
{
  g_autoptr (ChScanSheet) sheet = take_sheet (pixCreate (400, 400, 8));
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (ChRule));
  g_autoptr (PIX) without = NULL;
  int i;

  pixSetAll (sheet->grey);
  pixRasterop (sheet->grey, 200, 100, 2, 200, PIX_CLR, NULL, 0, 0);
  for (i = 0; i < 6; i++)
    pixRasterop (sheet->grey, 192, 104 + i * 33, 18, 16, PIX_CLR, NULL, 0, 0);
  ch_scan_rules_find (sheet, rules, &without);

  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_true (g_array_index (rules, ChRule, 0).vertical);
  g_assert_cmpfloat (fabs (g_array_index (rules, ChRule, 0).at * SCALE - 201), <=, 1);
  /* Between the letters it is gone, and the letters stay. */
  g_assert_cmpuint (get_grey (without, 200, 130), ==, 255);
  g_assert_cmpuint (get_grey (without, 195, 105), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reading/scan-sheets/lines-of-a-photograph-become-parallel", test_lines_of_a_photograph_become_parallel);
  g_test_add_func ("/reading/scan-sheets/straight-sheet-is-left-alone", test_straight_sheet_is_left_alone);
  g_test_add_func ("/reading/scan-sheets/few-lines-turn-nothing", test_few_lines_turn_nothing);
  g_test_add_func ("/reading/scan-sheets/line-under-letters-is-a-line", test_line_under_letters_is_a_line);
  g_test_add_func ("/reading/scan-sheets/faxes-are-told-from-scans", test_faxes_are_told_from_scans);
  g_test_add_func ("/reading/scan-sheets/pale-print-is-ink", test_pale_print_is_ink);

  return g_test_run ();
}
