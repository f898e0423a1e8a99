#include "config.h"

#include "sim-acts.h"

#include "ch-sandbox-private.h"
#include "ch-store-private.h"

#include <string.h>

/* Passes within which everything must have come to rest. */
#define MOST_PASSES 60
#define FEWEST_ACTS 4
#define MOST_ACTS 36

static const SimActKind *const tables[] = { sim_people_acts, sim_desk_acts, sim_program_acts, sim_world_acts };

/* Each side has its share, whatever the number of its acts. */
static const guint shares[] = { 25, 20, 40, 15 };

static const SimActKind *
pick_kind (GRand *rand)
{
  guint table = 0;
  gint32 chance = g_rand_int_range (rand, 0, 100);
  guint total = 0;
  guint i;

  while (chance >= (gint32) shares[table])
    chance -= (gint32) shares[table++];
  for (i = 0; tables[table][i].name != NULL; i++)
    total += tables[table][i].weight;
  chance = g_rand_int_range (rand, 0, (gint32) total);
  for (i = 0; chance >= (gint32) tables[table][i].weight; i++)
    chance -= (gint32) tables[table][i].weight;
  return &tables[table][i];
}

GPtrArray *
sim_acts_make (guint32 seed)
{
  GPtrArray *acts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n = (guint) g_rand_int_range (rand, FEWEST_ACTS, MOST_ACTS);
  guint i;

  for (i = 0; i < n; i++)
    {
      SimAct *act = g_new0 (SimAct, 1);

      act->kind = pick_kind (rand);
      act->seed = g_rand_int (rand);
      act->at = -1;
      /* People and the desk go on while the program is at it. */
      if (act->kind->side != SIM_SIDE_PROGRAM && g_rand_int_range (rand, 0, 4) == 0)
        act->at = g_rand_int_range (rand, 1, 40);
      g_ptr_array_add (acts, act);
    }
  return acts;
}

char *
sim_act_describe (const SimAct *act)
{
  return act->at >= 0 ? g_strdup_printf ("%s, with request %d of what comes next", act->kind->name, act->at)
                      : g_strdup (act->kind->name);
}

void
sim_act_do (const SimAct *act,
            SimWorld     *world)
{
  g_autoptr (GRand) own = g_rand_new_with_seed (act->seed);
  GRand *before = world->rand;
  gboolean is_inside = act->at >= 0;

  world->rand = own;
  sim_world_tell (world, "%s%s", is_inside ? "meanwhile: " : "", act->kind->name);
  if (act->kind->side == SIM_SIDE_DESK)
    {
      if (is_inside)
        sim_ledger_before_desk (world->ledger, world);
      act->kind->func (world);
      sim_ledger_after_desk (world->ledger, world);
    }
  else
    {
      sim_transport_tell_time (world->transport);
      act->kind->func (world);
      /* It went past the requests, after which the sandbox does this. */
      _ch_index_reset (world->sandbox);
    }
  if (act->kind->side == SIM_SIDE_PEOPLE)
    sim_ledger_people_acted (world->ledger);
  world->rand = before;
}

static gboolean
is_at_rest (SimWorld *world)
{
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (world->store, NULL);

  return rows->len == 0;
}

/* What a person does with rows that were set aside, once the fault has passed. */
static void
retry_parked (SimWorld *world)
{
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (world->store, NULL);
  g_autoptr (GError) error = NULL;
  guint i;

  ch_store_begin (world->store, "desk:sim", sim_world_now (world), &error);
  g_assert_no_error (error);
  for (i = 0; i < rows->len; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);

      if (row->state == CH_OUTBOX_PARKED)
        ch_store_outbox_queue (world->store, row->record_id, &error);
      g_assert_no_error (error);
    }
  ch_store_commit (world->store, &error);
  g_assert_no_error (error);
}

static void
switch_all_on (SimWorld *world)
{
  static const char *const places[] = { "company_insurances", "project_insurances", "commitments", "documents", "links" };
  g_autoptr (GError) error = NULL;
  guint i;

  ch_store_begin (world->store, "desk:sim", sim_world_now (world), &error);
  for (i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *name = g_strconcat ("place.", places[i], NULL);

      ch_store_set_state (world->store, name, "on", &error);
    }
  g_assert_true (ch_desk_judge (world->desk, 0, 0, NULL, &error) && ch_store_commit (world->store, &error));
  g_assert_no_error (error);
}

static void
come_to_rest (SimWorld *world)
{
  guint pass;

  for (pass = 0; pass < MOST_PASSES && world->failure == NULL; pass++)
    {
      sim_world_tell (world, "pass %u", pass + 1);
      if (!sim_program_round (world))
        sim_world_fail (world, "a round fails although nothing is wrong");
      sim_world_advance (world, 61);
      if (pass >= 1 && is_at_rest (world))
        return;
      retry_parked (world);
    }
  sim_world_fail (world, "does not come to rest");
}

