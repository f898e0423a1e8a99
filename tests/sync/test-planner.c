#include "config.h"

#include "ch-planner.h"

/* The planner under a virtual clock: companies of random size, people who come and go, for days. */

#define SECOND ((gint64) G_USEC_PER_SEC)
#define HOUR (3600 * SECOND)
#define START (G_GINT64_CONSTANT (1795442400) * SECOND)

typedef struct {
  GRand        *random;
  GArray       *units;       /* (element-type ChPlanUnit) */
  GArray       *spent;       /* (element-type gint64): when each request was sent, but those that people asked for */
  ChPlanBudget  budget;
  guint         n_requests;
} World;

static void
add_unit (World      *world,
          ChUnitKind  kind,
          gint64      project_id,
          gint64      commitment_id,
          guint       cost,
          ChInterest  interest)
{
  /* as after a first sync */
  ChPlanUnit unit = { { kind, project_id, commitment_id }, interest, CH_ASKED_BY_NOBODY, cost,
                      START - g_rand_int_range (world->random, 0, 3600) * SECOND, 0 };

  g_array_append_val (world->units, unit);
}

static void
make_world (World *world,
            guint  n_projects,
            guint  n_vendors,
            guint  n_insurances,
            guint  n_commitments)
{
  guint i;

  world->units = g_array_new (FALSE, FALSE, sizeof (ChPlanUnit));
  world->spent = g_array_new (FALSE, FALSE, sizeof (gint64));
  world->n_requests = 0;
  world->budget = (ChPlanBudget) { .now = START, .share = 0.5, .hourly_limit = 3600, .hourly_remaining = -1 };
  world->budget.allowance = ch_planner_get_capacity (&world->budget);
  add_unit (world, CH_UNIT_PROJECTS_CHANGED, 0, 0, 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_PROJECTS, 0, 0, n_projects / 300 + 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_PROJECT_IDS, 0, 0, 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_STAGES, 0, 0, 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_VENDORS_CHANGED, 0, 0, 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_VENDORS, 0, 0, n_vendors / 2000 + 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_INACTIVE_VENDORS, 0, 0, 1, CH_INTEREST_QUIET);
  add_unit (world, CH_UNIT_COMPANY_INSURANCES, 0, 0, n_insurances / 2000 + 1, CH_INTEREST_QUIET);
  for (i = 1; i <= n_projects; i++)
    {
      ChInterest interest = i == 1 ? CH_INTEREST_OPEN : i % 40 == 0 ? CH_INTEREST_ACTIVE : CH_INTEREST_QUIET;

      add_unit (world, CH_UNIT_COMMITMENTS, i, 0, 1, interest);
      add_unit (world, CH_UNIT_PROJECT_INSURANCES, i, 0, 1, interest);
      add_unit (world, CH_UNIT_PROJECT_VENDORS, i, 0, 1, interest);
    }
  for (i = 0; i < n_commitments; i++)
    add_unit (world, CH_UNIT_COMPLIANCE, 1 + i % MAX (n_projects, 1), 1000 + i, 1, CH_INTEREST_QUIET);
}

static void
clear_world (World *world)
{
  g_array_unref (world->units);
  g_array_unref (world->spent);
}

static void
plan_next (World  *world,
           ChPlan *plan)
{
  ChPlan again;

  ch_planner_plan (&world->budget, (ChPlanUnit *) world->units->data, world->units->len, plan);
  if (world->n_requests % 100 == 0)
    {
      ch_planner_plan (&world->budget, (ChPlanUnit *) world->units->data, world->units->len, &again);
      g_assert_cmpint (again.index, ==, plan->index);
      g_assert_cmpint (again.at, ==, plan->at);
      g_assert_cmpint (again.bound, ==, plan->bound);
    }
}

/* Reads a unit: each request takes a while. */
static void
read_unit (World *world,
           guint  index)
{
  ChPlanUnit *unit = &g_array_index (world->units, ChPlanUnit, index);
  gboolean counts = unit->asked != CH_ASKED_BY_PERSON;
  guint i;

  unit->read_at = world->budget.now;
  for (i = 0; i < unit->cost; i++)
    {
      if (counts)
        g_array_append_val (world->spent, world->budget.now);
      ch_planner_earn (&world->budget, world->budget.now + g_rand_int_range (world->random, 20, 200) * 1000);
      world->budget.allowance -= counts ? 1 : 0;
      world->n_requests++;
    }
  unit->asked = CH_ASKED_BY_NOBODY;
}

