#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-certificate-items-private.h"
#include "ch-json-reader.h"

/* A value of a certificate by its JSON path: the certificate is written down, the place in the document is found or
 * changed, and for a change the document is read again with all its strictness. So there is one schema only. */

typedef struct {
  char  *name;
  guint  index;
  gboolean has_index;
} Step;

static void
clear_step (gpointer data)
{
  g_free (((Step *) data)->name);
}

/* `policies[0].limits.each_occurrence`; NULL where it is no path. */
static GArray *
parse_path (const char *path)
{
  g_autoptr(GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));
  g_auto(GStrv) parts = g_strsplit (path, ".", -1);
  guint i;

  g_array_set_clear_func (steps, clear_step);
  for (i = 0; parts[i] != NULL; i++)
    {
      char *bracket = strchr (parts[i], '[');
      Step step = { NULL, 0, bracket != NULL };
      guint64 index = 0;

      if (bracket != NULL)
        {
          gsize length = strlen (bracket);
          g_autofree char *digits = length > 2 ? g_strndup (bracket + 1, length - 2) : NULL;

          if (digits == NULL || bracket[length - 1] != ']'
              || !g_ascii_string_to_unsigned (digits, 10, 0, 1000, &index, NULL))
            return NULL;
          *bracket = '\0';
        }
      if (parts[i][0] == '\0')
        return NULL;

      step.name = g_strdup (parts[i]);
      step.index = (guint) index;
      g_array_append_val (steps, step);
    }

  return steps->len > 0 ? g_steal_pointer (&steps) : NULL;
}

static JsonNode *
get_step (JsonNode   *node,
          const Step *step)
{
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  member = json_object_get_member (json_node_get_object (node), step->name);
  if (member == NULL || !step->has_index)
    return member;
  if (!JSON_NODE_HOLDS_ARRAY (member) || step->index >= json_array_get_length (json_node_get_array (member)))
    return NULL;

  return json_array_get_element (json_node_get_array (member), step->index);
}

static char *
print_value (JsonNode *node)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *text = _ch_json_node_get_string (node);
  guint i;

  if (text != NULL)
    return g_strdup (text);
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_to_string (node, FALSE);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  for (i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      text = _ch_json_node_get_string (json_array_get_element (json_node_get_array (node), i));
      if (text == NULL)
        return NULL;
      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", text);
    }

  return g_strdup (out->str);
}

/**
 * ch_certificate_dup_value:
 * @certificate: a certificate
 * @path: as in #ChFieldReading
 *
 * Returns: (transfer full) (nullable): the value as a person types it; lists have commas between. %NULL where
 *   nothing is shown or @path leads nowhere
 */
char *
ch_certificate_dup_value (const ChCertificate *certificate,
                          const char          *path)
{
  g_autoptr(JsonNode) root = ch_certificate_to_json (certificate);
  g_autoptr(GArray) steps = parse_path (path);
  JsonNode *node = root;
  guint i;

  for (i = 0; steps != NULL && node != NULL && i < steps->len; i++)
    node = get_step (node, &g_array_index (steps, Step, i));

  return steps != NULL && node != NULL ? print_value (node) : NULL;
}

typedef enum {
  KIND_UNKNOWN,
  KIND_TEXT,
  KIND_MONEY,
  KIND_MARK,
  KIND_LIST,
  KIND_ITEM,
} Kind;

static gboolean
matches (GArray             *steps,
         const char         *first,
         gboolean            indexed,
         const char * const *members)
{
  const Step *head = &g_array_index (steps, Step, 0);
  const Step *tail = &g_array_index (steps, Step, steps->len - 1);

  return steps->len == 2 && g_str_equal (head->name, first) && head->has_index == indexed
         && !tail->has_index && g_strv_contains (members, tail->name);
}

