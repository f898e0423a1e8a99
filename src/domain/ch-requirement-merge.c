#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-requirement-set.h"

/* Sets are layered from general to specific. A more specific layer replaces a member of the one below, per coverage
 * and per member, and a removed member takes it away. A stage replaces each member that it has as a whole. */

static void
replace_strings (GPtrArray *to,
                 GPtrArray *from)
{
  guint i;

  g_ptr_array_set_size (to, 0);
  for (i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

static guint
find_coverage (GPtrArray  *coverages,
               const char *name)
{
  guint i;

  for (i = 0; i < coverages->len; i++)
    {
      const ChCoverageRequirement *coverage = g_ptr_array_index (coverages, i);

      if (g_strcmp0 (coverage->name, name) == 0)
        break;
    }

  return i;
}

/* @origin: (nullable): of all that @above says; %NULL where @above knows it member by member */
static void
overlay_coverage (ChCoverageRequirement       *below,
                  const ChCoverageRequirement *above,
                  const ChOrigin              *origin)
{
  int i;

  for (i = 0; i < CH_N_COVERAGE_ASKS; i++)
    {
      if (above->members[i] == CH_MEMBER_ABSENT)
        continue;
      below->members[i] = above->members[i] == CH_MEMBER_SET ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
      below->values[i] = above->values[i];
      below->origins[i] = origin != NULL ? *origin : above->origins[i];
    }

  if (above->members[CH_COVERAGE_ASK_MINIMUM] != CH_MEMBER_ABSENT)
    memcpy (below->minimum, above->minimum, sizeof below->minimum);
  if (above->members[CH_COVERAGE_ASK_ENDORSEMENTS] != CH_MEMBER_ABSENT)
    replace_strings (below->endorsements, above->endorsements);
}

static void
overlay_coverages (GPtrArray      *below,
                   GPtrArray      *above,
                   const ChOrigin *origin)
{
  guint i;

  for (i = 0; i < above->len; i++)
    {
      const ChCoverageRequirement *coverage = g_ptr_array_index (above, i);
      guint place = find_coverage (below, coverage->name);

      if (coverage->is_removed)
        {
          if (place < below->len)
            g_ptr_array_remove_index (below, place);
          continue;
        }

      if (place == below->len)
        {
          ChCoverageRequirement *added = ch_coverage_requirement_new (coverage->name);

          added->origin = origin != NULL ? *origin : coverage->origin;
          g_ptr_array_add (below, added);
        }
      overlay_coverage (g_ptr_array_index (below, place), coverage, origin);
    }
}

static void
copy_simple_member (ChRequirementSet       *below,
                    const ChRequirementSet *above,
                    ChSetAsk                ask)
{
  switch (ask)
    {
    case CH_SET_ASK_WARNING_DAYS:
      below->warning_days = above->warning_days;
      break;
    case CH_SET_ASK_UMBRELLA_ADDS_TO:
      replace_strings (below->umbrella_adds_to, above->umbrella_adds_to);
      break;
    case CH_SET_ASK_HOLDER:
      replace_strings (below->holder_names, above->holder_names);
      break;
    case CH_SET_ASK_NAMED_INSURED:
      below->named_insured = above->named_insured;
      break;
    case CH_SET_ASK_CARRIER:
      g_free (below->minimum_rating);
      g_free (below->minimum_size);
      below->minimum_rating = g_strdup (above->minimum_rating);
      below->minimum_size = g_strdup (above->minimum_size);
      break;
    case CH_SET_ASK_CANCELLATION_NOTICE:
    default:
      below->cancellation_notice = above->cancellation_notice;
      break;
    }
}

static void overlay_set (ChRequirementSet       *below,
                         const ChRequirementSet *above,
                         const ChOrigin         *origin,
                         gboolean                whole);

/* People and programs write a category as `post_construction`, "Post-Construction" or "post construction". */
static gboolean
is_same_stage (const char *a,
               const char *b)
{
  for (; *a != '\0' && *b != '\0'; a++, b++)
    {
      char x = g_ascii_isalnum (*a) ? g_ascii_tolower (*a) : '_';
      char y = g_ascii_isalnum (*b) ? g_ascii_tolower (*b) : '_';

      if (x != y)
        return FALSE;
    }

  return *a == *b;
}

static void
overlay_stages (GPtrArray      *below,
                GPtrArray      *above,
                const ChOrigin *origin)
{
  ChOrigin stage_origin = { origin->layer, TRUE };
  guint i;
  guint j;

  for (i = 0; i < above->len; i++)
    {
      const ChStageRequirement *stage = g_ptr_array_index (above, i);

      for (j = 0; j < below->len; j++)
        {
          const ChStageRequirement *other = g_ptr_array_index (below, j);

          if (is_same_stage (other->stage, stage->stage))
            break;
        }

      if (stage->set == NULL)
        {
          if (j < below->len)
            g_ptr_array_remove_index (below, j);
        }
      else
        {
          ChStageRequirement *other;
          int ask;

          if (j == below->len)
            g_ptr_array_add (below, ch_stage_requirement_new (stage->stage, ch_requirement_set_new ()));
          other = g_ptr_array_index (below, j);
          overlay_set (other->set, stage->set, &stage_origin, TRUE);
          /* A stage that removes a member must still do so when it is laid over the sets. */
          for (ask = 0; ask < CH_N_SET_ASKS; ask++)
            if (stage->set->members[ask] == CH_MEMBER_REMOVED)
              other->set->members[ask] = CH_MEMBER_REMOVED;
        }
    }
}

/* With @whole, the list of coverages is replaced like any other member. @origin: as for overlay_coverage() */
static void
overlay_set (ChRequirementSet       *below,
             const ChRequirementSet *above,
             const ChOrigin         *origin,
             gboolean                whole)
{
  int ask;

  for (ask = 0; ask < CH_N_SET_ASKS; ask++)
    {
      ChMember member = above->members[ask];

      if (member == CH_MEMBER_ABSENT)
        continue;

      below->members[ask] = member == CH_MEMBER_SET ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
      below->origins[ask] = origin != NULL ? *origin : above->origins[ask];
      if (ask == CH_SET_ASK_COVERAGES)
        {
          if (whole || member == CH_MEMBER_REMOVED)
            g_ptr_array_set_size (below->coverages, 0);
          if (member == CH_MEMBER_SET)
            overlay_coverages (below->coverages, above->coverages, origin);
        }
      else if (ask == CH_SET_ASK_STAGES)
        {
          if (member == CH_MEMBER_REMOVED)
            g_ptr_array_set_size (below->stages, 0);
          else
            overlay_stages (below->stages, above->stages, origin);
        }
      else if (member == CH_MEMBER_SET)
        {
          copy_simple_member (below, above, (ChSetAsk) ask);
        }
    }
}

/**
 * ch_requirement_set_merge:
 * @layers: (element-type ChRequirementSet): general to specific
 * @stage: (nullable): the project's stage category, whose part of the sets is laid over them last
 *
 * Returns: (transfer full): what is asked when all layers are put together, each member with its origin; it has no
 *   removed members and no stages, and the name of the most specific layer that has one
 */
ChRequirementSet *
ch_requirement_set_merge (GPtrArray  *layers,
                          const char *stage)
{
  ChRequirementSet *merged = ch_requirement_set_new ();
  guint i;

  g_return_val_if_fail (layers != NULL, merged);

  for (i = 0; i < layers->len; i++)
    {
      const ChRequirementSet *layer = g_ptr_array_index (layers, i);
      ChOrigin origin = { (int) i, FALSE };

      overlay_set (merged, layer, &origin, FALSE);
      if (layer->name != NULL)
        {
          g_free (merged->name);
          merged->name = g_strdup (layer->name);
        }
    }

  for (i = 0; stage != NULL && i < merged->stages->len; i++)
    {
      ChStageRequirement *part = g_ptr_array_index (merged->stages, i);

      if (is_same_stage (part->stage, stage))
        {
          overlay_set (merged, part->set, NULL, TRUE);
          break;
        }
    }

  g_ptr_array_set_size (merged->stages, 0);
  merged->members[CH_SET_ASK_STAGES] = CH_MEMBER_ABSENT;

  return merged;
}

/**
 * ch_requirement_layers_have_stage:
 *
 * Returns: whether the layers, put together, say something of the stage of their own
 */
gboolean
ch_requirement_layers_have_stage (GPtrArray  *layers,
                                  const char *stage)
{
  gboolean has = FALSE;
  guint i;
  guint j;

  g_return_val_if_fail (layers != NULL, FALSE);
  g_return_val_if_fail (stage != NULL, FALSE);

  for (i = 0; i < layers->len; i++)
    {
      const ChRequirementSet *layer = g_ptr_array_index (layers, i);

      if (layer->members[CH_SET_ASK_STAGES] == CH_MEMBER_REMOVED)
        has = FALSE;
      for (j = 0; j < layer->stages->len; j++)
        {
          const ChStageRequirement *part = g_ptr_array_index (layer->stages, j);

          if (is_same_stage (part->stage, stage))
            has = part->set != NULL;
        }
    }

  return has;
}
