#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-second-look.h"

#include "ch-digit-shapes.h"
#include "ch-grazed-digits.h"
#include "ch-letter-strokes.h"
#include "ch-scan-dates.h"
#include "ch-scan-looker.h"
#include "ch-scan-vote.h"
#include "ch-slashed-date.h"

#include <math.h>
#include <string.h>

/* The form's own dollar sign is so much lower than the amount behind it, or so far from it. */
#define SMALL_SIGN 0.85
#define SIGN_GAP 0.45
/* How sure a number is in which a letter was put right. */
#define MENDED 0.9
/* How sure an amount is whose noughts had been read as other digits. */
#define NOUGHTS 0.8
/* Points: the form's signs stand so near the line before the amounts, and so exactly under each other. */
#define SIGN_WITHIN 16.0
#define SIGN_SLACK 1.0
#define FEWEST_SIGNS 3
/* On a page on which the readings of more than this share of the numbers differ, those that agree prove less. */
#define MOST_DISPUTED 0.15
#define OF_POOR_PAGE 0.97
#define DISPUTED 0.95
/* From this confidence on a number is taken to be whole at first sight. */
#define CLEAR 0.85
/* Points by which what is filled in may stand above or below its label. */
#define MOST_ABOVE_LABEL 6.0
#define MOST_BELOW_LABEL 2.0
/* Points: a mark is no wider. */
#define WIDEST_MARK 20.0

/* A point with three digits behind it is a comma that lost its tail. */
static void
mend_commas (GArray *signs)
{
  guint i, j;

  for (i = 0; i < signs->len; i++)
    {
      guint n_digits = 0;

      if (g_array_index (signs, ChSign, i).character != '.')
        continue;
      for (j = i + 1; j < signs->len && g_unichar_isdigit (g_array_index (signs, ChSign, j).character); j++)
        n_digits++;
      if (n_digits == 3)
        g_array_index (signs, ChSign, i).character = ',';
    }
}

/* A first group of more than three digits has the form's dollar sign in it. */
static void
drop_sign_read_as_digit (ChScanPiece *piece)
{
  static const char misread[] = "3589";
  guint n_digits = 0;
  gunichar first;

  while (n_digits < piece->signs->len
         && g_unichar_isdigit (g_array_index (piece->signs, ChSign, n_digits).character))
    n_digits++;
  if (n_digits != 4 || n_digits == piece->signs->len
      || g_array_index (piece->signs, ChSign, n_digits).character != ',')
    return;

  first = g_array_index (piece->signs, ChSign, 0).character;
  if (strchr (misread, (int) first) != NULL)
    g_array_remove_index (piece->signs, 0);
}

static gboolean
is_dash (gunichar character)
{
  return character == '-' || character == 0x2013 || character == 0x2014;
}

/* Full stops that follow each other were one, as were dashes of two kinds, and no value asks a question. */
static void
drop_specks (GArray *signs)
{
  guint i;

  for (i = signs->len; i > 0; i--)
    {
      gunichar character = g_array_index (signs, ChSign, i - 1).character;
      gunichar before = i > 1 ? g_array_index (signs, ChSign, i - 2).character : 0;
      gboolean repeats = (character == '.' && before == '.')
                         || (character != before && is_dash (character) && is_dash (before));

      if (!repeats && !(character == '?' && i < signs->len))
        continue;
      if (i < signs->len && g_array_index (signs, ChSign, i - 1).begins_word)
        g_array_index (signs, ChSign, i).begins_word = TRUE;
      g_array_remove_index (signs, i - 1);
    }
}

