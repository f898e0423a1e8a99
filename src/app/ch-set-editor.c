#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-set-editor.h"

#include "ch-entry-name.h"
#include "ch-field-label.h"
#include "ch-interchange.h"
#include "ch-requirement-acts.h"
#include "ch-rule-label.h"
#include "ch-set-control.h"

#include <glib/gi18n-lib.h>

struct _ChSetEditor
{
  AdwWindow            parent_instance;

  GtkWidget           *problem_label;
  GtkWidget           *name_row;
  AdwPreferencesGroup *coverages_group;
  AdwPreferencesGroup *umbrella_group;
  AdwPreferencesGroup *members_group;

  GtkWidget           *asker;        /* (owned) */
  ChOffice            *office;
  ChRequirementSet    *set;          /* as it was */
  GPtrArray           *controls;     /* (element-type ChSetControl) */
  GPtrArray           *coverages;    /* (element-type AdwExpanderRow) (unowned): each with its name as `ch-name` */
  GPtrArray           *umbrellas;    /* (element-type GtkSwitch) (unowned): likewise */
};

G_DEFINE_FINAL_TYPE (ChSetEditor, ch_set_editor, ADW_TYPE_WINDOW)

/* What is always offered; the set may have further ones. */
static const char * const usual_coverages[] = {
  "general_liability", "automobile_liability", "umbrella_excess", "workers_compensation", "professional", "pollution",
};

static const ChCoverageAsk general_asks[] = {
  CH_COVERAGE_ASK_BASIS, CH_COVERAGE_ASK_AGGREGATE_PER, CH_COVERAGE_ASK_ADDITIONAL_INSURED,
  CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY,
  CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION,
};
static const ChCoverageAsk auto_asks[] = {
  CH_COVERAGE_ASK_AUTOS, CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED, CH_COVERAGE_ASK_ADDITIONAL_INSURED,
  CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION,
};
static const ChCoverageAsk workers_asks[] = {
  CH_COVERAGE_ASK_STATUTORY, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION,
};
static const ChCoverageAsk other_asks[] = {
  CH_COVERAGE_ASK_ADDITIONAL_INSURED, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION,
};

static ChCoverage
get_coverage (const char *name)
{
  ChCoverage coverage = CH_COVERAGE_OTHER;

  return ch_coverage_from_string (name, &coverage) ? coverage : CH_COVERAGE_OTHER;
}

static void
list_asks (ChCoverage            coverage,
           const ChCoverageAsk **list,
           guint                *n)
{
  switch (coverage)
    {
    case CH_COVERAGE_GENERAL_LIABILITY:
      *list = general_asks;
      *n = G_N_ELEMENTS (general_asks);
      break;
    case CH_COVERAGE_AUTOMOBILE_LIABILITY:
      *list = auto_asks;
      *n = G_N_ELEMENTS (auto_asks);
      break;
    case CH_COVERAGE_WORKERS_COMPENSATION:
      *list = workers_asks;
      *n = G_N_ELEMENTS (workers_asks);
      break;
    case CH_COVERAGE_UMBRELLA_EXCESS:
    case CH_COVERAGE_OTHER:
    default:
      *list = other_asks;
      *n = G_N_ELEMENTS (other_asks);
      break;
    }
}

static char *
dup_name (ChSetEditor *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
}

static void
show_problem (ChSetEditor *self,
              const char  *problem)
{
  gtk_label_set_label (GTK_LABEL (self->problem_label), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_label, problem != NULL);
}

/* Marks what can't be understood, and lets only the rest be saved. */
static void
update (ChSetEditor *self)
{
  g_autofree char *name = dup_name (self);
  gboolean is_valid = TRUE;

  for (guint i = 0; i < self->controls->len; i++)
    {
      ChSetControl *control = g_ptr_array_index (self->controls, i);
      GtkWidget *row = ch_set_control_get_row (control);
      gboolean is_fine = ch_set_control_is_valid (control);

      if (is_fine)
        gtk_widget_remove_css_class (row, "error");
      else
        gtk_widget_add_css_class (row, "error");
      is_valid = is_valid && is_fine;
    }
  show_problem (self, is_valid ? NULL : _("Write amounts and days in digits, as 1,000,000 and 30."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", is_valid && *name != '\0');
}

/* Coverages come and go with their switches. */
static void
apply_coverages (ChSetEditor      *self,
                 ChRequirementSet *set)
{
  for (guint i = 0; i < self->coverages->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->coverages, i);
      const char *name = g_object_get_data (G_OBJECT (row), "ch-name");
      gboolean is_asked = adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (row));
      ChCoverageRequirement *coverage = ch_set_find_coverage (set, name);

      if (is_asked && coverage == NULL)
        g_ptr_array_add (set->coverages, ch_coverage_requirement_new (name));
      else if (is_asked)
        coverage->is_removed = FALSE;
      else if (coverage != NULL && !coverage->is_removed)
        g_ptr_array_remove (set->coverages, coverage);
    }
  if (set->coverages->len > 0)
    set->members[CH_SET_ASK_COVERAGES] = CH_MEMBER_SET;
}

