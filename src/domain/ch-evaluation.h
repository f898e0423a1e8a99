#pragma once

#include "ch-certificate.h"
#include "ch-requirement-set.h"
#include "ch-verdict.h"
#include "ch-waiver.h"

G_BEGIN_DECLS

/* A carrier in the user's imported list, by NAIC number. */
typedef struct {
  char *naic;
  char *name;     /* (nullable) */
  char *rating;   /* AM Best's letters, as "A-" */
  char *size;     /* AM Best's financial size category, as "VII" */
} ChCarrier;

ChCarrier *ch_carrier_new  (const char      *naic,
                            const char      *name,
                            const char      *rating,
                            const char      *size);
void       ch_carrier_free (ChCarrier       *self);

/**
 * ChEvaluationInput:
 * @today: the day in the project's zone
 * @project_stage: (nullable): Procore's stage category, as `course_of_construction`
 * @requirements: (element-type ChRequirementSet): general to specific
 * @certificates: (element-type ChCertificate): oldest to newest, all confirmed
 * @waivers: (element-type ChWaiver): those for single rules
 * @exemption: (nullable): an exemption from everything
 * @carriers: (nullable) (element-type utf8 ChCarrier): by NAIC
 *
 * Everything that the judge may know. It borrows all of it; nothing is kept.
 */
typedef struct {
  ChDate          today;
  const char     *project_name;
  const char     *project_state;
  const char     *project_stage;
  const char     *sub_name;
  const char     *sub_legal_name;
  const char     *sub_trade_name;
  GPtrArray      *requirements;
  GPtrArray      *certificates;
  GPtrArray      *waivers;
  const ChWaiver *exemption;
  GHashTable     *carriers;
} ChEvaluationInput;

ChVerdict *ch_evaluate (const ChEvaluationInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCarrier, ch_carrier_free)

G_END_DECLS
