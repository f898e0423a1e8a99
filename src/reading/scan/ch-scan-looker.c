#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-looker.h"

#include "ch-slashed-date.h"

/* So many digits make an amount. */
#define FEWEST_DIGITS 3
/* What has more letters than this among its signs is no amount, whatever column it stands in. */
#define MOST_LETTERS 0.34
/* Of the sheet's width: behind this the insurers' NAIC numbers stand; of the digits of one some may touch, or be broken. */
#define NAIC_FROM 0.88
#define FEWEST_NAIC_PARTS 3
#define MOST_NAIC_PARTS 6
#define NAIC_DIGITS 5
/* Of the sheet's width: what is wider and stands over the table is the form's own prose. */
#define WIDEST_VALUE 0.45
/* Points: what begins so close to the line before its column may touch it. */
#define AT_LINE 1.5
/* Grey from which a pixel is ink where a piece is read in black and white. */
#define INK 150

void
ch_scan_look_clear (gpointer data)
{
  ChScanLook *look = data;

  g_clear_pointer (&look->signs, g_array_unref);
  g_free (look->text);
}

/**
 * ch_scan_look_make:
 * @signs: (transfer full) (element-type ChSign)
 *
 * Returns: (transfer full): the reading that the signs are; it is as sure as the least sure of them
 */
ChScanLook
ch_scan_look_make (GArray *signs)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ChScanLook look = { signs, NULL, signs->len > 0 ? 1 : 0 };
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
prepare (PIX          *cut,
         ChPreparation how,
         double       *factor)
{
  g_autoptr (PIX) sized = NULL;
  g_autoptr (PIX) black = NULL;

  *factor = how == CH_PREPARATION_TWICE_AS_LARGE || how == CH_PREPARATION_LARGE_BLACK_AND_WHITE ? 2 : 1;
  sized = *factor > 1 ? pixScale (cut, (l_float32) *factor, (l_float32) *factor) : pixClone (cut);
  if (how != CH_PREPARATION_BLACK_AND_WHITE && how != CH_PREPARATION_LARGE_BLACK_AND_WHITE)
    return g_steal_pointer (&sized);

  black = pixThresholdToBinary (sized, INK);

  return pixConvert1To8 (NULL, black, 255, 0);
}

/* Whether the piece begins in the line before its column, or close enough to it for both to be one sign. */
static gboolean
begins_in_line (const ChScanLooker *looker,
                const ChScanPiece  *piece)
{
  double scale = looker->sheet->scale;
  ChColumn column;

  return ch_scan_looker_find_column (looker, (piece->box.x0 + piece->box.x1) / 2.0 / scale, &column)
         && piece->box.x0 / scale < looker->grid->columns[column].from + AT_LINE;
}

static void
mend_date (const ChScanLooker *looker,
           const ChScanPiece  *piece,
           GArray             *signs)
{
  if (ch_slashed_date_mend (signs) || ch_slashed_date_mend_century (signs) || ch_slashed_date_complete (signs))
    return;
  if (begins_in_line (looker, piece))
    ch_slashed_date_mend_first (signs);
}

/**
 * ch_scan_looker_look:
 *
 * Reads a piece from pixels that are prepared in one way, looking for nothing but what is expected.
 *
 * Returns: (transfer full): what was read
 */
ChScanLook
ch_scan_looker_look (const ChScanLooker *looker,
                     const ChScanPiece  *piece,
                     ChPreparation       how,
                     ChExpected          expected)
{
  PIX *picture = how == CH_PREPARATION_WITH_RULES ? looker->sheet->grey : looker->picture;
  g_autoptr (PIX) cut = ch_scan_piece_cut (piece, picture);
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
  if (expected == CH_EXPECTED_DATE)
    mend_date (looker, piece, signs);

  return ch_scan_look_make (signs);
}

/**
 * ch_scan_looker_find_column:
 * @x: points from the left
 *
 * Returns: whether one of the table's columns is there
 */
gboolean
ch_scan_looker_find_column (const ChScanLooker *looker,
                            double              x,
                            ChColumn           *column)
{
  const ChAcordGrid *grid = looker->grid;
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

/* The insurers' numbers are all that has five signs so far to the right over the table. */
static gboolean
is_naic (const ChScanLooker *looker,
         const ChScanPiece  *piece)
{
  return piece->box.x0 >= NAIC_FROM * pixGetWidth (looker->picture) && piece->parts->len >= FEWEST_NAIC_PARTS
         && piece->parts->len <= MOST_NAIC_PARTS && piece->signs != NULL && piece->signs->len == NAIC_DIGITS
         && count_digits (piece) >= FEWEST_DIGITS;
}

/**
 * ch_scan_looker_find_expected:
 *
 * What stands in the table is known by its column.
 *
 * Returns: %FALSE for what is printed there, or may be anything
 */
gboolean
ch_scan_looker_find_expected (const ChScanLooker *looker,
                              const ChScanPiece  *piece,
                              ChExpected         *expected)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  double x = (piece->box.x0 + piece->box.x1) / 2.0 / scale;
  double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;
  ChColumn column;

  *expected = CH_EXPECTED_TEXT;
  if (y < grid->table.y0 && is_naic (looker, piece))
    *expected = CH_EXPECTED_DIGITS;
  if (y < grid->table.y0)
    return piece->box.x1 - piece->box.x0 < WIDEST_VALUE * pixGetWidth (looker->picture);
  if (y >= grid->table.y1)
    return TRUE;
  if (!ch_scan_looker_find_column (looker, x, &column))
    return FALSE;

  switch (column)
    {
    case CH_COLUMN_LETTER:
      *expected = CH_EXPECTED_LETTER;
      return piece->parts->len <= 2;
    case CH_COLUMN_ADDITIONAL_INSURED:
    case CH_COLUMN_WAIVER:
      *expected = CH_EXPECTED_YES_NO;
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
