#pragma once

#include "ch-transport.h"

G_BEGIN_DECLS

/*
 * Keeps to Procore's limits by what its answers say of them, whichever limit that is. Numbers are never assumed.
 */
typedef struct {
  int    limit;          /* -1 while unknown */
  int    remaining;
  gint64 reset;          /* Unix seconds */
  gint64 not_before;     /* Unix microseconds: nothing is sent earlier */
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
