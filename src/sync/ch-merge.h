#pragma once

#include "ch-field-set.h"

G_BEGIN_DECLS

/* One field that both sides changed, differently. */
typedef struct {
  char *field;
  char *base;
  char *local;
  char *remote;
} ChClash;

void ch_clash_free (ChClash *self);

/**
 * ChMergeOutcome:
 * @CH_MERGE_FIELDS: the record stands on both sides, or is to be made there: field by field
 * @CH_MERGE_MISSING: it stands on neither side, and neither says anything
 * @CH_MERGE_LEFT: the desk says no more; what stands in Procore stays as it is
 * @CH_MERGE_DELETED: it was deleted there and is unchanged here: it ends here too
 * @CH_MERGE_DELETED_AND_CHANGED: it was deleted there and changed here: a person decides
 */
typedef enum {
  CH_MERGE_FIELDS,
  CH_MERGE_MISSING,
  CH_MERGE_LEFT,
  CH_MERGE_DELETED,
  CH_MERGE_DELETED_AND_CHANGED,
} ChMergeOutcome;

/**
 * ChMerge:
 * @send: the fields (with their local values) that Procore is to be told; an empty text takes a value away
 * @apply: the fields (with their remote values) that are to be taken over here; an empty text takes a value away
 * @base: the new base: what both sides agree on now
 * @clashes: (element-type ChClash)
 *
 * What to do about one shared record; the tables are at the top of ch-merge.c.
 */
typedef struct {
  ChMergeOutcome outcome;
  ChFieldSet    *send;
  ChFieldSet    *apply;
  ChFieldSet    *base;
  GPtrArray     *clashes;
} ChMerge;

/* Pure. A side that is NULL does not have the record. */
ChMerge    *ch_merge       (const ChFieldSet *base,
                            const ChFieldSet *local,
                            const ChFieldSet *remote);
void        ch_merge_free  (ChMerge          *self);
/* What is known to be agreed on once it shows what became of an attempt whose answer was lost. */
ChFieldSet *ch_merge_learn (const ChFieldSet *base,
                            const ChFieldSet *sent,
                            const ChFieldSet *remote);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChClash, ch_clash_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChMerge, ch_merge_free)

G_END_DECLS
