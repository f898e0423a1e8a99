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

/* Which autos of a sub must be insured; a requirement may accept several of these. */
typedef enum {
  CH_AUTOS_ASK_ANY = 1 << 0,                      /* only "any auto" */
  CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED = 1 << 1,    /* any auto, or these three */
  CH_AUTOS_ASK_HIRED_NON_OWNED = 1 << 2,          /* any of the former, or these two: for subs without vehicles */
} ChAutosAsk;

typedef enum {
  CH_NAMED_INSURED_LEGAL,
  CH_NAMED_INSURED_LEGAL_OR_DBA,
} ChNamedInsured;

/**
 * ChOrigin:
 * @layer: the index of the layer that brought it, 0 for the most general
 * @is_stage: it stands in what that layer says of the project's stage
 *
 * Where a member of a merged set came from.
 */
typedef struct {
  int      layer;
  gboolean is_stage;
} ChOrigin;

/* The members of one coverage. The value of all but the first two is a number in ChCoverageRequirement.values: a
 * ChBasis, a ChAggregatePer, a ChEvidence, a boolean or a set of ChAutosAsk. */
typedef enum {
  CH_COVERAGE_ASK_MINIMUM,
  CH_COVERAGE_ASK_ENDORSEMENTS,
  CH_COVERAGE_ASK_BASIS,
  CH_COVERAGE_ASK_AGGREGATE_PER,
  CH_COVERAGE_ASK_ADDITIONAL_INSURED,
  CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED,
  CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY,
  CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION,
  CH_COVERAGE_ASK_STATUTORY,
  CH_COVERAGE_ASK_AUTOS,
  CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED,
} ChCoverageAsk;

#define CH_N_COVERAGE_ASKS (CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED + 1)

/**
 * ChCoverageRequirement:
 * @name: one of ACORD's four, or a word that the text of an `other` policy must hold
 * @is_removed: `null` in JSON: this layer takes the whole coverage away
 * @members: whether each member is there
 * @values: the numbers behind the members; see #ChCoverageAsk
 * @minimum: whole dollars by #ChLimit, %CH_MONEY_ABSENT where nothing is asked
 * @endorsements: (element-type utf8): as `CG 20 10|CG 20 38`; never %NULL
 * @origin: who asks for the coverage at all: the most general layer that has it
 * @origins: of each member
 *
 * What one layer says of one coverage.
 */
typedef struct {
  char      *name;
  gboolean   is_removed;
  ChMember   members[CH_N_COVERAGE_ASKS];
  int        values[CH_N_COVERAGE_ASKS];
  gint64     minimum[CH_N_LIMITS];
  GPtrArray *endorsements;
  ChOrigin   origin;
  ChOrigin   origins[CH_N_COVERAGE_ASKS];
} ChCoverageRequirement;

ChCoverageRequirement *ch_coverage_requirement_new  (const char                  *name);
ChCoverageRequirement *ch_coverage_requirement_copy (const ChCoverageRequirement *self);
void                   ch_coverage_requirement_free (ChCoverageRequirement       *self);

/* The members of a set. */
typedef enum {
  CH_SET_ASK_WARNING_DAYS,
  CH_SET_ASK_COVERAGES,
  CH_SET_ASK_UMBRELLA_ADDS_TO,
  CH_SET_ASK_HOLDER,
  CH_SET_ASK_NAMED_INSURED,
  CH_SET_ASK_CARRIER,
  CH_SET_ASK_CANCELLATION_NOTICE,
  CH_SET_ASK_STAGES,
} ChSetAsk;

#define CH_N_SET_ASKS (CH_SET_ASK_STAGES + 1)

/**
 * ChRequirementSet:
 * @name: (nullable): for people
 * @members: whether each member is there
 * @coverages: (element-type ChCoverageRequirement): in the order written; never %NULL
 * @umbrella_adds_to: (element-type utf8): names of coverages; never %NULL
 * @holder_names: (element-type utf8): any of which will do; never %NULL
 * @minimum_rating: (nullable): AM Best's letters
 * @minimum_size: (nullable): AM Best's financial size category
 * @stages: (element-type ChStageRequirement): never %NULL
 * @origins: of each member
 *
 * One layer of what a contract asks. A value counts only where its member is %CH_MEMBER_SET.
 */
typedef struct {
  char           *name;
  ChMember        members[CH_N_SET_ASKS];
  int             warning_days;
  GPtrArray      *coverages;
  GPtrArray      *umbrella_adds_to;
  GPtrArray      *holder_names;
  ChNamedInsured  named_insured;
  char           *minimum_rating;
  char           *minimum_size;
  ChEvidence      cancellation_notice;
  GPtrArray      *stages;
  ChOrigin        origins[CH_N_SET_ASKS];
} ChRequirementSet;

/**
 * ChStageRequirement:
 * @stage: Procore's stage category
 * @set: (nullable): the members that replace others, whole, during the stage; %NULL (`null` in JSON) takes away what a
 *   layer below says of this stage
 */
typedef struct {
  char             *stage;
  ChRequirementSet *set;
} ChStageRequirement;

ChStageRequirement *ch_stage_requirement_new  (const char         *stage,
                                               ChRequirementSet   *set);
void                ch_stage_requirement_free (ChStageRequirement *self);

ChRequirementSet *ch_requirement_set_new   (void);
ChRequirementSet *ch_requirement_set_copy  (const ChRequirementSet *self);
void              ch_requirement_set_free  (ChRequirementSet       *self);
ChRequirementSet *ch_requirement_set_merge (GPtrArray              *layers,
                                            const char             *stage);
/* layers: (element-type ChRequirementSet): general to specific */
gboolean          ch_requirement_layers_have_stage (GPtrArray        *layers,
                                            const char             *stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCoverageRequirement, ch_coverage_requirement_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequirementSet, ch_requirement_set_free)

G_END_DECLS
