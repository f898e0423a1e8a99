#pragma once

#include "ch-unit.h"

G_BEGIN_DECLS

/**
 * ChInterest:
 * @CH_INTEREST_ACTIVE: something of its project changed within the last day
 * @CH_INTEREST_OPEN: somebody looks at it
 */
typedef enum {
  CH_INTEREST_QUIET,
  CH_INTEREST_ACTIVE,
  CH_INTEREST_OPEN,
} ChInterest;

#define CH_N_INTERESTS (CH_INTEREST_OPEN + 1)

/**
 * ChAsked:
 * @CH_ASKED_BY_EVENT: Procore told that it changed: at once, within the share
 * @CH_ASKED_BY_PERSON: somebody waits for it: at once, whatever was spent
 */
typedef enum {
  CH_ASKED_BY_NOBODY,
  CH_ASKED_BY_EVENT,
  CH_ASKED_BY_PERSON,
} ChAsked;

/**
 * ChPlanUnit:
 * @cost: the requests that reading it takes, at least 1
 * @read_at: it is known as of then, Unix microseconds, 0 for never
 * @not_before: it failed and is not read again before, Unix microseconds
 * @is_told: Procore tells of its changes by itself: asking only makes sure
 */
typedef struct {
  ChUnit     unit;
  ChInterest interest;
  ChAsked    asked;
  guint      cost;
  gint64     read_at;
  gint64     not_before;
  gboolean   is_told;
} ChPlanUnit;

/**
 * ChPlanBudget:
 * @now: Unix microseconds
 * @share: how much of the hourly limit may be spent on reading that no person asked for, 0 to 1
 * @hourly_limit: requests that Procore grants in an hour, -1 while unknown
 * @hourly_remaining: what is left of them, -1 while unknown
 * @hourly_reset: when that hour ends, Unix microseconds
 * @allowance: requests that may be sent now; see ch_planner_earn()
 * @patience: no unit is left alone for longer than this many seconds while the budget allows; 0 for the usual
 * @asks_projects: who works where has to be asked for each project, since the company's list does not say
 */
typedef struct {
  gint64   now;
  double   share;
  int      hourly_limit;
  int      hourly_remaining;
  gint64   hourly_reset;
  double   allowance;
  guint    patience;
  gboolean asks_projects;
} ChPlanBudget;

/**
 * ChPlan:
 * @index: of the unit that is to be read next, -1 where there is none
 * @at: when; not after @now of the budget where it is due
 * @bound: the longest that any unit is left alone for at this pace, microseconds; 0 where there is none
 */
typedef struct {
  gint   index;
  gint64 at;
  gint64 bound;
} ChPlan;

/* Pure: the same question has the same answer. */
void   ch_planner_plan       (const ChPlanBudget *budget,
                              const ChPlanUnit   *units,
                              guint               n_units,
                              ChPlan             *plan);
/* Moves the clock of the budget; what time brings is added to the allowance. */
void   ch_planner_earn       (ChPlanBudget       *budget,
                              gint64              now);
/* Takes note of another limit; what is saved up stays the same part of what can be. */
void   ch_planner_set_limit  (ChPlanBudget       *budget,
                              int                 hourly_limit);
/* the most that the allowance can be */
double ch_planner_get_capacity (const ChPlanBudget *budget);

G_END_DECLS
