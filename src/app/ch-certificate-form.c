#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-form.h"

#include "ch-field-label.h"
#include "ch-form-field.h"
#include "ch-interchange.h"

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
  GHashTable    *history;        /* (element-type utf8 utf8): what was read in place of what people typed, by path */
  gboolean       is_editable;
};

enum {
  FIELD_SELECTED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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
  g_hash_table_unref (self->history);

  G_OBJECT_CLASS (ch_certificate_form_parent_class)->finalize (object);
}

/* Begins a new entry of a list with one value of it, and leads to another that is to be typed next. */
static void
add_entry (ChCertificateForm *self,
           const char        *list,
           guint              index,
           const char        *member,
           const char        *value,
           const char        *next)
{
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", list, index, member);
  g_autofree char *next_path = g_strdup_printf ("%s[%u].%s", list, index, next);

  if (!ch_certificate_set_value (self->current, path, value, NULL))
    return;

  g_hash_table_insert (self->corrections, g_strdup (path), g_strdup (value));
  build (self);
  g_signal_emit (self, signals[CHANGED], 0);
  ch_certificate_form_focus_field (self, next_path);
}

static void
add_policy (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChCertificateForm *self = (ChCertificateForm *)widget;

  if (self->current != NULL && self->is_editable)
    add_entry (self, "policies", self->current->policies->len, "coverage", g_variant_get_string (parameter, NULL),
               "policy_number");
}

/* The next letter of the form, which has six. */
static void
add_insurer (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ChCertificateForm *self = (ChCertificateForm *)widget;
  char letter[2] = "A";

  if (self->current == NULL || !self->is_editable)
    return;
  while (ch_certificate_get_insurer (self->current, letter) != NULL && letter[0] < 'Z')
    letter[0]++;
  add_entry (self, "insurers", self->current->insurers->len, "letter", letter, "name");
}

static char *
dup_policy_path (guint index)
{
  return g_strdup_printf ("policies[%u]", index);
}

/* A policy that the certificate does not show is taken out with the approval; until then it can be kept after all. */
static void
toggle_policy (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ChCertificateForm *self = (ChCertificateForm *)widget;
  g_autofree char *path = dup_policy_path (g_variant_get_uint32 (parameter));

  if (!self->is_editable)
    return;
  if (!g_hash_table_remove (self->corrections, path))
    g_hash_table_insert (self->corrections, g_strdup (path), g_strdup (""));
  build (self);
  g_signal_emit (self, signals[CHANGED], 0);
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
  gtk_widget_class_install_action (widget_class, "form.add-insurer", NULL, add_insurer);
  gtk_widget_class_install_action (widget_class, "form.toggle-policy", "u", toggle_policy);
}

static void
ch_certificate_form_init (ChCertificateForm *self)
{
  self->corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->invalid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->history = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

/* values: (element-type utf8 utf8): of the certificate, by path */
static void
add_value (ChCertificateForm   *self,
           AdwPreferencesGroup *group,
           GHashTable          *values,
           const char          *path,
           const char          *title,
           ChValueKind          kind,
           const ChValueChoice *choices)
{
  const ChFieldReading *reading = find_reading (self->original, path);
  GtkWidget *row = ch_value_row_new (path, title, kind, choices);

  ch_value_row_set_value (CH_VALUE_ROW (row), g_hash_table_lookup (values, path));
  ch_value_row_set_certainty (CH_VALUE_ROW (row), reading != NULL ? reading->confidence : -1,
                              reading != NULL && reading->confidence < CH_DOUBTFUL_CONFIDENCE);
  ch_value_row_set_edited (CH_VALUE_ROW (row), g_hash_table_contains (self->corrections, path));
  ch_value_row_set_history (CH_VALUE_ROW (row), g_hash_table_lookup (self->history, path));
  ch_value_row_set_editable (CH_VALUE_ROW (row), self->is_editable);
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed_cb), self);
  g_signal_connect (row, "selected", G_CALLBACK (on_row_selected_cb), self);
  g_hash_table_insert (self->rows, g_strdup (path), row);
  adw_preferences_group_add (group, row);
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
add_section (ChCertificateForm *self,
             GHashTable        *values,
             ChFormSection      section)
{
  AdwPreferencesGroup *group = add_group (self, ch_form_section_get_title (section));
  const ChFormField *fields = ch_form_section_get_fields (section);

  for (guint i = 0; fields[i].path != NULL; i++)
    add_value (self, group, values, fields[i].path, g_dgettext (GETTEXT_PACKAGE, fields[i].title), fields[i].kind,
               fields[i].choices);
}

