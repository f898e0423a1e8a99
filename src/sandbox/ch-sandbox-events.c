#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

/*
 * What happens is told to the hooks that have a trigger for it: a delivery each, in order. Who carries them (a server
 * over HTTP, a test by itself) takes what is due and settles it. After a failure a hook's deliveries wait, a second, two,
 * four, up to an hour; after twelve hours they are discarded.
 */

#define FIRST_PAUSE G_USEC_PER_SEC
#define MAX_PAUSE (3600 * (gint64) G_USEC_PER_SEC)
#define GIVE_UP (12 * 3600 * (gint64) G_USEC_PER_SEC)

#define OUR_APP_ID 7700
#define OUR_USER_ID G_GINT64_CONSTANT (562949953421999)
#define PERSON_ID G_GINT64_CONSTANT (562949953421001)

/* 26 letters that sort by time (ULID specification); the rest counts, so that a story always has the same. */
static char *
make_ulid (ChSandbox *self)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint64 time = (guint64) (self->now / 1000);
  guint64 count = ++self->n_events;
  char *text = g_new0 (char, 27);
  guint i;

  for (i = 10; i > 0; i--, time /= 32)
    text[i - 1] = letters[time % 32];
  for (i = 26; i > 10; i--, count /= 32)
    text[i - 1] = letters[count % 32];
  return text;
}

static char *
format_precise_time (gint64 time)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (at, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06dZ", text, (int) (time % G_USEC_PER_SEC));
}

