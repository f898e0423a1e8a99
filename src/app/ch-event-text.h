#pragma once

#include "ch-store-events.h"

G_BEGIN_DECLS

/* A line of the audit trail in words. (transfer full) each; the second may be NULL. */
char *ch_event_dup_title  (const ChEvent *event);
char *ch_event_dup_detail (const ChEvent *event);

G_END_DECLS
