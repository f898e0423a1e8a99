#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <math.h>

#include "ch-json-reader.h"

G_DEFINE_QUARK (ch-interchange-error-quark, ch_interchange_error)

/* The path of a member as a person would write it. */
char *
_ch_json_join (const char *where,
               const char *name)
{
  if (name == NULL || name[0] == '\0')
    return g_strdup (where);
  if (where == NULL || where[0] == '\0')
    return g_strdup (name);

  return g_strconcat (where, ".", name, NULL);
}

gboolean
_ch_json_fail (GError     **error,
               const char  *where,
               const char  *name,
               const char  *what)
{
  g_autofree char *path = _ch_json_join (where, name);

  if (error == NULL || *error == NULL)
    g_set_error (error, CH_INTERCHANGE_ERROR, CH_INTERCHANGE_ERROR_INVALID, "%s: %s",
                 path != NULL && path[0] != '\0' ? path : "document", what);

  return FALSE;
}

JsonObject *
_ch_json_get_object (JsonNode    *node,
                     const char  *where,
                     GError     **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) && json_node_get_object (node) != NULL)
    return json_node_get_object (node);

  _ch_json_fail (error, where, NULL, "must be an object");
  return NULL;
}

JsonArray *
_ch_json_get_array (JsonNode    *node,
                    const char  *where,
                    GError     **error)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_node_get_array (node) != NULL)
    return json_node_get_array (node);

  _ch_json_fail (error, where, NULL, "must be an array");
  return NULL;
}

/* NULL where the node is no string. */
const char *
_ch_json_node_get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

gboolean
_ch_json_read_string (JsonObject  *object,
                      const char  *where,
                      const char  *name,
                      char       **value,
                      GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  text = _ch_json_node_get_string (node);
  if (text == NULL)
    return _ch_json_fail (error, where, name, "must be a string");

  g_free (*value);
  *value = g_strdup (text);
  return TRUE;
}

/* Digits that name something, as a NAIC number; a program may have written them as a number. */
gboolean
_ch_json_read_code (JsonObject  *object,
                    const char  *where,
                    const char  *name,
                    char       **value,
                    GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      g_free (*value);
      *value = g_strdup_printf ("%05" G_GINT64_FORMAT, json_node_get_int (node));
      return TRUE;
    }

  return _ch_json_read_string (object, where, name, value, error);
}

gboolean
_ch_json_read_date (JsonObject  *object,
                    const char  *where,
                    const char  *name,
                    ChDate      *value,
                    GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ChDate date;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  date = ch_date_from_iso (_ch_json_node_get_string (node));
  if (date == CH_DATE_NONE)
    return _ch_json_fail (error, where, name, "must be a date as YYYY-MM-DD");

  *value = date;
  return TRUE;
}

/* Whole and not negative; 1e6 and 1000000.0 are whole. */
gboolean
_ch_json_node_to_int (JsonNode    *node,
                      const char  *where,
                      const char  *name,
                      gint64      *value,
                      GError     **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return _ch_json_fail (error, where, name, "must be a whole number");

  number = json_node_get_double (node);
  if (!(number >= 0 && number <= (double) CH_JSON_MAX_MONEY) || floor (number) != number)
    return _ch_json_fail (error, where, name, "must be a whole number, not negative and not beyond reason");

  *value = type == G_TYPE_INT64 ? json_node_get_int (node) : (gint64) number;
  return TRUE;
}

gboolean
_ch_json_node_to_bool (JsonNode    *node,
                       const char  *where,
                       const char  *name,
                       gboolean    *value,
                       GError     **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return _ch_json_fail (error, where, name, "must be true or false");

  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
_ch_json_read_mark (JsonObject  *object,
                    const char  *where,
                    const char  *name,
                    ChMark      *value,
                    GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  gboolean yes = FALSE;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!_ch_json_node_to_bool (node, where, name, &yes, error))
    return FALSE;

  *value = yes ? CH_MARK_YES : CH_MARK_NO;
  return TRUE;
}

/* Adds the strings of an array to @strings. */
gboolean
_ch_json_read_strings (JsonNode   *node,
                       const char *where,
                       GPtrArray  *strings,
                       GError    **error)
{
  JsonArray *array = _ch_json_get_array (node, where, error);
  guint i;

  for (i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = _ch_json_node_get_string (json_array_get_element (array, i));

      if (text == NULL)
        return _ch_json_fail (error, where, NULL, "must hold strings only");
      g_ptr_array_add (strings, g_strdup (text));
    }

  return array != NULL;
}
