#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-error.h"

#include "ch-procore-error-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* What an error of ours carries beside its message. */
typedef struct {
  gint64 retry_after;     /* Unix seconds; 0 where no time is known */
} ChProcoreErrorPrivate;

static void
ch_procore_error_private_init (ChProcoreErrorPrivate *self)
{
  self->retry_after = 0;
}

static void
ch_procore_error_private_copy (const ChProcoreErrorPrivate *from,
                               ChProcoreErrorPrivate       *to)
{
  *to = *from;
}

static void
ch_procore_error_private_clear (ChProcoreErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (ChProcoreError, ch_procore_error)

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
      return _ ("what was done here is kept and will be sent then");
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
  return g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY)
           ? ch_procore_error_get_private (error)->retry_after
           : 0;
}

/*< private >
 * Sets a busy error that carries its time.
 */
void
_ch_procore_error_set_busy (GError **error,
                            gint64   retry_at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (retry_at);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%X") : NULL;
  GError *busy
    = g_error_new (CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY, _ ("Procore asks to wait until %s"), text != NULL ? text : "?");

  ch_procore_error_get_private (busy)->retry_after = retry_at;
  g_propagate_error (error, busy);
}
