#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-format.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

/* The month as a word, since 03/04/27 means two days to two readers; the order is the locale's. */
static const char *
get_date_format (void)
{
  const char *numeric = nl_langinfo (D_FMT);
  const char *day = strpbrk (numeric, "d");
  const char *month = strpbrk (numeric, "mbBD");

  if (g_str_has_prefix (numeric, "%Y") || g_str_has_prefix (numeric, "%F"))
    return "%Y-%m-%d";
  if (day != NULL && month != NULL && day < month)
    /* Translators: a day, see strftime(3), where the locale puts the day before the month */
    return _("%-d %b %Y");

  /* Translators: a day, see strftime(3), where the locale puts the month before the day */
  return _("%b %-d, %Y");
}

/* With "PM" where the locale tells the time so. */
static const char *
get_time_format (void)
{
  const char *time = nl_langinfo (T_FMT);

  return strstr (time, "%p") != NULL || strstr (time, "%r") != NULL ? "%-I:%M %p" : "%H:%M";
}

/**
 * ch_format_date:
 * @date: a day, or %CH_DATE_NONE
 *
 * Returns: (transfer full): the day in the locale's order with the month as a word, empty for none
 */
char *
ch_format_date (ChDate date)
{
  g_autoptr(GDateTime) time = NULL;
  int year, month, day;

  if (date == CH_DATE_NONE)
    return g_strdup ("");

  ch_date_get_ymd (date, &year, &month, &day);
  time = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return time != NULL ? g_date_time_format (time, get_date_format ()) : ch_date_to_iso (date);
}

/**
 * ch_format_in_days:
 * @date: a day
 * @today: today
 *
 * Returns: (transfer full): how far away it is, as `in 12 days`
 */
char *
ch_format_in_days (ChDate date,
                   ChDate today)
{
  int days;

  if (date == CH_DATE_NONE || today == CH_DATE_NONE)
    return g_strdup ("");

  days = date - today;
  if (days == 0)
    return g_strdup (_("today"));
  if (days == 1)
    return g_strdup (_("tomorrow"));
  if (days > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d day", "in %d days", days), days);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", -days), -days);
}

/**
 * ch_format_count:
 * @number: a whole number
 *
 * Returns: (transfer full): the number with the locale's thousands separator, a comma where the locale has none
 */
char *
ch_format_count (gint64 number)
{
  const char *separator = localeconv ()->thousands_sep;
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  gsize n_digits = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0 && g_ascii_isdigit (digits[i - 1]))
        g_string_append (text, *separator != '\0' ? separator : ",");
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (text, FALSE);
}

/**
 * ch_format_money:
 * @dollars: whole dollars
 *
 * Returns: (transfer full): the amount with the locale's grouping; amounts on a certificate are US dollars wherever
 *   the reader sits, so the sign is not the locale's
 */
char *
ch_format_money (gint64 dollars)
{
  g_autofree char *number = ch_format_count (dollars);

  return g_strconcat ("$", number, NULL);
}

/**
 * ch_format_instant:
 * @at: Unix microseconds
 *
 * Returns: (transfer full): day and time of day in the local zone
 */
char *
ch_format_instant (gint64 at)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autofree char *day = NULL;
  g_autofree char *hour = NULL;

  if (time == NULL)
    return g_strdup ("");
  day = g_date_time_format (time, get_date_format ());
  hour = g_date_time_format (time, get_time_format ());

  /* Translators: a day and a time of day */
  return g_strdup_printf (_("%s, %s"), day, hour);
}

/**
 * ch_format_time:
 * @at: Unix microseconds
 * @now: Unix microseconds
 *
 * Returns: (transfer full): the time of day; with the day in front where that is not today's
 */
char *
ch_format_time (gint64 at,
                gint64 now)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr(GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

  if (time == NULL || today == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (time) != g_date_time_get_year (today)
      || g_date_time_get_day_of_year (time) != g_date_time_get_day_of_year (today))
    return ch_format_instant (at);

  return g_date_time_format (time, get_time_format ());
}

/**
 * ch_format_ago:
 * @at: Unix microseconds
 * @now: Unix microseconds
 *
 * Returns: (transfer full): how long ago, as `40 s ago`
 */
char *
ch_format_ago (gint64 at,
               gint64 now)
{
  gint64 seconds = MAX (0, (now - at) / G_USEC_PER_SEC);
  gint64 minutes = seconds / 60;

  if (seconds < 5)
    return g_strdup (_("just now"));
  if (seconds < 60)
    return g_strdup_printf (_("%d s ago"), (int)seconds);
  if (minutes < 60)
    return g_strdup_printf (_("%d min ago"), (int)minutes);

  return ch_format_time (at, now);
}

/**
 * ch_parse_typed_date:
 * @text: a day as a person types it: ISO, or in the order of the locale
 *
 * Returns: the day, or %CH_DATE_NONE where @text is none
 */
ChDate
ch_parse_typed_date (const char *text)
{
  ChDate date = ch_date_from_iso (text);
  GDate parsed;

  if (date != CH_DATE_NONE)
    return date;

  g_date_clear (&parsed, 1);
  g_date_set_parse (&parsed, text);
  if (!g_date_valid (&parsed))
    return CH_DATE_NONE;

  return ch_date_new (g_date_get_year (&parsed), g_date_get_month (&parsed), g_date_get_day (&parsed));
}
