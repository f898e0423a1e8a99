#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-webhooks-private.h"

#include "ch-store-freshness.h"
#include "ch-store-hooks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Events come late and out of order: those of so long before the position are looked at again. */
#define OVERLAP (120 * (gint64) G_USEC_PER_SEC)

/* Procore itself tries again what it could not deliver for a short while. */
#define SHORT_ABSENCE (300 * (gint64) G_USEC_PER_SEC)

#define STOPPED_AT "webhooks.stopped_at"

struct _ChWebhooks
{
  ChWebhookReceiver *receiver;
  char              *public_url;
  char              *authorization;
  ChStore           *store;
  ChProcore         *procore;
  ChUnitTable       *units;
  GHashTable        *positions;       /* (element-type gint64 gint64): by scope: events taken, not yet written down */
  gint64             application_id;  /* ours, as events tell it; 0 before the first own one */
  guint              n_own;
  guint              n_missed;
};

/*< private > */
ChWebhooks *
_ch_webhooks_new (const ChWebhookSettings *settings,
                  ChWebhookFunc            wake,
                  gpointer                 user_data,
                  GError                 **error)
{
  g_autoptr (ChWebhooks) self = g_new0 (ChWebhooks, 1);

  self->positions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->public_url = g_strdup (settings->public_url);
  self->authorization = ch_webhook_dup_authorization (settings->secret);
  self->receiver = ch_webhook_receiver_new (settings->listen, settings->secret, wake, user_data, error);
  return self->receiver != NULL ? g_steal_pointer (&self) : NULL;
}

/*< private > */
void
_ch_webhooks_free (ChWebhooks *self)
{
  if (self->receiver != NULL)
    ch_webhook_receiver_stop (self->receiver);
  g_clear_object (&self->receiver);
  g_free (self->public_url);
  explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);
  g_hash_table_unref (self->positions);
  g_free (self);
}

static gboolean
set_state (ChWebhooks *self,
           const char *name,
           const char *value,
           gint64      now,
           GError    **error)
{
  if (!ch_store_begin (self->store, "sync", now, error))
    return FALSE;
  if (ch_store_set_state (self->store, name, value, error) && ch_store_commit (self->store, error))
    return TRUE;
  if (ch_store_in_transaction (self->store))
    ch_store_rollback (self->store);
  return FALSE;
}

/* A crash, or a long absence: what was delivered meanwhile is read back. */
static gboolean
may_have_missed (ChWebhooks *self,
                 gint64      now)
{
  g_autofree char *text = ch_store_dup_state (self->store, STOPPED_AT, NULL);
  gint64 stopped_at = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return stopped_at == 0 || now - stopped_at > SHORT_ABSENCE || now < stopped_at;
}

/*< private > */
gboolean
_ch_webhooks_begin (ChWebhooks  *self,
                    ChStore     *store,
                    ChProcore   *procore,
                    ChUnitTable *units,
                    gint64       now,
                    GError     **error)
{
  g_autoptr (GPtrArray) hooks = ch_store_list_hooks (store, error);
  gboolean missed;
  guint i;

  if (hooks == NULL)
    return FALSE;

  self->store = store;
  self->procore = procore;
  self->units = units;
  missed = may_have_missed (self, now);
  _ch_unit_table_set_webhooks (units, TRUE);
  for (i = 0; i < hooks->len; i++)
    {
      const ChStoredHook *hook = g_ptr_array_index (hooks, i);
      const ChUnit check = { CH_UNIT_HOOK, hook->project_id, 0 };
      const ChUnit deliveries = { CH_UNIT_DELIVERIES, hook->project_id, 0 };
      gboolean leads_here = g_strcmp0 (hook->destination_url, self->public_url) == 0;

      _ch_unit_table_set_told (units, hook->project_id, leads_here);
      if (!leads_here)
        _ch_unit_table_ask (units, &check, CH_ASKED_BY_EVENT);
      if (missed)
        _ch_unit_table_ask (units, &deliveries, CH_ASKED_BY_EVENT);
    }
  return set_state (self, STOPPED_AT, NULL, now, error);
}

/*
 * A write of ours explains one event of its record. Where the format says which app caused it, a person's change of the
 * same record at the same moment is not taken for ours.
 */
static gboolean
is_own (ChWebhooks        *self,
        const ChHookEvent *event)
{
  if (event->has_metadata && self->application_id != 0 && event->application_id != self->application_id)
    return FALSE;
  if (!ch_procore_take_own_write (self->procore, event->resource_name, event->resource_id))
    return FALSE;
  if (event->application_id != 0)
    self->application_id = event->application_id;
  return TRUE;
}

static void
note_position (ChWebhooks *self,
               gint64      scope,
               gint64      at)
{
  const gint64 *known = g_hash_table_lookup (self->positions, &scope);

  if (known == NULL || *known < at)
    g_hash_table_insert (self->positions, g_memdup2 (&scope, sizeof scope), g_memdup2 (&at, sizeof at));
}

static void
ask_for (ChWebhooks        *self,
         const ChHookEvent *event,
         gint64             now)
{
  ChUnit units[CH_WEBHOOK_MAX_UNITS];
  guint n = _ch_webhook_get_units (event, units);
  guint i;

  for (i = 0; i < n; i++)
    _ch_unit_table_ask_by_event (self->units, &units[i], now);
}

/* FALSE where it is none of ours to follow. */
static gboolean
take_event (ChWebhooks        *self,
            const ChHookEvent *event,
            gint64             now)
{
  gint64 company_id = ch_procore_get_company_id (self->procore);
  gboolean is_of_project = event->project_id != 0 && !g_str_equal (event->resource_name, "Projects");

  if (event->company_id != 0 && event->company_id != company_id)
    return FALSE;
  note_position (self, is_of_project ? event->project_id : 0, event->at);
  if (is_own (self, event))
    {
      self->n_own++;
      return FALSE;
    }
  ask_for (self, event, now);
  return TRUE;
}