static Kind
get_kind (GArray *steps)
{
  static const char * const plain[] = {
    "form", "edition", "date", "description_of_operations", "certificate_number", "revision_number", NULL
  };
  static const char * const producer[] = { "name", "contact", "phone", "email", NULL };
  static const char * const party[] = { "name", "address", NULL };
  static const char * const insurer[] = { "letter", "name", "naic", NULL };
  static const char * const text[] = {
    "coverage", "coverage_text", "insurer", "policy_number", "effective", "expiration", "basis", "aggregate_per",
    "kind", "retroactive_date", "tail", NULL
  };
  static const char * const marks[] = { "additional_insured", "waiver_of_subrogation", "statutory", "owner_excluded", NULL };
  static const char * const autos[] = { "autos", NULL };
  const Step *head = &g_array_index (steps, Step, 0);
  const Step *tail = &g_array_index (steps, Step, steps->len - 1);
  ChLimit limit;

  if (steps->len == 1 && g_str_equal (head->name, "endorsements"))
    return head->has_index ? KIND_TEXT : KIND_LIST;
  if (steps->len == 1 && head->has_index)
    return g_str_equal (head->name, "policies") || g_str_equal (head->name, "insurers") ? KIND_ITEM : KIND_UNKNOWN;
  if (steps->len == 1)
    return g_strv_contains (plain, head->name) ? KIND_TEXT : KIND_UNKNOWN;
  if (matches (steps, "producer", FALSE, producer) || matches (steps, "insured", FALSE, party)
      || matches (steps, "certificate_holder", FALSE, party) || matches (steps, "insurers", TRUE, insurer)
      || matches (steps, "policies", TRUE, text))
    return KIND_TEXT;
  if (matches (steps, "policies", TRUE, marks))
    return KIND_MARK;
  if (matches (steps, "policies", TRUE, autos))
    return KIND_LIST;
  if (steps->len == 3 && g_str_equal (head->name, "policies") && head->has_index
      && g_str_equal (g_array_index (steps, Step, 1).name, "limits") && !g_array_index (steps, Step, 1).has_index
      && !tail->has_index && ch_limit_from_string (tail->name, &limit))
    return KIND_MONEY;

  return KIND_UNKNOWN;
}

static JsonNode *
parse_list (const char *value)
{
  g_auto(GStrv) parts = g_strsplit (value, ",", -1);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint i;

  for (i = 0; parts[i] != NULL; i++)
    {
      if (g_strstrip (parts[i])[0] != '\0')
        json_array_add_string_element (array, parts[i]);
    }
  json_node_take_array (node, array);

  return node;
}

/* Money may be typed with a dollar sign and thousands separators. */
static JsonNode *
parse_money (const char  *value,
             const char  *path,
             GError     **error)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  JsonNode *node;
  gint64 amount;
  const char *p;

  for (p = value; *p != '\0'; p++)
    {
      if (*p != ',' && *p != ' ' && !(*p == '$' && digits->len == 0))
        g_string_append_c (digits, *p);
    }
  if (!g_ascii_string_to_signed (digits->str, 10, 0, CH_JSON_MAX_MONEY, &amount, NULL))
    {
      _ch_json_fail (error, path, NULL, "must be an amount in whole dollars");
      return NULL;
    }

  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_int (node, amount);
  return node;
}

/* An empty value takes the member away, which null stands for. */
static JsonNode *
parse_value (Kind         kind,
             const char  *value,
             const char  *path,
             GError     **error)
{
  JsonNode *node;

  if (value == NULL || value[0] == '\0')
    return json_node_new (JSON_NODE_NULL);
  if (kind == KIND_ITEM)
    {
      _ch_json_fail (error, path, NULL, "is a whole entry: it can only be removed, with an empty value");
      return NULL;
    }
  if (kind == KIND_LIST)
    return parse_list (value);
  if (kind == KIND_MONEY)
    return parse_money (value, path, error);

  node = json_node_new (JSON_NODE_VALUE);
  if (kind == KIND_TEXT)
    {
      json_node_set_string (node, value);
    }
  else if (g_ascii_strcasecmp (value, "true") == 0 || g_ascii_strcasecmp (value, "false") == 0)
    {
      json_node_set_boolean (node, g_ascii_strcasecmp (value, "true") == 0);
    }
  else
    {
      json_node_unref (node);
      _ch_json_fail (error, path, NULL, "must be true or false");
      return NULL;
    }

  return node;
}

