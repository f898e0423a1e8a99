#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-waiver-dialog.h"

#include "ch-date-row.h"
#include "ch-desk-exceptions.h"
#include "ch-entry-name.h"
#include "ch-rule-label.h"

#include <glib/gi18n-lib.h>

/* long enough to get a corrected certificate, short enough not to be forgotten */
#define USUAL_DAYS 30

struct _ChWaiverDialog
{
  AdwWindow      parent_instance;

  GtkWidget     *record_button;
  GtkWidget     *rule_row;
  GtkWidget     *project_row;
  ChDateRow     *until_row;
  GtkWidget     *why_row;
  GtkWidget     *problem_label;

  ChOffice      *office;
  gint64         vendor_id;
  GPtrArray     *rules;       /* (element-type utf8): the choices; the first, NULL, is everything */
  GArray        *projects;    /* (element-type gint64): the choices; the first, 0, is every project */
  GCancellable  *cancellable;
  ChDate         today;
  gboolean       is_busy;
};

enum {
  GIVEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChWaiverDialog, ch_waiver_dialog, ADW_TYPE_WINDOW)

typedef struct {
  gint64    vendor_id;
  gint64    project_id;
  ChWaiver *waiver;
} GiveOp;

static void
give_op_free (gpointer data)
{
  GiveOp *op = data;

  ch_waiver_free (op->waiver);
  g_free (op);
}

/* The answer is the waiver's name. */
static gpointer
give_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const GiveOp *op = data;
  char *uuid = NULL;

  return ch_desk_give_waiver (desk, op->vendor_id, op->project_id, op->waiver, &uuid, error) ? uuid : NULL;
}

static const char *
get_rule (ChWaiverDialog *self)
{
  return g_ptr_array_index (self->rules, adw_combo_row_get_selected (ADW_COMBO_ROW (self->rule_row)));
}

static char *
dup_why (ChWaiverDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->why_row))));
}

static void
show_problem (ChWaiverDialog *self,
              const char     *problem)
{
  gtk_label_set_label (GTK_LABEL (self->problem_label), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_label, problem != NULL);
}

static void
update (ChWaiverDialog *self)
{
  g_autofree char *why = dup_why (self);
  ChDate until = ch_date_row_get_date (self->until_row);
  gboolean is_past = until != CH_DATE_NONE && until < self->today;

  show_problem (self, is_past ? _("That day has passed. Give a day from today on.") : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiver.record",
                                 !self->is_busy && until != CH_DATE_NONE && !is_past && *why != '\0');
}

static void
on_given_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(ChWaiverDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *uuid = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  g_autofree char *label = NULL;

  self->is_busy = FALSE;
  /* it may have been closed meanwhile: the exception is recorded all the same, and says so */
  if (uuid == NULL)
    {
      update (self);
      show_problem (self, error->message);
      return;
    }

  label = ch_rule_dup_label (get_rule (self));
  g_signal_emit (self, signals[GIVEN], 0, uuid, label);
  gtk_window_close (GTK_WINDOW (self));
}

static void
record (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  ChWaiverDialog *self = (ChWaiverDialog *)widget;
  g_autofree char *why = dup_why (self);
  GiveOp *op = g_new0 (GiveOp, 1);

  op->vendor_id = self->vendor_id;
  op->project_id = g_array_index (self->projects, gint64, adw_combo_row_get_selected (ADW_COMBO_ROW (self->project_row)));
  op->waiver = ch_waiver_new (get_rule (self), ch_date_row_get_date (self->until_row), why);
  self->is_busy = TRUE;
  update (self);
  ch_desk_worker_run_async (ch_office_get_desk (self->office), give_in_worker, op, give_op_free, g_free, NULL,
                            on_given_cb, g_object_ref (self));
}

static void
ch_waiver_dialog_dispose (GObject *object)
{
  ChWaiverDialog *self = (ChWaiverDialog *)object;

  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_waiver_dialog_parent_class)->dispose (object);
}

