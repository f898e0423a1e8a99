#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-carrier-rating.h"
#include "ch-case-private.h"

/* The rules on one policy that give the same answer on every day that it is in force. */

static gboolean
asks (const ChLine  *line,
      ChCoverageAsk  ask)
{
  return line->asked->members[ask] == CH_MEMBER_SET;
}

/* Appends the issue to those of the policy, with the place where it was found. */
static void
add_issue (ChCase   *self,
           ChPooled *pooled,
           ChIssue  *issue)
{
  issue->certificate = _ch_case_get_certificate (self, pooled->certificate);
  issue->policy = pooled->policy;
  if (pooled->issues == NULL)
    pooled->issues = g_array_new (FALSE, FALSE, sizeof (ChIssue));
  _ch_case_add_issue (self, pooled->issues, issue);
}

static void
judge_basis (ChCase   *self,
             ChLine   *line,
             ChPooled *pooled)
{
  ChIssue issue = { CH_RULE_BASIS, CH_SEVERITY_FAIL, line->asked };

  if (!asks (line, CH_COVERAGE_ASK_BASIS)
      || (int) pooled->policy->basis == line->asked->values[CH_COVERAGE_ASK_BASIS])
    return;

  issue.level = (int) pooled->policy->basis;
  add_issue (self, pooled, &issue);
}

static void
judge_aggregate_per (ChCase   *self,
                     ChLine   *line,
                     ChPooled *pooled)
{
  ChIssue issue = { CH_RULE_AGGREGATE_PER, CH_SEVERITY_FAIL, line->asked };
  int asked = line->asked->values[CH_COVERAGE_ASK_AGGREGATE_PER];

  if (!asks (line, CH_COVERAGE_ASK_AGGREGATE_PER) || (int) pooled->policy->aggregate_per == asked)
    return;
  if (asked == CH_AGGREGATE_PER_PROJECT && _ch_evidence_file_has_form (_ch_case_get_evidence (self, pooled->certificate), "CG 25 03"))
    return;
  if (asked == CH_AGGREGATE_PER_LOCATION && _ch_evidence_file_has_form (_ch_case_get_evidence (self, pooled->certificate), "CG 25 04"))
    return;

  issue.level = (int) pooled->policy->aggregate_per;
  add_issue (self, pooled, &issue);
}

static void
judge_evidence (ChCase        *self,
                ChLine        *line,
                ChPooled      *pooled,
                ChCoverageAsk  ask,
                ChRule         rule)
{
  ChIssue issue = { rule, CH_SEVERITY_FAIL, line->asked };
  ChEvidence found;

  if (!asks (line, ask))
    return;

  found = _ch_evidence_of (self, line, pooled, rule);
  if ((int) found >= line->asked->values[ask])
    return;

  if (found != CH_EVIDENCE_NONE)
    issue.severity = CH_SEVERITY_NEEDS_EVIDENCE;
  issue.level = (int) found;
  add_issue (self, pooled, &issue);
}

static void
judge_statutory (ChCase   *self,
                 ChLine   *line,
                 ChPooled *pooled)
{
  ChIssue issue = { CH_RULE_STATUTORY, CH_SEVERITY_FAIL, line->asked };
  ChMark mark = pooled->policy->statutory;

  if (!asks (line, CH_COVERAGE_ASK_STATUTORY) || line->asked->values[CH_COVERAGE_ASK_STATUTORY] == 0)
    return;
  /* Where only the state sells it, its certificate has no such box and is statutory by itself. */
  if (mark == CH_MARK_YES || (mark == CH_MARK_ABSENT && self->sells_no_private_wc))
    return;

  issue.level = (int) mark;
  add_issue (self, pooled, &issue);
}

static gboolean
has_autos (ChAutos shown,
           int     asked,
           gboolean scheduled_counts)
{
  gboolean owned = (shown & CH_AUTOS_OWNED) != 0 || (scheduled_counts && (shown & CH_AUTOS_SCHEDULED) != 0);
  gboolean hired_non_owned = (shown & CH_AUTOS_HIRED) != 0 && (shown & CH_AUTOS_NON_OWNED) != 0;

  if (shown & CH_AUTOS_ANY)
    return TRUE;
  if ((asked & CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED) != 0 && owned && hired_non_owned)
    return TRUE;

  return (asked & CH_AUTOS_ASK_HIRED_NON_OWNED) != 0 && hired_non_owned;
}

