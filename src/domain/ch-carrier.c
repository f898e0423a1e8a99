#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-carrier.h"

#define NAIC_DIGITS 5

ChCarrier *
ch_carrier_new (const char *naic,
                const char *name,
                const char *rating,
                const char *size)
{
  ChCarrier *self = g_new0 (ChCarrier, 1);

  self->naic = g_strdup (naic);
  self->name = g_strdup (name);
  self->rating = g_strdup (rating);
  self->size = g_strdup (size);

  return self;
}

void
ch_carrier_free (ChCarrier *self)
{
  if (self == NULL)
    return;

  g_free (self->naic);
  g_free (self->name);
  g_free (self->rating);
  g_free (self->size);
  g_free (self);
}

/**
 * ch_naic_normalise:
 * @text: (nullable): a NAIC number as somebody wrote it
 *
 * They have five digits; spreadsheets take the zeros off their front.
 *
 * Returns: (transfer full) (nullable): the five digits, %NULL where @text is no such number
 */
char *
ch_naic_normalise (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > NAIC_DIGITS || strspn (text, "0123456789") != length)
    return NULL;

  return g_strdup_printf ("%.*s%s", (int) (NAIC_DIGITS - length), "00000", text);
}

/**
 * ch_carrier_find:
 * @carriers: (nullable) (element-type utf8 ChCarrier): by NAIC number
 * @naic: (nullable): as a certificate shows it
 *
 * Returns: (transfer none) (nullable): the carrier of that number
 */
const ChCarrier *
ch_carrier_find (GHashTable *carriers,
                 const char *naic)
{
  const ChCarrier *carrier;
  g_autofree char *digits = NULL;

  if (carriers == NULL || naic == NULL)
    return NULL;

  carrier = g_hash_table_lookup (carriers, naic);
  if (carrier != NULL || strlen (naic) >= NAIC_DIGITS)
    return carrier;

  digits = ch_naic_normalise (naic);

  return digits != NULL ? g_hash_table_lookup (carriers, digits) : NULL;
}