/* The winner's signs become those of the piece. */
static void
decide (ChScanPiece      *piece,
        ChExpected        expected,
        const ChScanVote *vote,
        GArray           *looks)
{
  int winner = ch_scan_vote_get_winner (vote);
  double confidence = ch_scan_vote_get_confidence (vote);
  guint i;

  if (winner < 0)
    {
      for (i = 0; piece->signs != NULL && i < piece->signs->len; i++)
        {
          ChSign *sign = &g_array_index (piece->signs, ChSign, i);

          sign->confidence = MIN (sign->confidence, 0.5);
        }
      if (expected == CH_EXPECTED_MONEY && piece->signs != NULL)
        {
          mend_commas (piece->signs);
          drop_sign_read_as_digit (piece);
        }
      if (expected == CH_EXPECTED_DATE && piece->signs != NULL)
        ch_slashed_date_mend_ones (piece->signs);
      return;
    }

  g_clear_pointer (&piece->signs, g_array_unref);
  piece->signs = g_array_ref (g_array_index (looks, ChScanLook, winner).signs);
  for (i = 0; i < piece->signs->len; i++)
    g_array_index (piece->signs, ChSign, i).confidence = confidence;
  if (expected == CH_EXPECTED_MONEY)
    mend_commas (piece->signs);
  else if (expected == CH_EXPECTED_TEXT)
    drop_specks (piece->signs);
}

/* Reads the piece until the readings agree, or there is no other way to read it. */
static void
look_again (const ChScanLooker *looker,
            ChScanPiece        *piece,
            ChExpected          expected)
{
  g_autoptr (ChScanVote) vote = ch_scan_vote_new (expected);
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (ChScanLook));
  ChScanLook look = ch_scan_look_make (g_array_ref (piece->signs));
  int how;

  g_array_set_clear_func (looks, ch_scan_look_clear);
  /* Read without knowing what to expect it may say anything; that is nothing against readings that do know. */
  if (ch_scan_vote_can_be (expected, look.text))
    {
      ch_scan_vote_add (vote, look.text, look.confidence);
      g_array_append_val (looks, look);
    }
  else
    {
      ch_scan_look_clear (&look);
    }

  for (how = expected == CH_EXPECTED_TEXT ? CH_PREPARATION_TWICE_AS_LARGE : CH_PREPARATION_AS_IT_IS; how < CH_N_PREPARATIONS; how++)
    {
      if (ch_scan_vote_is_unanimous (vote, expected == CH_EXPECTED_TEXT ? 2 : 3))
        break;
      look = ch_scan_looker_look (looker, piece, how, expected);
      ch_scan_vote_add (vote, look.text, look.confidence);
      g_array_append_val (looks, look);
    }

  /* What a line was struck through lost strokes with it. */
  if (ch_scan_vote_get_winner (vote) < 0 && expected != CH_EXPECTED_TEXT)
    {
      look = ch_scan_looker_look (looker, piece, CH_PREPARATION_WITH_RULES, expected);
      ch_scan_vote_add (vote, look.text, look.confidence);
      g_array_append_val (looks, look);
    }

  decide (piece, expected, vote, looks);
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static int
find_highest (const ChScanPiece *piece)
{
  int highest = 0;
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      highest = MAX (highest, part->y1 - part->y0);
    }

  return highest;
}

/* Where the form's own dollar signs stand, in pixels: those with nothing behind them say it. -1 where there are none. */
static int
find_sign_column (const ChScanLooker *looker,
                  GPtrArray          *pieces)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  g_autoptr (GArray) lefts = g_array_new (FALSE, FALSE, sizeof (int));
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      const ChScanPiece *piece = g_ptr_array_index (pieces, i);
      double y = piece->box.y0 / scale;

      if (piece->parts->len == 1 && y > grid->table.y0 && y < grid->table.y1
          && piece->box.x0 / scale > grid->amounts_from && piece->box.x0 / scale < grid->amounts_from + SIGN_WITHIN)
        g_array_append_val (lefts, piece->box.x0);
    }
  if (lefts->len < FEWEST_SIGNS)
    return -1;

  g_array_sort (lefts, compare_ints);

  return g_array_index (lefts, int, lefts->len / 2);
}

/* Where the umbrella's label RETENTION stands; of no size where it can't be read. */
static ChInkBox
find_retention (const ChScanLooker *looker,
                GPtrArray          *pieces)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      const ChScanPiece *piece = g_ptr_array_index (pieces, i);
      double y = piece->box.y0 / scale;
      ChScanLook look;
      gboolean is_label;

      if (piece->signs == NULL || y < grid->table.y0 || y >= grid->table.y1)
        continue;
      look = ch_scan_look_make (g_array_ref (piece->signs));
      is_label = strstr (look.text, "RETENTION") != NULL;
      ch_scan_look_clear (&look);
      if (is_label)
        return piece->box;
    }

  return (ChInkBox){ 0, 0, 0, 0 };
}

