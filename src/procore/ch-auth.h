#pragma once

#include "ch-place.h"
#include "ch-token-store.h"
#include "ch-transport.h"

G_BEGIN_DECLS

/*
 * Signs in and keeps the access token fresh. Blocking, thread-safe: exactly one refresh is in flight at a time, in
 * this process and (through a lock file in the runtime directory, keyed like the token store) among all of them; who
 * waited takes the new pair from the token store. The new pair is stored before it is used. A refresh whose answer
 * was lost is never repeated: CH_PROCORE_ERROR_SIGN_IN says so plainly.
 */
#define CH_TYPE_AUTH (ch_auth_get_type ())
G_DECLARE_FINAL_TYPE (ChAuth, ch_auth, CH, AUTH, GObject)

#define CH_AUTH_REDIRECT_OOB "urn:ietf:wg:oauth:2.0:oob"

ChAuth   *ch_auth_new                   (const ChPlace  *place,
                                         const char     *client_id,
                                         const char     *client_secret,
                                         ChTokenStore   *tokens,
                                         ChTransport    *transport);
gboolean  ch_auth_is_signed_in          (ChAuth         *self);
/* client credentials: used by itself where there is a secret and tokens are kept in memory only */
gboolean  ch_auth_sign_in_with_client_credentials (ChAuth *self,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* the address to open in the browser; *verifier is the PKCE verifier (RFC 7636, S256) */
char     *ch_auth_dup_authorize_url     (ChAuth         *self,
                                         const char     *redirect_uri,
                                         const char     *state,
                                         char          **verifier);
gboolean  ch_auth_sign_in_with_code     (ChAuth         *self,
                                         const char     *code,
                                         const char     *redirect_uri,
                                         const char     *verifier,
                                         GCancellable   *cancellable,
                                         GError        **error);
gboolean  ch_auth_sign_out              (ChAuth         *self,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* a token good for at least another minute */
char     *ch_auth_dup_access_token      (ChAuth         *self,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* the server answered 401 to this token: refresh once, unless somebody has already */
gboolean  ch_auth_renew                 (ChAuth         *self,
                                         const char     *refused_token,
                                         GCancellable   *cancellable,
                                         GError        **error);

G_END_DECLS
