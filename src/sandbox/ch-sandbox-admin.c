#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

static JsonArray *
collect (GPtrArray *records)
{
  JsonArray *all = json_array_new ();
  guint i;

  for (i = 0; i < records->len; i++)
    json_array_add_object_element (all, json_object_ref (g_ptr_array_index (records, i)));
  return all;
}

static ChSandboxAnswer *
show_journal (ChCall *call)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, collect (call->sandbox->journal));
  return _ch_answer_node (200, node);
}

static ChSandboxAnswer *
show_state (ChCall *call)
{
  ChSandbox *self = call->sandbox;
  JsonObject *state = json_object_new ();

  json_object_set_array_member (state, "projects", collect (self->projects));
  json_object_set_array_member (state, "vendors", collect (self->vendors));
  json_object_set_array_member (state, "memberships", collect (self->memberships));
  json_object_set_array_member (state, "commitments", collect (self->commitments));
  json_object_set_array_member (state, "insurances", collect (self->insurances));
  json_object_set_array_member (state, "folders", collect (self->folders));
  json_object_set_array_member (state, "files", collect (self->files));
  json_object_set_array_member (state, "links", collect (self->links));
  json_object_set_array_member (state, "hooks", collect (self->hooks));
  json_object_set_array_member (state, "deliveries", collect (self->deliveries));
  return _ch_answer_object (200, state);
}

static ChSandboxAnswer *
show_now (ChCall *call)
{
  JsonObject *object = json_object_new ();
  g_autofree char *text = _ch_format_time (call->sandbox->now);

  json_object_set_string_member (object, "now", text);
  return _ch_answer_object (200, object);
}

static ChSandboxAnswer *
move_now (ChCall *call)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) to = g_date_time_new_from_iso8601 (_ch_record_text (_ch_call_body (call), "now"), utc);
  gint64 now;

  if (to == NULL)
    return _ch_answer_problem (400, "now", "must be an ISO 8601 time");
  now = g_date_time_to_unix (to) * G_USEC_PER_SEC;
  call->sandbox->skew += now - call->sandbox->now;
  call->sandbox->now = now;
  return show_now (call);
}

static ChSandboxAnswer *
answer_made (JsonObject *record)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", _ch_record_id (record, "id"));
  return _ch_answer_object (201, object);
}

static ChSandboxAnswer *
make_project (ChCall *call)
{
  JsonObject *sent = _ch_call_body (call);
  JsonObject *project = _ch_add_project (call->sandbox, _ch_record_text (sent, "name"), _ch_record_text (sent, "stage"),
                                         _ch_record_text (sent, "tz_name"));
  JsonArray *ids = json_object_has_member (sent, "vendor_ids") && !json_object_get_null_member (sent, "vendor_ids")
                     ? json_object_get_array_member (sent, "vendor_ids") : NULL;
  guint i;

  for (i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
          && _ch_record_find (call->sandbox->vendors, json_node_get_int (node)) != NULL)
        _ch_add_membership (call->sandbox, _ch_record_id (project, "id"), json_node_get_int (node));
    }
  _ch_emit (call->sandbox, "Projects", "create", _ch_record_id (project, "id"), _ch_record_id (project, "id"));
  return answer_made (project);
}

static ChSandboxAnswer *
add_to_project (ChCall *call)
{
  gint64 vendor_id = _ch_record_id (_ch_call_body (call), "vendor_id");

  if (_ch_record_find (call->sandbox->projects, call->ids[0]) == NULL
      || _ch_record_find (call->sandbox->vendors, vendor_id) == NULL)
    return _ch_answer_problem (404, "vendor_id", "does not exist");
  _ch_add_membership (call->sandbox, call->ids[0], vendor_id);
  _ch_emit (call->sandbox, "Project Vendors", "create", vendor_id, call->ids[0]);
  return answer_made (_ch_record_find (call->sandbox->vendors, vendor_id));
}

static ChSandboxAnswer *
make_vendor (ChCall *call)
{
  JsonObject *sent = _ch_call_body (call);
  JsonObject *vendor;

  if (_ch_record_text (sent, "name") == NULL)
    return _ch_answer_problem (400, "name", "is missing");
  vendor = _ch_add_vendor (call->sandbox, _ch_record_text (sent, "name"));
  _ch_set_fields (vendor, sent, "id updated_at created_at");
  _ch_emit (call->sandbox, "Company Vendors", "create", _ch_record_id (vendor, "id"), 0);
  return answer_made (vendor);
}

static ChSandboxAnswer *
make_commitment (ChCall *call)
{
  JsonObject *sent = _ch_call_body (call);
  gint64 project_id = _ch_record_id (sent, "project_id");
  gint64 vendor_id = _ch_record_id (sent, "vendor_id");
  JsonObject *commitment;

  if (_ch_record_find (call->sandbox->projects, project_id) == NULL)
    return _ch_answer_problem (404, "project_id", "does not exist");
  if (_ch_record_find (call->sandbox->vendors, vendor_id) == NULL)
    return _ch_answer_problem (404, "vendor_id", "does not exist");
  commitment = _ch_add_commitment (call->sandbox, project_id, vendor_id, _ch_record_text (sent, "kind"),
                                   _ch_record_text (sent, "title"));
  _ch_emit_commitment (call->sandbox, commitment, "create");
  return answer_made (commitment);
}

