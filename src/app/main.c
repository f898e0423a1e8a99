#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-app-resources.h"
#include "ch-application.h"
#include "ch-token-store.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr(ChApplication) application = NULL;
  /* where the translations are as long as nothing is installed */
  const char *locale_dir = g_getenv ("CERTHOLDER_LOCALE_DIR");

  ch_token_store_forbid_core_dumps ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Certholder");

  g_resources_register (ch_app_get_resource ());
  application = ch_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
