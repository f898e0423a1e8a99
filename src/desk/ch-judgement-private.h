#pragma once

#include "ch-store-verdicts.h"
#include "ch-sub-view-private.h"

G_BEGIN_DECLS

/*
 * The verdicts of one sub on one project: its own (commitment 0), which is the worst of all, first; then those of the
 * commitments that carry a requirement set of their own. (element-type ChStoredVerdict), nothing stored yet. Empty
 * where the project is closed out and nothing is asked after that.
 * previous: (element-type ChStoredVerdict): the sub's current ones, to know since when a status holds.
 */
GPtrArray *_ch_judge_pair          (ChDeskView            *view,
                                    const ChSubView       *sub,
                                    ChProjectView         *project,
                                    GPtrArray             *previous,
                                    GError               **error);
/* Unix seconds since when the decision has had this status, 0 where that is not known */
gint64     _ch_verdict_get_since   (const ChStoredVerdict *verdict);
/* (transfer full) (nullable): the ids and versions of the sets that judged it */
char      *_ch_verdict_dup_requirements (const ChStoredVerdict *verdict);
/* (transfer none) (nullable) */
const ChStoredVerdict *_ch_find_verdict (GPtrArray        *verdicts,
                                    gint64                 project_id,
                                    gint64                 commitment_id);

G_END_DECLS
