#pragma once

#include "ch-date.h"

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * The one source of time for the desk and the sync. The system's by default; shifted so that it began at a given
 * instant (CERTHOLDER_NOW, tests), from where it runs on. Thread-safe.
 */
#define CH_TYPE_CLOCK (ch_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (ChClock, ch_clock, CH, CLOCK, GObject)

struct _ChClockClass {
  GObjectClass parent_class;

  gint64 (*now) (ChClock *self);
};

ChClock *ch_clock_new_system      (void);
ChClock *ch_clock_new_starting_at (gint64       now);
/* CERTHOLDER_NOW, or the system's; NULL with an error where the variable is no ISO 8601 instant */
ChClock *ch_clock_new_from_environment (GError **error);
/* Unix microseconds */
gint64   ch_clock_now             (ChClock     *self);
ChDate   ch_clock_today           (ChClock     *self,
                                   const char  *tz_name);

G_END_DECLS
