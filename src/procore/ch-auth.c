#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-auth.h"

#include "ch-procore-error.h"
#include "ch-random-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* A token is renewed this long before it ends, so that it holds for a slow request. */
#define MARGIN_SECONDS 60

/* How long Procore's access tokens live, where an answer does not say. */
#define USUAL_LIFE_SECONDS 5400

/* How often another process's renewal is looked for. */
#define LOCK_TURN (G_USEC_PER_SEC / 20)

struct _ChAuth
{
  GObject       parent_instance;

  char         *login_url;
  char         *client_id;
  char         *client_secret;
  ChTokenStore *store;
  ChTransport  *transport;

  GMutex        mutex;        /* one refresh at a time; guards what follows */
  ChTokens     *tokens;
  ChTokens     *unsaved;      /* (nullable): granted, but not stored yet: not to be used */
  gboolean      uses_client_credentials;
  gboolean      has_ended;    /* a sign-in was lost or ended: the app's secret is none in its place */
};

G_DEFINE_FINAL_TYPE (ChAuth, ch_auth, G_TYPE_OBJECT)

static void
ch_auth_finalize (GObject *object)
{
  ChAuth *self = (ChAuth *) object;

  g_clear_pointer (&self->tokens, ch_tokens_free);
  g_clear_pointer (&self->unsaved, ch_tokens_free);
  g_clear_object (&self->store);
  g_clear_object (&self->transport);
  g_free (self->login_url);
  g_free (self->client_id);
  if (self->client_secret != NULL)
    explicit_bzero (self->client_secret, strlen (self->client_secret));
  g_free (self->client_secret);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (ch_auth_parent_class)->finalize (object);
}

static void
ch_auth_class_init (ChAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_auth_finalize;
}

static void
ch_auth_init (ChAuth *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * ch_auth_new:
 * @place: where to sign in
 * @client_id: the app's id
 * @client_secret: (nullable): the app's secret
 * @tokens: where tokens rest
 * @transport: the network
 *
 * Returns: (transfer full): the sign-in
 */
ChAuth *
ch_auth_new (const ChPlace *place,
             const char    *client_id,
             const char    *client_secret,
             ChTokenStore  *tokens,
             ChTransport   *transport)
{
  ChAuth *self = g_object_new (CH_TYPE_AUTH, NULL);

  self->login_url = g_strdup (place->login_url);
  self->client_id = g_strdup (client_id);
  self->client_secret = g_strdup (client_secret);
  self->store = g_object_ref (tokens);
  self->transport = g_object_ref (transport);
  return self;
}

/**
 * ch_auth_is_signed_in:
 * @self: the sign-in
 *
 * Returns: whether there are tokens, in this process or stored
 */
gboolean
ch_auth_is_signed_in (ChAuth *self)
{
  g_autoptr (ChTokens) stored = NULL;
  gboolean known;

  g_return_val_if_fail (CH_IS_AUTH (self), FALSE);

  g_mutex_lock (&self->mutex);
  known = self->tokens != NULL;
  g_mutex_unlock (&self->mutex);
  if (known)
    return TRUE;

  stored = ch_token_store_load (self->store, NULL, NULL);
  return stored != NULL;
}

/*
 * The file that only the process which is about to refresh holds locked; -1 where it can't be had. Without it two
 * programs could spend the same refresh token, which ends the sign-in.
 */
static int
lock_out_other_processes (ChAuth       *self,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autofree char *key = g_strdup_printf ("%s %s", self->login_url, self->client_id);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "certholder", NULL);
  g_autofree char *file = g_strdup_printf ("%s/refresh-%.16s.lock", folder, hash);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = open (file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  while (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EINTR)
        continue;
      if (errno == EWOULDBLOCK)
        {
          if (ch_transport_wait_until (self->transport, ch_transport_now (self->transport) + LOCK_TURN, cancellable, error))
            continue;
          close (fd);
          return -1;
        }
      close (fd);
      fd = -1;
    }
  if (fd < 0)
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS,
                 _ ("the sign-in can't be renewed safely: “%s” can't be locked (%s)"), file, g_strerror (errno));
  return fd;
}

