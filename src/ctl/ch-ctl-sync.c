#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-ctl-watched.h"
#include "ch-doctor.h"
#include "ch-interchange.h"
#include "ch-webhook-secret.h"
#include "ch-worker.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static JsonObject *
make_summary (const ChRoundSummary *summary)
{
  JsonObject *record = json_object_new ();
  JsonObject *pulled = json_object_new ();
  JsonObject *pushed = json_object_new ();

  json_object_set_int_member (pulled, "projects", summary->pulled_projects);
  json_object_set_int_member (pulled, "subs", summary->pulled_subs);
  json_object_set_int_member (pulled, "assignments", summary->pulled_assignments);
  json_object_set_int_member (pulled, "commitments", summary->pulled_commitments);
  json_object_set_int_member (pulled, "insurances", summary->pulled_insurances);
  json_object_set_int_member (pushed, "insurances", summary->pushed_insurances);
  json_object_set_int_member (pushed, "commitments", summary->pushed_commitments);
  json_object_set_int_member (pushed, "files", summary->pushed_files);
  json_object_set_int_member (pushed, "links", summary->pushed_links);
  json_object_set_object_member (record, "pulled", pulled);
  json_object_set_object_member (record, "pushed", pushed);
  json_object_set_int_member (record, "requests", summary->requests);
  json_object_set_int_member (record, "conflicts", summary->conflicts);
  json_object_set_int_member (record, "pending", summary->pending);
  json_object_set_double_member (record, "seconds", summary->seconds);
  if (summary->problems != NULL && summary->problems->len > 0)
    {
      JsonArray *problems = json_array_new ();
      guint i;

      for (i = 0; i < summary->problems->len; i++)
        json_array_add_string_element (problems, g_ptr_array_index (summary->problems, i));
      json_object_set_array_member (record, "problems", problems);
    }
  return record;
}

static void
print_summary (const ChRoundSummary *summary)
{
  guint i;

  g_print (_ ("Pulled: %u projects, %u subs, %u assignments, %u commitments, %u insurance records changed.\n"),
           summary->pulled_projects, summary->pulled_subs, summary->pulled_assignments, summary->pulled_commitments,
           summary->pulled_insurances);
  g_print (_ ("Pushed: %u insurance records, %u commitments, %u files, %u home links.\n"), summary->pushed_insurances,
           summary->pushed_commitments, summary->pushed_files, summary->pushed_links);
  g_print (_ ("%u requests in %.1f s; %u waiting, %u in conflict.\n"), summary->requests, summary->seconds,
           summary->pending, summary->conflicts);
  for (i = 0; summary->problems != NULL && i < summary->problems->len; i++)
    g_print ("! %s\n", (const char *) g_ptr_array_index (summary->problems, i));
}

static void
on_progress_cb (const char *what,
                guint       done,
                guint       total,
                gpointer    user_data)
{
  if (total > 0)
    g_printerr ("\r\033[K%s %u/%u", what, done, total);
  else
    g_printerr ("\r\033[K%s", what);
}

static void
print_round (ChCtl                *ctl,
             const ChRoundSummary *summary)
{
  if (ch_ctl_wants_json (ctl))
    ch_ctl_print_record (TRUE, make_summary (summary));
  else
    print_summary (summary);
}

/**
 * ch_ctl_sync:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what ended the round
 *
 * `sync`: one full round, until nothing is left.
 *
 * Returns: the exit status; %CH_EXIT_NEEDS_PERSON with conflicts or rows set aside, %CH_EXIT_PROCORE where a tool
 *   refused or something has still to be sent
 */