static gboolean
has_text (GPtrArray  *texts,
          const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (texts, i), text))
        return TRUE;
    }

  return FALSE;
}

static void
apply_umbrella (ChSetEditor      *self,
                ChRequirementSet *set)
{
  gboolean is_changed = FALSE;

  for (guint i = 0; i < self->umbrellas->len; i++)
    {
      GtkWidget *toggle = g_ptr_array_index (self->umbrellas, i);

      is_changed = is_changed
                   || gtk_switch_get_active (GTK_SWITCH (toggle))
                        != has_text (self->set->umbrella_adds_to, g_object_get_data (G_OBJECT (toggle), "ch-name"));
    }
  if (!is_changed)
    return;

  g_ptr_array_set_size (set->umbrella_adds_to, 0);
  for (guint i = 0; i < self->umbrellas->len; i++)
    {
      GtkWidget *toggle = g_ptr_array_index (self->umbrellas, i);

      if (gtk_switch_get_active (GTK_SWITCH (toggle)))
        g_ptr_array_add (set->umbrella_adds_to, g_strdup (g_object_get_data (G_OBJECT (toggle), "ch-name")));
    }
  set->members[CH_SET_ASK_UMBRELLA_ADDS_TO] = CH_MEMBER_SET;
}

/* What is typed stays in the window until it is a set that can be kept. */
static void
save (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  ChSetEditor *self = (ChSetEditor *)widget;
  g_autoptr(ChRequirementSet) set = ch_requirement_set_copy (self->set);
  g_autoptr(ChRequirementSet) checked = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  g_free (set->name);
  set->name = dup_name (self);
  apply_coverages (self, set);
  apply_umbrella (self, set);
  for (guint i = 0; i < self->controls->len; i++)
    ch_set_control_apply (g_ptr_array_index (self->controls, i), set);

  node = ch_requirement_set_to_json (set);
  checked = ch_requirement_set_from_json (node, &error);
  if (checked == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  ch_requirements_add (self->asker, self->office, ch_json_print (node, FALSE), FALSE);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_control (ChSetEditor  *self,
             ChSetControl *control)
{
  GtkWidget *row = ch_set_control_get_row (control);

  if (ADW_IS_ENTRY_ROW (row))
    g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->controls, control);
}

/* The row's own switch has no name that a screen reader could say. */
static gboolean
name_switch (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_SWITCH (widget))
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      return TRUE;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (name_switch (child, label))
        return TRUE;
    }

  return FALSE;
}

static void
add_coverage (ChSetEditor *self,
              const char  *name)
{
  const ChCoverageRequirement *coverage = ch_set_find_coverage (self->set, name);
  ChCoverage kind = get_coverage (name);
  g_autofree char *label = ch_coverage_name_dup_label (name);
  GtkWidget *row = adw_expander_row_new ();
  const ChCoverageAsk *asked;
  guint n_asked;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (row), TRUE);
  name_switch (row, label);
  g_object_set_data_full (G_OBJECT (row), "ch-name", g_strdup (name), g_free);
  for (int limit = 0; limit < CH_N_LIMITS; limit++)
    {
      gboolean is_asked = coverage != NULL && coverage->minimum[limit] != CH_MONEY_ABSENT;

      if (is_asked || (ch_coverage_has_limit (kind, (ChLimit)limit) && limit != CH_LIMIT_RETENTION))
        add_control (self, ch_set_control_new_limit (name, coverage, (ChLimit)limit));
      else
        continue;
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                                ch_set_control_get_row (g_ptr_array_index (self->controls, self->controls->len - 1)));
    }
  list_asks (kind, &asked, &n_asked);
  for (guint i = 0; i < n_asked; i++)
    {
      add_control (self, ch_set_control_new_ask (name, coverage, asked[i]));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                                ch_set_control_get_row (g_ptr_array_index (self->controls, self->controls->len - 1)));
    }
  add_control (self, ch_set_control_new_endorsements (name, coverage));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            ch_set_control_get_row (g_ptr_array_index (self->controls, self->controls->len - 1)));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), coverage != NULL && !coverage->is_removed);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  adw_preferences_group_add (self->coverages_group, row);
  g_ptr_array_add (self->coverages, row);
}

