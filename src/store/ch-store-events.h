#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChEvent:
 * @what: stable word, as `certificate.added`, `certificate.approved`, `verdict.changed`, `procore.written`
 * @detail: (nullable): JSON text with what else matters
 *
 * One line of the audit trail: append-only, each hashed with the one before.
 */
typedef struct {
  gint64  id;
  gint64  at;
  char   *who;
  char   *what;
  gint64  project_id;
  gint64  vendor_id;
  char   *subject;
  char   *detail;
  char   *hash;
} ChEvent;

/* What the program adds after each act to vouch for its data (ch-seal.c); no list tells it. */
#define CH_EVENT_SEALED "sealed"

void       ch_event_free         (ChEvent *self);
/* who and when come from the transaction */
gboolean   ch_store_add_event    (ChStore *self, const char *what, gint64 project_id, gint64 vendor_id, const char *subject, const char *detail, GError **error);
/* (element-type ChEvent), oldest first; since in Unix microseconds; vendor_id 0: all; limit 0: all */
GPtrArray *ch_store_list_events  (ChStore *self, gint64 since, gint64 vendor_id, guint limit, GError **error);
/* the last entry of the trail at that moment, which vouches for all before it; 0 and NULL where there was none */
gboolean   ch_store_get_event_at (ChStore *self, gint64 at, gint64 *id, char **hash, GError **error);
/* (element-type ChEvent), newest first, at most so many; vendor_id 0: all */
GPtrArray *ch_store_list_latest_events (ChStore *self, gint64 vendor_id, guint limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChEvent, ch_event_free)

G_END_DECLS
