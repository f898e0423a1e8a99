#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/* The verdict on one day, in issues. Policies of one coverage are not mixed: the one with the fewest findings is
 * judged. Open findings count first, so that a waiver can never make another policy the worse choice; then what leaves
 * more of the umbrella, whose own limits come after; then waived findings; then the newer policy. */

typedef struct {
  guint  n_open;
  guint  n_all;
  guint  n_warnings;
  gint64 taken;
} Score;

typedef struct {
  gboolean is_ended;      /* a coverage was on file and has ended, unwaived */
  gboolean is_failing;
  gboolean is_expiring;
} Outcome;

static gboolean
is_waived (const ChIssue *issue,
           ChDate         day)
{
  return issue->waived_until != CH_DATE_NONE && day <= issue->waived_until;
}

static Score
count_issues (GArray           *issues,
              const ChUmbrella *umbrella,
              ChDate            day)
{
  Score score = { 0, 0, 0, umbrella->filled_occurrence + umbrella->filled_aggregate };
  guint i;

  for (i = 0; i < issues->len; i++)
    {
      const ChIssue *issue = &g_array_index (issues, ChIssue, i);

      if (issue->severity == CH_SEVERITY_WARNING)
        score.n_warnings++;
      else
        score.n_all++;
      if (issue->severity != CH_SEVERITY_WARNING && !is_waived (issue, day))
        score.n_open++;
    }

  return score;
}

static gboolean
is_no_worse (const Score *a,
             const Score *b)
{
  if (a->n_open != b->n_open)
    return a->n_open < b->n_open;
  if (a->taken != b->taken)
    return a->taken < b->taken;
  if (a->n_all != b->n_all)
    return a->n_all < b->n_all;

  return a->n_warnings <= b->n_warnings;
}

static gboolean
is_newer (const ChPooled *a,
          const ChPooled *b)
{
  if (a->certificate != b->certificate)
    return a->certificate > b->certificate;

  return a->policy->effective >= b->policy->effective;
}

/* Fills @line's issues with those of the policy that is judged, and notes what it takes of the umbrella. */
static const ChPooled *
choose_policy (ChCase     *self,
               ChLine     *line,
               ChDate      day,
               ChUmbrella *umbrella)
{
  const ChPooled *best = NULL;
  ChUmbrella best_umbrella = *umbrella;
  Score best_score = { 0, 0, 0, 0 };
  guint i;

  for (i = 0; i < line->pool->len; i++)
    {
      ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);
      ChUmbrella trial = *umbrella;
      Score score;

      if (!ch_policy_in_force_on (pooled->policy, day))
        continue;

      g_array_set_size (line->trial, 0);
      _ch_limit_rules_judge (self, line, pooled->policy, day, &trial, line->trial);
      _ch_policy_rules_judge (self, line, pooled);
      if (pooled->issues->len > 0)
        g_array_append_vals (line->trial, pooled->issues->data, pooled->issues->len);
      score = count_issues (line->trial, &trial, day);

      if (best == NULL
          || (is_no_worse (&score, &best_score)
              && (!is_no_worse (&best_score, &score) || is_newer (pooled, best))))
        {
          GArray *swap = line->issues;

          line->issues = line->trial;
          line->trial = swap;
          best = pooled;
          best_score = score;
          best_umbrella = trial;
        }
    }

  *umbrella = best_umbrella;

  return best;
}

/* Every layer counts towards the limits, so every layer's carrier must do. */
static void
add_layers (ChCase         *self,
            ChLine         *line,
            const ChPooled *judged,
            ChDate          day)
{
  const ChIssue *worst = NULL;
  guint i;
  guint j;

  for (i = 0; i < line->pool->len; i++)
    {
      const ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);

      if (pooled->issues == NULL || !ch_policy_in_force_on (pooled->policy, day))
        continue;
      self->is_used[pooled->certificate] = TRUE;
      for (j = 0; j < pooled->issues->len; j++)
        {
          const ChIssue *issue = &g_array_index (pooled->issues, ChIssue, j);

          if (issue->rule == CH_RULE_CARRIER_RATING && (worst == NULL || issue->severity > worst->severity))
            worst = issue;
        }
    }

  if (worst == NULL)
    return;

  for (i = 0; i < line->issues->len; i++)
    {
      if (g_array_index (line->issues, ChIssue, i).rule == CH_RULE_CARRIER_RATING)
        {
          g_array_index (line->issues, ChIssue, i) = *worst;
          return;
        }
    }
  g_array_append_val (line->issues, *worst);
}

