#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sign-in.h"

#include "ch-http-transport.h"
#include "ch-loopback-receiver.h"
#include "ch-procore.h"
#include "ch-state-writer.h"

#include <glib/gi18n-lib.h>

/* One act: a blocking part in a thread, then (nullable) settings to write, then the account starts anew. */
typedef struct _Act Act;
typedef gboolean (*ActFunc) (Act           *act,
                             GCancellable  *cancellable,
                             GError       **error);

struct _Act
{
  ActFunc             func;
  ChAuth             *auth;
  ChTokenStore       *tokens;
  ChPlace            *place;
  char               *code;
  char               *redirect_uri;
  char               *verifier;
  char               *secret;
  GHashTable         *settings;
  ChLoopbackReceiver *receiver;
};

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->auth);
  g_clear_object (&act->tokens);
  g_clear_object (&act->receiver);
  g_clear_pointer (&act->place, ch_place_free);
  g_clear_pointer (&act->settings, g_hash_table_unref);
  g_free (act->code);
  g_free (act->redirect_uri);
  g_free (act->verifier);
  g_free (act->secret);
  g_free (act);
}

static GTask *
act_new (ChAccount            *self,
         ActFunc               func,
         GCancellable         *cancellable,
         GAsyncReadyCallback   callback,
         gpointer              user_data,
         Act                 **act)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const ChPlace *place = ch_account_get_place (self);

  *act = g_new0 (Act, 1);
  (*act)->func = func;
  (*act)->place = ch_place_new (place->api_url, place->login_url);
  if (ch_account_get_auth (self) != NULL)
    (*act)->auth = g_object_ref (ch_account_get_auth (self));
  if (ch_account_get_token_store (self) != NULL)
    (*act)->tokens = g_object_ref (ch_account_get_token_store (self));
  g_task_set_task_data (task, *act, act_free);

  return task;
}

static void
finish_act (GTask *task)
{
  ch_account_start (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static void
on_settings_written_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!ch_state_write_finish (CH_DESK_WORKER (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  finish_act (task);
}

static void
write_settings (GTask *task)
{
  ChAccount *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);

  if (act->settings == NULL)
    {
      finish_act (task);
      return;
    }
  ch_state_write_async (ch_account_get_desk (self), act->settings, FALSE, g_task_get_cancellable (task),
                        on_settings_written_cb, g_object_ref (task));
}

static void
on_blocking_part_done_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  write_settings (task);
}

static void
act_in_thread (GTask        *thread_task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Act *act = task_data;
  GError *error = NULL;

  if (act->func (act, cancellable, &error))
    g_task_return_boolean (thread_task, TRUE);
  else
    g_task_return_error (thread_task, error);
}

static void
run_blocking_part (GTask *task)
{
  g_autoptr(GTask) thread_task = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task),
                                             on_blocking_part_done_cb, g_object_ref (task));

  /* The outer task outlives this one and owns the act. */
  g_task_set_task_data (thread_task, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (thread_task, act_in_thread);
}

static gboolean
fail_without_app (GTask *task,
                  Act   *act)
{
  if (act->auth != NULL)
    return FALSE;

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "%s",
                           _("Enter the client id of your Procore app first."));
  return TRUE;
}

static gboolean
save_secret (Act           *act,
             GCancellable  *cancellable,
             GError       **error)
{
  return act->secret == NULL || ch_token_store_save_client_secret (act->tokens, act->secret, cancellable, error);
}

/**
 * ch_account_configure_async:
 * @self: an account
 * @api_url: (nullable): where the API is, %NULL for production
 * @login_url: (nullable): where one signs in
 * @client_id: the id of the Procore app
 * @client_secret: (nullable): its secret, which goes to the Secret Service; %NULL keeps the one that is there
 * @cancellable: (nullable): ends it early
 * @callback: gets the result
 * @user_data: for @callback
 */
