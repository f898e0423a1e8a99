#include "config.h"

#include "ch-auth.h"
#include "ch-http-transport.h"
#include "ch-procore-error.h"
#include "keyring.h"
#include "scripted-transport.h"

#include <libsoup/soup.h>
#include <string.h>

#define N_PROCESSES 8
#define LOGIN "https://login.procore.example"

static Keyring keyring;
static const char *program;

/*
 * A sign-in whose refresh tokens work once, as Procore's do: “refresh-N” gives the pair N + 1, and only once.
 */
typedef struct {
  SoupServer *server;
  char       *url;
  guint       n_renewals;
  guint       n_refusals;
  guint       next;
} Login;

static void
on_token_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  Login *login = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autofree char *good = g_strdup_printf ("\"refresh_token\":\"refresh-%u\"", login->next);
  char *answer;

  if (strstr (text, good) == NULL)
    {
      login->n_refusals++;
      soup_server_message_set_status (message, 401, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{\"error\":\"invalid_grant\"}", 25);
      return;
    }

  login->n_renewals++;
  login->next++;
  answer = g_strdup_printf ("{\"access_token\":\"access-%u\",\"refresh_token\":\"refresh-%u\",\"expires_in\":5400}", login->next,
                            login->next);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, answer, strlen (answer));
}

static void
login_start (Login *login)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  login->next = 1;
  login->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (login->server, "/oauth/token", on_token_cb, login, NULL);
  g_assert_true (soup_server_listen_local (login->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (login->server);
  login->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
login_stop (Login *login)
{
  soup_server_disconnect (login->server);
  g_clear_object (&login->server);
  g_clear_pointer (&login->url, g_free);
}

/* What each of the processes does: its token was refused, it renews, and says which it has then. */
static int
renew_in_process (const char *url)
{
  g_autoptr (ChPlace) place = ch_place_new (url, url);
  g_autoptr (ChHttpTransport) transport = ch_http_transport_new ();
  g_autoptr (ChTokenStore) tokens = ch_token_store_new (url, "app-id", FALSE);
  g_autoptr (ChAuth) auth = ch_auth_new (place, "app-id", "app-secret", tokens, CH_TRANSPORT (transport));
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  if (ch_auth_renew (auth, "access-1", NULL, &error))
    token = ch_auth_dup_access_token (auth, NULL, &error);
  g_print ("%s\n", token != NULL ? token : error->message);
  return token != NULL ? 0 : 1;
}

typedef struct {
  guint n_running;
  char *said[N_PROCESSES];
} Run;

typedef struct {
  Run  *run;
  guint index;
} Child;

static void
on_child_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Child *child = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &child->run->said[child->index], NULL, &error);
  g_assert_no_error (error);
  child->run->n_running--;
}

static void
test_many_processes_renew_once (void)
{
  Login login = { NULL };
  Run run = { N_PROCESSES, { NULL } };
  g_autoptr (ChTokenStore) tokens = NULL;
  g_autoptr (ChTokens) pair = ch_tokens_new ("access-1", "refresh-1", G_MAXINT64 / G_USEC_PER_SEC);
  g_autoptr (ChTokens) stored = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  keyring_make (&keyring);
  keyring_start (&keyring, "\n");
  login_start (&login);
  tokens = ch_token_store_new (login.url, "app-id", FALSE);
  g_assert_true (ch_token_store_save (tokens, pair, NULL, &error));

  for (i = 0; i < N_PROCESSES; i++)
    {
      g_autoptr (GSubprocess) process
        = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--renew", login.url, NULL);
      Child *child = g_new0 (Child, 1);

      g_assert_no_error (error);
      child->run = &run;
      child->index = i;
      g_subprocess_communicate_utf8_async (process, NULL, NULL, on_child_cb, child);
    }
  while (run.n_running > 0)
    g_main_context_iteration (NULL, TRUE);

  for (i = 0; i < N_PROCESSES; i++)
    {
      g_assert_cmpstr (run.said[i], ==, "access-2\n");
      g_free (run.said[i]);
    }
  g_assert_cmpuint (login.n_renewals, ==, 1);
  g_assert_cmpuint (login.n_refusals, ==, 0);
  stored = ch_token_store_load (tokens, NULL, &error);
  g_assert_cmpstr (stored->refresh_token, ==, "refresh-2");
  login_stop (&login);
  keyring_remove (&keyring);
}

/* The keyring is away when the code was exchanged: the pair is not used, not lost, and stored when it is back. */
static void
test_pair_outlives_a_missing_keyring (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (ChPlace) place = ch_place_new (LOGIN, LOGIN);
  g_autoptr (ChTokenStore) tokens = ch_token_store_new (LOGIN, "app-id", FALSE);
  g_autoptr (ChAuth) auth = ch_auth_new (place, "app-id", "app-secret", tokens, CH_TRANSPORT (transport));
  g_autoptr (ChTokens) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  keyring_make (&keyring);
  scripted_transport_add_answer (transport, 200, NULL,
                                 "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"expires_in\":5400}");
  g_assert_false (ch_auth_sign_in_with_code (auth, "code", CH_AUTH_REDIRECT_OOB, NULL, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
  g_clear_error (&error);
  g_assert_null (ch_auth_dup_access_token (auth, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
  g_clear_error (&error);

  keyring_start (&keyring, "\n");
  token = ch_auth_dup_access_token (auth, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "access-1");
  stored = ch_token_store_load (tokens, NULL, &error);
  g_assert_cmpstr (stored->refresh_token, ==, "refresh-1");
  g_assert_cmpuint (scripted_transport_get_n_sent (transport), ==, 1);
  keyring_remove (&keyring);
}

/* A locked keyring is no reason to try the app's secret as a service account. */
static void
test_locked_keyring_is_no_signed_out (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (ChPlace) place = ch_place_new (LOGIN, LOGIN);
  g_autoptr (ChTokenStore) tokens = ch_token_store_new (LOGIN, "app-id", FALSE);
  g_autoptr (ChAuth) auth = ch_auth_new (place, "app-id", "app-secret", tokens, CH_TRANSPORT (transport));
  g_autoptr (ChTokens) pair = ch_tokens_new ("access-1", "refresh-1", G_MAXINT32);
  g_autoptr (GError) error = NULL;

  keyring_make (&keyring);
  keyring_start (&keyring, "a password");
  g_assert_true (ch_token_store_save (tokens, pair, NULL, &error));
  keyring_stop (&keyring);
  keyring_start (&keyring, NULL);
  g_assert_null (ch_auth_dup_access_token (auth, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
  g_assert_cmpuint (scripted_transport_get_n_sent (transport), ==, 0);
  keyring_remove (&keyring);
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (argc == 3 && g_str_equal (argv[1], "--renew"))
    return renew_in_process (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  keyring_open_bus (&keyring);

  g_test_add_func ("/procore/shared-sign-in/many-processes-renew-once", test_many_processes_renew_once);
  g_test_add_func ("/procore/shared-sign-in/pair-outlives-a-missing-keyring", test_pair_outlives_a_missing_keyring);
  g_test_add_func ("/procore/shared-sign-in/locked-keyring-is-no-signed-out", test_locked_keyring_is_no_signed_out);

  status = g_test_run ();
  keyring_close_bus (&keyring);
  return status;
}
