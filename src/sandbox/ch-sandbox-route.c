#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

static gboolean
is_segment (const char *segment,
            gsize       length,
            const char *word)
{
  return strlen (word) == length && strncmp (segment, word, length) == 0;
}

/*< private >
 * Whether @path is the route's; then the ids in it are in @call.
 */
gboolean
_ch_route_matches (const ChRoute *route,
                   const char    *path,
                   ChCall        *call)
{
  const char *pattern = route->path;
  guint n_ids = 0;

  while (TRUE)
    {
      gsize wanted = strcspn (pattern, "/");
      gsize length = strcspn (path, "/");

      if (is_segment (pattern, wanted, "{id}"))
        {
          if (length == 0 || strspn (path, "0123456789") != length || n_ids == G_N_ELEMENTS (call->ids))
            return FALSE;
          call->ids[n_ids++] = g_ascii_strtoll (path, NULL, 10);
        }
      else if (is_segment (pattern, wanted, "{word}"))
        {
          g_free (call->word);
          call->word = g_strndup (path, length);
        }
      else if (wanted != length || strncmp (pattern, path, length) != 0)
        {
          return FALSE;
        }
      if (pattern[wanted] == '\0' || path[length] == '\0')
        return pattern[wanted] == path[length];
      pattern += wanted + 1;
      path += length + 1;
    }
}

/*< private >
 * @path_known: (inout): set when another method would do
 */
const ChRoute *
_ch_route_find (const ChRoute *routes,
                ChCall        *call,
                gboolean      *path_known)
{
  const ChRoute *route;

  for (route = routes; route->method != NULL; route++)
    if (_ch_route_matches (route, call->request->path, call))
      {
        if (g_str_equal (route->method, call->request->method))
          return route;
        *path_known = TRUE;
      }
  return NULL;
}

/*< private >
 * Checks what is sent against the route's tables, then does it.
 */
ChSandboxAnswer *
_ch_route_run (const ChRoute *route,
               ChCall        *call)
{
  ChSandboxAnswer *problem = _ch_check_query (call, route->query);

  if (problem == NULL)
    problem = _ch_call_read_body (call, route->body_kind);
  if (problem == NULL && route->body != NULL && route->body_kind == CH_BODY_JSON)
    problem = _ch_check_object (_ch_call_body (call), route->body);
  if (problem == NULL && route->body != NULL && route->body_kind == CH_BODY_JSON_ARRAY)
    {
      JsonArray *array = json_node_get_array (call->json);
      guint i;

      for (i = 0; i < json_array_get_length (array) && problem == NULL; i++)
        {
          JsonNode *node = json_array_get_element (array, i);

          problem = JSON_NODE_HOLDS_OBJECT (node) ? _ch_check_object (json_node_get_object (node), route->body)
                                                  : _ch_answer_problem (400, "body", "must hold objects");
        }
    }
  if (problem == NULL && route->body != NULL && route->body_kind == CH_BODY_MULTIPART)
    problem = _ch_check_form (call, route->body);
  return problem != NULL ? problem : route->handler (call);
}
