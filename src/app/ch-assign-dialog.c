#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-assign-dialog.h"

#include "ch-assign-choice.h"
#include "ch-requirement-acts.h"

#include <glib/gi18n-lib.h>

struct _ChAssignDialog
{
  AdwWindow     parent_instance;

  GtkWidget    *rows[CH_N_CHOICE_KINDS];
  GtkWidget    *drops[CH_N_CHOICE_KINDS];
  GtkWidget    *scope_drop;
  GtkWidget    *problem_label;

  GtkWidget    *asker;                       /* (owned) */
  ChOffice     *office;
  GPtrArray    *choices[CH_N_CHOICE_KINDS];  /* (nullable) (element-type ChAssignChoice) */
  gint64        set_id;                      /* chosen at first */
  gint64        project_id;                  /* whose subs and contracts are loaded */
  GCancellable *cancellable;
  gboolean      is_filling;
};

/* The choices of places, in their order. */
static const struct {
  ChScope     scope;
  const char *label;
} scopes[] = {
  { CH_SCOPE_COMPANY, N_("Every sub") },
  { CH_SCOPE_TRADE, N_("Every sub of a trade") },
  { CH_SCOPE_PROJECT, N_("Every sub on a project") },
  { CH_SCOPE_SUB_ON_PROJECT, N_("One sub on a project") },
  { CH_SCOPE_COMMITMENT, N_("One contract") },
};

/* What a load in the desk's thread is for. */
typedef struct {
  ChAssignDialog  *dialog;   /* (owned) */
  ChAssignRequest  request;
} Load;

G_DEFINE_FINAL_TYPE (ChAssignDialog, ch_assign_dialog, ADW_TYPE_WINDOW)

static ChScope
get_scope (ChAssignDialog *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->scope_drop));

  return scopes[MIN (chosen, G_N_ELEMENTS (scopes) - 1)].scope;
}

/* (nullable): NULL where nothing is chosen, or there is nothing to choose from */
static const ChAssignChoice *
get_choice (ChAssignDialog *self,
            ChChoiceKind    kind)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drops[kind]));

  if (self->choices[kind] == NULL || chosen >= self->choices[kind]->len)
    return NULL;

  return g_ptr_array_index (self->choices[kind], chosen);
}

static gboolean
needs (ChScope      scope,
       ChChoiceKind kind)
{
  switch (kind)
    {
    case CH_CHOICE_TRADE:
      return scope == CH_SCOPE_TRADE;
    case CH_CHOICE_PROJECT:
      return scope == CH_SCOPE_PROJECT || scope == CH_SCOPE_SUB_ON_PROJECT || scope == CH_SCOPE_COMMITMENT;
    case CH_CHOICE_SUB:
      return scope == CH_SCOPE_SUB_ON_PROJECT;
    case CH_CHOICE_CONTRACT:
      return scope == CH_SCOPE_COMMITMENT;
    case CH_CHOICE_SET:
    default:
      return TRUE;
    }
}

/* Why nothing can be assigned, NULL where it can be or where the answer is still on its way. */
static const char *
find_problem (ChAssignDialog *self,
              ChChoiceKind    kind)
{
  if (self->choices[kind] == NULL || self->choices[kind]->len > 0)
    return NULL;

  switch (kind)
    {
    case CH_CHOICE_SET:
      return _("There is no requirement set yet. Add one first.");
    case CH_CHOICE_TRADE:
      return _("No sub has a trade in Procore’s directory.");
    case CH_CHOICE_PROJECT:
      return _("There are no projects yet.");
    case CH_CHOICE_SUB:
      return _("There are no subs on this project yet.");
    case CH_CHOICE_CONTRACT:
    default:
      return _("There are no contracts on this project yet.");
    }
}

static void load (ChAssignDialog *self,
                  ChChoiceKind    kind,
                  gint64          project_id);

