#include "config.h"

#include "window-fixture.h"

#include "desk-data.h"

#include "ch-app-resources.h"
#include "ch-text-cell.h"

gboolean
fixture_on_timeout_cb (gpointer user_data)
{
  g_error ("waited %d s for %s", FIXTURE_WAIT_SECONDS, (const char *)user_data);
  return G_SOURCE_REMOVE;
}

/* GTK 4.8 moves a focus that went out of sight with the next frame, and forgets to let go of the widget that had it
 * where that one is taken away before. */
void
fixture_wait_for_frames (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gint64 n_before = gdk_frame_clock_get_frame_counter (clock);

  while (gdk_frame_clock_get_frame_counter (clock) < n_before + 2)
    {
      gtk_widget_queue_draw (GTK_WIDGET (fixture->window));
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
open_window (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->office = ch_office_new (fixture->dir, &error);
  g_assert_no_error (error);
  ch_account_start (ch_office_get_account (fixture->office));
  fixture->window = ch_window_new (NULL, fixture->office);
  gtk_window_present (GTK_WINDOW (fixture->window));
  FIXTURE_WAIT_UNTIL (ch_collection_get_state (ch_office_get_projects (fixture->office)) == CH_COLLECTION_READY
                      && ch_collection_get_state (ch_office_get_subs (fixture->office)) == CH_COLLECTION_READY
                      && ch_collection_get_state (ch_office_get_certificates (fixture->office)) == CH_COLLECTION_READY);
}

void
fixture_set_up_empty (Fixture       *fixture,
                      gconstpointer  user_data)
{
  fixture->dir = g_dir_make_tmp ("app-XXXXXX", NULL);
  open_window (fixture);
}

void
fixture_set_up_filled (Fixture       *fixture,
                       gconstpointer  user_data)
{
  fixture->dir = g_dir_make_tmp ("app-XXXXXX", NULL);
  desk_data_fill (fixture->dir, 3, 8, 0);
  desk_data_add_certificate (fixture->dir, "blue-heron-electric", DESK_DATA_SUB);
  desk_data_add_certificate (fixture->dir, "delgado-steel", DESK_DATA_SUB + 1);
  open_window (fixture);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  fixture_wait_for_frames (fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ch_office_close (fixture->office);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->office);
  desk_data_remove (fixture->dir);
  g_free (fixture->dir);
}

/* The first widget of this type below @widget that is on the screen. */
GtkWidget *
fixture_find_widget (GtkWidget *widget,
                     GType      type)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fixture_find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
fixture_find_button (GtkWidget  *widget,
                     const char *label)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fixture_find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

gboolean
fixture_shows_text (GtkWidget  *widget,
                    const char *text)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  if (CH_IS_TEXT_CELL (widget) && (g_strcmp0 (ch_text_cell_get_text (CH_TEXT_CELL (widget)), text) == 0
                                   || g_strcmp0 (ch_text_cell_get_detail (CH_TEXT_CELL (widget)), text) == 0))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (fixture_shows_text (child, text))
        return TRUE;
    }

  return FALSE;
}

void
fixture_activate (Fixture    *fixture,
                  const char *action,
                  gint64      id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, "x", id));
  fixture_wait_for_frames (fixture);
}

void
fixture_show_place (Fixture    *fixture,
                    const char *place)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-place", "s", place));
}

/* What a screen reader can say of a widget: its own label, what labels it, or the text inside it. */
static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return TRUE;
  /* the name of a menu's button is the button's around it */
  if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
    return has_name (gtk_widget_get_parent (widget));
  /* a button is labelled by its child, also where that is a picture that says nothing */
  if (!GTK_IS_BUTTON (widget)
      && gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  /* libadwaita's own, which it describes by a tooltip alone */
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_PASSWORD_ENTRY_ROW) != NULL)
    return gtk_widget_get_tooltip_text (widget) != NULL;
  if (ADW_IS_PREFERENCES_ROW (widget))
    return *adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)) != '\0';
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return TRUE;

  return !GTK_IS_EDITABLE (widget) && (fixture_find_widget (widget, GTK_TYPE_LABEL) != NULL
                                       || fixture_find_widget (widget, CH_TYPE_TEXT_CELL) != NULL);
}

/* Places through which the focus only passes on its way to what they hold. */
static gboolean
is_container (GtkWidget *widget)
{
  return GTK_IS_SCROLLED_WINDOW (widget)
         || gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_PRESENTATION;
}

guint
fixture_check_names (GtkWidget *widget)
{
  guint n_checked = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (gtk_widget_get_focusable (widget) && gtk_widget_get_sensitive (widget) && !is_container (widget))
    {
      if (!has_name (widget))
        {
          GtkWidget *parent = gtk_widget_get_parent (widget);

          g_error ("%s in %s has no name that a screen reader could say", G_OBJECT_TYPE_NAME (widget),
                   parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "nothing");
        }
      n_checked++;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_checked += fixture_check_names (child);

  return n_checked;
}

/**
 * fixture_init:
 * @argc: of main()
 * @argv: of main()
 *
 * What each test of the window begins with.
 */
void
fixture_init (int    *argc,
              char ***argv)
{
  /* Not isolated: GTK's own schemas and icons stand in the system's data folders. Each test has its own data folder. */
  g_test_init (argc, argv, NULL);
  g_resources_register (ch_app_get_resource ());
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/certholder/Certholder/icons");
}
