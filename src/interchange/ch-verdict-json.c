#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-interchange.h"

typedef enum {
  KIND_TEXT,
  KIND_AMOUNT,
  KIND_BOOLEAN,
} Kind;

/* Of what kind the rule's `expected` and `found` are, as in a requirement set. */
static Kind
get_kind (const char *rule)
{
  const char *dot = rule != NULL ? strrchr (rule, '.') : NULL;
  ChLimit limit;

  if (dot != NULL && ch_limit_from_string (dot + 1, &limit))
    return KIND_AMOUNT;

  return g_strcmp0 (dot, ".statutory") == 0 ? KIND_BOOLEAN : KIND_TEXT;
}

static void
add_value (JsonObject *object,
           const char *name,
           const char *value,
           Kind        kind)
{
  gint64 number;

  if (value == NULL)
    json_object_set_null_member (object, name);
  else if (kind == KIND_AMOUNT && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    json_object_set_int_member (object, name, number);
  else if (kind == KIND_BOOLEAN)
    json_object_set_boolean_member (object, name, g_str_equal (value, "true"));
  else
    json_object_set_string_member (object, name, value);
}

static JsonObject *
write_place (const ChFindingPlace *place)
{
  JsonObject *object = json_object_new ();
  JsonArray *box;
  guint i;

  if (place->certificate_id != NULL)
    json_object_set_string_member (object, "certificate", place->certificate_id);
  else
    json_object_set_int_member (object, "certificate", place->certificate);
  json_object_set_string_member (object, "path", place->path);
  if (place->page == 0)
    return object;

  box = json_array_new ();
  for (i = 0; i < G_N_ELEMENTS (place->box); i++)
    json_array_add_double_element (box, place->box[i]);
  json_object_set_int_member (object, "page", place->page);
  json_object_set_array_member (object, "box", box);

  return object;
}

static JsonObject *
write_finding (const ChFinding *finding,
               GPtrArray       *sources)
{
  JsonObject *object = json_object_new ();
  Kind kind = get_kind (finding->rule);
  JsonNode *source;

  add_value (object, "rule", finding->rule, KIND_TEXT);
  add_value (object, "coverage", finding->coverage, KIND_TEXT);
  json_object_set_string_member (object, "severity", ch_severity_to_string (finding->severity));
  add_value (object, "expected", finding->expected, kind);
  add_value (object, "found", finding->found, kind);
  add_value (object, "text", finding->text, KIND_TEXT);
  json_object_set_boolean_member (object, "waived", finding->waived);
  if (finding->subject != NULL)
    json_object_set_string_member (object, "subject", finding->subject);
  if (finding->place != NULL)
    json_object_set_object_member (object, "where", write_place (finding->place));
  if (sources != NULL && finding->layer >= 0 && (guint) finding->layer < sources->len)
    {
      source = ch_requirement_source_to_json (g_ptr_array_index (sources, finding->layer));
      json_object_set_int_member (json_node_get_object (source), "layer", finding->layer);
      json_object_set_boolean_member (json_node_get_object (source), "stage", finding->is_stage);
      json_object_set_member (object, "source", source);
    }

  return object;
}

/**
 * ch_findings_to_json:
 * @findings: (element-type ChFinding): findings
 * @sources: (nullable) (element-type ChRequirementSource): the sets behind the verdict
 *
 * Returns: (transfer full): an array; amounts are integers, what is not there is null. `where` tells the certificate,
 *   the value's path and, where it was read from a page, page and box; `source` the set that asks for it
 */
JsonNode *
ch_findings_to_json (GPtrArray *findings,
                     GPtrArray *sources)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint i;

  for (i = 0; i < findings->len; i++)
    json_array_add_object_element (array, write_finding (g_ptr_array_index (findings, i), sources));
  json_node_take_array (node, array);

  return node;
}

/**
 * ch_verdict_to_json:
 * @verdict: a verdict
 * @sources: (nullable) (element-type ChRequirementSource): the sets behind it
 *
 * Returns: (transfer full): the verdict; `changes_on` is absent where it never changes by itself
 */
JsonNode *
ch_verdict_to_json (const ChVerdict *verdict,
                    GPtrArray       *sources)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *changes_on = ch_date_to_iso (verdict->changes_on);

  json_object_set_string_member (object, "status", ch_status_to_string (verdict->status));
  json_object_set_string_member (object, "colour", ch_colour_to_string (ch_status_get_colour (verdict->status)));
  if (changes_on != NULL)
    json_object_set_string_member (object, "changes_on", changes_on);
  json_object_set_member (object, "findings", ch_findings_to_json (verdict->findings, sources));
  json_node_take_object (node, object);

  return node;
}
