#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/* A certificate grants no rights: an endorsement does. So what is shown has a level, and the highest one counts. */

/* Forms count by line: one for general liability says nothing of autos. */
static ChRight
get_right (const ChLine *line,
           ChRule        rule)
{
  gboolean is_auto = line->coverage == CH_COVERAGE_AUTOMOBILE_LIABILITY;

  switch (rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return is_auto ? CH_RIGHT_AUTO_ADDITIONAL_INSURED : CH_RIGHT_ADDITIONAL_INSURED;
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return CH_RIGHT_COMPLETED_OPERATIONS;
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return CH_RIGHT_PRIMARY;
    default:
      if (line->coverage == CH_COVERAGE_WORKERS_COMPENSATION)
        return CH_RIGHT_WORKERS_WAIVER;
      return is_auto ? CH_RIGHT_AUTO_WAIVER : CH_RIGHT_GENERAL_WAIVER;
    }
}

static gboolean
is_described (const ChWording *wording,
              ChRule           rule)
{
  switch (rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return wording->additional_insured;
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return wording->completed_operations;
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return wording->primary_noncontributory;
    default:
      return wording->waiver_of_subrogation;
    }
}

static gboolean
is_boxed (const ChPolicy *policy,
          ChRule          rule)
{
  return (rule == CH_RULE_ADDITIONAL_INSURED && policy->additional_insured == CH_MARK_YES)
         || (rule == CH_RULE_WAIVER_OF_SUBROGATION && policy->waiver_of_subrogation == CH_MARK_YES);
}

/* The level at which the certificate of a policy shows a right. */
ChEvidence
_ch_evidence_of (ChCase         *self,
                 const ChLine   *line,
                 const ChPooled *pooled,
                 ChRule          rule)
{
  const ChEvidenceFile *file = _ch_case_get_evidence (self, pooled->certificate);

  if (file->has_form[get_right (line, rule)])
    return CH_EVIDENCE_FORM;
  if (is_described (&file->wording, rule))
    return CH_EVIDENCE_DESCRIPTION;

  return is_boxed (pooled->policy, rule) ? CH_EVIDENCE_BOX : CH_EVIDENCE_NONE;
}

/* (nullable): a carrier's own form on which one of the rights asked of the line rests: a person has to read it. */
const char *
_ch_evidence_get_own_form (ChCase         *self,
                           const ChLine   *line,
                           const ChPooled *pooled)
{
  static const struct {
    ChCoverageAsk ask;
    ChRule        rule;
  } rights[] = {
    { CH_COVERAGE_ASK_ADDITIONAL_INSURED, CH_RULE_ADDITIONAL_INSURED },
    { CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED },
    { CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, CH_RULE_PRIMARY_NONCONTRIBUTORY },
    { CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, CH_RULE_WAIVER_OF_SUBROGATION },
  };
  const ChEvidenceFile *file = _ch_case_get_evidence (self, pooled->certificate);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const char *own = file->own[get_right (line, rights[i].rule)];

      if (own != NULL
          && line->asked->members[rights[i].ask] == CH_MEMBER_SET
          && line->asked->values[rights[i].ask] == CH_EVIDENCE_FORM)
        return own;
    }

  return NULL;
}
