#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-account.h"

#include "ch-http-transport.h"
#include "ch-procore.h"
#include "ch-webhook-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ChAccount
{
  GObject         parent_instance;

  ChStore        *store;        /* the main thread's */
  ChDeskWorker   *desk;
  ChChangeHub    *hub;
  ChClock        *clock;

  ChAccountState  state;
  char           *problem;
  ChPlace        *place;
  char           *client_id;
  gint64          company_id;
  char           *company_name;
  char           *webhook_listen;      /* (nullable): where Procore's events arrive on this machine */
  char           *webhook_url;         /* (nullable): the address by which Procore reaches that */
  gboolean        is_from_environment;
  gint64          shown_project;
  gint64          shown_vendor;

  ChTokenStore   *tokens;
  ChAuth         *auth;
  ChWorker       *worker;       /* NULL unless CH_ACCOUNT_RUNNING */
  GCancellable   *cancellable;  /* of the start under way */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChAccount, ch_account, G_TYPE_OBJECT)

/* What a start has to find out away from the main thread: the Secret Service and the network may take their time. */
typedef struct {
  ChPlace      *place;
  char         *client_id;
  char         *given_secret;
  gint64        company_id;
  gboolean      wants_webhooks;

  ChTokenStore *tokens;
  ChAuth       *auth;
  char         *webhook_secret;       /* (nullable) */
  gboolean      is_signed_in;
  GPtrArray    *companies;     /* (nullable) (element-type ChCompany): asked for only where none is chosen */
} StartOp;

static void
start_op_free (gpointer data)
{
  StartOp *op = data;

  ch_place_free (op->place);
  g_free (op->client_id);
  g_free (op->given_secret);
  if (op->webhook_secret != NULL)
    explicit_bzero (op->webhook_secret, strlen (op->webhook_secret));
  g_free (op->webhook_secret);
  g_clear_object (&op->tokens);
  g_clear_object (&op->auth);
  g_clear_pointer (&op->companies, g_ptr_array_unref);
  g_free (op);
}

static void
clear_session (ChAccount *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->worker != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->worker, self);
      ch_worker_stop (self->worker);
    }
  g_clear_object (&self->worker);
  g_clear_object (&self->auth);
  g_clear_object (&self->tokens);
}

static void
ch_account_dispose (GObject *object)
{
  ChAccount *self = (ChAccount *)object;

  g_assert (self->worker == NULL);   /* ch_account_stop() came first */
  clear_session (self);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (ch_account_parent_class)->dispose (object);
}

static void
ch_account_finalize (GObject *object)
{
  ChAccount *self = (ChAccount *)object;

  g_free (self->problem);
  g_free (self->client_id);
  g_free (self->company_name);
  g_free (self->webhook_listen);
  g_free (self->webhook_url);
  g_clear_pointer (&self->place, ch_place_free);

  G_OBJECT_CLASS (ch_account_parent_class)->finalize (object);
}