/* Till the clock has moved by that much; a watcher of a step is told of it. */
static void
run (World  *world,
     gint64  span,
     void  (*step) (World *world))
{
  gint64 end = world->budget.now + span;

  while (world->budget.now < end)
    {
      ChPlan plan;

      if (step != NULL)
        step (world);
      plan_next (world, &plan);
      if (plan.index >= 0 && plan.at <= world->budget.now)
        read_unit (world, plan.index);
      else
        ch_planner_earn (&world->budget, MAX (MIN (plan.at, world->budget.now + 60 * SECOND), world->budget.now + 1));
    }
}

/* Wherever one begins to count. */
static guint
find_busiest_hour (World *world)
{
  guint busiest = 0;
  guint from = 0;
  guint to;

  for (to = 0; to < world->spent->len; to++)
    {
      while (g_array_index (world->spent, gint64, from) <= g_array_index (world->spent, gint64, to) - HOUR)
        from++;
      busiest = MAX (busiest, to - from + 1);
    }
  return busiest;
}

static void
ask_at_random (World *world)
{
  guint index = g_rand_int_range (world->random, 0, (gint) world->units->len);

  if (g_rand_int_range (world->random, 0, 20) == 0)
    g_array_index (world->units, ChPlanUnit, index).asked = CH_ASKED_BY_EVENT;
}

static void
test_no_hour_has_more_than_its_share (void)
{
  guint seed;

  for (seed = 1; seed <= 10; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      World world = { .random = random };
      int limit = g_rand_int_range (random, 100, 3000);
      guint share;

      make_world (&world, g_rand_int_range (random, 0, 150), g_rand_int_range (random, 0, 6000),
                  g_rand_int_range (random, 0, 20000), g_rand_int_range (random, 0, 200));
      world.budget.hourly_limit = limit;
      world.budget.share = g_rand_double_range (random, 0.2, 0.9);
      world.budget.allowance = ch_planner_get_capacity (&world.budget);
      share = (guint) (limit * world.budget.share);
      run (&world, 3 * HOUR, seed % 2 == 0 ? ask_at_random : NULL);
      g_test_message ("seed %u: limit %d, share %u, busiest hour %u", seed, limit, share, find_busiest_hour (&world));
      g_assert_cmpuint (find_busiest_hour (&world), <=, share);
      clear_world (&world);
    }
}

/* Where there is more to wish for than to spend, nearly all of the share is spent. */
static void
test_share_is_used (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  World world = { .random = random };
  guint before;

  make_world (&world, 500, 5000, 15000, 2000);
  run (&world, 8 * HOUR, NULL);
  before = world.n_requests;
  run (&world, 2 * HOUR, NULL);
  g_test_message ("%u requests in two hours", world.n_requests - before);
  g_assert_cmpuint (world.n_requests - before, >, 2 * 1800 * 84 / 100);
  clear_world (&world);
}

static gint64
find_oldest (World      *world,
             ChInterest  interest,
             ChUnitKind  kind)
{
  gint64 oldest = 0;
  guint i;

  for (i = 0; i < world->units->len; i++)
    {
      const ChPlanUnit *unit = &g_array_index (world->units, ChPlanUnit, i);

      if (unit->interest == interest && (kind == CH_N_UNIT_KINDS || unit->unit.kind == kind))
        oldest = MAX (oldest, world->budget.now - unit->read_at);
    }
  return oldest;
}

/* What is promised is kept: nothing is older than the bound, but for the unevenness of spending. */
static void
test_nothing_is_older_than_the_bound (void)
{
  guint seed;

  for (seed = 1; seed <= 4; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      World world = { .random = random };
      ChPlan plan;
      guint i;

      make_world (&world, g_rand_int_range (random, 1, 150), 5000, 15000, g_rand_int_range (random, 0, 50));
      plan_next (&world, &plan);
      run (&world, 2 * plan.bound, NULL);
      for (i = 0; i < 40; i++)
        {
          run (&world, plan.bound / 40, NULL);
          plan_next (&world, &plan);
          g_assert_cmpint (find_oldest (&world, CH_INTEREST_QUIET, CH_N_UNIT_KINDS), <, plan.bound * 5 / 4);
        }
      clear_world (&world);
    }
}

static void
test_watching_stays_quick_in_a_large_company (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  gint64 changes = 0;
  gint64 open = 0;
  guint i;

  make_world (&world, 500, 5000, 15000, 10000);
  run (&world, 3 * HOUR, NULL);
  for (i = 0; i < 600; i++)
    {
      run (&world, 5 * SECOND, NULL);
      changes = MAX (changes, find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_PROJECTS_CHANGED));
      open = MAX (open, find_oldest (&world, CH_INTEREST_OPEN, CH_UNIT_PROJECT_INSURANCES));
    }
  g_test_message ("changes of projects at most %.0f s old, the open project %.0f s, any quiet one %.1f h",
                  changes / 1e6, open / 1e6, find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_COMMITMENTS) / 3.6e9);
  g_assert_cmpint (changes, <, 30 * SECOND);
  g_assert_cmpint (open, <, 60 * SECOND);
  g_assert_cmpint (find_oldest (&world, CH_INTEREST_ACTIVE, CH_UNIT_COMMITMENTS), <, HOUR);
  g_assert_cmpint (find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_COMMITMENTS), <, 4 * HOUR);
  clear_world (&world);
}

