#include "config.h"

#include "ch-random-private.h"
#include "procore-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define N_THREADS 16

static JsonObject *
parse_body (Fixture *fixture,
            guint    request)
{
  g_autofree char *body = scripted_transport_dup_body (fixture->transport, request);
  g_autoptr (JsonNode) node = json_from_string (body, NULL);

  g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  return json_object_ref (json_node_get_object (node));
}

static void
check_member (JsonObject *object,
              const char *member,
              const char *value)
{
  g_assert_cmpstr (json_object_get_string_member_with_default (object, member, NULL), ==, value);
}

static void
check_stored (Fixture    *fixture,
              const char *access_token)
{
  g_autoptr (ChTokens) stored = ch_token_store_load (fixture->tokens, NULL, NULL);

  g_assert_cmpstr (stored != NULL ? stored->access_token : NULL, ==, access_token);
}

static void
check_token (Fixture    *fixture,
             const char *access_token)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = ch_auth_dup_access_token (fixture->auth, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, access_token);
}

/* The example of RFC 7636, appendix B. */
static void
test_pkce (void)
{
  g_autofree char *challenge = _ch_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autofree char *one = _ch_random_text ();
  g_autofree char *other = _ch_random_text ();

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpuint (strspn (one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
  g_assert_cmpstr (one, !=, other);
}

static void
test_authorize_url (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *verifier = NULL;
  g_autofree char *url = ch_auth_dup_authorize_url (fixture->auth, "http://localhost:4711/", "the-state", &verifier);
  g_autofree char *challenge = _ch_pkce_challenge (verifier);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autoptr (GHashTable) query = NULL;

  g_assert_cmpstr (g_uri_get_host (uri), ==, "login.procore.example");
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/oauth/authorize");
  query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);
  g_assert_cmpstr (g_hash_table_lookup (query, "response_type"), ==, "code");
  g_assert_cmpstr (g_hash_table_lookup (query, "client_id"), ==, "app-id");
  g_assert_cmpstr (g_hash_table_lookup (query, "redirect_uri"), ==, "http://localhost:4711/");
  g_assert_cmpstr (g_hash_table_lookup (query, "state"), ==, "the-state");
  g_assert_cmpstr (g_hash_table_lookup (query, "code_challenge"), ==, challenge);
  g_assert_cmpstr (g_hash_table_lookup (query, "code_challenge_method"), ==, "S256");
  g_assert_null (strstr (url, "app-secret"));
  g_assert_null (strstr (url, verifier));
}

static void
test_code_is_exchanged (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;

  fixture_add_pair (fixture, 2);
  g_assert_true (ch_auth_sign_in_with_code (fixture->auth, "the-code", "http://localhost:4711/", "the-verifier", NULL, &error));
  g_assert_no_error (error);
  body = parse_body (fixture, 0);
  check_member (body, "grant_type", "authorization_code");
  check_member (body, "code", "the-code");
  check_member (body, "redirect_uri", "http://localhost:4711/");
  check_member (body, "code_verifier", "the-verifier");
  check_member (body, "client_id", "app-id");
  check_member (body, "client_secret", "app-secret");
  check_stored (fixture, "access-2");
  check_token (fixture, "access-2");
}

static void
test_out_of_band_code (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *verifier = NULL;
  g_autofree char *url = ch_auth_dup_authorize_url (fixture->auth, CH_AUTH_REDIRECT_OOB, NULL, &verifier);

  g_assert_nonnull (strstr (url, "redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob"));
  g_assert_null (strstr (url, "state="));
  fixture_add_pair (fixture, 2);
  g_assert_true (ch_auth_sign_in_with_code (fixture->auth, "pasted", CH_AUTH_REDIRECT_OOB, verifier, NULL, &error));
  body = parse_body (fixture, 0);
  check_member (body, "redirect_uri", CH_AUTH_REDIRECT_OOB);
  check_stored (fixture, "access-2");
}

static void
test_refused_code (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 401, NULL, "{\"error\":\"invalid_grant\",\"error_description\":\"The code has expired\"}");
  g_assert_false (ch_auth_sign_in_with_code (fixture->auth, "old", CH_AUTH_REDIRECT_OOB, NULL, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "The code has expired"));
  /* Who was signed in stays so. */
  check_stored (fixture, "access-1");
}