static void
ch_account_class_init (ChAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_account_dispose;
  object_class->finalize = ch_account_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
ch_account_init (ChAccount *self)
{
}

static void
set_state (ChAccount      *self,
           ChAccountState  state,
           const char     *problem)
{
  self->state = state;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
dup_setting (ChAccount  *self,
             const char *variable,
             const char *state)
{
  const char *value = g_getenv (variable);

  if (value != NULL && *value != '\0')
    {
      self->is_from_environment = TRUE;
      return g_strdup (value);
    }

  return ch_store_dup_state (self->store, state, NULL);
}

static gboolean
read_settings (ChAccount  *self,
               GError    **error)
{
  g_autofree char *api_url = NULL;
  g_autofree char *login_url = NULL;
  g_autofree char *company = NULL;

  self->is_from_environment = FALSE;
  api_url = dup_setting (self, "CERTHOLDER_API_URL", "procore.api_url");
  login_url = dup_setting (self, "CERTHOLDER_LOGIN_URL", "procore.login_url");
  g_clear_pointer (&self->place, ch_place_free);
  self->place = ch_place_new (api_url, login_url);

  g_free (self->client_id);
  self->client_id = dup_setting (self, "CERTHOLDER_CLIENT_ID", "procore.client_id");

  company = dup_setting (self, "CERTHOLDER_COMPANY_ID", "company_id");
  self->company_id = company != NULL ? g_ascii_strtoll (company, NULL, 10) : 0;
  g_free (self->company_name);
  self->company_name = ch_store_dup_state (self->store, "company_name", NULL);
  g_free (self->webhook_listen);
  self->webhook_listen = ch_store_dup_state (self->store, CH_SETTING_WEBHOOK_LISTEN, NULL);
  g_free (self->webhook_url);
  self->webhook_url = ch_store_dup_state (self->store, CH_SETTING_WEBHOOK_URL, NULL);

  return ch_place_check (self->place, error);
}

static void
on_report_cb (ChWorker  *worker,
              gpointer   report,
              ChAccount *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
wants_webhooks (ChAccount *self)
{
  return self->webhook_listen != NULL && *self->webhook_listen != '\0' && self->webhook_url != NULL
         && *self->webhook_url != '\0';
}

/* @webhook_secret: (nullable): without one Procore is only asked */
static void
run_worker (ChAccount  *self,
            const char *webhook_secret)
{
  g_autoptr(ChTransport) transport = CH_TRANSPORT (ch_http_transport_new ());
  const ChWebhookSettings webhooks = { self->webhook_listen, self->webhook_url, webhook_secret };
  const ChWorkerSettings settings = {
    .data_dir = ch_store_get_data_dir (self->store),
    .hub = self->hub,
    .clock = self->clock,
    .place = self->place,
    .auth = self->auth,
    .transport = transport,
    .company_id = self->company_id,
    .webhooks = webhook_secret != NULL ? &webhooks : NULL,
  };

  self->worker = ch_worker_new (&settings);
  g_signal_connect (self->worker, "report", G_CALLBACK (on_report_cb), self);
  ch_worker_start (self->worker);
  ch_worker_show (self->worker, self->shown_project, self->shown_vendor);
  set_state (self, CH_ACCOUNT_RUNNING, NULL);
}

/* In a thread of its own. */
static gboolean
make_auth (StartOp       *op,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(ChTransport) transport = CH_TRANSPORT (ch_http_transport_new ());
  g_autofree char *secret = g_strdup (op->given_secret);

  op->tokens = ch_token_store_new (op->place->login_url, op->client_id, FALSE);
  if (secret != NULL)
    {
      /* With id and secret in the environment the program works without any Secret Service. */
      g_autoptr(ChTokens) stored = ch_token_store_load (op->tokens, cancellable, NULL);

      if (stored == NULL)
        {
          g_clear_object (&op->tokens);
          op->tokens = ch_token_store_new (op->place->login_url, op->client_id, TRUE);
        }
    }
  else
    {
      g_autoptr(GError) local_error = NULL;

      secret = ch_token_store_load_client_secret (op->tokens, cancellable, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  op->auth = ch_auth_new (op->place, op->client_id, secret, op->tokens, transport);
  if (op->wants_webhooks)
    op->webhook_secret = ch_webhook_dup_secret (op->tokens, secret, cancellable, NULL);
  op->is_signed_in = op->given_secret != NULL || ch_auth_is_signed_in (op->auth);
  return TRUE;
}

static void
start_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  StartOp *op = task_data;
  GError *error = NULL;

  if (!make_auth (op, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (op->is_signed_in && op->company_id == 0)
    {
      g_autoptr(ChTransport) transport = CH_TRANSPORT (ch_http_transport_new ());
      g_autoptr(ChProcore) procore = ch_procore_new (op->place, op->auth, transport);

      op->companies = ch_procore_list_companies (procore, cancellable, &error);
      if (op->companies == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static void
take_company (ChAccount *self,
              StartOp   *op)
{
  const ChCompany *company = g_ptr_array_index (op->companies, 0);

  self->company_id = company->id;
  g_free (self->company_name);
  self->company_name = g_strdup (company->name);
}

static void
on_started_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  ChAccount *self = (ChAccount *)object;
  StartOp *op = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean is_started = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_set_object (&self->tokens, op->tokens);
  g_set_object (&self->auth, op->auth);
  if (!is_started)
    {
      const char *hint = ch_procore_error_get_hint (error);
      g_autofree char *text = hint != NULL ? g_strdup_printf ("%s. %s", error->message, hint) : g_strdup (error->message);

      set_state (self, CH_ACCOUNT_FAILED, text);
    }
  else if (!op->is_signed_in)
    set_state (self, CH_ACCOUNT_SIGNED_OUT, NULL);
  else if (op->companies != NULL && op->companies->len == 0)
    set_state (self, CH_ACCOUNT_FAILED, _("This sign-in sees no company in Procore. Ask your Procore admin to connect the app."));
  else if (op->companies != NULL && op->companies->len > 1)
    set_state (self, CH_ACCOUNT_NEEDS_COMPANY, NULL);
  else
    {
      if (op->companies != NULL)
        take_company (self, op);
      run_worker (self, op->webhook_secret);
    }
}

/**
 * ch_account_new:
 * @store: the main thread's connection
 * @desk: writes settings
 * @hub: tells and is told what changes
 * @clock: what tells the time
 *
 * Returns: (transfer full): an account that does nothing until ch_account_start()
 */
ChAccount *
ch_account_new (ChStore      *store,
                ChDeskWorker *desk,
                ChChangeHub  *hub,
                ChClock      *clock)
{
  ChAccount *self = g_object_new (CH_TYPE_ACCOUNT, NULL);

  self->store = g_object_ref (store);
  self->desk = g_object_ref (desk);
  self->hub = g_object_ref (hub);
  self->clock = g_object_ref (clock);
  self->place = ch_place_new (NULL, NULL);

  return self;
}

/**
 * ch_account_start:
 * @self: an account
 *
 * Reads the settings from the environment and the store, signs in with what is stored, and starts to sync. Whatever
 * ran before is stopped first.
 */
void
ch_account_start (ChAccount *self)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  const char *secret = g_getenv ("CERTHOLDER_CLIENT_SECRET");
  StartOp *op;

  g_return_if_fail (CH_IS_ACCOUNT (self));

  clear_session (self);
  if (!read_settings (self, &error))
    {
      set_state (self, CH_ACCOUNT_FAILED, error->message);
      return;
    }
  if (self->client_id == NULL || self->client_id[0] == '\0')
    {
      set_state (self, CH_ACCOUNT_NOT_SET_UP, NULL);
      return;
    }

  set_state (self, CH_ACCOUNT_STARTING, NULL);
  self->cancellable = g_cancellable_new ();
  op = g_new0 (StartOp, 1);
  op->place = ch_place_new (self->place->api_url, self->place->login_url);
  op->client_id = g_strdup (self->client_id);
  op->given_secret = secret != NULL && *secret != '\0' ? g_strdup (secret) : NULL;
  op->company_id = self->company_id;
  op->wants_webhooks = wants_webhooks (self);

  task = g_task_new (self, self->cancellable, on_started_cb, NULL);
  g_task_set_name (task, "ch_account_start");
  g_task_set_task_data (task, op, start_op_free);
  g_task_run_in_thread (task, start_in_thread);
}

/**
 * ch_account_stop:
 * @self: an account
 *
 * Ends the sync; waits for the worker's current request at most.
 */
void
ch_account_stop (ChAccount *self)
{
  g_return_if_fail (CH_IS_ACCOUNT (self));

  clear_session (self);
  self->state = CH_ACCOUNT_STARTING;
}

ChAccountState
ch_account_get_state (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), CH_ACCOUNT_FAILED);

  return self->state;
}

const char *
ch_account_get_problem (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->problem;
}

const ChWorkerReport *
ch_account_get_report (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->worker != NULL ? ch_worker_get_report (self->worker) : NULL;
}

ChRequestLog *
ch_account_get_request_log (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->worker != NULL ? ch_worker_get_log (self->worker) : NULL;
}

const ChPlace *
ch_account_get_place (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->place;
}

const char *
ch_account_get_client_id (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->client_id;
}

const char *
ch_account_get_company_name (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->company_name;
}

gint64
ch_account_get_company_id (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), 0);

  return self->company_id;
}

gboolean
ch_account_is_signed_in (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), FALSE);

  return self->state == CH_ACCOUNT_RUNNING || self->state == CH_ACCOUNT_NEEDS_COMPANY;
}

gboolean
ch_account_is_from_environment (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), FALSE);

  return self->is_from_environment;
}

void
ch_account_sync_now (ChAccount *self)
{
  g_return_if_fail (CH_IS_ACCOUNT (self));

  if (self->worker != NULL)
    ch_worker_sync_now (self->worker);
  else if (self->state == CH_ACCOUNT_FAILED)
    ch_account_start (self);
}

/**
 * ch_account_show:
 * @self: an account
 * @project_id: the project on screen, 0 for none
 * @vendor_id: the sub on screen, 0 for none
 *
 * What a person looks at is asked for at once and often from then on; remembered where nothing syncs yet.
 */
void
ch_account_show (ChAccount *self,
                 gint64     project_id,
                 gint64     vendor_id)
{
  g_return_if_fail (CH_IS_ACCOUNT (self));

  self->shown_project = project_id;
  self->shown_vendor = vendor_id;
  if (self->worker != NULL)
    ch_worker_show (self->worker, project_id, vendor_id);
}

ChDeskWorker *
ch_account_get_desk (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->desk;
}

ChAuth *
ch_account_get_auth (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->auth;
}

ChTokenStore *
ch_account_get_token_store (ChAccount *self)
{
  g_return_val_if_fail (CH_IS_ACCOUNT (self), NULL);

  return self->tokens;
}
