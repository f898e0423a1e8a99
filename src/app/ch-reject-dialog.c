#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-reject-dialog.h"

#include "ch-entry-name.h"

struct _ChRejectDialog
{
  AdwMessageDialog  parent_instance;

  GtkWidget        *why_row;
};

enum {
  REJECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChRejectDialog, ch_reject_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
dup_why (ChRejectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->why_row))));
}

static void
on_changed_cb (GtkEditable    *editable,
               ChRejectDialog *self)
{
  g_autofree char *why = dup_why (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "reject", *why != '\0');
}

static void
ch_reject_dialog_response (AdwMessageDialog *dialog,
                           const char       *response)
{
  ChRejectDialog *self = (ChRejectDialog *)dialog;

  if (g_str_equal (response, "reject"))
    {
      g_autofree char *why = dup_why (self);

      g_signal_emit (self, signals[REJECTED], 0, why);
    }
}

static void
ch_reject_dialog_class_init (ChRejectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_MESSAGE_DIALOG_CLASS (klass)->response = ch_reject_dialog_response;

  signals[REJECTED] = g_signal_new ("rejected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-reject-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChRejectDialog, why_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
ch_reject_dialog_init (ChRejectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ch_entry_set_name (self->why_row, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->why_row)));
}

/**
 * ch_reject_dialog_new:
 * @parent: (nullable): the window that asks
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
ch_reject_dialog_new (GtkWindow *parent)
{
  return g_object_new (CH_TYPE_REJECT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
}
