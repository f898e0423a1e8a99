#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <libsoup/soup.h>
#include <string.h>

static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  g_autofree char *decoded = g_uri_unescape_string (spaced, NULL);

  return g_utf8_make_valid (decoded != NULL ? decoded : text, -1);
}

/* Repeated names are joined, so that filters[id][] keeps all its values. What cannot be decoded stays raw. */
static GHashTable *
parse_pairs (const char *raw,
             gssize      length)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = g_strndup (raw != NULL ? raw : "", length < 0 && raw != NULL ? strlen (raw) : MAX (length, 0));
  g_auto (GStrv) pairs = g_strsplit (text, "&", -1);
  guint i;

  for (i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (pairs[i], "=", 2);
      char *name;
      char *value;
      const char *before;

      if (halves[0] == NULL || *halves[0] == '\0')
        continue;
      name = decode (halves[0]);
      value = halves[1] != NULL ? decode (halves[1]) : g_strdup ("");
      before = g_hash_table_lookup (table, name);
      if (before != NULL)
        {
          char *joined = g_strconcat (before, ",", value, NULL);

          g_free (value);
          value = joined;
        }
      g_hash_table_insert (table, name, value);
    }
  return table;
}

/*< private > */
ChCall *
_ch_call_new (ChSandbox              *self,
              const ChSandboxRequest *request)
{
  ChCall *call = g_new0 (ChCall, 1);

  call->sandbox = self;
  call->request = request;
  call->query = parse_pairs (request->query, -1);
  return call;
}

/*< private > */
void
_ch_call_free (ChCall *self)
{
  g_hash_table_unref (self->query);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->form, g_hash_table_unref);
  g_clear_pointer (&self->form_names, g_ptr_array_unref);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self->word);
  g_free (self);
}

static ChSandboxAnswer *
read_json (ChCall     *self,
           const char *type)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (self->request->body, &size);

  if (type == NULL || !g_str_has_prefix (type, "application/json"))
    return _ch_answer_problem (400, "content_type", "must be application/json");
  if (size == 0 || !json_parser_load_from_data (parser, data, size, &error))
    return _ch_answer_problem (400, "body", "is not valid JSON");
  self->json = json_parser_steal_root (parser);
  return NULL;
}

/* In multipart/form-data each part says its name; the part with a file name is the file. */
static ChSandboxAnswer *
read_multipart (ChCall     *self,
                const char *type)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (SoupMultipart) parts = NULL;
  int i;

  if (type == NULL || !g_str_has_prefix (type, "multipart/form-data"))
    return _ch_answer_problem (400, "content_type", "must be multipart/form-data");
  soup_message_headers_replace (headers, "Content-Type", type);
  parts = soup_multipart_new_from_message (headers, self->request->body);
  if (parts == NULL)
    return _ch_answer_problem (400, "body", "is not a valid form");

  self->form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->form_names = g_ptr_array_new_with_free_func (g_free);
  for (i = 0; i < soup_multipart_get_length (parts); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes *body;
      g_autofree char *disposition = NULL;
      GHashTable *params = NULL;
      const char *name;
      gsize size;
      const char *data;

      soup_multipart_get_part (parts, i, &part_headers, &body);
      if (!soup_message_headers_get_content_disposition (part_headers, &disposition, &params))
        return _ch_answer_problem (400, "body", "has a part without a name");
      name = g_hash_table_lookup (params, "name");
      if (name != NULL)
        {
          data = g_bytes_get_data (body, &size);
          g_ptr_array_add (self->form_names, g_utf8_make_valid (name, -1));
          if (g_hash_table_contains (params, "filename"))
            {
              g_clear_pointer (&self->file, g_bytes_unref);
              self->file = g_bytes_new (data, size);
            }
          else
            g_hash_table_insert (self->form, g_utf8_make_valid (name, -1), g_strndup (data != NULL ? data : "", size));
        }
      g_hash_table_unref (params);
    }
  return NULL;
}

/* JSON members of OAuth requests and urlencoded pairs are the same to the handler. */
static ChSandboxAnswer *
read_any_form (ChCall     *self,
               const char *type)
{
  gsize size;
  const char *data = g_bytes_get_data (self->request->body, &size);
  ChSandboxAnswer *problem;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (type != NULL && g_str_has_prefix (type, "application/x-www-form-urlencoded"))
    {
      self->form = parse_pairs (data, size);
      return NULL;
    }
  problem = read_json (self, type);
  if (problem != NULL)
    return problem;
  if (!JSON_NODE_HOLDS_OBJECT (self->json))
    return _ch_answer_problem (400, "body", "must be an object");
  self->form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, json_node_get_object (self->json));
  while (json_object_iter_next (&iter, &name, &node))
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_hash_table_insert (self->form, g_strdup (name), g_strdup (json_node_get_string (node)));
  return NULL;
}

/*< private >
 * Returns: (nullable): the refusal, if the body is not of @kind
 */