static void
ch_waiver_dialog_finalize (GObject *object)
{
  ChWaiverDialog *self = (ChWaiverDialog *)object;

  g_ptr_array_unref (self->rules);
  g_array_unref (self->projects);

  G_OBJECT_CLASS (ch_waiver_dialog_parent_class)->finalize (object);
}

static void
ch_waiver_dialog_class_init (ChWaiverDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_waiver_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_waiver_dialog_finalize;

  signals[GIVEN] = g_signal_new ("given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (CH_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-waiver-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChWaiverDialog, record_button);
  gtk_widget_class_bind_template_child (widget_class, ChWaiverDialog, rule_row);
  gtk_widget_class_bind_template_child (widget_class, ChWaiverDialog, project_row);
  gtk_widget_class_bind_template_child (widget_class, ChWaiverDialog, until_row);
  gtk_widget_class_bind_template_child (widget_class, ChWaiverDialog, why_row);
  gtk_widget_class_bind_template_child (widget_class, ChWaiverDialog, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "waiver.record", NULL, record);
}

static void
ch_waiver_dialog_init (ChWaiverDialog *self)
{
  self->rules = g_ptr_array_new_with_free_func (g_free);
  self->projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->today = CH_DATE_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ch_entry_set_name (GTK_WIDGET (self->until_row), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->until_row)));
  ch_entry_set_name (self->why_row, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->why_row)));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->record_button);
}

static gboolean
has_rule (ChWaiverDialog *self,
          const char     *rule)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (self->rules, i), rule) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Everything, and each rule that stands against the sub somewhere. */
static void
offer_rules (ChWaiverDialog  *self,
             const ChSubFile *file,
             const char      *chosen)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_add (self->rules, NULL);
  gtk_string_list_append (labels, _("Everything: exempt the sub"));
  for (guint i = 0; i < file->verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (file->verdicts, i);

      for (guint k = 0; k < verdict->verdict->findings->len; k++)
        {
          const ChFinding *finding = g_ptr_array_index (verdict->verdict->findings, k);
          g_autofree char *label = NULL;

          if (finding->waived || finding->severity == CH_SEVERITY_WARNING || has_rule (self, finding->rule))
            continue;
          label = ch_rule_dup_label (finding->rule);
          if (g_strcmp0 (finding->rule, chosen) == 0)
            selected = self->rules->len;
          g_ptr_array_add (self->rules, g_strdup (finding->rule));
          gtk_string_list_append (labels, label);
        }
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->rule_row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->rule_row), selected);
  g_object_unref (labels);
}

static void
offer_projects (ChWaiverDialog  *self,
                const ChSubFile *file,
                gint64           chosen)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  const gint64 every = 0;
  guint selected = 0;

  g_array_append_val (self->projects, every);
  gtk_string_list_append (labels, _("Every project"));
  for (guint i = 0; i < file->verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (file->verdicts, i);
      const char *name = ch_sub_file_get_project_name (file, verdict->project_id);

      if (verdict->project_id == chosen)
        selected = self->projects->len;
      g_array_append_val (self->projects, verdict->project_id);
      gtk_string_list_append (labels, name != NULL ? name : "");
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->project_row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->project_row), selected);
  g_object_unref (labels);
}

/**
 * ch_waiver_dialog_new:
 * @parent: (nullable): the window that asks
 * @office: the office
 * @file: what the sub has, for the choices
 * @project_id: chosen at first, 0 for every project
 * @rule: (nullable): chosen at first
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
ch_waiver_dialog_new (GtkWindow       *parent,
                      ChOffice        *office,
                      const ChSubFile *file,
                      gint64           project_id,
                      const char      *rule)
{
  ChWaiverDialog *self = g_object_new (CH_TYPE_WAIVER_DIALOG, "transient-for", parent, NULL);

  self->office = g_object_ref (office);
  self->vendor_id = file->vendor->id;
  self->today = ch_office_get_today (office);
  offer_rules (self, file, rule);
  offer_projects (self, file, project_id);
  ch_date_row_set_today (self->until_row, self->today);
  ch_date_row_set_date (self->until_row, self->today + USUAL_DAYS);
  update (self);
  gtk_widget_grab_focus (self->why_row);

  return GTK_WINDOW (self);
}
