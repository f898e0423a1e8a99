#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-hook-event-private.h"

#include "ch-procore-private.h"

/*
 * The payload formats v2.0, v3.0 and v4.0 (https://developers.procore.com/documentation/payload-formats). v4.0 has text
 * ids, says `reason` and `resource_type` where the older ones say `event_type` and `resource_name`, and no metadata.
 */

/**
 * ch_hook_event_free:
 * @self: (transfer full): an event
 */
void
ch_hook_event_free (ChHookEvent *self)
{
  g_free (self->id);
  g_free (self->resource_name);
  g_free (self->reason);
  g_free (self);
}

static const char *
get_either (JsonObject *object,
            const char *member,
            const char *other)
{
  const char *text = _ch_wire_get_text (object, member);

  return text != NULL ? text : _ch_wire_get_text (object, other);
}

static gint64
parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time) : 0;
}

/*< private > */
ChHookEvent *
_ch_hook_event_parse (JsonObject *object)
{
  const char *resource_name = get_either (object, "resource_name", "resource_type");
  const char *reason = get_either (object, "event_type", "reason");
  JsonObject *metadata = _ch_wire_get_object (object, "metadata");
  ChHookEvent *event;

  if (resource_name == NULL || reason == NULL)
    return NULL;

  event = g_new0 (ChHookEvent, 1);
  event->id = g_strdup (_ch_wire_get_text (object, "ulid"));
  if (event->id == NULL)
    event->id = _ch_wire_dup_scalar (object, "id");
  event->at = parse_time (_ch_wire_get_text (object, "timestamp"));
  event->resource_name = g_strdup (resource_name);
  event->reason = g_strdup (reason);
  event->resource_id = _ch_wire_get_id (object, "resource_id");
  event->company_id = _ch_wire_get_id (object, "company_id");
  event->project_id = _ch_wire_get_id (object, "project_id");
  event->user_id = _ch_wire_get_id (object, "user_id");
  event->has_metadata = metadata != NULL;
  event->application_id = metadata != NULL ? _ch_wire_get_id (metadata, "source_application_id") : 0;
  return event;
}

static void
take (GPtrArray *events,
      JsonNode  *node)
{
  ChHookEvent *event = JSON_NODE_HOLDS_OBJECT (node) ? _ch_hook_event_parse (json_node_get_object (node)) : NULL;

  if (event != NULL)
    g_ptr_array_add (events, event);
}

/**
 * ch_hook_event_parse_all:
 * @text: a delivery's body: an event, or a list of them
 * @length: its length, -1 where it ends with a zero
 *
 * Returns: (transfer full) (element-type ChHookEvent) (nullable): what it tells, %NULL where that makes no sense; what
 *   is no event among others is left out
 */
GPtrArray *
ch_hook_event_parse_all (const char *text,
                         gssize      length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_hook_event_free);
  JsonNode *root;
  guint i;

  if (!g_utf8_validate (text, length, NULL) || !json_parser_load_from_data (parser, text, length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);

      for (i = 0; i < json_array_get_length (array); i++)
        take (events, json_array_get_element (array, i));
    }
  else
    {
      take (events, root);
    }
  return events->len > 0 ? g_steal_pointer (&events) : NULL;
}
