#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-requirement-set-page.h"

#include "ch-asked-view.h"
#include "ch-assign-dialog.h"
#include "ch-interchange.h"
#include "ch-ready-made.h"
#include "ch-requirement-acts.h"
#include "ch-requirement-overview.h"
#include "ch-set-editor.h"
#include "ch-wrap-box.h"

#include <glib/gi18n-lib.h>

/* More places than this are counted, not named. */
#define MAX_PLACES_NAMED 6

struct _ChRequirementSetPage
{
  ChPage                  parent_instance;

  GtkWidget              *facts_label;
  GtkWidget              *add_button;
  GtkWidget              *assign_button;
  GtkWidget              *change_button;
  GtkWidget              *export_button;
  GtkWidget              *version_drop;
  GtkWidget              *asked_bin;

  char                   *uuid;          /* (nullable): of a set on file */
  char                   *file;          /* (nullable): of a ready-made one */
  ChStoredRequirementSet *set;           /* (nullable): the newest version of a set on file */
  char                   *body;          /* (nullable): what is shown */
  gboolean                is_filling;
};

G_DEFINE_FINAL_TYPE (ChRequirementSetPage, ch_requirement_set_page, CH_TYPE_PAGE)

static void
show_body (ChRequirementSetPage *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = self->body != NULL ? ch_json_parse (self->body, -1, &error) : NULL;
  g_autoptr(ChRequirementSet) set = node != NULL ? ch_requirement_set_from_json (node, &error) : NULL;

  if (set != NULL)
    adw_bin_set_child (ADW_BIN (self->asked_bin), ch_asked_view_new (set, NULL));
  else
    adw_bin_set_child (ADW_BIN (self->asked_bin), gtk_label_new (error != NULL ? error->message : ""));
}

/* Where the set holds. */
static char *
describe_places (ChRequirementSetPage *self)
{
  ChStore *store = ch_office_get_store (ch_page_get_office (CH_PAGE (self)));
  GPtrArray *places = self->set->assignments;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *version = g_strdup_printf (_("Version %d"), self->set->version);

  g_string_append (text, version);
  if (places->len == 0)
    g_string_append_printf (text, " · %s", _("not asked of anybody yet"));
  else
    /* Translators: before the places where a requirement set holds */
    g_string_append_printf (text, " · %s ", _("asked of:"));
  for (guint i = 0; i < MIN (places->len, MAX_PLACES_NAMED); i++)
    {
      g_autofree char *label = ch_requirement_place_dup_label (store, g_ptr_array_index (places, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", label);
    }
  if (places->len > MAX_PLACES_NAMED)
    {
      guint n_more = places->len - MAX_PLACES_NAMED;

      g_string_append (text, "; ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n_more), n_more);
    }

  return g_strdup (text->str);
}

static void
fill_versions (ChRequirementSetPage *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  for (int version = self->set->version; version >= 1; version--)
    {
      g_autofree char *label = g_strdup_printf (version == self->set->version ? _("Version %d (in force)")
                                                                              : _("Version %d"), version);

      gtk_string_list_append (labels, label);
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->version_drop), G_LIST_MODEL (labels));
  self->is_filling = FALSE;
  gtk_widget_set_visible (self->version_drop, self->set->version > 1);
}

static void
load (ChRequirementSetPage *self)
{
  ChStore *store = ch_office_get_store (ch_page_get_office (CH_PAGE (self)));
  ChStoredRequirementSet *set = store != NULL ? ch_store_find_requirement_set (store, self->uuid, NULL) : NULL;

  if (set == NULL)
    return;

  g_clear_pointer (&self->set, ch_stored_requirement_set_free);
  self->set = set;
  g_free (self->body);
  self->body = g_strdup (set->body);
  ch_page_set_title (CH_PAGE (self), set->name);
  fill_versions (self);
  show_body (self);
}

static void
update_facts (ChRequirementSetPage *self)
{
  g_autofree char *text = NULL;

  if (self->set != NULL)
    text = describe_places (self);
  else if (self->file != NULL)
    text = g_strdup (_("Usual in the trade; a starting point, not legal advice."));
  gtk_label_set_label (GTK_LABEL (self->facts_label), text != NULL ? text : "");
}

static void
on_version_chosen_cb (ChRequirementSetPage *self)
{
  ChStore *store = ch_office_get_store (ch_page_get_office (CH_PAGE (self)));
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->version_drop));
  g_autoptr(ChStoredRequirementSet) version = NULL;
  g_autoptr(GError) error = NULL;

  if (self->is_filling || self->set == NULL || store == NULL || chosen == GTK_INVALID_LIST_POSITION)
    return;

  version = ch_store_get_requirement_version (store, self->uuid, self->set->version - (int)chosen, &error);
  if (version == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", error->message);
      return;
    }
  g_free (self->body);
  self->body = g_strdup (version->body);
  show_body (self);
}

