#pragma once

#include "ch-desk-view-private.h"
#include "ch-desk.h"
#include "ch-project.h"
#include "ch-vendor.h"

G_BEGIN_DECLS

/*
 * What the desk's files share. An act runs between _ch_desk_begin() and _ch_desk_end(): a transaction of its own, or
 * part of the one that the caller has open.
 */
gboolean     _ch_desk_begin            (ChDesk       *self,
                                        const char   *who,
                                        gboolean     *own,
                                        GError      **error);
gboolean     _ch_desk_end              (ChDesk       *self,
                                        gboolean      own,
                                        gboolean      ok,
                                        GError      **error);

/* GLib reads a zone's file anew each time that nobody holds it: a company's projects share a few zones, and each act asks
 * for every project's day. */
void         _ch_desk_keep_zone        (ChDesk       *self,
                                        const char   *tz_name);

/* When something changes by itself, and as of which generations of the store; the clock asks every few seconds. */
typedef struct {
  gboolean is_known;
  gint64   next;
  guint64  verdicts;
  guint64  projects;
  guint64  states;
} ChLapseMemo;

ChLapseMemo *_ch_desk_get_lapse_memo   (ChDesk       *self);

/* The active projects, as an act reads them, kept for the next one; (transfer full) (nullable): NULL where they may be
 * others now */
GHashTable  *_ch_desk_get_projects     (ChDesk       *self,
                                        guint64       generation,
                                        const char   *zone);
void         _ch_desk_keep_projects    (ChDesk       *self,
                                        GHashTable   *projects,
                                        guint64       generation,
                                        const char   *zone);

/* (transfer full): %NULL with %CH_DESK_ERROR_NOT_FOUND in people's words, or with the store's error */
ChVendor    *_ch_desk_get_vendor       (ChDesk       *self,
                                        gint64        vendor_id,
                                        GError      **error);
ChProject   *_ch_desk_get_project      (ChDesk       *self,
                                        gint64        project_id,
                                        GError      **error);
/* value: (out) (transfer full) (nullable) */
gboolean     _ch_desk_load_state       (ChDesk       *self,
                                        const char   *name,
                                        char        **value,
                                        GError      **error);

/* Judges with what @view has loaded already; see ch_desk_judge(). */
gboolean     _ch_desk_judge_in_view    (ChDeskView   *view,
                                        gint64        project_id,
                                        gint64        vendor_id,
                                        guint        *n_changed,
                                        GError      **error);
/* (transfer full): what brings a requirement set to a sub, as `company`, `trade Roofing`, `project`, `sub` or
 * `commitment`; stable words, for programs and the audit trail */
char        *_ch_requirement_place_dup_name (const ChRequirementAssignment *place);
/* Finds the project and the sub of the place, 0 where it is about all of them. */
gboolean     _ch_requirement_place_find_pair (ChDesk                         *self,
                                              const ChRequirementAssignment  *place,
                                              gint64                         *project_id,
                                              gint64                         *vendor_id,
                                              GError                        **error);
/* (transfer full): JSON text of an object with these members, in the order given; pairs of name and (nullable) text,
 * ended by NULL; members whose value is NULL are left out */
char        *_ch_desk_dup_detail       (const char   *first_name,
                                        ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
