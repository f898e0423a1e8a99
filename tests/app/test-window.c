#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-list-page.h"
#include "ch-report-saver.h"
#include "ch-text-cell.h"
#include "ch-certificate-form.h"
#include "ch-certificate-item.h"

static guint
count_shown (Fixture *fixture)
{
  return g_list_model_get_n_items (ch_list_page_get_shown (CH_LIST_PAGE (ch_window_get_page (fixture->window))));
}

static gboolean
on_second_cb (gpointer is_over)
{
  *(gboolean *)is_over = TRUE;

  return G_SOURCE_REMOVE;
}

static gint64
count_frames_of_a_second (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 n_before = gdk_frame_clock_get_frame_counter (clock);
  gboolean is_over = FALSE;

  g_timeout_add_seconds (1, on_second_cb, &is_over);
  FIXTURE_WAIT_UNTIL (is_over);

  return gdk_frame_clock_get_frame_counter (clock) - n_before;
}

static void
test_an_empty_desk_welcomes (Fixture       *fixture,
                             gconstpointer  user_data)
{
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Welcome to Certholder"));
  g_assert_cmpint (ch_account_get_state (ch_office_get_account (fixture->office)), ==, CH_ACCOUNT_NOT_SET_UP);
}

static void
test_the_lists_show_what_the_store_has (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Riverside Tower"));
  g_assert_cmpuint (count_shown (fixture), ==, 3);

  fixture_show_place (fixture, "subs");
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Keystone Electric LLC"));
  g_assert_cmpuint (count_shown (fixture), ==, 8);
  g_assert_true (fixture_shows_text (GTK_WIDGET (fixture->window), "Missing"));
  g_assert_true (fixture_shows_text (GTK_WIDGET (fixture->window), "Under review"));

  fixture_show_place (fixture, "certificates");
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Awaits review"));
  g_assert_cmpuint (count_shown (fixture), ==, 2);
}

static void
test_search_narrows_a_list (Fixture       *fixture,
                            gconstpointer  user_data)
{
  fixture_show_place (fixture, "subs");
  ch_page_set_search_text (ch_window_get_page (fixture->window), "KEYSTONE");
  g_assert_cmpuint (count_shown (fixture), ==, 1);
  ch_page_set_search_text (ch_window_get_page (fixture->window), "nobody at all");
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Nothing found"));
  ch_page_set_search_text (ch_window_get_page (fixture->window), "");
  g_assert_cmpuint (count_shown (fixture), ==, 8);
}

/* A window that nobody touches comes to rest, where a forgotten animation would draw for ever. */
static void
test_a_window_at_rest_draws_nothing (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  static const char * const names[] = { "projects", "subs", "certificates", "conflicts" };

  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Riverside Tower"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gint64 n_frames = G_MAXINT64;

      fixture_show_place (fixture, names[i]);
      for (int second = 0; second < 10 && n_frames > 2; second++)
        n_frames = count_frames_of_a_second (GTK_WIDGET (fixture->window));
      g_assert_cmpint (n_frames, <=, 2);
    }
}

static void
test_parts_of_a_list_are_counted_and_shown_alone (Fixture       *fixture,
                                                  gconstpointer  user_data)
{
  ChListPage *page;

  fixture_show_place (fixture, "certificates");
  page = CH_LIST_PAGE (ch_window_get_page (fixture->window));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (page), "To review"));
  g_assert_false (fixture_shows_text (GTK_WIDGET (page), "Without a sub"));
  ch_list_page_set_filter (page, 3);
  g_assert_cmpuint (count_shown (fixture), ==, 0);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (page), "Nothing found"));
  ch_list_page_set_filter (page, 1);
  g_assert_cmpuint (count_shown (fixture), ==, 2);

  fixture_show_place (fixture, "projects");
  page = CH_LIST_PAGE (ch_window_get_page (fixture->window));
  ch_list_page_set_filter (page, 1);
  g_assert_cmpuint (count_shown (fixture), ==, 3);
  ch_list_page_set_filter (page, 3);
  g_assert_cmpuint (count_shown (fixture), ==, 0);
  ch_list_page_set_filter (page, 0);
  g_assert_cmpuint (count_shown (fixture), ==, 3);
}

