#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-exception-acts.h"

#include "ch-desk-exceptions.h"
#include "ch-page.h"
#include "ch-reason-dialog.h"
#include "ch-undo.h"
#include "ch-waiver-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *uuid;
  char *why;
} EndOp;

static EndOp *
end_op_new (const char *uuid,
            const char *why)
{
  EndOp *op = g_new0 (EndOp, 1);

  op->uuid = g_strdup (uuid);
  op->why = g_strdup (why);

  return op;
}

static void
end_op_free (gpointer data)
{
  EndOp *op = data;

  g_free (op->uuid);
  g_free (op->why);
  g_free (op);
}

/* The answer is nothing; whether it went well is in the error. */
static gpointer
end_waiver_in_worker (ChDesk        *desk,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const EndOp *op = data;

  ch_desk_end_waiver (desk, op->uuid, op->why, error);

  return NULL;
}

static void
on_waiver_given_cb (ChWaiverDialog *dialog,
                    const char     *uuid,
                    const char     *label,
                    GtkWidget      *page)
{
  g_autofree char *text = g_strdup_printf (_("Recorded: %s"), label);

  ch_undo_offer_in (page, text, end_waiver_in_worker, end_op_new (uuid, _("Taken back at once")),
                    end_op_free);
}

static void
on_waiver_ended_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GtkWidget) page = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  gtk_widget_activate_action (page, "win.tell", "s",
                              error != NULL ? error->message : _("The exception is taken back"));
}

static void
on_end_reason_given_cb (ChReasonDialog *dialog,
                        const char     *why,
                        GtkWidget      *page)
{
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (page))), end_waiver_in_worker,
                            end_op_new (g_object_get_data (G_OBJECT (dialog), "ch-uuid"), why), end_op_free, NULL, NULL,
                            on_waiver_ended_cb, g_object_ref (page));
}

/**
 * ch_exception_give:
 * @page: the #ChPage that asks, and that offers to take it back at once
 * @office: the office
 * @file: what the sub has
 * @project_id: chosen at first, 0 for every project
 * @rule: (nullable): chosen at first
 *
 * Asks for the rest in a dialog.
 */
void
ch_exception_give (GtkWidget       *page,
                   ChOffice        *office,
                   const ChSubFile *file,
                   gint64           project_id,
                   const char      *rule)
{
  GtkWindow *dialog = ch_waiver_dialog_new (GTK_WINDOW (gtk_widget_get_root (page)), office, file, project_id, rule);

  g_signal_connect_object (dialog, "given", G_CALLBACK (on_waiver_given_cb), page, 0);
  gtk_window_present (dialog);
}

/**
 * ch_exception_end:
 * @page: the #ChPage that asks
 * @office: the office
 * @uuid: the exception
 *
 * Asks for the reason in a dialog.
 */
void
ch_exception_end (GtkWidget  *page,
                  ChOffice   *office,
                  const char *uuid)
{
  GtkWindow *dialog = ch_reason_dialog_new (GTK_WINDOW (gtk_widget_get_root (page)), _("End this exception?"),
                                            _("What was waived counts again from now on. Say why; it is kept in the "
                                              "history."), _("_End"));

  g_object_set_data_full (G_OBJECT (dialog), "ch-uuid", g_strdup (uuid), g_free);
  g_signal_connect_object (dialog, "given", G_CALLBACK (on_end_reason_given_cb), page, 0);
  gtk_window_present (dialog);
}
