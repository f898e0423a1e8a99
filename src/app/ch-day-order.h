#pragma once

#include "ch-date.h"

G_BEGIN_DECLS

/* Days in a list, where no day (%CH_DATE_NONE) means that nothing comes. */
ChDate ch_day_earlier (ChDate a,
                       ChDate b);
/* the sooner first, no day last */
int    ch_day_compare (ChDate a,
                       ChDate b);

G_END_DECLS
