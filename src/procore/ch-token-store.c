#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-token-store.h"

#include "ch-procore-error.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/resource.h>

struct _ChTokenStore
{
  GObject    parent_instance;

  char      *login_url;
  char      *client_id;
  gboolean   in_memory;

  GMutex     mutex;          /* guards @memory */
  ChTokens  *memory;
};

G_DEFINE_FINAL_TYPE (ChTokenStore, ch_token_store, G_TYPE_OBJECT)

/*
 * gnome-keyring can't match the schema's name in a keyring that is locked, and so would neither find the sign-in nor
 * ask for the password. Ours are known by an attribute instead.
 */
#define APPLICATION "io.github.certholder.Certholder"

static const SecretSchema schema = {
  APPLICATION,
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "login-url", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "client-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "what", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/**
 * ch_tokens_new:
 * @access_token: the access token
 * @refresh_token: (nullable): the refresh token
 * @expires_at: Unix seconds
 *
 * Returns: (transfer full): a pair of tokens
 */
ChTokens *
ch_tokens_new (const char *access_token,
               const char *refresh_token,
               gint64      expires_at)
{
  ChTokens *self = g_new0 (ChTokens, 1);

  self->access_token = g_strdup (access_token);
  self->refresh_token = g_strdup (refresh_token);
  self->expires_at = expires_at;
  return self;
}

/**
 * ch_tokens_copy:
 * @self: a pair of tokens
 *
 * Returns: (transfer full): another like it
 */
ChTokens *
ch_tokens_copy (const ChTokens *self)
{
  return ch_tokens_new (self->access_token, self->refresh_token, self->expires_at);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * ch_tokens_free:
 * @self: (transfer full): a pair of tokens; the memory is wiped first
 */
void
ch_tokens_free (ChTokens *self)
{
  wipe (self->access_token);
  wipe (self->refresh_token);
  g_free (self);
}

static void
ch_token_store_finalize (GObject *object)
{
  ChTokenStore *self = (ChTokenStore *) object;

  g_clear_pointer (&self->memory, ch_tokens_free);
  g_free (self->login_url);
  g_free (self->client_id);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (ch_token_store_parent_class)->finalize (object);
}

static void
ch_token_store_class_init (ChTokenStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_token_store_finalize;
}

static void
ch_token_store_init (ChTokenStore *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * ch_token_store_new:
 * @login_url: the sign-in's address; tokens are per environment
 * @client_id: the app's id
 * @in_memory: keep nothing beyond the process
 *
 * Returns: (transfer full): where tokens rest
 */
ChTokenStore *
ch_token_store_new (const char *login_url,
                    const char *client_id,
                    gboolean    in_memory)
{
  ChTokenStore *self = g_object_new (CH_TYPE_TOKEN_STORE, NULL);

  self->login_url = g_strdup (login_url);
  self->client_id = g_strdup (client_id);
  self->in_memory = in_memory;
  return self;
}

/**
 * ch_token_store_get_login_url:
 * @self: the token store
 *
 * Returns: (transfer none): the sign-in's address
 */
const char *
ch_token_store_get_login_url (ChTokenStore *self)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), NULL);

  return self->login_url;
}

/**
 * ch_token_store_get_client_id:
 * @self: the token store
 *
 * Returns: (transfer none): the app's id
 */
const char *
ch_token_store_get_client_id (ChTokenStore *self)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), NULL);

  return self->client_id;
}

/**
 * ch_token_store_is_in_memory:
 * @self: the token store
 *
 * Returns: whether nothing of it outlives the process
 */
gboolean
ch_token_store_is_in_memory (ChTokenStore *self)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), FALSE);

  return self->in_memory;
}

static void
explain (GError  *cause,
         GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }
  g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS, _ ("the keyring (Secret Service) can't be used: %s"),
               cause->message);
  g_error_free (cause);
}

static void
set_locked (GError **error)
{
  g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS, _ ("the keyring (Secret Service) is locked"));
}