ChExit
ch_ctl_sync (ChCtl   *ctl,
             int      argc,
             char   **argv,
             GError **error)
{
  g_autoptr (ChSyncLock) lock = NULL;
  g_autoptr (ChSession) session = NULL;
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (ChRoundSummary) partial = NULL;
  gboolean show_progress = isatty (STDERR_FILENO);
  ChProcore *procore;
  ChDesk *desk;

  if (!ch_ctl_parse ("sync", NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;

  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL)
    return CH_EXIT_LOCAL;
  lock = ch_sync_lock_acquire (ch_ctl_get_data_dir (ctl), error);
  if (lock == NULL)
    return CH_EXIT_LOCAL;
  procore = ch_ctl_get_company_procore (ctl, error);
  if (procore == NULL)
    return CH_EXIT_PROCORE;

  session = ch_session_new (desk, procore);
  if (show_progress)
    ch_session_set_progress (session, on_progress_cb, NULL);
  summary = ch_session_run_round (session, &partial, ch_ctl_get_cancellable (ctl), error);
  if (show_progress)
    g_printerr ("\r\033[K");
  if (summary == NULL)
    {
      if (partial != NULL)
        print_round (ctl, partial);
      return CH_EXIT_PROCORE;
    }

  print_round (ctl, summary);
  if (summary->problems != NULL && summary->problems->len > 0)
    {
      guint i;

      for (i = 0; ch_ctl_wants_json (ctl) && i < summary->problems->len; i++)
        g_printerr ("certholderctl: sync: %s\n", (const char *) g_ptr_array_index (summary->problems, i));
      return CH_EXIT_PROCORE;
    }
  if (summary->conflicts > 0 || summary->parked > 0)
    return CH_EXIT_NEEDS_PERSON;
  return summary->pending > 0 ? CH_EXIT_PROCORE : CH_EXIT_DONE;
}

/**
 * ch_ctl_doctor:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why not even the first probe could be made
 *
 * `doctor`: probes every Procore tool that is used.
 *
 * Returns: the exit status; %CH_EXIT_PROCORE where a probe failed of what is not optional
 */
ChExit
ch_ctl_doctor (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  static const char *const columns[] = { "name", "ok", "why", "fix", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) checks = NULL;
  ChExit status = CH_EXIT_DONE;
  ChProcore *procore;
  int tier = 0;
  guint i;

  if (!ch_ctl_parse ("doctor", NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;
  procore = ch_ctl_get_company_procore (ctl, error);
  checks = procore != NULL ? ch_doctor_run (procore, &tier, ch_ctl_get_cancellable (ctl), error) : NULL;
  if (checks == NULL)
    return CH_EXIT_PROCORE;

  for (i = 0; i < checks->len; i++)
    {
      const ChCheck *check = g_ptr_array_index (checks, i);
      JsonObject *record = json_object_new ();

      json_object_set_string_member (record, "name", check->name);
      json_object_set_boolean_member (record, "ok", check->ok);
      ch_ctl_set_text (record, "why", check->why);
      ch_ctl_set_text (record, "fix", check->fix);
      json_array_add_object_element (records, record);
      if (check->is_optional)
        json_object_set_boolean_member (record, "optional", TRUE);
      if (!check->ok && !check->is_optional)
        status = CH_EXIT_PROCORE;
    }

  if (ch_ctl_wants_json (ctl))
    {
      JsonObject *record = json_object_new ();

      json_object_set_int_member (record, "tier", tier);
      json_object_set_array_member (record, "checks", json_array_ref (records));
      ch_ctl_print_record (TRUE, record);
    }
  else
    {
      g_print (_ ("Integration tier %d of 4\n"), tier);
      ch_ctl_print_records (FALSE, records, columns, "");
    }
  return status;
}

/**
 * ch_ctl_print_event:
 * @ctl: the context
 * @what: stable word
 * @detail: (nullable): JSON text of an object
 *
 * Prints one line of what `watch` tells, at once.
 */
void
ch_ctl_print_event (ChCtl      *ctl,
                    const char *what,
                    const char *detail)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) parsed = detail != NULL ? ch_json_parse (detail, -1, NULL) : NULL;
  JsonObject *event = json_object_new ();
  g_autofree char *text = NULL;

  ch_ctl_set_instant (event, "at", ch_clock_now (ch_ctl_get_clock (ctl, NULL)));
  json_object_set_string_member (event, "event", what);
  if (parsed != NULL && JSON_NODE_HOLDS_OBJECT (parsed))
    {
      JsonObjectIter iter;
      const char *member;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (parsed));
      while (json_object_iter_next (&iter, &member, &value))
        json_object_set_member (event, member, json_node_copy (value));
    }

  if (ch_ctl_wants_json (ctl))
    {
      json_node_take_object (node, event);
      text = json_to_string (node, FALSE);
      g_print ("%s\n", text);
    }
  else
    {
      g_print ("%s  %s%s%s\n", json_object_get_string_member (event, "at"), what, detail != NULL ? "  " : "",
               detail != NULL ? detail : "");
      json_object_unref (event);
    }
  fflush (stdout);
}

static void
on_event_cb (ChWorker   *worker,
             const char *what,
             const char *detail,
             gpointer    user_data)
{
  ch_ctl_print_event (user_data, what, detail);
}

