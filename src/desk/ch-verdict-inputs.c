#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include "ch-interchange.h"
#include "ch-verdict-inputs-private.h"

ChVerdictInputs *
_ch_verdict_inputs_new (void)
{
  ChVerdictInputs *self = g_new0 (ChVerdictInputs, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (ChVerdictPart));
  self->requirements = g_ptr_array_new_with_free_func (g_free);
  self->scopes = g_ptr_array_new_with_free_func (g_free);
  self->certificates = g_ptr_array_new_with_free_func (g_free);
  self->waivers = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
_ch_verdict_inputs_free (ChVerdictInputs *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->parts);
  g_ptr_array_unref (self->requirements);
  g_ptr_array_unref (self->scopes);
  g_ptr_array_unref (self->certificates);
  g_ptr_array_unref (self->waivers);
  g_free (self->project_state);
  g_free (self->project_stage);
  g_free (self->sub_name);
  g_free (self->sub_legal_name);
  g_free (self->sub_trade_name);
  g_free (self->pending);
  g_free (self);
}

void
_ch_verdict_inputs_add (GPtrArray  *list,
                        const char *uuid,
                        int         version)
{
  g_ptr_array_add (list, g_strdup_printf ("%s:%d", uuid, version));
}

gboolean
_ch_verdict_inputs_split (const char *entry,
                          char      **uuid,
                          int        *version)
{
  const char *colon = strrchr (entry, ':');
  gint64 number;

  if (colon == NULL || !g_ascii_string_to_signed (colon + 1, 10, 1, G_MAXINT, &number, NULL))
    return FALSE;
  *uuid = g_strndup (entry, (gsize) (colon - entry));
  *version = (int) number;

  return TRUE;
}

static void
write_list (JsonBuilder *builder,
            const char  *name,
            GPtrArray   *list)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (list, i));
  json_builder_end_array (builder);
}

static void
write_text (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
write_number (JsonBuilder *builder,
              const char  *name,
              gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
write_parts (JsonBuilder *builder,
             GArray      *parts)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < parts->len; i++)
    {
      const ChVerdictPart *part = &g_array_index (parts, ChVerdictPart, i);

      json_builder_begin_object (builder);
      write_number (builder, "commitment", part->commitment_id);
      write_number (builder, "first", part->first);
      write_number (builder, "n", part->n);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
_ch_verdict_inputs_to_text (const ChVerdictInputs *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  write_number (builder, "since", self->since);
  write_list (builder, "requirements", self->requirements);
  write_list (builder, "scopes", self->scopes);
  write_parts (builder, self->parts);
  write_list (builder, "certificates", self->certificates);
  write_list (builder, "waivers", self->waivers);
  write_number (builder, "carriers", self->carriers);
  write_text (builder, "state", self->project_state);
  write_text (builder, "stage", self->project_stage);
  write_text (builder, "name", self->sub_name);
  write_text (builder, "legal_name", self->sub_legal_name);
  write_text (builder, "trade_name", self->sub_trade_name);
  write_text (builder, "pending", self->pending);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return ch_json_print (root, FALSE);
}

static gint64
read_number (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static char *
read_text (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : NULL;
}

static JsonArray *
get_list (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_list (JsonObject *object,
           const char *name,
           GPtrArray  *list)
{
  JsonArray *array = get_list (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *text = json_node_dup_string (json_array_get_element (array, i));

      if (text != NULL)
        g_ptr_array_add (list, text);
    }
}

static void
read_parts (JsonObject *object,
            GArray     *parts)
{
  JsonArray *array = get_list (object, "parts");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *one = json_array_get_object_element (array, i);
      ChVerdictPart part = { read_number (one, "commitment"), (guint) read_number (one, "first"),
                             (guint) read_number (one, "n") };

      g_array_append_val (parts, part);
    }
}

/**
 * _ch_verdict_inputs_from_text:
 * @text: (nullable): as stored
 *
 * Returns: (transfer full) (nullable): the inputs; those of verdicts from before parts were noted have none, and can't
 *   be judged anew. %NULL where the text is no such
 */
ChVerdictInputs *
_ch_verdict_inputs_from_text (const char *text)
{
  g_autoptr(JsonNode) node = text != NULL ? ch_json_parse (text, -1, NULL) : NULL;
  ChVerdictInputs *self;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  self = _ch_verdict_inputs_new ();
  self->since = read_number (object, "since");
  read_list (object, "requirements", self->requirements);
  read_list (object, "scopes", self->scopes);
  read_parts (object, self->parts);
  read_list (object, "certificates", self->certificates);
  read_list (object, "waivers", self->waivers);
  self->carriers = (int) read_number (object, "carriers");
  self->project_state = read_text (object, "state");
  self->project_stage = read_text (object, "stage");
  self->sub_name = read_text (object, "name");
  self->sub_legal_name = read_text (object, "legal_name");
  self->sub_trade_name = read_text (object, "trade_name");
  self->pending = read_text (object, "pending");

  return self;
}
