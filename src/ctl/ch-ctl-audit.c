#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-interchange.h"
#include "ch-store-events.h"

#include <glib/gi18n-lib.h>

static JsonObject *
make_event (const ChEvent *event)
{
  JsonObject *record = json_object_new ();
  g_autoptr (JsonNode) detail = event->detail != NULL ? ch_json_parse (event->detail, -1, NULL) : NULL;

  ch_ctl_set_instant (record, "at", event->at);
  json_object_set_string_member (record, "who", event->who);
  json_object_set_string_member (record, "what", event->what);
  if (event->project_id != 0)
    json_object_set_int_member (record, "project", event->project_id);
  if (event->vendor_id != 0)
    json_object_set_int_member (record, "sub", event->vendor_id);
  ch_ctl_set_text (record, "subject", event->subject);
  /* What was taken over from Procore is told in words. */
  if (detail != NULL)
    json_object_set_member (record, "detail", g_steal_pointer (&detail));
  else if (event->detail != NULL)
    json_object_set_string_member (record, "detail", event->detail);
  json_object_set_string_member (record, "hash", event->hash);
  return record;
}

/**
 * ch_ctl_events:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the database can't be read
 *
 * `events [--since T] [--sub ID]`: the audit trail.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_events (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  static const char *const columns[] = { "at", "who", "what", "project", "sub", "subject", "detail", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *since_text = NULL;
  g_autofree char *sub = NULL;
  gint64 since = 0;
  gint64 vendor_id = 0;
  ChStore *store;
  guint i;
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &since_text, NULL, NULL },
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("events [--since T] [--sub ID]", entries, &argc, &argv, error)
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error))
      || (since_text != NULL && !ch_ctl_parse_instant (since_text, FALSE, &since, error)))
    return CH_EXIT_USAGE;

  store = ch_ctl_get_store (ctl, error);
  events = store != NULL ? ch_store_list_events (store, since, vendor_id, 0, error) : NULL;
  if (events == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < events->len; i++)
    json_array_add_object_element (records, make_event (g_ptr_array_index (events, i)));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No events."));
  return CH_EXIT_DONE;
}

/**
 * ch_ctl_verify:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why the check can't be made
 *
 * `verify`: checks the database, the documents and the audit chain.
 *
 * Returns: the exit status; %CH_EXIT_LOCAL where something is wrong
 */
ChExit
ch_ctl_verify (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  ChStore *store;
  guint i;

  if (!ch_ctl_parse ("verify", NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;
  store = ch_ctl_get_store (ctl, error);
  problems = store != NULL ? ch_store_verify (store, ch_ctl_get_cancellable (ctl), error) : NULL;
  if (problems == NULL)
    return CH_EXIT_LOCAL;

  if (ch_ctl_wants_json (ctl))
    {
      JsonObject *record = json_object_new ();
      JsonArray *list = json_array_new ();

      for (i = 0; i < problems->len; i++)
        json_array_add_string_element (list, g_ptr_array_index (problems, i));
      json_object_set_boolean_member (record, "ok", problems->len == 0);
      json_object_set_array_member (record, "problems", list);
      ch_ctl_print_record (TRUE, record);
    }
  else
    {
      for (i = 0; i < problems->len; i++)
        g_print ("%s\n", (const char *) g_ptr_array_index (problems, i));
      if (problems->len == 0)
        g_print ("%s\n", _ ("Database, documents and audit trail are sound."));
    }
  return problems->len == 0 ? CH_EXIT_DONE : CH_EXIT_LOCAL;
}
