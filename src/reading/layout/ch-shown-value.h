#pragma once

#include "ch-date.h"
#include "ch-policy.h"

G_BEGIN_DECLS

gboolean ch_shown_date_parse      (const char *text,
                                   ChDate     *date);
gsize    ch_shown_date_find       (const char *text,
                                   gsize       from,
                                   ChDate     *date);
gboolean ch_shown_money_parse     (const char *text,
                                   gint64     *dollars);
ChMark   ch_shown_yes_no_parse    (const char *text);
gboolean ch_shown_tick_is         (const char *text);
gboolean ch_shown_sign_is         (const char *text);
gboolean ch_shown_phone_is        (const char *text);
gboolean ch_shown_coi_mend        (char       *number);
gboolean ch_shown_name_mend       (char       *name);

G_END_DECLS
