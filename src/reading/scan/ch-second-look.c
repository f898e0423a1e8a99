#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-second-look.h"

#include "ch-printed-words.h"
#include "ch-scan-vote.h"
#include "ch-shown-value.h"
#include "ch-touching-dates.h"

#include <math.h>
#include <string.h>

/* The form's own dollar sign is so much lower than the amount behind it, or so far from it. */
#define SMALL_SIGN 0.85
#define SIGN_GAP 0.45
/* So many digits make an amount. */
#define FEWEST_DIGITS 3
/* Points: the form's signs stand so near the line before the amounts, and so exactly under each other. */
#define SIGN_WITHIN 16.0
#define SIGN_SLACK 1.0
#define FEWEST_SIGNS 3
/* What has more letters than this among its signs is no amount, whatever column it stands in. */
#define MOST_LETTERS 0.34
/* Points: a mark is no wider. */
#define WIDEST_MARK 20.0
/* Points between two dates that touch, or that lost the digit that lay between them; the least of a date. */
#define TOUCHING 3.0
#define SHORTEST_DATE 16.0
/* How sure a date is whose last digit was told by the other date. */
#define COMPLETED 0.9
/* Of the sheet's width: what is wider and stands over the table is the form's own prose. */
#define WIDEST_VALUE 0.45
/* Grey from which a pixel is ink where a piece is read in black and white. */
#define INK 150

typedef enum {
  AS_IT_IS,
  TWICE_AS_LARGE,
  BLACK_AND_WHITE,
  LARGE_BLACK_AND_WHITE,
  N_PREPARATIONS,
  /* Where a stroke lies in a line, it went with the line. */
  WITH_RULES = N_PREPARATIONS,
} Preparation;

/* A reading and where its signs are, in pixels of the piece's cut. */
typedef struct {
  GArray *signs;
  char   *text;
  double  confidence;
} Look;

typedef struct {
  ChRecogniser      *recogniser;
  const ChScanSheet *sheet;
  PIX               *picture;
  const ChAcordGrid *grid;
  int                sign_column;   /* pixels from the left, of the form's dollar signs; -1 for none */
} Looker;

static void
clear_look (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->signs, g_array_unref);
  g_free (look->text);
}

static Look
make_look (GArray *signs)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Look look = { signs, NULL, signs->len > 0 ? 1 : 0 };
  guint i;

  for (i = 0; i < signs->len; i++)
    {
      const ChSign *sign = &g_array_index (signs, ChSign, i);

      if (sign->begins_word && i > 0)
        g_string_append_c (text, ' ');
      g_string_append_unichar (text, sign->character);
      look.confidence = MIN (look.confidence, sign->confidence);
    }
  look.text = g_string_free (g_steal_pointer (&text), FALSE);

  return look;
}

static PIX *
prepare (PIX         *cut,
         Preparation  how,
         double      *factor)
{
  g_autoptr (PIX) sized = NULL;
  g_autoptr (PIX) black = NULL;

  *factor = how == TWICE_AS_LARGE || how == LARGE_BLACK_AND_WHITE ? 2 : 1;
  sized = *factor > 1 ? pixScale (cut, (l_float32) *factor, (l_float32) *factor) : pixClone (cut);
  if (how != BLACK_AND_WHITE && how != LARGE_BLACK_AND_WHITE)
    return g_steal_pointer (&sized);

  black = pixThresholdToBinary (sized, INK);

  return pixConvert1To8 (NULL, black, 255, 0);
}

static Look
look_at (const Looker      *looker,
         const ChScanPiece *piece,
         Preparation        how,
         ChExpected         expected)
{
  g_autoptr (PIX) cut = ch_scan_piece_cut (piece, how == WITH_RULES ? looker->sheet->grey : looker->picture);
  g_autoptr (PIX) prepared = NULL;
  double factor;
  GArray *signs;
  guint i;

  prepared = prepare (cut, how, &factor);
  signs = ch_recogniser_read_line (looker->recogniser, prepared, looker->sheet->scale * factor, expected);
  for (i = 0; i < signs->len; i++)
    {
      ChSign *sign = &g_array_index (signs, ChSign, i);

      sign->x0 = (int) (sign->x0 / factor);
      sign->x1 = (int) (sign->x1 / factor);
      sign->y0 = (int) (sign->y0 / factor);
      sign->y1 = (int) (sign->y1 / factor);
    }

  return make_look (signs);
}

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
      return;
    }

  g_clear_pointer (&piece->signs, g_array_unref);
  piece->signs = g_array_ref (g_array_index (looks, Look, winner).signs);
  for (i = 0; i < piece->signs->len; i++)
    g_array_index (piece->signs, ChSign, i).confidence = confidence;
  if (expected == CH_EXPECTED_MONEY)
    mend_commas (piece->signs);
}