void
ch_account_configure_async (ChAccount           *self,
                            const char          *api_url,
                            const char          *login_url,
                            const char          *client_id,
                            const char          *client_secret,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));
  g_return_if_fail (client_id != NULL);

  task = act_new (self, save_secret, cancellable, callback, user_data, &act);
  g_clear_pointer (&act->place, ch_place_free);
  act->place = ch_place_new (api_url, login_url);
  if (!ch_place_check (act->place, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_object (&act->tokens);
  act->tokens = ch_token_store_new (act->place->login_url, client_id, FALSE);
  act->secret = client_secret != NULL && *client_secret != '\0' ? g_strdup (client_secret) : NULL;
  act->settings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (act->settings, (char *)"procore.api_url", g_strdup (act->place->api_url));
  g_hash_table_insert (act->settings, (char *)"procore.login_url", g_strdup (act->place->login_url));
  g_hash_table_insert (act->settings, (char *)"procore.client_id", g_strdup (client_id));
  run_blocking_part (task);
}

static gboolean
sign_in_with_code (Act           *act,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return ch_auth_sign_in_with_code (act->auth, act->code, act->redirect_uri, act->verifier, cancellable, error);
}

static void
on_redirected_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  GError *error = NULL;

  act->code = ch_loopback_receiver_wait_finish (CH_LOOPBACK_RECEIVER (object), result, &error);
  if (act->code == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  run_blocking_part (task);
}

/**
 * ch_account_sign_in_by_browser_async:
 * @self: an account
 * @open: shows the address, before this function returns
 * @open_data: for @open
 * @cancellable: (nullable): ends the wait for the browser
 * @callback: gets the result
 * @user_data: for @callback
 */
void
ch_account_sign_in_by_browser_async (ChAccount           *self,
                                     ChOpenAddressFunc    open,
                                     gpointer             open_data,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *address = NULL;
  GError *error = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));
  g_return_if_fail (open != NULL);

  task = act_new (self, sign_in_with_code, cancellable, callback, user_data, &act);
  if (fail_without_app (task, act))
    return;

  act->receiver = ch_loopback_receiver_new (0, &error);
  if (act->receiver == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  act->redirect_uri = g_strdup (ch_loopback_receiver_get_redirect_uri (act->receiver));
  address = ch_auth_dup_authorize_url (act->auth, act->redirect_uri, ch_loopback_receiver_get_state (act->receiver),
                                       &act->verifier);
  ch_loopback_receiver_wait_async (act->receiver, cancellable, on_redirected_cb, g_object_ref (task));
  open (address, open_data);
}

/**
 * ch_account_dup_code_address:
 * @self: an account
 * @verifier: (out) (transfer full): to be given back with the code
 *
 * Returns: (transfer full) (nullable): the address at which Procore shows a code; %NULL where no app is set up
 */
char *
ch_account_dup_code_address (ChAccount  *self,
                             char      **verifier)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  if (ch_account_get_auth (self) == NULL)
    return NULL;

  return ch_auth_dup_authorize_url (ch_account_get_auth (self), CH_AUTH_REDIRECT_OOB, NULL, verifier);
}

void
ch_account_sign_in_by_code_async (ChAccount           *self,
                                  const char          *code,
                                  const char          *verifier,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));
  g_return_if_fail (code != NULL);

  task = act_new (self, sign_in_with_code, cancellable, callback, user_data, &act);
  if (fail_without_app (task, act))
    return;

  act->code = g_strdup (code);
  act->verifier = g_strdup (verifier);
  act->redirect_uri = g_strdup (CH_AUTH_REDIRECT_OOB);
  run_blocking_part (task);
}

static gboolean
sign_in_as_service (Act           *act,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return ch_auth_sign_in_with_client_credentials (act->auth, cancellable, error);
}

void
ch_account_sign_in_as_service_async (ChAccount           *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));

  task = act_new (self, sign_in_as_service, cancellable, callback, user_data, &act);
  if (!fail_without_app (task, act))
    run_blocking_part (task);
}

static gboolean
sign_out (Act           *act,
          GCancellable  *cancellable,
          GError       **error)
{
  return ch_auth_sign_out (act->auth, cancellable, error);
}

void
ch_account_sign_out_async (ChAccount           *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));

  task = act_new (self, sign_out, cancellable, callback, user_data, &act);
  if (fail_without_app (task, act))
    return;

  /* The worker must not ask for a token while it is taken away. */
  ch_account_stop (self);
  run_blocking_part (task);
}

void
ch_account_choose_company_async (ChAccount           *self,
                                 gint64               company_id,
                                 const char          *company_name,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));

  task = act_new (self, NULL, cancellable, callback, user_data, &act);
  act->settings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (act->settings, (char *)"company_id", g_strdup_printf ("%" G_GINT64_FORMAT, company_id));
  g_hash_table_insert (act->settings, (char *)"company_name", g_strdup (company_name));
  write_settings (task);
}

gboolean
ch_account_act_finish (ChAccount     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
list_companies_in_thread (GTask        *task,
                          gpointer      source_object,
                          gpointer      task_data,
                          GCancellable *cancellable)
{
  Act *act = task_data;
  g_autoptr(ChTransport) transport = CH_TRANSPORT (ch_http_transport_new ());
  g_autoptr(ChProcore) procore = ch_procore_new (act->place, act->auth, transport);
  GError *error = NULL;
  GPtrArray *companies = ch_procore_list_companies (procore, cancellable, &error);

  if (companies != NULL)
    g_task_return_pointer (task, companies, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
ch_account_list_companies_async (ChAccount           *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Act *act;

  g_return_if_fail (CH_IS_ACCOUNT (self));

  task = act_new (self, NULL, cancellable, callback, user_data, &act);
  if (!fail_without_app (task, act))
    g_task_run_in_thread (task, list_companies_in_thread);
}

GPtrArray *
ch_account_list_companies_finish (ChAccount     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
