#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-carriers.h"
#include "ch-desk-private.h"
#include "ch-interchange.h"
#include "ch-store-carriers.h"
#include "ch-store-events.h"

static gboolean
import (ChDesk     *self,
        GPtrArray  *carriers,
        int        *version,
        GError    **error)
{
  ChStore *store = ch_desk_get_store (self);
  int before = ch_store_get_carrier_version (store, error);
  g_autofree char *number = NULL;
  g_autofree char *count = NULL;
  g_autofree char *detail = NULL;

  if (before < 0 || !ch_store_put_carriers (store, carriers, version, error))
    return FALSE;
  if (*version == before)
    return TRUE;

  number = g_strdup_printf ("%d", *version);
  count = g_strdup_printf ("%u", carriers->len);
  detail = _ch_desk_dup_detail ("version", number, "carriers", count, NULL);

  return ch_store_add_event (store, "carriers.imported", 0, 0, NULL, detail, error) &&
         ch_desk_judge (self, 0, 0, NULL, error);
}

/**
 * ch_desk_import_carriers:
 * @text: the whole list, as ch_carriers_from_text() takes it
 * @length: -1 where @text ends with a 0 byte
 * @n: (out): the number of carriers
 * @version: (out): the version of the list that it is now; the same list again is no new one
 *
 * Replaces the list of carriers, and judges everybody with it.
 *
 * Returns: %FALSE with the interchange's error, which names the line, where it can't be understood
 */
gboolean
ch_desk_import_carriers (ChDesk      *self,
                         const char  *text,
                         gssize       length,
                         guint       *n,
                         int         *version,
                         GError     **error)
{
  g_autoptr(GPtrArray) carriers = NULL;
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (text != NULL && n != NULL && version != NULL, FALSE);

  carriers = ch_carriers_from_text (text, length, error);
  if (carriers == NULL || !_ch_desk_begin (self, NULL, &own, error))
    return FALSE;
  *n = carriers->len;

  return _ch_desk_end (self, own, import (self, carriers, version, error), error);
}
