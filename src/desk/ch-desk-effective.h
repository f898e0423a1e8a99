#pragma once

#include "ch-desk.h"
#include "ch-requirement-set.h"

G_BEGIN_DECLS

/**
 * ChEffectiveRequirements:
 * @stage_category: (nullable): of the project
 * @sources: (element-type ChRequirementSource): the layers, general to specific
 * @set: what they ask for together during the stage; the origins of its members are indices into @sources
 *
 * What is asked of a sub on a project today, or under one of the sub's commitments.
 */
typedef struct {
  gint64            project_id;
  gint64            vendor_id;
  gint64            commitment_id;
  char             *stage_category;
  GPtrArray        *sources;
  ChRequirementSet *set;
} ChEffectiveRequirements;

void                     ch_effective_requirements_free         (ChEffectiveRequirements *self);
ChEffectiveRequirements *ch_desk_get_effective_requirements     (ChDesk                  *self,
                                                                 gint64                   project_id,
                                                                 gint64                   vendor_id,
                                                                 GError                 **error);
ChEffectiveRequirements *ch_desk_get_commitment_requirements    (ChDesk                  *self,
                                                                 gint64                   commitment_id,
                                                                 GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChEffectiveRequirements, ch_effective_requirements_free)

G_END_DECLS
