#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-second-look.h"

#include "ch-printed-words.h"
#include "ch-scan-vote.h"
#include "ch-shown-value.h"

#include <string.h>

/* The form's own dollar sign is so much lower than the amount behind it, or so far from it. */
#define SMALL_SIGN 0.85
#define SIGN_GAP 0.45
/* What has more letters than this among its signs is no amount, whatever column it stands in. */
#define MOST_LETTERS 0.34
/* Pixels between two dates that touch. */
#define TOUCHING 5
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
  if (how == AS_IT_IS || how == TWICE_AS_LARGE)
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
  g_autoptr (PIX) cut = ch_scan_piece_cut (piece, looker->picture);
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

/* The winner's signs become those of the piece. */
static void
decide (ChScanPiece      *piece,
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

  decide (piece, vote, looks);
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

/* Takes the form's own dollar sign away from an amount. It is smaller than what is filled in, or far before it. */
static void
drop_printed_sign (ChScanPiece *piece)
{
  static const char looks_like_sign[] = "$S&";
  static const char may_be_misread[] = "5389B";
  int highest = find_highest (piece);
  const ChInkBox *first, *second;
  gunichar character;
  gboolean is_small, is_far;

  if (piece->parts->len < 2 || piece->signs->len < 2)
    return;

  first = &g_array_index (piece->parts, ChInkBox, 0);
  second = &g_array_index (piece->parts, ChInkBox, 1);
  is_small = first->y1 - first->y0 < SMALL_SIGN * highest;
  is_far = second->x0 - first->x1 > SIGN_GAP * highest;
  character = g_unichar_toupper (g_array_index (piece->signs, ChSign, 0).character);
  if (character == 0 || character > 127)
    return;
  if ((strchr (looks_like_sign, (int) character) != NULL && (is_small || is_far))
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
    case CH_COLUMN_NUMBER:
    case CH_COLUMN_TYPE:
    default:
      return TRUE;
    }
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
  Looker looker = { recogniser, sheet, without_rules, grid };
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (piece->signs == NULL || piece->printed || !find_expected (&looker, piece, &expected))
        continue;
      if (expected == CH_EXPECTED_MONEY)
        drop_printed_sign (piece);
      look_again (&looker, piece, expected);
    }
}
