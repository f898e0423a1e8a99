#include "config.h"

#include "ch-desk.h"

static void
test_starts_at (void)
{
  g_autoptr(ChClock) clock = ch_clock_new_starting_at (G_GINT64_CONSTANT (1795467900) * G_USEC_PER_SEC);
  gint64 now = ch_clock_now (clock);

  g_assert_cmpint (now, >=, G_GINT64_CONSTANT (1795467900) * G_USEC_PER_SEC);
  g_assert_cmpint (ch_clock_now (clock), >=, now);
}

static void
test_today_is_the_zones (void)
{
  /* 2026-11-23 23:30 in New York is the 24th in UTC */
  g_autoptr(ChClock) clock = ch_clock_new_starting_at (G_GINT64_CONSTANT (1795494600) * G_USEC_PER_SEC);

  g_assert_cmpint (ch_clock_today (clock, "America/New_York"), ==, ch_date_new (2026, 11, 23));
  g_assert_cmpint (ch_clock_today (clock, "UTC"), ==, ch_date_new (2026, 11, 24));
  g_assert_cmpint (ch_clock_today (clock, NULL), ==, ch_date_new (2026, 11, 24));
}

static void
test_from_environment (void)
{
  static const char * const wrong[] = { "tomorrow", "2026-11-23", "2026-11-23T09:00:00" };
  g_autoptr(ChClock) clock = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_setenv ("CERTHOLDER_NOW", wrong[i], TRUE);
      g_assert_null (ch_clock_new_from_environment (&error));
      g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_setenv ("CERTHOLDER_NOW", "2026-11-23T09:00:00-05:00", TRUE);
  clock = ch_clock_new_from_environment (&error);
  g_assert_no_error (error);
  g_assert_cmpint (ch_clock_today (clock, "UTC"), ==, ch_date_new (2026, 11, 23));
  g_unsetenv ("CERTHOLDER_NOW");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/desk/clock/starts-at", test_starts_at);
  g_test_add_func ("/desk/clock/today-is-the-zones", test_today_is_the_zones);
  g_test_add_func ("/desk/clock/from-environment", test_from_environment);

  return g_test_run ();
}
