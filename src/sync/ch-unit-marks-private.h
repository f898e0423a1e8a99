#pragma once

#include "ch-list-mark.h"
#include "ch-store.h"
#include "ch-unit.h"

G_BEGIN_DECLS

/*
 * Of each list without a change filter: what it was when it was last taken over, and what the store held then. Where
 * neither has changed, to take it over again would change nothing.
 */
typedef struct _ChUnitMarks ChUnitMarks;

ChUnitMarks *_ch_unit_marks_new  (void);
void         _ch_unit_marks_free (ChUnitMarks  *self);
/* (transfer none) (nullable): for the reading that begins; NULL for units that are cheap to understand. Forgotten where the
 * store has changed since, and until _ch_unit_marks_keep(). */
ChListMark  *_ch_unit_marks_take (ChUnitMarks  *self,
                                  const ChUnit *unit,
                                  ChStore      *store);
/* The unit was read, and what it brought is stored. */
void         _ch_unit_marks_keep (ChUnitMarks  *self,
                                  const ChUnit *unit,
                                  ChStore      *store);

G_END_DECLS
