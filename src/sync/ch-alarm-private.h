#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChAlarmFunc:
 * @clock_was_set: somebody set the system's clock; else the alarm's time has come
 */
typedef void (*ChAlarmFunc) (gboolean clock_was_set,
                             gpointer user_data);

/*
 * Wakes a main context at an instant of the wall clock: also right after the machine slept past it, and at once where
 * the clock is set (then the instant may have passed, or be further away). Used by the context's thread.
 */
typedef struct _ChAlarm ChAlarm;

/* NULL where the kernel gives no timer; then only ever-looking helps */
ChAlarm *_ch_alarm_new  (GMainContext *context,
                         ChAlarmFunc   func,
                         gpointer      user_data);
void     _ch_alarm_free (ChAlarm      *self);
/* @at: Unix microseconds of the system's clock, 0 for never: a set clock is still told */
void     _ch_alarm_set  (ChAlarm      *self,
                         gint64        at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChAlarm, _ch_alarm_free)

G_END_DECLS
