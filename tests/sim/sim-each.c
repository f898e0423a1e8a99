#include "config.h"

#include "sim-acts.h"

/*
 * One fixed history, in which everything happens once that the program carries over or takes in; its last round fails, or
 * ends, at the i-th access to the database, the i-th request, or right after the i-th transaction, for every i that there
 * is. Then quiet, as ever.
 */

static const struct {
  const SimActKind *table;
  const char       *name;
  guint32           seed;
} history[] = {
  { sim_program_acts, "a round", 1 },
  { sim_desk_acts, "the desk files a certificate", 3 },
  { sim_program_acts, "a round", 2 },
  { sim_people_acts, "somebody edits a record of ours", 4 },
  { sim_people_acts, "a contract is signed", 5 },
  { sim_people_acts, "somebody puts a file into an inbox", 9 },
  { sim_people_acts, "somebody puts a file into an inbox", 10 },
  { sim_people_acts, "somebody puts a file into an inbox", 12 },
  { sim_people_acts, "a sub joins a project", 7 },
  { sim_people_acts, "somebody changes home links", 4 },
  { sim_people_acts, "a project changes", 1 },
  { sim_people_acts, "a sub changes", 1 },
  { sim_world_acts, "time passes", 1 },
  { sim_people_acts, "a project starts", 3 },
  { sim_people_acts, "a sub is added", 2 },
  { sim_desk_acts, "the desk files a certificate", 8 },
  { sim_desk_acts, "the desk changes what is required", 6 },
};

static const SimActKind *
find_kind (const SimActKind *table,
           const char       *name)
{
  guint i;

  for (i = 0; table[i].name != NULL; i++)
    {
      if (g_str_equal (table[i].name, name))
        return &table[i];
    }
  g_assert_not_reached ();
}

static void
prepare (SimWorld *world)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (history); i++)
    {
      const SimAct act = { find_kind (history[i].table, history[i].name), history[i].seed, -1 };

      sim_act_do (&act, world);
    }
}

const char *
sim_each_to_string (SimEach what)
{
  static const char *const names[] = { "an access fails", "the program ends at an access", "it ends before a request",
                                       "it ends after a request", "it ends after a transaction" };

  return names[what];
}

gboolean
sim_each_run (SimWorld *world,
              SimEach   what,
              guint     at)
{
  gboolean is_request = what == SIM_EACH_BEFORE_REQUEST || what == SIM_EACH_AFTER_REQUEST;
  gboolean is_commit = what == SIM_EACH_AFTER_COMMIT;
  guint n;

  prepare (world);
  world->fail_step = what == SIM_EACH_ACCESS_FAILS ? at : 0;
  world->break_step = what == SIM_EACH_ENDS_AT_ACCESS ? at : 0;
  world->break_commit = is_commit ? at : 0;
  world->break_request = is_request ? at : 0;
  world->break_when_done = what == SIM_EACH_AFTER_REQUEST;
  sim_program_round (world);
  n = is_request ? world->n_request : is_commit ? world->n_commit : world->n_step;
  sim_acts_be_quiet (world);
  return n >= at;
}
