#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PER_PAGE 2000
#define MAX_UPDATES 1000

typedef enum {
  TEXT,
  DATE,
  BOOLEAN,
} FieldType;

/* The fields that we own. `read` is the name in answers, `sent` the one in requests. */
static const struct {
  const char *read;
  const char *sent;
  FieldType   type;
} fields[] = {
  { "insurance_type", "insurance_type", TEXT },
  { "insurance_provider", "name", TEXT },
  { "policy_number", "policy_number", TEXT },
  { "limit", "limit", TEXT },
  { "effective_date", "effective_date", DATE },
  { "expiration_date", "expiration_date", DATE },
  { "status", "status", TEXT },
  { "exempt", "exempt", BOOLEAN },
  { "info_received", "info_received", BOOLEAN },
  { "notes", "notes", TEXT },
  { "additional_insured", "additional_insured", TEXT },
  { "enable_expired_insurance_notifications", "enable_expired_insurance_notifications", BOOLEAN },
};

static char *
make_path (ChProcore  *self,
           gint64      project_id,
           const char *action)
{
  if (project_id != 0)
    return g_strdup_printf ("/rest/v1.0/projects/%" G_GINT64_FORMAT "/insurances%s", project_id, action);
  return g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/insurances%s", ch_procore_get_company_id (self), action);
}

/* @user_data is the project's id. */
static gpointer
parse_record (JsonObject *object,
              gpointer    user_data)
{
  const gint64 *project_id = user_data;
  ChInsuranceRecord *record = ch_insurance_record_new ();
  guint i;

  record->id = _ch_wire_get_id (object, "id");
  record->project_id = *project_id;
  record->vendor_id = _ch_wire_get_id (object, "vendor_id");
  record->origin_id = g_strdup (_ch_wire_get_text (object, "origin_id"));
  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = _ch_wire_dup_scalar (object, fields[i].read);

      /* A day may come with a time behind it. */
      if (value != NULL && fields[i].type == DATE && strlen (value) > 10)
        value[10] = '\0';
      ch_field_set_set (record->fields, fields[i].read, value);
    }
  return record;
}

/**
 * ch_procore_list_insurances:
 * @self: the API
 * @project_id: the project, 0 for the company directory
 * @mark: (nullable): what the list was when it was last read
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChInsuranceRecord) (nullable): all insurance records there, whoever made them;
 *   none where ch_list_mark_is_unchanged()
 */
GPtrArray *
ch_procore_list_insurances (ChProcore    *self,
                            gint64        project_id,
                            ChListMark   *mark,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = make_path (self, project_id, "");
  return _ch_procore_list_again (self, path, PER_PAGE, mark, parse_record, &project_id,
                                 (GDestroyNotify) ch_insurance_record_free, cancellable, error);
}

/**
 * ch_procore_get_insurance:
 * @self: the API
 * @record_id: a record of the company directory
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the record, whoever made it
 */
ChInsuranceRecord *
ch_procore_get_insurance (ChProcore    *self,
                          gint64        record_id,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autofree char *action = g_strdup_printf ("/%" G_GINT64_FORMAT, record_id);
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 company = 0;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = make_path (self, 0, action);
  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER,
                           _ ("Procore's answer about an insurance record makes no sense"));
      return NULL;
    }
  return parse_record (json_node_get_object (node), &company);
}

/**
 * ch_sync_result_free:
 * @self: (transfer full): a result
 */
void
ch_sync_result_free (ChSyncResult *self)
{
  g_ptr_array_unref (self->records);
  g_hash_table_unref (self->errors);
  g_free (self);
}

static JsonObject *
make_update (const ChInsuranceRecord *record)
{
  JsonObject *update = json_object_new ();
  guint i;

  json_object_set_string_member (update, "origin_id", record->origin_id);
  json_object_set_int_member (update, "vendor_id", record->vendor_id);
  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = ch_field_set_get (record->fields, fields[i].read);

      if (value == NULL)
        continue;
      if (fields[i].type == BOOLEAN)
        json_object_set_boolean_member (update, fields[i].sent, g_str_equal (value, "true"));
      else if (*value == '\0' && fields[i].type == DATE)
        json_object_set_null_member (update, fields[i].sent);
      else
        json_object_set_string_member (update, fields[i].sent, value);
    }
  return update;
}

static ChSyncResult *
parse_result (JsonObject *object,
              gint64      project_id)
{
  ChSyncResult *result = g_new0 (ChSyncResult, 1);
  JsonArray *entities = _ch_wire_get_array (object, "entities");
  JsonArray *errors = _ch_wire_get_array (object, "errors");
  guint i;

  result->records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurance_record_free);
  result->errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (i = 0; entities != NULL && i < json_array_get_length (entities); i++)
    {
      JsonNode *node = json_array_get_element (entities, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (result->records, parse_record (json_node_get_object (node), &project_id));
    }
  for (i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      const char *origin_id = JSON_NODE_HOLDS_OBJECT (node) ? _ch_wire_get_text (json_node_get_object (node), "origin_id") : NULL;

      if (origin_id != NULL)
        g_hash_table_insert (result->errors, g_strdup (origin_id), _ch_procore_describe_errors (node));
    }
  return result;
}

/**
 * ch_procore_sync_insurances:
 * @self: the API
 * @project_id: the project, 0 for the company directory
 * @records: (element-type ChInsuranceRecord): at most 1,000, each with an origin_id of ours. Fields that a record's set
 *   does not have are not sent; an empty date takes the day away
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Creates or updates records in one call. Procore finds them by origin_id, so that sending the same again makes no
 * second one.
 *
 * Returns: (transfer full) (nullable): what was done, and what Procore refused of it
 */
ChSyncResult *
ch_procore_sync_insurances (ChProcore    *self,
                            gint64        project_id,
                            GPtrArray    *records,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();
  JsonArray *updates = json_array_new ();
  ChSyncResult *result;
  guint i;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);
  g_return_val_if_fail (records->len <= MAX_UPDATES, NULL);

  for (i = 0; i < records->len; i++)
    json_array_add_object_element (updates, make_update (g_ptr_array_index (records, i)));
  json_object_set_array_member (object, "updates", updates);
  json_node_take_object (body, object);

  path = make_path (self, project_id, "/sync");
  node = _ch_procore_call_json (self, "PATCH", path, body, cancellable, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                           _ ("Procore's answer to a sync of insurance records makes no sense"));
      return NULL;
    }
  result = parse_result (json_node_get_object (node), project_id);
  for (i = 0; i < result->records->len; i++)
    _ch_procore_note_write (self, project_id != 0 ? "Project Insurances" : "Company Insurances",
                            ((ChInsuranceRecord *) g_ptr_array_index (result->records, i))->id);
  return result;
}
