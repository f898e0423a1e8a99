#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_slashed_date_mend (GArray *signs);
gboolean ch_slashed_date_mend_century (GArray *signs);
gboolean ch_slashed_date_mend_ones    (GArray *signs);

G_END_DECLS
