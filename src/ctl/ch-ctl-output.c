#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl-output.h"

#include <stdio.h>

/* A member's value as a person reads it: texts and numbers bare, lists joined, nothing as nothing. */
static char *
describe (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        return g_strdup (json_node_get_string (node));
      if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
      return json_to_string (node, FALSE);
    }

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      GString *joined = g_string_new (NULL);
      guint i;

      for (i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *one = describe (json_array_get_element (array, i));

          if (i > 0)
            g_string_append (joined, ", ");
          g_string_append (joined, one);
        }
      return g_string_free (joined, FALSE);
    }

  return json_to_string (node, FALSE);
}

static glong
get_width (const char *text)
{
  return g_utf8_strlen (text, -1);
}

static void
print_cell (const char *text,
            glong       width,
            gboolean    last)
{
  glong padding = last ? 0 : width - get_width (text) + 2;

  fputs (text, stdout);
  for (; padding > 0; padding--)
    putchar (' ');
}

static char *
make_heading (const char *column)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (column), "_", ' ');

  return g_utf8_strup (spaced, -1);
}

/**
 * ch_ctl_print_json:
 * @node: what to print
 *
 * Prints one JSON value, indented, and a newline.
 */
void
ch_ctl_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  puts (text);
}

/**
 * ch_ctl_print_records:
 * @json: print JSON instead of a table
 * @records: the records, all of them objects
 * @columns: (nullable) (array zero-terminated=1): the members that the table shows; only JSON needs none
 * @none: the sentence that stands for an empty table
 *
 * Prints a list of records.
 */
void
ch_ctl_print_records (gboolean           json,
                      JsonArray         *records,
                      const char *const *columns,
                      const char        *none)
{
  guint n_columns = columns != NULL ? g_strv_length ((char **) columns) : 0;
  guint n_rows = json_array_get_length (records);
  g_autofree glong *widths = g_new0 (glong, n_columns + 1);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint i;
  guint row;

  if (json)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

      json_node_set_array (node, records);
      ch_ctl_print_json (node);
      return;
    }

  if (n_rows == 0)
    {
      puts (none);
      return;
    }

  for (i = 0; i < n_columns; i++)
    g_ptr_array_add (cells, make_heading (columns[i]));
  for (row = 0; row < n_rows; row++)
    {
      JsonObject *record = json_array_get_object_element (records, row);

      for (i = 0; i < n_columns; i++)
        g_ptr_array_add (cells, describe (json_object_get_member (record, columns[i])));
    }

  for (i = 0; i < cells->len; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns], get_width (g_ptr_array_index (cells, i)));
  for (i = 0; i < cells->len; i++)
    {
      gboolean last = i % n_columns == n_columns - 1;

      print_cell (g_ptr_array_index (cells, i), widths[i % n_columns], last);
      if (last)
        putchar ('\n');
    }
}

/**
 * ch_ctl_print_record:
 * @json: print JSON instead of lines
 * @record: (transfer full): the record
 *
 * Prints one record: a line for each member, or JSON.
 */
void
ch_ctl_print_record (gboolean    json,
                     JsonObject *record)
{
  g_autoptr (JsonObject) owned = record;
  g_autoptr (GList) members = json_object_get_members (owned);
  glong width = 0;
  GList *l;

  if (json)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, record);
      ch_ctl_print_json (node);
      return;
    }

  for (l = members; l != NULL; l = l->next)
    width = MAX (width, get_width (l->data));
  for (l = members; l != NULL; l = l->next)
    {
      g_autofree char *value = describe (json_object_get_member (record, l->data));

      print_cell (l->data, width, FALSE);
      puts (value);
    }
}

/**
 * ch_ctl_set_text:
 * @object: a JSON object
 * @member: the member to set
 * @text: (nullable): its value; nothing is set where it is %NULL or empty
 *
 * Sets a text member, or leaves it out.
 */
void
ch_ctl_set_text (JsonObject *object,
                 const char *member,
                 const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

/**
 * ch_ctl_set_date:
 * @object: a JSON object
 * @member: the member to set
 * @date: a day, or %CH_DATE_NONE for nothing
 *
 * Sets a day as ISO 8601, or leaves it out.
 */
void
ch_ctl_set_date (JsonObject *object,
                 const char *member,
                 ChDate      date)
{
  g_autofree char *text = NULL;

  if (date == CH_DATE_NONE)
    return;

  text = ch_date_to_iso (date);
  json_object_set_string_member (object, member, text);
}

/**
 * ch_ctl_set_instant:
 * @object: a JSON object
 * @member: the member to set
 * @at: Unix microseconds, 0 for nothing
 *
 * Sets an instant as ISO 8601 in UTC, or leaves it out.
 */
void
ch_ctl_set_instant (JsonObject *object,
                    const char *member,
                    gint64      at)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (at == 0)
    return;

  time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  if (time == NULL)
    return;

  text = g_date_time_format_iso8601 (time);
  json_object_set_string_member (object, member, text);
}
