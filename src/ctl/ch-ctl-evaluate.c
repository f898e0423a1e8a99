#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-interchange.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

/* Whole of a file, or of standard input where it is `-`. */
static char *
load_text (const char *file,
           gsize      *length,
           GError    **error)
{
  char *text = NULL;

  if (g_str_equal (file, "-"))
    {
      g_autoptr (GIOChannel) channel = g_io_channel_unix_new (STDIN_FILENO);

      g_io_channel_set_encoding (channel, NULL, NULL);
      return g_io_channel_read_to_end (channel, &text, length, error) == G_IO_STATUS_NORMAL ? text : NULL;
    }
  return g_file_get_contents (file, &text, length, error) ? text : NULL;
}

/* On standard error, so that the verdict is still one JSON value. */
static void
tell_of_unknown (JsonNode *input)
{
  g_autoptr (GPtrArray) unknown = ch_evaluate_list_unknown (input);
  guint i;

  for (i = 0; i < unknown->len; i++)
    g_printerr (_ ("certholderctl: evaluate: “%s” is not a known member and was left alone\n"),
                (const char *) g_ptr_array_index (unknown, i));
}

static gboolean
needs_person (JsonObject *verdict)
{
  JsonArray *findings = json_object_get_array_member (verdict, "findings");
  guint i;

  for (i = 0; i < json_array_get_length (findings); i++)
    {
      JsonObject *finding = json_array_get_object_element (findings, i);

      if (!json_object_get_boolean_member_with_default (finding, "waived", FALSE)
          && g_strcmp0 (json_object_get_string_member (finding, "severity"), "warning") != 0)
        return TRUE;
    }
  return FALSE;
}

static void
print_verdict (JsonObject *verdict)
{
  static const char *const columns[] = { "severity", "rule", "expected", "found", "text", NULL };
  const char *changes_on = json_object_get_string_member_with_default (verdict, "changes_on", NULL);

  g_print ("%s\n", json_object_get_string_member (verdict, "status"));
  if (changes_on != NULL)
    g_print (_ ("changes by itself on %s\n"), changes_on);
  ch_ctl_print_records (FALSE, json_object_get_array_member (verdict, "findings"), columns, _ ("No findings."));
}

/**
 * ch_ctl_evaluate:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the file
 *
 * `evaluate FILE [--today DATE]`: judges what the file says.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_evaluate (ChCtl   *ctl,
                 int      argc,
                 char   **argv,
                 GError **error)
{
  g_autofree char *today = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (JsonNode) output = NULL;
  ChDate day = CH_DATE_NONE;
  gsize length = 0;
  const GOptionEntry entries[] = {
    { "today", 0, 0, G_OPTION_ARG_STRING, &today, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("evaluate FILE [--today DATE]", entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("give one FILE, or - for standard input"));
      return CH_EXIT_USAGE;
    }
  if (today != NULL && (day = ch_date_from_iso (today)) == CH_DATE_NONE)
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("“%s” is no date: write YYYY-MM-DD"), today);
      return CH_EXIT_USAGE;
    }

  text = load_text (argv[1], &length, error);
  if (text == NULL)
    return CH_EXIT_USAGE;
  input = ch_json_parse (text, length, error);
  if (input == NULL)
    return CH_EXIT_USAGE;
  output = ch_evaluate_json (input, day, error);
  if (output == NULL)
    return CH_EXIT_USAGE;

  tell_of_unknown (input);
  if (ch_ctl_wants_json (ctl))
    ch_ctl_print_json (output);
  else
    print_verdict (json_node_get_object (output));
  return needs_person (json_node_get_object (output)) ? CH_EXIT_NEEDS_PERSON : CH_EXIT_DONE;
}
