#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-assign-dialog.h"
#include "ch-certificate-form.h"
#include "ch-letter-window.h"
#include "ch-preferences-window.h"
#include "ch-project-chooser.h"
#include "ch-reason-dialog.h"
#include "ch-set-editor.h"
#include "ch-setup-window.h"
#include "ch-store-directory.h"
#include "ch-store-shared.h"
#include "ch-sub-chooser.h"

/* Everything that the program can show, one after the other. A warning of GLib or GTK ends a test program, so that
 * what is walked through here is known to give none. */

#define NOW 1795442400000000    /* 2026-11-23T14:00:00Z */

/* Procore lists far fewer subs than before: a person is asked. */
static void
add_question (Fixture *fixture)
{
  g_autoptr(ChStore) store = NULL;
  g_autoptr(GError) error = NULL;

  store = ch_store_open (fixture->dir, NULL, &error);
  g_assert_no_error (error);
  ch_store_begin (store, "test", NOW, &error);
  g_assert_no_error (error);
  ch_store_put_conflict_of_scope (store, "vendors", CH_CONFLICT_REMOVAL, "30", "30", "2", &error);
  g_assert_no_error (error);
  ch_store_set_state (store, CH_STATE_REMOVAL "vendors", "asked 1001 1002", &error);
  g_assert_no_error (error);
  ch_store_commit (store, &error);
  g_assert_no_error (error);
  ch_store_close (store);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture_set_up_filled (fixture, user_data);
  desk_data_add_change (fixture->dir, DESK_DATA_SUB, "You have no permission to write here.");
  add_question (fixture);
}

static void
test_every_place_and_page (Fixture       *fixture,
                           gconstpointer  user_data)
{
  static const char * const names[] = { "projects", "subs", "certificates", "requirements", "conflicts", "procore" };
  GtkWidget *window = GTK_WIDGET (fixture->window);
  gboolean is_done;

  for (int scheme = 0; scheme < 2; scheme++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          scheme == 0 ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          fixture_show_place (fixture, names[i]);
          fixture_wait_for_frames (fixture);
          g_assert_cmpuint (fixture_check_names (window), >, 8);
        }
      fixture_show_place (fixture, "conflicts");
      FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "Procore lists far fewer subs"));
      fixture_check_names (window);
      fixture_activate (fixture, "win.open-project", DESK_DATA_PROJECT);
      fixture_check_names (window);
      fixture_activate (fixture, "win.open-sub", DESK_DATA_SUB);
      FIXTURE_WAIT_UNTIL (fixture_find_widget (window, ADW_TYPE_EXPANDER_ROW) != NULL);
      fixture_wait_for_frames (fixture);
      fixture_check_names (window);
      is_done = gtk_widget_activate_action (window, "win.open-asked", "(xx)", DESK_DATA_SUB, DESK_DATA_PROJECT);
      g_assert_true (is_done);
      FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "Certificate holder")
                          || fixture_shows_text (window, "Named insured"));
      fixture_check_names (window);
      fixture_activate (fixture, "win.open-certificate", 1);
      FIXTURE_WAIT_UNTIL (fixture_find_widget (window, CH_TYPE_CERTIFICATE_FORM) != NULL);
      fixture_check_names (window);
      gtk_widget_activate_action (window, "win.back", NULL);
      gtk_widget_activate_action (window, "win.back", NULL);
      fixture_wait_for_frames (fixture);
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static gboolean
on_while_cb (gpointer is_over)
{
  *(gboolean *)is_over = TRUE;

  return G_SOURCE_REMOVE;
}

/* What it asks the desk for arrives while it is open. */
static void
look_at (GtkWindow *dialog,
         guint      n_least)
{
  gboolean is_over = FALSE;

  gtk_window_present (dialog);
  g_timeout_add (300, on_while_cb, &is_over);
  FIXTURE_WAIT_UNTIL (is_over && gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  g_assert_cmpuint (fixture_check_names (GTK_WIDGET (dialog)), >=, n_least);
  gtk_window_destroy (dialog);
  is_over = FALSE;
  g_timeout_add (50, on_while_cb, &is_over);
  FIXTURE_WAIT_UNTIL (is_over);
}

static void
test_every_dialog (Fixture       *fixture,
                   gconstpointer  user_data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  g_autoptr(GPtrArray) projects = NULL;
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

  projects = ch_store_list_projects (ch_office_get_store (fixture->office), TRUE, NULL);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (window), "Riverside Tower"));
  look_at (ch_preferences_window_new (window, fixture->office), 4);
  look_at (ch_setup_window_new (GTK_WIDGET (window), fixture->office), 3);
  look_at (ch_assign_dialog_new (GTK_WIDGET (window), fixture->office, 0), 4);
  look_at (ch_set_editor_new (GTK_WIDGET (window), fixture->office, NULL), 12);
  look_at (ch_project_chooser_new (window, projects, none), 4);
  look_at (GTK_WINDOW (ch_sub_chooser_new (fixture->office, 1)), 3);
  look_at (ch_reason_dialog_new (window, "Reject?", "Say why.", "_Reject"), 2);
  look_at (ch_letter_window_open_for_sub (window, fixture->office, DESK_DATA_SUB), 5);
  /* not the shortcuts, at whose keycaps GTK 4.8 itself warns of a label's width */
}

static void
test_a_question_about_what_is_gone_is_answered (Fixture       *fixture,
                                                gconstpointer  user_data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GListModel *conflicts = ch_collection_get_model (ch_office_get_conflicts (fixture->office));
  GtkWidget *button;

  fixture_show_place (fixture, "conflicts");
  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "It lists 2; 30 were known here. Nothing was taken away yet."));
  button = fixture_find_button (window, "Keep them");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  FIXTURE_WAIT_UNTIL (g_list_model_get_n_items (conflicts) == 0);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (window, "No conflicts"));
}

/* The keyboard gets everywhere, and out again. */
static void
test_the_focus_goes_round (Fixture       *fixture,
                           gconstpointer  user_data)
{
  static const char * const names[] = { "projects", "subs", "certificates", "requirements", "conflicts", "procore" };
  GtkWidget *window = GTK_WIDGET (fixture->window);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
      guint n_steps = 0;

      fixture_show_place (fixture, names[i]);
      fixture_wait_for_frames (fixture);
      for (; n_steps < 120; n_steps++)
        {
          GtkWidget *focus;

          gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
          focus = gtk_window_get_focus (GTK_WINDOW (window));
          if (focus != NULL && !g_hash_table_add (seen, focus))
            break;
        }
      g_test_message ("%s: %u stops", names[i], g_hash_table_size (seen));
      g_assert_cmpuint (n_steps, <, 120);
      g_assert_cmpuint (g_hash_table_size (seen), >=, 5);
    }
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/walk/every-place-and-page", set_up, test_every_place_and_page);
  FIXTURE_TEST ("/app/walk/every-dialog", set_up, test_every_dialog);
  FIXTURE_TEST ("/app/walk/a-question-about-what-is-gone-is-answered", set_up,
                test_a_question_about_what_is_gone_is_answered);
  FIXTURE_TEST ("/app/walk/the-focus-goes-round", set_up, test_the_focus_goes_round);

  return g_test_run ();
}
