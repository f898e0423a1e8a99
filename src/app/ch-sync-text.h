#pragma once

#include "ch-account.h"

G_BEGIN_DECLS

/* How the sync stands, in words. (transfer full) each. */
char       *ch_sync_dup_summary   (ChAccount *account,
                                   gint64     now);
char       *ch_sync_dup_detail    (ChAccount *account,
                                   gint64     now);
/* how old what is known of a project is, as "As of 40 s ago"; project_id 0: of all together */
char       *ch_sync_dup_freshness (ChAccount *account,
                                   gint64     project_id,
                                   gint64     now);
const char *ch_sync_get_icon_name (ChAccount *account);
/* whether a person has to do something before it goes on */
gboolean    ch_sync_needs_sign_in (ChAccount *account);
/* (nullable): for the colour of the icon */
const char *ch_sync_get_style_class (ChAccount *account);

G_END_DECLS
