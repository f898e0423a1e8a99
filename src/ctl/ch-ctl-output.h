#pragma once

#include "ch-date.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * A list of records that is printed as one JSON value, or as aligned text: the same facts either way. Columns are
 * the members to show as text, in order; others appear in JSON only.
 */
void   ch_ctl_print_json    (JsonNode          *node);
void   ch_ctl_print_records (gboolean           json,
                             JsonArray         *records,
                             const char *const *columns,
                             const char        *none);
void   ch_ctl_print_record  (gboolean           json,
                             JsonObject        *record);

/* Members that are absent where there is nothing to say. */
void   ch_ctl_set_text      (JsonObject        *object,
                             const char        *member,
                             const char        *text);
void   ch_ctl_set_date      (JsonObject        *object,
                             const char        *member,
                             ChDate             date);
/* ISO 8601 in UTC; nothing where at is 0. Unix microseconds. */
void   ch_ctl_set_instant   (JsonObject        *object,
                             const char        *member,
                             gint64             at);

G_END_DECLS