static void
test_client_credentials_stay_in_memory (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_assert_true (ch_token_store_clear (fixture->tokens, NULL, NULL));
  script (fixture, 200, NULL, "{\"access_token\":\"service-1\",\"token_type\":\"Bearer\",\"expires_in\":5400}");
  check_token (fixture, "service-1");
  check_token (fixture, "service-1");
  body = parse_body (fixture, 0);
  check_member (body, "grant_type", "client_credentials");
  g_assert_false (json_object_has_member (body, "refresh_token"));
  check_stored (fixture, NULL);

  /* They have no refresh token: another is asked for when they end. */
  g_assert_true (ch_transport_wait_until (CH_TRANSPORT (fixture->transport), (SCRIPT_START + 5341) * G_USEC_PER_SEC, NULL, &error));
  script (fixture, 200, NULL, "{\"access_token\":\"service-2\",\"expires_in\":5400}");
  check_token (fixture, "service-2");
  g_assert_true (ch_auth_renew (fixture->auth, "service-1", NULL, &error));
  script (fixture, 200, NULL, "{\"access_token\":\"service-3\",\"expires_in\":5400}");
  g_assert_true (ch_auth_renew (fixture->auth, "service-2", NULL, &error));
  check_token (fixture, "service-3");
  check_stored (fixture, NULL);
}

static void
test_renewed_a_minute_before_the_end (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ch_transport_wait_until (CH_TRANSPORT (fixture->transport), (SCRIPT_START + 5339) * G_USEC_PER_SEC, NULL, &error));
  check_token (fixture, "access-1");
  g_assert_true (ch_transport_wait_until (CH_TRANSPORT (fixture->transport), (SCRIPT_START + 5340) * G_USEC_PER_SEC, NULL, &error));
  fixture_add_pair (fixture, 2);
  check_token (fixture, "access-2");
}

static void
test_renewal_that_names_no_refresh_token_keeps_it (Fixture       *fixture,
                                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChTokens) stored = NULL;

  script (fixture, 200, NULL, "{\"access_token\":\"access-2\",\"refresh_token\":null,\"expires_in\":null}");
  g_assert_true (ch_auth_renew (fixture->auth, "access-1", NULL, &error));
  stored = ch_token_store_load (fixture->tokens, NULL, NULL);
  g_assert_cmpstr (stored->access_token, ==, "access-2");
  g_assert_cmpstr (stored->refresh_token, ==, "refresh-1");
  g_assert_cmpint (stored->expires_at, ==, SCRIPT_START + 5400);
}

static void
watch_first_use (const ChRequest *request,
                 gpointer         user_data)
{
  Fixture *fixture = user_data;
  const char *bearer = g_hash_table_lookup (request->headers, "Authorization");

  if (g_strcmp0 (bearer, "Bearer access-2") == 0)
    check_stored (fixture, "access-2");
}

static void
test_new_pair_is_stored_before_its_use (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChUser) user = NULL;

  scripted_transport_set_watch (fixture->transport, watch_first_use, fixture);
  script (fixture, 401, NULL, "");
  fixture_add_pair (fixture, 2);
  script (fixture, 200, NULL, "{\"id\":7}");
  user = ch_procore_get_me (fixture->procore, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 3);
}

static void
test_lost_renewal_asks_for_a_sign_in (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  scripted_transport_add_failure (fixture->transport, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  g_assert_false (ch_auth_renew (fixture->auth, "access-1", NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "only once"));
  check_stored (fixture, NULL);

  g_assert_null (ch_auth_dup_access_token (fixture->auth, NULL, &again));
  g_assert_error (again, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 1);
}

static void
test_nonsense_renewal_asks_for_a_sign_in (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 200, NULL, "<html>");
  g_assert_false (ch_auth_renew (fixture->auth, "access-1", NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  check_stored (fixture, NULL);
}

/* Not reached, or too busy: the refresh token is still good. */
static void
test_renewal_that_did_not_happen_keeps_the_pair (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  g_autoptr (GError) offline = NULL;
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) error = NULL;

  scripted_transport_add_failure (fixture->transport, CH_PROCORE_ERROR_OFFLINE);
  g_assert_false (ch_auth_renew (fixture->auth, "access-1", NULL, &offline));
  g_assert_error (offline, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE);
  check_stored (fixture, "access-1");

  script (fixture, 503, NULL, "");
  g_assert_false (ch_auth_renew (fixture->auth, "access-1", NULL, &busy));
  g_assert_true (ch_procore_error_is_transient (busy));
  check_stored (fixture, "access-1");

  fixture_add_pair (fixture, 2);
  g_assert_true (ch_auth_renew (fixture->auth, "access-1", NULL, &error));
  check_stored (fixture, "access-2");
}

static void
cancel_in_flight (const ChRequest *request,
                  gpointer         user_data)
{
  g_cancellable_cancel (user_data);
}

/* A program that is stopped during a renewal would lose its sign-in: the answer is taken and stored first. */
static void
test_renewal_in_flight_is_not_given_up (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  scripted_transport_set_watch (fixture->transport, cancel_in_flight, cancellable);
  fixture_add_pair (fixture, 2);
  g_assert_true (ch_auth_renew (fixture->auth, "access-1", cancellable, &error));
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  check_stored (fixture, "access-2");
}

static void
test_renewal_by_another_process_is_taken_over (Fixture       *fixture,
                                               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  check_token (fixture, "access-1");
  fixture_store_pair (fixture->tokens, 5, SCRIPT_START + 9000);
  g_assert_true (ch_auth_renew (fixture->auth, "access-1", NULL, &error));
  check_token (fixture, "access-5");
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 0);
}

