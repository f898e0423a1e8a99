#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-carrier-rating.h"
#include "ch-coverage-requirement-json.h"
#include "ch-json-reader.h"

#define SCHEMA 1

/* A member that is not known is refused: a misspelt one would silently ask for nothing, and that costs money. */

static const char * const member_names[CH_N_SET_ASKS] = {
  [CH_SET_ASK_WARNING_DAYS] = "warning_days",
  [CH_SET_ASK_COVERAGES] = "coverages",
  [CH_SET_ASK_UMBRELLA_ADDS_TO] = "umbrella_adds_to",
  [CH_SET_ASK_HOLDER] = "holder",
  [CH_SET_ASK_NAMED_INSURED] = "named_insured",
  [CH_SET_ASK_CARRIER] = "carrier",
  [CH_SET_ASK_CANCELLATION_NOTICE] = "cancellation_notice",
  [CH_SET_ASK_STAGES] = "stages",
};

const char *
_ch_set_ask_to_string (ChSetAsk ask)
{
  return member_names[ask];
}

static ChRequirementSet *read_set (JsonNode    *node,
                                   const char  *where,
                                   gboolean     is_stage,
                                   GError     **error);

static gboolean
read_coverages (ChRequirementSet *self,
                JsonNode         *node,
                const char       *where,
                GError          **error)
{
  JsonObject *object = _ch_json_get_object (node, where, error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (object == NULL)
    return FALSE;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *path = _ch_json_join (where, name);
      ChCoverageRequirement *coverage;

      if (name[0] == '\0')
        return _ch_json_fail (error, where, NULL, "holds a coverage without a name");
      coverage = _ch_coverage_requirement_from_json (name, value, path, error);
      if (coverage == NULL)
        return FALSE;
      g_ptr_array_add (self->coverages, coverage);
    }

  return TRUE;
}

static gboolean
refuse_unknown (JsonObject         *object,
                const char         *where,
                const char * const *known,
                GError            **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (known, name))
        return _ch_json_fail (error, where, name, "is not a known member");
    }

  return TRUE;
}

static gboolean
read_holder (ChRequirementSet *self,
             JsonNode         *node,
             const char       *where,
             GError          **error)
{
  const char * const known[] = { "names", NULL };
  g_autofree char *path = _ch_json_join (where, "names");
  JsonObject *object = _ch_json_get_object (node, where, error);

  if (object == NULL || !refuse_unknown (object, where, known, error))
    return FALSE;
  if (!json_object_has_member (object, "names"))
    return TRUE;

  return _ch_json_read_strings (json_object_get_member (object, "names"), path, self->holder_names, error);
}

static gboolean
read_carrier (ChRequirementSet *self,
              JsonNode         *node,
              const char       *where,
              GError          **error)
{
  const char * const known[] = { "minimum_rating", "minimum_size", NULL };
  JsonObject *object = _ch_json_get_object (node, where, error);

  if (object == NULL
      || !refuse_unknown (object, where, known, error)
      || !_ch_json_read_string (object, where, "minimum_rating", &self->minimum_rating, error)
      || !_ch_json_read_string (object, where, "minimum_size", &self->minimum_size, error))
    return FALSE;
  if (self->minimum_rating != NULL && ch_carrier_rating_rank (self->minimum_rating) == 0)
    return _ch_json_fail (error, where, "minimum_rating", "is not one of AM Best's ratings, as A-");
  if (self->minimum_size != NULL && ch_carrier_size_rank (self->minimum_size) == 0)
    return _ch_json_fail (error, where, "minimum_size", "is not one of AM Best's size categories, I to XV");

  return TRUE;
}

static gboolean
read_named_insured (ChRequirementSet *self,
                    JsonNode         *node,
                    const char       *where,
                    GError          **error)
{
  const char *text = _ch_json_node_get_string (node);

  if (g_strcmp0 (text, "legal") == 0)
    self->named_insured = CH_NAMED_INSURED_LEGAL;
  else if (g_strcmp0 (text, "legal_or_dba") == 0 || g_strcmp0 (text, "legal|legal_or_dba") == 0)
    self->named_insured = CH_NAMED_INSURED_LEGAL_OR_DBA;
  else
    return _ch_json_fail (error, where, NULL, "must be legal or legal_or_dba");

  return TRUE;
}

