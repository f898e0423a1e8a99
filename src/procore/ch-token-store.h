#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChTokens:
 * @refresh_token: (nullable): works once; %NULL with client credentials
 * @expires_at: Unix seconds
 */
typedef struct {
  char   *access_token;
  char   *refresh_token;
  gint64  expires_at;
} ChTokens;

ChTokens *ch_tokens_new  (const char     *access_token,
                          const char     *refresh_token,
                          gint64          expires_at);
ChTokens *ch_tokens_copy (const ChTokens *self);
void      ch_tokens_free (ChTokens       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChTokens, ch_tokens_free)

/*
 * Where tokens and the client secret rest: the Secret Service, keyed by login URL and client id (and never anywhere
 * else). With `in_memory` nothing is kept beyond the process. Blocking; CH_PROCORE_ERROR_SECRETS where it is missing
 * or locked. A load that finds nothing is NULL without an error.
 */
#define CH_TYPE_TOKEN_STORE (ch_token_store_get_type ())
G_DECLARE_FINAL_TYPE (ChTokenStore, ch_token_store, CH, TOKEN_STORE, GObject)

ChTokenStore *ch_token_store_new         (const char    *login_url,
                                          const char    *client_id,
                                          gboolean       in_memory);
const char   *ch_token_store_get_login_url (ChTokenStore *self);
const char   *ch_token_store_get_client_id (ChTokenStore *self);
gboolean      ch_token_store_is_in_memory (ChTokenStore *self);
ChTokens     *ch_token_store_load        (ChTokenStore  *self,
                                          GCancellable  *cancellable,
                                          GError       **error);
gboolean      ch_token_store_save        (ChTokenStore  *self,
                                          const ChTokens *tokens,
                                          GCancellable  *cancellable,
                                          GError       **error);
gboolean      ch_token_store_clear       (ChTokenStore  *self,
                                          GCancellable  *cancellable,
                                          GError       **error);
char         *ch_token_store_load_webhook_secret (ChTokenStore *self,
                                         GCancellable  *cancellable,
                                         GError       **error);
gboolean      ch_token_store_save_webhook_secret (ChTokenStore *self,
                                         const char    *secret,
                                         GCancellable  *cancellable,
                                         GError       **error);
char         *ch_token_store_load_client_secret (ChTokenStore *self,
                                          GCancellable  *cancellable,
                                          GError       **error);
gboolean      ch_token_store_save_client_secret (ChTokenStore *self,
                                          const char    *secret,
                                          GCancellable  *cancellable,
                                          GError       **error);

/* A core dump would write the tokens in memory to the disk: called once, by each program that signs in. */
void          ch_token_store_forbid_core_dumps (void);

G_END_DECLS
