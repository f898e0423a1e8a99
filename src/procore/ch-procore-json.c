#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

/*
 * What comes from the network is looked at before it is believed: a member of another type than documented is as
 * good as absent, and an id may be a number or a text.
 */

static JsonNode *
get_node (JsonObject *object,
          const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

/*< private > */
const char *
_ch_wire_get_text (JsonObject *object,
                   const char *member)
{
  JsonNode *node = get_node (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/*< private > */
gint64
_ch_wire_node_get_id (JsonNode *node)
{
  gint64 id = 0;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_ascii_string_to_signed (json_node_get_string (node), 10, 0, G_MAXINT64, &id, NULL);
  return id;
}

/*< private > */
gint64
_ch_wire_get_id (JsonObject *object,
                 const char *member)
{
  return _ch_wire_node_get_id (get_node (object, member));
}

/*< private > */
gboolean
_ch_wire_get_boolean (JsonObject *object,
                      const char *member,
                      gboolean    otherwise)
{
  JsonNode *node = get_node (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
           ? json_node_get_boolean (node)
           : otherwise;
}

/*< private > */
JsonObject *
_ch_wire_get_object (JsonObject *object,
                     const char *member)
{
  JsonNode *node = get_node (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/*< private > */
JsonArray *
_ch_wire_get_array (JsonObject *object,
                    const char *member)
{
  JsonNode *node = get_node (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/*< private > */
char *
_ch_wire_dup_scalar (JsonObject *object,
                     const char *member)
{
  JsonNode *node = get_node (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_dup_string (node);
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return json_to_string (node, FALSE);
    }
}

/*< private > */
char *
_ch_updated_filter (gint64 updated_since)
{
  g_autoptr (GDateTime) since = NULL;
  g_autofree char *text = NULL;

  if (updated_since <= 0)
    return g_strdup ("");

  /* Both ends are documented; the far one lies beyond any clock's error, so that no change falls between two. */
  since = g_date_time_new_from_unix_utc (updated_since);
  text = g_date_time_format (since, "%Y-%m-%dT%H:%M:%SZ");
  return g_strconcat ("&filters%5Bupdated_at%5D=", text, "...2099-12-31T23:59:59Z", NULL);
}
