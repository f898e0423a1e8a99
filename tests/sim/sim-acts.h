#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

typedef enum {
  SIM_SIDE_PEOPLE,    /* somebody in Procore */
  SIM_SIDE_DESK,
  SIM_SIDE_PROGRAM,   /* the sync */
  SIM_SIDE_WORLD,     /* time, faults, servers */
} SimSide;

typedef void (*SimActFunc) (SimWorld *world);

typedef struct {
  const char *name;
  SimSide     side;
  guint       weight;
  SimActFunc  func;
} SimActKind;

/**
 * SimAct:
 * @seed: its own chance
 * @at: -1 where it happens by itself; else during the next act of the program, with that request
 */
struct _SimAct {
  const SimActKind *kind;
  guint32           seed;
  int               at;
};

/* one table a file, ended by an empty entry */
extern const SimActKind sim_people_acts[];
extern const SimActKind sim_desk_acts[];
extern const SimActKind sim_program_acts[];
extern const SimActKind sim_world_acts[];

void      sim_act_do          (const SimAct *act,
                               SimWorld     *world);
char     *sim_act_describe    (const SimAct *act);
/* (transfer full) (element-type SimAct): the history of a seed */
GPtrArray *sim_acts_make      (guint32       seed);
/* the whole history, then quiet: what must hold is in world->failure where it does not */
void      sim_acts_run        (SimWorld     *world,
                               GPtrArray    *acts);
/* the program's round or push, come what may; FALSE where it ended with an error */
gboolean  sim_program_round   (SimWorld     *world);
gboolean  sim_program_push    (SimWorld     *world);

/* (transfer full): what a reader makes of a paper */
ChCertificate *sim_desk_make_certificate (const char *insured,
                                          const char *paper);

/* no more acts, no more faults: everything comes to rest, and is looked at */
void      sim_acts_be_quiet   (SimWorld     *world);

typedef enum {
  SIM_EACH_ACCESS_FAILS,
  SIM_EACH_ENDS_AT_ACCESS,
  SIM_EACH_BEFORE_REQUEST,
  SIM_EACH_AFTER_REQUEST,
  SIM_EACH_AFTER_COMMIT,
} SimEach;

#define SIM_N_EACH (SIM_EACH_AFTER_COMMIT + 1)

const char *sim_each_to_string (SimEach      what);
/* the fixed history with that at its i-th place; FALSE where there are fewer */
gboolean    sim_each_run       (SimWorld    *world,
                                SimEach      what,
                                guint        at);

typedef enum {
  SIM_OLD_FIRST_TIME,
  SIM_OLD_DELETED,
  SIM_OLD_HEARD,
  SIM_OLD_EDITED,
} SimOld;

#define SIM_N_OLD (SIM_OLD_EDITED + 1)

const char *sim_old_to_string     (SimOld      what);
/* the database that the program of that schema version left behind */
gboolean    sim_old_make_database (const char *folder,
                                   guint       version,
                                   SimOld      what,
                                   const char *path);
/* @world began with such a database */
void        sim_old_run           (SimWorld   *world,
                                   SimOld      what);

G_END_DECLS
