#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-requirements-page.h"

#include "ch-assign-dialog.h"
#include "ch-format.h"
#include "ch-ready-made.h"
#include "ch-requirement-acts.h"
#include "ch-requirement-overview.h"
#include "ch-set-editor.h"

#include <glib/gi18n-lib.h>

struct _ChRequirementsPage
{
  ChPage                 parent_instance;

  GtkWidget             *assign_button;
  AdwPreferencesGroup   *places_group;
  GtkWidget             *company_row;
  AdwPreferencesGroup   *sets_group;
  AdwPreferencesGroup   *ready_group;
  GtkWidget             *carriers_row;

  ChRequirementOverview *overview;      /* (nullable): as last read */
  GPtrArray             *place_rows;    /* (unowned) */
  GPtrArray             *set_rows;      /* (unowned) */
  GPtrArray             *ready_rows;    /* (unowned) */
  GCancellable          *cancellable;
  gboolean               is_filling;    /* the program sets widgets, not the user */
  gboolean               is_loading;
  gboolean               is_stale;      /* something changed during the load */
};

G_DEFINE_FINAL_TYPE (ChRequirementsPage, ch_requirements_page, CH_TYPE_PAGE)

static const char *
get_scope_label (ChScope scope)
{
  switch (scope)
    {
    case CH_SCOPE_TRADE:
      return _("Trade");
    case CH_SCOPE_PROJECT:
      return _("Project");
    case CH_SCOPE_SUB_ON_PROJECT:
      return _("Sub on a project");
    case CH_SCOPE_COMMITMENT:
      return _("Contract");
    case CH_SCOPE_COMPANY:
    default:
      return _("The whole company");
    }
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static GtkWidget *
make_link_row (const char *title,
               const char *subtitle)
{
  GtkWidget *row = make_row (title, subtitle);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray           *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
on_take_away_cb (GtkButton          *button,
                 ChRequirementsPage *self)
{
  const ChRequirementAssignment *place = g_object_get_data (G_OBJECT (button), "ch-place");

  ch_requirements_assign (GTK_WIDGET (self), ch_page_get_office (CH_PAGE (self)), 0, place);
}

static void
add_place (ChRequirementsPage *self,
           const ChPlacedSet  *placed)
{
  g_autofree char *asked = g_strdup_printf (_("%s, version %d"), placed->set_name, placed->version);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", get_scope_label (placed->place->scope), asked);
  g_autofree char *label = g_strdup_printf (_("Take the set away from %s"), placed->label);
  GtkWidget *row = make_row (placed->label, subtitle);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-delete-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Take the set away from here"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "ch-place", ch_requirement_place_copy (placed->place),
                          (GDestroyNotify)ch_requirement_assignment_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_take_away_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (self->places_group, row);
  g_ptr_array_add (self->place_rows, row);
}

static char *
describe_set (const ChStoredRequirementSet *set)
{
  g_autofree char *version = g_strdup_printf (_("Version %d"), set->version);
  guint n = set->assignments->len;

  if (n == 0)
    return g_strdup_printf (_("%s · not asked of anybody yet"), version);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · assigned in %u place", "%s · assigned in %u places", n),
                          version, n);
}

static void
on_set_activated_cb (GtkWidget  *row,
                     const char *uuid)
{
  gtk_widget_activate_action (row, "win.open-requirements", "s", uuid);
}

static void
add_set (ChRequirementsPage           *self,
         const ChStoredRequirementSet *set)
{
  g_autofree char *subtitle = describe_set (set);
  GtkWidget *row = make_link_row (set->name, subtitle);

  g_signal_connect_data (row, "activated", G_CALLBACK (on_set_activated_cb), g_strdup (set->uuid),
                         (GClosureNotify)(void (*) (void))g_free, 0);
  adw_preferences_group_add (self->sets_group, row);
  g_ptr_array_add (self->set_rows, row);
}

static void
fill_company_row (ChRequirementsPage *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _("Nothing"));
  for (guint i = 0; i < self->overview->sets->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (self->overview->sets, i);

      gtk_string_list_append (names, set->name);
      if (set->id == self->overview->company_set)
        selected = i + 1;
    }
  self->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->company_row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->company_row), selected);
  self->is_filling = FALSE;
}

