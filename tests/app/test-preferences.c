#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-preferences-window.h"
#include "ch-publishing-page.h"
#include "ch-requirements-page.h"
#include "ch-store-requirements.h"

static gboolean
has_company_set (Fixture *fixture)
{
  g_autoptr(GPtrArray) sets = ch_store_list_requirement_sets (ch_office_get_store (fixture->office), NULL);

  for (guint i = 0; i < sets->len; i++)
    {
      if (((ChStoredRequirementSet *)g_ptr_array_index (sets, i))->assignments->len > 0)
        return TRUE;
    }

  return FALSE;
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
test_preferences_change_what_is_asked (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  GtkWindow *preferences = ch_preferences_window_new (GTK_WINDOW (fixture->window), fixture->office);
  gboolean is_gone = FALSE;
  GtkWidget *page;
  GtkWidget *choice;

  g_object_weak_ref (G_OBJECT (preferences), on_destroyed_cb, &is_gone);
  gtk_window_present (preferences);
  fixture_check_names (GTK_WIDGET (preferences));
  page = show_preferences_page (preferences, "publishing", CH_TYPE_PUBLISHING_PAGE);
  g_assert_nonnull (page);
  fixture_check_names (GTK_WIDGET (preferences));
  page = show_preferences_page (preferences, "requirements", CH_TYPE_REQUIREMENTS_PAGE);
  fixture_check_names (GTK_WIDGET (preferences));

  g_assert_true (has_company_set (fixture));
  choice = fixture_find_widget (page, ADW_TYPE_COMBO_ROW);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (choice)), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (choice), 0);
  FIXTURE_WAIT_UNTIL (!has_company_set (fixture));

  gtk_window_destroy (preferences);
  FIXTURE_WAIT_UNTIL (is_gone);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/preferences/change-what-is-asked", fixture_set_up_filled, test_preferences_change_what_is_asked);

  return g_test_run ();
}
