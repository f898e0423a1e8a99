#pragma once

#include "ch-list-page.h"
#include "ch-verdict.h"

G_BEGIN_DECLS

/* The parts of a list of subs: one for each status, worst first. */
void     ch_status_filter_add (ChListPage *page);
gboolean ch_status_filter_has (guint       filter,
                               ChStatus    status);

G_END_DECLS
