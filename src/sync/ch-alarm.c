#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-alarm-private.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* "Never": the timer has to run for a set clock to be told. */
#define FAR_AWAY (G_GINT64_CONSTANT (4102444800))   /* 2100-01-01 */

struct _ChAlarm
{
  int          fd;
  gint64       at;
  ChAlarmFunc  func;
  gpointer     user_data;
  GSource     *source;
};

static gboolean
on_timer_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  ChAlarm *self = user_data;
  guint64 n;
  gboolean clock_was_set = read (fd, &n, sizeof n) < 0 && errno == ECANCELED;

  if (clock_was_set)
    _ch_alarm_set (self, self->at);
  self->func (clock_was_set, self->user_data);
  return G_SOURCE_CONTINUE;
}

/*< private > */
ChAlarm *
_ch_alarm_new (GMainContext *context,
               ChAlarmFunc   func,
               gpointer      user_data)
{
  ChAlarm *self;
  int fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);

  if (fd < 0)
    return NULL;

  self = g_new0 (ChAlarm, 1);
  self->fd = fd;
  self->func = func;
  self->user_data = user_data;
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_timer_cb), self, NULL);
  g_source_attach (self->source, context);
  _ch_alarm_set (self, 0);
  return self;
}

/*< private > */
void
_ch_alarm_free (ChAlarm *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self);
}

/*< private > */
void
_ch_alarm_set (ChAlarm *self,
               gint64   at)
{
  struct itimerspec spec = { { 0, 0 }, { FAR_AWAY, 0 } };

  self->at = at;
  /* All zero would stop it. */
  if (at > 0)
    spec.it_value = (struct timespec) { at / G_USEC_PER_SEC, at % G_USEC_PER_SEC * 1000 + 1 };
  /* A clock that was set since the last time is told here, once; the timer runs even so. */
  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) < 0 && errno != ECANCELED)
    g_warning ("The lapse clock has no timer: %s", g_strerror (errno));
}
