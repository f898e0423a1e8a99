#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-error.h"

#include "ch-procore-error-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

G_DEFINE_QUARK (ch-procore-error-quark, ch_procore_error)

/* Where a busy answer named a time, it stands at the end of the message in this form. */
#define RETRY_MARK " [retry at "

/**
 * ch_procore_error_is_transient:
 * @error: an error
 *
 * Returns: whether the same request may succeed later without anybody doing something
 */
gboolean
ch_procore_error_is_transient (const GError *error)
{
  if (error == NULL || error->domain != CH_PROCORE_ERROR)
    return FALSE;

  return error->code == CH_PROCORE_ERROR_OFFLINE || error->code == CH_PROCORE_ERROR_BUSY
         || error->code == CH_PROCORE_ERROR_SERVER || error->code == CH_PROCORE_ERROR_UNKNOWN_OUTCOME;
}

/**
 * ch_procore_error_get_hint:
 * @error: an error
 *
 * Returns: (nullable): what to do about it, in one sentence
 */
const char *
ch_procore_error_get_hint (const GError *error)
{
  if (error == NULL || error->domain != CH_PROCORE_ERROR)
    return NULL;

  switch ((ChProcoreError) error->code)
    {
    case CH_PROCORE_ERROR_OFFLINE:
      return _ ("check the network; what was done here is kept and will be sent later");
    case CH_PROCORE_ERROR_BUSY:
      return _ ("Procore asked to wait; what was done here is kept and will be sent later");
    case CH_PROCORE_ERROR_SERVER:
      return _ ("this is Procore's fault and usually passes; what was done here is kept and will be sent later");
    case CH_PROCORE_ERROR_UNKNOWN_OUTCOME:
      return _ ("sync again: Certholder looks whether it was done before it sends anything twice");
    case CH_PROCORE_ERROR_SIGN_IN:
      return _ ("sign in to Procore again");
    case CH_PROCORE_ERROR_FORBIDDEN:
      return _ ("ask your Procore administrator for access to this tool; “certholderctl doctor” says which");
    case CH_PROCORE_ERROR_NOT_CONNECTED:
      return _ ("ask your Procore administrator to install the app in your company (Company Admin, App Management)");
    case CH_PROCORE_ERROR_NOT_FOUND:
      return _ ("it was deleted in Procore, or you can't see it there");
    case CH_PROCORE_ERROR_CONFLICT:
      return _ ("somebody changed it at the same moment; sync again");
    case CH_PROCORE_ERROR_INVALID:
      return _ ("Procore does not accept the values; correct them, or report this as a bug");
    case CH_PROCORE_ERROR_SECRETS:
      return _ ("unlock your keyring, or use CERTHOLDER_CLIENT_ID and CERTHOLDER_CLIENT_SECRET");
    default:
      return NULL;
    }
}

/**
 * ch_procore_error_get_retry_after:
 * @error: an error
 *
 * Returns: Unix seconds from when on a busy Procore may be asked again, 0 where it named no time
 */
gint64
ch_procore_error_get_retry_after (const GError *error)
{
  const char *mark;
  gint64 at = 0;

  if (!g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY))
    return 0;

  mark = g_strrstr (error->message, RETRY_MARK);
  if (mark != NULL)
    at = g_ascii_strtoll (mark + strlen (RETRY_MARK), NULL, 10);
  return at;
}

/*< private >
 * Sets a busy error that carries its time.
 */
void
_ch_procore_error_set_busy (GError **error,
                            gint64   retry_at)
{
  g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY, "%s" RETRY_MARK "%" G_GINT64_FORMAT "]",
               _ ("Procore's request limit is reached"), retry_at);
}
