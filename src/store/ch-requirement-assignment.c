#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-requirements.h"

/**
 * ch_requirement_assignment_new:
 * @trade: (nullable): for %CH_SCOPE_TRADE
 * @project_id: for %CH_SCOPE_PROJECT and %CH_SCOPE_SUB_ON_PROJECT, else 0
 * @vendor_id: for %CH_SCOPE_SUB_ON_PROJECT, else 0
 * @commitment_id: for %CH_SCOPE_COMMITMENT, else 0
 *
 * Returns: (transfer full): a place that a requirement set can be assigned to
 */
ChRequirementAssignment *
ch_requirement_assignment_new (ChScope     scope,
                               const char *trade,
                               gint64      project_id,
                               gint64      vendor_id,
                               gint64      commitment_id)
{
  ChRequirementAssignment *self = g_new0 (ChRequirementAssignment, 1);

  self->scope = scope;
  self->trade = g_strdup (trade);
  self->project_id = project_id;
  self->vendor_id = vendor_id;
  self->commitment_id = commitment_id;

  return self;
}

void
ch_requirement_assignment_free (ChRequirementAssignment *self)
{
  if (self == NULL)
    return;

  g_free (self->trade);
  g_free (self);
}

void
ch_stored_requirement_set_free (ChStoredRequirementSet *self)
{
  if (self == NULL)
    return;

  g_free (self->uuid);
  g_free (self->name);
  g_free (self->body);
  g_clear_pointer (&self->assignments, g_ptr_array_unref);
  g_free (self);
}
