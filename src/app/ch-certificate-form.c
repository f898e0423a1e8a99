#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-form.h"

#include "ch-field-label.h"
#include "ch-interchange.h"
#include "ch-value-row.h"

#include <glib/gi18n-lib.h>

struct _ChCertificateForm
{
  AdwBin         parent_instance;

  GtkWidget     *box;            /* of the groups */
  ChCertificate *original;       /* (nullable) */
  ChCertificate *current;        /* (nullable): with the corrections */
  GHashTable    *corrections;    /* (element-type utf8 utf8) */
  GHashTable    *invalid;        /* (element-type utf8): paths */
  GHashTable    *rows;           /* (element-type utf8 ChValueRow): by path; unowned rows */
  gboolean       is_editable;
};

enum {
  FIELD_SELECTED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const ChValueChoice mark_choices[] = {
  { NULL, N_("Not shown") }, { "true", N_("Yes") }, { "false", N_("No") }, { NULL, NULL },
};
static const ChValueChoice basis_choices[] = {
  { NULL, N_("Not shown") }, { "occurrence", N_("Occurrence") }, { "claims_made", N_("Claims made") }, { NULL, NULL },
};
static const ChValueChoice per_choices[] = {
  { NULL, N_("Not shown") }, { "policy", N_("Policy") }, { "project", N_("Project") }, { "location", N_("Location") },
  { NULL, NULL },
};
static const ChValueChoice kind_choices[] = {
  { NULL, N_("Not shown") }, { "umbrella", N_("Umbrella") }, { "excess", N_("Excess") }, { NULL, NULL },
};

G_DEFINE_FINAL_TYPE (ChCertificateForm, ch_certificate_form, ADW_TYPE_BIN)

static void build (ChCertificateForm *self);

static void
ch_certificate_form_finalize (GObject *object)
{
  ChCertificateForm *self = (ChCertificateForm *)object;

  g_clear_pointer (&self->original, ch_certificate_free);
  g_clear_pointer (&self->current, ch_certificate_free);
  g_hash_table_unref (self->corrections);
  g_hash_table_unref (self->invalid);
  g_hash_table_unref (self->rows);

  G_OBJECT_CLASS (ch_certificate_form_parent_class)->finalize (object);
}

static void
add_policy (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChCertificateForm *self = (ChCertificateForm *)widget;
  g_autofree char *path = NULL;

  if (self->current == NULL || !self->is_editable)
    return;

  path = g_strdup_printf ("policies[%u].coverage", self->current->policies->len);
  if (!ch_certificate_set_value (self->current, path, g_variant_get_string (parameter, NULL), NULL))
    return;

  g_hash_table_insert (self->corrections, g_strdup (path), g_variant_dup_string (parameter, NULL));
  build (self);
  g_signal_emit (self, signals[CHANGED], 0);

  g_free (path);
  path = g_strdup_printf ("policies[%u].policy_number", self->current->policies->len - 1);
  ch_certificate_form_focus_field (self, path);
}

static void
ch_certificate_form_class_init (ChCertificateFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ch_certificate_form_finalize;

  signals[FIELD_SELECTED] = g_signal_new ("field-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "form.add-policy", "s", add_policy);
}

static void
ch_certificate_form_init (ChCertificateForm *self)
{
  self->corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->invalid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_editable = TRUE;
}

static void
take_value (ChCertificateForm *self,
            ChValueRow        *row,
            const char        *value)
{
  const char *path = ch_value_row_get_path (row);
  g_autofree char *before = ch_certificate_dup_value (self->original, path);
  g_autoptr(GError) error = NULL;

  if (value == NULL || !ch_certificate_set_value (self->current, path, value, &error))
    {
      ch_value_row_set_problem (row, error != NULL ? error->message : _("This is not understood."));
      g_hash_table_add (self->invalid, g_strdup (path));
      return;
    }

  ch_value_row_set_problem (row, NULL);
  g_hash_table_remove (self->invalid, path);
  if (g_strcmp0 (before != NULL ? before : "", value) == 0)
    g_hash_table_remove (self->corrections, path);
  else
    g_hash_table_insert (self->corrections, g_strdup (path), g_strdup (value));
  ch_value_row_set_edited (row, g_hash_table_contains (self->corrections, path));
}

static void
on_row_changed_cb (ChValueRow        *row,
                   ChCertificateForm *self)
{
  g_autofree char *value = ch_value_row_dup_value (row);

  take_value (self, row, value);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_row_selected_cb (ChValueRow        *row,
                    ChCertificateForm *self)
{
  g_signal_emit (self, signals[FIELD_SELECTED], 0, ch_value_row_get_path (row));
}

static const ChFieldReading *
find_reading (const ChCertificate *certificate,
              const char          *path)
{
  for (guint i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (g_strcmp0 (field->path, path) == 0)
        return field;
    }

  return NULL;
}

static void
add_choice (ChCertificateForm   *self,
            AdwPreferencesGroup *group,
            const char          *path,
            const char          *title,
            ChValueKind          kind,
            const ChValueChoice *choices)
{
  const ChFieldReading *reading = find_reading (self->original, path);
  g_autofree char *value = ch_certificate_dup_value (self->current, path);
  GtkWidget *row = ch_value_row_new (path, title, kind, choices);

  ch_value_row_set_value (CH_VALUE_ROW (row), value);
  ch_value_row_set_certainty (CH_VALUE_ROW (row), reading != NULL ? reading->confidence : -1,
                              reading != NULL && reading->confidence < CH_DOUBTFUL_CONFIDENCE);
  ch_value_row_set_edited (CH_VALUE_ROW (row), g_hash_table_contains (self->corrections, path));
  ch_value_row_set_editable (CH_VALUE_ROW (row), self->is_editable);
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed_cb), self);
  g_signal_connect (row, "selected", G_CALLBACK (on_row_selected_cb), self);
  g_hash_table_insert (self->rows, g_strdup (path), row);
  adw_preferences_group_add (group, row);
}

static void
add_value (ChCertificateForm   *self,
           AdwPreferencesGroup *group,
           const char          *path,
           const char          *title,
           ChValueKind          kind)
{
  add_choice (self, group, path, title, kind, NULL);
}

static AdwPreferencesGroup *
add_group (ChCertificateForm *self,
           const char        *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  gtk_box_append (GTK_BOX (self->box), group);

  return ADW_PREFERENCES_GROUP (group);
}

static void
add_parties (ChCertificateForm *self)
{
  AdwPreferencesGroup *group = add_group (self, _("Insured"));

  add_value (self, group, "insured.name", _("Name"), CH_VALUE_TEXT);
  add_value (self, group, "insured.address", _("Address"), CH_VALUE_LONG_TEXT);

  group = add_group (self, _("Producer"));
  add_value (self, group, "producer.name", _("Name"), CH_VALUE_TEXT);
  add_value (self, group, "producer.contact", _("Contact"), CH_VALUE_TEXT);
  add_value (self, group, "producer.phone", _("Phone"), CH_VALUE_TEXT);
  add_value (self, group, "producer.email", _("E-mail"), CH_VALUE_TEXT);
}

static void
add_insurers (ChCertificateForm *self)
{
  AdwPreferencesGroup *group;

  if (self->current->insurers->len == 0)
    return;

  group = add_group (self, _("Insurers"));
  for (guint i = 0; i < self->current->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (self->current->insurers, i);
      g_autofree char *name_path = g_strdup_printf ("insurers[%u].name", i);
      g_autofree char *naic_path = g_strdup_printf ("insurers[%u].naic", i);
      g_autofree char *name_title = g_strdup_printf (_("Insurer %s"), insurer->letter != NULL ? insurer->letter : "?");
      g_autofree char *naic_title = g_strdup_printf (_("NAIC number of insurer %s"),
                                                     insurer->letter != NULL ? insurer->letter : "?");

      add_value (self, group, name_path, name_title, CH_VALUE_TEXT);
      add_value (self, group, naic_path, naic_title, CH_VALUE_TEXT);
    }
}

static void
add_policy_value (ChCertificateForm   *self,
                  AdwPreferencesGroup *group,
                  guint                index,
                  const char          *member,
                  const char          *title,
                  ChValueKind          kind,
                  const ChValueChoice *choices)
{
  g_autofree char *path = g_strdup_printf ("policies[%u].%s", index, member);

  add_choice (self, group, path, title, kind, choices);
}

static void
add_policy_group (ChCertificateForm *self,
                  guint              index)
{
  const ChPolicy *policy = g_ptr_array_index (self->current->policies, index);
  ChCoverage coverage = policy->coverage;
  AdwPreferencesGroup *group = add_group (self, ch_coverage_get_label (coverage));

  if (coverage == CH_COVERAGE_OTHER)
    add_policy_value (self, group, index, "coverage_text", _("Coverage"), CH_VALUE_TEXT, NULL);
  add_policy_value (self, group, index, "policy_number", _("Policy number"), CH_VALUE_TEXT, NULL);
  add_policy_value (self, group, index, "insurer", _("Insurer’s letter"), CH_VALUE_TEXT, NULL);
  add_policy_value (self, group, index, "effective", _("In force from"), CH_VALUE_DATE, NULL);
  add_policy_value (self, group, index, "expiration", _("Ends at 12:01 AM on"), CH_VALUE_DATE, NULL);
  if (coverage != CH_COVERAGE_WORKERS_COMPENSATION)
    add_policy_value (self, group, index, "additional_insured", _("Additional insured"), CH_VALUE_CHOICE, mark_choices);
  add_policy_value (self, group, index, "waiver_of_subrogation", _("Subrogation waived"), CH_VALUE_CHOICE, mark_choices);
  if (coverage == CH_COVERAGE_GENERAL_LIABILITY || coverage == CH_COVERAGE_UMBRELLA_EXCESS)
    add_policy_value (self, group, index, "basis", _("Basis"), CH_VALUE_CHOICE, basis_choices);
  if (coverage == CH_COVERAGE_GENERAL_LIABILITY)
    add_policy_value (self, group, index, "aggregate_per", _("Aggregate applies per"), CH_VALUE_CHOICE, per_choices);
  if (coverage == CH_COVERAGE_UMBRELLA_EXCESS)
    add_policy_value (self, group, index, "kind", _("Kind"), CH_VALUE_CHOICE, kind_choices);
  if (coverage == CH_COVERAGE_AUTOMOBILE_LIABILITY)
    add_policy_value (self, group, index, "autos", _("Autos (any, owned, scheduled, hired, non_owned)"), CH_VALUE_TEXT,
                      NULL);
  if (coverage == CH_COVERAGE_WORKERS_COMPENSATION)
    add_policy_value (self, group, index, "statutory", _("Statutory limits"), CH_VALUE_CHOICE, mark_choices);

  for (guint i = 0; i < CH_N_LIMITS; i++)
    {
      g_autofree char *member = g_strconcat ("limits.", ch_limit_to_string ((ChLimit)i), NULL);

      if (ch_coverage_has_limit (coverage, (ChLimit)i) || policy->limits[i] != CH_MONEY_ABSENT)
        add_policy_value (self, group, index, member, ch_limit_get_label ((ChLimit)i), CH_VALUE_MONEY, NULL);
    }
}

static void
add_policy_button (ChCertificateForm *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; i < CH_N_COVERAGES; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (ch_coverage_get_label ((ChCoverage)i), NULL);

      g_menu_item_set_action_and_target (item, "form.add-policy", "s", ch_coverage_to_string ((ChCoverage)i));
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Add a policy"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
add_rest (ChCertificateForm *self)
{
  AdwPreferencesGroup *group = add_group (self, _("Description of operations"));

  add_value (self, group, "description_of_operations", _("Description"), CH_VALUE_LONG_TEXT);
  add_value (self, group, "endorsements", _("Endorsements (with commas between)"), CH_VALUE_TEXT);

  group = add_group (self, _("Certificate holder"));
  add_value (self, group, "certificate_holder.name", _("Name"), CH_VALUE_TEXT);
  add_value (self, group, "certificate_holder.address", _("Address"), CH_VALUE_LONG_TEXT);

  group = add_group (self, _("Form"));
  add_value (self, group, "form", _("Form"), CH_VALUE_TEXT);
  add_value (self, group, "edition", _("Edition"), CH_VALUE_TEXT);
  add_value (self, group, "date", _("Date of the certificate"), CH_VALUE_DATE);
  add_value (self, group, "certificate_number", _("Certificate number"), CH_VALUE_TEXT);
}

static void
build (ChCertificateForm *self)
{
  g_hash_table_remove_all (self->rows);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_bin_set_child (ADW_BIN (self), self->box);
  if (self->current == NULL)
    return;

  add_parties (self);
  for (guint i = 0; i < self->current->policies->len; i++)
    add_policy_group (self, i);
  if (self->is_editable)
    add_policy_button (self);
  add_insurers (self);
  add_rest (self);
}

/**
 * ch_certificate_form_set_certificate:
 * @self: a form
 * @certificate: what it shows; corrections made so far are given up
 */
void
ch_certificate_form_set_certificate (ChCertificateForm   *self,
                                     const ChCertificate *certificate)
{
  g_return_if_fail (CH_IS_CERTIFICATE_FORM (self));
  g_return_if_fail (certificate != NULL);

  g_hash_table_remove_all (self->corrections);
  g_hash_table_remove_all (self->invalid);
  g_clear_pointer (&self->original, ch_certificate_free);
  g_clear_pointer (&self->current, ch_certificate_free);
  self->original = ch_certificate_copy (certificate);
  self->current = ch_certificate_copy (certificate);
  build (self);
}

void
ch_certificate_form_set_editable (ChCertificateForm *self,
                                  gboolean           editable)
{
  g_return_if_fail (CH_IS_CERTIFICATE_FORM (self));

  if (self->is_editable == editable)
    return;

  self->is_editable = editable;
  build (self);
}

GHashTable *
ch_certificate_form_get_corrections (ChCertificateForm *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_FORM (self), NULL);

  return self->corrections;
}

gboolean
ch_certificate_form_is_valid (ChCertificateForm *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_FORM (self), FALSE);

  return g_hash_table_size (self->invalid) == 0;
}

guint
ch_certificate_form_count_doubtful (ChCertificateForm *self)
{
  guint count = 0;

  g_return_val_if_fail (CH_IS_CERTIFICATE_FORM (self), 0);

  for (guint i = 0; self->original != NULL && i < self->original->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (self->original->fields, i);

      if (field->confidence < CH_DOUBTFUL_CONFIDENCE && !g_hash_table_contains (self->corrections, field->path))
        count++;
    }

  return count;
}

/**
 * ch_certificate_form_focus_field:
 * @self: a form
 * @path: a value's JSON path
 *
 * Returns: whether there is such a row
 */
gboolean
ch_certificate_form_focus_field (ChCertificateForm *self,
                                 const char        *path)
{
  GtkWidget *row;

  g_return_val_if_fail (CH_IS_CERTIFICATE_FORM (self), FALSE);

  row = g_hash_table_lookup (self->rows, path);

  return row != NULL && gtk_widget_grab_focus (row);
}