/* The subs and contracts are those of the project that is chosen. */
static void
follow_project (ChAssignDialog *self)
{
  const ChAssignChoice *project = get_choice (self, CH_CHOICE_PROJECT);

  if (project == NULL || project->id == self->project_id)
    return;

  self->project_id = project->id;
  for (int kind = CH_CHOICE_SUB; kind <= CH_CHOICE_CONTRACT; kind++)
    {
      g_clear_pointer (&self->choices[kind], g_ptr_array_unref);
      load (self, (ChChoiceKind)kind, project->id);
    }
}

static void
update (ChAssignDialog *self)
{
  ChScope scope = get_scope (self);
  const char *problem = NULL;
  gboolean is_whole = TRUE;

  for (int kind = 0; kind < CH_N_CHOICE_KINDS; kind++)
    {
      gboolean is_needed = needs (scope, (ChChoiceKind)kind);

      gtk_widget_set_visible (self->rows[kind], is_needed);
      if (!is_needed)
        continue;
      is_whole = is_whole && get_choice (self, (ChChoiceKind)kind) != NULL;
      if (problem == NULL)
        problem = find_problem (self, (ChChoiceKind)kind);
    }
  gtk_label_set_label (GTK_LABEL (self->problem_label), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_label, problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "assign.assign", is_whole);
}

static void
on_chosen_cb (ChAssignDialog *self)
{
  if (self->is_filling)
    return;

  follow_project (self);
  update (self);
}

static void
show_choices (ChAssignDialog *self,
              ChChoiceKind    kind)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  GtkDropDown *drop = GTK_DROP_DOWN (self->drops[kind]);
  guint selected = 0;

  for (guint i = 0; i < self->choices[kind]->len; i++)
    {
      const ChAssignChoice *choice = g_ptr_array_index (self->choices[kind], i);

      gtk_string_list_append (labels, choice->label);
      if (kind == CH_CHOICE_SET && choice->id == self->set_id)
        selected = i;
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (drop, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (drop, selected);
  gtk_drop_down_set_enable_search (drop, self->choices[kind]->len > 10);
  self->is_filling = FALSE;
}

static void
on_choices_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Load *load_done = user_data;
  g_autoptr(ChAssignDialog) self = load_done->dialog;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) choices = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  ChChoiceKind kind = load_done->request.kind;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (choices == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->problem_label), error->message);
      gtk_widget_set_visible (self->problem_label, TRUE);
      return;
    }
  /* another project was chosen meanwhile */
  if (kind >= CH_CHOICE_SUB && load_done->request.project_id != self->project_id)
    return;

  g_clear_pointer (&self->choices[kind], g_ptr_array_unref);
  self->choices[kind] = g_steal_pointer (&choices);
  show_choices (self, kind);
  on_chosen_cb (self);
}

static void
load (ChAssignDialog *self,
      ChChoiceKind    kind,
      gint64          project_id)
{
  Load *begun = g_new0 (Load, 1);

  begun->dialog = g_object_ref (self);
  begun->request.kind = kind;
  begun->request.project_id = project_id;
  ch_desk_worker_run_async (ch_office_get_desk (self->office), ch_assign_choices_load,
                            g_memdup2 (&begun->request, sizeof begun->request), g_free,
                            (GDestroyNotify)g_ptr_array_unref, self->cancellable, on_choices_cb, begun);
}

static void
assign (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  ChAssignDialog *self = (ChAssignDialog *)widget;
  ChScope scope = get_scope (self);
  const ChAssignChoice *chosen[CH_N_CHOICE_KINDS] = { NULL };
  g_autoptr(ChRequirementAssignment) place = NULL;

  for (int kind = 0; kind < CH_N_CHOICE_KINDS; kind++)
    {
      if (!needs (scope, (ChChoiceKind)kind))
        continue;
      chosen[kind] = get_choice (self, (ChChoiceKind)kind);
      g_return_if_fail (chosen[kind] != NULL);
    }
  place = ch_requirement_assignment_new (scope, chosen[CH_CHOICE_TRADE] != NULL ? chosen[CH_CHOICE_TRADE]->label : NULL,
                                         chosen[CH_CHOICE_PROJECT] != NULL && scope != CH_SCOPE_COMMITMENT
                                           ? chosen[CH_CHOICE_PROJECT]->id : 0,
                                         chosen[CH_CHOICE_SUB] != NULL ? chosen[CH_CHOICE_SUB]->id : 0,
                                         chosen[CH_CHOICE_CONTRACT] != NULL ? chosen[CH_CHOICE_CONTRACT]->id : 0);
  ch_requirements_assign (self->asker, self->office, chosen[CH_CHOICE_SET]->id, place);
  gtk_window_close (GTK_WINDOW (self));
}