static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_main_context_wakeup (NULL);
}

static gboolean
stops_for_good (const ChWorkerReport *report)
{
  return report != NULL && report->state == CH_WORKER_STOPPED && report->problem != NULL;
}

/* Both or none; Procore only calls https, but for a sandbox on this machine. */
static gboolean
check_webhooks (const char *listen,
                const char *public_url,
                GError    **error)
{
  if ((listen == NULL) != (public_url == NULL))
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("--webhooks and --public-url belong together: where to listen, and the address by which Procore "
                              "reaches that"));
      return FALSE;
    }
  return public_url == NULL || ch_place_check_url (public_url, error);
}

/* (transfer full): in the keyring; on a server without one it follows from the app's secret */
static char *
dup_webhook_secret (ChCtl   *ctl,
                    GError **error)
{
  g_autoptr (ChTokenStore) none = NULL;
  const char *client_secret = g_getenv ("CERTHOLDER_CLIENT_SECRET");
  ChTokenStore *tokens = ch_ctl_get_token_store (ctl);
  GError *cause = NULL;
  char *secret = ch_webhook_dup_secret (tokens, client_secret, ch_ctl_get_cancellable (ctl), &cause);

  if (secret != NULL || client_secret == NULL || !g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS))
    {
      if (cause != NULL)
        g_propagate_error (error, cause);
      return secret;
    }
  g_error_free (cause);
  none = ch_token_store_new (ch_token_store_get_login_url (tokens), "", TRUE);
  return ch_webhook_dup_secret (none, client_secret, ch_ctl_get_cancellable (ctl), error);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * ch_ctl_watch:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why it can't begin
 *
 * `watch`: keeps syncing until SIGINT or SIGTERM.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_watch (ChCtl   *ctl,
              int      argc,
              char   **argv,
              GError **error)
{
  g_autoptr (ChWorker) worker = NULL;
  g_autoptr (ChCtlWatched) watched = NULL;
  GCancellable *cancellable = ch_ctl_get_cancellable (ctl);
  ChWorkerSettings settings = { NULL };
  ChWebhookSettings webhooks = { NULL };
  g_autofree char *listen = NULL;
  g_autofree char *public_url = NULL;
  char *secret = NULL;
  int interval = 0;
  gulong handler;
  ChProcore *procore;
  ChClock *clock;
  const GOptionEntry entries[] = {
    { "interval", 0, 0, G_OPTION_ARG_INT, &interval, NULL, NULL },
    { "webhooks", 0, 0, G_OPTION_ARG_STRING, &listen, NULL, NULL },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &public_url, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("watch [--interval SECONDS] [--webhooks ADDR:PORT --public-url URL]", entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (!check_webhooks (listen, public_url, error))
    return CH_EXIT_USAGE;
  clock = ch_ctl_get_clock (ctl, error);
  if (clock == NULL || ch_ctl_get_store (ctl, error) == NULL)
    return CH_EXIT_LOCAL;
  procore = ch_ctl_get_company_procore (ctl, error);
  if (procore == NULL)
    return CH_EXIT_PROCORE;

  settings.data_dir = ch_ctl_get_data_dir (ctl);
  settings.hub = ch_ctl_get_hub (ctl);
  settings.clock = clock;
  settings.place = ch_ctl_get_place (ctl, NULL);
  settings.auth = ch_ctl_get_auth (ctl, CH_CTL_KEEP_AS_FOUND, NULL);
  settings.transport = ch_ctl_get_transport (ctl);
  settings.company_id = ch_procore_get_company_id (procore);
  settings.poll_seconds = MAX (interval, 0);
  watched = ch_ctl_watched_begin (ctl, error);
  if (watched == NULL)
    return CH_EXIT_LOCAL;
  if (listen != NULL)
    {
      secret = dup_webhook_secret (ctl, error);
      if (secret == NULL)
        return CH_EXIT_PROCORE;
      webhooks = (ChWebhookSettings) { listen, public_url, secret };
      settings.webhooks = &webhooks;
    }
  worker = ch_worker_new (&settings);
  wipe (secret);
  g_signal_connect (worker, "event", G_CALLBACK (on_event_cb), ctl);
  handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), NULL, NULL);
  ch_worker_start (worker);

  while (!g_cancellable_is_cancelled (cancellable) && !stops_for_good (ch_worker_get_report (worker)))
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_disconnect (cancellable, handler);
  ch_worker_stop (worker);
  return CH_EXIT_DONE;
}
