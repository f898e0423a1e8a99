#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-last-decision.h"
#include "ch-verdict-inputs-private.h"

/* People say "this morning" before noon's hours are over and "today" after. */
#define NOON 12

/**
 * ch_last_decision_new:
 * @verdict: a current one, or one of the past
 *
 * Returns: (transfer full): what was decided by it, and since when
 */
ChLastDecision *
ch_last_decision_new (ChStore               *store,
                      const ChStoredVerdict *verdict)
{
  ChLastDecision *self;
  g_autoptr(ChVerdictInputs) inputs = NULL;

  g_return_val_if_fail (CH_IS_STORE (store), NULL);
  g_return_val_if_fail (verdict != NULL && verdict->verdict != NULL, NULL);

  self = g_new0 (ChLastDecision, 1);
  self->decision = verdict->verdict->status;
  inputs = verdict->inputs != NULL ? _ch_verdict_inputs_from_text (verdict->inputs) : NULL;
  if (inputs == NULL)
    return self;

  self->decided_since = inputs->since * G_USEC_PER_SEC;
  self->pending = g_strdup (inputs->pending);
  if (self->pending != NULL)
    {
      g_autoptr(ChFiledCertificate) filed = ch_store_find_certificate (store, self->pending, NULL);

      if (filed != NULL)
        self->pending_since = filed->pending_since != 0 ? filed->pending_since : filed->received_at;
    }

  return self;
}

void
ch_last_decision_free (ChLastDecision *self)
{
  if (self == NULL)
    return;

  g_free (self->pending);
  g_free (self);
}

static GDateTime *
get_local (gint64     at,
           GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return g_date_time_to_timezone (utc, zone);
}

/* The day as people say it: the nearer, the plainer. */
static char *
dup_when (gint64      at,
          gint64      now,
          const char *tz_name)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (tz_name);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) then = get_local (at, zone != NULL ? zone : utc);
  g_autoptr(GDateTime) today = get_local (now, zone != NULL ? zone : utc);
  gint days = ch_date_in_zone (now / G_USEC_PER_SEC, tz_name) - ch_date_in_zone (at / G_USEC_PER_SEC, tz_name);

  if (days == 0 && g_date_time_get_hour (then) < NOON)
    return g_strdup (_("this morning"));
  if (days == 0)
    return g_strdup (_("today"));
  if (days == 1)
    return g_strdup (_("yesterday"));

  /* translators: a day of this year, and of another one, as in "since 3 March" */
  return g_date_time_format (then, g_date_time_get_year (then) == g_date_time_get_year (today) ? _("%-d %B")
                                                                                               : _("%-d %B %Y"));
}

static const char *
get_words (ChStatus status)
{
  switch (status)
    {
    case CH_STATUS_COMPLIANT:
      return _("Compliant");
    case CH_STATUS_EXPIRING:
      return _("Compliant, about to expire");
    case CH_STATUS_EXPIRED:
      return _("Expired");
    case CH_STATUS_MISSING:
      return _("Nothing on file");
    case CH_STATUS_EXEMPT:
      return _("Exempt");
    case CH_STATUS_NOT_REQUIRED:
      return _("Nothing asked");
    case CH_STATUS_NON_COMPLIANT:
    case CH_STATUS_PENDING:
    default:
      return _("Not compliant");
    }
}

/**
 * ch_last_decision_dup_sentence:
 * @now: Unix microseconds
 * @tz_name: the zone in which days are counted
 *
 * Returns: (transfer full): the last decision, since when it holds, and what is under review since when
 */
char *
ch_last_decision_dup_sentence (const ChLastDecision *self,
                               gint64                now,
                               const char           *tz_name)
{
  g_autofree char *decision = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (tz_name != NULL, NULL);

  if (self->decided_since != 0)
    {
      g_autofree char *since = dup_when (self->decided_since, now, tz_name);

      /* translators: a status and the day since when it holds, as in "Not compliant since 3 March" */
      decision = g_strdup_printf (_("%s since %s"), get_words (self->decision), since);
    }
  else
    {
      decision = g_strdup (get_words (self->decision));
    }
  if (self->pending == NULL)
    return g_steal_pointer (&decision);
  if (self->pending_since == 0)
    return g_strdup_printf (_("%s; a new certificate is under review"), decision);
  when = dup_when (self->pending_since, now, tz_name);

  return g_strdup_printf (_("%s; a new certificate under review since %s"), decision, when);
}