static void
fill_carriers_row (ChRequirementsPage *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self->carriers_row);
  g_autofree char *count = ch_format_count (self->overview->n_carriers);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (self->overview->carrier_version == 0)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("No list of carriers yet"));
      adw_action_row_set_subtitle (row, _("Where a set asks for a rating, each carrier is held for a person until its "
                                          "rating is on file. A table has the columns naic, name, rating and size."));
      return;
    }
  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s carrier with its rating", "%s carriers with their ratings",
                                        self->overview->n_carriers), count);
  subtitle = g_strdup_printf (_("Version %d of the list; another import replaces it."), self->overview->carrier_version);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
}

static gboolean
is_on_file (ChRequirementsPage *self,
            const char         *name)
{
  for (guint i = 0; i < self->overview->sets->len; i++)
    {
      if (g_str_equal (((const ChStoredRequirementSet *)g_ptr_array_index (self->overview->sets, i))->name, name))
        return TRUE;
    }

  return FALSE;
}

/* What is on file already is offered no more. */
static void
show_ready_made (ChRequirementsPage *self)
{
  gboolean has_one = FALSE;

  for (guint i = 0; i < self->ready_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->ready_rows, i);
      gboolean is_new = !is_on_file (self, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

      gtk_widget_set_visible (row, is_new);
      has_one = has_one || is_new;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->ready_group), has_one);
}

static void
fill (ChRequirementsPage *self)
{
  clear_rows (self->places_group, self->place_rows);
  clear_rows (self->sets_group, self->set_rows);
  fill_company_row (self);
  for (guint i = 0; i < self->overview->placed->len; i++)
    add_place (self, g_ptr_array_index (self->overview->placed, i));
  for (guint i = 0; i < self->overview->sets->len; i++)
    add_set (self, g_ptr_array_index (self->overview->sets, i));
  if (self->overview->sets->len == 0)
    {
      GtkWidget *row = make_row (_("No requirement sets yet"), _("Import one, or add a ready-made one below."));

      gtk_widget_set_focusable (row, FALSE);
      adw_preferences_group_add (self->sets_group, row);
      g_ptr_array_add (self->set_rows, row);
    }
  show_ready_made (self);
  fill_carriers_row (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.assign", self->overview->sets->len > 0);
}

static void load (ChRequirementsPage *self);

static void
on_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChRequirementsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  ChRequirementOverview *overview = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      ch_requirement_overview_free (overview);
      return;
    }
  if (overview == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", error->message);
      return;
    }
  g_clear_pointer (&self->overview, ch_requirement_overview_free);
  self->overview = overview;
  fill (self);
  if (self->is_stale)
    load (self);
}

static void
load (ChRequirementsPage *self)
{
  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;

  self->is_loading = TRUE;
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), ch_requirement_overview_load,
                            NULL, NULL, (GDestroyNotify)ch_requirement_overview_free, self->cancellable, on_loaded_cb,
                            g_object_ref (self));
}

static void
on_store_changed_cb (ChOffice           *office,
                     guint               kind,
                     GArray             *ids,
                     ChRequirementsPage *self)
{
  if (kind == CH_KIND_REQUIREMENT_SET)
    load (self);
}

static void
on_company_set_chosen_cb (ChRequirementsPage *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->company_row));
  g_autoptr(ChRequirementAssignment) place = NULL;
  gint64 set_id = 0;

  if (self->is_filling || self->overview == NULL || chosen > self->overview->sets->len)
    return;

  if (chosen > 0)
    set_id = ((const ChStoredRequirementSet *)g_ptr_array_index (self->overview->sets, chosen - 1))->id;
  place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  ch_requirements_assign (GTK_WIDGET (self), ch_page_get_office (CH_PAGE (self)), set_id, place);
}

static void
assign (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  gtk_window_present (ch_assign_dialog_new (widget, ch_page_get_office (CH_PAGE (widget)), 0));
}

static void
new_set (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  gtk_window_present (ch_set_editor_new (widget, ch_page_get_office (CH_PAGE (widget)), NULL));
}

static void
import_set (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ch_requirements_import (widget, ch_page_get_office (CH_PAGE (widget)));
}

