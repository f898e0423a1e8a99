#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-letter-window.h"
#include "ch-store-certificates.h"
#include "ch-store-events.h"
#include "ch-store-waivers.h"
#include "ch-waiver-dialog.h"

static ChReviewState
get_review (Fixture *fixture,
            gint64   id)
{
  g_autoptr(ChFiledCertificate) filed = ch_store_get_certificate (ch_office_get_store (fixture->office), id, NULL);

  return filed->review;
}

static void
test_a_sub_shows_what_is_asked_and_what_is_held (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  GtkWidget *page;

  fixture_activate (fixture, "win.open-sub", DESK_DATA_SUB);
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Riverside Tower"));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Certificate received: blue-heron-electric.pdf"));
  g_assert_true (fixture_shows_text (page, "blue-heron-electric.pdf"));
  g_assert_true (fixture_shows_text (page, "Recorded in Procore by others"));
  /* nothing is approved yet: a policy that nobody confirmed is not held out as one */
  g_assert_false (fixture_shows_text (page, "Policies on file"));

  fixture_activate (fixture, "win.open-certificate", 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ch_window_get_page (fixture->window)), "page.approve", NULL));
  FIXTURE_WAIT_UNTIL (get_review (fixture, 1) == CH_REVIEW_APPROVED);
  FIXTURE_WAIT_UNTIL (gtk_widget_get_visible (page));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  FIXTURE_WAIT_UNTIL (GTK_WIDGET (ch_window_get_page (fixture->window)) == page && fixture_shows_text (page, "Policies on file"));
  g_assert_true (fixture_shows_text (page, "Workers’ compensation"));
}

static void
test_a_letter_can_be_taken_along (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  GtkWindow *letter = ch_letter_window_open_for_sub (GTK_WINDOW (fixture->window), fixture->office, DESK_DATA_SUB + 3);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr(GPtrArray) events = NULL;

  FIXTURE_WAIT_UNTIL (fixture_find_widget (GTK_WIDGET (letter), GTK_TYPE_TEXT_VIEW) != NULL);
  fixture_check_names (GTK_WIDGET (letter));
  g_object_add_weak_pointer (G_OBJECT (letter), (gpointer *)&letter);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (letter), "letter.copy", NULL));
  g_assert_true (gdk_clipboard_is_local (clipboard));
  FIXTURE_WAIT_UNTIL (letter == NULL);

  FIXTURE_WAIT_UNTIL ((events = ch_store_list_latest_events (ch_office_get_store (fixture->office), DESK_DATA_SUB + 3, 1, NULL)) != NULL
              && events->len == 1
              && g_str_equal (((ChEvent *)g_ptr_array_index (events, 0))->what, "correction.requested"));
}

static guint
count_waivers (Fixture  *fixture,
               gboolean  ended)
{
  g_autoptr(GPtrArray) waivers = ch_store_list_waivers (ch_office_get_store (fixture->office), DESK_DATA_SUB, 0, NULL);
  guint n_found = 0;

  for (guint i = 0; i < waivers->len; i++)
    n_found += (((ChStoredWaiver *)g_ptr_array_index (waivers, i))->ended_at != 0) == ended;

  return n_found;
}

/* The window that is over the others. */
static GtkWindow *
find_dialog (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

static void
test_an_exception_is_given_and_taken_back (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  GtkWidget *page, *dialog, *why;
  GVariant *target = g_variant_new ("(xxs)", (gint64)DESK_DATA_SUB, (gint64)DESK_DATA_PROJECT,
                                    "general_liability.present");

  fixture_activate (fixture, "win.open-sub", DESK_DATA_SUB);
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Certificate received: blue-heron-electric.pdf"));
  g_assert_true (gtk_widget_activate_action_variant (page, "page.waive-finding", target));
  FIXTURE_WAIT_UNTIL (find_dialog (CH_TYPE_WAIVER_DIALOG) != NULL);
  dialog = GTK_WIDGET (find_dialog (CH_TYPE_WAIVER_DIALOG));
  fixture_check_names (dialog);
  g_assert_true (fixture_shows_text (dialog, "General liability: on file"));

  /* without a reason nothing is recorded */
  g_assert_true (gtk_widget_activate_action (dialog, "waiver.record", NULL));
  fixture_wait_for_frames (fixture);
  g_assert_cmpuint (count_waivers (fixture, FALSE), ==, 0);
  why = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (GTK_IS_EDITABLE (why));
  gtk_editable_set_text (GTK_EDITABLE (why), "comes next week");
  g_assert_true (gtk_widget_activate_action (dialog, "waiver.record", NULL));
  FIXTURE_WAIT_UNTIL (count_waivers (fixture, FALSE) == 1);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Holds"));
  FIXTURE_WAIT_UNTIL (ch_undo_can (ch_window_get_undo (fixture->window)));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo-last", NULL));
  FIXTURE_WAIT_UNTIL (count_waivers (fixture, TRUE) == 1);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Taken back"));
  g_assert_false (ch_undo_can (ch_window_get_undo (fixture->window)));
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/sub/shows-what-is-asked-and-what-is-held", fixture_set_up_filled,
                test_a_sub_shows_what_is_asked_and_what_is_held);
  FIXTURE_TEST ("/app/sub/a-letter-can-be-taken-along", fixture_set_up_filled, test_a_letter_can_be_taken_along);
  FIXTURE_TEST ("/app/sub/an-exception-is-given-and-taken-back", fixture_set_up_filled,
                test_an_exception_is_given_and_taken_back);

  return g_test_run ();
}