/* Reads the piece until the readings agree, or there is no other way to read it. */
static void
look_again (const Looker *looker,
            ChScanPiece  *piece,
            ChExpected    expected)
{
  g_autoptr (ChScanVote) vote = ch_scan_vote_new (expected);
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
  Look look = make_look (g_array_ref (piece->signs));
  int how;

  g_array_set_clear_func (looks, clear_look);
  /* Read without knowing what to expect it may say anything; that is nothing against readings that do know. */
  if (ch_scan_vote_can_be (expected, look.text))
    {
      ch_scan_vote_add (vote, look.text, look.confidence);
      g_array_append_val (looks, look);
    }
  else
    {
      clear_look (&look);
    }

  for (how = expected == CH_EXPECTED_TEXT ? TWICE_AS_LARGE : AS_IT_IS; how < N_PREPARATIONS; how++)
    {
      if (ch_scan_vote_is_unanimous (vote, expected == CH_EXPECTED_TEXT ? 2 : 3))
        break;
      look = look_at (looker, piece, how, expected);
      ch_scan_vote_add (vote, look.text, look.confidence);
      g_array_append_val (looks, look);
    }

  decide (piece, expected, vote, looks);
}

static guint
count_digits (const ChScanPiece *piece)
{
  guint n_digits = 0;
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    n_digits += g_unichar_isdigit (g_array_index (piece->signs, ChSign, i).character);

  return n_digits;
}

static gboolean
is_mostly_letters (const ChScanPiece *piece)
{
  guint n_letters = 0;
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    n_letters += g_unichar_isalpha (g_array_index (piece->signs, ChSign, i).character);

  return n_letters > MOST_LETTERS * piece->signs->len;
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
find_sign_column (const Looker *looker,
                  GPtrArray    *pieces)
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

/* Takes the form's own dollar sign away from an amount. It is smaller than what is filled in, or far before it. */
static void
drop_printed_sign (const Looker *looker,
                   ChScanPiece  *piece)
{
  static const char looks_like_sign[] = "$S&";
  static const char may_be_misread[] = "5389B";
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
      || (strchr (may_be_misread, (int) character) != NULL && is_small && is_far))
    {
      ch_scan_piece_drop_first (piece);
      g_array_remove_index (piece->signs, 0);
    }
}

static gboolean
find_column (const ChAcordGrid *grid,
             double             x,
             ChColumn          *column)
{
  int i;

  for (i = 0; i < CH_N_COLUMNS; i++)
    {
      if (!grid->columns[i].present || x < grid->columns[i].from || x >= grid->columns[i].to)
        continue;
      *column = (ChColumn) i;
      return TRUE;
    }

  return FALSE;
}

/* What stands in the table is known by its column. FALSE for what is printed there, or may be anything. */
static gboolean
find_expected (const Looker      *looker,
               const ChScanPiece *piece,
               ChExpected        *expected)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  double x = (piece->box.x0 + piece->box.x1) / 2.0 / scale;
  double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;
  ChColumn column;

  *expected = CH_EXPECTED_TEXT;
  if (y < grid->table.y0)
    return piece->box.x1 - piece->box.x0 < WIDEST_VALUE * pixGetWidth (looker->picture);
  if (y >= grid->table.y1)
    return TRUE;
  if (!find_column (grid, x, &column))
    return FALSE;

  switch (column)
    {
    case CH_COLUMN_LETTER:
    case CH_COLUMN_ADDITIONAL_INSURED:
    case CH_COLUMN_WAIVER:
      *expected = CH_EXPECTED_LETTER;
      return piece->parts->len <= 2;
    case CH_COLUMN_EFFECTIVE:
    case CH_COLUMN_EXPIRATION:
      *expected = CH_EXPECTED_DATE;
      return !is_mostly_letters (piece);
    case CH_COLUMN_LIMITS:
      if (x >= grid->amounts_from && !is_mostly_letters (piece))
        *expected = CH_EXPECTED_MONEY;
      return TRUE;
    case CH_COLUMN_TYPE:
      /* A deductible or a retention: nothing else in this column is a number. */
      if (count_digits (piece) >= FEWEST_DIGITS && !is_mostly_letters (piece))
        *expected = CH_EXPECTED_MONEY;
      return TRUE;
    case CH_COLUMN_NUMBER:
    default:
      return TRUE;
    }
}

