#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Takes one entry out of `policies`, `insurers` or `endorsements` of a certificate's document, with where it was read. */
gboolean _ch_certificate_remove_item (JsonObject *root,
                                      const char *list,
                                      guint       index);

G_END_DECLS