static void
on_store_changed_cb (ChOffice             *office,
                     guint                 kind,
                     GArray               *ids,
                     ChRequirementSetPage *self)
{
  if (kind != CH_KIND_REQUIREMENT_SET || self->uuid == NULL)
    return;

  load (self);
  update_facts (self);
}

static void
add_set (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ChRequirementSetPage *self = (ChRequirementSetPage *)widget;

  ch_requirements_add (widget, ch_page_get_office (CH_PAGE (self)), g_strdup (self->body), FALSE);
}

static void
assign_set (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChRequirementSetPage *self = (ChRequirementSetPage *)widget;

  gtk_window_present (ch_assign_dialog_new (widget, ch_page_get_office (CH_PAGE (self)),
                                            self->set != NULL ? self->set->id : 0));
}

static void
change_set (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChRequirementSetPage *self = (ChRequirementSetPage *)widget;
  g_autoptr(JsonNode) node = self->body != NULL ? ch_json_parse (self->body, -1, NULL) : NULL;
  g_autoptr(ChRequirementSet) set = node != NULL ? ch_requirement_set_from_json (node, NULL) : NULL;

  if (set != NULL)
    gtk_window_present (ch_set_editor_new (widget, ch_page_get_office (CH_PAGE (self)), set));
}

static void
export_set (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ChRequirementSetPage *self = (ChRequirementSetPage *)widget;

  ch_requirements_export (widget, ch_page_get_title (CH_PAGE (self)), self->body);
}

static void
ch_requirement_set_page_shown (ChPage *page)
{
  ChRequirementSetPage *self = (ChRequirementSetPage *)page;

  gtk_widget_grab_focus (gtk_widget_get_visible (self->add_button) ? self->add_button : self->assign_button);
}

static void
ch_requirement_set_page_finalize (GObject *object)
{
  ChRequirementSetPage *self = (ChRequirementSetPage *)object;

  g_clear_pointer (&self->set, ch_stored_requirement_set_free);
  g_free (self->uuid);
  g_free (self->file);
  g_free (self->body);

  G_OBJECT_CLASS (ch_requirement_set_page_parent_class)->finalize (object);
}

static void
ch_requirement_set_page_class_init (ChRequirementSetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ch_requirement_set_page_finalize;
  CH_PAGE_CLASS (klass)->shown = ch_requirement_set_page_shown;

  g_type_ensure (CH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/certholder/Certholder/ch-requirement-set-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, assign_button);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, change_button);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, version_drop);
  gtk_widget_class_bind_template_child (widget_class, ChRequirementSetPage, asked_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_version_chosen_cb);
  gtk_widget_class_install_action (widget_class, "page.add-set", NULL, add_set);
  gtk_widget_class_install_action (widget_class, "page.assign-set", NULL, assign_set);
  gtk_widget_class_install_action (widget_class, "page.change-set", NULL, change_set);
  gtk_widget_class_install_action (widget_class, "page.export-set", NULL, export_set);
}

static void
ch_requirement_set_page_init (ChRequirementSetPage *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_filling = FALSE;
}

static void
show_buttons (ChRequirementSetPage *self)
{
  gtk_widget_set_visible (self->add_button, self->file != NULL);
  gtk_widget_set_visible (self->assign_button, self->uuid != NULL);
  gtk_widget_set_visible (self->change_button, self->uuid != NULL);
  gtk_widget_set_visible (self->version_drop, self->set != NULL && self->set->version > 1);
}

/**
 * ch_requirement_set_page_new:
 * @office: the office
 * @uuid: a set on file
 *
 * Returns: (transfer floating): a page that shows its newest version, and older ones when asked
 */
ChPage *
ch_requirement_set_page_new (ChOffice   *office,
                             const char *uuid)
{
  ChRequirementSetPage *self = g_object_new (CH_TYPE_REQUIREMENT_SET_PAGE, "office", office, NULL);

  self->uuid = g_strdup (uuid);
  load (self);
  update_facts (self);
  show_buttons (self);
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);

  return CH_PAGE (self);
}

/**
 * ch_requirement_set_page_new_ready_made:
 * @office: the office
 * @file: which of ch_ready_made_list()
 *
 * Returns: (transfer floating): a page that shows it and offers to take it in
 */
ChPage *
ch_requirement_set_page_new_ready_made (ChOffice   *office,
                                        const char *file)
{
  ChRequirementSetPage *self = g_object_new (CH_TYPE_REQUIREMENT_SET_PAGE, "office", office, NULL);
  g_autoptr(ChRequirementSet) set = ch_ready_made_get_set (file);

  self->file = g_strdup (file);
  self->body = ch_ready_made_dup_body (file);
  if (set != NULL)
    ch_page_set_title (CH_PAGE (self), set->name);
  show_body (self);
  update_facts (self);
  show_buttons (self);

  return CH_PAGE (self);
}
