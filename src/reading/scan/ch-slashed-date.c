#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-slashed-date.h"

#include "ch-recogniser.h"
#include "ch-scan-looker.h"
#include "ch-scan-vote.h"

#include <string.h>

#define SHORTEST 6
#define LONGEST 10
/* How sure a stroke is that was told by there being no other way to make a date of the rest. */
#define TOLD 0.4
/* How sure a date is that may have lost half of its year. */
#define CUT 0.5
/* The signs that a stroke of a date is read as where it is not read as one, or left out */
#define STROKES "/-.,'|\\"
/* A date with two digits for the month, two for the day, and four for the year */
#define N_DIGITS 8
#define MONTH_END 2
#define DAY_END 4

/* A date in figures only, of two for the month and two for the day. */
static gboolean
is_bare_date (const char *text)
{
  g_autofree char *slashed = NULL;
  gsize length = strlen (text);

  if ((length != 6 && length != 8) || strchr (text, '/') != NULL)
    return FALSE;

  slashed = g_strdup_printf ("%.2s/%.2s/%s", text, text + 2, text + 4);

  return ch_scan_vote_can_be (CH_EXPECTED_DATE, slashed);
}

/* A number that could be a day of itself needs no strokes. */
static gboolean
get_text (GArray *signs,
          char    text[LONGEST + 1])
{
  guint i;

  if (signs->len < SHORTEST || signs->len > LONGEST)
    return FALSE;

  for (i = 0; i < signs->len; i++)
    {
      gunichar character = g_array_index (signs, ChSign, i).character;

      if (character != '/' && (character > 127 || !g_ascii_isdigit ((char) character)))
        return FALSE;
      text[i] = (char) character;
    }
  text[i] = '\0';

  return !ch_scan_vote_can_be (CH_EXPECTED_DATE, text) && !is_bare_date (text);
}

static gboolean
is_date (const char *text,
         gsize       month_end,
         gsize       day_end)
{
  gsize n_month = month_end;
  gsize n_day = day_end - month_end - 1;
  gsize n_year = strlen (text) - day_end - 1;

  return n_month >= 1 && n_month <= 2 && n_day >= 1 && n_day <= 2 && (n_year == 2 || n_year == 4)
         && ch_scan_vote_can_be (CH_EXPECTED_DATE, text);
}

/**
 * ch_slashed_date_mend_century:
 * @signs: (element-type ChSign): what was recognised where a date is to be expected; changed
 *
 * Dates that begin with the year, `2026-07-04`, lose the first digit where they begin in the line before their column. It
 * can't have been another.
 *
 * Returns: whether it was such a date
 */
gboolean
ch_slashed_date_mend_century (GArray *signs)
{
  static const char pattern[] = "000-00-00";
  ChSign first;
  guint i;

  if (signs->len != strlen (pattern) || g_array_index (signs, ChSign, 0).character != '0')
    return FALSE;
  for (i = 0; i < signs->len; i++)
    {
      gunichar character = g_array_index (signs, ChSign, i).character;

      if (pattern[i] == '-' ? character != '-' : !g_unichar_isdigit (character))
        return FALSE;
    }

  first = g_array_index (signs, ChSign, 0);
  first.character = '2';
  first.x1 = first.x0 + 1;
  first.confidence = TOLD;
  g_array_index (signs, ChSign, 0).begins_word = FALSE;
  g_array_prepend_val (signs, first);

  return TRUE;
}

/**
 * ch_slashed_date_mend:
 * @signs: (element-type ChSign): what was recognised where a date is to be expected; changed
 *
 * A steep stroke in a heavy hand is read as a one: `4/7/24` as `417124`. Where just one way to make strokes of ones gives
 * a date, that is the date.
 *
 * Returns: whether it was one
 */