/* In a small company every wish is granted, and no more than that is asked. */
static void
test_small_company_has_its_wishes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  guint i;

  make_world (&world, 3, 40, 20, 5);
  world.budget.hourly_limit = 20000;
  run (&world, HOUR, NULL);
  for (i = 0; i < 200; i++)
    {
      run (&world, SECOND, NULL);
      g_assert_cmpint (find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_PROJECTS_CHANGED), <, 8 * SECOND);
      g_assert_cmpint (find_oldest (&world, CH_INTEREST_OPEN, CH_UNIT_PROJECT_INSURANCES), <, 13 * SECOND);
    }
  g_assert_cmpuint (world.n_requests, <, 20000);
  clear_world (&world);
}

static void
test_person_is_served_though_all_is_spent (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  ChPlan plan;

  make_world (&world, 50, 100, 100, 0);
  world.budget.allowance = 0;
  g_array_index (world.units, ChPlanUnit, 30).asked = CH_ASKED_BY_EVENT;
  plan_next (&world, &plan);
  g_assert_cmpint (plan.at, >, world.budget.now);

  g_array_index (world.units, ChPlanUnit, 20).asked = CH_ASKED_BY_PERSON;
  plan_next (&world, &plan);
  g_assert_cmpint (plan.index, ==, 20);
  g_assert_cmpint (plan.at, ==, world.budget.now);

  /* The event's turn comes as soon as a few requests were earned. */
  g_array_index (world.units, ChPlanUnit, 20).asked = CH_ASKED_BY_NOBODY;
  ch_planner_earn (&world.budget, START + 20 * SECOND);
  plan_next (&world, &plan);
  while (plan.index < 8)      /* what watches */
    {
      read_unit (&world, plan.index);
      plan_next (&world, &plan);
    }
  g_assert_cmpint (plan.index, ==, 30);
  g_assert_cmpint (plan.at, ==, world.budget.now);
  clear_world (&world);
}

/* Wishes never spend what is kept for events. */
static void
test_events_come_before_wishes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  ChPlan plan;
  guint i;

  make_world (&world, 500, 5000, 15000, 0);
  run (&world, HOUR, NULL);
  for (i = 0; i < 60; i++)
    {
      guint index = g_rand_int_range (random, 8, (gint) world.units->len);

      g_array_index (world.units, ChPlanUnit, index).asked = CH_ASKED_BY_EVENT;
      plan_next (&world, &plan);
      /* what watches may come between, never what waited for its wish */
      while (plan.index != (gint) index)
        {
          g_assert_cmpint (g_array_index (world.units, ChPlanUnit, plan.index).unit.kind, !=, CH_UNIT_COMMITMENTS);
          g_assert_cmpint (plan.index, <, 8);
          read_unit (&world, plan.index);
          plan_next (&world, &plan);
        }
      g_assert_cmpint (plan.at, ==, world.budget.now);
      read_unit (&world, plan.index);
    }
  clear_world (&world);
}

/* Hundreds of events are worked off, and what changes is seen meanwhile. */
static void
test_flood_of_events_hides_no_changes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  gint64 oldest = 0;
  guint i;

  make_world (&world, 500, 5000, 15000, 0);
  run (&world, HOUR, NULL);
  for (i = 8; i < world.units->len; i++)
    g_array_index (world.units, ChPlanUnit, i).asked = CH_ASKED_BY_EVENT;
  for (i = 0; i < 360; i++)
    {
      run (&world, 10 * SECOND, NULL);
      oldest = MAX (oldest, find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_PROJECTS_CHANGED));
    }
  g_test_message ("changes of projects at most %.0f s old", oldest / 1e6);
  g_assert_cmpint (oldest, <, 60 * SECOND);
  g_assert_cmpuint (find_busiest_hour (&world), <=, 1800);
  clear_world (&world);
}

