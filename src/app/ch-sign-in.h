#pragma once

#include "ch-account.h"

G_BEGIN_DECLS

/* The acts of an account that need the network or the Secret Service. Each starts the account anew when it is done. */

/* Shows an address to the user, in the main thread. */
typedef void (*ChOpenAddressFunc) (const char *address,
                                   gpointer    user_data);

/* app: client id, and its secret (nullable: keeps the one that is stored) */
void       ch_account_configure_async            (ChAccount            *self,
                                                  const char           *api_url,
                                                  const char           *login_url,
                                                  const char           *client_id,
                                                  const char           *client_secret,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
void       ch_account_sign_in_by_browser_async   (ChAccount            *self,
                                                  ChOpenAddressFunc     open,
                                                  gpointer              open_data,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* the address at which Procore shows a code; *verifier goes with the code */
char      *ch_account_dup_code_address           (ChAccount            *self,
                                                  char                **verifier);
void       ch_account_sign_in_by_code_async      (ChAccount            *self,
                                                  const char           *code,
                                                  const char           *verifier,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* client credentials: as the app's service account */
void       ch_account_sign_in_as_service_async   (ChAccount            *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
void       ch_account_sign_out_async             (ChAccount            *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
void       ch_account_choose_company_async       (ChAccount            *self,
                                                  gint64                company_id,
                                                  const char           *company_name,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* of each of the above */
gboolean   ch_account_act_finish                 (ChAccount            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* (element-type ChCompany) */
void       ch_account_list_companies_async       (ChAccount            *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray *ch_account_list_companies_finish      (ChAccount            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
