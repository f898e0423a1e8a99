#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-intake-bar.h"

#include <glib/gi18n-lib.h>

struct _ChIntakeBar
{
  AdwBin     parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *progress;

  ChIntake  *intake;
};

G_DEFINE_FINAL_TYPE (ChIntakeBar, ch_intake_bar, ADW_TYPE_BIN)

static void
update (ChIntakeBar *self)
{
  guint n_done = ch_intake_get_n_done (self->intake);
  guint n_total = ch_intake_get_n_total (self->intake);
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), ch_intake_is_running (self->intake));
  if (n_total == 0)
    return;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Reading %u of %u file", "Reading %u of %u files", n_total),
                          MIN (n_done + 1, n_total), n_total);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), n_done / (double)n_total);
}

static void
ch_intake_bar_dispose (GObject *object)
{
  ChIntakeBar *self = (ChIntakeBar *)object;

  if (self->intake != NULL)
    g_signal_handlers_disconnect_by_data (self->intake, self);
  g_clear_object (&self->intake);

  G_OBJECT_CLASS (ch_intake_bar_parent_class)->dispose (object);
}

static void
ch_intake_bar_class_init (ChIntakeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_intake_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-intake-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ChIntakeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, ChIntakeBar, label);
  gtk_widget_class_bind_template_child (widget_class, ChIntakeBar, progress);
}

static void
ch_intake_bar_init (ChIntakeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ch_intake_bar_set_intake (ChIntakeBar *self,
                          ChIntake    *intake)
{
  g_return_if_fail (CH_IS_INTAKE_BAR (self));
  g_return_if_fail (self->intake == NULL);

  self->intake = g_object_ref (intake);
  g_signal_connect_swapped (intake, "progress", G_CALLBACK (update), self);
  g_signal_connect_swapped (intake, "finished", G_CALLBACK (update), self);
}

static GtkWidget *
make_problem_row (const ChIntakeProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = problem->is_filed
                            ? g_strdup_printf (_("%s. It is on file: enter its values by hand."), problem->why)
                            : g_strdup (problem->why);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->file_name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

/**
 * ch_intake_problems_dialog_new:
 * @parent: (nullable): the window that asks
 * @intake: whose problems are told
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
ch_intake_problems_dialog_new (GtkWindow *parent,
                               ChIntake  *intake)
{
  GPtrArray *problems = ch_intake_get_problems (intake);
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog),
                                     g_dngettext (GETTEXT_PACKAGE, "%u file could not be read",
                                                  "%u files could not be read", problems->len), problems->len);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < problems->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_problem_row (g_ptr_array_index (problems, i)));

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_widget_set_size_request (scroller, 420, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scroller);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));

  return GTK_WINDOW (dialog);
}
