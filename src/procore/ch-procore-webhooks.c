#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-webhooks.h"

#include "ch-hook-event-private.h"
#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PER_PAGE 100

/**
 * ch_hook_free:
 * @self: (transfer full): a hook
 */
void
ch_hook_free (ChHook *self)
{
  g_free (self->id);
  g_free (self->payload_version);
  g_free (self->namespace);
  g_free (self->destination_url);
  g_free (self->authorization_end);
  g_free (self);
}

/**
 * ch_hook_trigger_new:
 * @id: (nullable): Procore's id, %NULL before it is made
 * @resource_name: `Projects`, `Project Insurances`, …
 * @event_type: `create`, `update` or `delete`
 *
 * Returns: (transfer full): a trigger
 */
ChHookTrigger *
ch_hook_trigger_new (const char *id,
                     const char *resource_name,
                     const char *event_type)
{
  ChHookTrigger *self = g_new0 (ChHookTrigger, 1);

  self->id = g_strdup (id);
  self->resource_name = g_strdup (resource_name);
  self->event_type = g_strdup (event_type);
  return self;
}

/**
 * ch_hook_trigger_free:
 * @self: (transfer full): a trigger
 */
void
ch_hook_trigger_free (ChHookTrigger *self)
{
  g_free (self->id);
  g_free (self->resource_name);
  g_free (self->event_type);
  g_free (self);
}

/**
 * ch_hook_delivery_free:
 * @self: (transfer full): a delivery
 */
void
ch_hook_delivery_free (ChHookDelivery *self)
{
  g_clear_pointer (&self->event, ch_hook_event_free);
  g_free (self);
}

/* @action: what comes behind the list's address, with its /; ids are texts of Procore's and may hold anything */
static char *
make_path (ChProcore  *self,
           gint64      project_id,
           const char *hook_id,
           const char *action)
{
  g_autofree char *project = project_id != 0 ? g_strdup_printf ("/projects/%" G_GINT64_FORMAT, project_id) : g_strdup ("");
  g_autofree char *id = hook_id != NULL ? g_uri_escape_string (hook_id, NULL, FALSE) : NULL;

  return g_strdup_printf ("/rest/v2.0/companies/%" G_GINT64_FORMAT "%s/webhooks/hooks%s%s%s", ch_procore_get_company_id (self),
                          project, id != NULL ? "/" : "", id != NULL ? id : "", action);
}

static gpointer
parse_hook (JsonObject *object,
            gpointer    user_data)
{
  ChHook *hook = g_new0 (ChHook, 1);
  JsonObject *headers = _ch_wire_get_object (object, "destination_headers");
  const char *authorization = headers != NULL ? _ch_wire_get_text (headers, "Authorization") : NULL;

  hook->id = _ch_wire_dup_scalar (object, "id");
  hook->is_active = g_strcmp0 (_ch_wire_get_text (object, "status"), "disabled") != 0;
  hook->payload_version = g_strdup (_ch_wire_get_text (object, "payload_version"));
  hook->namespace = g_strdup (_ch_wire_get_text (object, "namespace"));
  hook->destination_url = g_strdup (_ch_wire_get_text (object, "destination_url"));
  if (authorization != NULL)
    hook->authorization_end = g_strdup (authorization + strlen (authorization) - MIN (strlen (authorization), 5));
  return hook;
}

/**
 * ch_procore_list_hooks:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @namespace: whose
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChHook) (nullable): the hooks of that namespace
 */
GPtrArray *
ch_procore_list_hooks (ChProcore    *self,
                       gint64        project_id,
                       const char   *namespace,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  query = g_strconcat ("?namespace=", namespace, NULL);
  path = make_path (self, project_id, NULL, query);
  return _ch_procore_list (self, path, PER_PAGE, parse_hook, NULL, (GDestroyNotify) ch_hook_free, cancellable, error);
}

static JsonNode *
make_body (const ChHook *hook,
           const char   *authorization)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *headers = json_object_new ();

  json_object_set_string_member (object, "payload_version", hook->payload_version);
  json_object_set_string_member (object, "namespace", hook->namespace);
  json_object_set_string_member (object, "destination_url", hook->destination_url);
  json_object_set_string_member (headers, "Authorization", authorization);
  json_object_set_object_member (object, "destination_headers", headers);
  json_node_take_object (node, object);
  return node;
}

/**
 * ch_procore_create_hook:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @hook: what it is to be, its id left out
 * @authorization: what deliveries are to carry in that header
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the hook as Procore then has it, without triggers
 */
ChHook *
ch_procore_create_hook (ChProcore    *self,
                        gint64        project_id,
                        const ChHook *hook,
                        const char   *authorization,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *data;
  ChHook *made;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = make_path (self, project_id, NULL, "");
  body = make_body (hook, authorization);
  node = _ch_procore_call_json (self, "POST", path, body, cancellable, error);
  if (node == NULL)
    return NULL;

  data = JSON_NODE_HOLDS_OBJECT (node) ? _ch_wire_get_object (json_node_get_object (node), "data") : NULL;
  made = data != NULL ? parse_hook (data, NULL) : NULL;
  if (made == NULL || made->id == NULL)
    {
      g_clear_pointer (&made, ch_hook_free);
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                           _ ("Procore's answer about a webhook makes no sense"));
    }
  return made;
}

