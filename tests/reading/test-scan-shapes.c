/* What is told of bits of ink by their shape and their place, where a recogniser goes wrong. */
#include "config.h"

#include "ch-letter-strokes.h"
#include "ch-recogniser.h"
#include "ch-rule-rests.h"
#include "ch-slashed-date.h"
#include "ch-touching-lines.h"

#include <cairo.h>
#include <string.h>

/* Pixels a point of a scan at 200 dots an inch, and a capital letter of 10 points on it */
#define SCALE (200 / 72.0)
#define CAPITAL 20
#define TOP 10

static PIX *
make_paper (int depth)
{
  PIX *paper = pixCreate (400, 100, depth);

  if (depth == 8)
    pixSetAll (paper);

  return paper;
}

static void
paint (PIX *picture,
       int  x0,
       int  y0,
       int  x1,
       int  y1)
{
  int x, y;

  for (y = y0; y < y1; y++)
    {
      for (x = x0; x < x1; x++)
        pixSetPixel (picture, x, y, pixGetDepth (picture) == 8 ? 0 : 1);
    }
}

static void
add_part (ChScanPiece *piece,
          PIX         *picture,
          int          x0,
          int          y0,
          int          x1,
          int          y1)
{
  ChInkBox part = { x0, y0, x1, y1 };

  paint (picture, x0, y0, x1, y1);
  g_array_append_val (piece->parts, part);
}

/* Paints a text as it is meant, letter by letter: of I, l, i, t, of an l at which a fax has gnawed (L), of one that it has
 * bent so that it seems to have half a bar (T), of one that touches the letter before (_), and of blocks for any other letter. The signs are what it is read as. */
static ChScanPiece *
make_piece (const char  *meant,
            const char  *read,
            PIX        **picture)
{
  ChScanPiece *piece = g_new0 (ChScanPiece, 1);
  int bottom = TOP + CAPITAL;
  ChInkBox cut;
  int x = 20;

  g_assert_cmpuint (strlen (meant), ==, strlen (read));
  *picture = make_paper (8);
  piece->parts = g_array_new (FALSE, TRUE, sizeof (ChInkBox));
  piece->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  piece->box = (ChInkBox){ x, TOP, 380, bottom };
  cut = ch_scan_piece_get_cut (piece);
  for (; *meant != '\0'; meant++, read++)
    {
      ChSign sign = { (guchar) *read, x - cut.x0, 0, 0, CAPITAL, 0.99, piece->signs->len == 0 || read[-1] == ' ' };

      switch (*meant)
        {
        case ' ':
          x += 8;
          continue;
        case 'i':
          add_part (piece, *picture, x, TOP, x + 3, TOP + 3);
          add_part (piece, *picture, x, TOP + 6, x + 3, bottom);
          x += 3;
          break;
        case 'l':
        case 'I':
          add_part (piece, *picture, x, TOP, x + 3, bottom);
          x += 3;
          break;
        case 'L':
          add_part (piece, *picture, x, TOP, x + 3, bottom);
          pixSetPixel (*picture, x, TOP + 5, 255);
          x += 3;
          break;
        case 'T':
          add_part (piece, *picture, x, TOP, x + 3, bottom);
          paint (*picture, x + 3, TOP + 6, x + 4, TOP + 8);
          g_array_index (piece->parts, ChInkBox, piece->parts->len - 1).x1++;
          x += 4;
          break;
        case '_':
          paint (*picture, x - 3, TOP + 6, x + 8, bottom);
          g_array_index (piece->parts, ChInkBox, piece->parts->len - 1).x1 = x + 8;
          x += 8;
          break;
        case 't':
          add_part (piece, *picture, x + 2, TOP, x + 5, bottom);
          paint (*picture, x, TOP + 6, x + 7, TOP + 8);
          g_array_index (piece->parts, ChInkBox, piece->parts->len - 1) = (ChInkBox){ x, TOP, x + 7, bottom };
          x += 7;
          break;
        default:
          add_part (piece, *picture, x, g_ascii_isupper (*meant) || *meant == 'd' ? TOP : TOP + 6, x + 10, bottom);
          x += 10;
          break;
        }
      sign.x1 = x - cut.x0;
      g_array_append_val (piece->signs, sign);
      x += 3;
    }

  return piece;
}

static void
assert_mended_on (gboolean    in_grey,
                  const char *meant,
                  const char *read,
                  const char *mended)
{
  g_autoptr (PIX) picture = NULL;
  g_autoptr (ChScanPiece) piece = make_piece (meant, read, &picture);
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  g_assert_cmpint (ch_letter_strokes_mend (picture, SCALE, in_grey, piece), ==, !g_str_equal (read, mended));
  for (i = 0; i < piece->signs->len; i++)
    {
      const ChSign *sign = &g_array_index (piece->signs, ChSign, i);

      g_string_append (text, i > 0 && sign->begins_word ? " " : "");
      g_string_append_unichar (text, sign->character);
    }
  g_assert_cmpstr (text->str, ==, mended);
}

