#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_slashed_date_mend            (GArray *signs);
gboolean ch_slashed_date_mend_century    (GArray *signs);
gboolean ch_slashed_date_mend_ones       (GArray *signs);
gboolean ch_slashed_date_mend_first      (GArray *signs);
gboolean ch_slashed_date_complete        (GArray *signs);
void     ch_slashed_date_doubt_cut_year  (GArray *signs);

G_END_DECLS
