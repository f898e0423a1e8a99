#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

/*
 * Hooks, their triggers and what was delivered, by the v2.0 addresses, in company and in project scope. What they can be
 * triggered by is what there has been since 2026-06-30.
 */

typedef struct {
  const char *resource_name;
  const char *event_types;
} Resource;

static const Resource company_resources[] = {
  { "Projects", "create update" },
  { "Company Vendors", "create update" },
  { "Company Insurances", "create update delete" },
  { "Project Stages", "create update delete" },
  { NULL },
};

static const Resource project_resources[] = {
  { "Project Vendors", "create delete" },
  { "Project Insurances", "create update delete" },
  { "Work Order Contracts", "create update delete" },
  { "Purchase Order Contracts", "create update delete" },
  { "Project Files", "create update delete" },
  { NULL },
};

/* Where a call's ids stand. */
typedef struct {
  gint64 project_id;   /* 0 for the company */
  gint64 hook_id;
  gint64 trigger_id;
  gboolean is_known;
} Place;

static Place
find_place (ChCall *call)
{
  gboolean in_project = strstr (call->request->path, "/projects/") != NULL;
  Place place = { 0 };

  place.project_id = in_project ? call->ids[1] : 0;
  place.hook_id = call->ids[in_project ? 2 : 1];
  place.trigger_id = call->ids[in_project ? 3 : 2];
  place.is_known = call->ids[0] == CH_SANDBOX_COMPANY_ID
                   && (!in_project || _ch_record_find (call->sandbox->projects, place.project_id) != NULL);
  return place;
}

static JsonObject *
find_hook (ChCall *call,
           Place   place)
{
  JsonObject *hook = place.is_known ? _ch_record_find (call->sandbox->hooks, place.hook_id) : NULL;

  return hook != NULL && _ch_record_id (hook, "_project_id") == place.project_id ? hook : NULL;
}

static ChSandboxAnswer *
answer_missing (const char *what)
{
  return _ch_answer_problem (404, what, "does not exist");
}

static ChSandboxAnswer *
answer_data (guint       status,
             JsonObject *record)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "data", record);
  return _ch_answer_object (status, answer);
}

/* Ids are texts here, and a secret is shown by its last five letters only. */
static JsonObject *
show_hook (JsonObject *hook)
{
  JsonObject *shown = _ch_record_copy (hook, NULL);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, _ch_record_id (hook, "id"));
  const char *secret = _ch_record_text (hook, "_authorization");
  JsonObject *headers = json_object_new ();

  json_object_set_string_member (shown, "id", id);
  if (secret != NULL)
    {
      gsize length = strlen (secret);
      g_autofree char *masked = g_strdup_printf ("*****%s", secret + length - MIN (length, 5));

      json_object_set_string_member (headers, "Authorization", masked);
    }
  json_object_set_object_member (shown, "destination_headers", headers);
  json_object_set_int_member (shown, "trigger_count",
                              json_array_get_length (json_object_get_array_member (hook, "_triggers")));
  return shown;
}

static ChSandboxAnswer *
list_hooks (ChCall *call)
{
  Place place = find_place (call);
  const char *namespace = _ch_call_query (call, "namespace");
  JsonArray *all;
  guint i;

  if (!place.is_known)
    return answer_missing ("place");
  all = json_array_new ();
  for (i = 0; i < call->sandbox->hooks->len; i++)
    {
      JsonObject *hook = g_ptr_array_index (call->sandbox->hooks, i);

      if (_ch_record_id (hook, "_project_id") == place.project_id
          && (namespace == NULL || g_strcmp0 (_ch_record_text (hook, "namespace"), namespace) == 0))
        json_array_add_object_element (all, show_hook (hook));
    }
  return _ch_call_list (call, all, 10, 100, TRUE);
}

