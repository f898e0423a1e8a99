#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-loopback-receiver.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct {
  char    *code;
  GError  *error;
  gboolean done;
} Waiting;

static void
on_code_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Waiting *waiting = user_data;

  waiting->code = ch_loopback_receiver_wait_finish (CH_LOOPBACK_RECEIVER (object), result, &waiting->error);
  waiting->done = TRUE;
}

static gboolean
sign_in_with_browser (ChCtl   *ctl,
                      ChAuth  *auth,
                      GError **error)
{
  g_autoptr (ChLoopbackReceiver) receiver = ch_loopback_receiver_new (0, error);
  g_autofree char *verifier = NULL;
  g_autofree char *url = NULL;
  g_autofree char *code = NULL;
  Waiting waiting = { NULL };

  if (receiver == NULL)
    return FALSE;

  url = ch_auth_dup_authorize_url (auth, ch_loopback_receiver_get_redirect_uri (receiver),
                                   ch_loopback_receiver_get_state (receiver), &verifier);
  g_printerr (_ ("Sign in with your browser: %s\n"), url);
  if (!g_app_info_launch_default_for_uri (url, NULL, NULL))
    g_printerr ("%s\n", _ ("No browser could be opened: copy the address into one on this machine."));

  ch_loopback_receiver_wait_async (receiver, ch_ctl_get_cancellable (ctl), on_code_cb, &waiting);
  while (!waiting.done)
    g_main_context_iteration (NULL, TRUE);
  code = waiting.code;
  if (code == NULL)
    {
      g_propagate_error (error, waiting.error);
      return FALSE;
    }
  return ch_auth_sign_in_with_code (auth, code, ch_loopback_receiver_get_redirect_uri (receiver), verifier,
                                    ch_ctl_get_cancellable (ctl), error);
}

static gboolean
sign_in_with_pasted_code (ChCtl   *ctl,
                          ChAuth  *auth,
                          GError **error)
{
  g_autofree char *verifier = NULL;
  g_autofree char *url = ch_auth_dup_authorize_url (auth, CH_AUTH_REDIRECT_OOB, NULL, &verifier);
  char line[1024];

  g_printerr (_ ("Open this address, allow Certholder, and paste the code that Procore shows:\n%s\ncode: "), url);
  if (fgets (line, sizeof line, stdin) == NULL || *g_strstrip (line) == '\0')
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("no code was given"));
      return FALSE;
    }
  return ch_auth_sign_in_with_code (auth, line, CH_AUTH_REDIRECT_OOB, verifier, ch_ctl_get_cancellable (ctl), error);
}

/* So that later commands need no environment. The secret rests in the Secret Service, never in the database. */
static gboolean
remember (ChCtl           *ctl,
          const ChCompany *company,
          GError         **error)
{
  const char *client_id = g_getenv ("CERTHOLDER_CLIENT_ID");
  const char *secret = g_getenv ("CERTHOLDER_CLIENT_SECRET");
  const ChPlace *place = ch_ctl_get_place (ctl, error);
  ChStore *store = ch_ctl_get_store (ctl, error);
  ChClock *clock = ch_ctl_get_clock (ctl, error);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, company->id);
  g_autofree char *who = g_strconcat ("desk:", g_get_user_name (), NULL);

  if (place == NULL || store == NULL || clock == NULL || !ch_store_begin (store, who, ch_clock_now (clock), error))
    return FALSE;

  if (!ch_store_set_state (store, "company_id", id, error) || !ch_store_set_state (store, "company_name", company->name, error)
      || !ch_store_set_state (store, "procore.api_url", place->api_url, error)
      || !ch_store_set_state (store, "procore.login_url", place->login_url, error)
      || (client_id != NULL && !ch_store_set_state (store, "procore.client_id", client_id, error))
      || !ch_store_commit (store, error))
    {
      ch_store_rollback (store);
      return FALSE;
    }

  /* Client credentials in the environment stay there: nothing of them is kept. */
  if (secret != NULL && ch_auth_is_signed_in (ch_ctl_get_auth (ctl, CH_CTL_KEEP_AS_FOUND, NULL)))
    {
      g_autoptr (ChTokens) stored = ch_token_store_load (ch_ctl_get_token_store (ctl), NULL, NULL);

      if (stored != NULL && stored->refresh_token != NULL
          && !ch_token_store_save_client_secret (ch_ctl_get_token_store (ctl), secret, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static ChCompany *
choose_company (GPtrArray *companies,
                gint64     wanted,
                GError   **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint i;

  for (i = 0; i < companies->len; i++)
    {
      const ChCompany *company = g_ptr_array_index (companies, i);

      if (company->id == wanted || (wanted == 0 && companies->len == 1))
        return g_ptr_array_steal_index (companies, i);
      g_string_append_printf (names, "%s%" G_GINT64_FORMAT " (%s)", i > 0 ? ", " : "", company->id, company->name);
    }

  if (companies->len == 0)
    g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN, _ ("this sign-in sees no company in Procore"));
  else
    g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("say which company with --company ID: %s"), names->str);
  return NULL;
}

/* From now on the service account works: a person's stored sign-in would go before it. No keyring, no such sign-in. */
static void
forget_person (ChCtl *ctl)
{
  ChTokenStore *ours = ch_ctl_get_token_store (ctl);
  g_autoptr (ChTokenStore) stored
    = ch_token_store_new (ch_token_store_get_login_url (ours), ch_token_store_get_client_id (ours), FALSE);

  ch_token_store_clear (stored, ch_ctl_get_cancellable (ctl), NULL);
}

static gboolean
sign_in (ChCtl   *ctl,
         gboolean browser,
         gboolean oob,
         gboolean client_credentials,
         GError **error)
{
  const char *secret = g_getenv ("CERTHOLDER_CLIENT_SECRET");
  gboolean has_secret = secret != NULL && *secret != '\0';
  ChAuth *auth;

  /* Without a word about how: what the environment allows, else the browser. */
  if (!browser && !oob && !client_credentials)
    {
      client_credentials = has_secret;
      browser = !has_secret;
    }
  if (client_credentials && !has_secret)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("a service account signs in with CERTHOLDER_CLIENT_ID and CERTHOLDER_CLIENT_SECRET: set both"));
      return FALSE;
    }

  auth = ch_ctl_get_auth (ctl, client_credentials ? CH_CTL_KEEP_IN_MEMORY : CH_CTL_KEEP_STORED, error);
  if (auth == NULL)
    return FALSE;
  if (client_credentials)
    {
      if (!ch_auth_sign_in_with_client_credentials (auth, ch_ctl_get_cancellable (ctl), error))
        return FALSE;
      forget_person (ctl);
      return TRUE;
    }
  return oob ? sign_in_with_pasted_code (ctl, auth, error) : sign_in_with_browser (ctl, auth, error);
}

