#pragma once

#include "ch-procore.h"

G_BEGIN_DECLS

/* One of Procore's tools, probed. why and fix are NULL where it is fine. What is optional is missed by nobody who does not
 * want it. */
typedef struct {
  char     *name;
  gboolean  ok;
  gboolean  is_optional;
  char     *why;
  char     *fix;
} ChCheck;

void       ch_check_free  (ChCheck       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCheck, ch_check_free)

/* (element-type ChCheck); *tier is 1 (reads only) to 4 (all five places writable). Writes nothing in Procore. */
GPtrArray *ch_doctor_run  (ChProcore     *procore,
                           int           *tier,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