static void
add_umbrella (ChSetEditor *self,
              const char  *name)
{
  g_autofree char *label = ch_coverage_name_dup_label (name);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), has_text (self->set->umbrella_adds_to, name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (toggle), "ch-name", g_strdup (name), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (self->umbrella_group, row);
  g_ptr_array_add (self->umbrellas, toggle);
}

static gboolean
is_usual (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_coverages); i++)
    {
      if (g_str_equal (usual_coverages[i], name))
        return TRUE;
    }

  return FALSE;
}

static void
fill (ChSetEditor *self)
{
  static const ChSetAsk members[] = {
    CH_SET_ASK_NAMED_INSURED, CH_SET_ASK_HOLDER, CH_SET_ASK_CANCELLATION_NOTICE, CH_SET_ASK_CARRIER,
    CH_SET_ASK_WARNING_DAYS,
  };
  static const char * const primaries[] = { "general_liability", "automobile_liability", "workers_compensation" };

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->set->name != NULL ? self->set->name : "");
  for (guint i = 0; i < G_N_ELEMENTS (usual_coverages); i++)
    add_coverage (self, usual_coverages[i]);
  for (guint i = 0; i < self->set->coverages->len; i++)
    {
      const ChCoverageRequirement *coverage = g_ptr_array_index (self->set->coverages, i);

      if (!is_usual (coverage->name))
        add_coverage (self, coverage->name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (primaries); i++)
    add_umbrella (self, primaries[i]);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      ChSetControl *control = ch_set_control_new_member (self->set, members[i]);

      add_control (self, control);
      adw_preferences_group_add (self->members_group, ch_set_control_get_row (control));
    }
  if (self->set->stages->len > 0)
    adw_preferences_group_set_description (self->members_group,
                                           _("What the set asks in stages of a project stays as it is."));
}

static void
ch_set_editor_dispose (GObject *object)
{
  ChSetEditor *self = (ChSetEditor *)object;

  g_clear_object (&self->asker);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_set_editor_parent_class)->dispose (object);
}

static void
ch_set_editor_finalize (GObject *object)
{
  ChSetEditor *self = (ChSetEditor *)object;

  ch_requirement_set_free (self->set);
  g_ptr_array_unref (self->controls);
  g_ptr_array_unref (self->coverages);
  g_ptr_array_unref (self->umbrellas);

  G_OBJECT_CLASS (ch_set_editor_parent_class)->finalize (object);
}

static void
ch_set_editor_class_init (ChSetEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_set_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_set_editor_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-set-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ChSetEditor, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ChSetEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, ChSetEditor, coverages_group);
  gtk_widget_class_bind_template_child (widget_class, ChSetEditor, umbrella_group);
  gtk_widget_class_bind_template_child (widget_class, ChSetEditor, members_group);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save);
}

static void
ch_set_editor_init (ChSetEditor *self)
{
  self->controls = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_set_control_free);
  self->coverages = g_ptr_array_new ();
  self->umbrellas = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ch_entry_set_name (self->name_row, _("Name"));
}

/**
 * ch_set_editor_new:
 * @asker: a widget in the window that asks; there the outcome is told
 * @office: the office
 * @set: (nullable): what it begins with; %NULL for nothing
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
ch_set_editor_new (GtkWidget              *asker,
                   ChOffice               *office,
                   const ChRequirementSet *set)
{
  ChSetEditor *self = g_object_new (CH_TYPE_SET_EDITOR, "transient-for", gtk_widget_get_root (asker), "title",
                                    set != NULL ? _("Change a requirement set") : _("New requirement set"), NULL);

  self->asker = g_object_ref (asker);
  self->office = g_object_ref (office);
  self->set = set != NULL ? ch_requirement_set_copy (set) : ch_requirement_set_new ();
  fill (self);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->name_row);

  return GTK_WINDOW (self);
}
