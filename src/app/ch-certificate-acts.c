#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-acts.h"

#include "ch-undo.h"

typedef struct {
  gint64         id;
  ChReviewState  decision;
  char          *why;            /* (nullable) */
  GHashTable    *corrections;    /* (nullable) */
} DecideOp;

typedef struct {
  gint64  id;
  gint64  vendor_id;
  GArray *project_ids;
} AssignOp;

static void
decide_op_free (gpointer data)
{
  DecideOp *op = data;

  g_free (op->why);
  g_clear_pointer (&op->corrections, g_hash_table_unref);
  g_free (op);
}

static void
assign_op_free (gpointer data)
{
  AssignOp *op = data;

  g_array_unref (op->project_ids);
  g_free (op);
}

/* The answer of each is nothing; whether it went well is in the error. */

static gpointer
decide_in_worker (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  DecideOp *op = data;

  ch_desk_review_certificate (desk, op->id, op->decision, op->why, op->corrections, error);

  return NULL;
}

static gpointer
assign_in_worker (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  AssignOp *op = data;

  ch_desk_assign_certificate (desk, op->id, op->vendor_id, op->project_ids, error);

  return NULL;
}

static DecideOp *
decide_op_new (gint64         certificate_id,
               ChReviewState  decision,
               const char    *why,
               GHashTable    *corrections)
{
  DecideOp *op = g_new0 (DecideOp, 1);
  GHashTableIter iter;
  gpointer path, value;

  op->id = certificate_id;
  op->decision = decision;
  op->why = g_strdup (why);
  if (corrections == NULL)
    return op;

  /* the form goes on with its own */
  op->corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, corrections);
  while (g_hash_table_iter_next (&iter, &path, &value))
    g_hash_table_insert (op->corrections, g_strdup (path), g_strdup (value));

  return op;
}

static AssignOp *
assign_op_new (gint64  certificate_id,
               gint64  vendor_id,
               GArray *project_ids)
{
  AssignOp *op = g_new0 (AssignOp, 1);

  op->id = certificate_id;
  op->vendor_id = vendor_id;
  op->project_ids = project_ids != NULL ? g_array_copy (project_ids) : g_array_new (FALSE, FALSE, sizeof (gint64));

  return op;
}

/**
 * ch_certificate_decide_async:
 * @desk: the desk
 * @certificate_id: the certificate
 * @decision: approved, rejected, or pending to open it again
 * @why: (nullable): the reason of a rejection
 * @corrections: (nullable) (element-type utf8 utf8): value by path
 * @callback: gets the result
 * @user_data: for @callback
 */
void
ch_certificate_decide_async (ChDeskWorker        *desk,
                             gint64               certificate_id,
                             ChReviewState        decision,
                             const char          *why,
                             GHashTable          *corrections,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  ch_desk_worker_run_async (desk, decide_in_worker, decide_op_new (certificate_id, decision, why, corrections),
                            decide_op_free, NULL, NULL, callback, user_data);
}

void
ch_certificate_assign_async (ChDeskWorker        *desk,
                             gint64               certificate_id,
                             gint64               vendor_id,
                             GArray              *project_ids,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  ch_desk_worker_run_async (desk, assign_in_worker, assign_op_new (certificate_id, vendor_id, project_ids),
                            assign_op_free, NULL, NULL, callback, user_data);
}

gboolean
ch_certificate_act_finish (ChDeskWorker  *desk,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr(GError) local_error = NULL;

  ch_desk_worker_run_finish (desk, result, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
ch_certificate_offer_reopening (GtkWidget  *widget,
                                const char *text,
                                gint64      certificate_id)
{
  ch_undo_offer_in (widget, text, decide_in_worker, decide_op_new (certificate_id, CH_REVIEW_PENDING, NULL, NULL),
                    decide_op_free);
}

void
ch_certificate_offer_assigning (GtkWidget                *widget,
                                const char               *text,
                                const ChFiledCertificate *before)
{
  ch_undo_offer_in (widget, text, assign_in_worker,
                    assign_op_new (before->id, before->vendor_id, before->project_ids), assign_op_free);
}
