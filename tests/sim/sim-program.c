#include "config.h"

#include "sim-acts.h"

#include "ch-sandbox-private.h"

/* What the program does by itself, and how it may end. */

/* No act of the program takes more requests than this in such a small company, whatever goes wrong. */
#define MOST_REQUESTS 600

static void
begin (SimWorld *world)
{
  world->n_request = 0;
  world->n_step = 0;
  world->n_commit = 0;
  g_clear_object (&world->cancellable);
  world->cancellable = g_cancellable_new ();
  sim_ledger_begin_act (world->ledger, world);
}

static gboolean
end (SimWorld *world,
     gboolean  ok,
     GError   *error)
{
  if (error != NULL)
    {
      sim_world_tell (world, "ended: %s", error->message);
      g_error_free (error);
    }
  if (world->n_request > MOST_REQUESTS)
    sim_world_fail (world, "%u requests in one act", world->n_request);
  if (sim_transport_is_broken (world->transport))
    sim_world_recover (world);
  sim_ledger_end_act (world->ledger, world);
  world->break_step = 0;
  world->break_commit = 0;
  world->fail_step = 0;
  world->break_request = 0;
  world->cancel_request = 0;
  return ok;
}

static void
tell_summary (SimWorld             *world,
              const ChRoundSummary *summary)
{
  guint i;

  if (summary == NULL)
    return;
  sim_world_tell (world, "pending %u parked %u conflicts %u", summary->pending, summary->parked, summary->conflicts);
  for (i = 0; summary->problems != NULL && i < summary->problems->len; i++)
    sim_world_tell (world, "problem: %s", (const char *) g_ptr_array_index (summary->problems, i));
}

gboolean
sim_program_round (SimWorld *world)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (ChRoundSummary) partial = NULL;
  GError *error = NULL;

  begin (world);
  summary = ch_session_run_round (world->session, &partial, world->cancellable, &error);
  tell_summary (world, summary != NULL ? summary : partial);
  return end (world, summary != NULL, error);
}

gboolean
sim_program_push (SimWorld *world)
{
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  GError *error = NULL;
  gboolean ok;

  begin (world);
  ok = ch_session_push (world->session, summary, world->cancellable, &error);
  tell_summary (world, summary);
  if (summary->problems == NULL)
    summary->problems = g_ptr_array_new ();
  return end (world, ok, error);
}

static void
run_round (SimWorld *world)
{
  sim_program_round (world);
}

static void
push (SimWorld *world)
{
  sim_program_push (world);
}

/* One list of one scope, as the planner may ask for at any time. */
static void
pull_unit (SimWorld *world)
{
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  JsonObject *commitment = world->sandbox->commitments->len > 0
                             ? g_ptr_array_index (world->sandbox->commitments, sim_world_pick (world, world->sandbox->commitments->len))
                             : NULL;
  JsonObject *project = world->sandbox->projects->len > 0
                          ? g_ptr_array_index (world->sandbox->projects, sim_world_pick (world, world->sandbox->projects->len))
                          : NULL;
  ChUnit unit = { sim_world_pick (world, CH_UNIT_COMPLIANCE + 1), _ch_record_id (project, "id"), 0 };
  GError *error = NULL;
  gboolean ok;

  if (unit.kind == CH_UNIT_COMPLIANCE)
    {
      unit.project_id = _ch_record_id (commitment, "_project_id");
      unit.record_id = _ch_record_id (commitment, "id");
    }
  sim_world_tell (world, "unit %s", ch_unit_kind_to_string (unit.kind));
  begin (world);
  ok = ch_session_pull_unit (world->session, &unit, summary, world->cancellable, &error);
  if (summary->problems == NULL)
    summary->problems = g_ptr_array_new ();
  end (world, ok, error);
}

static void
round_in_patience (SimWorld *world)
{
  ch_session_set_patient (world->session, TRUE);
  sim_program_round (world);
  if (world->session != NULL)
    ch_session_set_patient (world->session, FALSE);
}

static void
round_that_ends (SimWorld *world)
{
  world->break_request = 1 + sim_world_pick (world, 45);
  world->break_when_done = sim_world_pick (world, 2) == 0;
  sim_program_round (world);
}

static void
push_that_ends (SimWorld *world)
{
  world->break_request = 1 + sim_world_pick (world, 12);
  world->break_when_done = sim_world_pick (world, 2) == 0;
  sim_program_push (world);
}

static void
round_that_ends_in_the_database (SimWorld *world)
{
  world->break_step = 1 + sim_world_pick (world, sim_world_pick (world, 2) == 0 ? 300 : 3000);
  sim_program_round (world);
}

