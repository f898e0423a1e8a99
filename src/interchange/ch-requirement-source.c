#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-interchange.h"

ChRequirementSource *
ch_requirement_source_new (const char *id,
                           const char *name,
                           int         version,
                           const char *scope)
{
  ChRequirementSource *self = g_new0 (ChRequirementSource, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->version = version;
  self->scope = g_strdup (scope);

  return self;
}

void
ch_requirement_source_free (ChRequirementSource *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->scope);
  g_free (self);
}

static void
add_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

/**
 * ch_requirement_source_to_json:
 *
 * Returns: (transfer full): an object; what is not known is left out
 */
JsonNode *
ch_requirement_source_to_json (const ChRequirementSource *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  add_text (object, "id", self->id);
  add_text (object, "name", self->name);
  if (self->version != 0)
    json_object_set_int_member (object, "version", self->version);
  add_text (object, "scope", self->scope);
  json_node_take_object (node, object);

  return node;
}
