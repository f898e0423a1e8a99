#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sync-text.h"

#include "ch-format.h"

#include <glib/gi18n-lib.h>

static char *
dup_running_summary (const ChWorkerReport *report,
                     gint64                now)
{
  g_autofree char *when = NULL;

  switch (report->state)
    {
    case CH_WORKER_SYNCING:
      return g_strdup (_("Syncing…"));
    case CH_WORKER_OFFLINE:
      when = ch_format_time (report->retry_at, now);
      return report->retry_at != 0 ? g_strdup_printf (_("Offline, trying again at %s"), when) : g_strdup (_("Offline"));
    case CH_WORKER_SIGNED_OUT:
      return g_strdup (_("Sign in again"));
    case CH_WORKER_NEEDS_PERSON:
      return g_strdup (_("Needs you"));
    case CH_WORKER_ELSEWHERE:
      return g_strdup (_("Synced by another program"));
    case CH_WORKER_STOPPED:
      return g_strdup (_("Stopped"));
    case CH_WORKER_IDLE:
    default:
      break;
    }

  if (report->last_round == 0 && report->last_contact == 0)
    return g_strdup (_("Waiting to sync"));
  when = ch_format_ago (MAX (report->last_round, report->last_contact), now);
  return g_strdup_printf (_("Synced %s"), when);
}

/**
 * ch_sync_dup_summary:
 * @account: the account
 * @now: Unix microseconds
 *
 * Returns: (transfer full): the state in a few words, for a button
 */
char *
ch_sync_dup_summary (ChAccount *account,
                     gint64     now)
{
  const ChWorkerReport *report = ch_account_get_report (account);

  switch (ch_account_get_state (account))
    {
    case CH_ACCOUNT_STARTING:
      return g_strdup (_("Connecting…"));
    case CH_ACCOUNT_NOT_SET_UP:
      return g_strdup (_("Not connected"));
    case CH_ACCOUNT_SIGNED_OUT:
      return g_strdup (_("Signed out"));
    case CH_ACCOUNT_NEEDS_COMPANY:
      return g_strdup (_("Choose the company"));
    case CH_ACCOUNT_FAILED:
      return g_strdup (_("Can’t connect"));
    case CH_ACCOUNT_RUNNING:
    default:
      return report != NULL ? dup_running_summary (report, now) : g_strdup (_("Connecting…"));
    }
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
}

static void
append_counts (GString              *text,
               const ChWorkerReport *report)
{
  if (report->waiting > 0)
    {
      g_autofree char *sentence
        = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change waits to be sent.", "%u changes wait to be sent.",
                                        report->waiting), report->waiting);

      append_sentence (text, sentence);
    }
  if (report->parked > 0)
    {
      g_autofree char *sentence
        = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change is set aside:", "%u changes are set aside:",
                                        report->parked), report->parked);

      append_sentence (text, sentence);
    }
}

/**
 * ch_sync_dup_detail:
 * @account: the account
 * @now: Unix microseconds
 *
 * Returns: (transfer full): what there is to say beyond the summary, in sentences; may be empty
 */
char *
ch_sync_dup_detail (ChAccount *account,
                    gint64     now)
{
  const ChWorkerReport *report = ch_account_get_report (account);
  g_autoptr(GString) text = g_string_new (NULL);

  if (ch_account_get_state (account) == CH_ACCOUNT_NOT_SET_UP)
    append_sentence (text, _("Sign in to Procore to see your projects and subs here."));
  if (ch_account_get_problem (account) != NULL)
    append_sentence (text, ch_account_get_problem (account));
  if (report == NULL)
    return g_strdup (text->str);

  if (report->problem != NULL)
    append_sentence (text, report->problem);
  else if (report->activity != NULL)
    append_sentence (text, report->activity);
  if (report->last_contact != 0)
    {
      g_autofree char *ago = ch_format_ago (report->last_contact, now);
      g_autofree char *sentence = g_strdup_printf (_("Last answer from Procore: %s."), ago);

      append_sentence (text, sentence);
    }
  append_counts (text, report);

  return g_strdup (text->str);
}

/**
 * ch_sync_dup_freshness:
 * @account: the account
 * @project_id: 0 for all projects together, of which the oldest counts
 * @now: Unix microseconds
 *
 * Returns: (transfer full): since when what is shown is known to be so
 */
char *
ch_sync_dup_freshness (ChAccount *account,
                       gint64     project_id,
                       gint64     now)
{
  const ChWorkerReport *report = ch_account_get_report (account);
  const ChProjectFreshness *project = NULL;
  g_autofree char *ago = NULL;
  gint64 as_of;

  if (report == NULL)
    return g_strdup (_("Not connected to Procore"));
  if (report->state == CH_WORKER_ELSEWHERE)
    return g_strdup (_("Kept current by another program"));

  project = project_id != 0 ? ch_worker_report_find_project (report, project_id) : NULL;
  as_of = project_id == 0 ? report->worst_as_of : project != NULL ? project->as_of : 0;
  if (as_of == 0)
    return g_strdup (_("Not read from Procore yet"));

  ago = ch_format_ago (as_of, now);
  /* Translators: what is shown is as it was then; %s is "40 s ago", or a time of day */
  return g_strdup_printf (_("As of %s"), ago);
}

const char *
ch_sync_get_icon_name (ChAccount *account)
{
  const ChWorkerReport *report = ch_account_get_report (account);

  switch (ch_account_get_state (account))
    {
    case CH_ACCOUNT_STARTING:
      return "emblem-synchronizing-symbolic";
    case CH_ACCOUNT_NOT_SET_UP:
    case CH_ACCOUNT_SIGNED_OUT:
      return "avatar-default-symbolic";
    case CH_ACCOUNT_NEEDS_COMPANY:
    case CH_ACCOUNT_FAILED:
      return "ch-expiring-symbolic";
    case CH_ACCOUNT_RUNNING:
    default:
      break;
    }

  switch (report != NULL ? report->state : CH_WORKER_SYNCING)
    {
    case CH_WORKER_SYNCING:
      return "emblem-synchronizing-symbolic";
    case CH_WORKER_OFFLINE:
    case CH_WORKER_STOPPED:
      return "network-offline-symbolic";
    case CH_WORKER_SIGNED_OUT:
    case CH_WORKER_NEEDS_PERSON:
      return "ch-expiring-symbolic";
    case CH_WORKER_ELSEWHERE:
      return "changes-prevent-symbolic";
    case CH_WORKER_IDLE:
    default:
      return report->parked > 0 || report->problem != NULL ? "ch-expiring-symbolic" : "ch-ok-symbolic";
    }
}

const char *
ch_sync_get_style_class (ChAccount *account)
{
  const char *icon_name = ch_sync_get_icon_name (account);

  return g_str_equal (icon_name, "ch-expiring-symbolic") ? "warning"
         : g_str_equal (icon_name, "ch-ok-symbolic") ? "success" : NULL;
}

gboolean
ch_sync_needs_sign_in (ChAccount *account)
{
  const ChWorkerReport *report = ch_account_get_report (account);

  switch (ch_account_get_state (account))
    {
    case CH_ACCOUNT_NOT_SET_UP:
    case CH_ACCOUNT_SIGNED_OUT:
    case CH_ACCOUNT_NEEDS_COMPANY:
      return TRUE;
    case CH_ACCOUNT_STARTING:
    case CH_ACCOUNT_FAILED:
      return FALSE;
    case CH_ACCOUNT_RUNNING:
    default:
      return report != NULL && report->state == CH_WORKER_SIGNED_OUT;
    }
}