static ChSandboxAnswer *
edit_insurance (ChCall *call)
{
  JsonObject *record = _ch_record_find (call->sandbox->insurances, call->ids[0]);

  if (record == NULL)
    return _ch_answer_problem (404, "insurance", "does not exist");
  _ch_set_fields (record, _ch_call_body (call), "id");
  _ch_emit_insurance (call->sandbox, record, "update");
  return _ch_answer_object (200, _ch_record_copy (record, NULL));
}

static ChSandboxAnswer *
remove_insurance (ChCall *call)
{
  JsonObject *record = _ch_record_find (call->sandbox->insurances, call->ids[0]);

  if (record == NULL)
    return _ch_answer_problem (404, "insurance", "does not exist");
  _ch_emit_insurance (call->sandbox, record, "delete");
  g_ptr_array_remove (call->sandbox->insurances, record);
  return _ch_answer_object (200, json_object_new ());
}

static ChSandboxAnswer *
edit_compliance (ChCall *call)
{
  JsonObject *sent = _ch_call_body (call);
  JsonObject *commitment = _ch_record_find (call->sandbox->commitments, _ch_record_id (sent, "id"));
  JsonObject *compliance;

  if (commitment == NULL)
    return _ch_answer_problem (404, "id", "does not exist");
  compliance = json_object_get_object_member (commitment, "_compliance");
  _ch_set_fields (compliance, sent, "kind id project_id");
  _ch_touch (call->sandbox, compliance);
  return _ch_answer_object (200, _ch_record_copy (compliance, NULL));
}

static ChSandboxAnswer *
add_fault (ChCall *call)
{
  JsonObject *sent = _ch_call_body (call);
  gint64 status = _ch_record_id (sent, "status");

  if (g_str_equal (_ch_record_text (sent, "kind"), "status") && (status < 400 || status > 599))
    return _ch_answer_problem (400, "status", "must be between 400 and 599");
  g_ptr_array_add (call->sandbox->faults, json_object_ref (sent));
  return _ch_answer_object (201, json_object_new ());
}

static ChSandboxAnswer *
clear_faults (ChCall *call)
{
  g_ptr_array_set_size (call->sandbox->faults, 0);
  return _ch_answer_object (200, json_object_new ());
}

static ChSandboxAnswer *
begin_anew (ChCall *call)
{
  if (call->sandbox->size.n_projects > 0 || call->sandbox->size.n_subs > 0)
    ch_sandbox_tell_company (call->sandbox, &call->sandbox->size);
  else
    ch_sandbox_tell (call->sandbox, !call->sandbox->is_empty_story);
  return _ch_answer_object (200, json_object_new ());
}

static ChSandboxAnswer *
back_up (ChCall *call)
{
  ch_sandbox_back_up (call->sandbox);
  return _ch_answer_object (201, json_object_new ());
}

static ChSandboxAnswer *
restore (ChCall *call)
{
  return ch_sandbox_restore (call->sandbox) ? _ch_answer_object (200, json_object_new ())
                                            : _ch_answer_problem (404, "backup", "was never made");
}

const ChRoute _ch_admin_routes[] = {
  { "GET", "/sandbox/journal", NULL, CH_BODY_NONE, NULL, show_journal },
  { "GET", "/sandbox/state", NULL, CH_BODY_NONE, NULL, show_state },
  { "GET", "/sandbox/now", NULL, CH_BODY_NONE, NULL, show_now },
  { "POST", "/sandbox/now", NULL, CH_BODY_JSON, "now:text!", move_now },
  { "POST", "/sandbox/projects", NULL, CH_BODY_JSON, "name:text! stage:text vendor_ids:array tz_name:text", make_project },
  { "POST", "/sandbox/projects/{id}/vendors", NULL, CH_BODY_JSON, "vendor_id:int!", add_to_project },
  { "POST", "/sandbox/vendors", NULL, CH_BODY_JSON, NULL, make_vendor },
  { "POST", "/sandbox/commitments", NULL, CH_BODY_JSON,
    "project_id:int! vendor_id:int! kind:work_order_contract|purchase_order_contract! title:text!", make_commitment },
  { "POST", "/sandbox/insurances/{id}", NULL, CH_BODY_JSON, NULL, edit_insurance },
  { "DELETE", "/sandbox/insurances/{id}", NULL, CH_BODY_NONE, NULL, remove_insurance },
  { "POST", "/sandbox/compliance", NULL, CH_BODY_JSON, NULL, edit_compliance },
  { "POST", "/sandbox/faults", NULL, CH_BODY_JSON,
    "method:text path:text! kind:status|lose_before|lose_after|truncate|malformed|revoke! status:int retry_after:int count:int",
    add_fault },
  { "DELETE", "/sandbox/faults", NULL, CH_BODY_NONE, NULL, clear_faults },
  { "POST", "/sandbox/backup", NULL, CH_BODY_NONE, NULL, back_up },
  { "POST", "/sandbox/restore", NULL, CH_BODY_NONE, NULL, restore },
  { "POST", "/sandbox/reset", NULL, CH_BODY_NONE, NULL, begin_anew },
  { NULL },
};
