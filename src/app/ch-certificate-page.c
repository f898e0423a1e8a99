#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-page.h"

#include "ch-certificate-form.h"
#include "ch-certificate-item.h"
#include "ch-document-view.h"
#include "ch-format.h"
#include "ch-reason-dialog.h"
#include "ch-status-badge.h"
#include "ch-store-directory.h"
#include "ch-sub-chooser.h"

#include <glib/gi18n-lib.h>

struct _ChCertificatePage
{
  ChPage              parent_instance;

  ChDocumentView     *document_view;
  ChCertificateForm  *form;
  GtkWidget          *sub_row;
  GtkWidget          *open_sub_button;
  GtkWidget          *state_row;
  GtkWidget          *state_badge;
  GtkWidget          *problem_row;
  GtkWidget          *approve_button;
  GtkWidget          *reject_button;
  GtkWidget          *reopen_button;

  gint64              id;
  ChFiledCertificate *filed;      /* (nullable): as last read */
  gboolean            is_busy;    /* a decision is being written */
};

G_DEFINE_FINAL_TYPE (ChCertificatePage, ch_certificate_page, CH_TYPE_PAGE)

/* What the desk is to do with the certificate, in its own thread. */
typedef struct {
  gint64         id;
  gboolean       assigns;
  gint64         vendor_id;
  ChReviewState  decision;
  char          *why;
  GHashTable    *corrections;
} ReviewOp;

static void
review_op_free (gpointer data)
{
  ReviewOp *op = data;

  g_free (op->why);
  g_clear_pointer (&op->corrections, g_hash_table_unref);
  g_free (op);
}

static gpointer
review_in_worker (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  ReviewOp *op = data;

  if (op->assigns)
    ch_desk_assign_certificate (desk, op->id, op->vendor_id, NULL, error);
  else
    ch_desk_review_certificate (desk, op->id, op->decision, op->why, op->corrections, error);

  return NULL;
}

static void
tell (ChCertificatePage *self,
      const char        *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", text);
}

static void
update_actions (ChCertificatePage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_pending = self->filed != NULL && self->filed->review == CH_REVIEW_PENDING;

  gtk_widget_action_set_enabled (widget, "page.approve", is_pending && !self->is_busy
                                 && ch_certificate_form_is_valid (self->form));
  gtk_widget_action_set_enabled (widget, "page.reject", is_pending && !self->is_busy);
  gtk_widget_action_set_enabled (widget, "page.reopen", self->filed != NULL && !is_pending && !self->is_busy);
  gtk_widget_action_set_enabled (widget, "page.choose-sub", self->filed != NULL && !self->is_busy);
  gtk_widget_action_set_enabled (widget, "page.open-sub", self->filed != NULL && self->filed->vendor_id != 0);
}

static void
show_sub (ChCertificatePage *self)
{
  ChStore *store = ch_office_get_store (ch_page_get_office (CH_PAGE (self)));
  g_autoptr(ChVendor) vendor = NULL;
  g_autofree char *how = NULL;

  if (self->filed->vendor_id != 0)
    vendor = ch_store_get_vendor (store, self->filed->vendor_id, NULL);
  if (vendor != NULL && self->filed->matched_by != NULL)
    how = g_strdup_printf (_("Found by: %s"), self->filed->matched_by);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sub_row),
                                 vendor != NULL ? vendor->name : _("Which sub is this?"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sub_row),
                               how != NULL ? how : vendor != NULL ? "" : _("Nobody in the directory stands out"));
  gtk_widget_set_visible (self->open_sub_button, vendor != NULL);
  ch_page_set_title (CH_PAGE (self), vendor != NULL ? vendor->name
                     : self->filed->certificate->insured_name != NULL ? self->filed->certificate->insured_name
                                                                      : self->filed->file_name);
  ch_page_set_subtitle (CH_PAGE (self), self->filed->file_name);
}

static void
show_doubts (ChCertificatePage *self)
{
  guint n_doubtful = ch_certificate_form_count_doubtful (self->form);
  g_autofree char *text = NULL;

  if (self->filed->read_problem != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), self->filed->read_problem);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row),
                                   _("Enter what the page shows by hand, or reject it."));
    }
  else
    {
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u value is uncertain", "%u values are uncertain",
                                           n_doubtful), n_doubtful);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), text);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row),
                                   _("Look at those marked “Check” and compare them with the page."));
    }
  gtk_widget_set_visible (self->problem_row, self->filed->review == CH_REVIEW_PENDING
                          && (self->filed->read_problem != NULL || n_doubtful > 0));
}

