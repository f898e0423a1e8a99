#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-worker.h"

/**
 * ch_worker_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): another like it
 */
ChWorkerReport *
ch_worker_report_copy (const ChWorkerReport *self)
{
  ChWorkerReport *copy = g_memdup2 (self, sizeof *self);

  copy->problem = g_strdup (self->problem);
  copy->activity = g_strdup (self->activity);
  return copy;
}

/**
 * ch_worker_report_free:
 * @self: (transfer full): a report
 */
void
ch_worker_report_free (ChWorkerReport *self)
{
  g_free (self->problem);
  g_free (self->activity);
  g_free (self);
}