static void
assert_mended (const char *meant,
               const char *read,
               const char *mended)
{
  assert_mended_on (FALSE, meant, read, mended);
}

/* A scan in grey makes no holes in strokes; it blurs dots into them. */
static void
test_blurred_dots_are_dots (void)
{
  assert_mended_on (TRUE, "DaLlas", "Dailas", "Dailas");
  assert_mended_on (TRUE, "Dallas", "Dailas", "Dallas");
  assert_mended_on (TRUE, "Basin", "Basln", "Basin");
}

static void
test_dots_tell_letters (void)
{
  assert_mended ("DaLlas", "Dailas", "Dallas");
  assert_mended ("ColumLus", "Coiumlus", "Columlus");
  assert_mended ("Basin", "Basln", "Basin");
  assert_mended ("Basin", "Basin", "Basin");
  assert_mended ("Pinnacle", "Pinnacle", "Pinnacle");
  /* Where there are no letters for each sign, which one is meant is not known. */
  assert_mended ("Da_Las", "Dalias", "Dalias");
}

static void
test_bars_tell_letters (void)
{
  assert_mended ("PinnacTe", "Pinnacte", "Pinnacle");
  assert_mended ("Boston", "Boston", "Boston");
}

static void
test_strokes_are_roman_numbers (void)
{
  assert_mended ("Phase II", "Phase Il", "Phase II");
  assert_mended ("Phase II", "Phase t!", "Phase II");
  assert_mended ("Phase III", "Phase Jll", "Phase III");
  assert_mended ("Aurora Il 60502", "Aurora Il 60502", "Aurora Il 60502");
  assert_mended ("Phase I", "Phase l", "Phase l");
  assert_mended ("II", "|l", "II");
  assert_mended ("II", "||", "||");
}

static const ChRule crossing[] = { { FALSE, 50 / SCALE, 0, 400 / SCALE, 1 / SCALE }, { TRUE, 200 / SCALE, 0, 100 / SCALE, 1 / SCALE } };

static GArray *
make_rules (void)
{
  GArray *rules = g_array_new (FALSE, FALSE, sizeof (ChRule));

  g_array_append_vals (rules, crossing, G_N_ELEMENTS (crossing));

  return rules;
}

/* What is left where two lines cross looks like a seven or a four. */
static void
test_crossings_leave_no_letters (void)
{
  g_autoptr (GArray) rules = make_rules ();
  g_autoptr (PIX) ink = make_paper (1);
  const ChInkBox corner = { 190, 48, 202, 60 };
  const ChInkBox away = { 100, 48, 112, 60 };
  const ChInkBox digit = { 198, 36, 208, 52 };

  paint (ink, 190, 49, 202, 51);
  paint (ink, 199, 49, 201, 60);
  g_assert_true (ch_rule_rests_are_all (rules, SCALE, ink, &corner));
  g_assert_false (ch_rule_rests_hold (rules, SCALE, &corner));

  paint (ink, 100, 49, 112, 51);
  paint (ink, 109, 49, 111, 60);
  g_assert_false (ch_rule_rests_are_all (rules, SCALE, ink, &away));

  /* A digit that touches both lines has its ink beside them. */
  paint (ink, 198, 36, 208, 38);
  paint (ink, 206, 38, 208, 52);
  paint (ink, 202, 44, 208, 46);
  g_assert_false (ch_rule_rests_are_all (rules, SCALE, ink, &digit));
}

/* Letters of two lines, and one that is as high as both, with its waist between them */
static GArray *
make_lines (PIX *ink)
{
  static const ChInkBox letters[] = { { 20, 10, 30, 26 }, { 34, 10, 44, 26 }, { 48, 12, 56, 44 }, { 60, 10, 70, 26 },
                                      { 20, 30, 30, 44 }, { 34, 30, 44, 44 }, { 60, 30, 70, 44 } };
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (ChInkBox));

  g_array_append_vals (parts, letters, G_N_ELEMENTS (letters));
  paint (ink, 48, 12, 56, 28);
  paint (ink, 51, 28, 53, 29);
  paint (ink, 48, 29, 56, 44);

  return parts;
}

static void
test_touching_lines_are_parted (void)
{
  g_autoptr (GArray) rules = make_rules ();
  g_autoptr (PIX) ink = make_paper (1);
  g_autoptr (GArray) letters = make_lines (ink);
  const ChInkBox *high, *low;

  ch_touching_lines_part (letters, rules, SCALE, ink);
  g_assert_cmpuint (letters->len, ==, 8);
  high = &g_array_index (letters, ChInkBox, 2);
  low = &g_array_index (letters, ChInkBox, 7);
  g_assert_cmpint (high->y0, ==, 12);
  g_assert_cmpint (high->y1, ==, 28);
  g_assert_cmpint (low->y0, ==, 28);
  g_assert_cmpint (low->y1, ==, 44);
}

