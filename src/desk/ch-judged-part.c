#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-judged-part-private.h"
#include "ch-store-requirements.h"

/* Expirations, starts, warning days and ends of waivers of one sub: more steps than that no file of papers has. */
#define MAX_STEPS 64

ChJudgedPart *
_ch_judged_part_new (gint64 commitment_id)
{
  ChJudgedPart *self = g_new0 (ChJudgedPart, 1);

  self->commitment_id = commitment_id;

  return self;
}

void
_ch_judged_part_free (ChJudgedPart *self)
{
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
  g_clear_pointer (&self->verdict, ch_verdict_free);
  g_free (self);
}

void
_ch_judged_parts_judge (GPtrArray               *parts,
                        const ChEvaluationInput *input)
{
  ChEvaluationInput own = *input;

  for (guint i = 0; i < parts->len; i++)
    {
      ChJudgedPart *part = g_ptr_array_index (parts, i);

      own.requirements = part->sets;
      g_clear_pointer (&part->verdict, ch_verdict_free);
      part->verdict = ch_evaluate (&own);
    }
}

static ChStatus
get_worse (ChStatus a,
           ChStatus b)
{
  return ch_status_compare (a, b) >= 0 ? a : b;
}

static ChDate
get_earlier (ChDate a,
             ChDate b)
{
  if (a == CH_DATE_NONE)
    return b;
  if (b == CH_DATE_NONE)
    return a;

  return MIN (a, b);
}

/* The first day on which the worst of all parts is another one: steps from change to change of any of them. */
static ChDate
find_change_of_worst (GPtrArray               *parts,
                      const ChEvaluationInput *input,
                      ChStatus                 worst)
{
  ChDate day = CH_DATE_NONE;

  for (guint i = 0; i < parts->len; i++)
    day = get_earlier (day, ((ChJudgedPart *)g_ptr_array_index (parts, i))->verdict->changes_on);

  for (guint step = 0; day != CH_DATE_NONE && step < MAX_STEPS; step++)
    {
      ChEvaluationInput then = *input;
      ChStatus worst_then = CH_STATUS_NOT_REQUIRED;
      ChDate next = CH_DATE_NONE;

      then.today = day;
      for (guint i = 0; i < parts->len; i++)
        {
          g_autoptr(ChVerdict) verdict = NULL;

          then.requirements = ((ChJudgedPart *)g_ptr_array_index (parts, i))->sets;
          verdict = ch_evaluate (&then);
          worst_then = get_worse (worst_then, verdict->status);
          next = get_earlier (next, verdict->changes_on);
        }
      if (worst_then != worst)
        return day;
      day = next;
    }

  return day;
}

static gboolean
has_finding (GPtrArray       *findings,
             const ChFinding *finding)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ChFinding *other = g_ptr_array_index (findings, i);

      if (g_strcmp0 (other->rule, finding->rule) == 0 && g_strcmp0 (other->text, finding->text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The worst of all parts; the findings' layers count through the sets of all of them. */
ChVerdict *
_ch_judged_parts_combine (GPtrArray               *parts,
                          const ChEvaluationInput *input)
{
  const ChJudgedPart *own = g_ptr_array_index (parts, 0);
  ChVerdict *verdict = ch_verdict_copy (own->verdict);
  guint n_layers = own->n_layers;

  if (parts->len == 1)
    return verdict;

  for (guint i = 1; i < parts->len; i++)
    {
      const ChJudgedPart *part = g_ptr_array_index (parts, i);

      verdict->status = get_worse (verdict->status, part->verdict->status);
      verdict->judge_again_on = get_earlier (verdict->judge_again_on, part->verdict->judge_again_on);
      for (guint k = 0; k < part->verdict->findings->len; k++)
        {
          const ChFinding *finding = g_ptr_array_index (part->verdict->findings, k);

          if (!has_finding (verdict->findings, finding))
            {
              ChFinding *added = ch_finding_copy (finding);

              if (added->layer >= 0)
                added->layer += (int)n_layers;
              g_ptr_array_add (verdict->findings, added);
            }
        }
      n_layers += part->n_layers;
    }
  verdict->changes_on = find_change_of_worst (parts, input, verdict->status);

  return verdict;
}
