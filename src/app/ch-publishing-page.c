#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-publishing-page.h"

#include "ch-publication.h"
#include "ch-state-writer.h"

#include <glib/gi18n-lib.h>

struct _ChPublishingPage
{
  AdwPreferencesPage   parent_instance;

  AdwPreferencesGroup *places_group;
  AdwPreferencesGroup *notifications_group;

  ChOffice            *office;
};

static const struct {
  const char *place;
  const char *title;
  const char *subtitle;
} rows[] = {
  { "company_insurances", N_("Policies in the company directory"), N_("One insurance record for each policy") },
  { "project_insurances", N_("Compliance in project directories"), N_("One record for each sub, with the reasons in plain words") },
  { "commitments", N_("Compliance of commitments"), N_("This is what holds or releases payment") },
  { "documents", N_("Certificates in the project’s documents"), N_("The PDFs and a compliance report that is always current") },
  { "links", N_("Link on the project’s home page"), N_("Says how many are ok, expiring and not compliant, and opens the report") },
};

G_DEFINE_FINAL_TYPE (ChPublishingPage, ch_publishing_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_written_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChPublishingPage) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);

  if (!ch_state_write_finish (CH_DESK_WORKER (object), result, &error) && window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (error->message));
}

static void
write_state (ChPublishingPage *self,
             const char       *name,
             const char       *value)
{
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (values, g_strdup (name), g_strdup (value));
  ch_state_write_async (ch_office_get_desk (self->office), values, TRUE, NULL, on_written_cb, g_object_ref (self));
}

static void
on_place_switched_cb (GtkSwitch        *toggle,
                      GParamSpec       *pspec,
                      ChPublishingPage *self)
{
  const char *place = g_object_get_data (G_OBJECT (toggle), "ch-place");
  g_autofree char *name = g_strconcat ("place.", place, NULL);

  write_state (self, name, gtk_switch_get_active (toggle) ? "on" : "off");
}

static void
on_notify_switched_cb (GtkSwitch        *toggle,
                       GParamSpec       *pspec,
                       ChPublishingPage *self)
{
  write_state (self, "notify_subs", gtk_switch_get_active (toggle) ? "true" : "false");
}

static GtkWidget *
add_switch (AdwPreferencesGroup *group,
            const char          *title,
            const char          *subtitle,
            gboolean             active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (group, row);

  return toggle;
}

static void
ch_publishing_page_dispose (GObject *object)
{
  ChPublishingPage *self = (ChPublishingPage *)object;

  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_publishing_page_parent_class)->dispose (object);
}

static void
ch_publishing_page_class_init (ChPublishingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_publishing_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-publishing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChPublishingPage, places_group);
  gtk_widget_class_bind_template_child (widget_class, ChPublishingPage, notifications_group);
}

static void
ch_publishing_page_init (ChPublishingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ch_publishing_page_set_office (ChPublishingPage *self,
                               ChOffice         *office)
{
  ChStore *store = ch_office_get_store (office);
  g_autofree char *notify = ch_store_dup_state (store, "notify_subs", NULL);
  GtkWidget *toggle;

  g_return_if_fail (CH_IS_PUBLISHING_PAGE (self));

  self->office = g_object_ref (office);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      toggle = add_switch (self->places_group, g_dgettext (GETTEXT_PACKAGE, rows[i].title),
                           g_dgettext (GETTEXT_PACKAGE, rows[i].subtitle),
                           ch_publication_is_on (store, rows[i].place));
      g_object_set_data (G_OBJECT (toggle), "ch-place", (gpointer)rows[i].place);
      g_signal_connect (toggle, "notify::active", G_CALLBACK (on_place_switched_cb), self);
    }

  toggle = add_switch (self->notifications_group, _("Let Procore remind subs of expired policies"),
                       _("Procore then mails each sub by itself when one of our records expires. Off, nobody is mailed "
                         "on our account."),
                       g_strcmp0 (notify, "true") == 0);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (on_notify_switched_cb), self);
}