/* The answer's object; NULL where it is anything else. */
static JsonNode *
parse_object (const ChResponse *response)
{
  gsize length;
  const char *data = g_bytes_get_data (response->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (length == 0 || !g_utf8_validate (data, length, NULL) || !json_parser_load_from_data (parser, data, length, NULL)
      || json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  return json_parser_steal_root (parser);
}

/* A member's text; NULL where it is absent or of another type. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static ChTokens *
parse_tokens (ChAuth           *self,
              const ChResponse *response)
{
  g_autoptr (JsonNode) root = parse_object (response);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  const char *access_token = object != NULL ? get_text (object, "access_token") : NULL;
  JsonNode *life;
  gint64 seconds;

  if (access_token == NULL)
    return NULL;

  life = json_object_get_member (object, "expires_in");
  seconds = life != NULL && JSON_NODE_HOLDS_VALUE (life) ? json_node_get_int (life) : 0;
  /* Counted from our own clock: the server's may be off, and only the distance matters. */
  return ch_tokens_new (access_token, get_text (object, "refresh_token"),
                        ch_transport_now (self->transport) / G_USEC_PER_SEC + (seconds > 0 ? seconds : USUAL_LIFE_SECONDS));
}

static void
set_refused (const ChResponse *response,
             GError          **error)
{
  g_autoptr (JsonNode) root = parse_object (response);
  const char *why = NULL;

  if (root != NULL)
    {
      why = get_text (json_node_get_object (root), "error_description");
      if (why == NULL)
        why = get_text (json_node_get_object (root), "error");
    }

  if (response->status == 429 || response->status >= 500)
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's sign-in answers with status %u"),
                 response->status);
  else
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN, _ ("Procore refuses the sign-in: %s"),
                 why != NULL ? why : _ ("no reason given"));
}

/*
 * Asks for tokens with one grant. The body is made of pairs of name and value, ended by NULL. Nothing of it, nor of
 * the answer, is ever logged.
 */
static ChTokens *
ask_for_tokens (ChAuth            *self,
                const char *const *pairs,
                GCancellable      *cancellable,
                GError           **error)
{
  g_autofree char *url = g_strconcat (self->login_url, "/oauth/token", NULL);
  g_autoptr (ChRequest) request = ch_request_new ("POST", url);
  g_autoptr (ChResponse) response = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  ChTokens *tokens;
  char *body;
  guint i;

  for (i = 0; pairs[i] != NULL; i += 2)
    json_object_set_string_member (object, pairs[i], pairs[i + 1]);
  json_object_set_string_member (object, "client_id", self->client_id);
  json_object_set_string_member (object, "client_secret", self->client_secret != NULL ? self->client_secret : "");
  json_node_take_object (node, object);
  body = json_to_string (node, FALSE);
  request->body = g_bytes_new_take (body, strlen (body));
  g_hash_table_insert (request->headers, g_strdup ("Content-Type"), g_strdup ("application/json"));
  g_hash_table_insert (request->headers, g_strdup ("Accept"), g_strdup ("application/json"));

  response = ch_transport_send (self->transport, request, cancellable, error);
  if (response == NULL)
    return NULL;
  if (response->status != 200)
    {
      set_refused (response, error);
      return NULL;
    }

  tokens = parse_tokens (self, response);
  if (tokens == NULL)
    g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME, _ ("Procore's sign-in answers nonsense"));
  return tokens;
}

/* Durable first, then in use. What can't be stored is kept, and storing it is tried again with the next call. */
static gboolean
take_tokens (ChAuth   *self,
             ChTokens *tokens,
             GError  **error)
{
  if (!ch_token_store_save (self->store, tokens, NULL, error))
    {
      g_prefix_error (error, "%s", _ ("the new sign-in could not be kept: "));
      if (tokens != self->unsaved)
        g_clear_pointer (&self->unsaved, ch_tokens_free);
      self->unsaved = tokens;
      return FALSE;
    }

  self->unsaved = NULL;
  g_clear_pointer (&self->tokens, ch_tokens_free);
  self->tokens = tokens;
  return TRUE;
}

static gboolean
use_client_credentials_locked (ChAuth       *self,
                               GCancellable *cancellable,
                               GError      **error)
{
  static const char *const pairs[] = { "grant_type", "client_credentials", NULL };
  ChTokens *tokens;

  if (self->client_secret == NULL)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN, _ ("not signed in to Procore"));
      return FALSE;
    }

  tokens = ask_for_tokens (self, pairs, cancellable, error);
  if (tokens == NULL)
    return FALSE;

  /* They can be asked for again at any time, so they never leave the memory. */
  g_clear_pointer (&self->tokens, ch_tokens_free);
  self->tokens = tokens;
  self->uses_client_credentials = TRUE;
  return TRUE;
}

/**
 * ch_auth_sign_in_with_client_credentials:
 * @self: the sign-in
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SIGN_IN, or what kept Procore from answering
 *
 * Signs in as a service account.
 *
 * Returns: whether there is a token now
 */
gboolean
ch_auth_sign_in_with_client_credentials (ChAuth       *self,
                                         GCancellable *cancellable,
                                         GError      **error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (CH_IS_AUTH (self), FALSE);

  locker = g_mutex_locker_new (&self->mutex);
  self->has_ended = FALSE;
  return use_client_credentials_locked (self, cancellable, error);
}

