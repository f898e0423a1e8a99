#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/**
 * ch_evaluate:
 * @input: the case
 *
 * Judges whether a sub's insurance is what its contract asks for. A pure function: the same input gives the same
 * verdict, and nothing is asked of a clock, a file or a network.
 *
 * Returns: (transfer full): the verdict on `today`, with the day on which its status changes by itself
 */
ChVerdict *
ch_evaluate (const ChEvaluationInput *input)
{
  ChVerdict *verdict = ch_verdict_new ();
  ChCase *judged;
  int severity;
  guint i;

  g_return_val_if_fail (input != NULL && input->today != CH_DATE_NONE, verdict);

  judged = _ch_case_new (input);
  verdict->status = _ch_case_judge (judged, input->today);
  _ch_case_warn (judged, input->today);
  for (severity = CH_SEVERITY_FAIL; severity >= CH_SEVERITY_WARNING; severity--)
    {
      for (i = 0; i < judged->issues->len; i++)
        {
          const ChIssue *issue = &g_array_index (judged->issues, ChIssue, i);

          if ((int) issue->severity == severity)
            g_ptr_array_add (verdict->findings,
                             _ch_issue_to_finding (judged, issue, input->today,
                                                   verdict->status == CH_STATUS_EXEMPT));
        }
    }
  verdict->changes_on = _ch_case_find_change (judged, verdict->status, &verdict->judge_again_on);
  _ch_case_free (judged);

  return verdict;
}
