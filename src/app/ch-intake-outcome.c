#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-intake-outcome.h"

#include "ch-file-kind.h"

#include <glib/gi18n-lib.h>

/**
 * ch_intake_chooser_new:
 * @parent: (nullable): the window that asks
 *
 * Returns: (transfer full): a chooser of what can be read, PDFs and pictures, to be shown
 */
GtkFileChooserNative *
ch_intake_chooser_new (GtkWindow *parent)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Add certificates"), parent,
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  int kind;

  gtk_file_filter_set_name (filter, _("PDFs, scans and photos"));
  for (kind = CH_FILE_KIND_PDF; kind <= CH_FILE_KIND_HEIC; kind++)
    {
      if (ch_file_kind_can_be_read (kind))
        gtk_file_filter_add_mime_type (filter, ch_file_kind_get_mime_type (kind));
    }
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);

  return chooser;
}

/**
 * ch_intake_outcome_dup_toast:
 * @intake: an intake that has finished
 *
 * Returns: (transfer full) (nullable): what to tell, with what can be done about it
 */
AdwToast *
ch_intake_outcome_dup_toast (ChIntake *intake)
{
  guint n_filed = ch_intake_get_n_filed (intake);
  guint n_problems = ch_intake_get_problems (intake)->len;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (n_problems > 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file could not be read", "%u files could not be read",
                                         n_problems), n_problems);
  else if (n_filed > 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u certificate on file", "%u certificates on file", n_filed),
                            n_filed);
  else
    return NULL;

  toast = adw_toast_new (text);
  if (n_problems > 0)
    {
      adw_toast_set_button_label (toast, _("_Details"));
      adw_toast_set_action_name (toast, "win.show-problems");
      adw_toast_set_timeout (toast, 0);
    }
  else
    {
      adw_toast_set_button_label (toast, _("_Review"));
      adw_toast_set_action_name (toast, "win.open-certificate");
      adw_toast_set_action_target_value (toast, g_variant_new_int64 (ch_intake_get_last_certificate (intake)));
    }

  return toast;
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
