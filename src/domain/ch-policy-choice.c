#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/* Policies of one coverage are not mixed: the one with the fewest findings is judged, of several the newest. What
 * counts, in this order: the policy's own open findings; those of the umbrella's own limits that its shortfall causes;
 * those of its certificate; its waived findings. Only open ones come first, so that a waiver can never make another
 * policy the worse choice; and the umbrella's and the certificate's count with it, so that a further policy on file can
 * never make the worse choice either. */

enum {
  COUNT_OPEN,
  COUNT_UMBRELLA,
  COUNT_CERTIFICATE,
  COUNT_WAIVED,
  N_COUNTS
};

typedef struct {
  guint counts[N_COUNTS];
} Score;

static guint
count_broken (const ChUmbrella *umbrella,
              const ChUmbrella *trial)
{
  guint n = 0;

  if (umbrella->room_occurrence >= 0 && trial->filled_occurrence > umbrella->room_occurrence)
    n++;
  if (umbrella->room_aggregate >= 0 && trial->filled_aggregate > umbrella->room_aggregate)
    n++;

  return n;
}

static Score
get_score (ChCase           *self,
           const ChPooled   *pooled,
           GArray           *issues,
           const ChUmbrella *umbrella,
           const ChUmbrella *trial,
           ChDate            day)
{
  Score score = { { 0, count_broken (umbrella, trial), 0, 0 } };
  guint i;

  for (i = 0; i < issues->len; i++)
    {
      gboolean waived = _ch_issue_is_waived (&g_array_index (issues, ChIssue, i), day);

      score.counts[waived ? COUNT_WAIVED : COUNT_OPEN]++;
    }
  score.counts[COUNT_CERTIFICATE] = _ch_certificate_rules_count (self, pooled->certificate, day);

  return score;
}

static int
compare_scores (const Score *a,
                const Score *b)
{
  guint i;

  for (i = 0; i < N_COUNTS; i++)
    {
      if (a->counts[i] != b->counts[i])
        return a->counts[i] < b->counts[i] ? -1 : 1;
    }

  return 0;
}

static gboolean
is_newer (const ChPooled *a,
          const ChPooled *b)
{
  if (a->certificate != b->certificate)
    return a->certificate > b->certificate;

  return a->policy->effective >= b->policy->effective;
}

static void
try_policy (ChCase     *self,
            ChLine     *line,
            ChPooled   *pooled,
            ChDate      day,
            ChUmbrella *trial)
{
  g_array_set_size (self->trial, 0);
  _ch_limit_rules_judge (self, line, pooled, day, trial, self->trial);
  _ch_policy_rules_judge (self, line, pooled);
  if (pooled->issues != NULL)
    g_array_append_vals (self->trial, pooled->issues->data, pooled->issues->len);
}

/* Makes what was tried the line's own; most lines have no issue at all. */
static void
keep_trial (ChCase *self,
            ChLine *line)
{
  GArray *kept = line->issues;

  if (self->trial->len == 0 && kept == NULL)
    return;

  line->issues = self->trial;
  self->trial = kept != NULL ? kept : g_array_new (FALSE, FALSE, sizeof (ChIssue));
}

/* Fills @line's issues with those of the policy that is judged, and notes what it takes of the umbrella. */
void
_ch_policy_choose (ChCase     *self,
                   ChLine     *line,
                   ChDate      day,
                   ChLayers    layers,
                   ChUmbrella *umbrella)
{
  ChUmbrella best = *umbrella;
  Score best_score = { { 0 } };
  guint n_tried = 0;
  guint i;

  line->judged = NULL;
  for (i = 0; i < line->pool->len; i++)
    {
      ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);
      ChUmbrella trial = *umbrella;
      Score score;
      int order;

      if (!ch_policy_in_force_on (pooled->policy, day)
          || (line == self->umbrella_line && !_ch_umbrella_has_layer (self, pooled, day, layers)))
        continue;

      if (line != self->umbrella_line)
        trial.filled_occurrence = trial.filled_aggregate = 0;
      try_policy (self, line, pooled, day, &trial);
      score = get_score (self, pooled, self->trial, umbrella, &trial, day);
      order = n_tried++ == 0 ? -1 : compare_scores (&score, &best_score);
      if (order > 0 || (order == 0 && !is_newer (pooled, line->judged)))
        continue;

      keep_trial (self, line);
      line->judged = pooled;
      best_score = score;
      best = trial;
    }

  umbrella->filled_occurrence = MAX (umbrella->filled_occurrence, best.filled_occurrence);
  umbrella->filled_aggregate = MAX (umbrella->filled_aggregate, best.filled_aggregate);
}
