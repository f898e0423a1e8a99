#pragma once

#include <adwaita.h>

#include "ch-requirement-set.h"

G_BEGIN_DECLS

/*
 * One row of the editor of requirement sets: one point that a set may ask. What the user leaves alone stays in the set
 * as it is, also what the row can't show.
 */
typedef struct _ChSetControl ChSetControl;

/* coverage: (nullable): as the set has it; name: of the coverage */
ChSetControl *ch_set_control_new_limit        (const char                  *name,
                                               const ChCoverageRequirement *coverage,
                                               ChLimit                      limit);
ChSetControl *ch_set_control_new_ask          (const char                  *name,
                                               const ChCoverageRequirement *coverage,
                                               ChCoverageAsk                ask);
ChSetControl *ch_set_control_new_endorsements (const char                  *name,
                                               const ChCoverageRequirement *coverage);
ChSetControl *ch_set_control_new_member       (const ChRequirementSet      *set,
                                               ChSetAsk                     ask);
void          ch_set_control_free             (ChSetControl                *self);

/* (transfer none): ::notify::selected or ::changed when the user changes it */
GtkWidget    *ch_set_control_get_row          (ChSetControl                *self);
/* whether what is typed can be understood */
gboolean      ch_set_control_is_valid         (ChSetControl                *self);
/* puts what the user changed into @set; a coverage that the set does not have is left out */
void          ch_set_control_apply            (ChSetControl                *self,
                                               ChRequirementSet            *set);

/* (nullable) (transfer none) */
ChCoverageRequirement *ch_set_find_coverage   (const ChRequirementSet      *set,
                                               const char                  *name);

G_END_DECLS
