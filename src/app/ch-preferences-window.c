#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-preferences-window.h"

#include "ch-connection-page.h"
#include "ch-desk-page.h"
#include "ch-publishing-page.h"
#include "ch-webhooks-group.h"

struct _ChPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  ChConnectionPage     *connection_page;
  ChDeskPage           *desk_page;
  ChPublishingPage     *publishing_page;
};

G_DEFINE_FINAL_TYPE (ChPreferencesWindow, ch_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
ch_preferences_window_class_init (ChPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CH_TYPE_CONNECTION_PAGE);
  g_type_ensure (CH_TYPE_DESK_PAGE);
  g_type_ensure (CH_TYPE_PUBLISHING_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/certholder/Certholder/ch-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChPreferencesWindow, connection_page);
  gtk_widget_class_bind_template_child (widget_class, ChPreferencesWindow, desk_page);
  gtk_widget_class_bind_template_child (widget_class, ChPreferencesWindow, publishing_page);
}

static void
ch_preferences_window_init (ChPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ch_preferences_window_new:
 * @parent: (nullable): the window that asks
 * @office: what is set
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
ch_preferences_window_new (GtkWindow *parent,
                           ChOffice  *office)
{
  ChPreferencesWindow *self = g_object_new (CH_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  ch_connection_page_set_office (self->connection_page, office);
  /* Not in the first-run assistant, which shows the page as well. */
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->connection_page), ADW_PREFERENCES_GROUP (ch_webhooks_group_new (office)));
  ch_desk_page_set_office (self->desk_page, office);
  ch_publishing_page_set_office (self->publishing_page, office);

  return GTK_WINDOW (self);
}