static void
import_carriers (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  ch_carriers_import (widget, ch_page_get_office (CH_PAGE (widget)));
}

/* The first set of all is the one that everybody is asked. */
static void
add_ready_made (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  ChRequirementsPage *self = (ChRequirementsPage *)widget;
  gboolean is_first = self->overview != NULL && self->overview->sets->len == 0;

  ch_requirements_add (widget, ch_page_get_office (CH_PAGE (widget)),
                       ch_ready_made_dup_body (g_variant_get_string (parameter, NULL)), is_first);
}

static void
on_ready_made_activated_cb (GtkWidget  *row,
                            const char *file)
{
  gtk_widget_activate_action (row, "win.open-ready-made", "s", file);
}

static void
add_ready_made_rows (ChRequirementsPage *self)
{
  g_auto(GStrv) files = ch_ready_made_list ();

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr(ChRequirementSet) set = ch_ready_made_get_set (files[i]);
      g_autofree char *label = g_strdup_printf (_("Add %s"), set->name);
      GtkWidget *button = gtk_button_new_with_label (_("Add"));
      GtkWidget *row = make_row (set->name, "");
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), NULL);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.add-ready-made");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", files[i]);
      gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_data (row, "activated", G_CALLBACK (on_ready_made_activated_cb), g_strdup (files[i]),
                             (GClosureNotify)(void (*) (void))g_free, 0);
      adw_preferences_group_add (self->ready_group, row);
      g_ptr_array_add (self->ready_rows, row);
    }
}

static void
ch_requirements_page_shown (ChPage *page)
{
  gtk_widget_grab_focus (((ChRequirementsPage *)page)->company_row);
}

static void
ch_requirements_page_dispose (GObject *object)
{
  ChRequirementsPage *self = (ChRequirementsPage *)object;

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (ch_requirements_page_parent_class)->dispose (object);
}

static void
ch_requirements_page_finalize (GObject *object)
{
  ChRequirementsPage *self = (ChRequirementsPage *)object;

  g_clear_pointer (&self->overview, ch_requirement_overview_free);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->place_rows);
  g_ptr_array_unref (self->set_rows);
  g_ptr_array_unref (self->ready_rows);

  G_OBJECT_CLASS (ch_requirements_page_parent_class)->finalize (object);
}

static void
ch_requirements_page_constructed (GObject *object)
{
  ChRequirementsPage *self = (ChRequirementsPage *)object;

  G_OBJECT_CLASS (ch_requirements_page_parent_class)->constructed (object);

  g_signal_connect_object (ch_page_get_office (CH_PAGE (self)), "store-changed", G_CALLBACK (on_store_changed_cb),
                           self, 0);
  add_ready_made_rows (self);
  load (self);
}

static void
ch_requirements_page_class_init (ChRequirementsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ch_requirements_page_constructed;
  object_class->dispose = ch_requirements_page_dispose;
  object_class->finalize = ch_requirements_page_finalize;
  CH_PAGE_CLASS (klass)->shown = ch_requirements_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/certholder/Certholder/ch-requirements-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, assign_button);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, places_group);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, company_row);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, sets_group);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, ready_group);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementsPage, carriers_row);
  gtk_widget_class_bind_template_callback (widget_class, on_company_set_chosen_cb);
  gtk_widget_class_install_action (widget_class, "page.assign", NULL, assign);
  gtk_widget_class_install_action (widget_class, "page.new-set", NULL, new_set);
  gtk_widget_class_install_action (widget_class, "page.import-set", NULL, import_set);
  gtk_widget_class_install_action (widget_class, "page.import-carriers", NULL, import_carriers);
  gtk_widget_class_install_action (widget_class, "page.add-ready-made", "s", add_ready_made);
}

static void
ch_requirements_page_init (ChRequirementsPage *self)
{
  self->place_rows = g_ptr_array_new ();
  self->set_rows = g_ptr_array_new ();
  self->ready_rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.assign", FALSE);
}

ChPage *
ch_requirements_page_new (ChOffice *office)
{
  return g_object_new (CH_TYPE_REQUIREMENTS_PAGE, "office", office, NULL);
}
