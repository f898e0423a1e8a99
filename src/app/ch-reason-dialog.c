#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-reason-dialog.h"

#include "ch-entry-name.h"

struct _ChReasonDialog
{
  AdwMessageDialog  parent_instance;

  GtkWidget        *why_row;
};

enum {
  GIVEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChReasonDialog, ch_reason_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
dup_why (ChReasonDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->why_row))));
}

static void
on_changed_cb (GtkEditable    *editable,
               ChReasonDialog *self)
{
  g_autofree char *why = dup_why (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "act", *why != '\0');
}

static void
ch_reason_dialog_response (AdwMessageDialog *dialog,
                           const char       *response)
{
  ChReasonDialog *self = (ChReasonDialog *)dialog;

  if (g_str_equal (response, "act"))
    {
      g_autofree char *why = dup_why (self);

      g_signal_emit (self, signals[GIVEN], 0, why);
    }
}

static void
ch_reason_dialog_class_init (ChReasonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_MESSAGE_DIALOG_CLASS (klass)->response = ch_reason_dialog_response;

  signals[GIVEN] = g_signal_new ("given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-reason-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChReasonDialog, why_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
ch_reason_dialog_init (ChReasonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ch_entry_set_name (self->why_row, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->why_row)));
}

/**
 * ch_reason_dialog_new:
 * @parent: (nullable): the window that asks
 * @heading: what is to be done, as a question
 * @body: what the reason is for
 * @label: of the button that does it, with a mnemonic
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
ch_reason_dialog_new (GtkWindow  *parent,
                      const char *heading,
                      const char *body,
                      const char *label)
{
  AdwMessageDialog *self = g_object_new (CH_TYPE_REASON_DIALOG, "transient-for", parent, "modal", TRUE, "heading",
                                         heading, "body", body, NULL);

  adw_message_dialog_set_response_label (self, "act", label);

  return GTK_WINDOW (self);
}
