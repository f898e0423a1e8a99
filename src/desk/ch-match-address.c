#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include "ch-matching-private.h"
#include "ch-vendor.h"

/* Addresses are compared by what no printer changes: the zip code's first five digits, where the directory has it, and
 * the house or box number. */

#define ZIP_LENGTH 5

static gboolean
has_word (const char *text,
          const char *word,
          gsize       length)
{
  const char *p = text;

  while (length > 0 && (p = strstr (p, word)) != NULL)
    {
      if ((p == text || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[length]))
        return TRUE;
      p++;
    }

  return FALSE;
}

/* (transfer full) (nullable) */
static char *
dup_zip (const ChVendor *vendor)
{
  if (vendor->zip == NULL || strlen (vendor->zip) < ZIP_LENGTH || strspn (vendor->zip, "0123456789") < ZIP_LENGTH)
    return NULL;

  return g_strndup (vendor->zip, ZIP_LENGTH);
}

/* Town and state stand in for a zip code that the directory lacks. */
static gboolean
has_town_and_state (const ChVendor *vendor,
                    const char     *address)
{
  g_autofree char *text = g_utf8_casefold (address, -1);
  g_autofree char *town = g_utf8_casefold (vendor->city != NULL ? vendor->city : "", -1);
  g_autofree char *state = g_utf8_casefold (vendor->state_code != NULL ? vendor->state_code : "", -1);

  return has_word (text, town, strlen (town)) && has_word (text, state, strlen (state));
}

gboolean
_ch_address_is_in_town (const ChVendor *vendor,
                        const char     *address)
{
  g_autofree char *zip = dup_zip (vendor);

  if (address == NULL)
    return FALSE;

  return zip != NULL ? has_word (address, zip, ZIP_LENGTH) : has_town_and_state (vendor, address);
}

/* The first number of "1200 SE Division St" or "PO Box 77". */
static char *
dup_number (const char *street)
{
  const char *p = street;
  gsize length;

  while (p != NULL && *p != '\0' && !g_ascii_isdigit (*p))
    p++;
  length = p != NULL ? strspn (p, "0123456789") : 0;

  return length > 0 ? g_strndup (p, length) : NULL;
}

gboolean
_ch_address_agrees (const ChVendor *vendor,
                    const char     *address)
{
  g_autofree char *number = dup_number (vendor->address);

  return number != NULL && _ch_address_is_in_town (vendor, address) && has_word (address, number, strlen (number));
}

/* Its zip code is of another region: the first three digits are a sorting center's. */
gboolean
_ch_address_is_elsewhere (const ChVendor *vendor,
                          const char     *address)
{
  g_autofree char *zip = dup_zip (vendor);
  const char *found = NULL;

  if (zip == NULL || address == NULL)
    return FALSE;

  /* the last word of five digits is the zip code; one before it is a house number */
  for (const char *p = address; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p) && (p == address || !g_ascii_isalnum (p[-1])) &&
          strspn (p, "0123456789") == ZIP_LENGTH)
        found = p;
    }

  return found != NULL && strncmp (found, zip, 3) != 0;
}

/* Providers at which anybody has an address; one of them says nothing. */
static const char * const public_domains[] = {
  "aol.com", "att.net", "bellsouth.net", "charter.net", "comcast.net", "cox.net", "earthlink.net", "gmail.com",
  "gmx.com", "googlemail.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "me.com", "msn.com",
  "outlook.com", "proton.me", "protonmail.com", "sbcglobal.net", "verizon.net", "yahoo.com", "ymail.com", NULL
};

static gboolean
is_domain_letter (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.';
}

/* The domain behind the @ at @at. */
static char *
dup_domain_at (const char *at)
{
  g_autofree char *domain = NULL;
  gsize length = 0;

  while (is_domain_letter (at[1 + length]))
    length++;
  while (length > 0 && at[length] == '.')
    length--;
  domain = g_ascii_strdown (at + 1, (gssize)length);
  if (strchr (domain, '.') == NULL || g_strv_contains (public_domains, domain))
    return NULL;

  return g_steal_pointer (&domain);
}

char *
_ch_email_dup_domain (const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;

  return at != NULL ? dup_domain_at (at) : NULL;
}

void
_ch_email_add_domains (GHashTable *domains,
                       const char *text)
{
  const char *at = text;

  while (at != NULL && (at = strchr (at, '@')) != NULL)
    {
      char *domain = dup_domain_at (at);

      if (domain != NULL)
        g_hash_table_add (domains, domain);
      at++;
    }
}
