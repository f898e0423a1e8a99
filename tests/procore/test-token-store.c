#include "config.h"

#include "ch-procore-error.h"
#include "ch-token-store.h"
#include "keyring.h"

#include <string.h>

#define LOGIN "https://login.procore.example"

static Keyring keyring;

static ChTokenStore *
open_store (void)
{
  return ch_token_store_new (LOGIN, "app-id", FALSE);
}

static void
save (ChTokenStore *store,
      const char   *access_token)
{
  g_autoptr (ChTokens) pair = ch_tokens_new (access_token, "the-refresh-token", 1795458600);
  g_autoptr (GError) error = NULL;

  ch_token_store_save (store, pair, NULL, &error);
  g_assert_no_error (error);
}

/* NULL: nothing is stored, which is no error. */
static void
check_stored (ChTokenStore *store,
              const char   *access_token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChTokens) pair = ch_token_store_load (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pair != NULL ? pair->access_token : NULL, ==, access_token);
}

static void
check_unusable (ChTokenStore *store,
                const char   *word)
{
  g_autoptr (ChTokens) pair = ch_tokens_new ("another", "another", 1);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GError) save_error = NULL;
  g_autoptr (GError) clear_error = NULL;
  g_autoptr (GError) secret_error = NULL;

  g_assert_null (ch_token_store_load (store, NULL, &load_error));
  g_assert_error (load_error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
  g_assert_nonnull (strstr (load_error->message, word));
  g_assert_false (ch_token_store_save (store, pair, NULL, &save_error));
  g_assert_error (save_error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
  g_assert_false (ch_token_store_clear (store, NULL, &clear_error));
  g_assert_error (clear_error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
  g_assert_null (ch_token_store_load_client_secret (store, NULL, &secret_error));
  g_assert_error (secret_error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS);
}

static void
set_up (ChTokenStore **store,
        gconstpointer  user_data)
{
  keyring_make (&keyring);
  keyring_start (&keyring, "\n");
  *store = open_store ();
}

static void
tear_down (ChTokenStore **store,
           gconstpointer  user_data)
{
  g_assert_finalize_object (g_steal_pointer (store));
  keyring_remove (&keyring);
}

static void
test_nothing_stored (ChTokenStore **store,
                     gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  check_stored (*store, NULL);
  g_assert_null (ch_token_store_load_client_secret (*store, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (ch_token_store_clear (*store, NULL, &error));
  g_assert_no_error (error);
}

static void
test_pair_comes_back_whole (ChTokenStore **store,
                            gconstpointer  user_data)
{
  g_autoptr (ChTokenStore) another = open_store ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChTokens) pair = NULL;

  save (*store, "first");
  save (*store, "second");
  pair = ch_token_store_load (another, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pair->access_token, ==, "second");
  g_assert_cmpstr (pair->refresh_token, ==, "the-refresh-token");
  g_assert_cmpint (pair->expires_at, ==, 1795458600);

  /* It replaced the other: one secret is stored. */
  g_assert_true (ch_token_store_clear (another, NULL, &error));
  check_stored (*store, NULL);
}

static void
test_each_place_and_app_has_its_own (ChTokenStore **store,
                                     gconstpointer  user_data)
{
  g_autoptr (ChTokenStore) place = ch_token_store_new ("https://login-sandbox.procore.example", "app-id", FALSE);
  g_autoptr (ChTokenStore) app = ch_token_store_new (LOGIN, "another-app", FALSE);

  save (*store, "ours");
  check_stored (place, NULL);
  check_stored (app, NULL);
  save (place, "sandbox");
  save (app, "another");
  check_stored (*store, "ours");
  check_stored (place, "sandbox");
  check_stored (app, "another");
  g_assert_true (ch_token_store_clear (place, NULL, NULL));
  check_stored (*store, "ours");
}

static void
test_client_secret_outlasts_the_sign_in (ChTokenStore **store,
                                         gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  g_assert_true (ch_token_store_save_client_secret (*store, "the-app-secret", NULL, &error));
  save (*store, "first");
  g_assert_true (ch_token_store_clear (*store, NULL, &error));
  secret = ch_token_store_load_client_secret (*store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "the-app-secret");
}

static void
test_service_started_anew_is_found (ChTokenStore **store,
                                    gconstpointer  user_data)
{
  save (*store, "kept");
  keyring_stop (&keyring);
  keyring_start (&keyring, "\n");
  check_stored (*store, "kept");
  keyring_stop (&keyring);
  keyring_start (&keyring, "\n");
  save (*store, "newer");
  keyring_stop (&keyring);
  keyring_start (&keyring, "\n");
  g_assert_true (ch_token_store_clear (*store, NULL, NULL));
  check_stored (*store, NULL);
}

static void
test_missing_service_is_told (ChTokenStore **store,
                              gconstpointer  user_data)
{
  save (*store, "kept");
  keyring_stop (&keyring);
  check_unusable (*store, "Secret Service");
  keyring_start (&keyring, "\n");
  check_stored (*store, "kept");
}

static void
test_locked_keyring_is_told (void)
{
  g_autoptr (ChTokenStore) store = open_store ();

  keyring_make (&keyring);
  keyring_start (&keyring, "a password");
  save (store, "kept");
  g_assert_true (ch_token_store_save_client_secret (store, "kept too", NULL, NULL));
  keyring_stop (&keyring);

  /* Nobody is there to be asked for the password. */
  keyring_start (&keyring, NULL);
  check_unusable (store, "locked");
  keyring_stop (&keyring);

  keyring_start (&keyring, "a password");
  check_stored (store, "kept");
  keyring_remove (&keyring);
}

static void
test_memory_needs_no_service (void)
{
  g_autoptr (ChTokenStore) store = ch_token_store_new (LOGIN, "app-id", TRUE);

  save (store, "here");
  check_stored (store, "here");
  g_assert_true (ch_token_store_save_client_secret (store, "x", NULL, NULL));
  g_assert_true (ch_token_store_clear (store, NULL, NULL));
  check_stored (store, NULL);
}

static void
add (const char *path,
     void      (*test) (ChTokenStore **, gconstpointer))
{
  g_test_add (path, ChTokenStore *, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  keyring_open_bus (&keyring);

  add ("/procore/token-store/nothing-stored", test_nothing_stored);
  add ("/procore/token-store/pair-comes-back-whole", test_pair_comes_back_whole);
  add ("/procore/token-store/each-place-and-app-has-its-own", test_each_place_and_app_has_its_own);
  add ("/procore/token-store/client-secret-outlasts-the-sign-in", test_client_secret_outlasts_the_sign_in);
  add ("/procore/token-store/service-started-anew-is-found", test_service_started_anew_is_found);
  add ("/procore/token-store/missing-service-is-told", test_missing_service_is_told);
  g_test_add_func ("/procore/token-store/locked-keyring-is-told", test_locked_keyring_is_told);
  g_test_add_func ("/procore/token-store/memory-needs-no-service", test_memory_needs_no_service);

  status = g_test_run ();
  keyring_close_bus (&keyring);
  return status;
}
