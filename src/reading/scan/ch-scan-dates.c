#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-dates.h"

#include "ch-scan-vote.h"
#include "ch-shown-value.h"
#include "ch-slashed-date.h"
#include "ch-touching-dates.h"

#include <string.h>

/* Points between two dates that touch, and between two that both lost a digit which lay in the line between them; the
 * least of a date. */
#define TOUCHING 3.0
#define TWO_DIGITS_APART 11.0
#define SHORTEST_DATE 16.0
/* How sure a date is whose last digit was told by the other date. */
#define COMPLETED 0.9

static void
add_reading (const ChScanLooker *looker,
             const ChScanPiece  *piece,
             ChPreparation       how,
             GPtrArray          *texts)
{
  ChScanLook look = ch_scan_looker_look (looker, piece, how, CH_EXPECTED_DATE);

  g_ptr_array_add (texts, g_strdup (look.text));
  ch_scan_look_clear (&look);
}

/* What the piece, or the piece without its outermost part, says when only a date is looked for. */
static void
read_date_parts (const ChScanLooker *looker,
                 const ChScanPiece  *piece,
                 gboolean            without_last,
                 GPtrArray          *texts)
{
  static const ChPreparation ways[]
      = { CH_PREPARATION_WITH_RULES, CH_PREPARATION_AS_IT_IS, CH_PREPARATION_TWICE_AS_LARGE };
  guint n_parts = piece->parts->len;
  guint i, shorter;

  for (shorter = 0; shorter < 2 && n_parts > shorter + 1; shorter++)
    {
      g_autoptr (ChScanPiece) part = ch_scan_piece_copy_parts (piece, without_last ? 0 : shorter, n_parts - shorter);

      for (i = 0; i < G_N_ELEMENTS (ways); i++)
        add_reading (looker, part, ways[i], texts);
    }
}

