#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-server.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>

static gboolean
stop (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
serve (const char *url)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_print ("listening on %s\n", url);
  fflush (stdout);
  g_unix_signal_add (SIGTERM, stop, loop);
  g_unix_signal_add (SIGINT, stop, loop);
  g_main_loop_run (loop);
}

int
main (int   argc,
      char *argv[])
{
  int port = 0;
  int hourly = 3600;
  int spike = 100;
  g_autofree char *story = NULL;
  g_autofree char *company = NULL;
  ChSandboxSize size = { 0 };
  g_autofree char *client_id = NULL;
  g_autofree char *client_secret = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port of 127.0.0.1 (default: any)", "N" },
    { "story", 0, 0, G_OPTION_ARG_STRING, &story, "demo or empty", "NAME" },
    { "company", 0, 0, G_OPTION_ARG_STRING, &company, "A company of that size", "PROJECTS,SUBS,ASSIGNMENTS,INSURANCES" },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &client_id, "The app that may sign in", "ID" },
    { "client-secret", 0, 0, G_OPTION_ARG_STRING, &client_secret, "Its secret", "SECRET" },
    { "limit-hourly", 0, 0, G_OPTION_ARG_INT, &hourly, "Requests an hour", "N" },
    { "limit-spike", 0, 0, G_OPTION_ARG_INT, &spike, "Requests in ten seconds", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChSandbox) sandbox = NULL;
  g_autoptr (ChSandboxServer) server = NULL;
  g_autofree char *url = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || (story != NULL && !g_str_equal (story, "demo") && !g_str_equal (story, "empty"))
      || (company != NULL
          && sscanf (company, "%u,%u,%u,%u", &size.n_projects, &size.n_subs, &size.n_assignments, &size.n_insurances) != 4)
      || port < 0 || port > 65535 || hourly < 1 || spike < 1)
    {
      g_printerr ("certholder-sandbox: %s\n", error != NULL ? error->message : "an option has no such value");
      return 2;
    }

  sandbox = ch_sandbox_new ();
  ch_sandbox_set_now (sandbox, g_get_real_time ());
  ch_sandbox_set_client (sandbox, client_id != NULL ? client_id : "sandbox-client",
                         client_secret != NULL ? client_secret : "sandbox-secret");
  ch_sandbox_set_limits (sandbox, hourly, spike);
  if (company != NULL)
    ch_sandbox_tell_company (sandbox, &size);
  else
    ch_sandbox_tell (sandbox, story == NULL || g_str_equal (story, "demo"));
  server = ch_sandbox_server_new (sandbox);
  if (!ch_sandbox_server_listen (server, port, &error))
    {
      g_printerr ("certholder-sandbox: %s\n", error->message);
      return 1;
    }
  url = ch_sandbox_server_dup_url (server);
  serve (url);
  return 0;
}
