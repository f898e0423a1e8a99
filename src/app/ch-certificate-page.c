#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-page.h"

#include "ch-certificate-acts.h"
#include "ch-certificate-facts.h"
#include "ch-certificate-form.h"
#include "ch-certificate-head.h"
#include "ch-document-view.h"
#include "ch-letter-window.h"
#include "ch-project-chooser.h"
#include "ch-reason-dialog.h"
#include "ch-review-queue.h"
#include "ch-store-directory.h"
#include "ch-sub-chooser.h"

#include <glib/gi18n-lib.h>

struct _ChCertificatePage
{
  ChPage              parent_instance;

  ChDocumentView     *document_view;
  ChCertificateHead  *head;
  ChCertificateForm  *form;
  GtkWidget          *approve_button;
  GtkWidget          *reject_button;
  GtkWidget          *reopen_button;

  gint64              id;
  ChFiledCertificate *filed;      /* (nullable): as last read */
  ChCertificateFacts *facts;      /* (nullable): what belongs to it, as last read */
  GCancellable       *cancellable;
  gboolean            is_busy;    /* a decision is being written */
  gboolean            is_loading; /* the facts */
  gboolean            is_stale;   /* something changed meanwhile */
};

G_DEFINE_FINAL_TYPE (ChCertificatePage, ch_certificate_page, CH_TYPE_PAGE)

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
  gtk_widget_action_set_enabled (widget, "page.choose-projects", !self->is_busy && self->facts != NULL
                                 && self->facts->projects->len > 0);
}

static void
show (ChCertificatePage *self)
{
  gboolean is_pending = self->filed->review == CH_REVIEW_PENDING;
  ChStore *store = ch_office_get_store (ch_page_get_office (CH_PAGE (self)));
  g_autoptr(ChVendor) vendor = NULL;

  if (self->filed->vendor_id != 0 && store != NULL)
    vendor = ch_store_get_vendor (store, self->filed->vendor_id, NULL);
  ch_page_set_title (CH_PAGE (self), vendor != NULL ? vendor->name
                     : self->filed->certificate->insured_name != NULL ? self->filed->certificate->insured_name
                                                                      : self->filed->file_name);
  ch_page_set_subtitle (CH_PAGE (self), self->filed->file_name);
  ch_certificate_head_show (self->head, self->filed, self->facts, ch_certificate_form_count_doubtful (self->form));
  gtk_widget_set_visible (self->approve_button, is_pending);
  gtk_widget_set_visible (self->reject_button, is_pending);
  gtk_widget_set_visible (self->reopen_button, !is_pending);
  update_actions (self);
}

static void load_facts (ChCertificatePage *self);

/* Without them the page still shows the certificate itself, so a failure is not worth a word. */
static void
on_facts_loaded_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(ChCertificatePage) self = user_data;
  g_autoptr(GError) error = NULL;
  ChCertificateFacts *facts = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  self->is_loading = FALSE;
  if (facts == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&facts, ch_certificate_facts_free);
      return;
    }

  g_clear_pointer (&self->facts, ch_certificate_facts_free);
  self->facts = facts;
  ch_certificate_form_set_history (self->form, facts->corrections);
  show (self);
  if (self->is_stale)
    load_facts (self);
}

static void
load_facts (ChCertificatePage *self)
{
  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;

  self->is_loading = TRUE;
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), ch_certificate_facts_load,
                            g_memdup2 (&self->id, sizeof self->id), g_free,
                            (GDestroyNotify)ch_certificate_facts_free, self->cancellable, on_facts_loaded_cb,
                            g_object_ref (self));
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
  show (self);
  load_facts (self);
}

static void
on_store_changed_cb (ChOffice          *office,
                     guint              kind,
                     GArray            *ids,
                     ChCertificatePage *self)
{
  gboolean is_ours = ids->len == 0;

  /* what would be said were it approved hangs on all of these */
  if (kind == CH_KIND_WAIVER || kind == CH_KIND_MEMBERSHIP || kind == CH_KIND_REQUIREMENT_SET)
    load_facts (self);
  if (kind != CH_KIND_CERTIFICATE)
    return;
  for (guint i = 0; i < ids->len; i++)
    is_ours = is_ours || g_array_index (ids, gint64, i) == self->id;
  if (is_ours)
    reload (self, g_hash_table_size (ch_certificate_form_get_corrections (self->form)) > 0
                    || !ch_certificate_form_is_valid (self->form));
}

/* What was decided, in words for the way back. */
static char *
describe_decision (ChCertificatePage *self)
{
  const char *title = ch_page_get_title (CH_PAGE (self));

  switch (self->filed->review)
    {
    case CH_REVIEW_APPROVED:
      return g_strdup_printf (_("Approved: %s"), title);
    case CH_REVIEW_REJECTED:
      return g_strdup_printf (_("Rejected: %s"), title);
    case CH_REVIEW_PENDING:
    default:
      return g_strdup_printf (_("Approved by you, awaits a second person: %s"), title);
    }
}