/* Takes the first part away, and the first sign, where that is what the part was read as. */
static void
drop_first (ChScanPiece *piece)
{
  const ChSign *sign = &g_array_index (piece->signs, ChSign, 0);
  ChInkBox cut = ch_scan_piece_get_cut (piece);
  gboolean was_read
      = (sign->x0 + sign->x1) / 2 + cut.x0 < g_array_index (piece->parts, ChInkBox, 1).x0;

  ch_scan_piece_drop_first (piece);
  if (was_read)
    g_array_remove_index (piece->signs, 0);
}

/* Takes the form's own dollar sign away from an amount. It is smaller than what is filled in, or far before it. */
static void
drop_printed_sign (const ChScanLooker *looker,
                   ChScanPiece        *piece)
{
  static const char looks_like_sign[] = "$S&";
  static const char may_be_misread[] = "53896B";
  int highest = find_highest (piece);
  const ChInkBox *first, *second;
  gunichar character;
  gboolean is_small, is_far, is_in_column;

  first = &g_array_index (piece->parts, ChInkBox, 0);
  is_in_column = looker->sign_column >= 0 && ABS (first->x0 - looker->sign_column) <= SIGN_SLACK * looker->sheet->scale;
  if (piece->parts->len == 1 && is_in_column)
    g_array_set_size (piece->signs, 0);
  if (piece->parts->len < 2 || piece->signs->len < 2)
    return;

  second = &g_array_index (piece->parts, ChInkBox, 1);
  is_small = first->y1 - first->y0 < SMALL_SIGN * highest;
  is_far = second->x0 - first->x1 > SIGN_GAP * highest;
  character = g_unichar_toupper (g_array_index (piece->signs, ChSign, 0).character);
  if (character == 0 || character > 127)
    return;
  if ((is_in_column && (is_small || is_far))
      || (strchr (looks_like_sign, (int) character) != NULL && (is_small || is_far))
      || (strchr (may_be_misread, (int) character) != NULL && is_far))
    drop_first (piece);
}

/* A value belongs to the column that most of it stands in, and to no other. */
static void
keep_in_column (const ChScanLooker *looker,
                ChScanPiece        *piece)
{
  double scale = looker->sheet->scale;
  ChInkBox cut = ch_scan_piece_get_cut (piece);
  ChColumn column;
  guint i;

  if (!ch_scan_looker_find_column (looker, (piece->box.x0 + piece->box.x1) / 2.0 / scale, &column))
    return;

  for (i = 0; i < piece->signs->len; i++)
    {
      ChSign *sign = &g_array_index (piece->signs, ChSign, i);
      int left = (int) ceil (looker->grid->columns[column].from * scale) - cut.x0;
      int right = (int) (looker->grid->columns[column].to * scale) - cut.x0;

      sign->x0 = CLAMP (sign->x0, left, right - 1);
      sign->x1 = CLAMP (sign->x1, sign->x0 + 1, right);
    }
}

/* Takes away the brackets and dashes that the sides of a box are read as. */
static void
drop_frame (ChScanPiece *piece)
{
  guint i;

  for (i = piece->signs->len; i > 0; i--)
    {
      if (!g_unichar_isalnum (g_array_index (piece->signs, ChSign, i - 1).character))
        g_array_remove_index (piece->signs, i - 1);
    }
}

/* The only place among the boxes to be ticked where a number of one digit can stand is behind the word RETENTION. */
static gboolean
stands_behind_retention (const ChScanLooker *looker,
                         const ChScanPiece  *piece)
{
  const ChInkBox *label = &looker->retention;
  double middle = (piece->box.y0 + piece->box.y1) / 2.0;
  double scale = looker->sheet->scale;

  return label->x1 > label->x0 && piece->box.x0 >= label->x1 && middle >= label->y0 - MOST_ABOVE_LABEL * scale
         && middle <= label->y1 + MOST_BELOW_LABEL * scale;
}

