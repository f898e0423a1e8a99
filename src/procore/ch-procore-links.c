#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>

/**
 * ch_link_new:
 * @id: (nullable): Procore's id, %NULL for a link that is to be made
 * @title: what people see
 * @url: where it leads
 *
 * Returns: (transfer full): a home link
 */
ChLink *
ch_link_new (const char *id,
             const char *title,
             const char *url)
{
  ChLink *self = g_new0 (ChLink, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->url = g_strdup (url);
  return self;
}

/**
 * ch_link_free:
 * @self: (transfer full): a link
 */
void
ch_link_free (ChLink *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->url);
  g_free (self);
}

typedef struct {
  ChLink *link;
  gint64  position;
} Placed;

static void
placed_free (gpointer data)
{
  Placed *self = data;

  g_clear_pointer (&self->link, ch_link_free);
  g_free (self);
}

static gpointer
parse_link (JsonObject *object,
            gpointer    user_data)
{
  Placed *placed = g_new0 (Placed, 1);
  g_autofree char *id = _ch_wire_dup_scalar (object, "id");

  placed->link = ch_link_new (id, _ch_wire_get_text (object, "title"), _ch_wire_get_text (object, "url"));
  placed->position = _ch_wire_get_id (object, "position");
  return placed;
}

static gint
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  const Placed *left = *(const Placed *const *) a;
  const Placed *right = *(const Placed *const *) b;

  return left->position < right->position ? -1 : left->position > right->position;
}

static char *
make_path (ChProcore  *self,
           gint64      project_id,
           const char *action)
{
  return g_strdup_printf ("/rest/v2.0/companies/%" G_GINT64_FORMAT "/projects/%" G_GINT64_FORMAT "/links%s",
                          ch_procore_get_company_id (self), project_id, action);
}

/**
 * ch_procore_list_links:
 * @self: the API
 * @project_id: the project
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChLink) (nullable): the project's home links, in their order
 */
GPtrArray *
ch_procore_list_links (ChProcore    *self,
                       gint64        project_id,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) placed = NULL;
  GPtrArray *links;
  guint i;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = make_path (self, project_id, "");
  placed = _ch_procore_list (self, path, 100, parse_link, NULL, placed_free, cancellable, error);
  if (placed == NULL)
    return NULL;

  g_ptr_array_sort (placed, compare_positions);
  links = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_link_free);
  for (i = 0; i < placed->len; i++)
    {
      Placed *one = g_ptr_array_index (placed, i);

      g_ptr_array_add (links, g_steal_pointer (&one->link));
    }
  return links;
}

/**
 * ch_procore_update_links:
 * @self: the API
 * @project_id: the project
 * @links: (element-type ChLink): all of them, in order; those without id are made
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Writes the whole list: the order of the request is the order on the page.
 *
 * Returns: (transfer full) (element-type ChLink) (nullable): the list as Procore then has it
 */
GPtrArray *
ch_procore_update_links (ChProcore    *self,
                         gint64        project_id,
                         GPtrArray    *links,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array = json_array_new ();
  JsonArray *answer;
  GPtrArray *written;
  guint i;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  for (i = 0; i < links->len; i++)
    {
      const ChLink *link = g_ptr_array_index (links, i);
      JsonObject *object = json_object_new ();

      if (link->id != NULL)
        json_object_set_string_member (object, "id", link->id);
      json_object_set_string_member (object, "title", link->title != NULL ? link->title : "");
      json_object_set_string_member (object, "url", link->url != NULL ? link->url : "");
      json_array_add_object_element (array, object);
    }
  json_node_take_array (body, array);
  path = make_path (self, project_id, "/bulk_update");
  node = _ch_procore_call_json (self, "PATCH", path, body, cancellable, error);
  if (node == NULL)
    return NULL;

  answer = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
           : JSON_NODE_HOLDS_OBJECT (node) ? _ch_wire_get_array (json_node_get_object (node), "data")
                                           : NULL;
  if (answer == NULL)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                           _ ("Procore's answer about home links makes no sense"));
      return NULL;
    }
  written = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_link_free);
  for (i = 0; i < json_array_get_length (answer); i++)
    {
      JsonNode *element = json_array_get_element (answer, i);
      Placed *placed;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        continue;
      placed = parse_link (json_node_get_object (element), NULL);
      g_ptr_array_add (written, g_steal_pointer (&placed->link));
      placed_free (placed);
    }
  return written;
}
