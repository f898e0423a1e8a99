#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-requirement-set.h"

static const char * const evidence_names[] = { "none", "box", "description", "form" };

/**
 * ch_evidence_to_string:
 *
 * Returns: (transfer none): the level's name in JSON
 */
const char *
ch_evidence_to_string (ChEvidence evidence)
{
  g_return_val_if_fail ((guint) evidence < G_N_ELEMENTS (evidence_names), "none");

  return evidence_names[evidence];
}

/**
 * ch_evidence_from_string:
 * @text: (nullable): `box`, `description` or `form`
 * @evidence: (out): untouched where the name is unknown
 *
 * Returns: whether @text names a level that can be asked for
 */
gboolean
ch_evidence_from_string (const char *text,
                         ChEvidence *evidence)
{
  guint i;

  for (i = CH_EVIDENCE_BOX; i < G_N_ELEMENTS (evidence_names); i++)
    {
      if (g_strcmp0 (text, evidence_names[i]) == 0)
        {
          *evidence = (ChEvidence) i;
          return TRUE;
        }
    }

  return FALSE;
}

ChCoverageRequirement *
ch_coverage_requirement_new (const char *name)
{
  ChCoverageRequirement *self = g_new0 (ChCoverageRequirement, 1);
  int i;

  self->name = g_strdup (name);
  self->endorsements = g_ptr_array_new_with_free_func (g_free);
  for (i = 0; i < CH_N_LIMITS; i++)
    self->minimum[i] = CH_MONEY_ABSENT;

  return self;
}

static void
copy_strings (GPtrArray *to,
              GPtrArray *from)
{
  guint i;

  for (i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

ChCoverageRequirement *
ch_coverage_requirement_copy (const ChCoverageRequirement *self)
{
  ChCoverageRequirement *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChCoverageRequirement, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->endorsements = g_ptr_array_new_with_free_func (g_free);
  copy_strings (copy->endorsements, self->endorsements);

  return copy;
}

void
ch_coverage_requirement_free (ChCoverageRequirement *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_ptr_array_unref (self->endorsements);
  g_free (self);
}

/**
 * ch_stage_requirement_new:
 * @stage: Procore's stage category
 * @set: (transfer full) (nullable): what holds during it
 */
ChStageRequirement *
ch_stage_requirement_new (const char       *stage,
                          ChRequirementSet *set)
{
  ChStageRequirement *self = g_new0 (ChStageRequirement, 1);

  self->stage = g_strdup (stage);
  self->set = set;

  return self;
}

void
ch_stage_requirement_free (ChStageRequirement *self)
{
  if (self == NULL)
    return;

  g_free (self->stage);
  ch_requirement_set_free (self->set);
  g_free (self);
}

/**
 * ch_requirement_set_new:
 *
 * Returns: (transfer full): a set that asks nothing
 */
ChRequirementSet *
ch_requirement_set_new (void)
{
  ChRequirementSet *self = g_new0 (ChRequirementSet, 1);

  self->coverages = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_coverage_requirement_free);
  self->umbrella_adds_to = g_ptr_array_new_with_free_func (g_free);
  self->holder_names = g_ptr_array_new_with_free_func (g_free);
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stage_requirement_free);

  return self;
}

ChRequirementSet *
ch_requirement_set_copy (const ChRequirementSet *self)
{
  ChRequirementSet *copy;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ch_requirement_set_new ();
  copy->name = g_strdup (self->name);
  memcpy (copy->members, self->members, sizeof self->members);
  memcpy (copy->origins, self->origins, sizeof self->origins);
  copy->warning_days = self->warning_days;
  copy->named_insured = self->named_insured;
  copy->minimum_rating = g_strdup (self->minimum_rating);
  copy->minimum_size = g_strdup (self->minimum_size);
  copy->cancellation_notice = self->cancellation_notice;
  copy_strings (copy->umbrella_adds_to, self->umbrella_adds_to);
  copy_strings (copy->holder_names, self->holder_names);
  for (i = 0; i < self->coverages->len; i++)
    g_ptr_array_add (copy->coverages, ch_coverage_requirement_copy (g_ptr_array_index (self->coverages, i)));
  for (i = 0; i < self->stages->len; i++)
    {
      const ChStageRequirement *stage = g_ptr_array_index (self->stages, i);
      ChRequirementSet *set = stage->set != NULL ? ch_requirement_set_copy (stage->set) : NULL;

      g_ptr_array_add (copy->stages, ch_stage_requirement_new (stage->stage, set));
    }

  return copy;
}

void
ch_requirement_set_free (ChRequirementSet *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_ptr_array_unref (self->coverages);
  g_ptr_array_unref (self->umbrella_adds_to);
  g_ptr_array_unref (self->holder_names);
  g_free (self->minimum_rating);
  g_free (self->minimum_size);
  g_ptr_array_unref (self->stages);
  g_free (self);
}
