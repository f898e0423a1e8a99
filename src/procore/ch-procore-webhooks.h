#pragma once

#include "ch-hook-event.h"
#include "ch-procore.h"

G_BEGIN_DECLS

/*
 * Procore's webhooks by their v2.0 addresses, in company scope (project_id 0) or in a project's: hooks, the triggers
 * that each has, and what was delivered.
 */

/**
 * ChHook:
 * @authorization_end: (nullable): the last letters of the header that deliveries carry; Procore shows no more of it
 */
typedef struct {
  char     *id;
  gboolean  is_active;
  char     *payload_version;
  char     *namespace;
  char     *destination_url;
  char     *authorization_end;
} ChHook;

void       ch_hook_free    (ChHook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChHook, ch_hook_free)

/**
 * ChHookTrigger:
 * @event_type: `create`, `update` or `delete`
 */
typedef struct {
  char *id;
  char *resource_name;
  char *event_type;
} ChHookTrigger;

ChHookTrigger *ch_hook_trigger_new  (const char    *id,
                                     const char    *resource_name,
                                     const char    *event_type);
void           ch_hook_trigger_free (ChHookTrigger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChHookTrigger, ch_hook_trigger_free)

/**
 * ChHookDelivery:
 * @failed: it did not arrive, or not yet
 */
typedef struct {
  ChHookEvent *event;
  gboolean     failed;
} ChHookDelivery;

void       ch_hook_delivery_free        (ChHookDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChHookDelivery, ch_hook_delivery_free)

GPtrArray *ch_procore_list_hooks        (ChProcore      *self,
                                         gint64          project_id,
                                         const char     *namespace,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* @hook: id NULL; @authorization: what deliveries are to carry in that header */
ChHook    *ch_procore_create_hook       (ChProcore      *self,
                                         gint64          project_id,
                                         const ChHook   *hook,
                                         const char     *authorization,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* makes it active, with this address and header */
gboolean   ch_procore_update_hook       (ChProcore      *self,
                                         gint64          project_id,
                                         const ChHook   *hook,
                                         const char     *authorization,
                                         GCancellable   *cancellable,
                                         GError        **error);
gboolean   ch_procore_delete_hook       (ChProcore      *self,
                                         gint64          project_id,
                                         const char     *hook_id,
                                         GCancellable   *cancellable,
                                         GError        **error);
GPtrArray *ch_procore_list_triggers     (ChProcore      *self,
                                         gint64          project_id,
                                         const char     *hook_id,
                                         GCancellable   *cancellable,
                                         GError        **error);
gboolean   ch_procore_create_triggers   (ChProcore      *self,
                                         gint64          project_id,
                                         const char     *hook_id,
                                         GPtrArray      *triggers,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* of the day of @since and later, by the events' clock; Unix microseconds, 0 for all */
GPtrArray *ch_procore_list_deliveries   (ChProcore      *self,
                                         gint64          project_id,
                                         const char     *hook_id,
                                         gint64          since,
                                         GCancellable   *cancellable,
                                         GError        **error);

G_END_DECLS
