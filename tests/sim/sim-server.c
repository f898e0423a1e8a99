#include "config.h"

#include "sim-server.h"

#include <string.h>

#define OUR_PREFIX "certholder:"
#define OUR_TITLE "Insurance:"
#define OUR_MARK "Certholder "

/* The fields that the desk shares; what else a record has is its maker's. */
static const char *const insurance_fields[]
  = { "insurance_type", "insurance_provider", "policy_number", "limit", "effective_date", "expiration_date", "status", "exempt",
      "info_received", "notes", "additional_insured", "enable_expired_insurance_notifications" };

gboolean
sim_server_is_ours (JsonObject *insurance)
{
  const char *origin = _ch_record_text (insurance, "origin_id");

  return origin != NULL && g_str_has_prefix (origin, OUR_PREFIX);
}

gboolean
sim_server_is_our_link (JsonObject *link)
{
  const char *title = _ch_record_text (link, "title");

  return title != NULL && g_str_has_prefix (title, OUR_TITLE);
}

gboolean
sim_server_is_our_file (JsonObject *file)
{
  const char *description = _ch_record_text (file, "description");

  return description != NULL && g_str_has_prefix (description, OUR_MARK);
}

static char *
dup_value (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup (json_node_get_string (node));
}

static void
add_field (GHashTable *table,
           const char *prefix,
           JsonObject *object,
           const char *member)
{
  g_hash_table_insert (table, g_strconcat (prefix, member, NULL), dup_value (object, member));
}

static void
add_insurances (ChSandbox  *sandbox,
                GHashTable *table)
{
  guint i;
  guint k;

  for (i = 0; i < sandbox->insurances->len; i++)
    {
      JsonObject *record = g_ptr_array_index (sandbox->insurances, i);
      g_autofree char *prefix = NULL;

      if (!sim_server_is_ours (record))
        continue;
      prefix = g_strdup_printf ("%s:", strrchr (_ch_record_text (record, "origin_id"), ':') + 1);
      for (k = 0; k < G_N_ELEMENTS (insurance_fields); k++)
        add_field (table, prefix, record, insurance_fields[k]);
    }
}

GHashTable *
sim_server_list_shared (ChSandbox *sandbox)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint i;

  add_insurances (sandbox, table);
  for (i = 0; i < sandbox->commitments->len; i++)
    {
      JsonObject *commitment = g_ptr_array_index (sandbox->commitments, i);
      JsonObject *compliance = json_object_get_object_member (commitment, "_compliance");
      g_autofree char *prefix = g_strdup_printf ("contract-%" G_GINT64_FORMAT ":", _ch_record_id (commitment, "id"));

      add_field (table, prefix, compliance, "insurance_status");
      add_field (table, prefix, compliance, "insurance_notes");
    }
  for (i = 0; i < sandbox->links->len; i++)
    {
      JsonObject *link = g_ptr_array_index (sandbox->links, i);
      g_autofree char *prefix = g_strdup_printf ("link-%s:", _ch_record_text (link, "id"));

      add_field (table, prefix, link, "title");
    }
  for (i = 0; i < sandbox->files->len; i++)
    {
      JsonObject *file = g_ptr_array_index (sandbox->files, i);
      g_autofree char *prefix = g_strdup_printf ("file-%" G_GINT64_FORMAT ":", _ch_record_id (file, "id"));

      if (_ch_record_flag (file, "is_deleted"))
        continue;
      add_field (table, prefix, file, "name");
      add_field (table, prefix, file, "parent_id");
    }
  return table;
}

char *
sim_server_dup_prefix (const ChSharedRecord *record)
{
  switch (record->kind)
    {
    case CH_SHARED_POLICY:
    case CH_SHARED_OVERALL:
      return g_strdup_printf ("%s:", record->uuid);
    case CH_SHARED_COMPLIANCE:
      return g_strdup_printf ("contract-%" G_GINT64_FORMAT ":", record->commitment_id);
    case CH_SHARED_LINK:
      return record->procore_id != NULL ? g_strdup_printf ("link-%s:", record->procore_id) : NULL;
    case CH_SHARED_DOCUMENT:
    case CH_SHARED_REPORT:
    default:
      return record->procore_id != NULL ? g_strdup_printf ("file-%s:", record->procore_id) : NULL;
    }
}

char *
sim_server_dup_key (const ChSharedRecord *record,
                    const char           *field)
{
  g_autofree char *prefix = sim_server_dup_prefix (record);

  return prefix != NULL ? g_strconcat (prefix, field, NULL) : NULL;
}

static void
hash_object (GChecksum  *checksum,
             JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  g_checksum_update (checksum, (const guchar *) text, -1);
}

static gboolean
is_never_ours (JsonObject *object)
{
  return FALSE;
}

