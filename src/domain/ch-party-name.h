#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *ch_party_name_normalise (const char *name);
gboolean  ch_party_name_equal     (const char *a,
                                   const char *b);
gboolean  ch_party_name_names     (const char *shown,
                                   const char *name);
double    ch_party_name_likeness  (const char *a,
                                   const char *b);

G_END_DECLS
