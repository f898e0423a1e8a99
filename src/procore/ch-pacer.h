#pragma once

#include "ch-transport.h"

G_BEGIN_DECLS

/**
 * ChPacer:
 * @limit: of the nearer limit, whichever it is; -1 while unknown
 * @reset: when its window ends, Unix seconds
 * @hourly_limit: of the hour, -1 until an answer spoke of it
 * @hourly_remaining: what was left of the hour when an answer last spoke of it
 * @hourly_reset: when that hour ends, Unix seconds
 * @not_before: nothing is sent earlier, Unix microseconds
 * @asked_at: when that was asked for, by the same clock
 *
 * Keeps to Procore's limits by what its answers say of them. Numbers are never assumed.
 */
typedef struct {
  int    limit;
  int    remaining;
  gint64 reset;
  int    hourly_limit;
  int    hourly_remaining;
  gint64 hourly_reset;
  gint64 not_before;
  gint64 asked_at;
} ChPacer;

/* a wait longer than this is not waited out here but told as CH_PROCORE_ERROR_BUSY */
#define CH_PACER_PATIENCE (120 * G_USEC_PER_SEC)

void     ch_pacer_init    (ChPacer           *self);
gboolean ch_pacer_wait    (ChPacer           *self,
                           ChTransport       *transport,
                           GCancellable      *cancellable,
                           GError           **error);
void     ch_pacer_observe (ChPacer           *self,
                           const ChResponse  *response,
                           gint64             now);
/* after a 429 or 503: when to ask again, Unix microseconds */
void     ch_pacer_back_off (ChPacer          *self,
                           const ChResponse  *response,
                           gint64             now,
                           guint              attempt);

G_END_DECLS
