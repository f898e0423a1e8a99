#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-certificate-item.h"
#include "ch-desk-page.h"
#include "ch-desk-review.h"
#include "ch-preferences-window.h"
#include "ch-publishing-page.h"

#include <glib/gstdio.h>

static gboolean
has_setting (Fixture    *fixture,
             const char *name,
             const char *value)
{
  g_autofree char *now = ch_store_dup_state (ch_office_get_store (fixture->office), name, NULL);

  return g_strcmp0 (now, value) == 0;
}

static void
on_destroyed_cb (gpointer  is_gone,
                 GObject  *window)
{
  *(gboolean *)is_gone = TRUE;
}

/* The page of this type, shown. */
static GtkWidget *
show_preferences_page (GtkWindow  *preferences,
                       const char *name,
                       GType       type)
{
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), name);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return fixture_find_widget (GTK_WIDGET (preferences), type);
}

static void
test_preferences_change_how_the_desk_works (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  GtkWindow *preferences = ch_preferences_window_new (GTK_WINDOW (fixture->window), fixture->office);
  gboolean is_gone = FALSE;
  GtkWidget *page;
  GtkWidget *toggle;

  g_object_weak_ref (G_OBJECT (preferences), on_destroyed_cb, &is_gone);
  gtk_window_present (preferences);
  fixture_check_names (GTK_WIDGET (preferences));
  page = show_preferences_page (preferences, "publishing", CH_TYPE_PUBLISHING_PAGE);
  g_assert_nonnull (page);
  fixture_check_names (GTK_WIDGET (preferences));
  page = show_preferences_page (preferences, "desk", CH_TYPE_DESK_PAGE);
  fixture_check_names (GTK_WIDGET (preferences));

  toggle = fixture_find_widget (page, GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  FIXTURE_WAIT_UNTIL (has_setting (fixture, CH_SETTING_SECOND_PERSON, "true"));
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  FIXTURE_WAIT_UNTIL (has_setting (fixture, CH_SETTING_SECOND_PERSON, NULL));

  gtk_window_destroy (preferences);
  FIXTURE_WAIT_UNTIL (is_gone);
}

static gboolean
has_certificate (Fixture    *fixture,
                 const char *file_name)
{
  GListModel *model = ch_collection_get_model (ch_office_get_certificates (fixture->office));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(ChCertificateItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (ch_certificate_item_get_file_name (item), file_name))
        return TRUE;
    }

  return FALSE;
}

static void
test_what_comes_into_the_watched_folder_is_told (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  GtkWindow *preferences = ch_preferences_window_new (GTK_WINDOW (fixture->window), fixture->office);
  g_autofree char *folder = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *to = g_build_filename (folder, "from-the-scanner.pdf", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("CERTHOLDER_BUILD_DIR"), "data", "samples",
                                            "northline-roofing.pdf", NULL);
  g_autoptr(GFile) sample = g_file_new_for_path (from);
  g_autoptr(GFile) scan = g_file_new_for_path (to);
  g_autoptr(GError) error = NULL;
  GtkWidget *page;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  gtk_window_present (preferences);
  page = show_preferences_page (preferences, "desk", CH_TYPE_DESK_PAGE);
  g_assert_true (fixture_shows_text (page, "No folder is watched"));
  ch_desk_page_watch (CH_DESK_PAGE (page), folder);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, folder));

  g_file_copy (sample, scan, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  FIXTURE_WAIT_UNTIL (has_certificate (fixture, "from-the-scanner.pdf"));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window),
                                          "from-the-scanner.pdf came in from the watched folder"));
  g_assert_true (g_file_query_exists (scan, NULL));
  ch_desk_page_watch (CH_DESK_PAGE (page), NULL);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "No folder is watched"));
  gtk_window_destroy (preferences);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/preferences/change-how-the-desk-works", fixture_set_up_filled,
                test_preferences_change_how_the_desk_works);
  FIXTURE_TEST ("/app/preferences/what-comes-into-the-watched-folder-is-told", fixture_set_up_filled,
                test_what_comes_into_the_watched_folder_is_told);

  return g_test_run ();
}
