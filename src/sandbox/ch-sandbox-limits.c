#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define SPIKE (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/* People who move the sandbox's clock do not move the windows, or a client would wait for days. */
static void
roll_windows (ChSandbox *self)
{
  gint64 now = self->now - self->skew;

  if (now - self->hour_start >= HOUR || now < self->hour_start)
    {
      self->hour_start = now;
      self->hour_count = 0;
    }
  if (now - self->spike_start >= SPIKE || now < self->spike_start)
    {
      self->spike_start = now;
      self->spike_count = 0;
    }
}

/*< private >
 * Counts one request.
 *
 * Returns: (nullable): the refusal when a window is used up
 */
ChSandboxAnswer *
_ch_limits_take (ChSandbox *self)
{
  roll_windows (self);
  if (self->hour_count >= self->limit_hourly || self->spike_count >= self->limit_spike)
    return _ch_answer_problem (429, "rate_limit", "You have surpassed the max number of requests");
  self->hour_count++;
  self->spike_count++;
  return NULL;
}

/*< private >
 * The headers speak of the window that is nearer to its end of requests.
 */
void
_ch_limits_tell (ChSandbox       *self,
                 ChSandboxAnswer *answer)
{
  guint hour_left = self->limit_hourly - MIN (self->hour_count, self->limit_hourly);
  guint spike_left = self->limit_spike - MIN (self->spike_count, self->limit_spike);
  gboolean spike = spike_left < hour_left;
  gint64 end = spike ? self->spike_start + SPIKE : self->hour_start + HOUR;

  _ch_answer_header (answer, "X-Rate-Limit-Limit", "%u", spike ? self->limit_spike : self->limit_hourly);
  _ch_answer_header (answer, "X-Rate-Limit-Remaining", "%u", spike ? spike_left : hour_left);
  _ch_answer_header (answer, "X-Rate-Limit-Reset", "%" G_GINT64_FORMAT, (end + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/*< private >
 * Returns: (nullable) (transfer full): the fault that befalls @request
 */
JsonObject *
_ch_faults_take (ChSandbox              *self,
                 const ChSandboxRequest *request)
{
  guint i;

  for (i = 0; i < self->faults->len; i++)
    {
      JsonObject *fault = g_ptr_array_index (self->faults, i);
      const char *method = _ch_record_text (fault, "method");
      gint64 count = _ch_record_id (fault, "count");

      if (method != NULL && !g_str_equal (method, "*") && !g_str_equal (method, request->method))
        continue;
      if (!g_pattern_match_simple (_ch_record_text (fault, "path"), request->path))
        continue;
      json_object_ref (fault);
      if (count == 1)
        g_ptr_array_remove_index (self->faults, i);
      else if (count > 1)
        json_object_set_int_member (fault, "count", count - 1);
      return fault;
    }
  return NULL;
}
