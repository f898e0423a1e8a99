#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl-matches.h"

#include "ch-matching.h"

static JsonObject *
make_match (const ChMatch *match)
{
  JsonObject *object = json_object_new ();
  JsonArray *reasons = json_array_new ();
  g_autofree char *words = ch_match_reasons_to_string (match->reasons);
  g_auto (GStrv) parts = g_strsplit (words, ",", -1);
  guint i;

  if (match->vendor_id != 0)
    json_object_set_int_member (object, "sub", match->vendor_id);
  else
    json_object_set_int_member (object, "project", match->project_id);
  json_object_set_string_member (object, "name", match->vendor_name);
  json_object_set_double_member (object, "score", match->score);
  for (i = 0; parts[i] != NULL; i++)
    json_array_add_string_element (reasons, parts[i]);
  json_object_set_array_member (object, "reasons", reasons);
  return object;
}

static void
set_list (JsonObject *record,
          const char *member,
          GPtrArray  *matches,
          gboolean    projects)
{
  g_autoptr (JsonArray) list = json_array_new ();
  guint i;

  for (i = 0; i < matches->len; i++)
    {
      const ChMatch *match = g_ptr_array_index (matches, i);

      if ((match->project_id != 0) == projects)
        json_array_add_object_element (list, make_match (match));
    }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (record, member, g_steal_pointer (&list));
}

/**
 * ch_ctl_set_matches:
 * @record: of a certificate
 * @store: the database
 * @certificate_id: the certificate
 * @error: a %CH_STORE_ERROR
 *
 * Adds what the certificate was found to be like, with scores and reasons as stable words.
 *
 * Returns: whether the database could be read
 */
gboolean
ch_ctl_set_matches (JsonObject *record,
                    ChStore    *store,
                    gint64      certificate_id,
                    GError    **error)
{
  g_autoptr (GPtrArray) matches = ch_match_list_kept (store, certificate_id, error);

  if (matches == NULL)
    return FALSE;

  set_list (record, "matches", matches, FALSE);
  set_list (record, "named_projects", matches, TRUE);
  return TRUE;
}
