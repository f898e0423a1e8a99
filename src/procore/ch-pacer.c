#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-pacer.h"

#include "ch-procore-error-private.h"

#include <libsoup/soup.h>

/* What an answer may ask for is believed up to this. */
#define MAX_WAIT_SECONDS (24 * 3600)
#define CLOCK_TOLERANCE (3 * G_USEC_PER_SEC)

/**
 * ch_pacer_init:
 * @self: a pacer that knows nothing yet
 */
void
ch_pacer_init (ChPacer *self)
{
  self->limit = -1;
  self->remaining = -1;
  self->reset = 0;
  self->hourly_limit = -1;
  self->hourly_remaining = -1;
  self->hourly_reset = 0;
  self->not_before = 0;
  self->asked_at = 0;
}

/* Surely after the moment, and up to a quarter of a second more, so that several programs do not come back in step. */
static gint64
get_jitter (void)
{
  return g_random_int_range (G_USEC_PER_SEC / 20, G_USEC_PER_SEC / 4);
}

/* A clock that was set back makes no wait longer than what was asked for. */
static void
follow_clock (ChPacer *self,
              gint64   now)
{
  if (now >= self->asked_at)
    return;

  self->not_before -= self->asked_at - now;
  self->asked_at = now;
}

static void
put_off (ChPacer *self,
         gint64   now,
         gint64   wait)
{
  follow_clock (self, now);
  self->not_before = MAX (self->not_before, now + wait + get_jitter ());
  self->asked_at = now;
}

/**
 * ch_pacer_wait:
 * @self: the pacer
 * @transport: whose clock counts
 * @cancellable: (nullable): to give up
 * @error: %CH_PROCORE_ERROR_BUSY where the wait would be long, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether a request may be sent now
 */
gboolean
ch_pacer_wait (ChPacer      *self,
               ChTransport  *transport,
               GCancellable *cancellable,
               GError      **error)
{
  gint64 now = ch_transport_now (transport);

  follow_clock (self, now);
  if (self->not_before <= now)
    return TRUE;
  if (self->not_before - now > CH_PACER_PATIENCE)
    {
      _ch_procore_error_set_busy (error, self->not_before / G_USEC_PER_SEC + 1);
      return FALSE;
    }
  return ch_transport_wait_until (transport, self->not_before, cancellable, error);
}

static gboolean
read_number (const ChResponse *response,
             const char       *name,
             gint64           *number)
{
  const char *text = ch_response_get_header (response, name);

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, number, NULL);
}

/* Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
static gboolean
read_retry_after (const ChResponse *response,
                  gint64            server_time,
                  gint64           *seconds)
{
  const char *text = ch_response_get_header (response, "retry-after");
  g_autoptr (GDateTime) date = NULL;

  if (read_number (response, "retry-after", seconds))
    return TRUE;
  date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  if (date != NULL)
    *seconds = MAX (g_date_time_to_unix (date) - server_time / G_USEC_PER_SEC, 0);
  return date != NULL;
}

/*
 * Resets are told in the server's time. Where this machine's clock is off by more than what `Date` can't say (it has
 * whole seconds, and the answer was under way), the server's counts.
 */
static gint64
get_server_time (const ChResponse *response,
                 gint64            now)
{
  const char *text = ch_response_get_header (response, "date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  gint64 told = date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : now;

  return ABS (told - now) > CLOCK_TOLERANCE ? told : now;
}

/*
 * The headers do not say of which limit they speak. A window that ends in more than a minute is the hour; one that ends
 * sooner is the hour only where the number is the hour's.
 */
static void
observe_hour (ChPacer *self,
              gint64   server_time)
{
  gint64 left = self->reset - server_time / G_USEC_PER_SEC;

  if (left <= 60 && self->limit != self->hourly_limit)
    return;
  self->hourly_limit = self->limit;
  self->hourly_remaining = self->remaining;
  self->hourly_reset = self->reset;
}

/**
 * ch_pacer_observe:
 * @self: the pacer
 * @response: any answer
 * @now: Unix microseconds
 *
 * Takes note of what an answer says of the nearer limit. At nothing left nothing is sent until its reset.
 */
void
ch_pacer_observe (ChPacer          *self,
                  const ChResponse *response,
                  gint64            now)
{
  gint64 server_time = get_server_time (response, now);
  gint64 limit;
  gint64 remaining;
  gint64 reset;
  gint64 wait;

  if (!read_number (response, "x-rate-limit-remaining", &remaining) || !read_number (response, "x-rate-limit-reset", &reset))
    return;

  if (read_number (response, "x-rate-limit-limit", &limit))
    self->limit = (int) MIN (limit, G_MAXINT);
  self->remaining = (int) MIN (remaining, G_MAXINT);
  self->reset = reset;
  observe_hour (self, server_time);
  wait = MIN (reset, G_MAXUINT32) * G_USEC_PER_SEC - server_time;
  if (remaining == 0 && wait >= 0)
    put_off (self, now, wait);
}

/**
 * ch_pacer_back_off:
 * @self: the pacer
 * @response: a 429 or a 503
 * @now: Unix microseconds
 * @attempt: how many such answers came before, for this request
 *
 * Puts the next request off: to Retry-After or the reset where the answer names one, else by a growing wait.
 */
void
ch_pacer_back_off (ChPacer          *self,
                   const ChResponse *response,
                   gint64            now,
                   guint             attempt)
{
  gint64 server_time = get_server_time (response, now);
  gint64 seconds;
  gint64 reset;
  gint64 wait;

  if (read_retry_after (response, server_time, &seconds) && seconds < MAX_WAIT_SECONDS)
    wait = seconds * G_USEC_PER_SEC;
  else if (response->status == 429 && read_number (response, "x-rate-limit-reset", &reset)
           && reset * G_USEC_PER_SEC > server_time && reset - server_time / G_USEC_PER_SEC < MAX_WAIT_SECONDS)
    wait = reset * G_USEC_PER_SEC - server_time;
  else
    wait = (G_GINT64_CONSTANT (1) << MIN (attempt, 6)) * G_USEC_PER_SEC;
  put_off (self, now, wait);
}
