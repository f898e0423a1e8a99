#pragma once

#include "ch-token-store.h"

G_BEGIN_DECLS

char *ch_webhook_dup_secret (ChTokenStore  *tokens,
                             const char    *client_secret,
                             GCancellable  *cancellable,
                             GError       **error);

G_END_DECLS
