#pragma once

#include "ch-coverage.h"
#include "ch-limit.h"
#include "ch-policy.h"

G_BEGIN_DECLS

/**
 * ChEvidence:
 *
 * How strongly a right is shown, weakest first: a box on the form, wording in the description of operations, the
 * endorsement itself.
 */
typedef enum {
  CH_EVIDENCE_NONE,
  CH_EVIDENCE_BOX,
  CH_EVIDENCE_DESCRIPTION,
  CH_EVIDENCE_FORM,
} ChEvidence;

const char *ch_evidence_to_string   (ChEvidence  evidence);
gboolean    ch_evidence_from_string (const char *text,
                                     ChEvidence *evidence);

/**
 * ChMember:
 *
 * One optional member of a requirement set: absent (the layer below shows through), removed (`null` in JSON) or set.
 */
typedef enum {
  CH_MEMBER_ABSENT,
  CH_MEMBER_REMOVED,
  CH_MEMBER_SET,
} ChMember;

typedef struct _ChRequirementSet ChRequirementSet;

ChRequirementSet *ch_requirement_set_new   (void);
ChRequirementSet *ch_requirement_set_copy  (const ChRequirementSet *self);
void              ch_requirement_set_free  (ChRequirementSet       *self);
ChRequirementSet *ch_requirement_set_merge (GPtrArray              *layers,
                                            const char             *stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequirementSet, ch_requirement_set_free)

G_END_DECLS