gboolean
ch_slashed_date_mend (GArray *signs)
{
  char text[LONGEST + 1];
  gsize found_month = 0;
  gsize found_day = 0;
  guint n_found = 0;
  gsize length, i, j;

  if (!get_text (signs, text))
    return FALSE;

  length = strlen (text);
  for (i = 1; i < length; i++)
    {
      for (j = i + 2; j < length; j++)
        {
          g_autofree char *slashed = NULL;

          if (strchr ("1/", text[i]) == NULL || strchr ("1/", text[j]) == NULL)
            continue;
          slashed = g_strdup (text);
          slashed[i] = slashed[j] = '/';
          if (!is_date (slashed, i, j))
            continue;
          found_month = i;
          found_day = j;
          n_found++;
        }
    }
  if (n_found != 1)
    return FALSE;

  g_array_index (signs, ChSign, found_month).character = '/';
  g_array_index (signs, ChSign, found_day).character = '/';
  for (i = 0; i < signs->len; i++)
    {
      ChSign *sign = &g_array_index (signs, ChSign, i);

      sign->confidence = MIN (sign->confidence, TOLD);
      sign->begins_word = i == 0;
    }

  return TRUE;
}

/* Whether the signs are a date as they stand. */
static gboolean
are_date (GArray *signs)
{
  ChScanLook look = ch_scan_look_make (g_array_ref (signs));
  gboolean are = ch_scan_vote_can_be (CH_EXPECTED_DATE, look.text);

  ch_scan_look_clear (&look);

  return are;
}

/* The digits, where there are as many as in a date and nothing but strokes between month, day and year. */
static gboolean
get_digits (GArray *signs,
            ChSign  digits[N_DIGITS])
{
  guint n_digits = 0;
  guint i;

  for (i = 0; i < signs->len; i++)
    {
      const ChSign *sign = &g_array_index (signs, ChSign, i);

      if (sign->character > 127)
        return FALSE;
      if (g_ascii_isdigit ((char) sign->character))
        {
          if (n_digits == N_DIGITS)
            return FALSE;
          digits[n_digits++] = *sign;
        }
      else if (strchr (STROKES, (int) sign->character) == NULL || (n_digits != MONTH_END && n_digits != DAY_END))
        {
          return FALSE;
        }
    }

  return n_digits == N_DIGITS;
}

static void
add_sign (GArray *signs,
          ChSign  sign,
          double  confidence)
{
  sign.confidence = MIN (sign.confidence, confidence);
  sign.begins_word = signs->len == 0;
  g_array_append_val (signs, sign);
}

/* What stands between two signs */
static ChSign
make_stroke (const ChSign *before,
             const ChSign *after)
{
  ChSign stroke = *before;

  stroke.character = '/';
  stroke.x0 = MIN (before->x1, after->x0);
  stroke.x1 = MAX (before->x1, after->x0);

  return stroke;
}

/**
 * ch_slashed_date_complete:
 * @signs: (element-type ChSign): what was recognised where a date is to be expected; changed
 *
 * Thin strokes between digits that stand close are left out or read as points and dashes: `10262022`, `1026/2022`,
 * `12.20/2022`. Eight digits that are a date with the strokes put in are that date.
 *
 * Returns: whether it was one
 */
gboolean
ch_slashed_date_complete (GArray *signs)
{
  ChSign digits[N_DIGITS];
  char text[N_DIGITS + 3];
  guint i, n = 0;

  if (are_date (signs) || !get_digits (signs, digits))
    return FALSE;

  for (i = 0; i < N_DIGITS; i++)
    {
      if (i == MONTH_END || i == DAY_END)
        text[n++] = '/';
      text[n++] = (char) digits[i].character;
    }
  text[n] = '\0';
  if (!ch_scan_vote_can_be (CH_EXPECTED_DATE, text))
    return FALSE;

  g_array_set_size (signs, 0);
  for (i = 0; i < N_DIGITS; i++)
    {
      if (i == MONTH_END || i == DAY_END)
        add_sign (signs, make_stroke (&digits[i - 1], &digits[i]), TOLD);
      add_sign (signs, digits[i], TOLD);
    }

  return TRUE;
}

/**
 * ch_slashed_date_mend_first:
 * @signs: (element-type ChSign): what was recognised of a date that begins in the line before its column; changed
 *
 * The line becomes part of the first digit: a nought is read as another round digit, `98/19/2027`, and a one as a four
 * or a seven. No month begins with another digit than these two.
 *
 * Returns: whether that makes it a date, which it was not
 */
