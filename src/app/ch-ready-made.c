#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-ready-made.h"

#include "ch-interchange.h"

#include <stdlib.h>

#define READY_MADE "/io/github/certholder/Certholder/requirements/"
#define FIRST "standard.json"

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const char *one = *(const char * const *)a;
  const char *other = *(const char * const *)b;

  if (g_str_equal (one, FIRST) != g_str_equal (other, FIRST))
    return g_str_equal (one, FIRST) ? -1 : 1;

  return g_strcmp0 (one, other);
}

char **
ch_ready_made_list (void)
{
  char **files = g_resources_enumerate_children (READY_MADE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (files == NULL)
    return g_new0 (char *, 1);

  qsort (files, g_strv_length (files), sizeof (char *), compare_files);
  return files;
}

char *
ch_ready_made_dup_body (const char *file)
{
  g_autofree char *path = g_strconcat (READY_MADE, file, NULL);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (bytes != NULL, NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

ChRequirementSet *
ch_ready_made_get_set (const char *file)
{
  g_autofree char *body = ch_ready_made_dup_body (file);
  g_autoptr(JsonNode) node = body != NULL ? ch_json_parse (body, -1, NULL) : NULL;

  return node != NULL ? ch_requirement_set_from_json (node, NULL) : NULL;
}
