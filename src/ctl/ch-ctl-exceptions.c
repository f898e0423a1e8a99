#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-desk-exceptions.h"
#include "ch-store-waivers.h"

#include <glib/gi18n-lib.h>

/* What the words of `waive` and `exempt` say. */
typedef struct {
  char *sub;
  char *project;
  char *rule;
  char *until;
  char *why;
  char *end;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->sub);
  g_free (self->project);
  g_free (self->rule);
  g_free (self->until);
  g_free (self->why);
  g_free (self->end);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
fail (const char *synopsis,
      GError    **error)
{
  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), synopsis);
  return FALSE;
}

static JsonObject *
make_record (const ChStoredWaiver *stored)
{
  JsonObject *record = json_object_new ();

  json_object_set_string_member (record, "waiver", stored->uuid);
  json_object_set_string_member (record, "kind", stored->waiver->rule != NULL ? "waiver" : "exemption");
  json_object_set_int_member (record, "sub", stored->vendor_id);
  if (stored->project_id != 0)
    json_object_set_int_member (record, "project", stored->project_id);
  ch_ctl_set_text (record, "rule", stored->waiver->rule);
  ch_ctl_set_date (record, "until", stored->waiver->until);
  ch_ctl_set_text (record, "why", stored->waiver->why);
  ch_ctl_set_text (record, "given_by", stored->given_by);
  ch_ctl_set_instant (record, "given_at", stored->given_at);
  ch_ctl_set_instant (record, "ended_at", stored->ended_at);
  ch_ctl_set_text (record, "ended_by", stored->ended_by);
  ch_ctl_set_text (record, "ended_why", stored->ended_why);
  return record;
}

static ChExit
show (ChCtl      *ctl,
      const char *uuid,
      GError    **error)
{
  g_autoptr (ChStoredWaiver) stored = ch_store_find_waiver (ch_ctl_get_store (ctl, error), uuid, error);

  if (stored == NULL)
    return CH_EXIT_LOCAL;
  ch_ctl_print_record (ch_ctl_wants_json (ctl), make_record (stored));
  return CH_EXIT_DONE;
}

static ChExit
end (ChCtl       *ctl,
     const Words *words,
     GError     **error)
{
  ChDesk *desk = ch_ctl_get_desk (ctl, error);

  if (desk == NULL || !ch_desk_end_waiver (desk, words->end, words->why, error))
    return CH_EXIT_LOCAL;
  return show (ctl, words->end, error);
}

static ChExit
give (ChCtl       *ctl,
      const Words *words,
      const char  *synopsis,
      GError     **error)
{
  g_autoptr (ChWaiver) waiver = NULL;
  g_autofree char *uuid = NULL;
  gint64 vendor_id = 0;
  gint64 project_id = 0;
  ChDate until;
  ChDesk *desk;

  if (words->sub == NULL || words->until == NULL || words->why == NULL)
    {
      fail (synopsis, error);
      return CH_EXIT_USAGE;
    }
  if (!ch_ctl_parse_id (words->sub, "--sub", &vendor_id, error)
      || (words->project != NULL && !ch_ctl_parse_id (words->project, "--project", &project_id, error)))
    return CH_EXIT_USAGE;
  until = ch_date_from_iso (words->until);
  if (until == CH_DATE_NONE)
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("“%s” is no date: write YYYY-MM-DD"), words->until);
      return CH_EXIT_USAGE;
    }

  waiver = ch_waiver_new (words->rule, until, words->why);
  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL || !ch_desk_give_waiver (desk, vendor_id, project_id, waiver, &uuid, error))
    return CH_EXIT_LOCAL;
  return show (ctl, uuid, error);
}

static ChExit
run (ChCtl      *ctl,
     gboolean    with_rule,
     const char *synopsis,
     int         argc,
     char      **argv,
     GError    **error)
{
  g_auto (Words) words = { NULL };
  const GOptionEntry entries[] = {
    { "sub", 0, 0, G_OPTION_ARG_STRING, &words.sub, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING, &words.project, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &words.until, NULL, NULL },
    { "why", 0, 0, G_OPTION_ARG_STRING, &words.why, NULL, NULL },
    { "end", 0, 0, G_OPTION_ARG_STRING, &words.end, NULL, NULL },
    { with_rule ? "rule" : NULL, 0, 0, G_OPTION_ARG_STRING, &words.rule, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse (synopsis, entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc != 1 || (words.end != NULL && (words.sub != NULL || words.rule != NULL || words.until != NULL))
      || (words.end == NULL && with_rule && words.rule == NULL))
    {
      fail (synopsis, error);
      return CH_EXIT_USAGE;
    }

  return words.end != NULL ? end (ctl, &words, error) : give (ctl, &words, synopsis, error);
}

/**
 * ch_ctl_waive:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words
 *
 * `waive --sub ID [--project ID] --rule RULE --until DATE --why TEXT`: a recorded exception from one rule, with an end;
 * `waive --end WAIVER --why TEXT` takes it back.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_waive (ChCtl   *ctl,
              int      argc,
              char   **argv,
              GError **error)
{
  return run (ctl, TRUE, "waive --sub ID [--project ID] --rule RULE --until DATE --why TEXT | waive --end WAIVER --why TEXT",
              argc, argv, error);
}

/**
 * ch_ctl_exempt:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words
 *
 * `exempt --sub ID [--project ID] --until DATE --why TEXT`: a recorded exception from everything, with an end;
 * `exempt --end WAIVER --why TEXT` takes it back.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_exempt (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  return run (ctl, FALSE, "exempt --sub ID [--project ID] --until DATE --why TEXT | exempt --end WAIVER --why TEXT", argc,
              argv, error);
}

/**
 * ch_ctl_waivers:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the database can't be read
 *
 * `waivers [--sub ID] [--project ID]`: the exceptions, ended ones too.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_waivers (ChCtl   *ctl,
                int      argc,
                char   **argv,
                GError **error)
{
  static const char *const columns[] = { "waiver", "sub", "project", "rule", "until", "why", "given_by", "ended_at", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) waivers = NULL;
  g_autofree char *sub = NULL;
  g_autofree char *project = NULL;
  gint64 vendor_id = 0;
  gint64 project_id = 0;
  ChStore *store;
  guint i;
  const GOptionEntry entries[] = {
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("waivers [--sub ID] [--project ID]", entries, &argc, &argv, error)
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error))
      || (project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error)))
    return CH_EXIT_USAGE;

  store = ch_ctl_get_store (ctl, error);
  waivers = store != NULL ? ch_store_list_waivers (store, vendor_id, project_id, error) : NULL;
  if (waivers == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < waivers->len; i++)
    json_array_add_object_element (records, make_record (g_ptr_array_index (waivers, i)));
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("No waivers or exemptions."));
  return CH_EXIT_DONE;
}
