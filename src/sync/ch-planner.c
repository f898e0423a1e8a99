#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-planner.h"

/*
 * What to read next, and when, without webhooks or to make sure of them.
 *
 * Each unit has a wish: how long it may be left alone, by what it is and by who looks at it. What the wishes would cost
 * is seldom what the budget grants: then all are stretched by the same factor, but for those that watch for changes and
 * those that somebody looks at: they may take half of the budget before they are stretched as well, and come first when
 * they are due. Among equals the unit that is late the most, in parts of its (stretched) wish, is next: none is ever
 * left out.
 *
 * The budget is a share of what Procore grants in an hour: an allowance that grows evenly and is capped. What it may
 * hold and what an hour adds make up the share together, so that no hour has more than that, wherever one begins to
 * count. The cap is what may be spent at once: after a night, and when Procore tells of many changes.
 */

/* of the share: what may be saved up; the rest comes evenly */
#define SAVED 0.15

/* of what is saved: kept back for events by what somebody looks at, and by what nobody does; and by events, for what
 * tells that something changed */
#define KEPT_BY_OPEN 0.25
#define KEPT_BY_RESTING 0.5
#define KEPT_BY_EVENTS 0.02

/* Assumed until Procore has told of an hour: its documented default. */
#define USUAL_HOURLY_LIMIT 3600

/* What is left for people and writing when others use the same sign-in, of the limit. */
#define RESERVE 0.1

/* How long a unit may be left alone, seconds, by interest; the company's have one wish. */
static const struct {
  guint    seconds[CH_N_INTERESTS];
  gboolean watches;     /* tells that something changed: never stretched below half of the budget */
} wishes[CH_N_UNIT_KINDS] = {
  [CH_UNIT_PROJECTS_CHANGED] = { { 5, 5, 5 }, TRUE },
  [CH_UNIT_PROJECTS] = { { 21600, 21600, 21600 }, FALSE },
  [CH_UNIT_PROJECT_IDS] = { { 60, 60, 60 }, FALSE },
  [CH_UNIT_STAGES] = { { 1800, 1800, 1800 }, FALSE },
  [CH_UNIT_VENDORS_CHANGED] = { { 10, 10, 10 }, TRUE },
  [CH_UNIT_VENDORS] = { { 60, 60, 60 }, FALSE },
  [CH_UNIT_INACTIVE_VENDORS] = { { 300, 300, 300 }, FALSE },
  [CH_UNIT_COMPANY_INSURANCES] = { { 240, 240, 240 }, FALSE },
  [CH_UNIT_PROJECT_VENDORS] = { { 14400, 3600, 30 }, FALSE },
  [CH_UNIT_COMMITMENTS] = { { 1800, 300, 15 }, FALSE },
  [CH_UNIT_PROJECT_INSURANCES] = { { 1800, 300, 10 }, FALSE },
  [CH_UNIT_INBOX] = { { 5400, 900, 20 }, FALSE },
  [CH_UNIT_COMPLIANCE] = { { 28800, 3600, 60 }, FALSE },
  [CH_UNIT_INSURANCE] = { { 0, 0, 0 }, FALSE },
  [CH_UNIT_HOOK] = { { 43200, 21600, 3600 }, FALSE },
  [CH_UNIT_DELIVERIES] = { { 43200, 21600, 3600 }, FALSE },
};

/* Where the company's list does not say who works where. */
static const guint project_vendors_wish[CH_N_INTERESTS] = { 1800, 300, 30 };

/* With webhooks, asking only makes sure of them. */
#define TOLD_STRETCH 12

/* Whether the company's hook works is looked at more often. */
#define COMPANY_HOOK_SECONDS 3600
#define COMPANY_DELIVERIES_SECONDS 600

/* Sums of cost / wish: requests a second. */
typedef struct {
  double watching;
  double resting;
} Demand;

/* The factors by which wishes are stretched. */
typedef struct {
  double watching;
  double resting;
} Stretch;

static gboolean
is_watching (const ChPlanUnit *unit)
{
  return wishes[unit->unit.kind].watches || unit->interest == CH_INTEREST_OPEN;
}

/* What Procore does not tell of by events, or only of what people did in a project, is asked for as ever. */
static gboolean
has_event (ChUnitKind kind)
{
  return kind < CH_UNIT_COMPLIANCE && kind != CH_UNIT_PROJECTS;
}

/* A single record is read for those who ask for it only. */
static gboolean
has_wish (const ChPlanUnit *unit)
{
  return unit->unit.kind != CH_UNIT_INSURANCE;
}

