#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

/*< private > */
gint64
_ch_record_id (JsonObject *record,
               const char *member)
{
  JsonNode *node = record != NULL ? json_object_get_member (record, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);
  return json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/*< private > */
const char *
_ch_record_text (JsonObject *record,
                 const char *member)
{
  JsonNode *node = record != NULL ? json_object_get_member (record, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/*< private > */
gboolean
_ch_record_flag (JsonObject *record,
                 const char *member)
{
  JsonNode *node = record != NULL ? json_object_get_member (record, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

/* Ids grow and records stand in the order in which they were made, but for what people sorted. */
static JsonObject *
guess (GPtrArray *records,
       gint64     id)
{
  guint from = 0;
  guint to = records->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      gint64 found = _ch_record_id (g_ptr_array_index (records, middle), "id");

      if (found == id)
        return g_ptr_array_index (records, middle);
      if (found < id)
        from = middle + 1;
      else
        to = middle;
    }
  return NULL;
}

/*< private > */
JsonObject *
_ch_record_find (GPtrArray *records,
                 gint64     id)
{
  JsonObject *record = guess (records, id);
  guint i;

  if (record != NULL)
    return record;
  for (i = 0; i < records->len; i++)
    if (_ch_record_id (g_ptr_array_index (records, i), "id") == id)
      return g_ptr_array_index (records, i);
  return NULL;
}

static gboolean
is_named (const char *list,
          const char *name)
{
  g_auto (GStrv) names = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *) names, name);
}

/*< private >
 * A copy as Procore shows it: without our members, and with those named in @only if it is not %NULL.
 */
JsonObject *
_ch_record_copy (JsonObject *record,
                 const char *only)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, record);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (*name != '_' && (only == NULL || is_named (only, name)))
      json_object_set_member (copy, name, json_node_copy (node));
  return copy;
}

/*< private > */
JsonObject *
_ch_reference (gint64      id,
               const char *name_member,
               const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", id);
  json_object_set_string_member (object, name_member, name);
  return object;
}

/*< private > */
char *
_ch_format_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");
}

/*< private > */
void
_ch_touch (ChSandbox  *self,
           JsonObject *record)
{
  g_autofree char *text = _ch_format_time (self->now);

  json_object_set_string_member (record, "updated_at", text);
}

/*< private > */
gint64
_ch_new_id (ChSandbox *self)
{
  return self->next_id++;
}

/**
 * ch_sandbox_answer_free:
 * @self: (transfer full): an answer
 */
void
ch_sandbox_answer_free (ChSandboxAnswer *self)
{
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

/*< private >
 * @text: (transfer full): the body
 */
ChSandboxAnswer *
_ch_answer (guint       status,
            const char *content_type,
            char       *text)
{
  ChSandboxAnswer *answer = g_new0 (ChSandboxAnswer, 1);

  answer->status = status;
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  answer->body = g_bytes_new_take (text, strlen (text));
  _ch_answer_header (answer, "Content-Type", "%s", content_type);
  return answer;
}

/*< private >
 * @node: (transfer full): the body
 */
ChSandboxAnswer *
_ch_answer_node (guint     status,
                 JsonNode *node)
{
  ChSandboxAnswer *answer = _ch_answer (status, "application/json", json_to_string (node, FALSE));

  json_node_unref (node);
  return answer;
}

/*< private >
 * @object: (transfer full): the body
 */
ChSandboxAnswer *
_ch_answer_object (guint       status,
                   JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return _ch_answer_node (status, node);
}

/*< private > */
ChSandboxAnswer *
_ch_answer_problem (guint       status,
                    const char *field,
                    const char *format,
                    ...)
{
  JsonObject *object = json_object_new ();
  JsonObject *errors = json_object_new ();
  JsonArray *texts = json_array_new ();
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  json_array_add_string_element (texts, text);
  json_object_set_array_member (errors, field, texts);
  json_object_set_object_member (object, "errors", errors);
  return _ch_answer_object (status, object);
}

/*< private > */
void
_ch_answer_header (ChSandboxAnswer *answer,
                   const char      *name,
                   const char      *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  g_hash_table_insert (answer->headers, g_strdup (name), g_strdup_vprintf (format, args));
  va_end (args);
}
