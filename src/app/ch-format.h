#pragma once

#include "ch-date.h"

G_BEGIN_DECLS

/* Values as the user's locale writes them. (transfer full) each. */
char   *ch_format_date       (ChDate      date);
char   *ch_format_in_days    (ChDate      date,
                              ChDate      today);
char   *ch_format_count      (gint64      number);
char   *ch_format_money      (gint64      dollars);
char   *ch_format_instant    (gint64      at);
char   *ch_format_time       (gint64      at,
                              gint64      now);
char   *ch_format_ago        (gint64      at,
                              gint64      now);
ChDate  ch_parse_typed_date  (const char *text);

G_END_DECLS