static double
get_wish (const ChPlanBudget *budget,
          const ChPlanUnit   *unit)
{
  const guint *seconds = unit->unit.kind == CH_UNIT_PROJECT_VENDORS && budget->asks_projects ? project_vendors_wish
                                                                                            : wishes[unit->unit.kind].seconds;
  double wish = seconds[unit->interest];

  if (unit->unit.kind == CH_UNIT_HOOK && unit->unit.project_id == 0)
    return COMPANY_HOOK_SECONDS;
  if (unit->unit.kind == CH_UNIT_DELIVERIES && unit->unit.project_id == 0)
    return COMPANY_DELIVERIES_SECONDS;
  if (unit->is_told && has_event (unit->unit.kind))
    wish *= TOLD_STRETCH;
  return budget->patience > 0 ? MIN (wish, budget->patience) : wish;
}

static double
get_share (const ChPlanBudget *budget)
{
  int limit = budget->hourly_limit > 0 ? budget->hourly_limit : USUAL_HOURLY_LIMIT;

  return MAX (1, limit * CLAMP (budget->share, 0, 1));
}

/* requests a second, evenly */
static double
get_rate (const ChPlanBudget *budget)
{
  return get_share (budget) * (1 - SAVED) / 3600;
}

/* As get_rate(), and faster where more is saved up than has to be kept: what comes too late for its wish would leave
 * a part of the share unspent. */
static double
get_spending_rate (const ChPlanBudget *budget)
{
  double saved = budget->allowance / ch_planner_get_capacity (budget);

  return get_rate (budget) * (1 + MAX (saved - KEPT_BY_RESTING, 0));
}

/**
 * ch_planner_get_capacity:
 * @budget: what is known
 *
 * Returns: the most that can be saved up
 */
double
ch_planner_get_capacity (const ChPlanBudget *budget)
{
  return get_share (budget) * SAVED;
}

/**
 * ch_planner_set_limit:
 * @budget: the budget
 * @hourly_limit: requests that Procore grants in an hour, -1 while unknown
 */
void
ch_planner_set_limit (ChPlanBudget *budget,
                      int           hourly_limit)
{
  double saved = budget->allowance / ch_planner_get_capacity (budget);

  if (hourly_limit == budget->hourly_limit)
    return;
  budget->hourly_limit = hourly_limit;
  budget->allowance = saved * ch_planner_get_capacity (budget);
}

/**
 * ch_planner_earn:
 * @budget: the budget
 * @now: Unix microseconds; a clock that was set back brings nothing and takes nothing
 */
void
ch_planner_earn (ChPlanBudget *budget,
                 gint64        now)
{
  double seconds = MAX (now - budget->now, 0) / (double) G_USEC_PER_SEC;

  budget->allowance = MIN (budget->allowance + seconds * get_rate (budget), ch_planner_get_capacity (budget));
  budget->now = now;
}

static Demand
add_up (const ChPlanBudget *budget,
        const ChPlanUnit   *units,
        guint               n_units)
{
  Demand demand = { 0, 0 };
  guint i;

  for (i = 0; i < n_units; i++)
    {
      double one;

      if (!has_wish (&units[i]) || units[i].not_before > budget->now)
        continue;
      one = units[i].cost / get_wish (budget, &units[i]);
      if (is_watching (&units[i]))
        demand.watching += one;
      else
        demand.resting += one;
    }
  return demand;
}

/* @rate: requests a second that the budget grants */
static Stretch
stretch (Demand demand,
         double rate)
{
  Stretch factors = { 1, 1 };
  double left;

  /* What the others do not want is the watching ones' too. */
  factors.watching = MAX (1, demand.watching / MAX (rate / 2, rate - demand.resting));
  left = rate - demand.watching / factors.watching;
  factors.resting = MAX (1, demand.resting / left);
  return factors;
}

static double
get_interval (const ChPlanBudget *budget,
              const ChPlanUnit   *unit,
              const Stretch      *factors)
{
  return get_wish (budget, unit) * (is_watching (unit) ? factors->watching : factors->resting) * G_USEC_PER_SEC;
}

/* When it was read, but for what a clock that went wrong wrote down: that is as good as never. */
static gint64
get_read_at (const ChPlanBudget *budget,
             const ChPlanUnit   *unit)
{
  return unit->read_at <= budget->now ? unit->read_at : 0;
}

static gint64
get_due (const ChPlanBudget *budget,
         const ChPlanUnit   *unit,
         gint64              wished)
{
  return MAX (unit->asked != CH_ASKED_BY_NOBODY ? budget->now : wished, unit->not_before);
}

/* What has to stay in the allowance when this unit is read. */
static double
get_kept (const ChPlanBudget *budget,
          const ChPlanUnit   *unit)
{
  double capacity = ch_planner_get_capacity (budget);

  if (wishes[unit->unit.kind].watches)
    return 0;
  if (unit->asked != CH_ASKED_BY_NOBODY)
    return capacity * KEPT_BY_EVENTS;
  return capacity * (unit->interest == CH_INTEREST_OPEN ? KEPT_BY_OPEN : KEPT_BY_RESTING);
}