static void
show_state (ChCertificatePage *self)
{
  ChReviewState review = self->filed->review;
  gboolean is_pending = review == CH_REVIEW_PENDING;
  g_autofree char *when = ch_format_instant (is_pending ? self->filed->received_at : self->filed->reviewed_at);
  const char *who = self->filed->reviewed_by != NULL ? self->filed->reviewed_by : "";
  g_autofree char *text = NULL;

  if (g_str_has_prefix (who, "desk:"))
    who += strlen ("desk:");
  text = is_pending ? g_strdup_printf (_("Received %s"), when) : g_strdup_printf (_("By %s, %s"), who, when);
  ch_status_badge_set_text (CH_STATUS_BADGE (self->state_badge), ch_review_get_icon_name (review),
                            ch_review_get_label (review), ch_review_get_style_class (review));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 self->filed->review_why != NULL ? self->filed->review_why : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->state_row), text);

  gtk_widget_set_visible (self->approve_button, is_pending);
  gtk_widget_set_visible (self->reject_button, is_pending);
  gtk_widget_set_visible (self->reopen_button, !is_pending);
}

/* Reads it again; what the user typed is kept unless the values themselves changed. */
static void
reload (ChCertificatePage *self,
        gboolean           keep_edits)
{
  ChOffice *office = ch_page_get_office (CH_PAGE (self));
  ChStore *store = ch_office_get_store (office);
  g_autoptr(GError) error = NULL;
  ChFiledCertificate *filed;

  if (store == NULL)
    return;
  filed = ch_store_get_certificate (store, self->id, &error);
  if (filed == NULL)
    {
      tell (self, error->message);
      return;
    }

  if (self->filed == NULL)
    ch_document_view_open (self->document_view, office, filed->sha256, filed->file_name, filed->certificate->fields,
                           CH_DOUBTFUL_CONFIDENCE);
  g_clear_pointer (&self->filed, ch_filed_certificate_free);
  self->filed = filed;
  if (!keep_edits)
    ch_certificate_form_set_certificate (self->form, filed->certificate);
  ch_certificate_form_set_editable (self->form, filed->review == CH_REVIEW_PENDING);
  show_sub (self);
  show_state (self);
  show_doubts (self);
  update_actions (self);
}

static void
on_store_changed_cb (ChOffice          *office,
                     guint              kind,
                     GArray            *ids,
                     ChCertificatePage *self)
{
  gboolean is_ours = ids->len == 0;

  if (kind != CH_KIND_CERTIFICATE)
    return;
  for (guint i = 0; i < ids->len; i++)
    is_ours = is_ours || g_array_index (ids, gint64, i) == self->id;
  if (is_ours)
    reload (self, g_hash_table_size (ch_certificate_form_get_corrections (self->form)) > 0
                    || !ch_certificate_form_is_valid (self->form));
}

static void
on_reviewed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(ChCertificatePage) self = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  self->is_busy = FALSE;
  if (error != NULL)
    {
      tell (self, error->message);
      update_actions (self);
      return;
    }

  reload (self, FALSE);
  if (self->filed->review != CH_REVIEW_PENDING)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-next-pending", "x", self->id);
}

static void
on_assigned_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(ChCertificatePage) self = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  self->is_busy = FALSE;
  if (error != NULL)
    tell (self, error->message);
  reload (self, TRUE);
}

static void
run (ChCertificatePage   *self,
     ReviewOp            *op,
     GAsyncReadyCallback  callback)
{
  op->id = self->id;
  self->is_busy = TRUE;
  update_actions (self);
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), review_in_worker, op,
                            review_op_free, NULL, NULL, callback, g_object_ref (self));
}

/* The desk's thread gets its own copy: the form goes on with this one. */
static GHashTable *
copy_corrections (ChCertificatePage *self)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, ch_certificate_form_get_corrections (self->form));
  while (g_hash_table_iter_next (&iter, &path, &value))
    g_hash_table_insert (copy, g_strdup (path), g_strdup (value));

  return copy;
}

static void
decide (ChCertificatePage *self,
        ChReviewState      decision,
        const char        *why)
{
  ReviewOp *op = g_new0 (ReviewOp, 1);

  op->decision = decision;
  op->why = g_strdup (why);
  if (decision == CH_REVIEW_APPROVED)
    op->corrections = copy_corrections (self);
  run (self, op, on_reviewed_cb);
}

static void
on_sub_chosen_cb (ChSubChooser      *chooser,
                  gint64             vendor_id,
                  ChCertificatePage *self)
{
  ReviewOp *op = g_new0 (ReviewOp, 1);

  op->assigns = TRUE;
  op->vendor_id = vendor_id;
  run (self, op, on_assigned_cb);
}

