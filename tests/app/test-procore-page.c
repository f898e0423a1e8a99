#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-store-shared.h"

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture_set_up_filled (fixture, user_data);
  desk_data_add_change (fixture->dir, DESK_DATA_SUB, "You have no permission to write here.");
  desk_data_add_change (fixture->dir, DESK_DATA_SUB + 1, NULL);
}

static guint
count_in_state (Fixture       *fixture,
                ChOutboxState  state)
{
  g_autoptr(GPtrArray) rows = ch_store_outbox_list (ch_office_get_store (fixture->office), NULL);
  guint n_rows = 0;

  for (guint i = 0; i < rows->len; i++)
    n_rows += ((const ChOutboxRow *)g_ptr_array_index (rows, i))->state == state;

  return n_rows;
}

static void
test_what_was_refused_is_told_and_tried_again (Fixture       *fixture,
                                               gconstpointer  user_data)
{
  GtkWidget *page;
  GtkWidget *button;

  fixture_show_place (fixture, "procore");
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "You have no permission to write here."));
  g_assert_cmpuint (count_in_state (fixture, CH_OUTBOX_PARKED), ==, 1);

  button = fixture_find_button (page, "_Try again");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  FIXTURE_WAIT_UNTIL (count_in_state (fixture, CH_OUTBOX_PARKED) == 0);
  FIXTURE_WAIT_UNTIL (!fixture_shows_text (page, "You have no permission to write here."));
}

static void
test_what_waits_is_shown (Fixture       *fixture,
                          gconstpointer  user_data)
{
  GtkWidget *page;

  fixture_show_place (fixture, "procore");
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Waits for its turn"));
  g_assert_cmpuint (fixture_check_names (page), >, 0);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  FIXTURE_TEST ("/app/procore-page/what-was-refused-is-told-and-tried-again", set_up,
                test_what_was_refused_is_told_and_tried_again);
  FIXTURE_TEST ("/app/procore-page/what-waits-is-shown", set_up, test_what_waits_is_shown);

  return g_test_run ();
}
