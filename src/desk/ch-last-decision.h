#pragma once

#include "ch-desk.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

/**
 * ChLastDecision:
 * @decision: the judge's last decision; a review in progress never hides it
 * @decided_since: Unix microseconds since when the decision has had its status, 0 where that is not known
 * @pending: (nullable): the uuid of the certificate that awaits review
 * @pending_since: Unix microseconds since when it does, 0 where none does
 *
 * What was decided last of a sub, since when it holds, and what is under review beside it.
 */
typedef struct {
  ChStatus  decision;
  gint64    decided_since;
  char     *pending;
  gint64    pending_since;
} ChLastDecision;

/* pending_since is that of the certificate as it is now, also for a verdict of the past */
ChLastDecision *ch_last_decision_new          (ChStore               *store,
                                               const ChStoredVerdict *verdict);
void            ch_last_decision_free         (ChLastDecision        *self);
/* (transfer full): "Not compliant since 3 March; a new certificate under review since this morning" */
char           *ch_last_decision_dup_sentence (const ChLastDecision  *self,
                                               gint64                 now,
                                               const char            *tz_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChLastDecision, ch_last_decision_free)

G_END_DECLS