static void
set_id_text (JsonObject *object,
             const char *member,
             gint64      id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (id != 0)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static void
set_id (JsonObject *object,
        const char *member,
        gint64      id)
{
  if (id != 0)
    json_object_set_int_member (object, member, id);
  else
    json_object_set_null_member (object, member);
}

/* The format since v4.0: ids are texts, no metadata. */
static JsonObject *
make_new_payload (ChSandbox  *self,
                  const char *ulid,
                  const char *resource_name,
                  const char *event_type,
                  gint64      id,
                  gint64      project_id)
{
  JsonObject *payload = json_object_new ();
  g_autofree char *at = format_precise_time (self->now);

  json_object_set_string_member (payload, "id", ulid);
  json_object_set_string_member (payload, "timestamp", at);
  json_object_set_string_member (payload, "reason", event_type);
  set_id_text (payload, "company_id", CH_SANDBOX_COMPANY_ID);
  set_id_text (payload, "project_id", project_id);
  set_id_text (payload, "user_id", self->is_app_acting ? OUR_USER_ID : PERSON_ID);
  json_object_set_string_member (payload, "resource_type", resource_name);
  set_id_text (payload, "resource_id", id);
  return payload;
}

static JsonObject *
make_old_payload (ChSandbox  *self,
                  const char *ulid,
                  const char *version,
                  const char *resource_name,
                  const char *event_type,
                  gint64      id,
                  gint64      project_id)
{
  JsonObject *payload = json_object_new ();
  JsonObject *metadata = json_object_new ();
  g_autofree char *at = format_precise_time (self->now);

  json_object_set_int_member (payload, "id", 9000000 + self->n_events);
  json_object_set_string_member (payload, "ulid", ulid);
  json_object_set_string_member (payload, "timestamp", at);
  set_id (metadata, "source_user_id", self->is_app_acting ? OUR_USER_ID : PERSON_ID);
  set_id (metadata, "source_project_id", project_id);
  json_object_set_null_member (metadata, "source_operation_id");
  set_id (metadata, "source_company_id", CH_SANDBOX_COMPANY_ID);
  set_id (metadata, "source_application_id", self->is_app_acting ? OUR_APP_ID : 0);
  json_object_set_object_member (payload, "metadata", metadata);
  set_id (payload, "user_id", self->is_app_acting ? OUR_USER_ID : PERSON_ID);
  set_id (payload, "company_id", CH_SANDBOX_COMPANY_ID);
  set_id (payload, "project_id", project_id);
  json_object_set_string_member (payload, "api_version", version);
  json_object_set_string_member (payload, "event_type", event_type);
  json_object_set_string_member (payload, "resource_name", resource_name);
  set_id (payload, "resource_id", id);
  return payload;
}

static gboolean
has_trigger (JsonObject *hook,
             const char *resource_name,
             const char *event_type)
{
  JsonArray *triggers = json_object_get_array_member (hook, "_triggers");
  guint i;

  for (i = 0; i < json_array_get_length (triggers); i++)
    {
      JsonObject *trigger = json_array_get_object_element (triggers, i);

      if (g_strcmp0 (_ch_record_text (trigger, "resource_name"), resource_name) == 0
          && g_strcmp0 (_ch_record_text (trigger, "event_type"), event_type) == 0)
        return TRUE;
    }
  return FALSE;
}

/* How much a hook still has to deliver, so that nobody has to look through all that ever was. */
static void
count_open (JsonObject *hook,
            int         more)
{
  json_object_set_int_member (hook, "_n_open", _ch_record_id (hook, "_n_open") + more);
}

static void
add_delivery (ChSandbox  *self,
              JsonObject *hook,
              const char *resource_name,
              const char *event_type,
              gint64      id,
              gint64      project_id)
{
  const char *version = _ch_record_text (hook, "payload_version");
  g_autofree char *ulid = make_ulid (self);
  JsonObject *delivery = json_object_new ();
  JsonObject *payload = g_strcmp0 (version, "v4.0") == 0
                          ? make_new_payload (self, ulid, resource_name, event_type, id, project_id)
                          : make_old_payload (self, ulid, version, resource_name, event_type, id, project_id);

  json_object_set_string_member (delivery, "id", ulid);
  json_object_set_string_member (delivery, "status", "enqueued");
  json_object_set_object_member (delivery, "payload", payload);
  json_object_set_array_member (delivery, "delivery_attempts", json_array_new ());
  json_object_set_int_member (delivery, "_hook_id", _ch_record_id (hook, "id"));
  json_object_set_int_member (delivery, "_made_at", self->now);
  g_ptr_array_add (self->deliveries, delivery);
  count_open (hook, 1);
}

/*< private >
 * _ch_emit:
 * @resource_name: as triggers name it
 * @event_type: `create`, `update` or `delete`
 * @id: of the record
 * @project_id: its project, 0 for the company's
 *
 * Tells the hooks of it that have a trigger for it.
 */
void
_ch_emit (ChSandbox  *self,
          const char *resource_name,
          const char *event_type,
          gint64      id,
          gint64      project_id)
{
  gboolean is_of_project = project_id != 0 && !g_str_equal (resource_name, "Projects");
  guint i;

  for (i = 0; i < self->hooks->len; i++)
    {
      JsonObject *hook = g_ptr_array_index (self->hooks, i);

      if (_ch_record_id (hook, "_project_id") == (is_of_project ? project_id : 0)
          && g_strcmp0 (_ch_record_text (hook, "status"), "active") == 0 && has_trigger (hook, resource_name, event_type))
        add_delivery (self, hook, resource_name, event_type, id, project_id);
    }
}

/*< private >
 * _ch_emit_commitment:
 * @commitment: the contract
 */
void
_ch_emit_commitment (ChSandbox  *self,
                     JsonObject *commitment,
                     const char *event_type)
{
  gboolean is_order = g_strcmp0 (_ch_record_text (commitment, "_kind"), "purchase_order_contract") == 0;

  _ch_emit (self, is_order ? "Purchase Order Contracts" : "Work Order Contracts", event_type,
            _ch_record_id (commitment, "id"), _ch_record_id (commitment, "_project_id"));
}

/*< private > */
void
_ch_emit_insurance (ChSandbox  *self,
                    JsonObject *record,
                    const char *event_type)
{
  gint64 project_id = _ch_record_id (record, "_project_id");

  _ch_emit (self, project_id != 0 ? "Project Insurances" : "Company Insurances", event_type, _ch_record_id (record, "id"),
            project_id);
}

/**
 * ch_sandbox_delivery_free:
 * @self: (transfer full): a delivery
 */
void
ch_sandbox_delivery_free (ChSandboxDelivery *self)
{
  g_free (self->id);
  g_free (self->url);
  g_free (self->authorization);
  g_bytes_unref (self->body);
  g_free (self);
}

static JsonObject *
find_delivery (ChSandbox  *self,
               const char *id)
{
  guint i;

  for (i = self->deliveries->len; i > 0; i--)
    if (g_strcmp0 (_ch_record_text (g_ptr_array_index (self->deliveries, i - 1), "id"), id) == 0)
      return g_ptr_array_index (self->deliveries, i - 1);
  return NULL;
}

static ChSandboxDelivery *
make_delivery (JsonObject *record,
               JsonObject *hook)
{
  ChSandboxDelivery *delivery = g_new0 (ChSandboxDelivery, 1);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json_object_get_object_member (record, "payload"));
  char *text = json_to_string (node, FALSE);

  delivery->id = g_strdup (_ch_record_text (record, "id"));
  delivery->url = g_strdup (_ch_record_text (hook, "destination_url"));
  delivery->authorization = g_strdup (_ch_record_text (hook, "_authorization"));
  delivery->body = g_bytes_new_take (text, strlen (text));
  return delivery;
}

