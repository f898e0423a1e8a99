#pragma once

#include "ch-account.h"
#include "ch-doctor.h"

G_BEGIN_DECLS

/**
 * ChAccountCheck:
 * @checks: (element-type ChCheck)
 * @tier: 1 (reads only) to 4 (all five places can be written), 0 where not even that
 *
 * What Procore lets this sign-in do.
 */
typedef struct {
  GPtrArray *checks;
  int        tier;
} ChAccountCheck;

void            ch_account_check_free   (ChAccountCheck       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChAccountCheck, ch_account_check_free)

/* Asks Procore, in a thread of its own; writes nothing there. */
void            ch_account_check_async  (ChAccount            *account,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* (transfer full) (nullable) */
ChAccountCheck *ch_account_check_finish (ChAccount            *account,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
