#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-random-private.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static char *
encode (const guint8 *bytes,
        gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return text;
}

/*< private > */
char *
_ch_random_text (void)
{
  guint8 bytes[32];
  gsize have = 0;

  while (have < sizeof bytes)
    {
      ssize_t n = getrandom (bytes + have, sizeof bytes - have, 0);

      if (n < 0 && errno != EINTR)
        g_error ("the kernel gives no random bytes: %s", g_strerror (errno));
      have += MAX (n, 0);
    }
  return encode (bytes, sizeof bytes);
}

/*< private > */
char *
_ch_pkce_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, strlen (verifier));
  g_checksum_get_digest (checksum, digest, &length);
  return encode (digest, length);
}
