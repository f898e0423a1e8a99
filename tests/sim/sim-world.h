#pragma once

#include "sim-ledger.h"
#include "sim-transport.h"

#include "ch-desk.h"
#include "ch-session.h"

G_BEGIN_DECLS

#define SIM_COMPANY CH_SANDBOX_COMPANY_ID

typedef struct _SimAct SimAct;

/**
 * SimWorld:
 * @rand: the chance of the act under way; each act brings its own, so that leaving one out changes no other
 * @counter: makes texts that nobody else has written
 * @inside: (element-type SimAct): what is to happen while the next act of the program is under way
 * @n_step: of the program's accesses to its database; at @break_step it ends, at @fail_step one fails
 * @n_commit: of the program's transactions that have come through; after @break_commit it ends with the next thing that it does
 * @n_request: of the requests of the act under way; at @break_request it ends (on its way, or with its work done)
 * @failure: (nullable): how the first rule was broken
 * @rule: (nullable): which one: the text without what is in it
 *
 * One company in the sandbox, one program that syncs with it, one clock.
 */
struct _SimWorld {
  guint32       seed;
  GRand        *rand;
  char         *dir;
  TestClock    *clock;
  ChSandbox    *sandbox;
  SimTransport *transport;
  SimLedger    *ledger;

  ChChangeHub  *hub;
  ChStore      *store;
  ChDesk       *desk;
  ChProcore    *procore;
  ChSession    *session;

  guint         counter;
  GPtrArray    *inside;
  GCancellable *cancellable;
  guint         n_step;
  guint         break_step;
  guint         fail_step;
  guint         n_commit;
  guint         break_commit;
  guint         n_request;
  guint         break_request;
  guint         cancel_request;
  gboolean      break_when_done;
  guint         n_restarts;

  GChecksum    *trace;
  gboolean      is_loud;
  char         *failure;
  const char   *rule;
  gboolean      is_looking;     /* the rules look at the database: no step of the program's */
};

/* the database of a desk on which nothing has been done; worlds begin with a copy of it, which saves time */
char     *sim_world_make_empty (const char *dir);
SimWorld *sim_world_new      (guint32     seed,
                              const char *dir,
                              const char *empty,
                              gboolean    is_loud);
void      sim_world_free     (SimWorld   *self);
/* one start and one end of the program */
void      sim_world_open     (SimWorld   *self);
void      sim_world_close    (SimWorld   *self);
void      sim_world_restart  (SimWorld   *self);
void      sim_world_advance  (SimWorld   *self,
                              gint64      seconds);
gint64    sim_world_now      (SimWorld   *self);
guint     sim_world_pick     (SimWorld   *self,
                              guint       n);
/* the first one counts */
void      sim_world_fail     (SimWorld   *self,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3);
void      sim_world_tell     (SimWorld   *self,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3);
/* ends the program here, as a power cut would, and starts it again */
void      sim_world_recover  (SimWorld   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimWorld, sim_world_free)

G_END_DECLS
