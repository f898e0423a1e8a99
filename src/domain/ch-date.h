#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChDate:
 *
 * A calendar day without a time or a zone: days since 1970-01-01 in the proleptic Gregorian calendar.
 * Ordinary integer arithmetic and comparison hold, which the judge relies on; %CH_DATE_NONE is no day at all and
 * must be tested for before either.
 */
typedef gint32 ChDate;

#define CH_DATE_NONE G_MININT32

ChDate    ch_date_new       (int         year,
                             int         month,
                             int         day);
ChDate    ch_date_from_iso  (const char *text);
char     *ch_date_to_iso    (ChDate      date);
void      ch_date_get_ymd   (ChDate      date,
                             int        *year,
                             int        *month,
                             int        *day);
ChDate    ch_date_in_zone   (gint64      unix_seconds,
                             const char *tz_name);
gint64    ch_date_starts_at (ChDate      date,
                             const char *tz_name);

G_END_DECLS
