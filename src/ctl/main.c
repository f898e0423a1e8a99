#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-interchange.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>

typedef struct {
  const char    *name;
  ChCommandFunc  func;
  const char    *synopsis;
  const char    *summary;
} Command;

static const Command commands[] = {
  { "login", ch_ctl_login, "login [--browser|--oob|--client-credentials] [--company ID]", N_ ("Sign in to Procore") },
  { "doctor", ch_ctl_doctor, "doctor", N_ ("Probe every Procore tool that is used") },
  { "sync", ch_ctl_sync, "sync", N_ ("One full round: pull, merge, evaluate, push") },
  { "watch", ch_ctl_watch, "watch [--interval SECONDS] [--webhooks ADDR:PORT --public-url URL]", N_ ("Keep syncing until stopped") },
  { "projects", ch_ctl_projects, "projects", N_ ("List projects") },
  { "subs", ch_ctl_subs, "subs [--project ID]", N_ ("List subs") },
  { "certificates", ch_ctl_certificates, "certificates [--sub ID]", N_ ("List certificates") },
  { "status", ch_ctl_status, "status [--project ID] [--sub ID] [--as-of T]", N_ ("Show verdicts, now or as they stood") },
  { "read", ch_ctl_read, "read FILE…", N_ ("Read certificates, store nothing") },
  { "add", ch_ctl_add, "add FILE… [--sub ID] [--project ID]… [--approve]", N_ ("Store, read and match certificates") },
  { "review", ch_ctl_review, "review CERT [--approve|--reject WHY|--reopen] [--set FIELD=VALUE]… [--remove ENTRY]… [--sub ID] [--project ID]…", N_ ("Decide on a certificate, correct it, say whose it is") },
  { "request", ch_ctl_request, "request CERT | request --sub ID [--project ID]", N_ ("Draft a letter that asks for what is missing") },
  { "evaluate", ch_ctl_evaluate, "evaluate FILE [--today DATE]", N_ ("The judge alone: no database, no network") },
  { "requirements", ch_ctl_requirements, "requirements list|show ID|import FILE|export ID FILE|assign ID …|effective …", N_ ("Requirement sets") },
  { "waive", ch_ctl_waive, "waive --sub ID [--project ID] --rule RULE --until DATE --why TEXT | --end WAIVER --why TEXT", N_ ("An exception from one rule, with an end") },
  { "exempt", ch_ctl_exempt, "exempt --sub ID [--project ID] --until DATE --why TEXT | --end WAIVER --why TEXT", N_ ("An exception from everything, with an end") },
  { "waivers", ch_ctl_waivers, "waivers [--sub ID] [--project ID]", N_ ("List exceptions") },
  { "carriers", ch_ctl_carriers, "carriers list|import FILE", N_ ("The list of carriers with their ratings") },
  { "report", ch_ctl_report, "report [--project ID] [--as-of T] -o FILE.pdf|.csv", N_ ("Write the compliance report") },
  { "conflicts", ch_ctl_conflicts, "conflicts [settle ID --keep procore|certholder]", N_ ("What people changed on both sides") },
  { "settings", ch_ctl_settings, "settings [NAME [VALUE|--unset]]", N_ ("How certificates are reviewed, which folder is watched, what Procore is told") },
  { "events", ch_ctl_events, "events [--since T] [--sub ID]", N_ ("The audit trail") },
  { "backup", ch_ctl_backup, "backup FILE", N_ ("A consistent copy of database and documents") },
  { "restore", ch_ctl_restore, "restore FILE", N_ ("Take a backup apart into an empty data folder") },
  { "verify", ch_ctl_verify, "verify", N_ ("Check database, documents and audit trail") },
};

static const Command *
find_command (const char *name)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }
  return NULL;
}

static char *
make_summary (void)
{
  GString *text = g_string_new (_ ("Commands:"));
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-13s %s\n  %-13s   %s", commands[i].name, _ (commands[i].summary), "",
                            commands[i].synopsis);
  g_string_append_printf (text, "\n\n%s", _ ("Exit status: 0 done · 1 done, but something needs a person · 2 wrong usage · 3 Procore refused or could "
                                            "not be reached · 4 local data problem."));
  return g_string_free (text, FALSE);
}

