#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-event-text.h"

#include "ch-interchange.h"
#include "ch-status-look.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *what;
  const char *title;
} titles[] = {
  { "certificate.added", N_("Certificate received") },
  { "certificate.approved", N_("Certificate approved") },
  { "certificate.assigned", N_("Certificate given to this sub") },
  { "certificate.rejected", N_("Certificate rejected") },
  { "certificate.reopened", N_("Certificate opened again") },
  { "conflict.settled", N_("Conflict settled") },
  { "procore.written", N_("Written to Procore") },
  { "requirements.assigned", N_("Requirements assigned") },
  { "requirements.imported", N_("Requirements imported") },
  { "requirements.unassigned", N_("Requirements taken away") },
  { "verdict.changed", N_("Status changed") },
  { "verdict.ended", N_("No longer on the project") },
  { "waiver.added", N_("Waiver recorded") },
};

/**
 * ch_event_dup_title:
 * @event: an event
 *
 * Returns: (transfer full): what happened, in a few words
 */
char *
ch_event_dup_title (const ChEvent *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (g_strcmp0 (event->what, titles[i].what) == 0)
        return g_strdup (g_dgettext (GETTEXT_PACKAGE, titles[i].title));
    }

  return g_strdelimit (g_strdup (event->what != NULL ? event->what : ""), "._", ' ');
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static const char *
get_status (JsonObject *object,
            const char *name)
{
  const char *text = get_text (object, name);
  ChStatus status;

  return text != NULL && ch_status_from_string (text, &status) ? ch_status_get_label (status) : text;
}

/**
 * ch_event_dup_detail:
 * @event: an event
 *
 * Returns: (transfer full) (nullable): what else there is to say of it
 */
char *
ch_event_dup_detail (const ChEvent *event)
{
  g_autoptr(JsonNode) root = event->detail != NULL ? ch_json_parse (event->detail, -1, NULL) : NULL;
  JsonObject *object;
  const char *from, *to, *text;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  from = get_status (object, "from");
  to = get_status (object, "to");
  if (from != NULL && to != NULL)
    return g_strdup_printf ("%s → %s", from, to);
  if (to != NULL)
    return g_strdup (to);

  text = get_text (object, "why");
  if (text == NULL)
    text = get_text (object, "problem");
  if (text == NULL)
    text = get_text (object, "file");
  if (text == NULL)
    text = get_text (object, "name");

  return g_strdup (text);
}
