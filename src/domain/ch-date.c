#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-date.h"

/* Days from 0000-03-01 to 1970-01-01. The civil-from-days arithmetic counts years from March, so that the leap day
 * is the last day of its year: https://howardhinnant.github.io/date_algorithms.html */
#define DAYS_TO_EPOCH 719468
#define DAYS_PER_ERA 146097

#define SECONDS_PER_DAY (24 * 60 * 60)

static int
get_days_in_month (int year,
                   int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

/**
 * ch_date_new:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to the length of the month
 *
 * Returns: the day, or %CH_DATE_NONE where there is no such day
 */
ChDate
ch_date_new (int year,
             int month,
             int day)
{
  int shifted_year;
  int year_of_era;
  int day_of_year;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > get_days_in_month (year, month))
    return CH_DATE_NONE;

  shifted_year = month <= 2 ? year - 1 : year;
  year_of_era = shifted_year % 400;
  day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return shifted_year / 400 * DAYS_PER_ERA
         + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - DAYS_TO_EPOCH;
}

static int
read_digits (const char *text,
             int         n_digits)
{
  int value = 0;
  int i;

  for (i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      value = value * 10 + (text[i] - '0');
    }

  return value;
}

/**
 * ch_date_from_iso:
 * @text: (nullable): exactly `YYYY-MM-DD`
 *
 * Returns: the day, or %CH_DATE_NONE where @text is anything else
 */
ChDate
ch_date_from_iso (const char *text)
{
  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return CH_DATE_NONE;

  return ch_date_new (read_digits (text, 4), read_digits (text + 5, 2), read_digits (text + 8, 2));
}

/**
 * ch_date_to_iso:
 * @date: a day, or %CH_DATE_NONE
 *
 * Returns: (transfer full) (nullable): the day as `YYYY-MM-DD`, %NULL for %CH_DATE_NONE
 */
char *
ch_date_to_iso (ChDate date)
{
  int year;
  int month;
  int day;

  if (date == CH_DATE_NONE)
    return NULL;

  ch_date_get_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/**
 * ch_date_get_ymd:
 * @date: a day
 * @year: (out) (optional): the year; 0 for %CH_DATE_NONE
 * @month: (out) (optional): 1 to 12; 0 for %CH_DATE_NONE
 * @day: (out) (optional): 1 to 31; 0 for %CH_DATE_NONE
 */
void
ch_date_get_ymd (ChDate  date,
                 int    *year,
                 int    *month,
                 int    *day)
{
  int y = 0;
  int m = 0;
  int d = 0;

  if (date != CH_DATE_NONE)
    {
      gint64 days = (gint64) date + DAYS_TO_EPOCH;
      gint64 era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
      int day_of_era = (int) (days - era * DAYS_PER_ERA);
      int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
      int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
      int shifted_month = (5 * day_of_year + 2) / 153;

      d = day_of_year - (153 * shifted_month + 2) / 5 + 1;
      m = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
      y = (int) (year_of_era + era * 400) + (m <= 2 ? 1 : 0);
    }

  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (day != NULL)
    *day = d;
}

/* An unknown zone is UTC rather than an error: a project with a misspelt zone must still be judged. */
static GTimeZone *
open_zone (const char *tz_name)
{
  GTimeZone *zone = NULL;

  if (tz_name != NULL && tz_name[0] != '\0')
    zone = g_time_zone_new_identifier (tz_name);

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static gint64
divide_down (gint64 a,
             gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/**
 * ch_date_in_zone:
 * @unix_seconds: an instant
 * @tz_name: (nullable): IANA zone; UTC where it is missing or unknown
 *
 * Returns: the calendar day that the instant falls on in the zone
 */
ChDate
ch_date_in_zone (gint64      unix_seconds,
                 const char *tz_name)
{
  g_autoptr(GTimeZone) zone = open_zone (tz_name);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, unix_seconds);
  gint32 offset = interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0;

  return (ChDate) divide_down (unix_seconds + offset, SECONDS_PER_DAY);
}

/**
 * ch_date_starts_at:
 * @date: a day
 * @tz_name: (nullable): IANA zone; UTC where it is missing or unknown
 *
 * The first instant of the day in the zone: midnight, or the end of the hour that daylight saving skips where
 * midnight does not exist there.
 *
 * Returns: seconds since the epoch; %G_MAXINT64 for %CH_DATE_NONE, which never begins
 */
gint64
ch_date_starts_at (ChDate      date,
                   const char *tz_name)
{
  g_autoptr(GTimeZone) zone = NULL;
  gint64 midnight = (gint64) date * SECONDS_PER_DAY;
  gint64 early;
  gint64 late;

  if (date == CH_DATE_NONE)
    return G_MAXINT64;

  zone = open_zone (tz_name);

  /* No zone is more than a day from UTC and the day number never falls as time goes on, except where a clock set
   * back at midnight repeats an hour; the search then finds one of the two instants, and both begin the day. */
  early = midnight - SECONDS_PER_DAY;
  late = midnight + SECONDS_PER_DAY;
  while (early + 1 < late)
    {
      gint64 middle = early + (late - early) / 2;
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle);
      gint32 offset = interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0;

      if (divide_down (middle + offset, SECONDS_PER_DAY) >= date)
        late = middle;
      else
        early = middle;
    }

  return late;
}