static void
round_with_a_failing_disk (SimWorld *world)
{
  world->fail_step = 1 + sim_world_pick (world, sim_world_pick (world, 2) == 0 ? 300 : 3000);
  sim_program_round (world);
}

static void
round_that_is_cancelled (SimWorld *world)
{
  world->cancel_request = 1 + sim_world_pick (world, 30);
  world->break_when_done = sim_world_pick (world, 2) == 0;
  sim_program_round (world);
}

static void
restart (SimWorld *world)
{
  sim_world_restart (world);
}

const SimActKind sim_program_acts[] = {
  { "a round", SIM_SIDE_PROGRAM, 20, run_round },
  { "a patient round", SIM_SIDE_PROGRAM, 6, round_in_patience },
  { "a push", SIM_SIDE_PROGRAM, 14, push },
  { "one list", SIM_SIDE_PROGRAM, 10, pull_unit },
  { "a round that ends with a request", SIM_SIDE_PROGRAM, 5, round_that_ends },
  { "a push that ends with a request", SIM_SIDE_PROGRAM, 5, push_that_ends },
  { "a round that ends in the database", SIM_SIDE_PROGRAM, 5, round_that_ends_in_the_database },
  { "a round with a failing disk", SIM_SIDE_PROGRAM, 3, round_with_a_failing_disk },
  { "a round that is cancelled", SIM_SIDE_PROGRAM, 2, round_that_is_cancelled },
  { "a restart", SIM_SIDE_PROGRAM, 2, restart },
  { NULL },
};

static void
add_fault (SimWorld *world)
{
  static const struct { const char *method; const char *pattern; } places[] = {
    { NULL, "*" },
    { NULL, "*/insurances*" },
    { "GET", "*/insurances" },
    { "PATCH", "*/insurances/sync" },
    { NULL, "*/compliance" },
    { "PATCH", "*/compliance" },
    { "GET", "*" },
    { "PATCH", "*" },
    { "POST", "*" },
    { NULL, "*/folders*" },
    { NULL, "*/files*" },
    { NULL, "*/uploads" },
    { NULL, "/storage/*" },
    { NULL, "*/links*" },
    { "PATCH", "*/bulk_update" },
    { NULL, "*/projects" },
    { NULL, "*/vendors*" },
    { NULL, "/oauth/*" },
  };
  guint place = sim_world_pick (world, G_N_ELEMENTS (places));
  SimFault fault = sim_world_pick (world, SIM_N_FAULTS);
  guint count = sim_world_pick (world, 4) == 0 ? 0 : 1 + sim_world_pick (world, 4);

  sim_world_tell (world, "fault: %s at %s %s × %u", sim_fault_to_string (fault), places[place].method != NULL ? places[place].method : "*",
                  places[place].pattern, count);
  sim_transport_add_fault (world->transport, fault, places[place].method, places[place].pattern, count);
}

static void
clear_faults (SimWorld *world)
{
  sim_transport_clear_faults (world->transport);
}

static void
pass_time (SimWorld *world)
{
  static const gint64 spans[] = { 1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 40 * 86400 };

  sim_world_advance (world, spans[sim_world_pick (world, G_N_ELEMENTS (spans))]);
}

static void
set_clock (SimWorld *world)
{
  gint64 seconds = 1 + sim_world_pick (world, 7200);

  sim_transport_shift_client (world->transport, (sim_world_pick (world, 2) == 0 ? -seconds : seconds) * G_USEC_PER_SEC);
}

static void
change_pages (SimWorld *world)
{
  ch_sandbox_set_page_cap (world->sandbox, sim_world_pick (world, 4));
}

static void
change_limits (SimWorld *world)
{
  if (sim_world_pick (world, 2) == 0)
    ch_sandbox_set_limits (world->sandbox, 1000000, 5 + sim_world_pick (world, 20));
  else
    ch_sandbox_set_limits (world->sandbox, 1000000, 1000000);
}

const SimActKind sim_world_acts[] = {
  { "a fault", SIM_SIDE_WORLD, 14, add_fault },
  { "the faults pass", SIM_SIDE_WORLD, 4, clear_faults },
  { "time passes", SIM_SIDE_WORLD, 12, pass_time },
  { "the client's clock is set", SIM_SIDE_WORLD, 1, set_clock },
  { "pages are cut small", SIM_SIDE_WORLD, 1, change_pages },
  { "the limits change", SIM_SIDE_WORLD, 1, change_limits },
  { NULL },
};
