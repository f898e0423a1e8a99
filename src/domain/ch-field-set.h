#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChFieldSet:
 *
 * Named text values, ordered by name, so that two of them can be compared, merged field by field and written down
 * the same way each time. A field that is absent and one that is %NULL are the same.
 */
typedef struct _ChFieldSet ChFieldSet;

ChFieldSet *ch_field_set_new         (void);
ChFieldSet *ch_field_set_copy        (const ChFieldSet *self);
void        ch_field_set_free        (ChFieldSet       *self);
void        ch_field_set_set         (ChFieldSet       *self,
                                      const char       *name,
                                      const char       *value);
const char *ch_field_set_get         (const ChFieldSet *self,
                                      const char       *name);
guint       ch_field_set_get_size    (const ChFieldSet *self);
const char *ch_field_set_get_name    (const ChFieldSet *self,
                                      guint             i);
const char *ch_field_set_get_value   (const ChFieldSet *self,
                                      guint             i);
gboolean    ch_field_set_equal       (const ChFieldSet *a,
                                      const ChFieldSet *b);
char       *ch_field_set_fingerprint (const ChFieldSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFieldSet, ch_field_set_free)

G_END_DECLS