static void
add_insurers (ChCertificateForm *self,
              GHashTable        *values)
{
  AdwPreferencesGroup *group = add_group (self, _("Insurers"));

  for (guint i = 0; i < self->current->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (self->current->insurers, i);
      const char *letter = insurer->letter != NULL ? insurer->letter : "?";
      g_autofree char *name_path = g_strdup_printf ("insurers[%u].name", i);
      g_autofree char *naic_path = g_strdup_printf ("insurers[%u].naic", i);
      g_autofree char *name_title = g_strdup_printf (_("Insurer %s"), letter);
      g_autofree char *naic_title = g_strdup_printf (_("NAIC number of insurer %s"), letter);

      add_value (self, group, values, name_path, name_title, CH_VALUE_TEXT, NULL);
      add_value (self, group, values, naic_path, naic_title, CH_VALUE_TEXT, NULL);
    }
  if (self->is_editable)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

      gtk_widget_set_tooltip_text (button, _("Add an insurer"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add an insurer"), -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "form.add-insurer");
      adw_preferences_group_set_header_suffix (group, button);
    }
}

static void
add_policy_button (AdwPreferencesGroup *group,
                   guint                index,
                   gboolean             is_removed)
{
  const char *text = is_removed ? _("Keep this policy") : _("The certificate does not show this policy");
  GtkWidget *button = gtk_button_new_from_icon_name (is_removed ? "edit-undo-symbolic" : "user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "form.toggle-policy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  adw_preferences_group_set_header_suffix (group, button);
}

static void
add_policy_group (ChCertificateForm *self,
                  GHashTable        *values,
                  guint              index)
{
  const ChPolicy *policy = g_ptr_array_index (self->current->policies, index);
  const ChFormField *fields = ch_form_policy_get_fields ();
  AdwPreferencesGroup *group = add_group (self, ch_policy_get_title (policy));
  g_autofree char *prefix = dup_policy_path (index);
  gboolean is_removed = g_hash_table_contains (self->corrections, prefix);

  if (self->is_editable)
    add_policy_button (group, index, is_removed);
  if (is_removed)
    {
      adw_preferences_group_set_description (group, _("Will be taken out with the approval."));
      return;
    }
  if (g_strcmp0 (g_hash_table_lookup (self->history, prefix), "") == 0)
    adw_preferences_group_set_description (group, _("Added by hand"));

  for (guint i = 0; fields[i].path != NULL; i++)
    {
      g_autofree char *path = g_strconcat (prefix, ".", fields[i].path, NULL);

      if ((fields[i].coverages & (1u << policy->coverage)) != 0 || g_hash_table_contains (values, path))
        add_value (self, group, values, path, g_dgettext (GETTEXT_PACKAGE, fields[i].title), fields[i].kind,
                   fields[i].choices);
    }
  for (guint i = 0; i < CH_N_LIMITS; i++)
    {
      g_autofree char *path = g_strconcat (prefix, ".limits.", ch_limit_to_string ((ChLimit)i), NULL);

      if (ch_coverage_has_limit (policy->coverage, (ChLimit)i) || policy->limits[i] != CH_MONEY_ABSENT)
        add_value (self, group, values, path, ch_limit_get_label ((ChLimit)i), CH_VALUE_MONEY, NULL);
    }
}

/* What was read, and a person took out. */
static void
add_removed_policies (ChCertificateForm *self)
{
  GHashTableIter iter;
  gpointer path, read;

  g_hash_table_iter_init (&iter, self->history);
  while (g_hash_table_iter_next (&iter, &path, &read))
    {
      if (g_str_has_prefix (path, "policies[") && g_str_has_suffix (path, "]") && *(const char *)read != '\0')
        {
          g_autofree char *text = g_strdup_printf (_("Taken out by hand: %s"), (const char *)read);
          GtkWidget *label = gtk_label_new (text);

          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_label_set_wrap (GTK_LABEL (label), TRUE);
          gtk_widget_add_css_class (label, "dim-label");
          gtk_box_append (GTK_BOX (self->box), label);
        }
    }
}

static void
add_policy_menu (ChCertificateForm *self)
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
build (ChCertificateForm *self)
{
  g_autoptr(GHashTable) values = NULL;

  g_hash_table_remove_all (self->rows);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_bin_set_child (ADW_BIN (self), self->box);
  if (self->current == NULL)
    return;

  values = ch_certificate_list_values (self->current);
  add_section (self, values, CH_FORM_INSURED);
  for (guint i = 0; i < self->current->policies->len; i++)
    add_policy_group (self, values, i);
  add_removed_policies (self);
  if (self->is_editable)
    add_policy_menu (self);
  add_section (self, values, CH_FORM_DESCRIPTION);
  add_section (self, values, CH_FORM_HOLDER);
  add_section (self, values, CH_FORM_PRODUCER);
  add_insurers (self, values);
  add_section (self, values, CH_FORM_FORM);
}

/**
 * ch_certificate_form_set_history:
 * @self: a form
 * @corrections: (element-type ChCorrection): what people changed of what was read
 *
 * Each changed value tells what was read in its place.
 */
void
ch_certificate_form_set_history (ChCertificateForm *self,
                                 GPtrArray         *corrections)
{
  GHashTableIter iter;
  gpointer path, row;
  gboolean has_entries = FALSE;

  g_return_if_fail (CH_IS_CERTIFICATE_FORM (self));

  g_hash_table_remove_all (self->history);
  for (guint i = 0; i < corrections->len; i++)
    {
      const ChCorrection *correction = g_ptr_array_index (corrections, i);

      has_entries = has_entries || g_str_has_suffix (correction->path, "]");
      g_hash_table_insert (self->history, g_strdup (correction->path),
                           g_strdup (correction->read != NULL ? correction->read : ""));
    }
  /* whole policies came or went: that stands beside the values, which must not go from under what is being typed */
  if (has_entries && g_hash_table_size (self->corrections) == 0)
    {
      build (self);
      return;
    }
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &path, &row))
    ch_value_row_set_history (row, g_hash_table_lookup (self->history, path));
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