/**
 * ch_ctl_login:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: why the sign-in failed
 *
 * `login [--browser|--oob|--client-credentials] [--company ID]`: signs in and remembers the company.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_login (ChCtl   *ctl,
              int      argc,
              char   **argv,
              GError **error)
{
  g_autoptr (GPtrArray) companies = NULL;
  g_autoptr (ChCompany) company = NULL;
  g_autoptr (ChUser) user = NULL;
  g_autofree char *company_text = NULL;
  gboolean browser = FALSE;
  gboolean oob = FALSE;
  gboolean client_credentials = FALSE;
  gint64 company_id = 0;
  ChProcore *procore;
  JsonObject *record;
  JsonObject *company_record;
  const GOptionEntry entries[] = {
    { "browser", 0, 0, G_OPTION_ARG_NONE, &browser, NULL, NULL },
    { "oob", 0, 0, G_OPTION_ARG_NONE, &oob, NULL, NULL },
    { "client-credentials", 0, 0, G_OPTION_ARG_NONE, &client_credentials, NULL, NULL },
    { "company", 0, 0, G_OPTION_ARG_STRING, &company_text, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse ("login [--browser|--oob|--client-credentials] [--company ID]", entries, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (browser + oob + client_credentials > 1)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("choose one of --browser, --oob and --client-credentials"));
      return CH_EXIT_USAGE;
    }
  if (company_text == NULL)
    company_text = g_strdup (g_getenv ("CERTHOLDER_COMPANY_ID"));
  if (company_text != NULL && !ch_ctl_parse_id (company_text, "--company", &company_id, error))
    return CH_EXIT_USAGE;

  if (!sign_in (ctl, browser, oob, client_credentials, error))
    return CH_EXIT_PROCORE;
  procore = ch_ctl_get_procore (ctl, error);
  if (procore == NULL)
    return CH_EXIT_PROCORE;
  /* A service account needs the company on every call, /companies included. */
  if (company_id != 0)
    ch_procore_set_company_id (procore, company_id);
  companies = ch_procore_list_companies (procore, ch_ctl_get_cancellable (ctl), error);
  if (companies == NULL)
    return CH_EXIT_PROCORE;
  company = choose_company (companies, company_id, error);
  if (company == NULL)
    return CH_EXIT_USAGE;
  ch_procore_set_company_id (procore, company->id);
  user = ch_procore_get_me (procore, ch_ctl_get_cancellable (ctl), error);
  if (user == NULL)
    return CH_EXIT_PROCORE;
  if (!remember (ctl, company, error))
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  company_record = json_object_new ();
  json_object_set_int_member (company_record, "id", company->id);
  ch_ctl_set_text (company_record, "name", company->name);
  json_object_set_object_member (record, "company", company_record);
  ch_ctl_set_text (record, "user", user->name != NULL ? user->name : user->login);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), record);
  return CH_EXIT_DONE;
}
