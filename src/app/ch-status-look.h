#pragma once

#include "ch-verdict.h"

G_BEGIN_DECLS

/* How a status is shown: a word, a shape and a colour, so that it is never told by colour alone. */
const char *ch_status_get_label       (ChStatus  status);
const char *ch_status_get_explanation (ChStatus  status);
const char *ch_status_get_icon_name   (ChStatus  status);
const char *ch_status_get_style_class (ChStatus  status);

G_END_DECLS
