#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-slashed-date.h"

#include "ch-recogniser.h"
#include "ch-scan-vote.h"

#include <string.h>

#define SHORTEST 6
#define LONGEST 10
/* How sure a stroke is that was told by there being no other way to make a date of the rest. */
#define TOLD 0.4

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