/* (transfer full) (element-type utf8): "table hash" of all rows of each table, but for the times at which lists were read */
static GStrv
hash_tables (SimWorld *world)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  sqlite3 *db = world->store->connection->db;
  sqlite3_stmt *tables_statement = NULL;

  sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'freshness' ORDER BY name", -1, &tables_statement, NULL);
  while (sqlite3_step (tables_statement) == SQLITE_ROW)
    {
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      const char *table = (const char *) sqlite3_column_text (tables_statement, 0);
      g_autofree char *sql = g_str_equal (table, "state")
                               ? g_strdup ("SELECT * FROM state WHERE name NOT IN ('sync.projects_since', 'sync.vendors_since')")
                               : g_strdup_printf ("SELECT * FROM \"%s\"", table);
      g_autofree char *line = NULL;
      sqlite3_stmt *statement = NULL;
      int column;

      sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          for (column = 0; column < sqlite3_column_count (statement); column++)
            {
              const char *text = (const char *) sqlite3_column_text (statement, column);

              g_checksum_update (checksum, (const guchar *) (text != NULL ? text : "\1"), -1);
              g_checksum_update (checksum, (const guchar *) "\2", 1);
            }
        }
      sqlite3_finalize (statement);
      line = g_strdup_printf ("%s %s", table, g_checksum_get_string (checksum));
      g_strv_builder_add (builder, line);
    }
  sqlite3_finalize (tables_statement);
  return g_strv_builder_end (builder);
}

/* From where the program asks for changes. A list that was long in coming leaves the position before its end, and the next
 * one, in a moment, takes it there. */
static void
get_positions (SimWorld *world,
               gint64    positions[2])
{
  static const char *const names[] = { "sync.projects_since", "sync.vendors_since" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = ch_store_dup_state (world->store, names[i], NULL);

      positions[i] = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
    }
}

/* A further pass over what is at rest writes nothing, there or here. Returns: whether it moved a position forth */
static gboolean
check_pass (SimWorld *world)
{
  guint n_writes = sim_transport_get_n_writes (world->transport);
  g_auto (GStrv) before = hash_tables (world);
  g_auto (GStrv) after = NULL;
  gint64 from[2];
  gint64 to[2];
  guint i;

  get_positions (world, from);
  sim_program_round (world);
  after = hash_tables (world);
  get_positions (world, to);
  if (sim_transport_get_n_writes (world->transport) != n_writes)
    sim_world_fail (world, "a pass over what is at rest writes to Procore");
  for (i = 0; before[i] != NULL && after[i] != NULL; i++)
    {
      if (!g_str_equal (before[i], after[i]))
        sim_world_fail (world, "a pass over what is at rest changes the table %.*s", (int) strcspn (before[i], " "), before[i]);
    }
  if (to[0] < from[0] || to[1] < from[1])
    sim_world_fail (world, "a pass over what is at rest moves the position back");
  return to[0] != from[0] || to[1] != from[1];
}

static void
check_idle (SimWorld *world)
{
  if (check_pass (world) && check_pass (world))
    sim_world_fail (world, "passes over what is at rest move the position for ever");
}

static void
settle_all (SimWorld *world)
{
  g_autoptr (GPtrArray) conflicts = ch_store_list_conflicts (world->store, 0, NULL);
  guint i;

  for (i = 0; i < conflicts->len; i++)
    {
      const ChConflict *conflict = g_ptr_array_index (conflicts, i);

      sim_world_tell (world, "settles %s: base %s, local %s, remote %s", conflict->field, conflict->base, conflict->local,
                      conflict->remote);
      ch_desk_settle_conflict (world->desk, conflict->id, sim_world_pick (world, 2) == 0, NULL);
    }
}

static gboolean
has_conflicts (SimWorld *world)
{
  g_autoptr (GPtrArray) conflicts = ch_store_list_conflicts (world->store, 0, NULL);

  return conflicts->len > 0;
}

void
sim_acts_be_quiet (SimWorld *world)
{
  guint turn;

  sim_world_tell (world, "quiet");
  g_ptr_array_set_size (world->inside, 0);
  sim_transport_clear_faults (world->transport);
  ch_sandbox_set_limits (world->sandbox, 1000000, 1000000);
  switch_all_on (world);
  sim_world_advance (world, 7200);
  for (turn = 0; turn < 6 && world->failure == NULL; turn++)
    {
      come_to_rest (world);
      if (!has_conflicts (world))
        break;
      settle_all (world);
    }
  if (world->failure != NULL)
    return;
  if (has_conflicts (world))
    sim_world_fail (world, "conflicts that were settled come back");
  sim_ledger_check_rest (world->ledger, world);
  sim_ledger_check_database (world->ledger, world);
  if (world->failure == NULL)
    check_idle (world);
}

void
sim_acts_run (SimWorld  *world,
              GPtrArray *acts)
{
  guint i;

  for (i = 0; i < acts->len && world->failure == NULL; i++)
    {
      SimAct *act = g_ptr_array_index (acts, i);

      if (act->at >= 0)
        g_ptr_array_add (world->inside, act);
      else
        sim_act_do (act, world);
    }
  if (world->failure == NULL)
    sim_acts_be_quiet (world);
  if (world->failure == NULL)
    {
      g_auto (GStrv) rest = hash_tables (world);
      g_autofree char *all = g_strjoinv (", ", rest);

      sim_world_tell (world, "%s", all);
    }
}
