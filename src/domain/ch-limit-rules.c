#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/* Limits, and what umbrella and excess layers put on top of them. Amounts are whole dollars far below 2^62, which the
 * readers of outside data see to, so that sums cannot overflow. */

static gint64
add_shown (gint64 sum,
           gint64 amount)
{
  if (amount == CH_MONEY_ABSENT)
    return sum;

  return sum == CH_MONEY_ABSENT ? amount : sum + amount;
}

/* What all layers in force on @day have together. */
ChUmbrella
_ch_umbrella_on (GArray *pool,
                 ChDate  day)
{
  ChUmbrella umbrella = { CH_MONEY_ABSENT, CH_MONEY_ABSENT, CH_MONEY_ABSENT, 0, 0 };
  guint i;

  for (i = 0; i < pool->len; i++)
    {
      const ChPolicy *policy = g_array_index (pool, ChPooled, i).policy;
      gint64 each_occurrence = policy->limits[CH_LIMIT_EACH_OCCURRENCE];
      gint64 aggregate = policy->limits[CH_LIMIT_AGGREGATE];

      if (!ch_policy_in_force_on (policy, day))
        continue;
      umbrella.each_occurrence = add_shown (umbrella.each_occurrence, each_occurrence);
      umbrella.aggregate = add_shown (umbrella.aggregate, aggregate);
      umbrella.for_aggregates = add_shown (umbrella.for_aggregates,
                                           aggregate != CH_MONEY_ABSENT ? aggregate : each_occurrence);
    }

  return umbrella;
}

/* Of GL's limits an umbrella answers the occurrence and the two aggregates only. */
static gboolean
can_be_filled (const ChLine *line,
               ChLimit       limit)
{
  if (!line->umbrella_adds || limit == CH_LIMIT_RETENTION)
    return FALSE;
  if (line->is_acord && line->coverage == CH_COVERAGE_GENERAL_LIABILITY)
    return limit == CH_LIMIT_EACH_OCCURRENCE || ch_limit_is_aggregate (limit);

  return TRUE;
}

static gboolean
fill_shortfall (ChLimit     limit,
                gint64      shortfall,
                ChUmbrella *umbrella)
{
  gboolean is_aggregate = ch_limit_is_aggregate (limit);

  if ((is_aggregate ? umbrella->for_aggregates : umbrella->each_occurrence) < shortfall)
    return FALSE;

  if (is_aggregate)
    umbrella->filled_aggregate = MAX (umbrella->filled_aggregate, shortfall);
  else
    umbrella->filled_occurrence = MAX (umbrella->filled_occurrence, shortfall);

  return TRUE;
}

static gint64
get_best_stop_gap (GPtrArray *certificates,
                   ChDate     day,
                   ChLimit    limit)
{
  gint64 best = CH_MONEY_ABSENT;
  int coverage;

  for (coverage = 0; coverage < CH_N_COVERAGES; coverage++)
    {
      GArray *pool = _ch_policy_pool_new (certificates, (ChCoverage) coverage, NULL);
      guint i;

      for (i = 0; i < pool->len; i++)
        {
          const ChPolicy *policy = g_array_index (pool, ChPooled, i).policy;

          if (ch_policy_in_force_on (policy, day))
            best = MAX (best, policy->limits[limit]);
        }
      _ch_policy_pool_free (pool);
    }

  return best;
}

static gint64
get_shown (ChCase         *self,
           const ChLine   *line,
           const ChPolicy *policy,
           ChDate          day,
           ChLimit         limit,
           ChUmbrella     *umbrella)
{
  if (line->is_acord && line->coverage == CH_COVERAGE_UMBRELLA_EXCESS)
    {
      if (limit == CH_LIMIT_EACH_OCCURRENCE && umbrella->each_occurrence != CH_MONEY_ABSENT)
        return umbrella->each_occurrence - umbrella->filled_occurrence;
      if (limit == CH_LIMIT_AGGREGATE && umbrella->aggregate != CH_MONEY_ABSENT)
        return MAX (0, umbrella->aggregate - umbrella->filled_aggregate);
    }

  if (self->sells_no_private_wc
      && line->is_acord && line->coverage == CH_COVERAGE_WORKERS_COMPENSATION
      && limit >= CH_LIMIT_EL_EACH_ACCIDENT && limit <= CH_LIMIT_EL_DISEASE_POLICY_LIMIT)
    return get_best_stop_gap (self->input->certificates, day, limit);

  return policy->limits[limit];
}

/* @umbrella: what is there on @day; what this policy needs of it is noted in it */
void
_ch_limit_rules_judge (ChCase         *self,
                       ChLine         *line,
                       const ChPolicy *policy,
                       ChDate          day,
                       ChUmbrella     *umbrella,
                       GArray         *issues)
{
  int limit;

  if (line->asked->members[CH_COVERAGE_ASK_MINIMUM] != CH_MEMBER_SET)
    return;

  for (limit = 0; limit < CH_N_LIMITS; limit++)
    {
      gint64 asked = line->asked->minimum[limit];
      gint64 shown;
      ChIssue issue = { CH_RULE_LIMIT, CH_SEVERITY_FAIL, line->asked };

      if (asked == CH_MONEY_ABSENT)
        continue;

      shown = get_shown (self, line, policy, day, (ChLimit) limit, umbrella);
      if (shown >= asked)
        continue;
      if (shown != CH_MONEY_ABSENT
          && can_be_filled (line, (ChLimit) limit)
          && fill_shortfall ((ChLimit) limit, asked - shown, umbrella))
        continue;

      issue.which = (guint) limit;
      issue.amount = shown;
      _ch_case_add_issue (self, issues, &issue);
    }
}