/*< private > */
guint
_ch_webhooks_take (ChWebhooks *self,
                   gint64      now)
{
  gboolean overflow;
  g_autoptr (GPtrArray) events = ch_webhook_receiver_take (self->receiver, &overflow);
  guint n = 0;
  guint i;

  for (i = 0; i < events->len; i++)
    n += take_event (self, g_ptr_array_index (events, i), now);
  if (overflow)
    _ch_unit_table_ask_all (self->units, CH_ASKED_BY_EVENT);
  return n;
}

static gboolean
read_deliveries (ChWebhooks   *self,
                 gint64        project_id,
                 gint64        now,
                 GCancellable *cancellable,
                 GError      **error)
{
  GError *cause = NULL;
  g_autoptr (ChStoredHook) hook = ch_store_get_hook (self->store, project_id, &cause);
  g_autoptr (GPtrArray) deliveries = NULL;
  guint i;

  if (hook == NULL)
    {
      if (cause != NULL)
        g_propagate_error (error, cause);
      return cause == NULL;
    }
  deliveries = ch_procore_list_deliveries (self->procore, project_id, hook->hook_id, hook->position - OVERLAP, cancellable, error);
  if (deliveries == NULL)
    return FALSE;

  for (i = 0; i < deliveries->len; i++)
    {
      const ChHookDelivery *delivery = g_ptr_array_index (deliveries, i);

      /* What arrived after the position, but before a crash, may not have been read. */
      if (delivery->event->at < hook->position - OVERLAP || (!delivery->failed && delivery->event->at <= hook->position)
          || !ch_webhook_receiver_note (self->receiver, delivery->event))
        continue;
      self->n_missed += delivery->failed;
      take_event (self, delivery->event, now);
    }
  return TRUE;
}

/* @is_new: the hook was made just now: it has missed nothing yet. */
static gboolean
note_read (ChWebhooks   *self,
           const ChUnit *unit,
           gboolean      is_new,
           gint64        now,
           GError      **error)
{
  const ChUnit deliveries = { CH_UNIT_DELIVERIES, unit->project_id, 0 };

  if (!ch_store_begin (self->store, "sync", now, error))
    return FALSE;
  if (ch_store_put_freshness (self->store, ch_unit_kind_to_string (unit->kind), unit->project_id, 0, now, FALSE, error)
      && (!is_new
          || ch_store_put_freshness (self->store, ch_unit_kind_to_string (deliveries.kind), unit->project_id, 0, now, FALSE, error))
      && ch_store_commit (self->store, error))
    {
      if (is_new)
        _ch_unit_table_note_read (self->units, &deliveries, now, 1, FALSE);
      return TRUE;
    }
  if (ch_store_in_transaction (self->store))
    ch_store_rollback (self->store);
  return FALSE;
}

/*< private > */
gboolean
_ch_webhooks_read (ChWebhooks   *self,
                   const ChUnit *unit,
                   gint64        now,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (ChStoredHook) had = NULL;
  gboolean ok;

  if (unit->kind == CH_UNIT_DELIVERIES)
    return read_deliveries (self, unit->project_id, now, cancellable, error) && note_read (self, unit, FALSE, now, error);

  had = ch_store_get_hook (self->store, unit->project_id, NULL);
  ok = _ch_webhook_check_hook (self->procore, self->store, unit->project_id, self->public_url, self->authorization, now,
                               cancellable, error);
  _ch_unit_table_set_told (self->units, unit->project_id, ok);
  return ok && note_read (self, unit, had == NULL, now, error);
}

static gboolean
write_positions (ChWebhooks *self,
                 gint64      now,
                 GError    **error)
{
  GHashTableIter iter;
  gpointer scope;
  gpointer at;
  gboolean ok = ch_store_begin (self->store, "sync", now, error);

  if (!ok)
    return FALSE;
  g_hash_table_iter_init (&iter, self->positions);
  while (ok && g_hash_table_iter_next (&iter, &scope, &at))
    {
      g_autoptr (ChStoredHook) hook = ch_store_get_hook (self->store, *(gint64 *) scope, NULL);

      if (hook == NULL || hook->position >= *(gint64 *) at)
        continue;
      hook->position = *(gint64 *) at;
      ok = ch_store_put_hook (self->store, hook, error);
    }
  if (ok && ch_store_commit (self->store, error))
    {
      g_hash_table_remove_all (self->positions);
      return TRUE;
    }
  if (ch_store_in_transaction (self->store))
    ch_store_rollback (self->store);
  return FALSE;
}

/*< private > */
gboolean
_ch_webhooks_flush (ChWebhooks *self,
                    gint64      now,
                    gboolean    ends,
                    GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, now);

  /* What was asked for and not read would be forgotten. */
  if (_ch_unit_table_is_asked_by_events (self->units))
    return TRUE;
  if (g_hash_table_size (self->positions) > 0 && !write_positions (self, now, error))
    return FALSE;
  return !ends || set_state (self, STOPPED_AT, text, now, error);
}

/*< private > */
void
_ch_webhooks_report (ChWebhooks     *self,
                     ChWorkerReport *report)
{
  ChWebhookCounts counts;

  ch_webhook_receiver_get_counts (self->receiver, &counts);
  report->webhook_port = ch_webhook_receiver_get_port (self->receiver);
  report->last_event = counts.last_at;
  report->n_events = counts.n_events;
  report->n_own_events = self->n_own;
  report->n_missed_events = self->n_missed;
  report->n_refused_events = counts.n_refused;
}
