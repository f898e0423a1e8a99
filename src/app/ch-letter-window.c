#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-letter-window.h"

#include "ch-correction-request.h"
#include "ch-entry-name.h"

#include <glib/gi18n-lib.h>

struct _ChLetterWindow
{
  AdwWindow             parent_instance;

  AdwToastOverlay      *toast_overlay;
  GtkWidget            *stack;
  AdwStatusPage        *nothing_page;
  GtkWidget            *mail_button;
  GtkWidget            *to_row;
  GtkWidget            *cc_row;
  GtkWidget            *subject_row;
  GtkWidget            *body_view;

  ChOffice             *office;
  GtkWindow            *parent;           /* (nullable) (unowned): weak; tells what became of the letter */
  gint64                certificate_id;   /* 0: about the sub as a whole */
  gint64                vendor_id;        /* 0: the certificate's */
  ChCorrectionRequest  *draft;            /* (nullable): as the desk drafted it */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (ChLetterWindow, ch_letter_window, ADW_TYPE_WINDOW)

typedef struct {
  gint64               certificate_id;
  gint64               vendor_id;
  ChCorrectionRequest *request;         /* (nullable): to be noted; else one is drafted */
} LetterOp;

static void
letter_op_free (gpointer data)
{
  LetterOp *op = data;

  g_clear_pointer (&op->request, ch_correction_request_free);
  g_free (op);
}

static gpointer
draft_in_worker (ChDesk        *desk,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const LetterOp *op = data;

  return op->certificate_id != 0 ? ch_desk_draft_correction (desk, op->certificate_id, error)
                                 : ch_desk_draft_request_to_sub (desk, op->vendor_id, 0, error);
}

/* The answer is nothing; whether it went well is in the error. */
static gpointer
note_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const LetterOp *op = data;

  ch_desk_note_request (desk, op->certificate_id, op->vendor_id, op->request, error);

  return NULL;
}

static char *
join (GPtrArray *addresses)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (addresses, i));

  return g_strdup (text->str);
}

static GPtrArray *
split (const char *text)
{
  g_auto(GStrv) parts = g_strsplit_set (text, ",; ", -1);
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0')
        g_ptr_array_add (addresses, g_strdup (parts[i]));
    }

  return addresses;
}

/* The letter as the person left it. */
static ChCorrectionRequest *
dup_letter (ChLetterWindow *self)
{
  ChCorrectionRequest *letter = g_new0 (ChCorrectionRequest, 1);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body_view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  letter->to = split (gtk_editable_get_text (GTK_EDITABLE (self->to_row)));
  letter->cc = split (gtk_editable_get_text (GTK_EDITABLE (self->cc_row)));
  letter->subject = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject_row)));
  letter->body = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  letter->findings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->draft->findings->len; i++)
    g_ptr_array_add (letter->findings, g_strdup (g_ptr_array_index (self->draft->findings, i)));

  return letter;
}

static void
tell (ChLetterWindow *self,
      const char     *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

static void
show_draft (ChLetterWindow *self)
{
  g_autofree char *to = join (self->draft->to);
  g_autofree char *cc = join (self->draft->cc);

  gtk_editable_set_text (GTK_EDITABLE (self->to_row), to);
  gtk_editable_set_text (GTK_EDITABLE (self->cc_row), cc);
  gtk_editable_set_text (GTK_EDITABLE (self->subject_row), self->draft->subject);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body_view)), self->draft->body, -1);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "letter");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "letter.open", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "letter.copy", TRUE);
  gtk_widget_grab_focus (*to == '\0' ? self->to_row : self->mail_button);
  if (*to == '\0')
    tell (self, _("No e-mail address is known: enter one, or copy the letter."));
}

static void
on_drafted_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChLetterWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  ChCorrectionRequest *draft = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&draft, ch_correction_request_free);
      return;
    }
  if (draft == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->nothing_page, escaped);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
      return;
    }

  self->draft = draft;
  show_draft (self);
}

static void
on_noted_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(ChLetterWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  if (error != NULL && self->parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->parent), "win.tell", "s", error->message);
}

/* The history says that a person has taken the letter; whether it was sent, nobody here can know. */
static void
note (ChLetterWindow      *self,
      ChCorrectionRequest *letter)
{
  LetterOp *op = g_new0 (LetterOp, 1);

  op->certificate_id = self->certificate_id;
  op->vendor_id = self->vendor_id;
  op->request = letter;
  ch_desk_worker_run_async (ch_office_get_desk (self->office), note_in_worker, op, letter_op_free, NULL, NULL,
                            on_noted_cb, g_object_ref (self));
}

