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

/* Whether the layer counts: with rated ones only, whether its carrier will do. */
gboolean
_ch_umbrella_has_layer (ChCase   *self,
                        ChPooled *pooled,
                        ChDate    day,
                        ChLayers  layers)
{
  guint i;

  if (layers == CH_LAYERS_ALL)
    return TRUE;

  _ch_policy_rules_judge (self, self->umbrella_line, pooled);
  for (i = 0; pooled->issues != NULL && i < pooled->issues->len; i++)
    {
      const ChIssue *issue = &g_array_index (pooled->issues, ChIssue, i);

      if (issue->rule == CH_RULE_CARRIER_RATING && !_ch_issue_is_waived (issue, day))
        return FALSE;
    }

  return TRUE;
}

/* What others may take before the umbrella's own minimum is broken. */
static gint64
get_room (ChCase  *self,
          ChLimit  limit,
          gint64   amount,
          ChDate   day)
{
  const ChLine *line = self->umbrella_line;
  ChIssue issue = { CH_RULE_LIMIT, CH_SEVERITY_FAIL };

  if (line == NULL
      || line->asked->members[CH_COVERAGE_ASK_MINIMUM] != CH_MEMBER_SET
      || line->asked->minimum[limit] == CH_MONEY_ABSENT)
    return G_MAXINT64;

  issue.asked = line->asked;
  issue.which = (guint) limit;
  _ch_case_find_waiver (self, &issue);
  if (_ch_issue_is_waived (&issue, day))
    return G_MAXINT64;

  return amount == CH_MONEY_ABSENT ? -1 : amount - line->asked->minimum[limit];
}

/* What all layers in force on @day have together. */
ChUmbrella
_ch_umbrella_on (ChCase   *self,
                 ChDate    day,
                 ChLayers  layers)
{
  ChUmbrella umbrella = { CH_MONEY_ABSENT, CH_MONEY_ABSENT, CH_MONEY_ABSENT, 0, 0, 0, 0 };
  guint i;

  for (i = 0; i < self->umbrella->len; i++)
    {
      ChPooled *pooled = &g_array_index (self->umbrella, ChPooled, i);
      gint64 each_occurrence = pooled->policy->limits[CH_LIMIT_EACH_OCCURRENCE];
      gint64 aggregate = pooled->policy->limits[CH_LIMIT_AGGREGATE];

      if (!ch_policy_in_force_on (pooled->policy, day) || !_ch_umbrella_has_layer (self, pooled, day, layers))
        continue;
      umbrella.each_occurrence = add_shown (umbrella.each_occurrence, each_occurrence);
      umbrella.aggregate = add_shown (umbrella.aggregate, aggregate);
      umbrella.for_aggregates = add_shown (umbrella.for_aggregates,
                                           aggregate != CH_MONEY_ABSENT ? aggregate : each_occurrence);
    }
  umbrella.room_occurrence = get_room (self, CH_LIMIT_EACH_OCCURRENCE, umbrella.each_occurrence, day);
  umbrella.room_aggregate = get_room (self, CH_LIMIT_AGGREGATE, umbrella.aggregate, day);

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

/* A waived shortfall is left as it is where filling it would break the umbrella's own minimum. */
static gboolean
fill_shortfall (ChLimit        limit,
                gint64         shortfall,
                const ChIssue *issue,
                ChDate         day,
                ChUmbrella    *umbrella)
{
  gboolean is_aggregate = ch_limit_is_aggregate (limit);
  gint64 has = is_aggregate ? umbrella->for_aggregates : umbrella->each_occurrence;
  gint64 room = is_aggregate ? umbrella->room_aggregate : umbrella->room_occurrence;
  gint64 *filled = is_aggregate ? &umbrella->filled_aggregate : &umbrella->filled_occurrence;

  if (has < shortfall || (_ch_issue_is_waived (issue, day) && shortfall > room))
    return FALSE;

  *filled = MAX (*filled, shortfall);

  return TRUE;
}

static GPtrArray *
get_all_pools (ChCase *self)
{
  int coverage;

  if (self->all_pools == NULL)
    {
      self->all_pools = g_ptr_array_new_with_free_func ((GDestroyNotify) _ch_policy_pool_free);
      for (coverage = 0; coverage < CH_N_COVERAGES; coverage++)
        g_ptr_array_add (self->all_pools,
                         _ch_policy_pool_new (self->input->certificates, (ChCoverage) coverage, NULL));
    }

  return self->all_pools;
}

/* Employers' liability as "stop gap", on whichever policy in force shows most. */
static gint64
get_best_stop_gap (ChCase  *self,
                   ChDate   day,
                   ChLimit  limit)
{
  GPtrArray *pools = get_all_pools (self);
  gint64 best = CH_MONEY_ABSENT;
  guint i;
  guint j;

  for (i = 0; i < pools->len; i++)
    {
      GArray *pool = g_ptr_array_index (pools, i);

      for (j = 0; j < pool->len; j++)
        {
          const ChPolicy *policy = g_array_index (pool, ChPooled, j).policy;

          if (ch_policy_in_force_on (policy, day))
            best = MAX (best, policy->limits[limit]);
        }
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
  if (line == self->umbrella_line)
    {
      if (limit == CH_LIMIT_EACH_OCCURRENCE && umbrella->each_occurrence != CH_MONEY_ABSENT)
        return umbrella->each_occurrence - umbrella->filled_occurrence;
      if (limit == CH_LIMIT_AGGREGATE && umbrella->aggregate != CH_MONEY_ABSENT)
        return MAX (0, umbrella->aggregate - umbrella->filled_aggregate);
    }

  if (self->sells_no_private_wc
      && line->is_acord && line->coverage == CH_COVERAGE_WORKERS_COMPENSATION
      && limit >= CH_LIMIT_EL_EACH_ACCIDENT && limit <= CH_LIMIT_EL_DISEASE_POLICY_LIMIT)
    return get_best_stop_gap (self, day, limit);

  return policy->limits[limit];
}

/* Less is shown than is asked, or nothing at all. */
static void
judge_shortfall (ChCase         *self,
                 const ChLine   *line,
                 const ChPooled *pooled,
                 ChDate          day,
                 ChLimit         limit,
                 gint64          shown,
                 ChUmbrella     *umbrella,
                 GArray         *issues)
{
  ChIssue issue = { CH_RULE_LIMIT, CH_SEVERITY_FAIL, line->asked };

  issue.which = (guint) limit;
  issue.amount = shown;
  issue.certificate = _ch_case_get_certificate (self, pooled->certificate);
  issue.policy = pooled->policy;
  _ch_case_find_waiver (self, &issue);
  if (shown == CH_MONEY_ABSENT
      || !can_be_filled (line, limit)
      || !fill_shortfall (limit, line->asked->minimum[limit] - shown, &issue, day, umbrella))
    g_array_append_val (issues, issue);
}

/* @umbrella: what is there on @day; what this policy needs of it is noted in it */
void
_ch_limit_rules_judge (ChCase         *self,
                       ChLine         *line,
                       const ChPooled *pooled,
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

      if (asked == CH_MONEY_ABSENT)
        continue;

      shown = get_shown (self, line, pooled->policy, day, (ChLimit) limit, umbrella);
      if (shown < asked)
        judge_shortfall (self, line, pooled, day, (ChLimit) limit, shown, umbrella, issues);
    }
}