/* Which exit status an error makes, by whose problem it is. */
static ChExit
get_exit (const GError *error)
{
  if (error->domain == CH_CTL_ERROR || error->domain == CH_DESK_ERROR || error->domain == CH_INTERCHANGE_ERROR
      || error->domain == G_OPTION_ERROR || g_error_matches (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    return CH_EXIT_USAGE;
  if (error->domain == CH_PROCORE_ERROR)
    return CH_EXIT_PROCORE;
  return CH_EXIT_LOCAL;
}

static void
print_error (const char   *what,
             const GError *error)
{
  /* One line, also where another's words hold several. */
  g_autofree char *why = g_strdelimit (g_strdup (error->message), "\r\n", ' ');
  const char *hint = error->domain == CH_PROCORE_ERROR ? ch_procore_error_get_hint (error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_free (why);
      why = g_strdup (_ ("stopped before its end"));
      hint = _ ("what was done is kept; run it again to go on");
    }
  g_printerr ("certholderctl: %s: %s\n", what, why);
  if (hint != NULL)
    g_printerr (_ ("hint: %s\n"), hint);
}

static gboolean
on_signal_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/*
 * Most commands block in this thread, so the signals are waited for in one of their own. It lives as long as the
 * process does.
 */
static gpointer
wait_for_signals (gpointer user_data)
{
  g_autoptr (GCancellable) cancellable = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  static const int signals[] = { SIGINT, SIGTERM };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSource) source = g_unix_signal_source_new (signals[i]);

      g_source_set_callback (source, on_signal_cb, g_object_ref (cancellable), g_object_unref);
      g_source_attach (source, context);
    }
  g_main_loop_run (loop);
  return NULL;
}

/* --json is as welcome behind the command as before it. */
static gboolean
take_json (int   *argc,
           char **argv)
{
  int n = 0;
  int i;

  for (i = 0; i < *argc; i++)
    {
      if (!g_str_equal (argv[i], "--json"))
        argv[n++] = argv[i];
    }
  if (n == *argc)
    return FALSE;

  argv[n] = NULL;
  *argc = n;
  return TRUE;
}

static int
run_command (const Command *command,
             const char    *data_dir,
             gboolean       json,
             int            argc,
             char         **argv)
{
  g_autoptr (ChCtl) ctl = ch_ctl_new (data_dir, json);
  g_autoptr (GError) error = NULL;
  ChExit status;

  /* GLib makes the locale for numbers at their first use; where two threads do that at once, the one that waits may find
   * errno set, and g_ascii_string_to_signed() takes the number for none. */
  (void) g_ascii_strtoll ("0", NULL, 10);
  /* The thread may come to life only after a short command has ended. */
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (ch_ctl_get_cancellable (ctl))));

  status = command->func (ctl, argc, argv, &error);
  if (error != NULL)
    {
      print_error (command->name, error);
      /* One that was stopped knows itself what it left undone. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        status = get_exit (error);
    }
  return status;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data_dir = NULL;
  g_autofree char *summary = NULL;
  gboolean json = FALSE;
  gboolean version = FALSE;
  const Command *command;
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_ ("Where the database lives"), N_ ("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON value"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version"), NULL },
    { NULL }
  };

  /* Where the translations are as long as nothing is installed. */
  const char *locale_dir = g_getenv ("CERTHOLDER_LOCALE_DIR");

  ch_token_store_forbid_core_dumps ();
  /* Standard output is for results alone, whatever debugging is asked for. */
  g_log_writer_default_set_use_stderr (TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("certholderctl");

  context = g_option_context_new (_ ("COMMAND …"));
  summary = make_summary ();
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      print_error (_ ("options"), error);
      return CH_EXIT_USAGE;
    }

  if (version)
    {
      g_print ("certholderctl %s\n", PACKAGE_VERSION);
      return CH_EXIT_DONE;
    }
  if (argc < 2)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      g_printerr ("%s", help);
      return CH_EXIT_USAGE;
    }

  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr (_ ("certholderctl: %s: no such command\nhint: run “certholderctl --help” for the list\n"), argv[1]);
      return CH_EXIT_USAGE;
    }

  if (argc == 3 && (g_str_equal (argv[2], "--help") || g_str_equal (argv[2], "-h")))
    {
      g_print (_ ("usage: certholderctl %s\n"), command->synopsis);
      g_print ("%s\n", _ (command->summary));
      return CH_EXIT_DONE;
    }

  json |= take_json (&argc, argv);
  return run_command (command, data_dir, json, argc - 1, argv + 1);
}