/**
 * ch_procore_update_hook:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @hook: what it is to be
 * @authorization: what deliveries are to carry in that header
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Repairs a hook, and makes it active.
 *
 * Returns: whether it is so now
 */
gboolean
ch_procore_update_hook (ChProcore    *self,
                        gint64        project_id,
                        const ChHook *hook,
                        const char   *authorization,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), FALSE);

  path = make_path (self, project_id, hook->id, "");
  body = make_body (hook, authorization);
  json_object_set_string_member (json_node_get_object (body), "status", "active");
  node = _ch_procore_call_json (self, "PATCH", path, body, cancellable, error);
  return node != NULL;
}

/**
 * ch_procore_delete_hook:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @hook_id: the hook
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Deletes a hook with its triggers. One that is not there any more is no error.
 *
 * Returns: whether it is gone
 */
gboolean
ch_procore_delete_hook (ChProcore    *self,
                        gint64        project_id,
                        const char   *hook_id,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (ChResponse) response = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), FALSE);

  path = make_path (self, project_id, hook_id, "");
  response = _ch_procore_call (self, "DELETE", path, NULL, NULL, cancellable, &cause);
  if (response != NULL || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gpointer
parse_trigger (JsonObject *object,
               gpointer    user_data)
{
  g_autofree char *id = _ch_wire_dup_scalar (object, "id");

  return ch_hook_trigger_new (id, _ch_wire_get_text (object, "resource_name"), _ch_wire_get_text (object, "event_type"));
}

/**
 * ch_procore_list_triggers:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @hook_id: the hook
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChHookTrigger) (nullable): what it is triggered by
 */
GPtrArray *
ch_procore_list_triggers (ChProcore    *self,
                          gint64        project_id,
                          const char   *hook_id,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = make_path (self, project_id, hook_id, "/triggers");
  return _ch_procore_list (self, path, PER_PAGE, parse_trigger, NULL, (GDestroyNotify) ch_hook_trigger_free, cancellable, error);
}

/**
 * ch_procore_create_triggers:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @hook_id: the hook
 * @triggers: (element-type ChHookTrigger): what it is to be triggered by as well
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Adds triggers, all in one request. Procore may make some and refuse others: the list tells.
 *
 * Returns: whether Procore took the request
 */
gboolean
ch_procore_create_triggers (ChProcore    *self,
                            gint64        project_id,
                            const char   *hook_id,
                            GPtrArray    *triggers,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array = json_array_new ();
  guint i;

  g_return_val_if_fail (CH_IS_PROCORE (self), FALSE);

  for (i = 0; i < triggers->len; i++)
    {
      const ChHookTrigger *trigger = g_ptr_array_index (triggers, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "resource_name", trigger->resource_name);
      json_object_set_string_member (object, "event_type", trigger->event_type);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (body, array);
  path = make_path (self, project_id, hook_id, "/triggers/bulk");
  node = _ch_procore_call_json (self, "POST", path, body, cancellable, error);
  return node != NULL;
}

static gpointer
parse_delivery (JsonObject *object,
                gpointer    user_data)
{
  JsonObject *payload = _ch_wire_get_object (object, "payload");
  const char *status = _ch_wire_get_text (object, "status");
  ChHookEvent *event = payload != NULL ? _ch_hook_event_parse (payload) : NULL;
  ChHookDelivery *delivery;

  if (event == NULL)
    return NULL;

  delivery = g_new0 (ChHookDelivery, 1);
  delivery->event = event;
  /* The list says `delivered` where its filter says `succeeded`. */
  delivery->failed = g_strcmp0 (status, "delivered") != 0 && g_strcmp0 (status, "succeeded") != 0;
  return delivery;
}

/**
 * ch_procore_list_deliveries:
 * @self: the API
 * @project_id: the scope, 0 for the company
 * @hook_id: the hook
 * @since: Unix microseconds, 0 for all; Procore's filter knows days only, so earlier ones of that day come too
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChHookDelivery) (nullable): what was delivered, or was to be
 */
GPtrArray *
ch_procore_list_deliveries (ChProcore    *self,
                            gint64        project_id,
                            const char   *hook_id,
                            gint64        since,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autoptr (GDateTime) from = since > 0 ? g_date_time_new_from_unix_utc (since / G_USEC_PER_SEC) : NULL;
  g_autofree char *day = from != NULL ? g_date_time_format (from, "?filter%%5Bstart%%5D=%Y-%m-%d") : NULL;
  g_autofree char *action = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  action = g_strconcat ("/deliveries", day, NULL);
  path = make_path (self, project_id, hook_id, action);
  return _ch_procore_list (self, path, PER_PAGE, parse_delivery, NULL, (GDestroyNotify) ch_hook_delivery_free, cancellable,
                           error);
}