static void
judge_autos (ChCase   *self,
             ChLine   *line,
             ChPooled *pooled)
{
  ChIssue issue = { CH_RULE_AUTOS, CH_SEVERITY_FAIL, line->asked };
  gboolean scheduled_counts = asks (line, CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED)
                              && line->asked->values[CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED] != 0;

  if (!asks (line, CH_COVERAGE_ASK_AUTOS)
      || has_autos (pooled->policy->autos, line->asked->values[CH_COVERAGE_ASK_AUTOS], scheduled_counts))
    return;

  issue.level = (int) pooled->policy->autos;
  add_issue (self, pooled, &issue);
}

static void
judge_endorsements (ChCase   *self,
                    ChLine   *line,
                    ChPooled *pooled)
{
  GPtrArray *asked = line->asked->endorsements;
  guint i;

  for (i = 0; asks (line, CH_COVERAGE_ASK_ENDORSEMENTS) && i < asked->len; i++)
    {
      ChIssue issue = { CH_RULE_ENDORSEMENT, CH_SEVERITY_FAIL, line->asked };

      if (_ch_evidence_file_has_form (_ch_case_get_evidence (self, pooled->certificate), g_ptr_array_index (asked, i)))
        continue;
      issue.which = i;
      add_issue (self, pooled, &issue);
    }
}

/* One insurer often writes all lines, so the last one's ranks are kept. */
static void
rank_carrier (ChCase          *self,
              const ChCarrier *carrier,
              int             *rating,
              int             *size)
{
  if (carrier != self->ranked)
    {
      self->ranked = carrier;
      self->rating = carrier != NULL ? ch_carrier_rating_rank (carrier->rating) : 0;
      self->size = carrier != NULL ? ch_carrier_size_rank (carrier->size) : 0;
    }

  *rating = self->rating;
  *size = self->size;
}

/* An insurer that is not in the list, or is there without a rating, is held for a person. */
static void
judge_carrier (ChCase   *self,
               ChLine   *line,
               ChPooled *pooled)
{
  ChIssue issue = { CH_RULE_CARRIER_RATING, CH_SEVERITY_NEEDS_EVIDENCE, line->asked };
  const ChInsurer *insurer;
  int rating;
  int size;

  if (self->minimum_rating == 0 && self->minimum_size == 0)
    return;
  if (self->sells_no_private_wc && line->is_acord && line->coverage == CH_COVERAGE_WORKERS_COMPENSATION)
    return;

  insurer = ch_certificate_get_insurer (_ch_case_get_certificate (self, pooled->certificate),
                                        pooled->policy->insurer);
  if (insurer != NULL)
    issue.found = insurer->name;
  if (insurer != NULL)
    issue.carrier = ch_carrier_find (self->input->carriers, insurer->naic);

  rank_carrier (self, issue.carrier, &rating, &size);
  if (rating >= self->minimum_rating && size >= self->minimum_size)
    return;

  if ((rating > 0 && rating < self->minimum_rating) || (size > 0 && size < self->minimum_size))
    issue.severity = CH_SEVERITY_FAIL;
  add_issue (self, pooled, &issue);
}

/* Works out the policy's issues once; they are kept with it. */
void
_ch_policy_rules_judge (ChCase   *self,
                        ChLine   *line,
                        ChPooled *pooled)
{
  if (pooled->is_judged)
    return;

  pooled->is_judged = TRUE;
  judge_basis (self, line, pooled);
  judge_aggregate_per (self, line, pooled);
  judge_evidence (self, line, pooled, CH_COVERAGE_ASK_ADDITIONAL_INSURED, CH_RULE_ADDITIONAL_INSURED);
  judge_evidence (self, line, pooled, CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED,
                  CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED);
  judge_evidence (self, line, pooled, CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, CH_RULE_PRIMARY_NONCONTRIBUTORY);
  judge_evidence (self, line, pooled, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, CH_RULE_WAIVER_OF_SUBROGATION);
  judge_statutory (self, line, pooled);
  judge_autos (self, line, pooled);
  judge_endorsements (self, line, pooled);
  judge_carrier (self, line, pooled);
}