/*
 * libsecret talks to the service that it met first, in the session that it agreed on with it. A service that was
 * started anew meanwhile answers with errors of several kinds; so after any that it may be, once more from the start.
 * Eats @cause where it says TRUE.
 */
static gboolean
may_have_restarted (GError **cause)
{
  if (*cause == NULL || g_error_matches (*cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (*cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return FALSE;

  g_clear_error (cause);
  secret_service_disconnect ();
  return TRUE;
}

/* (transfer full) (element-type utf8 utf8): borrows its texts from @self and @what */
static GHashTable *
make_attributes (ChTokenStore *self,
                 const char   *what)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, (gpointer) "application", (gpointer) APPLICATION);
  g_hash_table_insert (attributes, (gpointer) "login-url", self->login_url);
  g_hash_table_insert (attributes, (gpointer) "client-id", self->client_id);
  g_hash_table_insert (attributes, (gpointer) "what", (gpointer) what);
  return attributes;
}

/* Whether there is such a secret, be it locked; -1 with @cause where nobody can say. */
static int
is_there (GHashTable   *attributes,
          GCancellable *cancellable,
          GError      **cause)
{
  g_autoptr (GError) local_error = NULL;
  GList *found = secret_password_searchv_sync (&schema, attributes, SECRET_SEARCH_NONE, cancellable, &local_error);
  int there = found != NULL;

  g_list_free_full (found, g_object_unref);
  if (local_error == NULL)
    return there;
  g_propagate_error (cause, g_steal_pointer (&local_error));
  return -1;
}

static char *
look_up (ChTokenStore *self,
         const char   *what,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, what);
  GError *cause = NULL;
  char *secret = secret_password_lookupv_sync (&schema, attributes, cancellable, &cause);
  int there;

  if (may_have_restarted (&cause))
    secret = secret_password_lookupv_sync (&schema, attributes, cancellable, &cause);
  if (secret != NULL)
    return secret;

  /* Behind a lock that nobody opened it looks as if there were none. */
  there = cause == NULL ? is_there (attributes, cancellable, &cause) : -1;
  if (there == 1)
    set_locked (error);
  else if (there < 0)
    explain (cause, error);
  return NULL;
}

static gboolean
put_away (ChTokenStore *self,
          const char   *what,
          const char   *label,
          const char   *secret,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, what);
  GError *cause = NULL;
  gboolean stored
    = secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, &cause);

  if (may_have_restarted (&cause))
    stored = secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, &cause);
  if (stored)
    return TRUE;

  if (cause == NULL || g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    set_locked (error);
  else
    explain (g_steal_pointer (&cause), error);
  g_clear_error (&cause);
  return FALSE;
}

static gboolean
take_away (ChTokenStore *self,
           const char   *what,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, what);
  GError *cause = NULL;
  int there;

  secret_password_clearv_sync (&schema, attributes, cancellable, &cause);
  if (may_have_restarted (&cause))
    secret_password_clearv_sync (&schema, attributes, cancellable, &cause);
  there = cause == NULL ? is_there (attributes, cancellable, &cause) : -1;
  if (there == 1)
    set_locked (error);
  else if (there < 0)
    explain (cause, error);
  return there == 0;
}

/* The pair is one secret, so that half of it is never stored. */
static char *
tokens_to_text (const ChTokens *tokens)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "access_token", tokens->access_token);
  if (tokens->refresh_token != NULL)
    json_object_set_string_member (object, "refresh_token", tokens->refresh_token);
  json_object_set_int_member (object, "expires_at", tokens->expires_at);
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

static ChTokens *
tokens_from_text (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  if (json_object_get_string_member_with_default (object, "access_token", NULL) == NULL)
    return NULL;
  return ch_tokens_new (json_object_get_string_member (object, "access_token"),
                        json_object_get_string_member_with_default (object, "refresh_token", NULL),
                        json_object_get_int_member_with_default (object, "expires_at", 0));
}