/* Neither a letter of a larger font, with one line beside it, nor what is left of a ruling line is two letters. */
static void
test_high_letters_stay_whole (void)
{
  const ChRule upright = { TRUE, 52 / SCALE, 0, 100 / SCALE, 1 / SCALE };
  g_autoptr (GArray) rules = make_rules ();
  g_autoptr (PIX) ink = make_paper (1);
  g_autoptr (GArray) letters = make_lines (ink);
  g_autoptr (GArray) one_line = make_lines (ink);

  g_array_append_val (rules, upright);
  ch_touching_lines_part (letters, rules, SCALE, ink);
  g_assert_cmpuint (letters->len, ==, 7);

  g_array_set_size (rules, 0);
  g_array_set_size (one_line, 4);
  ch_touching_lines_part (one_line, rules, SCALE, ink);
  g_assert_cmpuint (one_line->len, ==, 4);
}

static void
assert_date (const char *read,
             const char *meant)
{
  g_autoptr (GArray) signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  gsize i;

  for (i = 0; read[i] != '\0'; i++)
    {
      ChSign sign = { .character = (guchar) read[i], .confidence = 0.9 };

      g_array_append_val (signs, sign);
    }
  g_assert_cmpint (ch_slashed_date_mend_ones (signs), ==, !g_str_equal (read, meant));
  for (i = 0; i < signs->len; i++)
    {
      const ChSign *sign = &g_array_index (signs, ChSign, i);

      g_assert_cmpuint (sign->character, ==, (guchar) meant[i]);
      g_assert_cmpfloat (sign->confidence, <=, g_str_equal (read, meant) ? 0.9 : 0.5);
    }
}

/* No month and no day begins with a four or a seven. */
static void
test_ones_of_dates_are_no_fours (void)
{
  assert_date ("41/40/2025", "11/10/2025");
  assert_date ("02/49/2025", "02/19/2025");
  assert_date ("71/41/24", "11/11/24");
  assert_date ("07/04/2026", "07/04/2026");
  assert_date ("12/31/2026", "12/31/2026");
  assert_date ("44/04/2026", "11/04/2026");
  assert_date ("55/40/2025", "55/40/2025");
  assert_date ("4120-33-7", "4120-33-7");
}

/* What a keyboard has no key for stands on paper in its stead: names are compared by what is typed. */
static void
test_quotes_are_typed (void)
{
  static const char text[] = "O\u2019Brien & D\u2019Arcy \u201cNorth\u201d";
  g_autoptr (GMappedFile) data = ch_recogniser_map_data ();
  g_autoptr (ChRecogniser) recogniser = ch_recogniser_new (data);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 400, 50);
  cairo_t *cr = cairo_create (surface);
  PIX *line = pixCreate (400, 50, 8);
  g_autoptr (GString) read = g_string_new (NULL);
  g_autoptr (GArray) signs = NULL;
  int x, y;
  guint i;

  cairo_select_font_face (cr, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 28);
  cairo_move_to (cr, 10, 35);
  cairo_show_text (cr, text);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (y = 0; y < 50; y++)
    {
      for (x = 0; x < 400; x++)
        pixSetPixel (line, x, y, 255 - cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x]);
    }
  cairo_surface_destroy (surface);

  signs = ch_recogniser_read_line (recogniser, line, SCALE, CH_EXPECTED_TEXT);
  for (i = 0; i < signs->len; i++)
    g_string_append_unichar (read, g_array_index (signs, ChSign, i).character);
  pixDestroy (&line);
  g_assert_cmpstr (read->str, ==, "O'Brien&D'Arcy\"North\"");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/scan-shapes/dots-tell-letters", test_dots_tell_letters);
  g_test_add_func ("/reading/scan-shapes/blurred-dots-are-dots", test_blurred_dots_are_dots);
  g_test_add_func ("/reading/scan-shapes/bars-tell-letters", test_bars_tell_letters);
  g_test_add_func ("/reading/scan-shapes/roman-numbers", test_strokes_are_roman_numbers);
  g_test_add_func ("/reading/scan-shapes/crossings-leave-no-letters", test_crossings_leave_no_letters);
  g_test_add_func ("/reading/scan-shapes/touching-lines-are-parted", test_touching_lines_are_parted);
  g_test_add_func ("/reading/scan-shapes/high-letters-stay-whole", test_high_letters_stay_whole);
  g_test_add_func ("/reading/scan-shapes/quotes-are-typed", test_quotes_are_typed);
  g_test_add_func ("/reading/scan-shapes/ones-are-no-fours", test_ones_of_dates_are_no_fours);

  return g_test_run ();
}
