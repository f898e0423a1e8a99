#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-desk-review.h"
#include "ch-state-writer.h"

typedef struct {
  GHashTable *values;   /* (element-type utf8 utf8) */
  gboolean    judge;
} WriteOp;

static void
write_op_free (gpointer data)
{
  WriteOp *op = data;

  g_hash_table_unref (op->values);
  g_free (op);
}

static gboolean
write_all (ChDesk   *desk,
           WriteOp  *op,
           GError  **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, op->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!ch_desk_change_setting (desk, name, value, error))
        return FALSE;
    }

  return !op->judge || ch_desk_judge (desk, 0, 0, NULL, error);
}

/* The answer is nothing; whether it went well is in the error. */
static gpointer
write_in_worker (ChDesk        *desk,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autofree char *who = g_strconcat ("desk:", g_get_user_name (), NULL);

  if (!ch_store_begin (store, who, ch_clock_now (ch_desk_get_clock (desk)), error))
    return NULL;
  if (!write_all (desk, data, error) || !ch_store_commit (store, error))
    {
      if (ch_store_in_transaction (store))
        ch_store_rollback (store);
    }

  return NULL;
}

/**
 * ch_state_write_async:
 * @worker: the desk
 * @values: (element-type utf8 utf8): value by name
 * @judge: whether what is said in Procore depends on them: everything is then judged anew in the same transaction
 * @cancellable: (nullable): ends it early
 * @callback: gets the result
 * @user_data: for @callback
 */
void
ch_state_write_async (ChDeskWorker        *worker,
                      GHashTable          *values,
                      gboolean             judge,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  WriteOp *op;

  g_return_if_fail (CH_IS_DESK_WORKER (worker));
  g_return_if_fail (values != NULL);

  op = g_new0 (WriteOp, 1);
  op->values = g_hash_table_ref (values);
  op->judge = judge;
  ch_desk_worker_run_async (worker, write_in_worker, op, write_op_free, NULL, cancellable, callback, user_data);
}

gboolean
ch_state_write_finish (ChDeskWorker  *worker,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_autoptr(GError) local_error = NULL;

  ch_desk_worker_run_finish (worker, result, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
