#pragma once

#include "ch-sandbox.h"

G_BEGIN_DECLS

#define CH_TYPE_SANDBOX_SERVER (ch_sandbox_server_get_type ())
G_DECLARE_FINAL_TYPE (ChSandboxServer, ch_sandbox_server, CH, SANDBOX_SERVER, GObject)

ChSandboxServer *ch_sandbox_server_new      (ChSandbox        *sandbox);
gboolean         ch_sandbox_server_listen   (ChSandboxServer  *self,
                                             guint             port,
                                             GError          **error);
char            *ch_sandbox_server_dup_url  (ChSandboxServer  *self);

G_END_DECLS
