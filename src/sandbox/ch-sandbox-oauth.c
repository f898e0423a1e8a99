#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

#define ACCESS_LIFE G_GINT64_CONSTANT (5400)
#define CODE_LIFE G_GINT64_CONSTANT (600)

static ChSandboxAnswer *
refuse (guint       status,
        const char *error,
        const char *description)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", error);
  json_object_set_string_member (object, "error_description", description);
  return _ch_answer_object (status, object);
}

/*< private >
 * Returns: (nullable): what the call's bearer token stands for, while it lives
 */
JsonObject *
_ch_oauth_find_token (ChCall *call)
{
  const char *header = g_hash_table_lookup (call->request->headers, "authorization");
  JsonObject *token;

  if (header == NULL || !g_str_has_prefix (header, "Bearer "))
    return NULL;
  token = g_hash_table_lookup (call->sandbox->access_tokens, header + strlen ("Bearer "));
  return token != NULL && _ch_record_id (token, "expires") > call->sandbox->now / G_USEC_PER_SEC ? token : NULL;
}

static ChSandboxAnswer *
grant (ChCall  *call,
       gboolean with_refresh)
{
  ChSandbox *self = call->sandbox;
  gint64 now = self->now / G_USEC_PER_SEC;
  JsonObject *token = json_object_new ();
  JsonObject *object = json_object_new ();
  g_autofree char *access = g_uuid_string_random ();
  g_autofree char *refresh = g_uuid_string_random ();

  json_object_set_int_member (token, "expires", now + ACCESS_LIFE);
  json_object_set_int_member (token, "created", now);
  json_object_set_string_member (token, "refresh", refresh);
  g_hash_table_insert (self->access_tokens, g_strdup (access), token);
  json_object_set_string_member (object, "access_token", access);
  json_object_set_string_member (object, "token_type", "Bearer");
  json_object_set_int_member (object, "expires_in", ACCESS_LIFE);
  json_object_set_int_member (object, "created_at", now);
  if (with_refresh)
    {
      json_object_set_string_member (object, "refresh_token", refresh);
      g_hash_table_insert (self->refresh_tokens, g_strdup (refresh), json_object_ref (token));
    }
  return _ch_answer_object (200, object);
}

static gboolean
is_verified (JsonObject *code,
             const char *verifier)
{
  const char *challenge = _ch_record_text (code, "challenge");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *encoded = NULL;

  if (challenge == NULL)
    return TRUE;
  if (verifier == NULL)
    return FALSE;
  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &length);
  encoded = g_base64_encode (digest, length);
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  *strchrnul (encoded, '=') = '\0';
  return g_str_equal (encoded, challenge);
}

/* A code works once, even when its use is refused. */
static ChSandboxAnswer *
exchange_code (ChCall *call)
{
  const char *text = _ch_call_form (call, "code");
  g_autofree char *key = NULL;
  g_autoptr (JsonObject) code = NULL;

  if (text == NULL || !g_hash_table_steal_extended (call->sandbox->codes, text, (gpointer *) &key, (gpointer *) &code))
    return refuse (401, "invalid_grant", "The authorization code is invalid or was used");
  if (_ch_record_id (code, "expires") <= call->sandbox->now / G_USEC_PER_SEC)
    return refuse (401, "invalid_grant", "The authorization code is expired");
  if (g_strcmp0 (_ch_record_text (code, "redirect_uri"), _ch_call_form (call, "redirect_uri")) != 0)
    return refuse (401, "invalid_grant", "The redirect_uri is not the one of the authorization");
  if (!is_verified (code, _ch_call_form (call, "code_verifier")))
    return refuse (401, "invalid_grant", "The code_verifier does not fit the code_challenge");
  return grant (call, TRUE);
}

static gboolean
is_client_known (ChCall *call)
{
  return g_strcmp0 (_ch_call_form (call, "client_id"), call->sandbox->client_id) == 0
         && g_strcmp0 (_ch_call_form (call, "client_secret"), call->sandbox->client_secret) == 0;
}

static ChSandboxAnswer *
give_token (ChCall *call)
{
  const char *type = _ch_call_form (call, "grant_type");
  const char *refresh = _ch_call_form (call, "refresh_token");

  if (!is_client_known (call))
    return refuse (401, "invalid_client", "Client authentication failed");
  if (g_strcmp0 (type, "client_credentials") == 0)
    return grant (call, FALSE);
  if (g_strcmp0 (type, "authorization_code") == 0)
    return exchange_code (call);
  if (g_strcmp0 (type, "refresh_token") != 0)
    return refuse (400, "unsupported_grant_type", "The grant type is not supported");
  if (refresh == NULL || !g_hash_table_remove (call->sandbox->refresh_tokens, refresh))
    return refuse (401, "invalid_grant", "The refresh token is invalid, revoked or was used");
  return grant (call, TRUE);
}

static ChSandboxAnswer *
revoke_token (ChCall *call)
{
  const char *text = _ch_call_form (call, "token");
  JsonObject *token = text != NULL ? g_hash_table_lookup (call->sandbox->access_tokens, text) : NULL;

  if (!is_client_known (call))
    return refuse (401, "invalid_client", "Client authentication failed");
  if (token != NULL)
    {
      g_hash_table_remove (call->sandbox->refresh_tokens, _ch_record_text (token, "refresh"));
      g_hash_table_remove (call->sandbox->access_tokens, text);
    }
  else if (text != NULL)
    g_hash_table_remove (call->sandbox->refresh_tokens, text);
  return _ch_answer_object (200, json_object_new ());
}

