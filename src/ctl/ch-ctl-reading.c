#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include <inttypes.h>

#include "ch-ctl.h"

#include "ch-ctl-matches.h"
#include "ch-ctl-output.h"
#include "ch-ctl-read.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

typedef struct {
  ChCtl     *ctl;
  guint      n_printed;
  guint      n_unread;
  /* `add` */
  ChFiling   filing;
  JsonArray *records;
  guint      n_unmatched;
} Run;

static void
complain (Run                 *run,
          const ChFileReading *read)
{
  run->n_unread++;
  g_printerr ("certholderctl: %s: %s\n", read->file, read->error->message);
}

/* A JSON array that is printed as it comes: a thousand files need no more memory than one. */
static void
print_element (Run        *run,
               JsonObject *record)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, record);
  text = json_to_string (node, TRUE);
  g_print ("%s%s", run->n_printed++ == 0 ? "[\n" : ",\n", text);
}

static void
print_as_text (const ChFileReading *read,
               const ChCertificate *certificate,
               double               confidence)
{
  guint i;

  g_print ("%s\n  %s %s · %s · %.0f %%\n", read->file, certificate->form != NULL ? certificate->form : "?",
           certificate->edition != NULL ? certificate->edition : "",
           certificate->insured_name != NULL ? certificate->insured_name : "?", confidence * 100);
  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);
      g_autofree char *from = policy->effective != CH_DATE_NONE ? ch_date_to_iso (policy->effective) : g_strdup ("?");
      g_autofree char *until = policy->expiration != CH_DATE_NONE ? ch_date_to_iso (policy->expiration) : g_strdup ("?");
      int limit;

      g_print ("  %-22s %-24s %s → %s\n",
               policy->coverage == CH_COVERAGE_OTHER && policy->coverage_text != NULL
                 ? policy->coverage_text
                 : ch_coverage_to_string (policy->coverage),
               policy->policy_number != NULL ? policy->policy_number : "?", from, until);
      for (limit = 0; limit < CH_N_LIMITS; limit++)
        {
          if (policy->limits[limit] != CH_MONEY_ABSENT)
            g_print ("    %-44s %15" G_GINT64_MODIFIER "d\n", ch_limit_to_string (limit), policy->limits[limit]);
        }
    }
}

static gboolean
on_file_read_cb (const ChFileReading *read,
                 gpointer             user_data,
                 GError             **error)
{
  Run *run = user_data;
  gboolean json = ch_ctl_wants_json (run->ctl);
  guint i;

  if (read->error != NULL)
    {
      complain (run, read);
      if (json)
        {
          JsonObject *record = json_object_new ();

          json_object_set_string_member (record, "file", read->file);
          ch_ctl_set_text (record, "sha256", read->sha256);
          json_object_set_string_member (record, "error", read->error->message);
          json_object_set_double_member (record, "seconds", read->seconds);
          print_element (run, record);
        }
      return TRUE;
    }

  for (i = 0; i < read->reading->certificates->len; i++)
    {
      const ChCertificate *certificate = g_ptr_array_index (read->reading->certificates, i);
      JsonObject *record;

      if (!json)
        {
          print_as_text (read, certificate, read->reading->confidence);
          continue;
        }
      record = json_object_new ();
      json_object_set_string_member (record, "file", read->file);
      json_object_set_string_member (record, "sha256", read->sha256);
      json_object_set_member (record, "certificate", ch_certificate_to_json (certificate));
      json_object_set_double_member (record, "confidence", read->reading->confidence);
      json_object_set_double_member (record, "seconds", read->seconds);
      print_element (run, record);
    }
  return TRUE;
}

static gboolean
check_files (int      argc,
             GError **error)
{
  if (argc >= 2)
    return TRUE;

  g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("name at least one FILE"));
  return FALSE;
}

/**
 * ch_ctl_read:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words
 *
 * `read FILE…`: reads certificates and stores nothing.
 *
 * Returns: the exit status; %CH_EXIT_NEEDS_PERSON where a file could not be read
 */
ChExit
ch_ctl_read (ChCtl   *ctl,
             int      argc,
             char   **argv,
             GError **error)
{
  Run run = { .ctl = ctl };
  gboolean json = ch_ctl_wants_json (ctl);
  gboolean read_all;

  if (!ch_ctl_parse ("read FILE…", NULL, &argc, &argv, error) || !check_files (argc, error))
    return CH_EXIT_USAGE;

  /* Where the JSON goes to the same terminal, what is told between its lines would break it. */
  read_all = ch_ctl_read_files (argv + 1, !json || isatty (STDOUT_FILENO) == 0, ch_ctl_get_cancellable (ctl),
                                on_file_read_cb, &run, error);
  if (json)
    g_print ("%s\n", run.n_printed == 0 ? "[]" : "\n]");
  if (!read_all)
    return CH_EXIT_LOCAL;
  return run.n_unread > 0 ? CH_EXIT_NEEDS_PERSON : CH_EXIT_DONE;
}

/* A person said whose it is, and it is on file as somebody else's: that is not changed in passing. */
static gboolean
check_sub (Run                      *run,
           const char               *file,
           const ChFiledCertificate *filed)
{
  if (run->filing.vendor_id == 0 || filed->vendor_id == run->filing.vendor_id)
    return TRUE;

  g_printerr (_ ("certholderctl: %s: it is on file already, as a certificate of sub %" PRId64 "\n"
                 "hint: “certholderctl review %s --sub %" PRId64 "” says whose it is\n"),
              file, filed->vendor_id, filed->uuid, run->filing.vendor_id);
  return FALSE;
}