static void
add_reading (const Looker      *looker,
             const ChScanPiece *piece,
             Preparation        how,
             GPtrArray         *texts)
{
  Look look = look_at (looker, piece, how, CH_EXPECTED_DATE);

  g_ptr_array_add (texts, g_strdup (look.text));
  clear_look (&look);
}

/* What the piece, or the piece without its outermost part, says when only a date is looked for. */
static void
read_date_parts (const Looker      *looker,
                 const ChScanPiece *piece,
                 gboolean           without_last,
                 GPtrArray         *texts)
{
  static const Preparation ways[] = { WITH_RULES, AS_IT_IS, TWICE_AS_LARGE };
  guint n_parts = piece->parts->len;
  guint i, shorter;

  for (shorter = 0; shorter < 2 && n_parts > shorter + 1; shorter++)
    {
      g_autoptr (ChScanPiece) part = ch_scan_piece_copy_parts (piece, without_last ? 0 : shorter, n_parts - shorter);

      for (i = 0; i < G_N_ELEMENTS (ways); i++)
        add_reading (looker, part, ways[i], texts);
    }
}

static guint
count_dates (GPtrArray *texts,
             ChDate     wanted)
{
  guint n = 0;
  guint i;

  for (i = 0; i < texts->len; i++)
    {
      ChDate date;

      n += ch_shown_date_parse (g_ptr_array_index (texts, i), &date) && date == wanted;
    }

  return n;
}

/* Writes a date over the piece, sign by sign. */
static void
write_date (ChScanPiece *piece,
            ChDate       date,
            double       confidence)
{
  ChInkBox cut = ch_scan_piece_get_cut (piece);
  g_autofree char *text = NULL;
  int year, month, day;
  double step;
  gsize length, i;

  ch_date_get_ymd (date, &year, &month, &day);
  text = g_strdup_printf ("%02d/%02d/%04d", month, day, year);
  length = strlen (text);
  step = (piece->box.x1 - piece->box.x0) / (double) length;
  g_clear_pointer (&piece->signs, g_array_unref);
  piece->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  for (i = 0; i < length; i++)
    {
      ChSign sign = { (guchar) text[i], 0, piece->box.y0 - cut.y0, 0, piece->box.y1 - cut.y0, confidence, i == 0 };

      sign.x0 = (int) (piece->box.x0 - cut.x0 + i * step);
      sign.x1 = (int) (piece->box.x0 - cut.x0 + (i + 1) * step);
      g_array_append_val (piece->signs, sign);
    }
}

static gboolean
reads_as (const ChScanPiece *piece,
          ChDate             date)
{
  Look look = make_look (g_array_ref (piece->signs));
  ChDate read;
  gboolean same = ch_shown_date_parse (look.text, &read) && read == date;

  clear_look (&look);

  return same;
}

/* Of all the ways to make two dates of what was read, the one that most readings bear out. */
static void
part_dates (const Looker *looker,
            ChScanPiece  *effective,
            ChScanPiece  *expiration)
{
  g_autoptr (GPtrArray) lefts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rights = g_ptr_array_new_with_free_func (g_free);
  ChDate best_from = CH_DATE_NONE;
  ChDate best_until = CH_DATE_NONE;
  guint most = 0;
  guint i, j;

  read_date_parts (looker, effective, TRUE, lefts);
  read_date_parts (looker, expiration, FALSE, rights);
  for (i = 0; i < lefts->len; i++)
    {
      for (j = 0; j < rights->len; j++)
        {
          ChDate from, until;
          guint n;

          if (!ch_touching_dates_complete (g_ptr_array_index (lefts, i), g_ptr_array_index (rights, j), &from, &until))
            continue;
          n = 1 + count_dates (lefts, from) + count_dates (rights, until);
          if (n <= most)
            continue;
          most = n;
          best_from = from;
          best_until = until;
        }
    }
  if (most == 0)
    return;

  if (!reads_as (effective, best_from))
    write_date (effective, best_from, COMPLETED);
  if (!reads_as (expiration, best_until))
    write_date (expiration, best_until, COMPLETED);
}

