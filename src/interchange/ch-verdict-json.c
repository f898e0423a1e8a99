#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-interchange.h"

/* Whether the rule is about an amount, whose `expected` and `found` are numbers. */
static gboolean
is_amount (const char *rule)
{
  const char *dot = rule != NULL ? strrchr (rule, '.') : NULL;
  ChLimit limit;

  return dot != NULL && ch_limit_from_string (dot + 1, &limit);
}

static void
add_value (JsonObject *object,
           const char *name,
           const char *value,
           gboolean    amount)
{
  gint64 number;

  if (value == NULL)
    json_object_set_null_member (object, name);
  else if (amount && g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &number, NULL))
    json_object_set_int_member (object, name, number);
  else
    json_object_set_string_member (object, name, value);
}

static JsonObject *
write_finding (const ChFinding *finding)
{
  JsonObject *object = json_object_new ();
  gboolean amount = is_amount (finding->rule);

  add_value (object, "rule", finding->rule, FALSE);
  add_value (object, "coverage", finding->coverage, FALSE);
  json_object_set_string_member (object, "severity", ch_severity_to_string (finding->severity));
  add_value (object, "expected", finding->expected, amount);
  add_value (object, "found", finding->found, amount);
  add_value (object, "text", finding->text, FALSE);
  json_object_set_boolean_member (object, "waived", finding->waived);

  return object;
}

/**
 * ch_findings_to_json:
 * @findings: (element-type ChFinding): findings
 *
 * Returns: (transfer full): an array; amounts are integers, what is not there is null
 */
JsonNode *
ch_findings_to_json (GPtrArray *findings)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint i;

  for (i = 0; i < findings->len; i++)
    json_array_add_object_element (array, write_finding (g_ptr_array_index (findings, i)));
  json_node_take_array (node, array);

  return node;
}

/**
 * ch_verdict_to_json:
 * @verdict: a verdict
 *
 * Returns: (transfer full): the verdict; `changes_on` is absent where it never changes by itself
 */
JsonNode *
ch_verdict_to_json (const ChVerdict *verdict)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *changes_on = ch_date_to_iso (verdict->changes_on);

  json_object_set_string_member (object, "status", ch_status_to_string (verdict->status));
  json_object_set_string_member (object, "colour", ch_colour_to_string (ch_status_get_colour (verdict->status)));
  if (changes_on != NULL)
    json_object_set_string_member (object, "changes_on", changes_on);
  json_object_set_member (object, "findings", ch_findings_to_json (verdict->findings));
  json_node_take_object (node, object);

  return node;
}
