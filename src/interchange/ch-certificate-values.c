#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-interchange.h"

static void add_values (GHashTable *values,
                        const char *path,
                        JsonNode   *node);

static void
add_members (GHashTable *values,
             const char *path,
             JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    {
      g_autofree char *inner = path != NULL ? g_strconcat (path, ".", name, NULL) : g_strdup (name);

      /* where it was read is not what it says */
      if (path != NULL || !g_str_equal (name, "fields"))
        add_values (values, inner, member);
    }
}

/* A list of words within an entry, as the kinds of autos, is one value; any other list is one of entries. */
static void
add_elements (GHashTable *values,
              const char *path,
              JsonArray  *array)
{
  g_autoptr(GString) words = g_string_new (NULL);
  gboolean is_one_value = g_str_has_suffix (path, ".autos");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (is_one_value)
        {
          g_string_append_printf (words, "%s%s", i > 0 ? "," : "", json_node_get_string (element));
        }
      else
        {
          g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);

          add_values (values, inner, element);
        }
    }
  if (is_one_value)
    g_hash_table_insert (values, g_strdup (path), g_strdup (words->str));
}

static void
add_values (GHashTable *values,
            const char *path,
            JsonNode   *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    add_members (values, path, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    add_elements (values, path, json_node_get_array (node));
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_hash_table_insert (values, g_strdup (path), g_strdup (json_node_get_string (node)));
  else
    g_hash_table_insert (values, g_strdup (path), json_to_string (node, FALSE));
}

/**
 * ch_certificate_list_values:
 * @certificate: a certificate
 *
 * Returns: (transfer full) (element-type utf8 utf8): every value that it shows, by its path, as a person types it
 */
GHashTable *
ch_certificate_list_values (const ChCertificate *certificate)
{
  g_autoptr(JsonNode) root = ch_certificate_to_json (certificate);
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add_members (values, NULL, json_node_get_object (root));

  return values;
}
