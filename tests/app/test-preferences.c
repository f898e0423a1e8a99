#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-certificate-item.h"
#include "ch-connection-page.h"
#include "ch-desk-page.h"
#include "ch-desk-review.h"
#include "ch-preferences-window.h"
#include "ch-publishing-page.h"
#include "ch-webhooks-group.h"

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

static guint16
find_free_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);

  return port;
}

/* (nullable): the entry row whose title begins so */
static GtkWidget *
find_entry (GtkWidget  *widget,
            const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget))
    return g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);

  return found;
}

static void
enter (GtkWidget  *group,
       const char *title,
       const char *text)
{
  GtkWidget *row = find_entry (group, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static guint
get_webhook_port (Fixture *fixture)
{
  const ChWorkerReport *report = ch_account_get_report (ch_office_get_account (fixture->office));

  return report != NULL ? report->webhook_port : 0;
}

/* Procore itself is out of reach: events are received even so. */
static void
test_webhooks_are_received_where_the_preferences_say (Fixture       *fixture,
                                                      gconstpointer  user_data)
{
  GtkWindow *preferences = ch_preferences_window_new (GTK_WINDOW (fixture->window), fixture->office);
  guint16 port = find_free_port ();
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", port);
  GtkWidget *group;
  GtkWidget *save;

  g_setenv ("CERTHOLDER_API_URL", "http://127.0.0.1:9", TRUE);
  g_setenv ("CERTHOLDER_LOGIN_URL", "http://127.0.0.1:9", TRUE);
  g_setenv ("CERTHOLDER_CLIENT_ID", "id", TRUE);
  g_setenv ("CERTHOLDER_CLIENT_SECRET", "secret", TRUE);
  g_setenv ("CERTHOLDER_COMPANY_ID", "1", TRUE);
  gtk_window_present (preferences);
  group = fixture_find_widget (show_preferences_page (preferences, "connection", CH_TYPE_CONNECTION_PAGE),
                               CH_TYPE_WEBHOOKS_GROUP);
  save = fixture_find_button (group, "Sa_ve");
  g_assert_true (fixture_shows_text (group, "Procore is asked"));
  fixture_check_names (GTK_WIDGET (preferences));

  enter (group, "Listen on", listen);
  g_signal_emit_by_name (save, "clicked");
  /* One without the other is not taken: nothing is being written. */
  g_assert_true (gtk_widget_get_sensitive (save));
  g_assert_true (has_setting (fixture, CH_SETTING_WEBHOOK_LISTEN, NULL));

  enter (group, "Public address", "https://desk.example/procore");
  g_signal_emit_by_name (save, "clicked");
  g_assert_false (gtk_widget_get_sensitive (save));
  FIXTURE_WAIT_UNTIL (get_webhook_port (fixture) == port);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (group, "Procore tells of changes by itself"));

  enter (group, "Listen on", "");
  enter (group, "Public address", "");
  g_signal_emit_by_name (save, "clicked");
  FIXTURE_WAIT_UNTIL (get_webhook_port (fixture) == 0 && fixture_shows_text (group, "Procore is asked"));

  ch_account_stop (ch_office_get_account (fixture->office));
  g_unsetenv ("CERTHOLDER_API_URL");
  g_unsetenv ("CERTHOLDER_LOGIN_URL");
  g_unsetenv ("CERTHOLDER_CLIENT_ID");
  g_unsetenv ("CERTHOLDER_CLIENT_SECRET");
  g_unsetenv ("CERTHOLDER_COMPANY_ID");
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
  FIXTURE_TEST ("/app/preferences/webhooks-are-received-where-they-say", fixture_set_up_filled,
                test_webhooks_are_received_where_the_preferences_say);

  return g_test_run ();
}
