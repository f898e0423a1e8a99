#include "config.h"

#include "ch-date.h"

static void
test_iso_strict (void)
{
  static const char * const refused[] = {
    "2026-1-01", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-01 ", " 2026-01-01",
    "2026/01/01", "20260101", "", "0000-01-01", "2026-01-0x", "-026-01-01",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_cmpint (ch_date_from_iso (refused[i]), ==, CH_DATE_NONE);
  g_assert_cmpint (ch_date_from_iso (NULL), ==, CH_DATE_NONE);
  g_assert_cmpint (ch_date_from_iso ("1970-01-01"), ==, 0);
  g_assert_cmpint (ch_date_from_iso ("2000-02-29"), ==, 11016);
  g_assert_null (ch_date_to_iso (CH_DATE_NONE));
}

/* Every day of the calendar follows the one before it and comes back the same. */
static void
test_every_day (void)
{
  ChDate first = ch_date_new (1, 1, 1);
  ChDate last = ch_date_new (9999, 12, 31);
  ChDate date;

  for (date = first; date <= last; date++)
    {
      int y;
      int m;
      int d;

      ch_date_get_ymd (date, &y, &m, &d);
      if (ch_date_new (y, m, d) != date)
        g_error ("day %d came back as another", date);
    }
  g_assert_cmpint (last - first, ==, 3652058);
}

static void
test_zones (void)
{
  /* 2026-03-08 is a day of 23 hours in New York, 2026-11-01 one of 25. */
  ChDate spring = ch_date_from_iso ("2026-03-08");
  ChDate autumn = ch_date_from_iso ("2026-11-01");
  const char *zone = "America/New_York";

  g_assert_cmpint (ch_date_starts_at (spring + 1, zone) - ch_date_starts_at (spring, zone), ==, 23 * 3600);
  g_assert_cmpint (ch_date_starts_at (autumn + 1, zone) - ch_date_starts_at (autumn, zone), ==, 25 * 3600);
  g_assert_cmpint (ch_date_starts_at (autumn, zone), ==, (gint64) autumn * 86400 + 4 * 3600);
  g_assert_cmpint (ch_date_in_zone (ch_date_starts_at (autumn, zone), zone), ==, autumn);
  g_assert_cmpint (ch_date_in_zone (ch_date_starts_at (autumn, zone) - 1, zone), ==, autumn - 1);
  g_assert_cmpint (ch_date_starts_at (autumn, "No/Where"), ==, (gint64) autumn * 86400);
  g_assert_cmpint (ch_date_in_zone (-1, NULL), ==, -1);
  g_assert_cmpint (ch_date_starts_at (CH_DATE_NONE, zone), ==, G_MAXINT64);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/date/iso-is-strict", test_iso_strict);
  g_test_add_func ("/date/every-day-comes-back", test_every_day);
  g_test_add_func ("/date/zones", test_zones);

  return g_test_run ();
}