static void
test_pages_open_and_go_back (Fixture       *fixture,
                             gconstpointer  user_data)
{
  fixture_activate (fixture, "win.open-project", DESK_DATA_PROJECT);
  g_assert_cmpstr (ch_page_get_title (ch_window_get_page (fixture->window)), ==, "Riverside Tower");
  g_assert_cmpint (ch_page_get_drop_project (ch_window_get_page (fixture->window)), ==, DESK_DATA_PROJECT);
  fixture_activate (fixture, "win.open-sub", DESK_DATA_SUB);
  g_assert_cmpstr (ch_page_get_title (ch_window_get_page (fixture->window)), ==, "Keystone Electric LLC");
  g_assert_cmpint (ch_page_get_drop_vendor (ch_window_get_page (fixture->window)), ==, DESK_DATA_SUB);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  g_assert_cmpstr (ch_page_get_title (ch_window_get_page (fixture->window)), ==, "Riverside Tower");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  g_assert_cmpstr (ch_page_get_title (ch_window_get_page (fixture->window)), ==, "Projects");
}

static void
test_everything_has_a_name (Fixture       *fixture,
                            gconstpointer  user_data)
{
  guint n_checked = 0;

  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Riverside Tower"));
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  fixture_show_place (fixture, "subs");
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  fixture_show_place (fixture, "certificates");
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", NULL);
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  fixture_activate (fixture, "win.open-project", DESK_DATA_PROJECT);
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  fixture_activate (fixture, "win.open-sub", DESK_DATA_SUB);
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  fixture_activate (fixture, "win.open-certificate", 1);
  FIXTURE_WAIT_UNTIL (fixture_find_widget (GTK_WIDGET (fixture->window), CH_TYPE_CERTIFICATE_FORM) != NULL);
  n_checked += fixture_check_names (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (n_checked, >, 60);
}

static void
check_report (Fixture      *fixture,
              gint64        project_id,
              ChReportKind  kind,
              const char   *begins,
              const char   *holds)
{
  g_autofree char *path = g_build_filename (fixture->dir, "report", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_file_delete (file, NULL, NULL);
  ch_report_save_to (GTK_WIDGET (fixture->window), fixture->office, project_id, kind, file);
  FIXTURE_WAIT_UNTIL (g_file_query_exists (file, NULL));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "The report is saved"));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_str_has_prefix (contents, begins));
  g_assert_true (holds == NULL || strstr (contents, holds) != NULL);
}

static void
test_reports_are_saved (Fixture       *fixture,
                        gconstpointer  user_data)
{
  check_report (fixture, DESK_DATA_PROJECT, CH_REPORT_PDF, "%PDF-", NULL);
  check_report (fixture, 0, CH_REPORT_CSV, "", "Keystone Electric LLC");
}

static gboolean
is_certificate_of (Fixture    *fixture,
                   const char *file_name,
                   gint64      vendor_id)
{
  GListModel *model = ch_collection_get_model (ch_office_get_certificates (fixture->office));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(ChCertificateItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (ch_certificate_item_get_file_name (item), file_name)
          && ch_certificate_item_get_vendor_id (item) == vendor_id)
        return TRUE;
    }

  return FALSE;
}

static void
test_what_is_pasted_goes_to_the_sub_that_is_shown (Fixture       *fixture,
                                                   gconstpointer  user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autofree char *path = g_build_filename (g_getenv ("CERTHOLDER_BUILD_DIR"), "data", "samples",
                                            "northline-roofing.pdf", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GFile *list[] = { file };
  GdkFileList *files = gdk_file_list_new_from_array (list, 1);

  gdk_clipboard_set (clipboard, G_TYPE_STRING, "no file");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.paste-files", NULL);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window),
                                          "There is no file and no picture on the clipboard"));

  fixture_activate (fixture, "win.open-sub", DESK_DATA_SUB + 5);
  gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.paste-files", NULL);
  FIXTURE_WAIT_UNTIL (is_certificate_of (fixture, "northline-roofing.pdf", DESK_DATA_SUB + 5));
}