/* The array under @name, made where it is missing. */
static JsonArray *
open_array (JsonObject *object,
            const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    json_object_set_array_member (object, name, json_array_new ());

  return json_object_get_array_member (object, name);
}

/* The object that a step leads to, made where it is missing; one more may be put at the end of a list. */
static JsonObject *
open_object (JsonObject *object,
             const Step *step)
{
  JsonArray *array;
  JsonObject *child;

  if (!step->has_index)
    {
      if (!json_object_has_member (object, step->name))
        json_object_set_object_member (object, step->name, json_object_new ());
      return json_object_get_object_member (object, step->name);
    }

  array = open_array (object, step->name);
  if (step->index > json_array_get_length (array))
    return NULL;
  if (step->index == json_array_get_length (array))
    {
      child = json_object_new ();
      if (g_str_equal (step->name, "policies"))
        json_object_set_string_member (child, "coverage", ch_coverage_to_string (CH_COVERAGE_OTHER));
      json_array_add_object_element (array, child);
    }

  return json_array_get_object_element (array, step->index);
}

/* Eats @value. An entry of a list is replaced or put at the end; nothing takes it away. */
static gboolean
put_entry (JsonObject *root,
           const Step *step,
           JsonNode   *value)
{
  JsonArray *array = open_array (root, step->name);
  guint length = json_array_get_length (array);
  JsonArray *changed;
  guint i;

  if (step->index > length || JSON_NODE_HOLDS_NULL (value))
    {
      json_node_unref (value);
      return step->index < length && _ch_certificate_remove_item (root, step->name, step->index);
    }

  changed = json_array_new ();
  for (i = 0; i < MAX (length, step->index + 1); i++)
    {
      if (i != step->index)
        json_array_add_string_element (changed, json_array_get_string_element (array, i));
      else
        json_array_add_string_element (changed, json_node_get_string (value));
    }
  json_object_set_array_member (root, step->name, changed);
  json_node_unref (value);

  return TRUE;
}

/* Eats @value. */
static gboolean
put_value (JsonObject *root,
           GArray     *steps,
           JsonNode   *value)
{
  const Step *last = &g_array_index (steps, Step, steps->len - 1);
  JsonObject *object = root;
  guint i;

  if (last->has_index)
    return put_entry (root, last, value);

  for (i = 0; object != NULL && i + 1 < steps->len; i++)
    object = open_object (object, &g_array_index (steps, Step, i));
  if (object == NULL)
    {
      json_node_unref (value);
      return FALSE;
    }

  json_object_set_member (object, last->name, value);
  return TRUE;
}

/**
 * ch_certificate_set_value:
 * @certificate: a certificate
 * @path: as in #ChFieldReading; the next index of `policies`, `insurers` or `endorsements` appends one; `policies[1]`
 *   and the like name the whole entry
 * @value: (nullable): as a person types it: dates ISO, money in whole dollars, `true` or `false`, lists with commas
 *   between; nothing takes the value, or the whole entry, away
 * @error: %CH_INTERCHANGE_ERROR_INVALID where the path leads nowhere or the value is not of its kind; the certificate
 *   is then as it was
 *
 * Returns: whether it was set
 */
gboolean
ch_certificate_set_value (ChCertificate  *certificate,
                          const char     *path,
                          const char     *value,
                          GError        **error)
{
  g_autoptr(GArray) steps = parse_path (path);
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(ChCertificate) changed = NULL;
  Kind kind = steps != NULL ? get_kind (steps) : KIND_UNKNOWN;
  JsonNode *node;
  ChCertificate swap;

  if (kind == KIND_UNKNOWN)
    return _ch_json_fail (error, path, NULL, "is not a value of a certificate");

  node = parse_value (kind, value, path, error);
  if (node == NULL)
    return FALSE;

  root = ch_certificate_to_json (certificate);
  if (!put_value (json_node_get_object (root), steps, node))
    return _ch_json_fail (error, path, NULL, "is beyond the end of the list");

  changed = ch_certificate_from_json (root, error);
  if (changed == NULL)
    return FALSE;

  swap = *certificate;
  *certificate = *changed;
  *changed = swap;

  return TRUE;
}