/**
 * ch_token_store_load:
 * @self: the token store
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: (transfer full) (nullable): the stored tokens, %NULL without @error where there are none
 */
ChTokens *
ch_token_store_load (ChTokenStore *self,
                     GCancellable *cancellable,
                     GError      **error)
{
  char *text;
  ChTokens *tokens;

  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), NULL);

  if (self->in_memory)
    {
      g_mutex_lock (&self->mutex);
      tokens = self->memory != NULL ? ch_tokens_copy (self->memory) : NULL;
      g_mutex_unlock (&self->mutex);
      return tokens;
    }

  text = look_up (self, "tokens", cancellable, error);
  if (text == NULL)
    return NULL;
  tokens = tokens_from_text (text);
  secret_password_wipe (text);
  g_free (text);
  return tokens;
}

/**
 * ch_token_store_save:
 * @self: the token store
 * @tokens: what to keep
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: whether they are stored
 */
gboolean
ch_token_store_save (ChTokenStore   *self,
                     const ChTokens *tokens,
                     GCancellable   *cancellable,
                     GError        **error)
{
  char *text;
  gboolean stored;

  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), FALSE);

  if (self->in_memory)
    {
      g_mutex_lock (&self->mutex);
      g_clear_pointer (&self->memory, ch_tokens_free);
      self->memory = ch_tokens_copy (tokens);
      g_mutex_unlock (&self->mutex);
      return TRUE;
    }

  text = tokens_to_text (tokens);
  stored = put_away (self, "tokens", _ ("Certholder: Procore sign-in"), text, cancellable, error);
  wipe (text);
  return stored;
}

/**
 * ch_token_store_clear:
 * @self: the token store
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: whether nothing is stored any more
 */
gboolean
ch_token_store_clear (ChTokenStore *self,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), FALSE);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->memory, ch_tokens_free);
  g_mutex_unlock (&self->mutex);
  return self->in_memory || take_away (self, "tokens", cancellable, error);
}

/**
 * ch_token_store_load_client_secret:
 * @self: the token store
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: (transfer full) (nullable): the app's secret, %NULL without @error where there is none
 */
char *
ch_token_store_load_client_secret (ChTokenStore *self,
                                   GCancellable *cancellable,
                                   GError      **error)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), NULL);

  return self->in_memory ? NULL : look_up (self, "client-secret", cancellable, error);
}

/**
 * ch_token_store_save_client_secret:
 * @self: the token store
 * @secret: the app's secret
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: whether it is stored
 */
gboolean
ch_token_store_save_client_secret (ChTokenStore *self,
                                   const char   *secret,
                                   GCancellable *cancellable,
                                   GError      **error)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), FALSE);

  return self->in_memory
         || put_away (self, "client-secret", _ ("Certholder: Procore app"), secret, cancellable, error);
}

/**
 * ch_token_store_forbid_core_dumps:
 *
 * Lets no crash of this process leave a core dump; what it starts later inherits that.
 */
void
ch_token_store_forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("core dumps can't be forbidden");
}

/**
 * ch_token_store_load_webhook_secret:
 * @self: the token store
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: (transfer full) (nullable): what Procore's deliveries carry, %NULL without @error where there is none
 */
char *
ch_token_store_load_webhook_secret (ChTokenStore *self,
                                    GCancellable *cancellable,
                                    GError      **error)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), NULL);

  return self->in_memory ? NULL : look_up (self, "webhook-secret", cancellable, error);
}

/**
 * ch_token_store_save_webhook_secret:
 * @self: the token store
 * @secret: what Procore's deliveries are to carry
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_SECRETS
 *
 * Returns: whether it is stored
 */
gboolean
ch_token_store_save_webhook_secret (ChTokenStore *self,
                                    const char   *secret,
                                    GCancellable *cancellable,
                                    GError      **error)
{
  g_return_val_if_fail (CH_IS_TOKEN_STORE (self), FALSE);

  return self->in_memory
         || put_away (self, "webhook-secret", _ ("Certholder: Procore webhooks"), secret, cancellable, error);
}
