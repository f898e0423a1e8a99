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
 * ChMerge:
 * @send: the fields (with their local values) that Procore is to be told
 * @apply: the fields (with their remote values) that are to be taken over here
 * @base: the new base: what both sides agree on now
 * @clashes: (element-type ChClash)
 *
 * What to do about one shared record; see the table in SYNC of the documentation of this file's .c.
 */
typedef struct {
  ChFieldSet *send;
  ChFieldSet *apply;
  ChFieldSet *base;
  GPtrArray  *clashes;
} ChMerge;

/* Pure. base and remote are NULL where there is none yet. */
ChMerge *ch_merge      (const ChFieldSet *base,
                        const ChFieldSet *local,
                        const ChFieldSet *remote);
void     ch_merge_free (ChMerge          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChClash, ch_clash_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChMerge, ch_merge_free)

G_END_DECLS
