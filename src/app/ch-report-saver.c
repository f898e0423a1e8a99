#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-report-saver.h"

#include "ch-desk-report.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget    *widget;       /* (owned) */
  ChOffice     *office;       /* (owned) */
  gint64        project_id;
  ChReportKind  kind;
} Request;

typedef struct {
  gint64        project_id;
  ChReportKind  kind;
  GFile        *file;
} SaveOp;

static void
request_free (Request *request)
{
  g_object_unref (request->widget);
  g_object_unref (request->office);
  g_free (request);
}

static void
save_op_free (gpointer data)
{
  SaveOp *op = data;

  g_object_unref (op->file);
  g_free (op);
}

/* The answer is the file's address. The file is whole or as it was. */
static gpointer
save_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const SaveOp *op = data;
  g_autoptr(ChComplianceReport) report = ch_desk_make_report (desk, op->project_id, 0, error);
  g_autoptr(GBytes) bytes = NULL;

  if (report == NULL)
    return NULL;
  bytes = op->kind == CH_REPORT_PDF ? ch_compliance_report_to_pdf (report, error)
                                    : ch_compliance_report_to_csv (report);
  if (bytes == NULL)
    return NULL;

  return g_file_replace_contents (op->file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
                                  G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, error)
           ? g_file_get_uri (op->file) : NULL;
}

static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Request *request = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *address = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (address != NULL)
    {
      gtk_widget_activate_action (request->widget, "win.tell-opening", "(ss)", _("The report is saved"), address);
    }
  else
    {
      g_autofree char *text = g_strdup_printf (_("The report was not saved: %s"), error->message);

      gtk_widget_activate_action (request->widget, "win.tell", "s", text);
    }
  request_free (request);
}

static void
save_to (Request *request,
         GFile   *file)
{
  SaveOp *op = g_new0 (SaveOp, 1);

  op->project_id = request->project_id;
  op->kind = request->kind;
  op->file = g_object_ref (file);
  ch_desk_worker_run_async (ch_office_get_desk (request->office), save_in_worker, op, save_op_free, g_free, NULL,
                            on_saved_cb, request);
}

static void
on_response_cb (GtkNativeDialog *dialog,
                int              response,
                Request         *request)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      save_to (request, file);
    }
  else
    {
      request_free (request);
    }
  g_object_unref (dialog);
}

/* "Insurance of subs, Riverside Tower, 2026-11-23.pdf"; the day is ISO, so that files sort by it. */
static char *
dup_file_name (const Request *request,
               const char    *name)
{
  g_autofree char *day = ch_date_to_iso (ch_office_get_today (request->office));
  g_autofree char *whose = g_strdelimit (g_strdup (name != NULL ? name : _("all projects")), "/\\:", '-');

  /* Translators: a file's name: a project or "all projects", a day, and pdf or csv */
  return g_strdup_printf (_("Insurance of subs, %s, %s.%s"), whose, day, request->kind == CH_REPORT_PDF ? "pdf" : "csv");
}

static Request *
make_request (GtkWidget    *widget,
              ChOffice     *office,
              gint64        project_id,
              ChReportKind  kind)
{
  Request *request = g_new0 (Request, 1);

  request->widget = g_object_ref (widget);
  request->office = g_object_ref (office);
  request->project_id = project_id;
  request->kind = kind;

  return request;
}

/**
 * ch_report_save:
 * @widget: in the window that tells how it went
 * @office: the office
 * @project_id: 0 for the whole company
 * @name: (nullable): the project's name
 * @kind: what kind of file
 */
void
ch_report_save (GtkWidget    *widget,
                ChOffice     *office,
                gint64        project_id,
                const char   *name,
                ChReportKind  kind)
{
  Request *request;
  GtkFileChooserNative *chooser;
  g_autofree char *file_name = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (CH_IS_OFFICE (office));

  request = make_request (widget, office, project_id, kind);
  file_name = dup_file_name (request, name);
  chooser = gtk_file_chooser_native_new (_("Save report"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), file_name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * ch_report_save_to:
 * @widget: in the window that tells how it went
 * @office: the office
 * @project_id: 0 for the whole company
 * @kind: what kind of file
 * @file: where to; replaced
 */
void
ch_report_save_to (GtkWidget    *widget,
                   ChOffice     *office,
                   gint64        project_id,
                   ChReportKind  kind,
                   GFile        *file)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (CH_IS_OFFICE (office));
  g_return_if_fail (G_IS_FILE (file));

  save_to (make_request (widget, office, project_id, kind), file);
}