ChSandboxAnswer *
_ch_call_read_body (ChCall    *self,
                    ChBodyKind kind)
{
  const char *type = g_hash_table_lookup (self->request->headers, "content-type");
  ChSandboxAnswer *problem;

  switch (kind)
    {
    case CH_BODY_NONE:
      return NULL;
    case CH_BODY_MULTIPART:
      return read_multipart (self, type);
    case CH_BODY_ANY_FORM:
      return read_any_form (self, type);
    case CH_BODY_JSON:
    case CH_BODY_JSON_ARRAY:
    default:
      problem = read_json (self, type);
      if (problem != NULL)
        return problem;
      if (kind == CH_BODY_JSON ? !JSON_NODE_HOLDS_OBJECT (self->json) : !JSON_NODE_HOLDS_ARRAY (self->json))
        return _ch_answer_problem (400, "body", kind == CH_BODY_JSON ? "must be an object" : "must be an array");
      return NULL;
    }
}

/*< private > */
JsonObject *
_ch_call_body (ChCall *self)
{
  return json_node_get_object (self->json);
}

/*< private > */
const char *
_ch_call_query (ChCall     *self,
                const char *name)
{
  return g_hash_table_lookup (self->query, name);
}

/*< private > */
gint64
_ch_call_query_id (ChCall     *self,
                   const char *name)
{
  const char *text = _ch_call_query (self, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/*< private > */
const char *
_ch_call_form (ChCall     *self,
               const char *name)
{
  return self->form != NULL ? g_hash_table_lookup (self->form, name) : NULL;
}

/*< private >
 * Whether @record changed within filters[updated_at] (both ends belong to it).
 */
gboolean
_ch_call_in_range (ChCall     *self,
                   JsonObject *record)
{
  const char *range = _ch_call_query (self, "filters[updated_at]");
  const char *text = _ch_record_text (record, "updated_at");
  g_auto (GStrv) ends = NULL;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;
  g_autoptr (GDateTime) at = NULL;

  if (range == NULL || text == NULL)
    return TRUE;
  ends = g_strsplit (range, "...", 2);
  from = g_date_time_new_from_iso8601 (ends[0], NULL);
  to = g_date_time_new_from_iso8601 (ends[1], NULL);
  at = g_date_time_new_from_iso8601 (text, NULL);
  return g_date_time_compare (from, at) <= 0 && g_date_time_compare (at, to) <= 0;
}

static char *
make_link (ChCall     *self,
           guint       page,
           guint       per_page,
           const char *relation)
{
  const char *host = g_hash_table_lookup (self->request->headers, "host");
  g_autoptr (GString) link = g_string_new ("<http://");
  GHashTableIter iter;
  const char *name;
  const char *value;

  g_string_append_printf (link, "%s%s?page=%u&per_page=%u", host != NULL ? host : "localhost", self->request->path, page, per_page);
  g_hash_table_iter_init (&iter, self->query);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    if (!g_str_equal (name, "page") && !g_str_equal (name, "per_page"))
      {
        g_autofree char *name_part = g_uri_escape_string (name, NULL, FALSE);
        g_autofree char *value_part = g_uri_escape_string (value, NULL, FALSE);

        g_string_append_printf (link, "&%s=%s", name_part, value_part);
      }
  g_string_append_printf (link, ">; rel=\"%s\"", relation);
  return g_string_free (g_steal_pointer (&link), FALSE);
}

static char *
make_links (ChCall *self,
            guint   page,
            guint   per_page,
            guint   total)
{
  guint last = total > 0 ? (total + per_page - 1) / per_page : 1;
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (links, make_link (self, 1, per_page, "first"));
  if (page > 1)
    g_ptr_array_add (links, make_link (self, page - 1, per_page, "prev"));
  if (page < last)
    g_ptr_array_add (links, make_link (self, page + 1, per_page, "next"));
  g_ptr_array_add (links, make_link (self, last, per_page, "last"));
  g_ptr_array_add (links, NULL);
  return g_strjoinv (", ", (char **) links->pdata);
}

/*< private >
 * @all: (transfer full): every element
 * @default_per_page: 0 for a list that is never paged
 * @wrap: whether the elements come as `data` of an object, as in v2
 */
ChSandboxAnswer *
_ch_call_list (ChCall    *self,
               JsonArray *all,
               guint      default_per_page,
               guint      max_per_page,
               gboolean   wrap)
{
  guint total = json_array_get_length (all);
  guint page = CLAMP (_ch_call_query_id (self, "page"), 1, G_MAXINT);
  gint64 asked = _ch_call_query_id (self, "per_page");
  guint per_page = asked > 0 ? CLAMP (asked, 1, G_MAXINT) : default_per_page;
  JsonArray *some = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  ChSandboxAnswer *answer;
  g_autofree char *links = NULL;
  guint i;

  per_page = default_per_page == 0 ? MAX (1, total) : MIN (per_page, max_per_page);
  if (default_per_page > 0 && self->sandbox->page_cap > 0)
    per_page = MIN (per_page, self->sandbox->page_cap);
  for (i = 0; i < total; i++)
    if (default_per_page == 0 || (i / per_page) + 1 == page)
      json_array_add_element (some, json_node_copy (json_array_get_element (all, i)));
  json_array_unref (all);
  json_node_take_array (node, some);
  if (wrap)
    {
      JsonObject *object = json_object_new ();

      json_object_set_member (object, "data", node);
      answer = _ch_answer_object (200, object);
    }
  else
    answer = _ch_answer_node (200, node);
  _ch_answer_header (answer, "Total", "%u", total);
  _ch_answer_header (answer, "Per-Page", "%u", per_page);
  if (default_per_page > 0)
    {
      links = make_links (self, page, per_page, total);
      _ch_answer_header (answer, "Link", "%s", links);
    }
  return answer;
}
