#pragma once

#include "ch-connection-private.h"

G_BEGIN_DECLS

/* "CHLD": tells our files from other programs' (PRAGMA application_id) */
#define CH_STORE_APPLICATION_ID 1128811588

/* (transfer full) (element-type utf8): the scripts of the schema, in order; the first one makes version 1 */
GPtrArray *_ch_migration_load_scripts (void);
/* Whether it is ours (or new) and not from a newer program; reads only. */
gboolean   _ch_migration_check        (ChConnection  *connection,
                                       guint          newest,
                                       GError       **error);
/* Applies what is missing, each script in a transaction of its own. */
gboolean   _ch_migration_run          (ChConnection  *connection,
                                       GPtrArray     *scripts,
                                       GError       **error);

G_END_DECLS
