#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/* The verdict on one day, in issues. */

typedef struct {
  gboolean is_ended;      /* a coverage was on file and has ended, unwaived */
  gboolean is_expiring;
} Outcome;

static void
need_issues (ChLine *line)
{
  if (line->issues == NULL)
    line->issues = g_array_new (FALSE, FALSE, sizeof (ChIssue));
}

/* Every layer counts towards the limits, so every layer's carrier must do. */
static void
add_layers (ChCase   *self,
            ChLine   *line,
            ChDate    day,
            ChLayers  layers)
{
  const ChIssue *worst = NULL;
  guint i;
  guint j;

  for (i = 0; i < line->pool->len; i++)
    {
      ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);

      if (!ch_policy_in_force_on (pooled->policy, day) || !_ch_umbrella_has_layer (self, pooled, day, layers))
        continue;
      for (j = 0; pooled->issues != NULL && j < pooled->issues->len; j++)
        {
          const ChIssue *issue = &g_array_index (pooled->issues, ChIssue, j);

          if (issue->rule == CH_RULE_CARRIER_RATING && (worst == NULL || issue->severity > worst->severity))
            worst = issue;
        }
    }

  if (worst == NULL)
    return;

  need_issues (line);
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
  const ChPooled *last = NULL;
  const ChPooled *next = NULL;
  gboolean all_ended = TRUE;
  guint i;

  need_issues (line);
  g_array_set_size (line->issues, 0);
  if (line->pool->len == 0)
    {
      _ch_case_add_issue (self, line->issues, &issue);
      return;
    }

  for (i = 0; i < line->pool->len; i++)
    {
      const ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);
      const ChPolicy *policy = pooled->policy;
      gboolean has_ended = policy->expiration != CH_DATE_NONE && policy->expiration <= day;

      all_ended &= has_ended;
      if (has_ended && policy->expiration > ended)
        {
          ended = policy->expiration;
          last = pooled;
        }
      else if (!has_ended && policy->effective > day && (starts == CH_DATE_NONE || policy->effective < starts))
        {
          starts = policy->effective;
          next = pooled;
        }
    }

  issue.rule = CH_RULE_IN_FORCE;
  issue.has_ended = all_ended;
  issue.from = next != NULL ? starts : ended;
  if (next != NULL || last != NULL)
    {
      issue.policy = next != NULL ? next->policy : last->policy;
      issue.certificate = _ch_case_get_certificate (self, next != NULL ? next->certificate : last->certificate);
    }
  _ch_case_add_issue (self, line->issues, &issue);
}

static void
judge_line (ChCase     *self,
            ChLine     *line,
            ChDate      day,
            ChLayers    layers,
            ChUmbrella *umbrella,
            Outcome    *outcome)
{
  ChDate starts;
  ChDate ends;

  _ch_policy_choose (self, line, day, layers, umbrella);
  if (line->judged == NULL)
    {
      const ChIssue *absence;

      add_absence (self, line, day);
      absence = &g_array_index (line->issues, ChIssue, 0);
      outcome->is_ended |= absence->has_ended && !_ch_issue_is_waived (absence, day);
      return;
    }

  self->is_used[line->judged->certificate] = TRUE;
  if (line == self->umbrella_line)
    add_layers (self, line, day, layers);

  if (self->set->members[CH_SET_ASK_WARNING_DAYS] == CH_MEMBER_SET
      && _ch_policy_pool_ends_on (line->pool, day, &starts, &ends)
      && ends - day <= self->set->warning_days)
    outcome->is_expiring = TRUE;
}