/* Procore wants https; a sandbox on this machine reaches this machine only. */
static ChSandboxAnswer *
check_fields (JsonObject *sent)
{
  const char *url = _ch_record_text (sent, "destination_url");
  const char *namespace = _ch_record_text (sent, "namespace");

  if (url != NULL && !g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://127.0.0.1:"))
    return _ch_answer_problem (400, "destination_url", "must be an https address");
  if (namespace != NULL && (*namespace == '\0' || strspn (namespace, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (namespace)))
    return _ch_answer_problem (400, "namespace", "may hold a-z, 0-9 and - only");
  return NULL;
}

static void
take_fields (ChCall     *call,
             JsonObject *hook,
             JsonObject *sent)
{
  static const char *const names[] = { "payload_version", "namespace", "destination_url", "status" };
  JsonObject *headers = json_object_has_member (sent, "destination_headers")
                            && !json_object_get_null_member (sent, "destination_headers")
                          ? json_object_get_object_member (sent, "destination_headers") : NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    if (_ch_record_text (sent, names[i]) != NULL)
      json_object_set_string_member (hook, names[i], _ch_record_text (sent, names[i]));
  if (headers != NULL && _ch_record_text (headers, "Authorization") != NULL)
    json_object_set_string_member (hook, "_authorization", _ch_record_text (headers, "Authorization"));
  _ch_touch (call->sandbox, hook);
}

static ChSandboxAnswer *
create_hook (ChCall *call)
{
  Place place = find_place (call);
  JsonObject *sent = _ch_call_body (call);
  ChSandboxAnswer *problem = place.is_known ? check_fields (sent) : answer_missing ("place");
  JsonObject *hook;
  g_autofree char *company = g_strdup_printf ("%" G_GINT64_FORMAT, CH_SANDBOX_COMPANY_ID);
  g_autofree char *project = g_strdup_printf ("%" G_GINT64_FORMAT, place.project_id);

  if (problem != NULL)
    return problem;
  hook = json_object_new ();
  json_object_set_int_member (hook, "id", _ch_new_id (call->sandbox));
  json_object_set_int_member (hook, "_project_id", place.project_id);
  json_object_set_string_member (hook, "status", "active");
  json_object_set_string_member (hook, "company_id", company);
  if (place.project_id != 0)
    json_object_set_string_member (hook, "project_id", project);
  json_object_set_array_member (hook, "_triggers", json_array_new ());
  take_fields (call, hook, sent);
  g_ptr_array_add (call->sandbox->hooks, hook);
  return answer_data (201, show_hook (hook));
}

static ChSandboxAnswer *
show_one (ChCall *call)
{
  JsonObject *hook = find_hook (call, find_place (call));

  return hook != NULL ? answer_data (200, show_hook (hook)) : answer_missing ("hook");
}

static ChSandboxAnswer *
update_hook (ChCall *call)
{
  JsonObject *hook = find_hook (call, find_place (call));
  ChSandboxAnswer *problem = hook != NULL ? check_fields (_ch_call_body (call)) : answer_missing ("hook");

  if (problem != NULL)
    return problem;
  take_fields (call, hook, _ch_call_body (call));
  return answer_data (200, show_hook (hook));
}

static ChSandboxAnswer *
delete_hook (ChCall *call)
{
  JsonObject *hook = find_hook (call, find_place (call));

  if (hook == NULL)
    return answer_missing ("hook");
  g_ptr_array_remove (call->sandbox->hooks, hook);
  return _ch_answer (204, "text/plain", g_strdup (""));
}

static ChSandboxAnswer *
list_triggers (ChCall *call)
{
  JsonObject *hook = find_hook (call, find_place (call));
  JsonArray *triggers;
  JsonArray *all;
  guint i;

  if (hook == NULL)
    return answer_missing ("hook");
  triggers = json_object_get_array_member (hook, "_triggers");
  all = json_array_new ();
  for (i = 0; i < json_array_get_length (triggers); i++)
    json_array_add_object_element (all, _ch_record_copy (json_array_get_object_element (triggers, i), NULL));
  return _ch_call_list (call, all, 10, 100, TRUE);
}

static gboolean
exists (gint64      project_id,
        const char *resource_name,
        const char *event_type)
{
  const Resource *resource = project_id != 0 ? project_resources : company_resources;

  for (; resource->resource_name != NULL; resource++)
    {
      g_auto (GStrv) types = g_strsplit (resource->event_types, " ", -1);

      if (g_str_equal (resource->resource_name, resource_name) && g_strv_contains ((const char *const *) types, event_type))
        return TRUE;
    }
  return FALSE;
}

static ChSandboxAnswer *
create_triggers (ChCall *call)
{
  Place place = find_place (call);
  JsonObject *hook = find_hook (call, place);
  JsonArray *sent = json_node_get_array (call->json);
  JsonArray *made;
  JsonObject *answer;
  guint i;

  if (hook == NULL)
    return answer_missing ("hook");
  for (i = 0; i < json_array_get_length (sent); i++)
    {
      JsonObject *one = json_array_get_object_element (sent, i);

      if (!exists (place.project_id, _ch_record_text (one, "resource_name"), _ch_record_text (one, "event_type")))
        return _ch_answer_problem (400, "resource_name", "%s %s does not exist here", _ch_record_text (one, "resource_name"),
                                   _ch_record_text (one, "event_type"));
    }

  made = json_array_new ();
  for (i = 0; i < json_array_get_length (sent); i++)
    {
      JsonObject *trigger = _ch_record_copy (json_array_get_object_element (sent, i), NULL);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, _ch_new_id (call->sandbox));

      json_object_set_string_member (trigger, "id", id);
      json_array_add_object_element (json_object_get_array_member (hook, "_triggers"), json_object_ref (trigger));
      json_array_add_object_element (made, trigger);
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "data", made);
  return _ch_answer_object (201, answer);
}

static ChSandboxAnswer *
delete_trigger (ChCall *call)
{
  Place place = find_place (call);
  JsonObject *hook = find_hook (call, place);
  JsonArray *triggers = hook != NULL ? json_object_get_array_member (hook, "_triggers") : NULL;
  guint i;

  for (i = 0; triggers != NULL && i < json_array_get_length (triggers); i++)
    {
      if (_ch_record_id (json_array_get_object_element (triggers, i), "id") == place.trigger_id)
        {
          json_array_remove_element (triggers, i);
          return _ch_answer (204, "text/plain", g_strdup (""));
        }
    }
  return answer_missing ("trigger");
}

/* filter[start] is a day: of that day and later. */
static gboolean
is_since (JsonObject *delivery,
          const char *start)
{
  const char *at = _ch_record_text (json_object_get_object_member (delivery, "payload"), "timestamp");

  return start == NULL || strncmp (at, start, strlen ("2026-01-01")) >= 0;
}

/* The newest first. */
static ChSandboxAnswer *
list_deliveries (ChCall *call)
{
  Place place = find_place (call);
  const char *status = _ch_call_query (call, "filter[status]");
  JsonArray *all;
  guint i;

  if (find_hook (call, place) == NULL)
    return answer_missing ("hook");
  /* What the filter calls succeeded is shown as delivered. */
  if (g_strcmp0 (status, "succeeded") == 0)
    status = "delivered";
  all = json_array_new ();
  for (i = call->sandbox->deliveries->len; i > 0; i--)
    {
      JsonObject *delivery = g_ptr_array_index (call->sandbox->deliveries, i - 1);

      if (_ch_record_id (delivery, "_hook_id") == place.hook_id
          && (status == NULL || g_strcmp0 (_ch_record_text (delivery, "status"), status) == 0)
          && is_since (delivery, _ch_call_query (call, "filter[start]")))
        json_array_add_object_element (all, _ch_record_copy (delivery, NULL));
    }
  return _ch_call_list (call, all, 10, 100, TRUE);
}

#define PAGING "page:int per_page:int "
#define HOOK_FIELDS "payload_version:v2.0|v3.0|v4.0 namespace:text destination_headers:object destination_url:text status:active|disabled"
#define NEW_HOOK_FIELDS "payload_version:v2.0|v3.0|v4.0! namespace:text! destination_headers:object destination_url:text!"
#define TRIGGER_FIELDS "resource_name:text! event_type:create|update|delete!"
#define DELIVERY_FILTERS                                                                                                \
  PAGING "filter[status]:succeeded|failed|discarded|enqueued|retrying filter[resource_name]:text filter[event_type]:text " \
         "filter[start]:date filter[end]:date"

#define ROUTES(hooks)                                                                                                   \
  { "GET", hooks, PAGING "namespace:text payload_version:text include_trigger_count:bool", CH_BODY_NONE, NULL, list_hooks }, \
  { "POST", hooks, NULL, CH_BODY_JSON, NEW_HOOK_FIELDS, create_hook },                                                  \
  { "GET", hooks "/{id}", NULL, CH_BODY_NONE, NULL, show_one },                                                         \
  { "PATCH", hooks "/{id}", NULL, CH_BODY_JSON, HOOK_FIELDS, update_hook },                                             \
  { "DELETE", hooks "/{id}", NULL, CH_BODY_NONE, NULL, delete_hook },                                                   \
  { "GET", hooks "/{id}/triggers", PAGING, CH_BODY_NONE, NULL, list_triggers },                                         \
  { "POST", hooks "/{id}/triggers/bulk", NULL, CH_BODY_JSON_ARRAY, TRIGGER_FIELDS, create_triggers },                   \
  { "DELETE", hooks "/{id}/triggers/{id}", NULL, CH_BODY_NONE, NULL, delete_trigger },                                  \
  { "GET", hooks "/{id}/deliveries", DELIVERY_FILTERS, CH_BODY_NONE, NULL, list_deliveries }

const ChRoute _ch_webhook_routes[] = {
  ROUTES ("/rest/v2.0/companies/{id}/webhooks/hooks"),
  ROUTES ("/rest/v2.0/companies/{id}/projects/{id}/webhooks/hooks"),
  { NULL },
};
