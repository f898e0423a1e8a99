#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-requirements-page.h"

#include "ch-interchange.h"
#include "ch-store-requirements.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define READY_MADE "/io/github/certholder/Certholder/requirements/"

struct _ChRequirementsPage
{
  AdwPreferencesPage   parent_instance;

  GtkWidget           *company_row;
  AdwPreferencesGroup *sets_group;
  AdwPreferencesGroup *ready_group;

  ChOffice            *office;
  GPtrArray           *sets;        /* (element-type ChStoredRequirementSet) */
  GPtrArray           *rows;        /* (unowned) (element-type GtkWidget): of the sets */
  gboolean             is_filling;  /* the program sets widgets, not the user */
};

/* An act of the desk on requirements: a set to import, or the company's set to change. */
typedef struct {
  char     *body;     /* (nullable) */
  gint64    set_id;   /* 0 takes the company's set away */
} RequirementsOp;

G_DEFINE_FINAL_TYPE (ChRequirementsPage, ch_requirements_page, ADW_TYPE_PREFERENCES_PAGE)

static void
requirements_op_free (gpointer data)
{
  RequirementsOp *op = data;

  g_free (op->body);
  g_free (op);
}

static void
tell (ChRequirementsPage *self,
      const char         *text)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (escaped));
}

static gpointer
act_in_worker (ChDesk        *desk,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  RequirementsOp *op = data;
  g_autoptr(ChRequirementAssignment) place = NULL;
  g_autoptr(ChStoredRequirementSet) set = NULL;

  if (op->body != NULL)
    {
      set = ch_desk_import_requirements (desk, op->body, error);
      return NULL;
    }

  place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  ch_desk_assign_requirements (desk, op->set_id, place, error);
  return NULL;
}

static void fill (ChRequirementsPage *self);

static void
on_acted_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(ChRequirementsPage) self = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  if (error != NULL)
    tell (self, error->message);
  if (self->office == NULL)
    return;
  fill (self);
  if (error == NULL && self->sets != NULL && self->sets->len > 0
      && adw_combo_row_get_selected (ADW_COMBO_ROW (self->company_row)) == 0)
    tell (self, _("Choose above which set is asked of every sub"));
}

static void
act (ChRequirementsPage *self,
     char               *body,
     gint64              set_id)
{
  RequirementsOp *op = g_new0 (RequirementsOp, 1);

  op->body = body;
  op->set_id = set_id;
  ch_desk_worker_run_async (ch_office_get_desk (self->office), act_in_worker, op, requirements_op_free, NULL, NULL,
                            on_acted_cb, g_object_ref (self));
}

static char *
describe_assignments (const ChStoredRequirementSet *set,
                      gboolean                     *is_company)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_other = 0;

  *is_company = FALSE;
  g_string_append_printf (text, _("Version %d"), set->version);
  for (guint i = 0; i < set->assignments->len; i++)
    {
      const ChRequirementAssignment *place = g_ptr_array_index (set->assignments, i);

      if (place->scope == CH_SCOPE_COMPANY)
        *is_company = TRUE;
      else if (place->scope == CH_SCOPE_TRADE)
        g_string_append_printf (text, " · %s", place->trade);
      else
        n_other++;
    }
  if (*is_company)
    g_string_append_printf (text, " · %s", _("every sub"));
  if (n_other > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u project or contract", "%u projects or contracts",
                                                 n_other), n_other);
    }

  return g_strdup (text->str);
}

static void
clear_rows (ChRequirementsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->sets_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_set_row (ChRequirementsPage *self,
             const char         *title,
             const char         *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->sets_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill (ChRequirementsPage *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  clear_rows (self);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
  self->sets = ch_store_list_requirement_sets (ch_office_get_store (self->office), &error);
  if (self->sets == NULL)
    {
      tell (self, error->message);
      return;
    }

  gtk_string_list_append (names, _("Nothing"));
  for (guint i = 0; i < self->sets->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (self->sets, i);
      gboolean is_company;
      g_autofree char *subtitle = describe_assignments (set, &is_company);

      gtk_string_list_append (names, set->name);
      add_set_row (self, set->name, subtitle);
      if (is_company)
        selected = i + 1;
    }
  if (self->sets->len == 0)
    add_set_row (self, _("No requirement sets yet"), _("Import one, or add a ready-made one below."));

  self->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->company_row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->company_row), selected);
  self->is_filling = FALSE;
}

