#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChProcoreError:
 * @CH_PROCORE_ERROR_OFFLINE: no connection; try again later
 * @CH_PROCORE_ERROR_BUSY: a rate limit or 503; try again at the time that ch_procore_error_get_retry_after() gives
 * @CH_PROCORE_ERROR_SERVER: Procore's fault (500, 502, 504, nonsense in the answer); try again later
 * @CH_PROCORE_ERROR_UNKNOWN_OUTCOME: the request may have taken effect, its answer was lost; look before repeating
 * @CH_PROCORE_ERROR_SIGN_IN: the token is refused and could not be refreshed; a person must sign in; never repeat
 * @CH_PROCORE_ERROR_FORBIDDEN: permission or tool missing; ask the Procore admin; never repeat by itself
 * @CH_PROCORE_ERROR_NOT_CONNECTED: the app is not connected to this company; stop calling altogether
 * @CH_PROCORE_ERROR_NOT_FOUND: no such thing (any more)
 * @CH_PROCORE_ERROR_CONFLICT: 409 or 412; read again and decide again
 * @CH_PROCORE_ERROR_INVALID: Procore refuses the values (400, 422): our fault or a person's; never repeat unchanged
 * @CH_PROCORE_ERROR_SECRETS: the Secret Service is missing or locked
 *
 * Named by what the caller can do.
 */
typedef enum {
  CH_PROCORE_ERROR_OFFLINE,
  CH_PROCORE_ERROR_BUSY,
  CH_PROCORE_ERROR_SERVER,
  CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
  CH_PROCORE_ERROR_SIGN_IN,
  CH_PROCORE_ERROR_FORBIDDEN,
  CH_PROCORE_ERROR_NOT_CONNECTED,
  CH_PROCORE_ERROR_NOT_FOUND,
  CH_PROCORE_ERROR_CONFLICT,
  CH_PROCORE_ERROR_INVALID,
  CH_PROCORE_ERROR_SECRETS,
} ChProcoreError;

#define CH_PROCORE_ERROR (ch_procore_error_quark ())
GQuark      ch_procore_error_quark           (void);

gboolean    ch_procore_error_is_transient    (const GError *error);
/* (nullable): one sentence that says what to do about it, in the user's language */
const char *ch_procore_error_get_hint        (const GError *error);
/* Unix seconds from when on a busy Procore may be asked again, 0 where it named no time */
gint64      ch_procore_error_get_retry_after (const GError *error);

G_END_DECLS
