#pragma once

#include "ch-doctor.h"

G_BEGIN_DECLS

/* so many other projects are asked besides the first: what they allow is alike as a rule, and each costs requests */
#define CH_DOCTOR_MOST_OTHERS 20

/* @why and @fix count where it is not @ok. Returns @ok. */
gboolean _ch_doctor_add        (GPtrArray    *checks,
                                const char   *name,
                                gboolean      ok,
                                const char   *why,
                                const char   *fix);
/* Eats @cause, NULL where it could be read. FALSE where the other probes would fail the same way. */
gboolean _ch_doctor_add_read   (GPtrArray    *checks,
                                const char   *name,
                                GError       *cause,
                                gboolean     *ok);
/* @projects: (element-type ChProject): the active ones that are looked at. FALSE as above. */
gboolean _ch_doctor_hooks      (ChProcore    *procore,
                                GPtrArray    *projects,
                                GPtrArray    *checks,
                                GCancellable *cancellable);

G_END_DECLS
