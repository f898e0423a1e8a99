#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-webhook-secret.h"

#include "ch-procore-error.h"
#include "ch-random-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * A server without a Secret Service has its app's secret from the environment and keeps nothing. Its webhook secret is
 * made from that one, so that it is the same after a restart and the hooks in Procore stay right.
 */
static char *
derive (const char *client_secret,
        const char *login_url)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) client_secret, strlen (client_secret));

  g_hmac_update (hmac, (const guchar *) "certholder webhooks ", -1);
  g_hmac_update (hmac, (const guchar *) login_url, -1);
  return g_strdup (g_hmac_get_string (hmac));
}

/**
 * ch_webhook_dup_secret:
 * @tokens: where secrets rest
 * @client_secret: (nullable): the app's
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS where there is no place to keep one, and nothing to make it from
 *
 * What Procore's deliveries have to carry, made the first time that it is asked for.
 *
 * Returns: (transfer full) (nullable): the secret; wipe it
 */
char *
ch_webhook_dup_secret (ChTokenStore *tokens,
                       const char   *client_secret,
                       GCancellable *cancellable,
                       GError      **error)
{
  GError *cause = NULL;
  char *secret;

  g_return_val_if_fail (CH_IS_TOKEN_STORE (tokens), NULL);

  if (ch_token_store_is_in_memory (tokens))
    {
      if (client_secret != NULL && *client_secret != '\0')
        return derive (client_secret, ch_token_store_get_login_url (tokens));
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS,
                           _ ("there is no place to keep the secret of the webhooks"));
      return NULL;
    }

  secret = ch_token_store_load_webhook_secret (tokens, cancellable, &cause);
  if (secret != NULL)
    return secret;
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  secret = _ch_random_text ();
  if (ch_token_store_save_webhook_secret (tokens, secret, cancellable, error))
    return secret;
  g_free (secret);
  return NULL;
}
