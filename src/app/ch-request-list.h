#pragma once

#include <adwaita.h>

#include "ch-account.h"

G_BEGIN_DECLS

/* What was asked of Procore, newest first, and how often; without secrets. Kept current while it is seen. */
#define CH_TYPE_REQUEST_LIST (ch_request_list_get_type ())
G_DECLARE_FINAL_TYPE (ChRequestList, ch_request_list, CH, REQUEST_LIST, AdwBin)

void ch_request_list_set_account (ChRequestList *self,
                                  ChAccount     *account);

G_END_DECLS
