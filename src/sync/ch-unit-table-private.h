#pragma once

#include "ch-planner.h"
#include "ch-store.h"

G_BEGIN_DECLS

/*
 * What there is to read, with what is known of each unit: the planner's input, made from the store and kept up to date
 * while units are read, asked for, looked at and fail. Used by one thread.
 */
typedef struct _ChUnitTable ChUnitTable;

ChUnitTable      *_ch_unit_table_new          (void);
void              _ch_unit_table_free         (ChUnitTable   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChUnitTable, _ch_unit_table_free)

/* Makes it anew from the store; what was asked for, looked at and failing stays. */
gboolean          _ch_unit_table_load         (ChUnitTable   *self,
                                               ChStore       *store,
                                               gint64         now,
                                               GError       **error);
const ChPlanUnit *_ch_unit_table_get_units    (ChUnitTable   *self,
                                               guint         *n_units);
/* (transfer none) (element-type gint64): the active projects */
GArray           *_ch_unit_table_get_projects (ChUnitTable   *self);
/* 0 where it was never read, or there is no such unit */
gint64            _ch_unit_table_get_read_at  (ChUnitTable   *self,
                                               const ChUnit  *unit);

/* Asks for a unit; one that there is not is nobody's. A person outranks an event. */
void              _ch_unit_table_ask          (ChUnitTable   *self,
                                               const ChUnit  *unit,
                                               ChAsked        asked);
/* Asks for everything of a project. */
void              _ch_unit_table_ask_project  (ChUnitTable   *self,
                                               gint64         project_id,
                                               ChAsked        asked);
/* The same for an event, which may come in a flood: a unit is read for events once a second at most, and many records
 * of a list make the whole list. */
void              _ch_unit_table_ask_by_event (ChUnitTable   *self,
                                               const ChUnit  *unit,
                                               gint64         now);
void              _ch_unit_table_ask_all      (ChUnitTable   *self,
                                               ChAsked        asked);
gboolean          _ch_unit_table_is_asked_by_events (ChUnitTable *self);
/* Whether the company's list of subs says who works where; else each project is asked. */
void              _ch_unit_table_set_lists_memberships (ChUnitTable *self,
                                               gboolean       lists_memberships);
/* Whether hooks are looked after, and whether a scope's tells of changes. */
void              _ch_unit_table_set_webhooks (ChUnitTable   *self,
                                               gboolean       on);
void              _ch_unit_table_set_told     (ChUnitTable   *self,
                                               gint64         project_id,
                                               gboolean       told);
/* (element-type gint64): what is on screen; all others are not any more */
void              _ch_unit_table_set_open     (ChUnitTable   *self,
                                               GArray        *project_ids,
                                               gint64         now);

void              _ch_unit_table_note_read    (ChUnitTable   *self,
                                               const ChUnit  *unit,
                                               gint64         began,
                                               guint          n_requests,
                                               gboolean       changed);
/* A tool that refuses is left alone for an hour, another failure for a while that doubles. */
void              _ch_unit_table_note_failure (ChUnitTable   *self,
                                               const ChUnit  *unit,
                                               gint64         now,
                                               const GError  *error,
                                               const char    *problem);
/* The clock was set back by so many microseconds: what waits after a failure does not wait longer for it. */
void              _ch_unit_table_come_forth   (ChUnitTable   *self,
                                               gint64         by);
/* (transfer none) (nullable): of the unit that has been failing longest */
const char       *_ch_unit_table_get_problem  (ChUnitTable   *self);

G_END_DECLS
