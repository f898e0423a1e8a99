#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-coverage-requirement-json.h"
#include "ch-json-reader.h"

static const char * const member_names[CH_N_COVERAGE_ASKS] = {
  [CH_COVERAGE_ASK_MINIMUM] = "minimum",
  [CH_COVERAGE_ASK_ENDORSEMENTS] = "endorsements",
  [CH_COVERAGE_ASK_BASIS] = "basis",
  [CH_COVERAGE_ASK_AGGREGATE_PER] = "aggregate_per",
  [CH_COVERAGE_ASK_ADDITIONAL_INSURED] = "additional_insured",
  [CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED] = "completed_operations_additional_insured",
  [CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY] = "primary_noncontributory",
  [CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION] = "waiver_of_subrogation",
  [CH_COVERAGE_ASK_STATUTORY] = "statutory",
  [CH_COVERAGE_ASK_AUTOS] = "autos",
  [CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED] = "scheduled_counts_as_owned",
};

static const struct {
  ChAutosAsk  ask;
  const char *name;
} autos_names[] = {
  { CH_AUTOS_ASK_ANY, "any" },
  { CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED, "owned_hired_non_owned" },
  { CH_AUTOS_ASK_HIRED_NON_OWNED, "hired_non_owned" },
};

const char *
_ch_coverage_ask_to_string (ChCoverageAsk ask)
{
  return member_names[ask];
}

static gboolean
read_minimum (ChCoverageRequirement *self,
              JsonNode              *node,
              const char            *where,
              GError               **error)
{
  JsonObject *object = _ch_json_get_object (node, where, error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *amount;

  if (object == NULL)
    return FALSE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &amount))
    {
      ChLimit limit;

      if (!ch_limit_from_string (name, &limit))
        return _ch_json_fail (error, where, name, "is not a known limit");
      if (!JSON_NODE_HOLDS_NULL (amount)
          && !_ch_json_node_to_int (amount, where, name, &self->minimum[limit], error))
        return FALSE;
    }

  return TRUE;
}

/* 0 where @text is not among the values that the member takes. */
static int
parse_word (ChCoverageAsk  ask,
            const char    *text)
{
  ChEvidence evidence = CH_EVIDENCE_NONE;

  if (ask == CH_COVERAGE_ASK_BASIS)
    return (int) ch_basis_from_string (text);
  if (ask == CH_COVERAGE_ASK_AGGREGATE_PER)
    return (int) ch_aggregate_per_from_string (text);

  ch_evidence_from_string (text, &evidence);
  return (int) evidence;
}

static int
parse_autos (const char *text)
{
  g_auto(GStrv) names = g_strsplit (text, "|", -1);
  int mask = 0;
  guint i;
  guint j;

  for (i = 0; names[i] != NULL; i++)
    {
      for (j = 0; j < G_N_ELEMENTS (autos_names); j++)
        {
          if (g_str_equal (g_strstrip (names[i]), autos_names[j].name))
            break;
        }
      if (j == G_N_ELEMENTS (autos_names))
        return 0;
      mask |= (int) autos_names[j].ask;
    }

  return mask;
}

static const char *
get_known_values (ChCoverageAsk ask)
{
  switch (ask)
    {
    case CH_COVERAGE_ASK_BASIS:
      return "must be occurrence or claims_made";
    case CH_COVERAGE_ASK_AGGREGATE_PER:
      return "must be policy, project or location";
    case CH_COVERAGE_ASK_AUTOS:
      return "must be any, owned_hired_non_owned, hired_non_owned, or several of them with | between";
    default:
      return "must be box, description or form";
    }
}

static gboolean
read_member (ChCoverageRequirement *self,
             ChCoverageAsk          ask,
             JsonNode              *node,
             const char            *where,
             GError               **error)
{
  const char *text = _ch_json_node_get_string (node);

  switch (ask)
    {
    case CH_COVERAGE_ASK_MINIMUM:
      return read_minimum (self, node, where, error);
    case CH_COVERAGE_ASK_ENDORSEMENTS:
      return _ch_json_read_strings (node, where, self->endorsements, error);
    case CH_COVERAGE_ASK_STATUTORY:
    case CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED:
      return _ch_json_node_to_bool (node, where, NULL, &self->values[ask], error);
    default:
      if (text != NULL)
        self->values[ask] = ask == CH_COVERAGE_ASK_AUTOS ? parse_autos (text) : parse_word (ask, text);
      return self->values[ask] != 0 || _ch_json_fail (error, where, NULL, get_known_values (ask));
    }
}

