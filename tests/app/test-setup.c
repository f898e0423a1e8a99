#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-desk-page.h"
#include "ch-setup-window.h"
#include "ch-store-requirements.h"

static void
on_destroyed_cb (gpointer  is_gone,
                 GObject  *window)
{
  *(gboolean *)is_gone = TRUE;
}

/* (nullable): what every sub is asked */
static char *
dup_company_set (Fixture *fixture)
{
  g_autoptr(GPtrArray) sets = ch_store_list_requirement_sets (ch_office_get_store (fixture->office), NULL);

  for (guint i = 0; i < sets->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (sets, i);

      for (guint p = 0; p < set->assignments->len; p++)
        {
          if (((const ChRequirementAssignment *)g_ptr_array_index (set->assignments, p))->scope == CH_SCOPE_COMPANY)
            return g_strdup (set->name);
        }
    }

  return NULL;
}

static gboolean
is_asked (Fixture    *fixture,
          const char *name)
{
  g_autofree char *asked = dup_company_set (fixture);

  return g_strcmp0 (asked, name) == 0;
}

static GtkWindow *
open_assistant (Fixture  *fixture,
                gboolean *is_gone)
{
  GtkWindow *setup = ch_setup_window_new (GTK_WIDGET (fixture->window), fixture->office);

  g_object_weak_ref (G_OBJECT (setup), on_destroyed_cb, is_gone);
  gtk_window_present (setup);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (setup), "Step 1 of 5"));

  return setup;
}

static void
go (GtkWindow  *setup,
    const char *action)
{
  gboolean is_done = gtk_widget_activate_action (GTK_WIDGET (setup), action, NULL);

  g_assert_true (is_done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A step, and whether a screen reader can tell all of it. */
static void
go_on (GtkWindow *setup)
{
  go (setup, "setup.next");
  fixture_check_names (GTK_WIDGET (setup));
}

static void
test_a_new_desk_is_set_up_without_procore (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  gboolean is_gone = FALSE;
  GtkWindow *setup = open_assistant (fixture, &is_gone);

  fixture_check_names (GTK_WIDGET (setup));
  g_assert_nonnull (fixture_find_button (GTK_WIDGET (setup), "_Later"));
  go_on (setup);
  /* nobody is signed in whose permissions could be looked at */
  g_assert_true (fixture_shows_text (GTK_WIDGET (setup), "Step 3 of 5"));
  g_assert_true (fixture_shows_text (GTK_WIDGET (setup), "Standard subcontract"));
  go (setup, "setup.back");
  g_assert_true (fixture_shows_text (GTK_WIDGET (setup), "Step 1 of 5"));
  go_on (setup);
  g_assert_true (is_asked (fixture, NULL));
  go_on (setup);
  FIXTURE_WAIT_UNTIL (is_asked (fixture, "Standard subcontract"));
  g_assert_nonnull (fixture_find_widget (GTK_WIDGET (setup), CH_TYPE_DESK_PAGE));
  go_on (setup);
  g_assert_true (fixture_shows_text (GTK_WIDGET (setup), "Your desk is ready"));
  go (setup, "setup.next");
  FIXTURE_WAIT_UNTIL (is_gone);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "No projects yet"));
}

static void
test_what_is_asked_already_is_left (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  gboolean is_gone = FALSE;
  GtkWindow *setup = open_assistant (fixture, &is_gone);
  g_autoptr(ChStoredRequirementSet) set = NULL;

  go_on (setup);
  g_assert_true (fixture_shows_text (GTK_WIDGET (setup), "Leave it at “Standard subcontract”"));
  go_on (setup);
  go_on (setup);
  go (setup, "setup.next");
  FIXTURE_WAIT_UNTIL (is_gone);
  set = ch_store_find_requirement_set (ch_office_get_store (fixture->office), "Standard subcontract", NULL);
  g_assert_cmpint (set->version, ==, 1);
  g_assert_true (is_asked (fixture, "Standard subcontract"));
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/setup/a-new-desk-is-set-up-without-procore", fixture_set_up_empty,
                test_a_new_desk_is_set_up_without_procore);
  FIXTURE_TEST ("/app/setup/what-is-asked-already-is-left", fixture_set_up_filled, test_what_is_asked_already_is_left);

  return g_test_run ();
}