typedef struct {
  ChAuth *auth;
  GMutex  mutex;
  GCond   cond;
  guint   n_ready;
} Start;

static gpointer
renew_in_thread (gpointer data)
{
  Start *start = data;
  g_autoptr (GError) error = NULL;
  char *token;

  g_mutex_lock (&start->mutex);
  start->n_ready++;
  g_cond_broadcast (&start->cond);
  while (start->n_ready < N_THREADS)
    g_cond_wait (&start->cond, &start->mutex);
  g_mutex_unlock (&start->mutex);

  g_assert_true (ch_auth_renew (start->auth, "access-1", NULL, &error));
  token = ch_auth_dup_access_token (start->auth, NULL, &error);
  g_assert_no_error (error);
  return token;
}

static void
test_many_threads_renew_once (Fixture       *fixture,
                              gconstpointer  user_data)
{
  Start start = { .auth = fixture->auth };
  GThread *threads[N_THREADS];
  guint i;

  g_mutex_init (&start.mutex);
  g_cond_init (&start.cond);
  fixture_add_pair (fixture, 2);
  for (i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("renew", renew_in_thread, &start);
  for (i = 0; i < N_THREADS; i++)
    {
      g_autofree char *token = g_thread_join (threads[i]);

      g_assert_cmpstr (token, ==, "access-2");
    }
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 1);
  g_mutex_clear (&start.mutex);
  g_cond_clear (&start.cond);
}

static void
test_sign_out_revokes_and_forgets (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *line = NULL;

  script (fixture, 200, NULL, "{}");
  g_assert_true (ch_auth_sign_out (fixture->auth, NULL, &error));
  line = scripted_transport_dup_line (fixture->transport, 0);
  g_assert_cmpstr (line, ==, "POST /oauth/revoke");
  body = parse_body (fixture, 0);
  check_member (body, "token", "access-1");
  check_member (body, "client_id", "app-id");
  check_member (body, "client_secret", "app-secret");
  check_stored (fixture, NULL);
  g_assert_false (ch_auth_is_signed_in (fixture->auth));
}

static void
test_sign_out_forgets_offline_too (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  scripted_transport_add_failure (fixture->transport, CH_PROCORE_ERROR_OFFLINE);
  g_assert_true (ch_auth_sign_out (fixture->auth, NULL, &error));
  check_stored (fixture, NULL);
}

/* Who signed out is signed out: the app's secret is no sign-in of a person. */
static void
test_signed_out_stays_signed_out (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 200, NULL, "{}");
  g_assert_true (ch_auth_sign_out (fixture->auth, NULL, &error));
  g_assert_null (ch_auth_dup_access_token (fixture->auth, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 1);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/procore/auth/pkce", test_pkce);
  add ("/procore/auth/authorize-url", test_authorize_url);
  add ("/procore/auth/code-is-exchanged", test_code_is_exchanged);
  add ("/procore/auth/out-of-band-code", test_out_of_band_code);
  add ("/procore/auth/refused-code", test_refused_code);
  add ("/procore/auth/client-credentials-stay-in-memory", test_client_credentials_stay_in_memory);
  add ("/procore/auth/renewed-a-minute-before-the-end", test_renewed_a_minute_before_the_end);
  add ("/procore/auth/renewal-that-names-no-refresh-token-keeps-it", test_renewal_that_names_no_refresh_token_keeps_it);
  add ("/procore/auth/new-pair-is-stored-before-its-use", test_new_pair_is_stored_before_its_use);
  add ("/procore/auth/lost-renewal-asks-for-a-sign-in", test_lost_renewal_asks_for_a_sign_in);
  add ("/procore/auth/nonsense-renewal-asks-for-a-sign-in", test_nonsense_renewal_asks_for_a_sign_in);
  add ("/procore/auth/renewal-that-did-not-happen-keeps-the-pair", test_renewal_that_did_not_happen_keeps_the_pair);
  add ("/procore/auth/renewal-in-flight-is-not-given-up", test_renewal_in_flight_is_not_given_up);
  add ("/procore/auth/renewal-by-another-process-is-taken-over", test_renewal_by_another_process_is_taken_over);
  add ("/procore/auth/many-threads-renew-once", test_many_threads_renew_once);
  add ("/procore/auth/sign-out/revokes-and-forgets", test_sign_out_revokes_and_forgets);
  add ("/procore/auth/sign-out/forgets-offline-too", test_sign_out_forgets_offline_too);
  add ("/procore/auth/sign-out/stays-signed-out", test_signed_out_stays_signed_out);

  return g_test_run ();
}