/* Dates that touch over the line between their columns are read together. */
static void
part_touching_dates (const Looker *looker,
                     GPtrArray    *pieces)
{
  const ChSpan *column = &looker->grid->columns[CH_COLUMN_EXPIRATION];
  double line = column->from * looker->sheet->scale;
  double most = TOUCHING * looker->sheet->scale;
  guint i, j;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *left = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (left->signs == NULL || left->box.x1 < line - most || left->box.x0 + left->box.x1 >= 2 * line
          || !find_expected (looker, left, &expected) || expected != CH_EXPECTED_DATE)
        continue;
      for (j = 0; j < pieces->len; j++)
        {
          ChScanPiece *right = g_ptr_array_index (pieces, j);

          if (right->signs == NULL || right->box.x0 > left->box.x1 + most || right->box.x0 + right->box.x1 <= 2 * line
              || ABS (right->box.y1 - left->box.y1) > (left->box.y1 - left->box.y0) / 2
              || !find_expected (looker, right, &expected) || expected != CH_EXPECTED_DATE)
            continue;
          part_dates (looker, left, right);
          break;
        }
    }
}

/* A piece that holds both dates, since what lies on the line between them is one part, becomes two that share it. */
static void
split_dates (const Looker *looker,
             GPtrArray    *pieces)
{
  double line = looker->grid->columns[CH_COLUMN_EXPIRATION].from * looker->sheet->scale;
  double scale = looker->sheet->scale;
  guint n_pieces = pieces->len;
  guint i, j;

  for (i = 0; i < n_pieces; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;
      guint n_left = 0;
      guint first_right = piece->parts->len;
      ChScanPiece *right;

      if (piece->signs == NULL || y < looker->grid->table.y0 || y >= looker->grid->table.y1
          || line - piece->box.x0 < SHORTEST_DATE * scale || piece->box.x1 - line < SHORTEST_DATE * scale)
        continue;
      for (j = 0; j < piece->parts->len; j++)
        {
          const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, j);

          if (part->x0 < line)
            n_left = j + 1;
          if (part->x1 > line && first_right == piece->parts->len)
            first_right = j;
        }
      if (n_left == 0 || first_right == piece->parts->len)
        continue;

      right = ch_scan_piece_copy_parts (piece, first_right, piece->parts->len - first_right);
      right->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
      g_ptr_array_add (pieces, right);
      g_ptr_array_index (pieces, i) = ch_scan_piece_copy_parts (piece, 0, n_left);
      ((ChScanPiece *) g_ptr_array_index (pieces, i))->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
      ch_scan_piece_free (piece);
    }
}

/* A value belongs to the column that most of it stands in, and to no other. */
static void
keep_in_column (const Looker *looker,
                ChScanPiece  *piece)
{
  double scale = looker->sheet->scale;
  ChInkBox cut = ch_scan_piece_get_cut (piece);
  ChColumn column;
  guint i;

  if (!find_column (looker->grid, (piece->box.x0 + piece->box.x1) / 2.0 / scale, &column))
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

/* Where the boxes to be ticked stand, a sign or two alone are a mark, or what is left of a box. An X stays; anything
 * else is for whoever measures the ink in the box. */
static gboolean
take_mark (const Looker *looker,
           ChScanPiece  *piece)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  double x = (piece->box.x0 + piece->box.x1) / 2.0 / scale;
  double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;
  ChColumn column;
  guint n_letters = 0;
  guint i;

  if (y < grid->table.y0 || y >= grid->table.y1 || piece->box.x1 - piece->box.x0 > WIDEST_MARK * scale
      || !find_column (grid, x, &column)
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
  Looker looker = { recogniser, sheet, without_rules, grid, -1 };
  guint i;

  looker.sign_column = find_sign_column (&looker, pieces);
  if (grid->columns[CH_COLUMN_EXPIRATION].present)
    split_dates (&looker, pieces);
  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs == NULL || piece->printed || !find_expected (&looker, piece, &expected))
        continue;
      if (take_mark (&looker, piece))
        continue;
      if (expected == CH_EXPECTED_MONEY)
        drop_printed_sign (&looker, piece);
      if (piece->signs->len > 0 || expected == CH_EXPECTED_DATE)
        look_again (&looker, piece, expected);
    }
  if (grid->columns[CH_COLUMN_EXPIRATION].present)
    part_touching_dates (&looker, pieces);
  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs != NULL && find_expected (&looker, piece, &expected) && expected != CH_EXPECTED_TEXT)
        keep_in_column (&looker, piece);
    }
}
