#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChHookEvent:
 * @id: the event's own, the same when it is told twice
 * @at: when it happened by Procore's clock, Unix microseconds
 * @resource_name: as triggers name it, `Project Insurances`
 * @reason: `create`, `update`, `delete`, or what newer formats say
 * @project_id: 0 for the company's
 * @application_id: the app that caused it, 0 for people and where the format does not say
 * @has_metadata: whether the format says
 *
 * That something changed in Procore, never what: that has to be read.
 */
typedef struct {
  char   *id;
  gint64  at;
  char   *resource_name;
  char   *reason;
  gint64  resource_id;
  gint64  company_id;
  gint64  project_id;
  gint64  user_id;
  gint64    application_id;
  gboolean  has_metadata;
} ChHookEvent;

void       ch_hook_event_free      (ChHookEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChHookEvent, ch_hook_event_free)

/* (element-type ChHookEvent): what a delivery's body tells; NULL where it makes no sense */
GPtrArray *ch_hook_event_parse_all (const char  *text,
                                    gssize       length);

G_END_DECLS
