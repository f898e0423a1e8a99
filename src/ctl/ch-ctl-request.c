#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-correction-request.h"
#include "ch-ctl-output.h"

#include <glib/gi18n-lib.h>

static void
set_list (JsonObject *record,
          const char *member,
          GPtrArray  *texts)
{
  JsonArray *list = json_array_new ();
  guint i;

  for (i = 0; i < texts->len; i++)
    json_array_add_string_element (list, g_ptr_array_index (texts, i));
  json_object_set_array_member (record, member, list);
}

static void
print_request (gboolean                   json,
               const char                *certificate,
               gint64                     vendor_id,
               const ChCorrectionRequest *request)
{
  g_autofree char *mailto = ch_correction_request_dup_mailto (request);
  JsonObject *record;

  if (!json)
    {
      g_autofree char *text = ch_correction_request_dup_text (request);

      g_print ("%s\n%s\n", text, mailto);
      return;
    }

  record = json_object_new ();
  ch_ctl_set_text (record, "certificate", certificate);
  json_object_set_int_member (record, "sub", vendor_id);
  set_list (record, "to", request->to);
  set_list (record, "cc", request->cc);
  json_object_set_string_member (record, "subject", request->subject);
  json_object_set_string_member (record, "body", request->body);
  set_list (record, "findings", request->findings);
  json_object_set_string_member (record, "mailto", mailto);
  ch_ctl_print_record (TRUE, record);
}

/**
 * ch_ctl_request:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why there is nothing to ask for
 *
 * `request CERT` or `request --sub ID [--project ID]`: prints a letter that asks the broker or the sub for what is
 * missing. Nothing is sent: a person does that, with a mail program.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_request (ChCtl   *ctl,
                int      argc,
                char   **argv,
                GError **error)
{
  g_autoptr (ChFiledCertificate) filed = NULL;
  g_autoptr (ChCorrectionRequest) request = NULL;
  g_autofree char *sub = NULL;
  g_autofree char *project = NULL;
  gint64 vendor_id = 0;
  gint64 project_id = 0;
  ChDesk *desk;
  const GOptionEntry entries[] = {
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("request CERT | request --sub ID [--project ID]", entries, &argc, &argv, error)
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &vendor_id, error))
      || (project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error)))
    return CH_EXIT_USAGE;
  if (argc > 2 || (argc == 2) == (sub != NULL) || (argc == 2 && project != NULL))
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("give one certificate, or --sub ID and perhaps --project ID"));
      return CH_EXIT_USAGE;
    }

  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL)
    return CH_EXIT_LOCAL;
  if (argc == 2)
    {
      filed = ch_store_find_certificate (ch_desk_get_store (desk), argv[1], error);
      if (filed == NULL)
        return CH_EXIT_USAGE;
      vendor_id = filed->vendor_id;
      request = ch_desk_draft_correction (desk, filed->id, error);
    }
  else
    {
      request = ch_desk_draft_request_to_sub (desk, vendor_id, project_id, error);
    }
  if (request == NULL || !ch_desk_note_request (desk, filed != NULL ? filed->id : 0, vendor_id, request, error))
    return CH_EXIT_LOCAL;

  print_request (ch_ctl_wants_json (ctl), filed != NULL ? filed->uuid : NULL, vendor_id, request);
  return CH_EXIT_DONE;
}
