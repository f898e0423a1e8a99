#pragma once

#include "ch-unit-table-private.h"

G_BEGIN_DECLS

/* One unit's failures in a row. */
typedef struct {
  guint  n;
  gint64 not_before;
  char  *problem;
  guint  serial;       /* counts failing units in the order in which they began to */
} ChUnitFailure;

struct _ChUnitTable
{
  GArray     *units;      /* (element-type ChPlanUnit) */
  GHashTable *index;      /* (element-type ChUnit guint): where a unit stands, plus 1 */
  GArray     *projects;   /* (element-type gint64) */
  GHashTable *costs;      /* (element-type ChUnit guint): requests that it last took, where that is not 1 */
  GHashTable *read_at;    /* (element-type ChUnit gint64) */
  GHashTable *active_at;  /* (element-type gint64 gint64): when something of a project last changed */
  GHashTable *asked;      /* (element-type ChUnit ChAsked) */
  GHashTable *failures;   /* (element-type ChUnit ChUnitFailure) */
  GHashTable *open;       /* (element-type gint64): projects on screen */
  GHashTable *told;       /* (element-type gint64): scopes whose hook tells of changes */
  gboolean    has_webhooks;
  gboolean    lists_memberships;  /* the company's list of subs says who works where */
  guint       n_records;  /* single records that events asked for */
  guint       n_refused[CH_N_UNIT_KINDS];     /* in a row */
  gint64      kind_not_before[CH_N_UNIT_KINDS];
  guint       serial;
  gint64      now;        /* of the last load */
};

/* (transfer none) (nullable): its row, until the next one is added */
ChPlanUnit *_ch_unit_table_find         (ChUnitTable  *self,
                                         const ChUnit *unit);
ChPlanUnit *_ch_unit_table_add          (ChUnitTable  *self,
                                         const ChUnit *unit,
                                         guint         cost);
gint64      _ch_unit_table_get_not_before (ChUnitTable *self,
                                         const ChUnit *unit);
void        _ch_unit_table_put_read_at  (ChUnitTable  *self,
                                         const ChUnit *unit,
                                         gint64        at);
/* Something of a project changed then. */
void        _ch_unit_table_note_active  (ChUnitTable  *self,
                                         gint64        project_id,
                                         gint64        at);
/* Interests anew, after what is on screen or active changed. */
void        _ch_unit_table_set_interests (ChUnitTable *self);

G_END_DECLS