/* @where: the path of the coverage, for errors */
ChCoverageRequirement *
_ch_coverage_requirement_from_json (const char  *name,
                                    JsonNode    *node,
                                    const char  *where,
                                    GError     **error)
{
  g_autoptr(ChCoverageRequirement) self = ch_coverage_requirement_new (name);
  JsonObject *object;
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  if (JSON_NODE_HOLDS_NULL (node))
    {
      self->is_removed = TRUE;
      return g_steal_pointer (&self);
    }

  object = _ch_json_get_object (node, where, error);
  if (object == NULL)
    return NULL;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &value))
    {
      g_autofree char *path = _ch_json_join (where, member);
      int ask;

      for (ask = 0; ask < CH_N_COVERAGE_ASKS; ask++)
        {
          if (g_str_equal (member, member_names[ask]))
            break;
        }
      if (ask == CH_N_COVERAGE_ASKS)
        {
          _ch_json_fail (error, path, NULL, "is not a known member");
          return NULL;
        }

      self->members[ask] = JSON_NODE_HOLDS_NULL (value) ? CH_MEMBER_REMOVED : CH_MEMBER_SET;
      if (self->members[ask] == CH_MEMBER_SET && !read_member (self, (ChCoverageAsk) ask, value, path, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

JsonNode *
_ch_strings_to_json (GPtrArray *strings)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint i;

  for (i = 0; i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));
  json_node_take_array (node, array);

  return node;
}

static JsonNode *
write_minimum (const ChCoverageRequirement *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  int i;

  for (i = 0; i < CH_N_LIMITS; i++)
    {
      if (self->minimum[i] != CH_MONEY_ABSENT)
        json_object_set_int_member (object, ch_limit_to_string ((ChLimit) i), self->minimum[i]);
    }
  json_node_take_object (node, object);

  return node;
}

static JsonNode *
write_autos (int mask)
{
  g_autoptr(GString) text = g_string_new (NULL);
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (autos_names); i++)
    {
      if (mask & (int) autos_names[i].ask)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", autos_names[i].name);
    }
  json_node_set_string (node, text->str);

  return node;
}

static JsonNode *
write_member (const ChCoverageRequirement *self,
              ChCoverageAsk                ask)
{
  int value = self->values[ask];
  JsonNode *node;

  switch (ask)
    {
    case CH_COVERAGE_ASK_MINIMUM:
      return write_minimum (self);
    case CH_COVERAGE_ASK_ENDORSEMENTS:
      return _ch_strings_to_json (self->endorsements);
    case CH_COVERAGE_ASK_AUTOS:
      return write_autos (value);
    default:
      break;
    }

  node = json_node_new (JSON_NODE_VALUE);
  if (ask == CH_COVERAGE_ASK_STATUTORY || ask == CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED)
    json_node_set_boolean (node, value != 0);
  else if (ask == CH_COVERAGE_ASK_BASIS)
    json_node_set_string (node, ch_basis_to_string ((ChBasis) value));
  else if (ask == CH_COVERAGE_ASK_AGGREGATE_PER)
    json_node_set_string (node, ch_aggregate_per_to_string ((ChAggregatePer) value));
  else
    json_node_set_string (node, ch_evidence_to_string ((ChEvidence) value));

  return node;
}

JsonNode *
_ch_coverage_requirement_to_json (const ChCoverageRequirement *self)
{
  JsonNode *node;
  JsonObject *object;
  int ask;

  if (self->is_removed)
    return json_node_new (JSON_NODE_NULL);

  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  for (ask = 0; ask < CH_N_COVERAGE_ASKS; ask++)
    {
      if (self->members[ask] == CH_MEMBER_REMOVED)
        json_object_set_null_member (object, member_names[ask]);
      else if (self->members[ask] == CH_MEMBER_SET)
        json_object_set_member (object, member_names[ask], write_member (self, (ChCoverageAsk) ask));
    }
  json_node_take_object (node, object);

  return node;
}