static void
on_company_set_chosen_cb (ChRequirementsPage *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->company_row));

  if (self->is_filling || self->sets == NULL || chosen > self->sets->len)
    return;

  act (self, NULL, chosen > 0 ? ((const ChStoredRequirementSet *)g_ptr_array_index (self->sets, chosen - 1))->id : 0);
}

static void
on_file_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(ChRequirementsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;

  if (!g_file_load_contents_finish (G_FILE (object), result, &body, NULL, NULL, &error))
    tell (self, error->message);
  else if (self->office != NULL)
    act (self, g_steal_pointer (&body), 0);
}

static void
on_file_chosen_cb (GtkNativeDialog    *dialog,
                   int                 response,
                   ChRequirementsPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_file_load_contents_async (file, NULL, on_file_loaded_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
on_import_cb (ChRequirementsPage *self)
{
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (_("Import a requirement set"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("JSON files"));
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_add_ready_made_cb (GtkButton          *button,
                      ChRequirementsPage *self)
{
  const char *path = g_object_get_data (G_OBJECT (button), "ch-path");
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes != NULL)
    act (self, g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), 0);
}

/* The set that most begin with comes first. */
static int
compare_ready_made (gconstpointer a,
                    gconstpointer b)
{
  const char *one = *(const char * const *)a;
  const char *other = *(const char * const *)b;

  if (g_str_equal (one, "standard.json") != g_str_equal (other, "standard.json"))
    return g_str_equal (one, "standard.json") ? -1 : 1;

  return g_strcmp0 (one, other);
}

static char *
dup_set_name (const char *path)
{
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(ChRequirementSet) set = NULL;

  if (bytes != NULL)
    root = ch_json_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  if (root != NULL)
    set = ch_requirement_set_from_json (root, NULL);

  return set != NULL ? ch_requirement_set_dup_name (set) : NULL;
}

static void
add_ready_made (ChRequirementsPage *self)
{
  g_auto(GStrv) files = g_resources_enumerate_children (READY_MADE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (files != NULL)
    qsort (files, g_strv_length (files), sizeof (char *), compare_ready_made);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (READY_MADE, files[i], NULL);
      g_autofree char *name = dup_set_name (path);
      g_autofree char *label = g_strdup_printf (_("Add %s"), name != NULL ? name : files[i]);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_button_new_with_label (_("Add"));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : files[i]);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_object_set_data_full (G_OBJECT (button), "ch-path", g_steal_pointer (&path), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (on_add_ready_made_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (self->ready_group, row);
    }
}

static void
ch_requirements_page_dispose (GObject *object)
{
  ChRequirementsPage *self = (ChRequirementsPage *)object;

  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_requirements_page_parent_class)->dispose (object);
}

static void
ch_requirements_page_finalize (GObject *object)
{
  ChRequirementsPage *self = (ChRequirementsPage *)object;

  g_clear_pointer (&self->sets, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (ch_requirements_page_parent_class)->finalize (object);
}

static void
ch_requirements_page_class_init (ChRequirementsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_requirements_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_requirements_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/certholder/Certholder/ch-requirements-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, company_row);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, sets_group);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, ready_group);
  gtk_widget_class_bind_template_callback (widget_class, on_company_set_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_cb);
}

static void
ch_requirements_page_init (ChRequirementsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ch_requirements_page_set_office (ChRequirementsPage *self,
                                 ChOffice           *office)
{
  g_return_if_fail (CH_IS_REQUIREMENTS_PAGE (self));

  self->office = g_object_ref (office);
  add_ready_made (self);
  fill (self);
}