gboolean
ch_slashed_date_mend_first (GArray *signs)
{
  static const char noughts[] = "35689";
  static const char ones[] = "47";
  g_autoptr (GArray) mended = NULL;
  gunichar first;
  guint i;

  if (signs->len < N_DIGITS || are_date (signs))
    return FALSE;
  first = g_array_index (signs, ChSign, 0).character;
  if (first > 127 || (strchr (noughts, (int) first) == NULL && strchr (ones, (int) first) == NULL))
    return FALSE;

  mended = g_array_copy (signs);
  g_array_index (mended, ChSign, 0).character = strchr (ones, (int) first) != NULL ? '1' : '0';
  if (!are_date (mended) && !ch_slashed_date_complete (mended))
    return FALSE;

  g_array_set_size (signs, 0);
  for (i = 0; i < mended->len; i++)
    add_sign (signs, g_array_index (mended, ChSign, i), TOLD);

  return TRUE;
}

/**
 * ch_slashed_date_doubt_cut_year:
 * @signs: (element-type ChSign): a date beside another that can't be made out, over which it may run; changed
 *
 * One that seems to be of the year 20 or 19 has lost half of its year there: `12/09/2026` is read as `12/09/20`.
 */
void
ch_slashed_date_doubt_cut_year (GArray *signs)
{
  ChScanLook look = ch_scan_look_make (g_array_ref (signs));
  gboolean is_cut = g_str_has_suffix (look.text, "/20") || g_str_has_suffix (look.text, "/19");
  guint i;

  for (i = 0; is_cut && i < signs->len; i++)
    {
      ChSign *sign = &g_array_index (signs, ChSign, i);

      sign->confidence = MIN (sign->confidence, CUT);
    }
  ch_scan_look_clear (&look);
}

/* Whether the text is a date when the digits whose bits are in @which are ones. */
static gboolean
try_ones (const char *text,
          gsize       n_digits,
          const gsize digits[4],
          guint       which,
          char        tried[LONGEST + 1])
{
  gsize i;

  g_strlcpy (tried, text, LONGEST + 1);
  for (i = 0; i < n_digits; i++)
    {
      if ((which & (1u << i)) != 0)
        tried[digits[i]] = '1';
    }

  return ch_scan_vote_can_be (CH_EXPECTED_DATE, tried);
}

/* Where the fours and sevens of month and day stand. Returns: how many there are; 0 where the text is not like a date */
static gsize
find_fours (const char *text,
            gsize       digits[4])
{
  gsize n_digits = 0;
  guint n_strokes = 0;
  gsize length = strlen (text);
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (text[i] == '/')
        n_strokes++;
      else if (n_strokes < 2 && strchr ("47", text[i]) != NULL && n_digits < 4)
        digits[n_digits++] = i;
    }

  return n_strokes == 2 ? n_digits : 0;
}

/**
 * ch_slashed_date_mend_ones:
 * @signs: (element-type ChSign): what was recognised and looks like a date; changed
 *
 * On a fax the foot of a one joins its flag, and it is read as a four or a seven: `41/40/2025`. No month and no day is
 * such a number; where making the fewest of them ones gives a date, that is the date.
 *
 * Returns: whether it was one
 */
gboolean
ch_slashed_date_mend_ones (GArray *signs)
{
  char text[LONGEST + 1];
  char tried[LONGEST + 1];
  char found[LONGEST + 1];
  gsize digits[4];
  gsize n_digits;
  guint fewest = G_MAXUINT;
  guint which, i;

  if (!get_text (signs, text))
    return FALSE;

  n_digits = find_fours (text, digits);
  for (which = 1; which < 1u << n_digits; which++)
    {
      guint n_ones = (guint) __builtin_popcount (which);

      if (n_ones >= fewest || !try_ones (text, n_digits, digits, which, tried))
        continue;
      fewest = n_ones;
      memcpy (found, tried, sizeof found);
    }
  if (fewest == G_MAXUINT)
    return FALSE;

  for (i = 0; i < signs->len; i++)
    {
      ChSign *sign = &g_array_index (signs, ChSign, i);

      sign->character = (guchar) found[i];
      sign->confidence = MIN (sign->confidence, TOLD);
    }

  return TRUE;
}
