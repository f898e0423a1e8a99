#pragma once

#include "ch-procore-webhooks.h"
#include "ch-store.h"
#include "ch-unit-table-private.h"
#include "ch-webhook-receiver.h"
#include "ch-worker.h"

G_BEGIN_DECLS

/* Under this name our hooks are apart from those of other programs. */
#define CH_WEBHOOK_NAMESPACE "certholder"

/*
 * Procore tells by itself what changed: the receiver, the hooks that lead to it, and what events ask for. Used by the
 * worker's thread.
 */
typedef struct _ChWebhooks ChWebhooks;

/* @wake: called in another thread when events came */
ChWebhooks *_ch_webhooks_new        (const ChWebhookSettings *settings,
                                     ChWebhookFunc            wake,
                                     gpointer                 user_data,
                                     GError                 **error);
void        _ch_webhooks_free       (ChWebhooks              *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChWebhooks, _ch_webhooks_free)

/* What it works with, all outliving it. Asks for what was missed while nobody listened. */
gboolean    _ch_webhooks_begin      (ChWebhooks              *self,
                                     ChStore                 *store,
                                     ChProcore               *procore,
                                     ChUnitTable             *units,
                                     gint64                   now,
                                     GError                 **error);
/* Asks for what came; the number of events that were others'. */
guint       _ch_webhooks_take       (ChWebhooks              *self,
                                     gint64                   now);
/* CH_UNIT_HOOK and CH_UNIT_DELIVERIES */
gboolean    _ch_webhooks_read       (ChWebhooks              *self,
                                     const ChUnit            *unit,
                                     gint64                   now,
                                     GCancellable            *cancellable,
                                     GError                 **error);
/* Writes down how far the events were taken, once everything that they ask for was read. */
gboolean    _ch_webhooks_flush      (ChWebhooks              *self,
                                     gint64                   now,
                                     gboolean                 ends,
                                     GError                 **error);
void        _ch_webhooks_report     (ChWebhooks              *self,
                                     ChWorkerReport          *report);

/* ch-webhook-hooks.c: makes or repairs the scope's hook; fills in what the store knows of it. */
gboolean    _ch_webhook_check_hook  (ChProcore               *procore,
                                     ChStore                 *store,
                                     gint64                   project_id,
                                     const char              *public_url,
                                     const char              *authorization,
                                     gint64                   now,
                                     GCancellable            *cancellable,
                                     GError                 **error);
/* How the best of the scope's hooks of ours stands; several machines may each have one. Nothing is written. */
typedef enum {
  CH_HOOK_NONE,
  CH_HOOK_DISABLED,
  CH_HOOK_SILENT,       /* without a single trigger; some may be missing, where a company has not bought the tool */
  CH_HOOK_WORKS,
} ChHookState;

gboolean    _ch_webhook_inspect     (ChProcore               *procore,
                                     gint64                   project_id,
                                     ChHookState             *state,
                                     GCancellable            *cancellable,
                                     GError                 **error);
/* ch-webhook-units.c: pure. The units that an event asks for; their number, at most CH_WEBHOOK_MAX_UNITS. */
#define CH_WEBHOOK_MAX_UNITS 2
guint       _ch_webhook_get_units   (const ChHookEvent       *event,
                                     ChUnit                  *units);

G_END_DECLS
