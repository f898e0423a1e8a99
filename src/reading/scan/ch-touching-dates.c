#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-touching-dates.h"

#include "ch-shown-value.h"

#include <string.h>

/* Whether a year lies between the two, leap days aside. */
static gboolean
is_a_year_apart (ChDate earlier,
                 ChDate later)
{
  int year, month, day, other_year, other_month, other_day;

  ch_date_get_ymd (earlier, &year, &month, &day);
  ch_date_get_ymd (later, &other_year, &other_month, &other_day);

  return other_year == year + 1 && other_month == month && other_day == day;
}

/* The date that the text is, or is with one digit more at one end; of several, the one that is a year from the other.
 */
static gboolean
complete (const char *text,
          gboolean    at_end,
          ChDate      other,
          ChDate     *date)
{
  g_autofree char *longer = g_strdup_printf (at_end ? "%s0" : "0%s", text);
  char *digit = at_end ? longer + strlen (text) : longer;
  guint n_found = 0;
  ChDate found;

  for (*digit = '0'; *digit <= '9'; (*digit)++)
    {
      if (!ch_shown_date_parse (longer, &found))
        continue;
      if (other != CH_DATE_NONE && (at_end ? is_a_year_apart (found, other) : is_a_year_apart (other, found)))
        {
          *date = found;
          return TRUE;
        }
      *date = found;
      n_found++;
    }

  return n_found == 1;
}

/* The date behind the line may have lost its last digit as well, in the line behind it. */
static gboolean
complete_last (const char *text,
               ChDate      effective,
               ChDate     *expiration)
{
  g_autofree char *longer = g_strconcat (text, "0", NULL);
  char *digit = longer + strlen (text);

  for (*digit = '0'; *digit <= '9'; (*digit)++)
    {
      if (ch_shown_date_parse (longer, expiration) && is_a_year_apart (effective, *expiration))
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_touching_dates_complete:
 * @left: the date before the line, with or without its last digit
 * @right: the date behind the line, with or without its first or last digit
 * @effective: (out)
 * @expiration: (out)
 *
 * Two dates that are too wide for their columns run into each other, and the digit that lies over another can't be
 * read. A policy's term is a year, so that one date says what the other's missing digit is.
 *
 * Returns: whether that makes two dates a year apart
 */
gboolean
ch_touching_dates_complete (const char *left,
                            const char *right,
                            ChDate     *effective,
                            ChDate     *expiration)
{
  gboolean has_left = ch_shown_date_parse (left, effective);
  gboolean has_right = ch_shown_date_parse (right, expiration);

  if (has_left && has_right && is_a_year_apart (*effective, *expiration))
    return TRUE;
  if (has_right && complete (left, TRUE, *expiration, effective) && is_a_year_apart (*effective, *expiration))
    return TRUE;
  if (has_left && complete (right, FALSE, *effective, expiration) && is_a_year_apart (*effective, *expiration))
    return TRUE;
  if (has_left && complete_last (right, *effective, expiration))
    return TRUE;

  return complete (right, FALSE, CH_DATE_NONE, expiration) && complete (left, TRUE, *expiration, effective)
         && is_a_year_apart (*effective, *expiration);
}
