#pragma once

#include <gio/gio.h>

#include "ch-requirement-set.h"

G_BEGIN_DECLS

/*
 * The requirement sets that come with the program: usual in the trade, a starting point. They are named by their file.
 */

/* (transfer full): the one that most begin with comes first */
char            **ch_ready_made_list     (void);
/* (transfer full): as JSON */
char             *ch_ready_made_dup_body (const char *file);
/* (transfer full) */
ChRequirementSet *ch_ready_made_get_set  (const char *file);

G_END_DECLS