/* Where the boxes to be ticked stand, a sign or two alone are a mark, or what is left of a box. An X stays; anything
 * else is for whoever measures the ink in the box. */
static gboolean
take_mark (const ChScanLooker *looker,
           ChScanPiece        *piece)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  double x = (piece->box.x0 + piece->box.x1) / 2.0 / scale;
  double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;
  ChColumn column;
  guint n_letters = 0;
  guint i;

  if (y < grid->table.y0 || y >= grid->table.y1 || piece->box.x1 - piece->box.x0 > WIDEST_MARK * scale
      || stands_behind_retention (looker, piece) || !ch_scan_looker_find_column (looker, x, &column)
      || (column != CH_COLUMN_TYPE && (column != CH_COLUMN_LIMITS || x >= grid->amounts_from)))
    return FALSE;
  for (i = 0; i < piece->signs->len; i++)
    n_letters += g_unichar_isalnum (g_array_index (piece->signs, ChSign, i).character);
  if (n_letters > 2)
    return FALSE;

  drop_frame (piece);
  for (i = 0; i < piece->signs->len; i++)
    {
      if (g_unichar_toupper (g_array_index (piece->signs, ChSign, i).character) != 'X')
        {
          g_array_set_size (piece->signs, 0);
          break;
        }
    }

  return TRUE;
}

static void
lower_confidence (ChScanPiece *piece,
                  double       most)
{
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    {
      ChSign *sign = &g_array_index (piece->signs, ChSign, i);

      sign->confidence = MIN (sign->confidence, most);
    }
}

/* Whether nothing but a number, or a word in its stead, can stand at a place. */
static gboolean
is_number_cell (const ChScanLooker *looker,
                const ChScanPiece  *piece)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  double x = (piece->box.x0 + piece->box.x1) / 2.0 / scale;
  double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;
  ChColumn column;

  return y >= grid->table.y0 && y < grid->table.y1 && ch_scan_looker_find_column (looker, x, &column)
         && (column == CH_COLUMN_EFFECTIVE || column == CH_COLUMN_EXPIRATION
             || (column == CH_COLUMN_LIMITS && x >= grid->amounts_from));
}

/* Nothing is missing of a number that was recognised without a doubt. */
static gboolean
is_clear (const ChScanPiece *piece)
{
  ChScanLook look = ch_scan_look_make (g_array_ref (piece->signs));
  gboolean is = look.confidence >= CLEAR
                && (ch_scan_vote_can_be (CH_EXPECTED_MONEY, look.text) || ch_scan_vote_can_be (CH_EXPECTED_DATE, look.text));

  ch_scan_look_clear (&look);

  return is;
}

/* What was recognised of digits that lost strokes to a line may not look like a number at all. */
static void
mend_grazed (const ChScanLooker *looker,
             GPtrArray          *pieces)
{
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChScanLook look;

      if (piece->signs == NULL || piece->printed || piece->parts->len < 2 || !is_number_cell (looker, piece)
          || is_clear (piece) || !ch_grazed_digits_mend (looker->sheet, looker->picture, piece))
        continue;
      look = ch_scan_looker_look (looker, piece, CH_PREPARATION_AS_IT_IS, CH_EXPECTED_TEXT);
      g_clear_pointer (&piece->signs, g_array_unref);
      piece->signs = g_array_ref (look.signs);
      ch_scan_look_clear (&look);
    }
}

static gboolean
is_number (ChExpected expected)
{
  return expected == CH_EXPECTED_MONEY || expected == CH_EXPECTED_DATE || expected == CH_EXPECTED_DIGITS;
}

static void
mend_text (const ChScanLooker *looker,
           ChScanPiece        *piece)
{
  gboolean mended = ch_digit_shapes_mend (piece);

  /* The date of the certificate stands in no column. */
  ch_slashed_date_mend_ones (piece->signs);
  mended = ch_letter_strokes_mend (looker->picture, looker->sheet->scale, looker->sheet->in_grey, piece) || mended;
  if (mended)
    lower_confidence (piece, MENDED);
}

