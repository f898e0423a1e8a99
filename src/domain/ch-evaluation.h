#pragma once

#include "ch-carrier.h"
#include "ch-certificate.h"
#include "ch-evidence-file.h"
#include "ch-requirement-set.h"
#include "ch-verdict.h"
#include "ch-waiver.h"

G_BEGIN_DECLS

/**
 * ChEvaluationInput:
 * @today: the day in the project's zone
 * @project_stage: (nullable): Procore's stage category, as `course_of_construction`
 * @requirements: (element-type ChRequirementSet): general to specific
 * @certificates: (element-type ChCertificate): oldest to newest, all confirmed
 * @evidence: (nullable) (element-type ChEvidenceFile): one for each of @certificates, where they were worked out before
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
  GPtrArray      *evidence;
  GPtrArray      *waivers;
  const ChWaiver *exemption;
  GHashTable     *carriers;
} ChEvaluationInput;

ChVerdict *ch_evaluate (const ChEvaluationInput *input);

G_END_DECLS
