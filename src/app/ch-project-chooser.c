#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-project-chooser.h"

#include <glib/gi18n-lib.h>

struct _ChProjectChooser
{
  AdwWindow            parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget           *choose_button;
  GtkWidget           *every_check;
  GPtrArray           *checks;        /* (element-type GtkCheckButton) (unowned): one for each project */
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChProjectChooser, ch_project_chooser, ADW_TYPE_WINDOW)

static gboolean
is_every (ChProjectChooser *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->every_check));
}

static void
update (ChProjectChooser *self)
{
  gboolean has_one = is_every (self);

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (self->checks, i);

      gtk_widget_set_sensitive (gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW), !is_every (self));
      has_one = has_one || gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "projects.choose", has_one);
}

static void
choose (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  ChProjectChooser *self = (ChProjectChooser *)widget;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->checks->len && !is_every (self); i++)
    {
      GObject *check = g_ptr_array_index (self->checks, i);

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_array_append_vals (ids, g_object_get_data (check, "ch-id"), 1);
    }
  g_signal_emit (self, signals[CHOSEN], 0, ids);
  gtk_window_close (GTK_WINDOW (self));
}

static void
ch_project_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (((ChProjectChooser *)object)->checks);

  G_OBJECT_CLASS (ch_project_chooser_parent_class)->finalize (object);
}

static void
ch_project_chooser_class_init (ChProjectChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ch_project_chooser_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ARRAY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-project-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, ChProjectChooser, group);
  gtk_widget_class_bind_template_child (widget_class, ChProjectChooser, choose_button);
  gtk_widget_class_install_action (widget_class, "projects.choose", NULL, choose);
}

static void
ch_project_chooser_init (ChProjectChooser *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->choose_button);
}

static GtkWidget *
add_check (ChProjectChooser *self,
           const char       *title,
           gboolean          is_active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (update), self);
  adw_preferences_group_add (self->group, row);

  return check;
}

static gboolean
holds (GArray *ids,
       gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_project_chooser_new:
 * @parent: (nullable): the window that asks
 * @projects: (element-type ChProject): the choices
 * @chosen: (element-type gint64): chosen at first, empty for every project
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
ch_project_chooser_new (GtkWindow *parent,
                        GPtrArray *projects,
                        GArray    *chosen)
{
  ChProjectChooser *self = g_object_new (CH_TYPE_PROJECT_CHOOSER, "transient-for", parent, NULL);

  self->every_check = add_check (self, _("Every project of the sub"), chosen->len == 0);
  for (guint i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      GtkWidget *check = add_check (self, project->name != NULL ? project->name : "", holds (chosen, project->id));

      g_object_set_data_full (G_OBJECT (check), "ch-id", g_memdup2 (&project->id, sizeof project->id), g_free);
      g_ptr_array_add (self->checks, check);
    }
  update (self);

  return GTK_WINDOW (self);
}
