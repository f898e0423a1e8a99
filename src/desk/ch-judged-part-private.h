#pragma once

#include "ch-evaluation.h"

G_BEGIN_DECLS

/**
 * ChJudgedPart:
 * @commitment_id: 0 for the sub's own
 * @layers: (nullable) (element-type ChStoredRequirementSet): where they come from the store
 * @sets: (element-type ChRequirementSet): general to specific, or what they are when put together
 * @n_layers: how many there are before they are
 *
 * One of the requirement stacks that a sub on a project must meet: its own, or that of one of its commitments.
 */
typedef struct {
  gint64      commitment_id;
  GPtrArray  *layers;
  GPtrArray  *sets;
  guint       n_layers;
  ChVerdict  *verdict;
} ChJudgedPart;

ChJudgedPart *_ch_judged_part_new      (gint64                   commitment_id);
void          _ch_judged_part_free     (ChJudgedPart            *self);
/* parts: (element-type ChJudgedPart); their sets take the place of the input's requirements */
void          _ch_judged_parts_judge   (GPtrArray               *parts,
                                        const ChEvaluationInput *input);
/* (transfer full): the worst of all, which have been judged */
ChVerdict    *_ch_judged_parts_combine (GPtrArray               *parts,
                                        const ChEvaluationInput *input);

G_END_DECLS