static void
put_on_clipboard (ChLetterWindow            *self,
                  const ChCorrectionRequest *letter)
{
  g_autofree char *text = ch_correction_request_dup_text (letter);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
end_with (ChLetterWindow *self,
          const char     *text)
{
  if (self->parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->parent), "win.tell", "s", text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
copy (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  ChLetterWindow *self = (ChLetterWindow *)widget;
  ChCorrectionRequest *letter = dup_letter (self);

  put_on_clipboard (self, letter);
  note (self, letter);
  end_with (self, _("The letter is on the clipboard"));
}

static void
on_mail_opened_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(ChLetterWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  ChCorrectionRequest *letter;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (gtk_show_uri_full_finish (GTK_WINDOW (self), result, &error))
    {
      note (self, dup_letter (self));
      end_with (self, _("The letter is in your mail program; it is sent when you send it"));
      return;
    }

  letter = dup_letter (self);
  put_on_clipboard (self, letter);
  ch_correction_request_free (letter);
  tell (self, _("No mail program opened. The letter is on the clipboard instead."));
}

static void
open_mail (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  ChLetterWindow *self = (ChLetterWindow *)widget;
  g_autoptr(ChCorrectionRequest) letter = dup_letter (self);
  g_autofree char *address = ch_correction_request_dup_mailto (letter);

  gtk_show_uri_full (GTK_WINDOW (self), address, GDK_CURRENT_TIME, self->cancellable, on_mail_opened_cb,
                     g_object_ref (self));
}

static void
ch_letter_window_dispose (GObject *object)
{
  ChLetterWindow *self = (ChLetterWindow *)object;

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_letter_window_parent_class)->dispose (object);
}

static void
ch_letter_window_finalize (GObject *object)
{
  ChLetterWindow *self = (ChLetterWindow *)object;

  g_clear_pointer (&self->draft, ch_correction_request_free);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ch_letter_window_parent_class)->finalize (object);
}

static void
ch_letter_window_class_init (ChLetterWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_letter_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_letter_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-letter-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, mail_button);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, to_row);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, cc_row);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, subject_row);
  gtk_widget_class_bind_template_child (widget_class, ChLetterWindow, body_view);
  gtk_widget_class_install_action (widget_class, "letter.open", NULL, open_mail);
  gtk_widget_class_install_action (widget_class, "letter.copy", NULL, copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "letter.open", NULL);
}

static void
ch_letter_window_init (ChLetterWindow *self)
{
  GtkWidget **rows[] = { &self->to_row, &self->cc_row, &self->subject_row };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    ch_entry_set_name (*rows[i], adw_preferences_row_get_title (ADW_PREFERENCES_ROW (*rows[i])));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "letter.open", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "letter.copy", FALSE);
}

static GtkWindow *
open_window (GtkWindow *parent,
             ChOffice  *office,
             gint64     certificate_id,
             gint64     vendor_id)
{
  ChLetterWindow *self = g_object_new (CH_TYPE_LETTER_WINDOW, "transient-for", parent, NULL);
  LetterOp *op = g_new0 (LetterOp, 1);

  self->office = g_object_ref (office);
  g_set_weak_pointer (&self->parent, parent);
  self->certificate_id = op->certificate_id = certificate_id;
  self->vendor_id = op->vendor_id = vendor_id;
  ch_desk_worker_run_async (ch_office_get_desk (office), draft_in_worker, op, letter_op_free,
                            (GDestroyNotify)ch_correction_request_free, self->cancellable, on_drafted_cb,
                            g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}

/**
 * ch_letter_window_open_for_sub:
 * @parent: (nullable): the window that asks, and that tells what became of the letter
 * @office: the office
 * @vendor_id: whose insurance is asked for, on all its projects
 *
 * Returns: (transfer none): the window, presented
 */
GtkWindow *
ch_letter_window_open_for_sub (GtkWindow *parent,
                               ChOffice  *office,
                               gint64     vendor_id)
{
  g_return_val_if_fail (CH_IS_OFFICE (office), NULL);

  return open_window (parent, office, 0, vendor_id);
}

/**
 * ch_letter_window_open_for_certificate:
 * @parent: (nullable): the window that asks, and that tells what became of the letter
 * @office: the office
 * @certificate_id: what is to be corrected
 *
 * Returns: (transfer none): the window, presented
 */
GtkWindow *
ch_letter_window_open_for_certificate (GtkWindow *parent,
                                       ChOffice  *office,
                                       gint64     certificate_id)
{
  g_return_val_if_fail (CH_IS_OFFICE (office), NULL);

  return open_window (parent, office, certificate_id, 0);
}