static gboolean
read_stages (ChRequirementSet *self,
             JsonNode         *node,
             const char       *where,
             GError          **error)
{
  JsonObject *object = _ch_json_get_object (node, where, error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (object == NULL)
    return FALSE;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *path = _ch_json_join (where, name);
      ChRequirementSet *set = NULL;

      if (!JSON_NODE_HOLDS_NULL (value))
        {
          set = read_set (value, path, TRUE, error);
          if (set == NULL)
            return FALSE;
        }
      g_ptr_array_add (self->stages, ch_stage_requirement_new (name, set));
    }

  return TRUE;
}

static gboolean
read_member (ChRequirementSet *self,
             ChSetAsk          ask,
             JsonNode         *node,
             const char       *where,
             GError          **error)
{
  gint64 days = 0;

  switch (ask)
    {
    case CH_SET_ASK_WARNING_DAYS:
      if (!_ch_json_node_to_int (node, where, NULL, &days, error))
        return FALSE;
      if (days > 3660)
        return _ch_json_fail (error, where, NULL, "must be at most 3660 days");
      self->warning_days = (int) days;
      return TRUE;
    case CH_SET_ASK_COVERAGES:
      return read_coverages (self, node, where, error);
    case CH_SET_ASK_UMBRELLA_ADDS_TO:
      return _ch_json_read_strings (node, where, self->umbrella_adds_to, error);
    case CH_SET_ASK_HOLDER:
      return read_holder (self, node, where, error);
    case CH_SET_ASK_NAMED_INSURED:
      return read_named_insured (self, node, where, error);
    case CH_SET_ASK_CARRIER:
      return read_carrier (self, node, where, error);
    case CH_SET_ASK_CANCELLATION_NOTICE:
      return ch_evidence_from_string (_ch_json_node_get_string (node), &self->cancellation_notice)
             || _ch_json_fail (error, where, NULL, "must be box, description or form");
    case CH_SET_ASK_STAGES:
    default:
      return read_stages (self, node, where, error);
    }
}

static gboolean
read_heading (ChRequirementSet *self,
              JsonObject       *object,
              const char       *where,
              GError          **error)
{
  JsonNode *schema = json_object_get_member (object, "schema");
  gint64 number = SCHEMA;

  if (schema != NULL && !_ch_json_node_to_int (schema, where, "schema", &number, error))
    return FALSE;
  if (number != SCHEMA)
    return _ch_json_fail (error, where, "schema", "must be 1; another version of the program wrote this");

  return _ch_json_read_string (object, where, "name", &self->name, error);
}

