#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-desk-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SYNOPSIS "report [--project ID] [--as-of T] -o FILE.pdf|.csv"

typedef enum {
  KIND_UNKNOWN,
  KIND_PDF,
  KIND_CSV,
} Kind;

static Kind
get_kind (const char *file)
{
  const char *dot = strrchr (file, '.');

  if (dot != NULL && g_ascii_strcasecmp (dot, ".pdf") == 0)
    return KIND_PDF;
  return dot != NULL && g_ascii_strcasecmp (dot, ".csv") == 0 ? KIND_CSV : KIND_UNKNOWN;
}

static gboolean
write_report (const ChComplianceReport *report,
              const char               *file,
              GError                  **error)
{
  g_autoptr (GBytes) bytes = get_kind (file) == KIND_PDF ? ch_compliance_report_to_pdf (report, error)
                                                         : ch_compliance_report_to_csv (report);

  return bytes != NULL
         && g_file_set_contents (file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

/**
 * ch_ctl_report:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the report can't be made
 *
 * `report [--project ID] [--as-of T] -o FILE.pdf|.csv`: the compliance report of a project or of the company, now or as
 * it stood at T. The file is whole or not there.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_report (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  g_autoptr (ChComplianceReport) report = NULL;
  g_autofree char *project = NULL;
  g_autofree char *as_of = NULL;
  g_autofree char *file = NULL;
  JsonObject *record;
  gint64 project_id = 0;
  gint64 at = 0;
  ChDesk *desk;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &as_of, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse (SYNOPSIS, entries, &argc, &argv, error)
      || (project != NULL && !ch_ctl_parse_id (project, "--project", &project_id, error))
      || (as_of != NULL && !ch_ctl_parse_instant (as_of, TRUE, &at, error)))
    return CH_EXIT_USAGE;
  if (argc != 1 || file == NULL || get_kind (file) == KIND_UNKNOWN)
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), SYNOPSIS);
      return CH_EXIT_USAGE;
    }

  desk = ch_ctl_get_desk (ctl, error);
  /* What lapsed while no program was running is judged before it is told. */
  if (desk == NULL || (at == 0 && !ch_desk_judge_lapsed (desk, NULL, error)))
    return CH_EXIT_LOCAL;
  report = ch_desk_make_report (desk, project_id, at, error);
  if (report == NULL || !write_report (report, file, error))
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_string_member (record, "file", file);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), record);
  return CH_EXIT_DONE;
}
