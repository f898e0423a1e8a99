#pragma once

#include "ch-session-private.h"

G_BEGIN_DECLS

/*
 * A listing that lacks more than a tenth, and at least five, of what is known is not believed by itself: access may
 * have changed, or the server may be restoring. A person is asked (a conflict of the listing), and the answer holds for
 * what was missing then and the few that go the ordinary way since.
 *
 * The store's state `removal.<scope>` is one of
 *   asked ID ID …     the question is open
 *   remove ID ID …    it was answered: they are gone
 *   keep ID ID …      it was answered: they are kept, and nobody is asked about them again
 */

#define CH_REMOVAL_VENDORS "vendors"
#define CH_REMOVAL_INACTIVE_VENDORS "inactive-vendors"
#define CH_REMOVAL_PROJECTS "projects"
#define CH_REMOVAL_MEMBERSHIPS "memberships"
/* of a project, or of the company where it is 0: see _ch_removal_make_scope() */
#define CH_REMOVAL_COMMITMENTS "commitments"
#define CH_REMOVAL_INSURANCES "insurances"
#define CH_REMOVAL_OURS "ours"

char *_ch_removal_make_scope (const char *of,
                              gint64      project_id);

/* What of @missing may be taken away: (transfer full) (element-type gint64) in *gone, all of it or none of what was
 * asked about. what: the listing in
 * words. Inside the caller's transaction. */
gboolean _ch_removal_judge (ChRound     *round,
                            const char  *scope,
                            const char  *what,
                            guint        n_known,
                            GArray      *missing,
                            GArray     **gone,
                            GError     **error);

/* What a listing lacks and nobody has taken away, since a person is asked or has said so: (transfer full) (nullable)
 * (element-type gint64). Nothing else that concerns it is evidence of anything. */
GHashTable *_ch_removal_list_in_doubt (ChRound    *round,
                                       const char *scope,
                                       GError    **error);

/* Those of them about which the question is still open. */
GHashTable *_ch_removal_list_asked    (ChRound    *round,
                                       const char *scope,
                                       GError    **error);

G_END_DECLS
