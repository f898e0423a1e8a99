#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

#define MAX_UPDATES 1000
#define FIELDS \
  "id:int origin_id:text vendor_id:int insurance_type:text name:text policy_number:text limit:text effective_date:date " \
  "expiration_date:date " \
  "status:compliant|compliant_in_progress|expired|non_compliant|non_compliant_in_progress|undecided|unregistered " \
  "exempt:bool info_received:bool notes:text additional_insured:text enable_expired_insurance_notifications:bool " \
  "division_template:text insurance_sets:text origin_data:text"

/* The project in the call's path, 0 for the company; FALSE if there is none. */
static gboolean
find_place (ChCall *call,
            gint64 *project_id)
{
  *project_id = 0;
  if (g_str_has_prefix (call->request->path, "/rest/v1.0/companies/"))
    return call->ids[0] == CH_SANDBOX_COMPANY_ID;
  *project_id = call->ids[0];
  return _ch_record_find (call->sandbox->projects, *project_id) != NULL;
}

static ChSandboxAnswer *
list_insurances (ChCall *call)
{
  gint64 project_id;
  JsonArray *all;
  guint i;

  if (!find_place (call, &project_id))
    return _ch_answer_problem (404, "place", "does not exist");
  all = json_array_new ();
  for (i = 0; i < call->sandbox->insurances->len; i++)
    {
      JsonObject *record = g_ptr_array_index (call->sandbox->insurances, i);

      if (_ch_record_id (record, "_project_id") == project_id)
        json_array_add_object_element (all, _ch_record_copy (record, NULL));
    }
  return _ch_call_list (call, all, 100, 2000, FALSE);
}

static ChSandboxAnswer *
show_insurance (ChCall *call)
{
  JsonObject *record = _ch_record_find (call->sandbox->insurances, call->ids[1]);
  gint64 project_id;

  if (!find_place (call, &project_id) || record == NULL || _ch_record_id (record, "_project_id") != project_id)
    return _ch_answer_problem (404, "insurance", "does not exist");
  return _ch_answer_object (200, _ch_record_copy (record, NULL));
}

static void
take_fields (JsonObject *record,
             JsonObject *update)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, update);
  while (json_object_iter_next (&iter, &name, &node))
    if (!g_str_equal (name, "id"))
      json_object_set_member (record, g_str_equal (name, "name") ? "insurance_provider" : name, json_node_copy (node));
}

/* Finds or makes the record of @update. On failure NULL, and @field and @why say which field is wrong. */
static JsonObject *
find_target (ChCall     *call,
             JsonObject *update,
             gint64      project_id,
             char      **field,
             char      **why)
{
  ChSandbox *self = call->sandbox;
  gint64 id = _ch_record_id (update, "id");
  gint64 vendor_id = _ch_record_id (update, "vendor_id");
  JsonObject *by_origin = _ch_find_insurance_by_origin (self, _ch_record_text (update, "origin_id"));
  JsonObject *record = id != 0 ? _ch_record_find (self->insurances, id) : by_origin;

  *why = _ch_find_problem (update, FIELDS, field);
  if (*why != NULL)
    return NULL;
  if (id != 0 && record == NULL)
    *why = g_strdup ("does not exist"), *field = g_strdup ("id");
  else if (record != NULL && _ch_record_id (record, "_project_id") != project_id)
    *why = g_strdup ("belongs to a record elsewhere in the company"), *field = g_strdup (id != 0 ? "id" : "origin_id");
  else if (record != NULL && by_origin != NULL && by_origin != record)
    *why = g_strdup ("has already been taken"), *field = g_strdup ("origin_id");
  else if (record == NULL && vendor_id == 0)
    *why = g_strdup ("is missing"), *field = g_strdup ("vendor_id");
  else if (vendor_id != 0 && _ch_record_find (self->vendors, vendor_id) == NULL)
    *why = g_strdup ("does not exist"), *field = g_strdup ("vendor_id");
  else if (vendor_id != 0 && project_id != 0 && !_ch_has_membership (self, project_id, vendor_id))
    *why = g_strdup ("is not in the project's directory"), *field = g_strdup ("vendor_id");
  if (*why != NULL)
    return NULL;
  return record != NULL ? record : _ch_add_insurance (self, project_id, vendor_id);
}

static JsonObject *
describe_error (JsonObject *update,
                const char *field,
                const char *why)
{
  JsonObject *error = _ch_record_copy (update, NULL);
  JsonObject *errors = json_object_new ();
  JsonArray *texts = json_array_new ();

  json_array_add_string_element (texts, why);
  json_object_set_array_member (errors, field, texts);
  json_object_set_object_member (error, "errors", errors);
  return error;
}

static ChSandboxAnswer *
sync_insurances (ChCall *call)
{
  JsonArray *updates = json_object_get_array_member (_ch_call_body (call), "updates");
  JsonArray *entities;
  JsonArray *errors;
  JsonObject *answer;
  gint64 project_id;
  guint i;

  if (!find_place (call, &project_id))
    return _ch_answer_problem (404, "place", "does not exist");
  if (json_array_get_length (updates) > MAX_UPDATES)
    return _ch_answer_problem (400, "updates", "must hold at most %d", MAX_UPDATES);
  for (i = 0; i < json_array_get_length (updates); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (updates, i)))
      return _ch_answer_problem (400, "updates", "must hold objects");

  entities = json_array_new ();
  errors = json_array_new ();
  for (i = 0; i < json_array_get_length (updates); i++)
    {
      JsonObject *update = json_array_get_object_element (updates, i);
      g_autofree char *field = NULL;
      g_autofree char *why = NULL;
      guint n_before = call->sandbox->insurances->len;
      JsonObject *record = find_target (call, update, project_id, &field, &why);

      if (record != NULL)
        {
          take_fields (record, update);
          _ch_emit_insurance (call->sandbox, record, call->sandbox->insurances->len > n_before ? "create" : "update");
          json_array_add_object_element (entities, _ch_record_copy (record, NULL));
        }
      else
        json_array_add_object_element (errors, describe_error (update, field, why));
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "entities", entities);
  json_object_set_array_member (answer, "errors", errors);
  return _ch_answer_object (200, answer);
}

#define PAGING "page:int per_page:int"

const ChRoute _ch_insurance_routes[] = {
  { "GET", "/rest/v1.0/companies/{id}/insurances", PAGING, CH_BODY_NONE, NULL, list_insurances },
  { "GET", "/rest/v1.0/projects/{id}/insurances", PAGING " view:default|extended", CH_BODY_NONE, NULL, list_insurances },
  { "GET", "/rest/v1.0/companies/{id}/insurances/{id}", NULL, CH_BODY_NONE, NULL, show_insurance },
  { "GET", "/rest/v1.0/projects/{id}/insurances/{id}", NULL, CH_BODY_NONE, NULL, show_insurance },
  { "PATCH", "/rest/v1.0/companies/{id}/insurances/sync", NULL, CH_BODY_JSON, "updates:array!", sync_insurances },
  { "PATCH", "/rest/v1.0/projects/{id}/insurances/sync", NULL, CH_BODY_JSON, "updates:array!", sync_insurances },
  { NULL },
};