static void
choose_sub (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChCertificatePage *self = (ChCertificatePage *)widget;
  ChSubChooser *chooser = ch_sub_chooser_new (ch_page_get_office (CH_PAGE (self)), self->id);

  gtk_window_set_transient_for (GTK_WINDOW (chooser), GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_sub_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
approve (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ChCertificatePage *self = (ChCertificatePage *)widget;

  if (self->filed->vendor_id == 0)
    {
      tell (self, _("Choose the sub first, then approve."));
      choose_sub (widget, action_name, NULL);
      return;
    }
  decide (self, CH_REVIEW_APPROVED, NULL);
}

static void
on_rejected_cb (ChReasonDialog    *dialog,
                const char        *why,
                ChCertificatePage *self)
{
  decide (self, CH_REVIEW_REJECTED, why);
}

static void
reject (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  GtkWindow *dialog = ch_reason_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Reject this certificate?"),
                                            _("Say why, so that the sub’s broker knows what to mend. It is kept in the "
                                              "history."), _("_Reject"));

  g_signal_connect_object (dialog, "given", G_CALLBACK (on_rejected_cb), widget, 0);
  gtk_window_present (dialog);
}

static void
reopen (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  decide ((ChCertificatePage *)widget, CH_REVIEW_PENDING, NULL);
}

static void
open_sub (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.open-sub", "x", ((ChCertificatePage *)widget)->filed->vendor_id);
}

/* So that its keys work wherever the focus is on this page. */
static void
forward_to_document (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  ChCertificatePage *self = (ChCertificatePage *)widget;
  g_autofree char *name = g_strconcat ("document.", action_name + strlen ("page."), NULL);

  gtk_widget_activate_action (GTK_WIDGET (self->document_view), name, NULL);
}

static void
on_document_field_cb (ChDocumentView    *view,
                      const char        *path,
                      ChCertificatePage *self)
{
  if (!ch_certificate_form_focus_field (self->form, path))
    ch_document_view_select_field (view, path);
}

static void
on_form_field_cb (ChCertificateForm *form,
                  const char        *path,
                  ChCertificatePage *self)
{
  ch_document_view_select_field (self->document_view, path);
}

static void
on_form_changed_cb (ChCertificateForm *form,
                    ChCertificatePage *self)
{
  show_doubts (self);
  update_actions (self);
}

static void
ch_certificate_page_shown (ChPage *page)
{
  ChCertificatePage *self = (ChCertificatePage *)page;

  gtk_widget_grab_focus (gtk_widget_get_visible (self->approve_button) ? self->approve_button : self->reopen_button);
}

static void
ch_certificate_page_dispose (GObject *object)
{
  ChCertificatePage *self = (ChCertificatePage *)object;

  g_clear_pointer (&self->filed, ch_filed_certificate_free);

  G_OBJECT_CLASS (ch_certificate_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const char * const forwarded[] = {
    "page.previous-page", "page.next-page", "page.zoom-in", "page.zoom-out", "page.fit-width",
  };

  gtk_widget_class_install_action (widget_class, "page.approve", NULL, approve);
  gtk_widget_class_install_action (widget_class, "page.reject", NULL, reject);
  gtk_widget_class_install_action (widget_class, "page.reopen", NULL, reopen);
  gtk_widget_class_install_action (widget_class, "page.choose-sub", NULL, choose_sub);
  gtk_widget_class_install_action (widget_class, "page.open-sub", NULL, open_sub);
  for (guint i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_install_action (widget_class, forwarded[i], NULL, forward_to_document);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "page.approve", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "page.approve", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_R, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.reject", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "page.choose-sub", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "page.previous-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "page.next-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "page.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "page.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "page.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "page.fit-width", NULL);
}

static void
ch_certificate_page_class_init (ChCertificatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_certificate_page_dispose;
  CH_PAGE_CLASS (klass)->shown = ch_certificate_page_shown;

  g_type_ensure (CH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (CH_TYPE_CERTIFICATE_FORM);
  g_type_ensure (CH_TYPE_STATUS_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-certificate-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, document_view);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, form);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, sub_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, open_sub_button);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, state_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, state_badge);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, problem_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, approve_button);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, reject_button);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, reopen_button);
  gtk_widget_class_bind_template_callback (widget_class, on_document_field_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_field_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  install_actions (widget_class);
}

static void
ch_certificate_page_init (ChCertificatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ch_certificate_page_new:
 * @office: the office
 * @certificate_id: the certificate's row
 *
 * Returns: (transfer floating): a page on the certificate
 */
ChPage *
ch_certificate_page_new (ChOffice *office,
                         gint64    certificate_id)
{
  ChCertificatePage *self = g_object_new (CH_TYPE_CERTIFICATE_PAGE, "office", office, NULL);

  self->id = certificate_id;
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);
  reload (self, FALSE);
  ch_page_set_drop_target (CH_PAGE (self), 0, 0);

  return CH_PAGE (self);
}

gint64
ch_certificate_page_get_id (ChCertificatePage *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_PAGE (self), 0);

  return self->id;
}

void
ch_certificate_page_show_field (ChCertificatePage *self,
                                const char        *path)
{
  g_return_if_fail (CH_IS_CERTIFICATE_PAGE (self));

  ch_document_view_select_field (self->document_view, path);
  ch_certificate_form_focus_field (self->form, path);
}