static ChRequirementSet *
read_set (JsonNode    *node,
          const char  *where,
          gboolean     is_stage,
          GError     **error)
{
  g_autoptr(ChRequirementSet) self = ch_requirement_set_new ();
  JsonObject *object = _ch_json_get_object (node, where[0] != '\0' ? where : "requirement set", error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (object == NULL || (!is_stage && !read_heading (self, object, where, error)))
    return NULL;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *path = _ch_json_join (where, name);
      int ask;

      if (!is_stage && (g_str_equal (name, "schema") || g_str_equal (name, "name")))
        continue;
      for (ask = 0; ask < CH_N_SET_ASKS; ask++)
        {
          if (g_str_equal (name, member_names[ask]))
            break;
        }
      if (ask == CH_N_SET_ASKS || (is_stage && ask == CH_SET_ASK_STAGES))
        {
          _ch_json_fail (error, path, NULL, "is not a known member");
          return NULL;
        }

      self->members[ask] = JSON_NODE_HOLDS_NULL (value) ? CH_MEMBER_REMOVED : CH_MEMBER_SET;
      if (self->members[ask] == CH_MEMBER_SET && !read_member (self, (ChSetAsk) ask, value, path, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * ch_requirement_set_from_json:
 * @node: a requirement set
 * @error: %CH_INTERCHANGE_ERROR_INVALID, naming the member; a member that is not known is refused too
 *
 * Returns: (transfer full) (nullable): the set
 */
ChRequirementSet *
ch_requirement_set_from_json (JsonNode  *node,
                              GError   **error)
{
  return read_set (node, "", FALSE, error);
}

/**
 * ch_requirement_set_dup_name:
 *
 * Returns: (transfer full) (nullable): the set's name for people
 */
char *
ch_requirement_set_dup_name (const ChRequirementSet *set)
{
  return g_strdup (set->name);
}

static JsonNode *write_set (const ChRequirementSet *self,
                            gboolean                is_stage);

static JsonObject *
write_coverages (const ChRequirementSet *self)
{
  JsonObject *object = json_object_new ();
  guint i;

  for (i = 0; i < self->coverages->len; i++)
    {
      const ChCoverageRequirement *coverage = g_ptr_array_index (self->coverages, i);

      json_object_set_member (object, coverage->name, _ch_coverage_requirement_to_json (coverage));
    }

  return object;
}

static JsonObject *
write_stages (const ChRequirementSet *self)
{
  JsonObject *object = json_object_new ();
  guint i;

  for (i = 0; i < self->stages->len; i++)
    {
      const ChStageRequirement *stage = g_ptr_array_index (self->stages, i);

      json_object_set_member (object, stage->stage,
                              stage->set != NULL ? write_set (stage->set, TRUE) : json_node_new (JSON_NODE_NULL));
    }

  return object;
}

static void
write_member (JsonObject             *object,
              const ChRequirementSet *self,
              ChSetAsk                ask)
{
  const char *name = member_names[ask];
  JsonObject *child;

  switch (ask)
    {
    case CH_SET_ASK_WARNING_DAYS:
      json_object_set_int_member (object, name, self->warning_days);
      break;
    case CH_SET_ASK_COVERAGES:
      json_object_set_object_member (object, name, write_coverages (self));
      break;
    case CH_SET_ASK_UMBRELLA_ADDS_TO:
      json_object_set_member (object, name, _ch_strings_to_json (self->umbrella_adds_to));
      break;
    case CH_SET_ASK_HOLDER:
      child = json_object_new ();
      json_object_set_member (child, "names", _ch_strings_to_json (self->holder_names));
      json_object_set_object_member (object, name, child);
      break;
    case CH_SET_ASK_NAMED_INSURED:
      json_object_set_string_member (object, name, self->named_insured == CH_NAMED_INSURED_LEGAL ? "legal"
                                                                                               : "legal_or_dba");
      break;
    case CH_SET_ASK_CARRIER:
      child = json_object_new ();
      if (self->minimum_rating != NULL)
        json_object_set_string_member (child, "minimum_rating", self->minimum_rating);
      if (self->minimum_size != NULL)
        json_object_set_string_member (child, "minimum_size", self->minimum_size);
      json_object_set_object_member (object, name, child);
      break;
    case CH_SET_ASK_CANCELLATION_NOTICE:
      json_object_set_string_member (object, name, ch_evidence_to_string (self->cancellation_notice));
      break;
    case CH_SET_ASK_STAGES:
    default:
      json_object_set_object_member (object, name, write_stages (self));
      break;
    }
}

static JsonNode *
write_set (const ChRequirementSet *self,
           gboolean                is_stage)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  int ask;

  if (!is_stage)
    json_object_set_int_member (object, "schema", SCHEMA);
  if (!is_stage && self->name != NULL)
    json_object_set_string_member (object, "name", self->name);
  for (ask = 0; ask < CH_N_SET_ASKS; ask++)
    {
      if (self->members[ask] == CH_MEMBER_REMOVED)
        json_object_set_null_member (object, member_names[ask]);
      else if (self->members[ask] == CH_MEMBER_SET)
        write_member (object, self, (ChSetAsk) ask);
    }
  json_node_take_object (node, object);

  return node;
}

/**
 * ch_requirement_set_to_json:
 *
 * Returns: (transfer full): the set; absent members are left out, removed ones are null
 */
JsonNode *
ch_requirement_set_to_json (const ChRequirementSet *set)
{
  return write_set (set, FALSE);
}
