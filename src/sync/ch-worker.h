#pragma once

#include "ch-session.h"

G_BEGIN_DECLS

typedef enum {
  CH_WORKER_STOPPED,
  CH_WORKER_SIGNED_OUT,
  CH_WORKER_IDLE,         /* waiting for the next change, lapse or poll */
  CH_WORKER_SYNCING,
  CH_WORKER_OFFLINE,      /* will try again by itself at retry_at */
  CH_WORKER_NEEDS_PERSON, /* sign in again, ask the admin, …: will not try again by itself */
  CH_WORKER_ELSEWHERE,    /* another process syncs this database */
} ChWorkerState;

/**
 * ChProjectFreshness:
 * @as_of: everything of the project that Procore lists is known as of then, Unix microseconds; 0 where some list was
 *   never read
 */
typedef struct {
  gint64 project_id;
  gint64 as_of;
} ChProjectFreshness;

/**
 * ChWorkerReport:
 * @last_contact: Unix microseconds of Procore's last answer, 0 for never
 * @problem: (nullable): in plain words, with what to do
 * @activity: (nullable): what it is doing
 * @requests: sent so far
 * @rate_limit: requests that the nearer limit grants in its window, -1 while unknown
 * @rate_remaining: what is left of them
 * @rate_reset: when that window ends, Unix seconds
 * @company_as_of: the company's lists (projects, directory, insurance records) are known as of then, Unix
 *   microseconds; 0 where some list was never read
 * @worst_as_of: the same of the active project that was read longest ago
 * @worst_project_id: that project, 0 where there is none
 * @bound: the longest that anything is left alone for at the present pace, microseconds
 * @webhook_port: where Procore's deliveries are taken, 0 where they are not
 * @last_event: when the last one came, Unix microseconds, 0 for never
 * @n_own_events: those of our own writes
 * @n_missed_events: those that had not arrived and were read back
 * @n_refused_events: deliveries without our secret
 * @projects: (element-type ChProjectFreshness): the active projects by id; never changes, shared by reports
 */
typedef struct {
  ChWorkerState  state;
  gint64         last_contact;
  gint64         last_round;
  gint64         retry_at;
  char          *problem;
  char          *activity;
  guint          waiting;
  guint          parked;
  guint          conflicts;
  guint          requests;
  int            rate_limit;
  int            rate_remaining;
  gint64         rate_reset;
  gint64         company_as_of;
  gint64         worst_as_of;
  gint64         worst_project_id;
  gint64         bound;
  guint          webhook_port;
  gint64         last_event;
  guint          n_events;
  guint          n_own_events;
  guint          n_missed_events;
  guint          n_refused_events;
  GPtrArray     *projects;
} ChWorkerReport;

ChWorkerReport *ch_worker_report_new         (void);
ChWorkerReport *ch_worker_report_copy        (const ChWorkerReport *self);
void            ch_worker_report_free        (ChWorkerReport       *self);
/* (transfer none) (nullable) */
const ChProjectFreshness *
                ch_worker_report_find_project (const ChWorkerReport *self,
                                              gint64                project_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChWorkerReport, ch_worker_report_free)

/*
 * The sync worker: one thread with its own main context, its own store connection and session. The first time it reads
 * everything; from then on it reads what the planner says, pushes as soon as the outbox has something, and keeps the
 * lapse clock, also right after a resume or a clock change. The same for `certholder` and `certholderctl watch`.
 */
#define CH_TYPE_WORKER (ch_worker_get_type ())
G_DECLARE_FINAL_TYPE (ChWorker, ch_worker, CH, WORKER, GObject)

/**
 * ChWebhookSettings:
 * @listen: `ADDR:PORT` on this machine, where a proxy or tunnel leads to
 * @public_url: the https address by which Procore reaches it
 * @secret: what deliveries have to carry
 */
typedef struct {
  const char *listen;
  const char *public_url;
  const char *secret;
} ChWebhookSettings;

/**
 * ChWorkerSettings:
 * @auth: signs in; shared with the sign-in of the program (it is thread-safe)
 * @poll_seconds: nothing is left alone for longer than this while the budget allows, 0 for the usual
 * @webhooks: (nullable): how Procore tells of changes by itself
 * @share: how much of Procore's hourly limit may be spent on reading that nobody asked for, 0 for the usual half
 */
typedef struct {
  const char    *data_dir;
  ChChangeHub   *hub;
  ChClock       *clock;
  const ChPlace *place;
  ChAuth        *auth;
  ChTransport   *transport;
  gint64         company_id;
  guint          poll_seconds;
  double         share;
  const ChWebhookSettings *webhooks;
} ChWorkerSettings;

/* Signals, in the main context of the thread that made it:
 * ::report  (ChWorkerReport*): something in it changed
 * ::event   (const char *what, const char *json): for `watch --json`: started, round, pulled, pushed, lapsed, problem */
ChWorker             *ch_worker_new        (const ChWorkerSettings *settings);
void                  ch_worker_start      (ChWorker               *self);
/* (transfer none): as of the last ::report */
const ChWorkerReport *ch_worker_get_report (ChWorker               *self);
/* (transfer none): every request of its life so far; ask it any time, it is thread-safe */
ChRequestLog         *ch_worker_get_log    (ChWorker               *self);
/* reads everything, whatever was planned */
void                  ch_worker_sync_now   (ChWorker               *self);
/* What is on screen: it is asked for at once and often from then on. 0, 0: nothing in particular. */
void                  ch_worker_show       (ChWorker               *self,
                                            gint64                  project_id,
                                            gint64                  vendor_id);
/* waits for the thread to end its current request at most */
void                  ch_worker_stop       (ChWorker               *self);

G_END_DECLS