/**
 * ch_auth_dup_authorize_url:
 * @self: the sign-in
 * @redirect_uri: where Procore sends the browser afterwards, or %CH_AUTH_REDIRECT_OOB
 * @state: (nullable): comes back with the redirect, to tell ours from another's
 * @verifier: (out): the PKCE verifier (RFC 7636), to be kept until the code is exchanged
 *
 * Returns: (transfer full): the address to open in a browser
 */
char *
ch_auth_dup_authorize_url (ChAuth     *self,
                           const char *redirect_uri,
                           const char *state,
                           char      **verifier)
{
  g_autofree char *challenge = NULL;
  g_autofree char *redirect = g_uri_escape_string (redirect_uri, NULL, FALSE);
  g_autofree char *client = g_uri_escape_string (self->client_id, NULL, FALSE);
  g_autofree char *state_part = NULL;

  g_return_val_if_fail (CH_IS_AUTH (self), NULL);

  *verifier = _ch_random_text ();
  challenge = _ch_pkce_challenge (*verifier);
  state_part = state != NULL ? g_strconcat ("&state=", state, NULL) : g_strdup ("");
  return g_strdup_printf ("%s/oauth/authorize?response_type=code&client_id=%s&redirect_uri=%s%s"
                          "&code_challenge=%s&code_challenge_method=S256",
                          self->login_url, client, redirect, state_part, challenge);
}

/**
 * ch_auth_sign_in_with_code:
 * @self: the sign-in
 * @code: what the redirect or the person brought
 * @redirect_uri: the same as in the address that was opened
 * @verifier: (nullable): the PKCE verifier that belongs to it
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SIGN_IN, %CH_PROCORE_ERROR_SECRETS, or what kept Procore from answering
 *
 * Exchanges a code for tokens.
 *
 * Returns: whether somebody is signed in now
 */
gboolean
ch_auth_sign_in_with_code (ChAuth       *self,
                           const char   *code,
                           const char   *redirect_uri,
                           const char   *verifier,
                           GCancellable *cancellable,
                           GError      **error)
{
  const char *pairs[] = { "grant_type", "authorization_code", "code", code, "redirect_uri", redirect_uri,
                          verifier != NULL ? "code_verifier" : NULL, verifier, NULL };
  g_autoptr (GMutexLocker) locker = NULL;
  ChTokens *tokens;

  g_return_val_if_fail (CH_IS_AUTH (self), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  /* A code works once: from here on it is used to the end. */
  locker = g_mutex_locker_new (&self->mutex);
  tokens = ask_for_tokens (self, pairs, NULL, error);
  if (tokens == NULL)
    return FALSE;
  self->uses_client_credentials = FALSE;
  self->has_ended = FALSE;
  return take_tokens (self, tokens, error);
}

/**
 * ch_auth_sign_out:
 * @self: the sign-in
 * @cancellable: (nullable): to give up
 * @error: why the tokens could not be taken out of the Secret Service
 *
 * Revokes the tokens as far as Procore can be reached, and forgets them in any case.
 *
 * Returns: whether nothing is stored any more
 */
gboolean
ch_auth_sign_out (ChAuth       *self,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autoptr (ChTokens) tokens = NULL;

  g_return_val_if_fail (CH_IS_AUTH (self), FALSE);

  locker = g_mutex_locker_new (&self->mutex);
  self->has_ended = TRUE;
  self->uses_client_credentials = FALSE;
  tokens = self->unsaved != NULL ? g_steal_pointer (&self->unsaved) : g_steal_pointer (&self->tokens);
  g_clear_pointer (&self->tokens, ch_tokens_free);
  if (tokens == NULL)
    tokens = ch_token_store_load (self->store, cancellable, NULL);
  if (tokens != NULL)
    {
      g_autofree char *url = g_strconcat (self->login_url, "/oauth/revoke", NULL);
      g_autoptr (ChRequest) request = ch_request_new ("POST", url);
      g_autoptr (ChResponse) response = NULL;
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      JsonObject *object = json_object_new ();
      char *body;

      json_object_set_string_member (object, "token", tokens->access_token);
      json_object_set_string_member (object, "client_id", self->client_id);
      json_object_set_string_member (object, "client_secret", self->client_secret != NULL ? self->client_secret : "");
      json_node_take_object (node, object);
      body = json_to_string (node, FALSE);
      request->body = g_bytes_new_take (body, strlen (body));
      g_hash_table_insert (request->headers, g_strdup ("Content-Type"), g_strdup ("application/json"));
      response = ch_transport_send (self->transport, request, cancellable, NULL);
      if (response == NULL || response->status != 200)
        g_debug ("the tokens could not be revoked; they are forgotten here");
    }
  return ch_token_store_clear (self->store, cancellable, error);
}

/* Spends the stored refresh token. Under both locks. */
static gboolean
spend_refresh_token (ChAuth         *self,
                     const ChTokens *stored,
                     GError        **error)
{
  const char *pairs[] = { "grant_type", "refresh_token", "refresh_token", stored->refresh_token, NULL };
  g_autoptr (GError) cause = NULL;
  ChTokens *fresh = ask_for_tokens (self, pairs, NULL, &cause);
  gboolean is_lost = g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);

  if (fresh != NULL)
    {
      /* A server that names no new one lets the old one live (RFC 6749, 6). */
      if (fresh->refresh_token == NULL)
        fresh->refresh_token = g_strdup (stored->refresh_token);
      return take_tokens (self, fresh, error);
    }

  /* The pair is dead in both cases: keeping it would mean trying it again. */
  if (is_lost || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN))
    {
      g_clear_pointer (&self->tokens, ch_tokens_free);
      ch_token_store_clear (self->store, NULL, NULL);
      self->has_ended = TRUE;
    }
  if (is_lost)
    g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN,
                 _ ("the answer to a renewal of the sign-in was lost (%s), and Procore accepts each renewal only once"),
                 cause->message);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/*
 * A refresh token works once and is dead even when the answer was lost on the way. So: one process at a time, with
 * the stored pair read again under the lock; once begun, not given up before its answer is stored; and after a lost
 * answer a person signs in again; never a second try.
 */
