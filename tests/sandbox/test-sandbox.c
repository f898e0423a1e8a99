#include "config.h"

#include "sandbox-fixture.h"

#include <string.h>

#define COMPANY "562949953421400"
#define PROJECTS "/rest/v1.1/projects"
#define OF_COMPANY "company_id=" COMPANY

static JsonNode *
ask_token (Fixture    *self,
           const char *more)
{
  g_autofree char *body = g_strconcat ("client_id=sandbox-client&client_secret=sandbox-secret&", more, NULL);

  return fixture_send (self, "POST", "/oauth/token", NULL, "application/x-www-form-urlencoded", body);
}

/* A person allows; the code and then each refresh token work once, and the verifier must fit. */
static void
test_sign_in_works_once (Fixture      *self,
                         gconstpointer data)
{
  static const char allow[] = "redirect_uri=urn:ietf:wg:oauth:2.0:oob&decision=allow"
                              "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  guint round;

  for (round = 0; round < 2; round++)
    {
      G_GNUC_UNUSED g_autoptr (JsonNode) page = fixture_send (self, "POST", "/oauth/authorize", NULL, "application/x-www-form-urlencoded", allow);
      const char *start = strstr (self->text, "<code>");
      g_autofree char *code = g_strndup (start + strlen ("<code>"), 36);
      g_autofree char *exchange
        = g_strdup_printf ("grant_type=authorization_code&redirect_uri=urn:ietf:wg:oauth:2.0:oob&code=%s&code_verifier=%s", code,
                           round == 0 ? "wrong" : "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
      g_autoptr (JsonNode) first = ask_token (self, exchange);

      g_assert_cmpuint (self->status, ==, round == 0 ? 401 : 200);
      if (round == 1)
        {
          g_autofree char *refresh = fixture_take_text (first, "refresh_token");
          g_autofree char *more = g_strconcat ("grant_type=refresh_token&refresh_token=", refresh, NULL);
          G_GNUC_UNUSED g_autoptr (JsonNode) again = ask_token (self, exchange);
          g_autoptr (JsonNode) renewed = NULL;
          g_autoptr (JsonNode) twice = NULL;

          g_assert_cmpuint (self->status, ==, 401);
          renewed = ask_token (self, more);
          g_assert_cmpuint (self->status, ==, 200);
          twice = ask_token (self, more);
          g_assert_cmpuint (self->status, ==, 401);
        }
    }
}

static void
test_token_ends (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;

  ch_sandbox_set_now (self->sandbox, ch_sandbox_get_now (self->sandbox) + 5399 * (gint64) G_USEC_PER_SEC);
  before = fixture_get (self, "/rest/v1.0/me", NULL);
  g_assert_cmpuint (self->status, ==, 200);
  ch_sandbox_set_now (self->sandbox, ch_sandbox_get_now (self->sandbox) + (gint64) G_USEC_PER_SEC);
  after = fixture_get (self, "/rest/v1.0/me", NULL);
  g_assert_cmpuint (self->status, ==, 401);
}

/* Each refusal names what is wrong. */
static void
test_refuses_what_is_undocumented (Fixture      *self,
                                   gconstpointer data)
{
  static const struct {
    const char *method;
    const char *path;
    const char *query;
    const char *type;
    const char *body;
    const char *named;
  } cases[] = {
    { "GET", PROJECTS, OF_COMPANY "&colour=red", NULL, NULL, "colour" },
    { "GET", PROJECTS, NULL, NULL, NULL, "company_id" },
    { "GET", PROJECTS, OF_COMPANY "&view=huge", NULL, NULL, "view" },
    { "GET", PROJECTS, OF_COMPANY "&per_page=301", NULL, NULL, "per_page" },
    { "GET", PROJECTS, OF_COMPANY "&page=x", NULL, NULL, "page" },
    { "GET", PROJECTS, OF_COMPANY "&filters%5Bupdated_at%5D=2026-01-01", NULL, NULL, "filters[updated_at]" },
    { "GET", "/rest/v1.0/companies/" COMPANY "/insurances", "filters%5Bupdated_at%5D=A...B", NULL, NULL, "filters[updated_at]" },
    { "PATCH", "/rest/v1.0/companies/" COMPANY "/insurances/sync", NULL, "application/json", "{\"update\":[]}", "update" },
    { "PATCH", "/rest/v1.0/companies/" COMPANY "/insurances/sync", NULL, "application/json", "{\"updates\":{}}", "updates" },
    { "PATCH", "/rest/v1.0/companies/" COMPANY "/insurances/sync", NULL, "application/json", "{\"updates\":[1]}", "updates" },
    { "PATCH", "/rest/v1.0/companies/" COMPANY "/insurances/sync", NULL, "text/plain", "{\"updates\":[]}", "content_type" },
    { "PATCH", "/rest/v1.0/companies/" COMPANY "/insurances/sync", NULL, "application/json", "{", "body" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = fixture_send (self, cases[i].method, cases[i].path, cases[i].query, cases[i].type, cases[i].body);
      JsonObject *errors;

      g_assert_cmpuint (self->status, ==, 400);
      errors = json_object_get_object_member (json_node_get_object (node), "errors");
      g_assert_nonnull (errors);
      g_assert_true (json_object_has_member (errors, cases[i].named));
    }
}

/* Pages of five hold every vendor once, in order, and say which page is next. */
static void
test_pages_hold_everything_once (Fixture      *self,
                                 gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean more = TRUE;
  guint page;
  guint i;

  for (page = 1; more; page++)
    {
      g_autofree char *query = g_strdup_printf (OF_COMPANY "&page=%u&per_page=5", page);
      g_autoptr (JsonNode) node = fixture_get (self, "/rest/v1.0/vendors", query);
      JsonArray *array = json_node_get_array (node);

      g_assert_cmpuint (json_array_get_length (array), <=, 5);
      for (i = 0; i < json_array_get_length (array); i++)
        {
          gint64 id = json_object_get_int_member (json_array_get_object_element (array, i), "id");

          g_assert_true (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)));
        }
      g_assert_cmpstr (self->total, ==, "57");
      g_assert_true ((page > 1) == (strstr (self->link, "rel=\"prev\"") != NULL));
      more = strstr (self->link, "rel=\"next\"") != NULL;
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 57);
  g_assert_cmpuint (page, ==, 13);
}