/* Holds the digits of one page against each other. */
static void
compare_digits (const ChScanLooker *looker,
                GPtrArray          *pieces)
{
  g_autoptr (ChDigitShapes) shapes = ch_digit_shapes_new ();
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      const ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs != NULL && !piece->printed && ch_scan_looker_find_expected (looker, piece, &expected))
        ch_digit_shapes_add (shapes, looker->picture, piece, expected != CH_EXPECTED_TEXT);
    }
  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs == NULL || piece->printed || !ch_scan_looker_find_expected (looker, piece, &expected))
        continue;
      if (expected == CH_EXPECTED_MONEY && ch_digit_shapes_mend_noughts (shapes, looker->picture, piece))
        lower_confidence (piece, NOUGHTS);
      if (is_number (expected))
        lower_confidence (piece, ch_digit_shapes_check (shapes, looker->picture, piece));
      else if (expected == CH_EXPECTED_TEXT)
        mend_text (looker, piece);
    }
}

static double
get_confidence (const ChScanPiece *piece)
{
  double confidence = 1;
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    confidence = MIN (confidence, g_array_index (piece->signs, ChSign, i).confidence);

  return confidence;
}

/* Where much of what is on a page is hard to read, the same mistake may be made in each reading of the rest. */
static void
doubt_poor_page (const ChScanLooker *looker,
                 GPtrArray          *pieces)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  guint n_disputed = 0;
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs == NULL || piece->printed || piece->signs->len == 0
          || !ch_scan_looker_find_expected (looker, piece, &expected) || !is_number (expected))
        continue;
      g_ptr_array_add (numbers, piece);
      n_disputed += get_confidence (piece) < DISPUTED;
    }
  for (i = 0; i < numbers->len && n_disputed > MOST_DISPUTED * numbers->len; i++)
    lower_confidence (g_ptr_array_index (numbers, i), OF_POOR_PAGE);
}

/**
 * ch_second_look:
 * @without_rules: the sheet's picture with its ruling lines painted over
 * @grid: the table of policies
 * @pieces: (element-type ChScanPiece): with what was recognised on each at first sight
 *
 * Reads what people filled in again, from pixels that are prepared in other ways and, where the column says what is
 * to be expected, looking for nothing else. What the readings agree on becomes what the piece says.
 */
void
ch_second_look (ChRecogniser      *recogniser,
                const ChScanSheet *sheet,
                PIX               *without_rules,
                const ChAcordGrid *grid,
                GPtrArray         *pieces)
{
  ChScanLooker looker = { recogniser, sheet, without_rules, grid, -1, { 0 } };
  guint i;

  looker.sign_column = find_sign_column (&looker, pieces);
  looker.retention = find_retention (&looker, pieces);
  if (grid->columns[CH_COLUMN_EXPIRATION].present)
    ch_scan_dates_split (&looker, pieces);
  mend_grazed (&looker, pieces);
  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs == NULL || piece->printed || !ch_scan_looker_find_expected (&looker, piece, &expected))
        continue;
      if (take_mark (&looker, piece))
        continue;
      if (expected == CH_EXPECTED_TEXT && stands_behind_retention (&looker, piece)
          && piece->box.x1 - piece->box.x0 <= WIDEST_MARK * sheet->scale)
        expected = CH_EXPECTED_MONEY;
      if (expected == CH_EXPECTED_MONEY)
        drop_printed_sign (&looker, piece);
      if (piece->signs->len > 0 || expected == CH_EXPECTED_DATE)
        look_again (&looker, piece, expected);
    }
  if (grid->columns[CH_COLUMN_EXPIRATION].present)
    ch_scan_dates_part (&looker, pieces);
  compare_digits (&looker, pieces);
  doubt_poor_page (&looker, pieces);
  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs != NULL && ch_scan_looker_find_expected (&looker, piece, &expected) && expected != CH_EXPECTED_TEXT)
        keep_in_column (&looker, piece);
    }
}