/* The umbrella comes last: what it has left depends on what the others took. */
static void
judge_lines (ChCase   *self,
             ChDate    day,
             ChLayers  layers,
             Outcome  *outcome)
{
  ChUmbrella umbrella = _ch_umbrella_on (self, day, layers);
  guint n_certificates = self->input->certificates != NULL ? self->input->certificates->len : 0;
  guint i;

  *outcome = (Outcome) { FALSE, FALSE };
  g_array_set_size (self->issues, 0);
  for (i = 0; i < n_certificates; i++)
    self->is_used[i] = FALSE;

  for (i = 0; i < self->lines->len; i++)
    {
      ChLine *line = g_ptr_array_index (self->lines, i);

      if (line != self->umbrella_line)
        judge_line (self, line, day, layers, &umbrella, outcome);
    }
  if (self->umbrella_line != NULL)
    judge_line (self, self->umbrella_line, day, layers, &umbrella, outcome);

  for (i = 0; i < self->lines->len; i++)
    {
      const ChLine *line = g_ptr_array_index (self->lines, i);

      if (line->issues != NULL && line->issues->len > 0)
        g_array_append_vals (self->issues, line->issues->data, line->issues->len);
    }
  _ch_certificate_rules_judge (self, self->issues);
}

static guint
count_open (const ChCase *self,
            ChDate        day)
{
  guint n = 0;
  guint i;

  for (i = 0; i < self->issues->len; i++)
    {
      if (!_ch_issue_is_waived (&g_array_index (self->issues, ChIssue, i), day))
        n++;
    }

  return n;
}

/* Whether some layers' carriers will do and others' will not, so that the former alone may be the better case. */
static gboolean
has_mixed_layers (ChCase *self,
                  ChDate  day)
{
  guint n_in_force = 0;
  guint n_rated = 0;
  guint i;

  if (self->umbrella_line == NULL || self->set->members[CH_SET_ASK_CARRIER] != CH_MEMBER_SET)
    return FALSE;

  for (i = 0; i < self->umbrella->len; i++)
    {
      ChPooled *pooled = &g_array_index (self->umbrella, ChPooled, i);

      if (!ch_policy_in_force_on (pooled->policy, day))
        continue;
      n_in_force++;
      n_rated += _ch_umbrella_has_layer (self, pooled, day, CH_LAYERS_RATED) ? 1 : 0;
    }

  return n_rated > 0 && n_rated < n_in_force;
}

/* Everything once with all layers of the umbrella, and where that leaves something open, with those of rated carriers
 * alone: a further layer on file must not make a sub worse. */
static guint
judge_all (ChCase  *self,
           ChDate   day,
           Outcome *outcome)
{
  guint n_open;
  guint n_with_rated;

  judge_lines (self, day, CH_LAYERS_ALL, outcome);
  n_open = count_open (self, day);
  if (n_open == 0 || !has_mixed_layers (self, day))
    return n_open;

  judge_lines (self, day, CH_LAYERS_RATED, outcome);
  n_with_rated = count_open (self, day);
  if (n_with_rated < n_open)
    return n_with_rated;

  judge_lines (self, day, CH_LAYERS_ALL, outcome);
  return n_open;
}

static gboolean
is_exempt (const ChCase *self,
           ChDate        day)
{
  const ChWaiver *exemption = self->input->exemption;

  return exemption != NULL && exemption->until != CH_DATE_NONE && day <= exemption->until;
}

/* The status on @day; the issues of that day are in @self until the next call, without its warnings. */
ChStatus
_ch_case_judge (ChCase *self,
                ChDate  day)
{
  GPtrArray *certificates = self->input->certificates;
  Outcome outcome;
  guint n_open;

  g_array_set_size (self->issues, 0);
  if (self->lines->len == 0)
    return CH_STATUS_NOT_REQUIRED;

  n_open = judge_all (self, day, &outcome);
  if (is_exempt (self, day))
    return CH_STATUS_EXEMPT;
  if (certificates == NULL || certificates->len == 0)
    return CH_STATUS_MISSING;
  if (outcome.is_ended)
    return CH_STATUS_EXPIRED;
  if (n_open > 0)
    return CH_STATUS_NON_COMPLIANT;

  return outcome.is_expiring ? CH_STATUS_EXPIRING : CH_STATUS_COMPLIANT;
}
