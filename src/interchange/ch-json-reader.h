#pragma once

#include "ch-interchange.h"

G_BEGIN_DECLS

/* Strict access to members. Each getter does nothing and gives an absent value where the member is not there; where it
 * is of the wrong kind, it sets @error (once) and names the member by @where and its own name. */

JsonObject *_ch_json_get_object  (JsonNode    *node,
                                  const char  *where,
                                  GError     **error);
JsonArray  *_ch_json_get_array   (JsonNode    *node,
                                  const char  *where,
                                  GError     **error);
gboolean    _ch_json_read_string (JsonObject  *object,
                                  const char  *where,
                                  const char  *name,
                                  char       **value,
                                  GError     **error);
gboolean    _ch_json_read_code   (JsonObject  *object,
                                  const char  *where,
                                  const char  *name,
                                  char       **value,
                                  GError     **error);
gboolean    _ch_json_read_date   (JsonObject  *object,
                                  const char  *where,
                                  const char  *name,
                                  ChDate      *value,
                                  GError     **error);
gboolean    _ch_json_node_to_int (JsonNode    *node,
                                  const char  *where,
                                  const char  *name,
                                  gint64      *value,
                                  GError     **error);
gboolean    _ch_json_node_to_bool (JsonNode   *node,
                                  const char  *where,
                                  const char  *name,
                                  gboolean    *value,
                                  GError     **error);
gboolean    _ch_json_read_mark   (JsonObject  *object,
                                  const char  *where,
                                  const char  *name,
                                  ChMark      *value,
                                  GError     **error);
gboolean    _ch_json_read_strings (JsonNode   *node,
                                  const char  *where,
                                  GPtrArray   *strings,
                                  GError     **error);
const char *_ch_json_node_get_string (JsonNode *node);
/* (transfer full) (nullable): one entry of a list of carriers */
ChCarrier  *_ch_carrier_from_json (JsonNode   *node,
                                  const char  *where,
                                  GError     **error);
char       *_ch_json_join        (const char  *where,
                                  const char  *name);
gboolean    _ch_json_fail        (GError     **error,
                                  const char  *where,
                                  const char  *name,
                                  const char  *what);

#define CH_JSON_MAX_MONEY (G_GINT64_CONSTANT (1) << 50)

G_END_DECLS
