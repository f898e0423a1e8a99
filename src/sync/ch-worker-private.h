#pragma once

#include "ch-alarm-private.h"
#include "ch-session.h"
#include "ch-unit-table-private.h"
#include "ch-webhooks-private.h"
#include "ch-worker.h"

G_BEGIN_DECLS

/*
 * What the thread works with. Everything in it is the thread's own but for what is said to be otherwise.
 */
typedef struct {
  ChWorker        *worker;          /* (unowned): it outlives its thread; so does what is unowned below */
  ChChangeHub     *hub;             /* (unowned) */
  const char      *data_dir;        /* (unowned) */
  GMainContext    *context;         /* (unowned): the thread's */
  GCancellable    *cancellable;     /* (unowned): thread-safe */
  gint            *asked;           /* (unowned) atomic: a person wants a round now */
  gint            *stopping;        /* (unowned) atomic */

  ChClock         *clock;           /* (unowned) */
  ChStore         *store;
  ChDesk          *desk;
  ChProcore       *procore;
  ChSession       *session;
  ChWorkerReport  *report;
  ChUnitTable     *units;
  ChWebhooks      *webhooks;        /* (nullable) */
  gint            *events_came;     /* (unowned) atomic: the receiver has something */
  gint64           next_flush;      /* of what events were taken, the clock's microseconds */
  ChPlanBudget     budget;
  ChAlarm         *alarm;
  gboolean         clock_was_set;   /* or a start, before which it may have been */
  gint64           seen_at;         /* what the clock said when the thread looked last */
  gboolean         tries_all;       /* rows that failed are tried now: another clock set the times for them */
  gboolean         woken;           /* by the alarm, or by another process's commit */
  gboolean         units_stale;     /* projects came or went */
  GHashTable      *changed_projects; /* (element-type gint64): since the last unit */
  gboolean         certificates_changed; /* what waits in inboxes may be decided */
  gboolean         contracts_stale; /* what is said of contracts changed */
  gint64           units_loaded;    /* when, the clock's microseconds */
  gboolean         outbox_changed;
  gint64           next_push;       /* when a row that failed may be tried again, the clock's microseconds */
  gint64           retry_at;        /* after an error that stops everything; G_MAXINT64: a person is needed */
  gint64           reported_at;
  guint            n_failures;
} ChWorkerThread;

/* ch-worker.c: carries the report, an event, or both home. @detail: (transfer full) (nullable): JSON */
void     _ch_worker_send_home        (ChWorker       *self,
                                      ChWorkerReport *report,
                                      const char     *what,
                                      char           *detail);
/* what is on screen, where that changed since the last call */
gboolean _ch_worker_take_shown       (ChWorker       *self,
                                      gint64         *project_id,
                                      gint64         *vendor_id);

/* ch-worker-thread.c: till it is stopped */
void     _ch_worker_thread_run       (ChWorkerThread *self);
/* ch-worker-acts.c: what the thread does, one at a time */
void     _ch_worker_act_round        (ChWorkerThread *self);
void     _ch_worker_act_push         (ChWorkerThread *self);
void     _ch_worker_act_unit         (ChWorkerThread *self,
                                      const ChUnit   *unit);
void     _ch_worker_act_lapse        (ChWorkerThread *self);
void     _ch_worker_load_units       (ChWorkerThread *self);
void     _ch_worker_set_state        (ChWorkerThread *self,
                                      ChWorkerState   state,
                                      const char     *problem);
void     _ch_worker_report_progress  (const char     *what,
                                      guint           done,
                                      guint           total,
                                      gpointer        user_data);

G_END_DECLS