/* Whether the hook's turn has come, for the oldest of what it has not delivered. */
static gboolean
is_due (ChSandbox  *self,
        JsonObject *hook)
{
  return !_ch_record_flag (hook, "_is_sending") && _ch_record_id (hook, "_next_at") <= self->now;
}

static guint
count_due (ChSandbox *self)
{
  guint n_due = 0;
  guint i;

  for (i = 0; i < self->hooks->len; i++)
    {
      JsonObject *hook = g_ptr_array_index (self->hooks, i);

      n_due += is_due (self, hook) && _ch_record_id (hook, "_n_open") > 0;
    }
  return n_due;
}

static gboolean
is_open (JsonObject *record)
{
  const char *status = _ch_record_text (record, "status");

  return g_strcmp0 (status, "enqueued") == 0 || g_strcmp0 (status, "retrying") == 0;
}

/**
 * ch_sandbox_take_deliveries:
 *
 * Returns: (transfer full) (element-type ChSandboxDelivery): what is to be delivered now, at most one of each hook; each
 *   has to be settled
 */
GPtrArray *
ch_sandbox_take_deliveries (ChSandbox *self)
{
  GPtrArray *due = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_sandbox_delivery_free);
  guint n_left;
  guint i;

  g_return_val_if_fail (CH_IS_SANDBOX (self), due);

  n_left = count_due (self);
  for (i = self->n_settled; i < self->deliveries->len && n_left > 0; i++)
    {
      JsonObject *record = g_ptr_array_index (self->deliveries, i);
      JsonObject *hook = is_open (record) ? _ch_record_find (self->hooks, _ch_record_id (record, "_hook_id")) : NULL;

      if (!is_open (record) && i == self->n_settled)
        self->n_settled++;
      if (is_open (record) && hook == NULL)
        json_object_set_string_member (record, "status", "discarded");
      if (hook == NULL || !is_due (self, hook))
        continue;
      json_object_set_boolean_member (hook, "_is_sending", TRUE);
      n_left--;
      g_ptr_array_add (due, make_delivery (record, hook));
    }
  return due;
}

/**
 * ch_sandbox_settle_delivery:
 * @id: what was taken
 * @status: what was answered, 0 where nothing was
 */
void
ch_sandbox_settle_delivery (ChSandbox  *self,
                            const char *id,
                            guint       status)
{
  JsonObject *record = find_delivery (self, id);
  JsonObject *hook = record != NULL ? _ch_record_find (self->hooks, _ch_record_id (record, "_hook_id")) : NULL;
  JsonObject *attempt;
  gint64 pause;

  g_return_if_fail (CH_IS_SANDBOX (self));

  if (hook == NULL)
    return;
  attempt = json_object_new ();
  json_object_set_int_member (attempt, "response_status", status);
  json_array_add_object_element (json_object_get_array_member (record, "delivery_attempts"), attempt);
  json_object_set_boolean_member (hook, "_is_sending", FALSE);
  if (status >= 200 && status < 300)
    {
      json_object_set_string_member (record, "status", "delivered");
      count_open (hook, -1);
      json_object_set_int_member (hook, "_pause", 0);
      json_object_set_int_member (hook, "_next_at", 0);
      return;
    }

  pause = CLAMP (2 * _ch_record_id (hook, "_pause"), FIRST_PAUSE, MAX_PAUSE);
  json_object_set_int_member (hook, "_pause", pause);
  json_object_set_int_member (hook, "_next_at", self->now + pause);
  json_object_set_string_member (record, "status",
                                 self->now - _ch_record_id (record, "_made_at") > GIVE_UP ? "discarded" : "retrying");
  if (!is_open (record))
    count_open (hook, -1);
}
