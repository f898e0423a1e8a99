#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 256 bits from the kernel as 43 letters that need no escaping (base64url, RFC 4648). */
char *_ch_random_text    (void);
/* RFC 7636, method S256. */
char *_ch_pkce_challenge (const char *verifier);

G_END_DECLS
