#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

static gboolean
is_place_known (ChCall *call)
{
  return call->ids[0] == CH_SANDBOX_COMPANY_ID && _ch_record_find (call->sandbox->projects, call->ids[1]) != NULL;
}

/* A project's links stand in the order of their positions. */
static JsonArray *
collect (ChCall *call)
{
  JsonArray *all = json_array_new ();
  guint i;

  for (i = 0; i < call->sandbox->links->len; i++)
    {
      JsonObject *link = g_ptr_array_index (call->sandbox->links, i);

      if (_ch_record_id (link, "_project_id") == call->ids[1])
        json_array_add_object_element (all, _ch_record_copy (link, NULL));
    }
  return all;
}

static ChSandboxAnswer *
list_links (ChCall *call)
{
  if (!is_place_known (call))
    return _ch_answer_problem (404, "project", "does not exist");
  return _ch_call_list (call, collect (call), 10, 100, TRUE);
}

static JsonObject *
find_link (ChCall     *call,
           const char *id)
{
  guint i;

  for (i = 0; id != NULL && i < call->sandbox->links->len; i++)
    {
      JsonObject *link = g_ptr_array_index (call->sandbox->links, i);

      if (g_strcmp0 (_ch_record_text (link, "id"), id) == 0 && _ch_record_id (link, "_project_id") == call->ids[1])
        return link;
    }
  return NULL;
}

static ChSandboxAnswer *
check_links (ChCall    *call,
             JsonArray *sent)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint i;

  for (i = 0; i < json_array_get_length (sent); i++)
    {
      JsonObject *object = json_array_get_object_element (sent, i);
      const char *id = _ch_record_text (object, "id");

      if (id != NULL && find_link (call, id) == NULL)
        return _ch_answer_problem (404, "id", "%s does not exist", id);
      if (id != NULL && !g_hash_table_add (seen, (gpointer) id))
        return _ch_answer_problem (400, "id", "%s is sent twice", id);
    }
  return NULL;
}

/* The array is the whole list afterwards: what is not sent is gone, and the order is the position. */
static ChSandboxAnswer *
bulk_update (ChCall *call)
{
  JsonArray *sent = json_node_get_array (call->json);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  ChSandboxAnswer *problem;
  guint i;

  if (!is_place_known (call))
    return _ch_answer_problem (404, "project", "does not exist");
  problem = check_links (call, sent);
  if (problem != NULL)
    return problem;
  for (i = 0; i < json_array_get_length (sent); i++)
    {
      JsonObject *object = json_array_get_object_element (sent, i);
      const char *title = _ch_record_text (object, "title");
      const char *url = _ch_record_text (object, "url");
      JsonObject *link = find_link (call, _ch_record_text (object, "id"));

      if (link == NULL)
        link = _ch_add_link (call->sandbox, call->ids[1], title, url);
      json_object_set_string_member (link, "title", title);
      json_object_set_string_member (link, "url", url);
      json_object_set_int_member (link, "position", i + 1);
      _ch_touch (call->sandbox, link);
      g_ptr_array_add (kept, json_object_ref (link));
    }
  for (i = call->sandbox->links->len; i > 0; i--)
    if (_ch_record_id (g_ptr_array_index (call->sandbox->links, i - 1), "_project_id") == call->ids[1])
      g_ptr_array_remove_index (call->sandbox->links, i - 1);
  for (i = 0; i < kept->len; i++)
    g_ptr_array_add (call->sandbox->links, json_object_ref (g_ptr_array_index (kept, i)));
  return _ch_call_list (call, collect (call), 0, 0, TRUE);
}

#define LINKS "/rest/v2.0/companies/{id}/projects/{id}/links"

const ChRoute _ch_link_routes[] = {
  { "GET", LINKS, "page:int per_page:int", CH_BODY_NONE, NULL, list_links },
  { "PATCH", LINKS "/bulk_update", NULL, CH_BODY_JSON_ARRAY, "id:text title:text! url:text!", bulk_update },
  { NULL },
};
