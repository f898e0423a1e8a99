#pragma once

#include "ch-desk.h"

G_BEGIN_DECLS

/* One sub that a certificate may belong to. score: 0 to 1; reason: a phrase for the UI. */
typedef struct {
  gint64  vendor_id;
  char   *vendor_name;
  double  score;
  char   *reason;
} ChMatch;

void       ch_match_free            (ChMatch             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChMatch, ch_match_free)

/* (element-type ChMatch), best first; at most 10 */
GPtrArray *ch_match_certificate     (ChStore             *store,
                                     const ChCertificate *certificate,
                                     GError             **error);
/* the one that stands out, or NULL */
const ChMatch *ch_match_get_certain (GPtrArray           *matches);

G_END_DECLS
