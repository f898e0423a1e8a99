#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-format.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

static void
test_the_window_speaks_the_language_of_its_user (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "Riverside Tower"));
  g_assert_true (fixture_shows_text (window, "Projekte"));
  g_assert_true (fixture_shows_text (window, "Versicherung seiner Subs"));
  g_assert_false (fixture_shows_text (window, "Projects"));
  fixture_show_place (fixture, "certificates");
  /* one of a template's texts, one of the code's, and one with a plural */
  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "Wartet auf Prüfung"));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "4 Policen"));
  fixture_show_place (fixture, "requirements");
  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "Was von wem gefordert wird"));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "Version 1 · an 1 Stelle zugewiesen"));
}

static void
test_days_stand_as_the_language_writes_them (void)
{
  g_autofree char *day = ch_format_date (ch_date_new (2026, 11, 23));
  g_autofree char *one = ch_format_in_days (ch_date_new (2026, 11, 25), ch_date_new (2026, 11, 24));
  g_autofree char *more = ch_format_in_days (ch_date_new (2026, 11, 30), ch_date_new (2026, 11, 24));

  /* the month's name is the C library's, whose German need not be installed */
  g_assert_true (g_str_has_prefix (day, "23. "));
  g_assert_cmpstr (one, ==, "morgen");
  g_assert_cmpstr (more, ==, "in 6 Tagen");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *locale_dir = g_build_filename (g_getenv ("CERTHOLDER_BUILD_DIR"), "po", NULL);

  g_setenv ("LANGUAGE", "de", TRUE);
  fixture_init (&argc, &argv);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  FIXTURE_TEST ("/app/translation/the-window-speaks-the-language-of-its-user", fixture_set_up_filled,
                test_the_window_speaks_the_language_of_its_user);
  g_test_add_func ("/app/translation/days-stand-as-the-language-writes-them",
                   test_days_stand_as_the_language_writes_them);

  return g_test_run ();
}