static void
ch_assign_dialog_dispose (GObject *object)
{
  ChAssignDialog *self = (ChAssignDialog *)object;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->asker);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_assign_dialog_parent_class)->dispose (object);
}

static void
ch_assign_dialog_finalize (GObject *object)
{
  ChAssignDialog *self = (ChAssignDialog *)object;

  for (int kind = 0; kind < CH_N_CHOICE_KINDS; kind++)
    g_clear_pointer (&self->choices[kind], g_ptr_array_unref);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ch_assign_dialog_parent_class)->finalize (object);
}

/* The template's names for the rows and drop-downs of each kind. */
static const char * const names[CH_N_CHOICE_KINDS] = { "set", "trade", "project", "sub", "contract" };

static void
ch_assign_dialog_class_init (ChAssignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_assign_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_assign_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-assign-dialog.ui");
  for (int kind = 0; kind < CH_N_CHOICE_KINDS; kind++)
    {
      g_autofree char *row = g_strconcat (names[kind], "_row", NULL);
      g_autofree char *drop = g_strconcat (names[kind], "_drop", NULL);

      gtk_widget_class_bind_template_child_full (widget_class, row, FALSE, 0);
      gtk_widget_class_bind_template_child_full (widget_class, drop, FALSE, 0);
    }
  gtk_widget_class_bind_template_child (widget_class, ChAssignDialog, scope_drop);
  gtk_widget_class_bind_template_child (widget_class, ChAssignDialog, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_install_action (widget_class, "assign.assign", NULL, assign);
}

static void
fill_scopes (ChAssignDialog *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    gtk_string_list_append (labels, g_dgettext (GETTEXT_PACKAGE, scopes[i].label));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->scope_drop), G_LIST_MODEL (labels));
}

static void
ch_assign_dialog_init (ChAssignDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int kind = 0; kind < CH_N_CHOICE_KINDS; kind++)
    {
      g_autofree char *row = g_strconcat (names[kind], "_row", NULL);
      g_autofree char *drop = g_strconcat (names[kind], "_drop", NULL);
      g_autoptr(GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

      self->rows[kind] = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), CH_TYPE_ASSIGN_DIALOG, row));
      self->drops[kind] = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), CH_TYPE_ASSIGN_DIALOG, drop));
      gtk_drop_down_set_expression (GTK_DROP_DOWN (self->drops[kind]), text);
    }
  fill_scopes (self);
  self->is_filling = FALSE;
}

/**
 * ch_assign_dialog_new:
 * @asker: a widget in the window that asks; there the outcome is told
 * @office: the office
 * @set_id: the set chosen at first, 0 for whichever comes first
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
ch_assign_dialog_new (GtkWidget *asker,
                      ChOffice  *office,
                      gint64     set_id)
{
  ChAssignDialog *self = g_object_new (CH_TYPE_ASSIGN_DIALOG, "transient-for", gtk_widget_get_root (asker), NULL);

  self->asker = g_object_ref (asker);
  self->office = g_object_ref (office);
  self->set_id = set_id;
  for (int kind = CH_CHOICE_SET; kind <= CH_CHOICE_PROJECT; kind++)
    load (self, (ChChoiceKind)kind, 0);
  update (self);

  return GTK_WINDOW (self);
}