/* A point inside the widget, as the window sees it. */
static void
find_middle (Fixture   *fixture,
             GtkWidget *widget,
             double    *x,
             double    *y)
{
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (fixture->window),
                                                   gtk_widget_get_width (widget) / 2.0,
                                                   gtk_widget_get_height (widget) / 2.0, x, y));
}

static GtkWidget *
find_cell (GtkWidget  *widget,
           const char *text)
{
  if (CH_IS_TEXT_CELL (widget) && g_str_equal (ch_text_cell_get_text (CH_TEXT_CELL (widget)), text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_cell (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_pointed_at (Fixture    *fixture,
               const char *text,
               gint64      vendor_id,
               gint64      project_id)
{
  ChPage *page = ch_window_get_page (fixture->window);
  GtkWidget *cell = find_cell (GTK_WIDGET (page), text);
  gint64 vendor = 0, project = 0;
  double x, y;

  if (cell == NULL)
    return FALSE;
  find_middle (fixture, cell, &x, &y);
  ch_page_point_drop (page, GTK_WIDGET (fixture->window), x, y);
  ch_page_get_drop (page, &vendor, &project);

  return vendor == vendor_id && project == project_id;
}

static void
test_files_held_over_a_row_are_of_that_row (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  gint64 vendor_id, project_id;

  fixture_show_place (fixture, "subs");
  FIXTURE_WAIT_UNTIL (is_pointed_at (fixture, "Keystone Electric LLC", DESK_DATA_SUB, 0));
  ch_page_point_drop (ch_window_get_page (fixture->window), NULL, 0, 0);
  ch_page_get_drop (ch_window_get_page (fixture->window), &vendor_id, &project_id);
  g_assert_cmpint (vendor_id, ==, 0);

  fixture_show_place (fixture, "projects");
  FIXTURE_WAIT_UNTIL (is_pointed_at (fixture, "Riverside Tower", 0, DESK_DATA_PROJECT));
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/window/an-empty-desk-welcomes", fixture_set_up_empty, test_an_empty_desk_welcomes);
  FIXTURE_TEST ("/app/window/the-lists-show-what-the-store-has", fixture_set_up_filled,
                test_the_lists_show_what_the_store_has);
  FIXTURE_TEST ("/app/window/search-narrows-a-list", fixture_set_up_filled, test_search_narrows_a_list);
  FIXTURE_TEST ("/app/window/a-window-at-rest-draws-nothing", fixture_set_up_filled,
                test_a_window_at_rest_draws_nothing);
  FIXTURE_TEST ("/app/window/parts-of-a-list-are-counted-and-shown-alone", fixture_set_up_filled,
                test_parts_of_a_list_are_counted_and_shown_alone);
  FIXTURE_TEST ("/app/window/pages-open-and-go-back", fixture_set_up_filled, test_pages_open_and_go_back);
  FIXTURE_TEST ("/app/window/everything-has-a-name", fixture_set_up_filled, test_everything_has_a_name);
  FIXTURE_TEST ("/app/window/reports-are-saved", fixture_set_up_filled, test_reports_are_saved);
  FIXTURE_TEST ("/app/window/what-is-pasted-goes-to-the-sub-that-is-shown", fixture_set_up_filled,
                test_what_is_pasted_goes_to_the_sub_that_is_shown);
  FIXTURE_TEST ("/app/window/files-held-over-a-row-are-of-that-row", fixture_set_up_filled,
                test_files_held_over_a_row_are_of_that_row);

  return g_test_run ();
}
