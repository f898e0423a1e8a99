#pragma once

#include "ch-clock.h"
#include "ch-desk.h"
#include "ch-procore.h"
#include "ch-reader.h"
#include "ch-unit.h"

G_BEGIN_DECLS

/**
 * ChRoundSummary:
 *
 * What one round did; the numbers of `certholderctl sync`.
 */
typedef struct {
  guint  pulled_projects;
  guint  pulled_subs;
  guint  pulled_assignments;
  guint  pulled_commitments;
  guint  pulled_insurances;
  guint  pushed_insurances;
  guint  pushed_commitments;
  guint  pushed_files;
  guint  pushed_links;
  guint  requests;
  guint  conflicts;       /* open ones, now */
  guint  pending;         /* outbox rows left, of those `parked` are set aside */
  guint  parked;
  gint64 next_attempt;    /* when a row that is left may be tried again, Unix microseconds; 0 where none is */
  double seconds;
  GPtrArray *problems;    /* (element-type utf8): tools that refused, as sentences; the rest went on */
} ChRoundSummary;

ChRoundSummary *ch_round_summary_new  (void);
void            ch_round_summary_free (ChRoundSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRoundSummary, ch_round_summary_free)

/*
 * One desk, one Procore company, one thread: what pull, push and the planner share. The caller holds the sync lock.
 */
#define CH_TYPE_SESSION (ch_session_get_type ())
G_DECLARE_FINAL_TYPE (ChSession, ch_session, CH, SESSION, GObject)

typedef void (*ChProgressFunc) (const char *what,
                                guint       done,
                                guint       total,
                                gpointer    user_data);

/* Draws a project's compliance report. */
typedef GBytes *(*ChReportFunc) (ChDesk    *desk,
                                 gint64     project_id,
                                 gpointer   user_data,
                                 GError   **error);

/* Reads a document. */
typedef ChReading *(*ChReadFunc) (int            fd,
                                  GCancellable  *cancellable,
                                  gpointer       user_data,
                                  GError       **error);

ChSession      *ch_session_new          (ChDesk          *desk,
                                         ChProcore       *procore);
ChDesk         *ch_session_get_desk     (ChSession       *self);
ChProcore      *ch_session_get_procore  (ChSession       *self);
void            ch_session_set_progress (ChSession       *self,
                                         ChProgressFunc   func,
                                         gpointer         user_data);
/* what draws the reports; NULL for the desk's own */
void            ch_session_set_report_func (ChSession    *self,
                                         ChReportFunc     func,
                                         gpointer         user_data);
/* what reads the documents that come from Procore; NULL for the helper */
void            ch_session_set_read_func (ChSession      *self,
                                         ChReadFunc       func,
                                         gpointer         user_data);
/* the chance of what waits before it is tried again; for simulations, which must be repeatable */
void            ch_session_set_seed     (ChSession       *self,
                                         guint32          seed);
/* whether rows that failed wait for their time (default: a person asked, they are tried now) */
void            ch_session_set_patient  (ChSession       *self,
                                         gboolean         patient);
/* pull, merge, judge, push, until nothing is left. On an error that ends the round the summary so far is in
 * *partial (nullable out), and everything local is kept. */
ChRoundSummary *ch_session_run_round    (ChSession       *self,
                                         ChRoundSummary **partial,
                                         GCancellable    *cancellable,
                                         GError         **error);
/* one list of one scope; see ch-unit.h */
gboolean        ch_session_pull_unit    (ChSession       *self,
                                         const ChUnit    *unit,
                                         ChRoundSummary  *summary,
                                         GCancellable    *cancellable,
                                         GError         **error);
/* whether the company's vendor list, as last read, says who works where; else each project has to be asked */
gboolean        ch_session_lists_memberships (ChSession  *self);
/* only what waits in the outbox */
gboolean        ch_session_push         (ChSession       *self,
                                         ChRoundSummary  *summary,
                                         GCancellable    *cancellable,
                                         GError         **error);

G_END_DECLS
