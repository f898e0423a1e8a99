#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChCarrier:
 * @naic: five digits
 * @name: (nullable)
 * @rating: (nullable): AM Best's letters, as `A-`
 * @size: (nullable): AM Best's financial size category, as `VII`
 *
 * An insurer in the user's imported list.
 */
typedef struct {
  char *naic;
  char *name;
  char *rating;
  char *size;
} ChCarrier;

ChCarrier       *ch_carrier_new       (const char *naic,
                                       const char *name,
                                       const char *rating,
                                       const char *size);
void             ch_carrier_free      (ChCarrier  *self);
const ChCarrier *ch_carrier_find      (GHashTable *carriers,
                                       const char *naic);
char            *ch_naic_normalise    (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCarrier, ch_carrier_free)

G_END_DECLS