static JsonNode *
sync_one (Fixture    *self,
          const char *path,
          gint64      vendor_id,
          const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"updates\":[{\"vendor_id\":%" G_GINT64_FORMAT ",%s}]}", vendor_id, more);

  return fixture_send (self, "PATCH", path, NULL, "application/json", body);
}

static guint
count (JsonNode   *node,
       const char *member)
{
  return json_array_get_length (json_object_get_array_member (json_node_get_object (node), member));
}

/* Repeating an origin_id changes one record; a bad status fails its row alone, and the answer is 200. */
static void
test_sync_matches_by_origin (Fixture      *self,
                             gconstpointer data)
{
  static const char path[] = "/rest/v1.0/companies/" COMPANY "/insurances/sync";
  gint64 vendor_id = fixture_first_id (self, "/rest/v1.0/vendors", OF_COMPANY);
  g_autoptr (JsonNode) made = sync_one (self, path, vendor_id, "\"origin_id\":\"certholder:1\",\"name\":\"Acme\"");
  g_autoptr (JsonNode) again = sync_one (self, path, vendor_id, "\"origin_id\":\"certholder:1\",\"status\":\"expired\"");
  g_autoptr (JsonNode) bad = sync_one (self, path, vendor_id, "\"origin_id\":\"certholder:2\",\"status\":\"fine\"");
  g_autoptr (JsonNode) all = NULL;
  JsonObject *record;

  g_assert_cmpuint (self->status, ==, 200);
  g_assert_cmpuint (count (bad, "entities"), ==, 0);
  g_assert_cmpuint (count (bad, "errors"), ==, 1);
  g_assert_cmpuint (count (made, "entities"), ==, 1);
  record = json_array_get_object_element (json_object_get_array_member (json_node_get_object (again), "entities"), 0);
  g_assert_cmpstr (json_object_get_string_member (record, "insurance_provider"), ==, "Acme");
  g_assert_cmpstr (json_object_get_string_member (record, "status"), ==, "expired");
  g_assert_false (json_object_has_member (record, "name"));
  all = fixture_get (self, "/rest/v1.0/companies/" COMPANY "/insurances", "per_page=2000");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (all)), ==, 13);
}

static char *
upload (Fixture *self,
        gint64   project_id)
{
  g_autofree char *path = g_strdup_printf ("/rest/v1.1/projects/%" G_GINT64_FORMAT "/uploads", project_id);
  g_autoptr (JsonNode) node = fixture_post_form (self, "POST", path, NULL, "response_filename", "a.pdf", "size", "4", NULL);
  g_autofree char *uuid = fixture_take_text (node, "uuid");
  g_autofree char *storage = g_strconcat ("/storage/", uuid, NULL);
  g_autofree char *key = g_strconcat ("uploads/", uuid, NULL);
  g_autoptr (JsonNode) early = NULL;
  g_autoptr (JsonNode) stored = NULL;

  early = fixture_post_form (self, "POST", storage, NULL, "file", "%PDF", "key", key, "policy", "c2FuZGJveA==", NULL);
  g_assert_cmpuint (self->status, ==, 400);
  stored = fixture_post_form (self, "POST", storage, NULL, "key", key, "policy", "c2FuZGJveA==", "file", "%PDF", NULL);
  g_assert_cmpuint (self->status, ==, 204);
  return g_steal_pointer (&uuid);
}

