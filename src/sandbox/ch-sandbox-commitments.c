#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

/* What the list of both kinds shows; it has no updated_at and does not say the kind. */
#define BOTH_KINDS_MEMBERS "id title number status description executed created_at vendor"

static gboolean
is_of_kind (JsonObject *commitment,
            const char *kind)
{
  return kind == NULL || g_str_equal (_ch_record_text (commitment, "_kind"), kind);
}

static ChSandboxAnswer *
list_kind (ChCall     *call,
           const char *kind)
{
  gint64 project_id = _ch_call_query_id (call, "project_id");
  JsonArray *all;
  guint i;

  if (_ch_record_find (call->sandbox->projects, project_id) == NULL)
    return _ch_answer_problem (404, "project_id", "does not exist");
  all = json_array_new ();
  for (i = 0; i < call->sandbox->commitments->len; i++)
    {
      JsonObject *commitment = g_ptr_array_index (call->sandbox->commitments, i);
      JsonObject *copy;

      if (_ch_record_id (commitment, "_project_id") != project_id || !is_of_kind (commitment, kind)
          || !_ch_call_in_range (call, commitment))
        continue;
      copy = _ch_record_copy (commitment, kind == NULL ? BOTH_KINDS_MEMBERS : NULL);
      /* The list of both kinds says `name` where the lists of one kind say `company`. */
      if (kind == NULL && JSON_NODE_HOLDS_OBJECT (json_object_get_member (commitment, "vendor")))
        {
          JsonObject *vendor = json_object_get_object_member (commitment, "vendor");

          json_object_set_object_member (copy, "vendor",
                                         _ch_reference (_ch_record_id (vendor, "id"), "name", _ch_record_text (vendor, "company")));
        }
      json_array_add_object_element (all, copy);
    }
  return _ch_call_list (call, all, 100, 2000, FALSE);
}

static ChSandboxAnswer *
list_work_orders (ChCall *call)
{
  return list_kind (call, "work_order_contract");
}

static ChSandboxAnswer *
list_purchase_orders (ChCall *call)
{
  return list_kind (call, "purchase_order_contract");
}

static ChSandboxAnswer *
list_commitments (ChCall *call)
{
  return list_kind (call, NULL);
}

static JsonObject *
find_compliance (ChCall *call)
{
  JsonObject *commitment = _ch_record_find (call->sandbox->commitments, call->ids[1]);
  const char *kind = strstr (call->request->path, "/work_order_contracts/") != NULL ? "work_order_contract"
                                                                                      : "purchase_order_contract";

  if (commitment == NULL || _ch_record_id (commitment, "_project_id") != call->ids[0] || !is_of_kind (commitment, kind))
    return NULL;
  return json_object_get_object_member (commitment, "_compliance");
}

static ChSandboxAnswer *
show_compliance (ChCall *call)
{
  JsonObject *compliance = find_compliance (call);

  return compliance != NULL ? _ch_answer_object (200, _ch_record_copy (compliance, NULL))
                            : _ch_answer_problem (404, "contract", "does not exist");
}

static ChSandboxAnswer *
update_compliance (ChCall *call)
{
  JsonObject *compliance = find_compliance (call);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (compliance == NULL)
    return _ch_answer_problem (404, "contract", "does not exist");
  json_object_iter_init (&iter, _ch_call_body (call));
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (compliance, name, json_node_copy (node));
  _ch_touch (call->sandbox, compliance);
  return show_compliance (call);
}

#define LISTING "project_id:int! page:int per_page:int filters[updated_at]:range"
#define COMPLIANCE \
  "insurance_status:compliant|not_compliant|not_required compliance_status:compliant|not_compliant|not_required " \
  "insurance_notes:text compliance_notes:text"

const ChRoute _ch_commitment_routes[] = {
  { "GET", "/rest/v1.0/work_order_contracts", LISTING, CH_BODY_NONE, NULL, list_work_orders },
  { "GET", "/rest/v1.0/purchase_order_contracts", LISTING, CH_BODY_NONE, NULL, list_purchase_orders },
  { "GET", "/rest/v1.0/commitments", "project_id:int! page:int per_page:int", CH_BODY_NONE, NULL, list_commitments },
  { "GET", "/rest/v1.0/projects/{id}/work_order_contracts/{id}/compliance", NULL, CH_BODY_NONE, NULL, show_compliance },
  { "GET", "/rest/v1.0/projects/{id}/purchase_order_contracts/{id}/compliance", NULL, CH_BODY_NONE, NULL, show_compliance },
  { "PATCH", "/rest/v1.0/projects/{id}/work_order_contracts/{id}/compliance", NULL, CH_BODY_JSON, COMPLIANCE,
    update_compliance },
  { "PATCH", "/rest/v1.0/projects/{id}/purchase_order_contracts/{id}/compliance", NULL, CH_BODY_JSON, COMPLIANCE,
    update_compliance },
  { NULL },
};
