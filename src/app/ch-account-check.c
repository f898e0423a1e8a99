#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-account-check.h"

#include "ch-http-transport.h"

#include <glib/gi18n-lib.h>

typedef struct {
  ChPlace *place;
  ChAuth  *auth;
  gint64   company_id;
} CheckOp;

static void
check_op_free (gpointer data)
{
  CheckOp *op = data;

  ch_place_free (op->place);
  g_object_unref (op->auth);
  g_free (op);
}

void
ch_account_check_free (ChAccountCheck *self)
{
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const CheckOp *op = task_data;
  g_autoptr(ChTransport) transport = CH_TRANSPORT (ch_http_transport_new ());
  g_autoptr(ChProcore) procore = ch_procore_new (op->place, op->auth, transport);
  g_autoptr(ChAccountCheck) check = g_new0 (ChAccountCheck, 1);
  GError *error = NULL;

  ch_procore_set_company_id (procore, op->company_id);
  check->checks = ch_doctor_run (procore, &check->tier, cancellable, &error);
  if (check->checks != NULL)
    g_task_return_pointer (task, g_steal_pointer (&check), (GDestroyNotify)ch_account_check_free);
  else
    g_task_return_error (task, error);
}

/**
 * ch_account_check_async:
 * @account: an account
 * @cancellable: (nullable): ends it early
 * @callback: gets the result
 * @user_data: for @callback
 */
void
ch_account_check_async (ChAccount           *account,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (account, cancellable, callback, user_data);
  const ChPlace *place = ch_account_get_place (account);
  CheckOp *op;

  g_task_set_name (task, "ch_account_check");
  if (!ch_account_is_signed_in (account) || ch_account_get_company_id (account) == 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "%s",
                               _("Sign in to Procore and choose the company first."));
      return;
    }

  op = g_new0 (CheckOp, 1);
  op->place = ch_place_new (place->api_url, place->login_url);
  op->auth = g_object_ref (ch_account_get_auth (account));
  op->company_id = ch_account_get_company_id (account);
  g_task_set_task_data (task, op, check_op_free);
  g_task_run_in_thread (task, check_in_thread);
}

ChAccountCheck *
ch_account_check_finish (ChAccount     *account,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