/* A file needs an upload that was sent; its name is its own in the folder; a second upload is a second version. */
static void
test_upload_becomes_a_file (Fixture      *self,
                            gconstpointer data)
{
  gint64 project_id = fixture_first_id (self, PROJECTS, OF_COMPANY);
  g_autofree char *query = g_strdup_printf ("project_id=%" G_GINT64_FORMAT, project_id);
  g_autofree char *first = upload (self, project_id);
  g_autofree char *second = upload (self, project_id);
  g_autoptr (JsonNode) made
    = fixture_post_form (self, "POST", "/rest/v1.0/files", query, "file[name]", "a.pdf", "file[upload_uuid]", first, NULL);
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) same = NULL;
  g_autoptr (JsonNode) changed = NULL;

  g_assert_cmpuint (self->status, ==, 201);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (made), "size"), ==, 4);
  same = fixture_post_form (self, "POST", "/rest/v1.0/files", query, "file[name]", "a.pdf", "file[upload_uuid]", second, NULL);
  g_assert_cmpuint (self->status, ==, 400);
  path = g_strdup_printf ("/rest/v1.0/files/%" G_GINT64_FORMAT, json_object_get_int_member (json_node_get_object (made), "id"));
  changed = fixture_post_form (self, "PATCH", path, query, "file[upload_uuid]", second, NULL);
  g_assert_cmpuint (self->status, ==, 200);
  g_assert_cmpuint (count (changed, "file_versions"), ==, 2);
}

/* The array sent is the list afterwards, in its order. */
static void
test_links_keep_the_order_sent (Fixture      *self,
                                gconstpointer data)
{
  gint64 project_id = fixture_first_id (self, PROJECTS, OF_COMPANY);
  g_autofree char *path = g_strdup_printf ("/rest/v2.0/companies/" COMPANY "/projects/%" G_GINT64_FORMAT "/links", project_id);
  g_autofree char *bulk = g_strconcat (path, "/bulk_update", NULL);
  g_autoptr (JsonNode) before = fixture_get (self, path, NULL);
  JsonArray *links = json_object_get_array_member (json_node_get_object (before), "data");
  const char *last = json_object_get_string_member (json_array_get_object_element (links, 1), "id");
  g_autofree char *body = g_strdup_printf ("[{\"title\":\"New\",\"url\":\"https://new.example\"},"
                                           "{\"id\":\"%s\",\"title\":\"Kept\",\"url\":\"https://kept.example\"}]", last);
  G_GNUC_UNUSED g_autoptr (JsonNode) written = fixture_send (self, "PATCH", bulk, NULL, "application/json", body);
  g_autoptr (JsonNode) after = fixture_get (self, path, NULL);

  g_assert_cmpuint (count (after, "data"), ==, 2);
  links = json_object_get_array_member (json_node_get_object (after), "data");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (links, 0), "title"), ==, "New");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (links, 1), "id"), ==, last);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (links, 1), "position"), ==, 2);
}

static void
test_limits_and_faults (Fixture      *self,
                        gconstpointer data)
{
  guint i;
  G_GNUC_UNUSED g_autoptr (JsonNode) fault = fixture_send (self, "POST", "/sandbox/faults", NULL, "application/json",
                                             "{\"method\":\"GET\",\"path\":\"/rest/v1.0/*\",\"kind\":\"lose_after\",\"count\":1}");

  ch_sandbox_set_limits (self->sandbox, 3600, 3);
  for (i = 0; i < 4; i++)
    {
      G_GNUC_UNUSED g_autoptr (JsonNode) node = fixture_get (self, "/rest/v1.0/me", NULL);

      g_assert_true (self->lost == (i == 0));
      g_assert_cmpuint (self->status, ==, i < 3 ? 200 : 429);
      g_assert_cmpstr (self->limit_remaining, ==, i == 0 ? "2" : i == 1 ? "1" : "0");
    }
  ch_sandbox_set_now (self->sandbox, ch_sandbox_get_now (self->sandbox) + 10 * (gint64) G_USEC_PER_SEC);
  json_node_unref (fixture_get (self, "/rest/v1.0/me", NULL));
  g_assert_cmpuint (self->status, ==, 200);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/sandbox/sign-in-works-once", test_sign_in_works_once);
  ADD ("/sandbox/token-ends", test_token_ends);
  ADD ("/sandbox/refuses-what-is-undocumented", test_refuses_what_is_undocumented);
  ADD ("/sandbox/pages-hold-everything-once", test_pages_hold_everything_once);
  ADD ("/sandbox/sync-matches-by-origin", test_sync_matches_by_origin);
  ADD ("/sandbox/upload-becomes-a-file", test_upload_becomes_a_file);
  ADD ("/sandbox/links-keep-the-order-sent", test_links_keep_the_order_sent);
  ADD ("/sandbox/limits-and-faults", test_limits_and_faults);
  return g_test_run ();
}