static void
on_decided_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChCertificatePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_decided;

  self->is_busy = FALSE;
  if (!ch_certificate_act_finish (CH_DESK_WORKER (object), result, &error))
    {
      tell (self, error->message);
      update_actions (self);
      return;
    }

  reload (self, FALSE);
  is_decided = self->filed->review != CH_REVIEW_PENDING || self->filed->first_approved_by != NULL;
  if (!is_decided)
    return;
  text = describe_decision (self);
  ch_certificate_offer_reopening (GTK_WIDGET (self), text, self->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-next-pending", "x", self->id);
}

static void
on_assigned_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(ChCertificatePage) self = user_data;
  g_autoptr(GError) error = NULL;

  self->is_busy = FALSE;
  if (!ch_certificate_act_finish (CH_DESK_WORKER (object), result, &error))
    tell (self, error->message);
  reload (self, TRUE);
}

static void
decide (ChCertificatePage *self,
        ChReviewState      decision,
        const char        *why)
{
  self->is_busy = TRUE;
  update_actions (self);
  ch_certificate_decide_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), self->id, decision, why,
                               decision == CH_REVIEW_APPROVED ? ch_certificate_form_get_corrections (self->form) : NULL,
                               on_decided_cb, g_object_ref (self));
}

/* What was typed stays: whose it is and what it says are different things. */
static void
assign (ChCertificatePage *self,
        gint64             vendor_id,
        GArray            *project_ids)
{
  self->is_busy = TRUE;
  update_actions (self);
  ch_certificate_offer_assigning (GTK_WIDGET (self), vendor_id != self->filed->vendor_id ? _("Given to another sub")
                                  : _("The projects are changed"), self->filed);
  ch_certificate_assign_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), self->id, vendor_id,
                               project_ids, on_assigned_cb, g_object_ref (self));
}

static void
on_sub_chosen_cb (ChSubChooser      *chooser,
                  gint64             vendor_id,
                  ChCertificatePage *self)
{
  assign (self, vendor_id, NULL);
}

static void
assign_to (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  assign ((ChCertificatePage *)widget, g_variant_get_int64 (parameter), NULL);
}

static void
on_projects_chosen_cb (ChProjectChooser  *chooser,
                       GArray            *project_ids,
                       ChCertificatePage *self)
{
  assign (self, self->filed->vendor_id, project_ids);
}

static void
choose_projects (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  ChCertificatePage *self = (ChCertificatePage *)widget;
  GtkWindow *chooser = ch_project_chooser_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->facts->projects,
                                               self->filed->project_ids);

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_projects_chosen_cb), self, 0);
  gtk_window_present (chooser);
}

static void
write_letter (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  ChCertificatePage *self = (ChCertificatePage *)widget;

  ch_letter_window_open_for_certificate (GTK_WINDOW (gtk_widget_get_root (widget)), ch_page_get_office (CH_PAGE (self)),
                                         self->id);
}

static void
go_in_queue (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ChCertificatePage *self = (ChCertificatePage *)widget;
  gint64 next = ch_review_queue_get_next (ch_page_get_office (CH_PAGE (self)), self->id,
                                          g_str_equal (action_name, "page.next-in-queue") ? 1 : -1);

  if (next != 0)
    gtk_widget_activate_action (widget, "win.replace-certificate", "x", next);
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
  show (self);
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

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->filed, ch_filed_certificate_free);
  g_clear_pointer (&self->facts, ch_certificate_facts_free);

  G_OBJECT_CLASS (ch_certificate_page_parent_class)->dispose (object);
}

static void
ch_certificate_page_finalize (GObject *object)
{
  g_object_unref (((ChCertificatePage *)object)->cancellable);

  G_OBJECT_CLASS (ch_certificate_page_parent_class)->finalize (object);
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
  gtk_widget_class_install_action (widget_class, "page.assign", "x", assign_to);
  gtk_widget_class_install_action (widget_class, "page.choose-projects", NULL, choose_projects);
  gtk_widget_class_install_action (widget_class, "page.open-sub", NULL, open_sub);
  gtk_widget_class_install_action (widget_class, "page.write-letter", NULL, write_letter);
  gtk_widget_class_install_action (widget_class, "page.previous-in-queue", NULL, go_in_queue);
  gtk_widget_class_install_action (widget_class, "page.next-in-queue", NULL, go_in_queue);
  for (guint i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_install_action (widget_class, forwarded[i], NULL, forward_to_document);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "page.approve", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "page.approve", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_R, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.reject", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "page.choose-sub", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "page.previous-in-queue", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "page.next-in-queue", NULL);
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
  G_OBJECT_CLASS (klass)->finalize = ch_certificate_page_finalize;
  CH_PAGE_CLASS (klass)->shown = ch_certificate_page_shown;

  g_type_ensure (CH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (CH_TYPE_CERTIFICATE_FORM);
  g_type_ensure (CH_TYPE_CERTIFICATE_HEAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-certificate-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, document_view);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, head);
  gtk_widget_class_bind_template_child (widget_class, ChCertificatePage, form);
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
  self->cancellable = g_cancellable_new ();
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
  ch_certificate_head_set_office (self->head, office);
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