static void
hash_others (GChecksum *checksum,
             GPtrArray *records,
             gboolean (*is_ours) (JsonObject *))
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      JsonObject *record = g_ptr_array_index (records, i);

      if (!is_ours (record))
        hash_object (checksum, record);
    }
}

/* A contract without the pair that is ours. */
static void
hash_commitment (GChecksum  *checksum,
                 JsonObject *commitment)
{
  g_autoptr (JsonObject) shown = _ch_record_copy (commitment, NULL);
  JsonObject *compliance = json_object_get_object_member (commitment, "_compliance");
  g_autofree char *status = dup_value (compliance, "compliance_status");
  g_autofree char *notes = dup_value (compliance, "compliance_notes");

  hash_object (checksum, shown);
  g_checksum_update (checksum, (const guchar *) status, -1);
  g_checksum_update (checksum, (const guchar *) notes, -1);
}

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  JsonObject *left = *(JsonObject *const *) a;
  JsonObject *right = *(JsonObject *const *) b;
  gint64 difference = _ch_record_id (left, "_project_id") - _ch_record_id (right, "_project_id");

  if (difference == 0)
    difference = _ch_record_id (left, "position") - _ch_record_id (right, "position");
  return difference < 0 ? -1 : difference > 0;
}

/* Ours go to the end of the list or stay: the others' order among themselves must not change. */
static void
hash_links (GChecksum *checksum,
            GPtrArray *links)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  guint i;

  for (i = 0; i < links->len; i++)
    {
      if (!sim_server_is_our_link (g_ptr_array_index (links, i)))
        g_ptr_array_add (others, g_ptr_array_index (links, i));
    }
  g_ptr_array_sort (others, compare_links);
  for (i = 0; i < others->len; i++)
    {
      JsonObject *link = g_ptr_array_index (others, i);

      g_checksum_update (checksum, (const guchar *) _ch_record_text (link, "id"), -1);
      g_checksum_update (checksum, (const guchar *) _ch_record_text (link, "title"), -1);
      g_checksum_update (checksum, (const guchar *) _ch_record_text (link, "url"), -1);
    }
}

char *
sim_server_dup_other_links (ChSandbox *sandbox)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_links (checksum, sandbox->links);
  return g_strdup (g_checksum_get_string (checksum));
}

char *
sim_server_dup_others (ChSandbox *sandbox)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint i;

  hash_others (checksum, sandbox->projects, is_never_ours);
  hash_others (checksum, sandbox->vendors, is_never_ours);
  hash_others (checksum, sandbox->memberships, is_never_ours);
  hash_others (checksum, sandbox->insurances, sim_server_is_ours);
  for (i = 0; i < sandbox->commitments->len; i++)
    hash_commitment (checksum, g_ptr_array_index (sandbox->commitments, i));
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
find_file_twice (ChSandbox *sandbox)
{
  g_autoptr (GHashTable) marks = g_hash_table_new (g_str_hash, g_str_equal);
  guint i;

  for (i = 0; i < sandbox->files->len; i++)
    {
      JsonObject *file = g_ptr_array_index (sandbox->files, i);

      if (!_ch_record_flag (file, "is_deleted") && sim_server_is_our_file (file)
          && !g_hash_table_add (marks, (gpointer) _ch_record_text (file, "description")))
        return g_strdup_printf ("two files “%s”", _ch_record_text (file, "description"));
    }
  return NULL;
}

static char *
find_link_twice (ChSandbox *sandbox)
{
  g_autoptr (GHashTable) projects = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint i;

  for (i = 0; i < sandbox->links->len; i++)
    {
      JsonObject *link = g_ptr_array_index (sandbox->links, i);
      gint64 project_id = _ch_record_id (link, "_project_id");

      if (sim_server_is_our_link (link) && !g_hash_table_add (projects, g_memdup2 (&project_id, sizeof project_id)))
        return g_strdup_printf ("two home links in project %" G_GINT64_FORMAT, project_id);
    }
  return NULL;
}

char *
sim_server_find_twice (ChSandbox *sandbox)
{
  g_autoptr (GHashTable) origins = g_hash_table_new (g_str_hash, g_str_equal);
  char *problem;
  guint i;

  for (i = 0; i < sandbox->insurances->len; i++)
    {
      JsonObject *record = g_ptr_array_index (sandbox->insurances, i);

      if (sim_server_is_ours (record) && !g_hash_table_add (origins, (gpointer) _ch_record_text (record, "origin_id")))
        return g_strdup_printf ("two insurance records %s", _ch_record_text (record, "origin_id"));
    }
  problem = find_file_twice (sandbox);
  return problem != NULL ? problem : find_link_twice (sandbox);
}
