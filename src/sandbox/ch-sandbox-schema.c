#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <stdio.h>
#include <string.h>

/* The type of @name in @spec; (nullable). */
static char *
find_type (const char *spec,
           const char *name)
{
  g_auto (GStrv) entries = g_strsplit (spec, " ", -1);
  guint i;

  for (i = 0; entries[i] != NULL; i++)
    {
      const char *colon = strrchr (entries[i], ':');

      if (colon != NULL && strlen (name) == (gsize) (colon - entries[i]) && g_str_has_prefix (entries[i], name))
        return g_strndup (colon + 1, strcspn (colon + 1, "!"));
    }
  return NULL;
}

static gboolean
is_day (const char *text)
{
  GDate date;
  int year;
  int month;
  int day;

  g_date_clear (&date, 1);
  return strlen (text) == 10 && sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3
         && month >= 1 && month <= 12 && year >= 1 && g_date_valid_dmy (day, month, year);
}

static gboolean
is_range (const char *text)
{
  g_auto (GStrv) ends = g_strsplit (text, "...", 2);
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;

  if (g_strv_length (ends) != 2)
    return FALSE;
  from = g_date_time_new_from_iso8601 (ends[0], NULL);
  to = g_date_time_new_from_iso8601 (ends[1], NULL);
  return from != NULL && to != NULL;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789,") == strlen (text);
}

/* Why @text does not fit @type; (nullable) (transfer full). */
static char *
check_text (const char *type,
            const char *text)
{
  g_auto (GStrv) words = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup ("is not UTF-8");
  if (g_str_equal (type, "text") || g_str_equal (type, "any"))
    return NULL;
  if (g_str_equal (type, "int"))
    return is_number (text) ? NULL : g_strdup ("must be a whole number");
  if (g_str_equal (type, "bool"))
    return g_str_equal (text, "true") || g_str_equal (text, "false") ? NULL : g_strdup ("must be true or false");
  if (g_str_equal (type, "date"))
    return is_day (text) ? NULL : g_strdup ("must be a date (YYYY-MM-DD)");
  if (g_str_equal (type, "range"))
    return is_range (text) ? NULL : g_strdup ("must be a range of times (A...B)");
  words = g_strsplit (type, "|", -1);
  if (g_strv_contains ((const char *const *) words, text))
    return NULL;
  return g_strdup_printf ("must be one of %s", type);
}

static char *
check_node (const char *type,
            JsonNode   *node)
{
  GType held = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_str_equal (type, "any") || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node) ? NULL : g_strdup ("must be an array");
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node) ? NULL : g_strdup ("must be an object");
  if (g_str_equal (type, "int"))
    return held == G_TYPE_INT64 ? NULL : g_strdup ("must be a whole number");
  if (g_str_equal (type, "bool"))
    return held == G_TYPE_BOOLEAN ? NULL : g_strdup ("must be true or false");
  return held == G_TYPE_STRING ? check_text (type, json_node_get_string (node)) : g_strdup ("must be a text");
}

/* The first required field of @spec that is not in the set; (nullable) (transfer full). */
static char *
find_missing (const char *spec,
              gboolean    (*has) (gpointer set, const char *name),
              gpointer    set)
{
  g_auto (GStrv) entries = g_strsplit (spec, " ", -1);
  guint i;

  for (i = 0; entries[i] != NULL; i++)
    if (g_str_has_suffix (entries[i], "!"))
      {
        g_autofree char *name = g_strndup (entries[i], strrchr (entries[i], ':') - entries[i]);

        if (!has (set, name))
          return g_steal_pointer (&name);
      }
  return NULL;
}

static gboolean
table_has (gpointer    table,
           const char *name)
{
  return g_hash_table_contains (table, name);
}

static gboolean
object_has (gpointer    object,
            const char *name)
{
  return json_object_has_member (object, name) && !json_object_get_null_member (object, name);
}

static ChSandboxAnswer *
check_table (GHashTable *table,
             const char *spec,
             const char *what)
{
  GHashTableIter iter;
  const char *name;
  const char *value;
  g_autofree char *missing = NULL;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    {
      g_autofree char *type = find_type (spec, name);
      g_autofree char *why = type != NULL ? check_text (type, value) : g_strdup_printf ("is no known %s", what);

      if (why != NULL)
        return _ch_answer_problem (400, name, "%s", why);
    }
  missing = find_missing (spec, table_has, table);
  return missing != NULL ? _ch_answer_problem (400, missing, "is missing") : NULL;
}

/*< private > */
ChSandboxAnswer *
_ch_check_query (ChCall     *call,
                 const char *spec)
{
  return check_table (call->query, spec != NULL ? spec : "", "query parameter");
}

/*< private > */
ChSandboxAnswer *
_ch_check_form (ChCall     *call,
                const char *spec)
{
  return check_table (call->form, spec, "field");
}

/*< private >
 * @field: (out): the field that is wrong
 *
 * Returns: (nullable) (transfer full): what is wrong with @object
 */
char *
_ch_find_problem (JsonObject *object,
                  const char *spec,
                  char      **field)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *type = find_type (spec, name);
      char *why = type != NULL ? check_node (type, node) : g_strdup ("is no known field");

      if (why != NULL)
        {
          *field = g_strdup (name);
          return why;
        }
    }
  *field = find_missing (spec, object_has, object);
  return *field != NULL ? g_strdup ("is missing") : NULL;
}

/*< private > */
ChSandboxAnswer *
_ch_check_object (JsonObject *object,
                  const char *spec)
{
  g_autofree char *field = NULL;
  g_autofree char *why = _ch_find_problem (object, spec, &field);

  return why != NULL ? _ch_answer_problem (400, field, "%s", why) : NULL;
}
