#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-waiver.h"

ChWaiver *
ch_waiver_new (const char *rule,
               ChDate      until,
               const char *why)
{
  ChWaiver *self = g_new0 (ChWaiver, 1);

  self->rule = g_strdup (rule);
  self->until = until;
  self->why = g_strdup (why);

  return self;
}

ChWaiver *
ch_waiver_copy (const ChWaiver *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ch_waiver_new (self->rule, self->until, self->why);
}

void
ch_waiver_free (ChWaiver *self)
{
  if (self == NULL)
    return;

  g_free (self->rule);
  g_free (self->why);
  g_free (self);
}