/* Others use the same sign-in: what Procore says is left counts, not what we spent. */
static void
test_reserve_is_left_to_others (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  ChPlan plan;

  make_world (&world, 50, 100, 100, 0);
  world.budget.hourly_remaining = 300;
  world.budget.hourly_reset = START + 1000 * SECOND;
  plan_next (&world, &plan);
  g_assert_cmpint (plan.at, ==, START + 1000 * SECOND);
  ch_planner_earn (&world.budget, START + 1000 * SECOND);
  plan_next (&world, &plan);
  g_assert_cmpint (plan.at, ==, world.budget.now);

  /* By a clock that was set back, the hour seems to last half a day. */
  world.budget.hourly_reset = world.budget.now + 43200 * SECOND;
  plan_next (&world, &plan);
  g_assert_cmpint (plan.at, ==, world.budget.now + 3600 * SECOND);
  clear_world (&world);
}

/* A machine that had slept the night asks for what watches first, and then for the rest without a storm. */
static void
test_after_a_night (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  guint before;

  make_world (&world, 500, 5000, 15000, 0);
  run (&world, 4 * HOUR, NULL);
  ch_planner_earn (&world.budget, world.budget.now + 9 * HOUR);
  before = world.n_requests;
  run (&world, 10 * SECOND, NULL);
  g_assert_cmpint (find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_PROJECTS_CHANGED), <, 11 * SECOND);
  g_assert_cmpint (find_oldest (&world, CH_INTEREST_OPEN, CH_UNIT_PROJECT_INSURANCES), <, 11 * SECOND);
  run (&world, 20 * 60 * SECOND, NULL);
  g_test_message ("%u requests within 20 minutes", world.n_requests - before);
  g_assert_cmpuint (world.n_requests - before, >, 600);
  g_assert_cmpuint (find_busiest_hour (&world), <=, 1800);
  clear_world (&world);
}

static void
test_failing_unit_holds_up_nobody (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  ChPlan plan;

  make_world (&world, 5, 100, 100, 0);
  g_array_index (world.units, ChPlanUnit, 0).not_before = START + HOUR;
  run (&world, 10 * 60 * SECOND, NULL);
  g_assert_cmpint (g_array_index (world.units, ChPlanUnit, 0).read_at, <=, START);
  g_assert_cmpint (find_oldest (&world, CH_INTEREST_QUIET, CH_UNIT_VENDORS), <, 600 * SECOND);
  ch_planner_earn (&world.budget, START + HOUR);
  plan_next (&world, &plan);
  g_assert_cmpint (plan.index, ==, 0);
  clear_world (&world);
}

/* What a clock that was ahead wrote down is no excuse to wait for it. */
static void
test_clock_was_ahead (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  World world = { .random = random };
  ChPlan plan;

  make_world (&world, 0, 100, 100, 0);
  g_array_set_size (world.units, 1);
  g_array_index (world.units, ChPlanUnit, 0).read_at = START + 24 * HOUR;
  plan_next (&world, &plan);
  g_assert_cmpint (plan.index, ==, 0);
  g_assert_cmpint (plan.at, ==, START);
  clear_world (&world);
}

static void
test_nothing_to_read (void)
{
  ChPlanBudget budget = { .now = START, .share = 0.5, .hourly_limit = -1, .hourly_remaining = -1 };
  ChPlan plan;

  ch_planner_plan (&budget, NULL, 0, &plan);
  g_assert_cmpint (plan.index, ==, -1);
  g_assert_cmpint (plan.bound, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/planner/no-hour-has-more-than-its-share", test_no_hour_has_more_than_its_share);
  g_test_add_func ("/sync/planner/share-is-used", test_share_is_used);
  g_test_add_func ("/sync/planner/nothing-is-older-than-the-bound", test_nothing_is_older_than_the_bound);
  g_test_add_func ("/sync/planner/watching-stays-quick-in-a-large-company", test_watching_stays_quick_in_a_large_company);
  g_test_add_func ("/sync/planner/small-company-has-its-wishes", test_small_company_has_its_wishes);
  g_test_add_func ("/sync/planner/person-is-served-though-all-is-spent", test_person_is_served_though_all_is_spent);
  g_test_add_func ("/sync/planner/events-come-before-wishes", test_events_come_before_wishes);
  g_test_add_func ("/sync/planner/flood-of-events-hides-no-changes", test_flood_of_events_hides_no_changes);
  g_test_add_func ("/sync/planner/reserve-is-left-to-others", test_reserve_is_left_to_others);
  g_test_add_func ("/sync/planner/after-a-night", test_after_a_night);
  g_test_add_func ("/sync/planner/failing-unit-holds-up-nobody", test_failing_unit_holds_up_nobody);
  g_test_add_func ("/sync/planner/clock-was-ahead", test_clock_was_ahead);
  g_test_add_func ("/sync/planner/nothing-to-read", test_nothing_to_read);

  return g_test_run ();
}