static gboolean
refresh_locked (ChAuth       *self,
                const char   *refused_token,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (ChTokens) stored = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean done = FALSE;
  int lock = lock_out_other_processes (self, cancellable, error);

  if (lock < 0)
    return FALSE;

  stored = ch_token_store_load (self->store, cancellable, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
    }
  else if (stored != NULL && g_strcmp0 (stored->access_token, refused_token) != 0)
    {
      /* Another process has refreshed meanwhile. */
      g_clear_pointer (&self->tokens, ch_tokens_free);
      self->tokens = g_steal_pointer (&stored);
      done = TRUE;
    }
  else if (stored == NULL || stored->refresh_token == NULL)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN, _ ("not signed in to Procore"));
    }
  else
    {
      done = spend_refresh_token (self, stored, error);
    }

  close (lock);
  return done;
}

/*
 * Where tokens are stored, a person signs in: the app's secret, which rests beside them, would be another identity. It
 * is a sign-in by itself only where nothing is stored, and until that was ended.
 */
static gboolean
may_use_secret (ChAuth  *self,
                GError **error)
{
  if (self->uses_client_credentials || (ch_token_store_is_in_memory (self->store) && !self->has_ended))
    return TRUE;

  g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN, _ ("not signed in to Procore"));
  return FALSE;
}

/**
 * ch_auth_dup_access_token:
 * @self: the sign-in
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SIGN_IN where a person must sign in; %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: (transfer full) (nullable): a token that is good for at least another minute
 */
char *
ch_auth_dup_access_token (ChAuth       *self,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  gint64 now;

  g_return_val_if_fail (CH_IS_AUTH (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  if (self->unsaved != NULL && !take_tokens (self, self->unsaved, error))
    return NULL;
  now = ch_transport_now (self->transport) / G_USEC_PER_SEC;
  if (self->tokens == NULL)
    {
      g_autoptr (GError) cause = NULL;

      self->tokens = ch_token_store_load (self->store, cancellable, &cause);
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
      if (self->tokens == NULL && !may_use_secret (self, error))
        return NULL;
      if (self->tokens == NULL && !use_client_credentials_locked (self, cancellable, error))
        return NULL;
    }

  if (self->tokens->expires_at - MARGIN_SECONDS <= now)
    {
      g_autofree char *old = g_strdup (self->tokens->access_token);
      gboolean renewed = self->uses_client_credentials ? use_client_credentials_locked (self, cancellable, error)
                                                       : refresh_locked (self, old, cancellable, error);

      if (!renewed)
        return NULL;
    }
  return g_strdup (self->tokens->access_token);
}

/**
 * ch_auth_renew:
 * @self: the sign-in
 * @refused_token: the token to which the server answered 401
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SIGN_IN where a person must sign in; %CH_PROCORE_ERROR_SECRETS
 *
 * Renews the token once, unless somebody has done so already.
 *
 * Returns: whether there is another token now
 */
gboolean
ch_auth_renew (ChAuth       *self,
               const char   *refused_token,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (CH_IS_AUTH (self), FALSE);

  locker = g_mutex_locker_new (&self->mutex);
  if (self->unsaved != NULL)
    return take_tokens (self, self->unsaved, error);
  if (self->tokens != NULL && g_strcmp0 (self->tokens->access_token, refused_token) != 0)
    return TRUE;
  return self->uses_client_credentials ? use_client_credentials_locked (self, cancellable, error)
                                       : refresh_locked (self, refused_token, cancellable, error);
}
