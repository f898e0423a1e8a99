#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-application.h"

#include "ch-office.h"
#include "ch-window.h"

#include <glib/gi18n-lib.h>

struct _ChApplication
{
  AdwApplication  parent_instance;

  char           *data_dir;   /* (nullable): from the command line */
  ChOffice       *office;     /* (nullable): opened with the first window */
};

G_DEFINE_FINAL_TYPE (ChApplication, ch_application, ADW_TYPE_APPLICATION)

static char *
dup_data_dir (ChApplication *self)
{
  return self->data_dir != NULL ? g_strdup (self->data_dir)
                                : g_build_filename (g_get_user_data_dir (), "certholder", NULL);
}

/* Without its data the program can do nothing but say why, and end. */
static void
show_failure (ChApplication *self,
              const char    *why)
{
  g_autofree char *data_dir = dup_data_dir (self);
  GtkWidget *dialog = adw_message_dialog_new (NULL, _("Certholder can’t open its data"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _("%s\n\nNothing was changed. The data is in %s."), why,
                                  data_dir);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_set_application (GTK_WINDOW (dialog), GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ch_application_activate (GApplication *application)
{
  ChApplication *self = (ChApplication *)application;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *data_dir = dup_data_dir (self);
  g_autoptr(GError) error = NULL;

  if (window == NULL && self->office == NULL)
    {
      self->office = ch_office_new (data_dir, &error);
      if (self->office == NULL)
        {
          show_failure (self, error->message);
          return;
        }
      ch_account_start (ch_office_get_account (self->office));
    }
  if (window == NULL)
    window = GTK_WINDOW (ch_window_new (GTK_APPLICATION (self), self->office));
  gtk_window_present (window);
}

static int
ch_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  ChApplication *self = (ChApplication *)application;
  gboolean version = FALSE;

  if (g_variant_dict_lookup (options, "version", "b", &version) && version)
    {
      g_print ("certholder %s\n", PACKAGE_VERSION);
      return 0;
    }
  /* Another folder is another desk: it must not end up in the window of a program that runs already. */
  if (g_variant_dict_lookup (options, "data-dir", "^ay", &self->data_dir))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", "Certholder",
                         "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "developer-name", _("The Certholder maintainers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Holds the certificates of insurance of your subs, says who may work, and keeps Procore saying the same."),
                         NULL);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  GList *windows = gtk_application_get_windows (user_data);

  while (windows != NULL)
    {
      GtkWindow *window = windows->data;

      windows = windows->next;
      gtk_window_destroy (window);
    }
}

static void
set_accels (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "win.search", { "<Control>f" } },
    { "win.add-files", { "<Control>o" } },
    { "win.back", { "<Alt>Left", "Escape" } },
    { "win.sync-now", { "<Control>r", "F5" } },
    { "win.preferences", { "<Control>comma" } },
    { "win.show-place::projects", { "<Alt>1" } },
    { "win.show-place::subs", { "<Alt>2" } },
    { "win.show-place::certificates", { "<Alt>3" } },
    { "win.show-place::requirements", { "<Alt>4" } },
    { "win.show-place::conflicts", { "<Alt>5" } },
    { "win.show-place::procore", { "<Alt>6" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
    { "app.quit", { "<Control>q" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, (const char **)accels[i].accels);
}

static void
ch_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "about", show_about, NULL, NULL, NULL },
    { "quit", quit, NULL, NULL, NULL },
  };

  G_APPLICATION_CLASS (ch_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  set_accels (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (APPLICATION_ID);
}

static void
ch_application_shutdown (GApplication *application)
{
  ChApplication *self = (ChApplication *)application;

  if (self->office != NULL)
    ch_office_close (self->office);
  g_clear_object (&self->office);

  G_APPLICATION_CLASS (ch_application_parent_class)->shutdown (application);
}

static void
ch_application_finalize (GObject *object)
{
  g_free (((ChApplication *)object)->data_dir);

  G_OBJECT_CLASS (ch_application_parent_class)->finalize (object);
}

static void
ch_application_class_init (ChApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ch_application_finalize;
  application_class->activate = ch_application_activate;
  application_class->startup = ch_application_startup;
  application_class->shutdown = ch_application_shutdown;
  application_class->handle_local_options = ch_application_handle_local_options;
}

static void
ch_application_init (ChApplication *self)
{
  static const GOptionEntry options[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Keep the data in this folder"), N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and end"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * ch_application_new:
 *
 * Returns: (transfer full): the application; it opens its data when it is activated
 */
ChApplication *
ch_application_new (void)
{
  return g_object_new (CH_TYPE_APPLICATION, "application-id", APPLICATION_ID, "resource-base-path",
                       "/io/github/certholder/Certholder", NULL);
}
