#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-certificate-items-private.h"

/* The index of a path into @list, and what stands behind it; FALSE where the path leads elsewhere. */
static gboolean
parse_entry (const char  *path,
             const char  *list,
             guint64     *index,
             const char **rest)
{
  gsize length = strlen (list);
  char *end = NULL;

  if (strncmp (path, list, length) != 0 || path[length] != '[' || !g_ascii_isdigit (path[length + 1]))
    return FALSE;
  *index = g_ascii_strtoull (path + length + 1, &end, 10);
  if (*end != ']')
    return FALSE;
  *rest = end + 1;

  return TRUE;
}

/* Where the others were read stays true: their paths move up with them. */
static void
move_fields_up (JsonObject *root,
                const char *list,
                guint       removed)
{
  JsonNode *member = json_object_get_member (root, "fields");
  JsonArray *fields, *kept;

  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return;

  fields = json_node_get_array (member);
  kept = json_array_new ();
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      const char *rest = NULL;
      guint64 index = 0;

      if (parse_entry (json_object_get_string_member (field, "path"), list, &index, &rest))
        {
          g_autofree char *moved = NULL;

          if (index == removed)
            continue;
          moved = g_strdup_printf ("%s[%" G_GUINT64_FORMAT "]%s", list, index > removed ? index - 1 : index, rest);
          json_object_set_string_member (field, "path", moved);
        }
      json_array_add_object_element (kept, json_object_ref (field));
    }
  json_object_set_array_member (root, "fields", kept);
}

gboolean
_ch_certificate_remove_item (JsonObject *root,
                             const char *list,
                             guint       index)
{
  JsonNode *member = json_object_get_member (root, list);

  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member) ||
      index >= json_array_get_length (json_node_get_array (member)))
    return FALSE;

  json_array_remove_element (json_node_get_array (member), index);
  move_fields_up (root, list, index);

  return TRUE;
}
