#include "config.h"

#include "ch-http-transport.h"

#include <time.h>

/*
 * What a wait makes of a wall clock that is set meanwhile. The clock is this file's: the program's own definition of the
 * function goes before GLib's, for the transport too.
 */

/* A wait that would last as long as the clock was set by is given up. */
#define PATIENCE (20 * G_USEC_PER_SEC)
#define WAIT (G_USEC_PER_SEC / 5)
#define HOUR (3600 * (gint64) G_USEC_PER_SEC)

static gint n_looks;        /* at the clock */
static gint set_at_look;    /* at which of them it is found set */
static gint64 set_by;       /* microseconds */

gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return now.tv_sec * (gint64) G_USEC_PER_SEC + now.tv_nsec / 1000 + (n_looks++ >= set_at_look ? set_by : 0);
}

typedef struct {
  GCancellable *cancellable;
  GMutex        mutex;
  GCond         cond;
  gboolean      is_over;
} Watchdog;

static gpointer
lose_patience (gpointer data)
{
  Watchdog *self = data;
  gint64 until = g_get_monotonic_time () + PATIENCE;

  g_mutex_lock (&self->mutex);
  while (!self->is_over && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  if (!self->is_over)
    g_cancellable_cancel (self->cancellable);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* How long a wait of WAIT lasts while the clock is set, microseconds. Clocks are steered: they differ by a little. */
static gint64
time_wait (gint64 by)
{
  g_autoptr (ChHttpTransport) transport = ch_http_transport_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watchdog watchdog = { .cancellable = cancellable };
  GThread *thread;
  gint64 began = g_get_monotonic_time ();
  gint64 until;

  g_mutex_init (&watchdog.mutex);
  g_cond_init (&watchdog.cond);
  thread = g_thread_new ("patience", lose_patience, &watchdog);
  n_looks = 0;
  set_by = by;
  /* The caller's look, that at the wait's begin, that of its first turn: it is set during the second. */
  set_at_look = 3;
  until = ch_transport_now (CH_TRANSPORT (transport)) + WAIT;
  g_assert_true (ch_transport_wait_until (CH_TRANSPORT (transport), until, cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_looks, >, set_at_look);

  g_mutex_lock (&watchdog.mutex);
  watchdog.is_over = TRUE;
  g_cond_signal (&watchdog.cond);
  g_mutex_unlock (&watchdog.mutex);
  g_thread_join (thread);
  g_mutex_clear (&watchdog.mutex);
  g_cond_clear (&watchdog.cond);
  return g_get_monotonic_time () - began;
}

static void
test_clock_that_goes_right (void)
{
  g_assert_cmpint (time_wait (0), >=, WAIT / 2);
}

static void
test_clock_set_back_makes_no_wait_longer (void)
{
  g_assert_cmpint (time_wait (-HOUR), >=, WAIT / 2);
}

/* The time that was waited for has come. */
static void
test_clock_set_forth_ends_the_wait (void)
{
  time_wait (HOUR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/procore/http/wait/clock-that-goes-right", test_clock_that_goes_right);
  g_test_add_func ("/procore/http/wait/clock-set-back-makes-it-no-longer", test_clock_set_back_makes_no_wait_longer);
  g_test_add_func ("/procore/http/wait/clock-set-forth-ends-it", test_clock_set_forth_ends_the_wait);

  return g_test_run ();
}
