#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-clock.h"
#include "ch-desk.h"

/**
 * ChClock:
 *
 * The system's clock, or one that began at a given instant and runs on at the machine's pace. A subclass may tell
 * any time it likes. Immutable once made, hence safe in every thread.
 */
typedef struct {
  gboolean shifted;
  gint64   started_at;          /* Unix microseconds */
  gint64   monotonic_start;
} ChClockPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (ChClock, ch_clock, G_TYPE_OBJECT)

static gint64
ch_clock_real_now (ChClock *self)
{
  ChClockPrivate *priv = ch_clock_get_instance_private (self);

  if (!priv->shifted)
    return g_get_real_time ();

  return priv->started_at + (g_get_monotonic_time () - priv->monotonic_start);
}

static void
ch_clock_class_init (ChClockClass *klass)
{
  klass->now = ch_clock_real_now;
}

static void
ch_clock_init (ChClock *self)
{
}

ChClock *
ch_clock_new_system (void)
{
  return g_object_new (CH_TYPE_CLOCK, NULL);
}

/**
 * ch_clock_new_starting_at:
 * @now: Unix microseconds
 *
 * Returns: (transfer full): a clock that says @now at this moment and runs on from there
 */
ChClock *
ch_clock_new_starting_at (gint64 now)
{
  ChClock *self = g_object_new (CH_TYPE_CLOCK, NULL);
  ChClockPrivate *priv = ch_clock_get_instance_private (self);

  priv->shifted = TRUE;
  priv->started_at = now;
  priv->monotonic_start = g_get_monotonic_time ();

  return self;
}

/**
 * ch_clock_new_from_environment:
 *
 * Returns: (transfer full): the clock that `CERTHOLDER_NOW` asks for, the system's where it is unset or empty; %NULL
 *   with %CH_DESK_ERROR_INVALID where it is no ISO 8601 instant with its offset from UTC
 */
ChClock *
ch_clock_new_from_environment (GError **error)
{
  const char *text = g_getenv ("CERTHOLDER_NOW");
  g_autoptr(GDateTime) instant = NULL;

  if (text == NULL || text[0] == '\0')
    return ch_clock_new_system ();

  instant = g_date_time_new_from_iso8601 (text, NULL);
  if (instant == NULL)
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                   "CERTHOLDER_NOW: “%s” is no instant such as 2026-11-23T09:00:00Z", text);
      return NULL;
    }

  return ch_clock_new_starting_at (g_date_time_to_unix (instant) * G_USEC_PER_SEC +
                                   g_date_time_get_microsecond (instant));
}

gint64
ch_clock_now (ChClock *self)
{
  g_return_val_if_fail (CH_IS_CLOCK (self), 0);

  return CH_CLOCK_GET_CLASS (self)->now (self);
}

/**
 * ch_clock_today:
 * @tz_name: (nullable): IANA zone; UTC where %NULL or unknown
 *
 * Returns: the calendar day in that zone
 */
ChDate
ch_clock_today (ChClock    *self,
                const char *tz_name)
{
  gint64 now = ch_clock_now (self);
  gint64 seconds = now / G_USEC_PER_SEC;

  /* Towards minus infinity, so that instants before 1970 belong to their own second. */
  if (now % G_USEC_PER_SEC < 0)
    seconds--;

  return ch_date_in_zone (seconds, tz_name != NULL ? tz_name : "UTC");
}