static void
add_absence (ChCase *self,
             ChLine *line,
             ChDate  day)
{
  ChIssue issue = { CH_RULE_PRESENT, CH_SEVERITY_FAIL, line->asked };
  ChDate ended = CH_DATE_NONE;
  ChDate starts = CH_DATE_NONE;
  gboolean all_ended = TRUE;
  guint i;

  g_array_set_size (line->issues, 0);
  if (line->pool->len == 0)
    {
      _ch_case_add_issue (self, line->issues, &issue);
      return;
    }

  for (i = 0; i < line->pool->len; i++)
    {
      const ChPolicy *policy = g_array_index (line->pool, ChPooled, i).policy;
      gboolean has_ended = policy->expiration != CH_DATE_NONE && policy->expiration <= day;

      all_ended &= has_ended;
      if (has_ended)
        ended = MAX (ended, policy->expiration);
      else if (policy->effective != CH_DATE_NONE && policy->effective > day)
        starts = starts == CH_DATE_NONE ? policy->effective : MIN (starts, policy->effective);
    }

  issue.rule = CH_RULE_IN_FORCE;
  issue.has_ended = all_ended;
  issue.from = starts != CH_DATE_NONE ? starts : ended;
  _ch_case_add_issue (self, line->issues, &issue);
}

static void
add_gap (ChCase *self,
         ChLine *line,
         ChDate  day)
{
  ChIssue issue = { CH_RULE_GAP, CH_SEVERITY_WARNING, line->asked };

  if (_ch_policy_pool_find_gap (line->pool, day, &issue.from, &issue.to))
    _ch_case_add_issue (self, line->issues, &issue);
}

static void
judge_line (ChCase     *self,
            ChLine     *line,
            ChDate      day,
            ChUmbrella *umbrella,
            Outcome    *outcome)
{
  const ChPooled *judged = choose_policy (self, line, day, umbrella);
  ChDate starts;
  ChDate ends;

  if (judged == NULL)
    {
      const ChIssue *absence;

      add_absence (self, line, day);
      absence = &g_array_index (line->issues, ChIssue, 0);
      outcome->is_ended |= absence->has_ended && !is_waived (absence, day);
      return;
    }

  self->is_used[judged->certificate] = TRUE;
  if (line->is_acord && line->coverage == CH_COVERAGE_UMBRELLA_EXCESS)
    add_layers (self, line, judged, day);
  add_gap (self, line, day);

  if (self->set->members[CH_SET_ASK_WARNING_DAYS] == CH_MEMBER_SET
      && _ch_policy_pool_ends_on (line->pool, day, &starts, &ends)
      && ends - day <= self->set->warning_days)
    outcome->is_expiring = TRUE;
}

/* The umbrella comes last: what it has left depends on what the others took. */
static void
judge_lines (ChCase  *self,
             ChDate   day,
             Outcome *outcome)
{
  ChUmbrella umbrella = _ch_umbrella_on (self->umbrella, day);
  int pass;
  guint i;

  for (pass = 0; pass < 2; pass++)
    {
      for (i = 0; i < self->lines->len; i++)
        {
          ChLine *line = g_ptr_array_index (self->lines, i);
          gboolean is_umbrella = line->is_acord && line->coverage == CH_COVERAGE_UMBRELLA_EXCESS;

          if (is_umbrella == (pass == 1))
            judge_line (self, line, day, &umbrella, outcome);
        }
    }

  for (i = 0; i < self->lines->len; i++)
    {
      const ChLine *line = g_ptr_array_index (self->lines, i);

      if (line->issues->len > 0)
        g_array_append_vals (self->issues, line->issues->data, line->issues->len);
    }
}

static gboolean
is_exempt (const ChCase *self,
           ChDate        day)
{
  const ChWaiver *exemption = self->input->exemption;

  return exemption != NULL && exemption->until != CH_DATE_NONE && day <= exemption->until;
}

/* The status on @day; the issues of that day are in @self until the next call. */
ChStatus
_ch_case_judge (ChCase *self,
                ChDate  day)
{
  GPtrArray *certificates = self->input->certificates;
  Outcome outcome = { FALSE, FALSE, FALSE };
  guint i;

  g_array_set_size (self->issues, 0);
  if (self->lines->len == 0)
    return CH_STATUS_NOT_REQUIRED;

  for (i = 0; certificates != NULL && i < certificates->len; i++)
    self->is_used[i] = FALSE;

  judge_lines (self, day, &outcome);
  _ch_certificate_rules_judge (self, self->issues);
  for (i = 0; i < self->issues->len; i++)
    {
      const ChIssue *issue = &g_array_index (self->issues, ChIssue, i);

      outcome.is_failing |= issue->severity != CH_SEVERITY_WARNING && !is_waived (issue, day);
    }

  if (is_exempt (self, day))
    return CH_STATUS_EXEMPT;
  if (certificates == NULL || certificates->len == 0)
    return CH_STATUS_MISSING;
  if (outcome.is_ended)
    return CH_STATUS_EXPIRED;
  if (outcome.is_failing)
    return CH_STATUS_NON_COMPLIANT;

  return outcome.is_expiring ? CH_STATUS_EXPIRING : CH_STATUS_COMPLIANT;
}