/* Whether a text ends in the first half of a year, all of which, or three digits, another shows. */
static gboolean
is_cut_in_year (GPtrArray  *texts,
                const char *text)
{
  gsize length = strlen (text);
  guint i;

  if (!g_str_has_suffix (text, "/20") && !g_str_has_suffix (text, "/19"))
    return FALSE;

  for (i = 0; i < texts->len; i++)
    {
      const char *other = g_ptr_array_index (texts, i);

      if (strlen (other) > length && strncmp (other, text, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
drop_cut_years (GPtrArray *texts)
{
  guint i;

  for (i = texts->len; i > 0; i--)
    {
      if (is_cut_in_year (texts, g_ptr_array_index (texts, i - 1)))
        g_ptr_array_remove_index (texts, i - 1);
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
  ChScanLook look = ch_scan_look_make (g_array_ref (piece->signs));
  ChDate read;
  gboolean same = ch_shown_date_parse (look.text, &read) && read == date;

  ch_scan_look_clear (&look);

  return same;
}

/* Of all the ways to make two dates of what was read, the one that most readings bear out. */
static void
part_dates (const ChScanLooker *looker,
            ChScanPiece        *effective,
            ChScanPiece        *expiration)
{
  g_autoptr (GPtrArray) lefts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rights = g_ptr_array_new_with_free_func (g_free);
  ChDate best_from = CH_DATE_NONE;
  ChDate best_until = CH_DATE_NONE;
  guint most = 0;
  guint i, j;

  read_date_parts (looker, effective, TRUE, lefts);
  read_date_parts (looker, expiration, FALSE, rights);
  drop_cut_years (lefts);
  drop_cut_years (rights);
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
    {
      ch_slashed_date_doubt_cut_year (effective->signs);
      ch_slashed_date_doubt_cut_year (expiration->signs);
      return;
    }

  if (!reads_as (effective, best_from))
    write_date (effective, best_from, COMPLETED);
  if (!reads_as (expiration, best_until))
    write_date (expiration, best_until, COMPLETED);
}

static gboolean
is_date (const ChScanPiece *piece)
{
  ChScanLook look = ch_scan_look_make (g_array_ref (piece->signs));
  ChDate date;
  gboolean is = ch_shown_date_parse (look.text, &date);

  ch_scan_look_clear (&look);

  return is;
}

/* Points that may lie between two dates that are to be read together. */
static double
find_reach (const ChScanPiece *left,
            const ChScanPiece *right)
{
  return is_date (left) || is_date (right) ? TOUCHING : TWO_DIGITS_APART;
}

/**
 * ch_scan_dates_part:
 * @pieces: (element-type ChScanPiece): with what was recognised on each
 *
 * Reads together dates that touch over the line between their columns.
 */
void
ch_scan_dates_part (const ChScanLooker *looker,
                    GPtrArray          *pieces)
{
  double line = looker->grid->columns[CH_COLUMN_EXPIRATION].from * looker->sheet->scale;
  double scale = looker->sheet->scale;
  double most = TWO_DIGITS_APART * scale;
  guint i, j;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *left = g_ptr_array_index (pieces, i);
      ChExpected expected;

      if (left->signs == NULL || left->box.x1 < line - most || left->box.x0 + left->box.x1 >= 2 * line
          || !ch_scan_looker_find_expected (looker, left, &expected) || expected != CH_EXPECTED_DATE)
        continue;
      for (j = 0; j < pieces->len; j++)
        {
          ChScanPiece *right = g_ptr_array_index (pieces, j);

          if (right->signs == NULL || right->box.x0 > left->box.x1 + find_reach (left, right) * scale
              || right->box.x0 + right->box.x1 <= 2 * line
              || ABS (right->box.y1 - left->box.y1) > (left->box.y1 - left->box.y0) / 2
              || !ch_scan_looker_find_expected (looker, right, &expected) || expected != CH_EXPECTED_DATE)
            continue;
          part_dates (looker, left, right);
          break;
        }
    }
}

/* Makes two of a piece: what stands on either side of a line by its middle. On neither was anything recognised. */
static gboolean
cut_in_two (const ChScanPiece *piece,
            double             line,
            ChScanPiece      **left,
            ChScanPiece      **right)
{
  guint n_left = 0;
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      if (part->x0 + part->x1 < 2 * line)
        n_left = i + 1;
    }
  if (n_left == 0 || n_left == piece->parts->len)
    return FALSE;

  *left = ch_scan_piece_copy_parts (piece, 0, n_left);
  *right = ch_scan_piece_copy_parts (piece, n_left, piece->parts->len - n_left);
  (*left)->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  (*right)->signs = g_array_new (FALSE, TRUE, sizeof (ChSign));

  return TRUE;
}

static void
read_as_text (const ChScanLooker *looker,
              ChScanPiece        *piece)
{
  ChScanLook look = ch_scan_looker_look (looker, piece, CH_PREPARATION_AS_IT_IS, CH_EXPECTED_TEXT);

  g_clear_pointer (&piece->signs, g_array_unref);
  piece->signs = g_array_ref (look.signs);
  ch_scan_look_clear (&look);
}

static gboolean
can_be_dates (const ChScanLooker *looker,
              const ChScanPiece  *piece)
{
  double line = looker->grid->columns[CH_COLUMN_EXPIRATION].from * looker->sheet->scale;
  ChScanPiece *left = NULL;
  ChScanPiece *right = NULL;
  ChScanLook look;
  gboolean can;

  if (cut_in_two (piece, line, &left, &right))
    ch_scan_piece_free (right);
  look = ch_scan_looker_look (looker, left != NULL ? left : piece, CH_PREPARATION_AS_IT_IS, CH_EXPECTED_DATE);
  can = ch_scan_vote_can_be (CH_EXPECTED_DATE, look.text);
  ch_scan_look_clear (&look);
  g_clear_pointer (&left, ch_scan_piece_free);

  return can;
}

/* Parts a date from the label behind it, where it is so wide that it runs over the line into it. */
static void
cut_off_label (const ChScanLooker *looker,
               GPtrArray          *pieces,
               guint               index)
{
  ChScanPiece *piece = g_ptr_array_index (pieces, index);
  double scale = looker->sheet->scale;
  double line = looker->grid->columns[CH_COLUMN_EXPIRATION].to * scale;
  ChScanPiece *left, *right;

  if (line - piece->box.x0 < SHORTEST_DATE * scale || piece->box.x1 - line < SHORTEST_DATE * scale
      || !cut_in_two (piece, line, &left, &right))
    return;

  read_as_text (looker, right);
  g_ptr_array_add (pieces, right);
  g_ptr_array_index (pieces, index) = left;
  ch_scan_piece_free (piece);
}

/* Parts a date from the policy number before it in the same way. A number may itself be wider than its column: there has
 * to be a date behind the line. */
static void
cut_off_number (const ChScanLooker *looker,
                GPtrArray          *pieces,
                guint               index)
{
  ChScanPiece *piece = g_ptr_array_index (pieces, index);
  double scale = looker->sheet->scale;
  double line = looker->grid->columns[CH_COLUMN_EFFECTIVE].from * scale;
  ChScanPiece *left, *right;

  if (line - piece->box.x0 < SHORTEST_DATE * scale || piece->box.x1 - line < SHORTEST_DATE * scale
      || !cut_in_two (piece, line, &left, &right))
    return;

  if (!can_be_dates (looker, right))
    {
      ch_scan_piece_free (left);
      ch_scan_piece_free (right);
      return;
    }
  read_as_text (looker, left);
  g_ptr_array_add (pieces, right);
  g_ptr_array_index (pieces, index) = left;
  ch_scan_piece_free (piece);
}

static void
cut_off_neighbours (const ChScanLooker *looker,
                    GPtrArray          *pieces)
{
  const ChAcordGrid *grid = looker->grid;
  double scale = looker->sheet->scale;
  guint n_pieces = pieces->len;
  guint i;

  for (i = 0; i < n_pieces; i++)
    {
      const ChScanPiece *piece = g_ptr_array_index (pieces, i);
      double y = (piece->box.y0 + piece->box.y1) / 2.0 / scale;

      if (piece->signs == NULL || piece->printed || y < grid->table.y0 || y >= grid->table.y1)
        continue;
      if (grid->columns[CH_COLUMN_EXPIRATION].present)
        cut_off_label (looker, pieces, i);
      if (grid->columns[CH_COLUMN_EFFECTIVE].present)
        cut_off_number (looker, pieces, i);
    }
}

/**
 * ch_scan_dates_split:
 * @pieces: (element-type ChScanPiece): with what was recognised on each
 *
 * Makes two of a piece that holds both dates, since what lies on the line between them is one part: they share it. What
 * stands in the columns beside theirs is parted from them first.
 */
void
ch_scan_dates_split (const ChScanLooker *looker,
                     GPtrArray          *pieces)
{
  double line = looker->grid->columns[CH_COLUMN_EXPIRATION].from * looker->sheet->scale;
  double scale = looker->sheet->scale;
  guint n_pieces;
  guint i, j;

  cut_off_neighbours (looker, pieces);
  n_pieces = pieces->len;
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
