#include "config.h"

#include "sandbox-fixture.h"

#include <libsoup/soup.h>
#include <string.h>

static void
clear_answer (Fixture *self)
{
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->total, g_free);
  g_clear_pointer (&self->limit_remaining, g_free);
  g_clear_pointer (&self->text, g_free);
}

void
fixture_set_up (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;

  self->sandbox = ch_sandbox_new ();
  node = fixture_send (self, "POST", "/oauth/token", NULL, "application/json",
                       "{\"grant_type\":\"client_credentials\",\"client_id\":\"sandbox-client\","
                       "\"client_secret\":\"sandbox-secret\"}");
  g_assert_cmpuint (self->status, ==, 200);
  self->token = fixture_take_text (node, "access_token");
}

void
fixture_tear_down (Fixture      *self,
                   gconstpointer data)
{
  clear_answer (self);
  g_clear_pointer (&self->token, g_free);
  g_assert_finalize_object (self->sandbox);
}

char *
fixture_take_text (JsonNode   *node,
                   const char *member)
{
  g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  g_assert_true (json_object_has_member (json_node_get_object (node), member));
  return g_strdup (json_object_get_string_member (json_node_get_object (node), member));
}

static JsonNode *
send_bytes (Fixture    *self,
            const char *method,
            const char *path,
            const char *query,
            const char *type,
            GBytes     *body)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ChSandboxAnswer) answer = NULL;
  ChSandboxRequest request = { method, path, query, headers, body };
  gsize size;
  const char *data;

  if (self->token != NULL && !g_str_has_prefix (path, "/storage/"))
    g_hash_table_insert (headers, g_strdup ("authorization"), g_strconcat ("Bearer ", self->token, NULL));
  g_hash_table_insert (headers, g_strdup ("procore-company-id"), g_strdup ("562949953421400"));
  if (type != NULL)
    g_hash_table_insert (headers, g_strdup ("content-type"), g_strdup (type));
  answer = ch_sandbox_handle (self->sandbox, &request);
  clear_answer (self);
  self->status = answer->status;
  self->lost = answer->lose_answer;
  self->link = g_strdup (g_hash_table_lookup (answer->headers, "Link"));
  self->total = g_strdup (g_hash_table_lookup (answer->headers, "Total"));
  self->limit_remaining = g_strdup (g_hash_table_lookup (answer->headers, "X-Rate-Limit-Remaining"));
  data = g_bytes_get_data (answer->body, &size);
  self->text = g_strndup (data != NULL ? data : "", size);
  return json_from_string (self->text, NULL);
}

JsonNode *
fixture_send (Fixture    *self,
              const char *method,
              const char *path,
              const char *query,
              const char *type,
              const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);

  return send_bytes (self, method, path, query, type, bytes);
}

JsonNode *
fixture_get (Fixture    *self,
             const char *path,
             const char *query)
{
  return fixture_send (self, "GET", path, query, NULL, NULL);
}

JsonNode *
fixture_post_form (Fixture    *self,
                   const char *method,
                   const char *path,
                   const char *query,
                   ...)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new ("multipart/form-data");
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (GBytes) body = NULL;
  const char *name;
  va_list args;

  va_start (args, query);
  for (name = va_arg (args, const char *); name != NULL; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);
      g_autoptr (GBytes) content = g_bytes_new (value, strlen (value));

      if (g_str_equal (name, "file"))
        soup_multipart_append_form_file (form, "file", "a.pdf", "application/pdf", content);
      else
        soup_multipart_append_form_string (form, name, value);
    }
  va_end (args);
  soup_multipart_to_message (form, headers, &body);
  return send_bytes (self, method, path, query, soup_message_headers_get_one (headers, "Content-Type"), body);
}

gint64
fixture_first_id (Fixture    *self,
                  const char *path,
                  const char *query)
{
  g_autoptr (JsonNode) node = fixture_get (self, path, query);

  g_assert_cmpuint (self->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), >, 0);
  return json_object_get_int_member (json_array_get_object_element (json_node_get_array (node), 0), "id");
}