static gboolean
add_record (Run                      *run,
            const char               *file,
            const ChFiledCertificate *filed,
            GError                  **error)
{
  ChStore *store = ch_desk_get_store (ch_ctl_get_desk (run->ctl, NULL));
  JsonObject *record = json_object_new ();
  JsonArray *projects = json_array_new ();
  guint i;

  json_array_add_object_element (run->records, record);
  json_object_set_string_member (record, "certificate", filed->uuid);
  json_object_set_string_member (record, "file", file);
  if (filed->vendor_id != 0)
    json_object_set_int_member (record, "sub", filed->vendor_id);
  if (filed->vendor_id == 0 || !check_sub (run, file, filed))
    run->n_unmatched++;
  ch_ctl_set_text (record, "matched_by", filed->matched_by);
  json_object_set_string_member (record, "status", ch_review_state_to_string (filed->review));
  ch_ctl_set_text (record, "first_approved_by", filed->first_approved_by);
  ch_ctl_set_text (record, "duplicate", ch_duplicate_to_string (filed->duplicate));
  if (filed->duplicate != CH_DUPLICATE_NONE)
    json_object_set_string_member (record, "duplicate_of", filed->uuid);
  ch_ctl_set_text (record, "problem", filed->read_problem);
  for (i = 0; i < filed->project_ids->len; i++)
    json_array_add_int_element (projects, g_array_index (filed->project_ids, gint64, i));
  json_object_set_array_member (record, "projects", projects);
  return ch_ctl_set_matches (record, store, filed->id, error);
}

static gboolean
on_file_to_add_cb (const ChFileReading *read,
                   gpointer             user_data,
                   GError             **error)
{
  Run *run = user_data;
  ChDesk *desk = ch_ctl_get_desk (run->ctl, error);
  g_autofree char *base_name = g_path_get_basename (read->file);
  g_autofree char *sha256 = NULL;
  g_autoptr (GPtrArray) filed = NULL;
  int fd;
  guint i;

  if (desk == NULL)
    return FALSE;
  if (read->error != NULL)
    complain (run, read);
  /* A file that could not be opened, or is far too big to be a certificate, is not taken in. */
  if (read->sha256 == NULL || g_error_matches (read->error, CH_READER_ERROR, CH_READER_ERROR_TOO_LARGE)
      || g_error_matches (read->error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF)
      || g_error_matches (read->error, CH_READER_ERROR, CH_READER_ERROR_NO_HELPER))
    return TRUE;

  fd = open (read->file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", read->file, g_strerror (errno));
      return FALSE;
    }
  sha256 = ch_store_put_document_fd (ch_desk_get_store (desk), fd, NULL, ch_ctl_get_cancellable (run->ctl), error);
  close (fd);
  if (sha256 == NULL)
    return FALSE;

  run->filing.file_name = base_name;
  run->filing.sha256 = sha256;
  filed = ch_desk_file_document (desk, &run->filing, read->reading, read->error, error);
  if (filed == NULL)
    return FALSE;

  for (i = 0; i < filed->len; i++)
    {
      if (!add_record (run, read->file, g_ptr_array_index (filed, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Before the first file is read: an id that nobody knows is a slip of the hand. */
static gboolean
check_known (ChCtl    *ctl,
             gint64    vendor_id,
             GArray   *project_ids,
             GError  **error)
{
  ChStore *store = ch_ctl_get_store (ctl, error);
  g_autoptr (ChVendor) vendor = NULL;
  guint i;

  if (store == NULL || (vendor_id != 0 && (vendor = ch_store_get_vendor (store, vendor_id, error)) == NULL))
    return FALSE;
  for (i = 0; i < project_ids->len; i++)
    {
      g_autoptr (ChProject) project = ch_store_get_project (store, g_array_index (project_ids, gint64, i), error);

      if (project == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * ch_ctl_add:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why something can't be stored
 *
 * `add FILE… [--sub ID] [--project ID]… [--approve]`: stores, reads and matches certificates.
 *
 * Returns: the exit status; %CH_EXIT_NEEDS_PERSON where a file could not be read or a sub was not found
 */
ChExit
ch_ctl_add (ChCtl   *ctl,
            int      argc,
            char   **argv,
            GError **error)
{
  static const char *const columns[] = { "certificate", "file", "sub", "matched_by", "status", "duplicate", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GArray) project_ids = NULL;
  g_autofree char *sub = NULL;
  g_auto (GStrv) projects = NULL;
  Run run = { .ctl = ctl, .records = records };
  gboolean read_all;
  const GOptionEntry entries[] = {
    { "sub", 0, 0, G_OPTION_ARG_STRING, &sub, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING_ARRAY, &projects, NULL, NULL },
    { "approve", 0, 0, G_OPTION_ARG_NONE, &run.filing.approve, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("add FILE… [--sub ID] [--project ID]… [--approve]", entries, &argc, &argv, error)
      || !check_files (argc, error)
      || (sub != NULL && !ch_ctl_parse_id (sub, "--sub", &run.filing.vendor_id, error)))
    return CH_EXIT_USAGE;
  project_ids = ch_ctl_parse_ids (projects, "--project", error);
  if (project_ids == NULL)
    return CH_EXIT_USAGE;
  run.filing.project_ids = project_ids;
  if (!check_known (ctl, run.filing.vendor_id, project_ids, error))
    return CH_EXIT_LOCAL;

  read_all = ch_ctl_read_files (argv + 1, TRUE, ch_ctl_get_cancellable (ctl), on_file_to_add_cb, &run, error);
  /* Those that were on file before it was stopped are named. */
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns, _ ("Nothing was added."));
  if (!read_all)
    return CH_EXIT_LOCAL;
  return run.n_unread > 0 || run.n_unmatched > 0 ? CH_EXIT_NEEDS_PERSON : CH_EXIT_DONE;
}
