#include "config.h"

#include "procore-fixture.h"

void
fixture_store_pair (ChTokenStore *tokens,
                    guint         n,
                    gint64        expires_at)
{
  g_autofree char *access = g_strdup_printf ("access-%u", n);
  g_autofree char *refresh = g_strdup_printf ("refresh-%u", n);
  g_autoptr (ChTokens) pair = ch_tokens_new (access, refresh, expires_at);
  g_autoptr (GError) error = NULL;

  ch_token_store_save (tokens, pair, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_add_pair (Fixture *fixture,
                  guint    n)
{
  g_autofree char *body = g_strdup_printf ("{\"access_token\":\"access-%u\",\"refresh_token\":\"refresh-%u\","
                                           "\"token_type\":\"Bearer\",\"expires_in\":5400,\"created_at\":1}", n, n);

  scripted_transport_add_answer (fixture->transport, 200, NULL, body);
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (ChPlace) place = ch_place_new (API, LOGIN);

  fixture->transport = scripted_transport_new ();
  fixture->tokens = ch_token_store_new (LOGIN, "app-id", TRUE);
  fixture_store_pair (fixture->tokens, 1, SCRIPT_START + 5400);
  fixture->auth = ch_auth_new (place, "app-id", "app-secret", fixture->tokens, CH_TRANSPORT (fixture->transport));
  fixture->procore = ch_procore_new (place, fixture->auth, CH_TRANSPORT (fixture->transport));
  ch_procore_set_company_id (fixture->procore, COMPANY);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_assert_cmpuint (scripted_transport_get_n_left (fixture->transport), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->procore));
  g_assert_finalize_object (g_steal_pointer (&fixture->auth));
  g_assert_finalize_object (g_steal_pointer (&fixture->tokens));
  g_assert_finalize_object (g_steal_pointer (&fixture->transport));
}