static ChSandboxAnswer *
show_token (ChCall *call)
{
  JsonObject *token = _ch_oauth_find_token (call);
  JsonObject *object;

  if (token == NULL)
    return refuse (401, "invalid_token", "The access token is missing, expired or revoked");
  object = json_object_new ();
  json_object_set_int_member (object, "resource_owner_id", 562949953421999);
  json_object_set_int_member (object, "expires_in_seconds", _ch_record_id (token, "expires") - call->sandbox->now / G_USEC_PER_SEC);
  json_object_set_int_member (object, "created_at", _ch_record_id (token, "created"));
  return _ch_answer_object (200, object);
}

static void
append_hidden (GString    *html,
               const char *name,
               const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value != NULL ? value : "", -1);

  g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, escaped);
}

static ChSandboxAnswer *
ask_person (ChCall *call)
{
  static const char *const names[] = { "redirect_uri", "state", "code_challenge" };
  GString *html;
  guint i;

  if (g_strcmp0 (_ch_call_query (call, "client_id"), call->sandbox->client_id) != 0)
    return refuse (401, "invalid_client", "The app is not known");
  html = g_string_new ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign in</title>"
                       "<style>:root{color-scheme:light dark}body{font:18px system-ui;max-width:32em;margin:4em auto}"
                       "button{font:inherit;padding:.5em 1.5em}</style>"
                       "<h1>Sign in</h1><p>Certholder asks to work in Harbor &amp; Main Builders, Inc. for you.</p>"
                       "<form method=\"post\" action=\"/oauth/authorize\">");
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    append_hidden (html, names[i], _ch_call_query (call, names[i]));
  g_string_append (html, "<button name=\"decision\" value=\"allow\">Allow</button> "
                         "<button name=\"decision\" value=\"deny\">Deny</button></form></html>");
  return _ch_answer (200, "text/html; charset=utf-8", g_string_free (html, FALSE));
}

static char *
make_code (ChCall *call)
{
  const char *challenge = _ch_call_form (call, "code_challenge");
  JsonObject *code = json_object_new ();
  char *text = g_uuid_string_random ();

  json_object_set_int_member (code, "expires", call->sandbox->now / G_USEC_PER_SEC + CODE_LIFE);
  json_object_set_string_member (code, "redirect_uri", _ch_call_form (call, "redirect_uri"));
  if (challenge != NULL && *challenge != '\0')
    json_object_set_string_member (code, "challenge", challenge);
  g_hash_table_insert (call->sandbox->codes, g_strdup (text), code);
  return text;
}

static ChSandboxAnswer *
take_decision (ChCall *call)
{
  const char *uri = _ch_call_form (call, "redirect_uri");
  const char *state = _ch_call_form (call, "state");
  gboolean allowed = g_strcmp0 (_ch_call_form (call, "decision"), "allow") == 0;
  g_autofree char *code = NULL;
  g_autofree char *state_part = NULL;
  g_autofree char *escaped = g_uri_escape_string (state != NULL ? state : "", NULL, FALSE);
  ChSandboxAnswer *answer;

  if (uri == NULL)
    return refuse (400, "invalid_request", "redirect_uri is missing");
  code = allowed ? make_code (call) : NULL;
  if (g_str_equal (uri, "urn:ietf:wg:oauth:2.0:oob"))
    return _ch_answer (200, "text/html; charset=utf-8",
                       g_strdup_printf ("<!doctype html><meta charset=\"utf-8\"><title>Code</title><p>%s</p><code>%s</code>",
                                        allowed ? "Paste this code into Certholder:" : "Access was denied.", allowed ? code : ""));
  if ((!g_str_has_prefix (uri, "http://localhost") && !g_str_has_prefix (uri, "http://127.0.0.1"))
      || !g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    return refuse (400, "invalid_request", "redirect_uri is not registered");
  state_part = state != NULL && *state != '\0' ? g_strconcat ("&state=", escaped, NULL) : g_strdup ("");
  answer = _ch_answer (302, "text/plain", g_strdup (""));
  _ch_answer_header (answer, "Location", "%s?%s%s%s", uri, allowed ? "code=" : "error=access_denied", allowed ? code : "",
                     state_part);
  return answer;
}

const ChRoute _ch_oauth_routes[] = {
  { "POST", "/oauth/token", NULL, CH_BODY_ANY_FORM, NULL, give_token },
  { "POST", "/oauth/revoke", NULL, CH_BODY_ANY_FORM, NULL, revoke_token },
  { "GET", "/oauth/token/info", NULL, CH_BODY_NONE, NULL, show_token },
  { "GET", "/oauth/authorize",
    "client_id:text! response_type:code! redirect_uri:text! state:text code_challenge:text code_challenge_method:S256",
    CH_BODY_NONE, NULL, ask_person },
  { "POST", "/oauth/authorize", NULL, CH_BODY_ANY_FORM, NULL, take_decision },
  { NULL },
};