/* The earliest moment at which this reading is within the budget. One that costs more than can be saved up goes into
 * debt for the rest. */
static gint64
get_affordable_at (const ChPlanBudget *budget,
                   const ChPlanUnit   *unit)
{
  double needed = MIN (unit->cost + get_kept (budget, unit), ch_planner_get_capacity (budget));
  gint64 at = budget->now;

  if (budget->allowance < needed)
    at += (gint64) ((needed - budget->allowance) / get_rate (budget) * G_USEC_PER_SEC) + 1;
  if (budget->hourly_remaining >= 0 && budget->hourly_reset > budget->now
      && budget->hourly_remaining < (int) unit->cost + (int) (budget->hourly_limit * RESERVE))
    at = MAX (at, MIN (budget->hourly_reset, budget->now + 3600 * (gint64) G_USEC_PER_SEC));
  return at;
}

/* A due unit, as far as the choice among them goes. */
typedef struct {
  gint   index;
  double lateness;
  int    rank;
} Late;

static void
take_later (Late             *latest,
            const ChPlanUnit *unit,
            gint              index,
            double            lateness)
{
  int rank = wishes[unit->unit.kind].watches ? 2 : unit->interest == CH_INTEREST_OPEN ? 1 : 0;

  if (latest->index < 0 || rank > latest->rank || (rank == latest->rank && lateness > latest->lateness))
    *latest = (Late) { index, lateness, rank };
}

/* Whether @unit is to be read before @other, both being asked for. */
static gboolean
is_asked_more (const ChPlanUnit *unit,
               const ChPlanUnit *other)
{
  return unit->asked > other->asked || (unit->asked == other->asked && unit->read_at < other->read_at);
}

static gint
find_asked (const ChPlanBudget *budget,
            const ChPlanUnit   *units,
            guint               n_units)
{
  gint best = -1;
  guint i;

  for (i = 0; i < n_units; i++)
    {
      if (units[i].asked == CH_ASKED_BY_NOBODY || units[i].not_before > budget->now)
        continue;
      if (best < 0 || is_asked_more (&units[i], &units[best]))
        best = (gint) i;
    }
  return best;
}

/**
 * ch_planner_plan:
 * @budget: what may be spent
 * @units: (array length=n_units): what there is to read
 * @n_units: how many
 * @plan: (out caller-allocates): which one next, and when
 */
void
ch_planner_plan (const ChPlanBudget *budget,
                 const ChPlanUnit   *units,
                 guint               n_units,
                 ChPlan             *plan)
{
  Demand demand = add_up (budget, units, n_units);
  Stretch factors = stretch (demand, get_spending_rate (budget));
  Stretch usual = stretch (demand, get_rate (budget));
  gint asked = find_asked (budget, units, n_units);
  gint64 earliest = G_MAXINT64;
  Late late = { -1, 0, 0 };
  gint next = -1;
  guint i;

  *plan = (ChPlan) { -1, G_MAXINT64, 0 };
  for (i = 0; i < n_units; i++)
    {
      double interval = has_wish (&units[i]) ? get_interval (budget, &units[i], &factors) : 0;
      gint64 read_at = get_read_at (budget, &units[i]);
      gint64 due = get_due (budget, &units[i], read_at + (gint64) interval);
      double lateness = interval > 0 ? (budget->now - read_at) / interval : 0;

      if (!has_wish (&units[i]) && units[i].asked == CH_ASKED_BY_NOBODY)
        continue;
      if (has_wish (&units[i]))
        plan->bound = MAX (plan->bound, (gint64) get_interval (budget, &units[i], &usual));
      if (due <= budget->now && units[i].asked == CH_ASKED_BY_NOBODY)
        take_later (&late, &units[i], (gint) i, lateness);
      if (due < earliest)
        {
          next = (gint) i;
          earliest = due;
        }
    }

  if (asked >= 0 && units[asked].asked == CH_ASKED_BY_PERSON)
    {
      plan->index = asked;
      plan->at = budget->now;
      return;
    }
  /* Many events at once must not keep from seeing what changes: both have their part. */
  if (asked >= 0 && late.index >= 0 && late.rank == 2
      && get_affordable_at (budget, &units[late.index]) <= budget->now)
    asked = -1;
  plan->index = asked >= 0 ? asked : late.index >= 0 ? late.index : next;
  if (plan->index >= 0)
    plan->at = MAX (asked < 0 && late.index < 0 ? earliest : budget->now, get_affordable_at (budget, &units[plan->index]));
}
