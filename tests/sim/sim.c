#include "config.h"

#include "sim-acts.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

/*
 * One seed, one history: what people do in Procore, what the desk does, what the program does and how it ends, in an
 * order that the seed decides; then quiet; then everything must be the same everywhere. A seed whose history breaks a
 * rule is told with the shortest part of it that still does.
 */

typedef struct {
  char    *dir;
  char    *empty;      /* a desk on which nothing has been done yet */
  guint    n;
  gboolean is_brief;
} Place;

static char *
dup_dir (Place *place)
{
  return g_strdup_printf ("%s/%u", place->dir, place->n++);
}

/* (transfer full) (nullable): what rule is broken */
static char *
run (Place     *place,
     guint32    seed,
     GPtrArray *acts,
     gboolean   is_loud,
     char     **trace,
     const char **rule)
{
  g_autofree char *dir = dup_dir (place);
  g_autoptr (SimWorld) world = sim_world_new (seed, dir, place->empty, is_loud);

  sim_acts_run (world, acts);
  if (trace != NULL)
    *trace = g_strdup (g_checksum_get_string (world->trace));
  if (rule != NULL)
    *rule = world->rule;
  return g_steal_pointer (&world->failure);
}

static GPtrArray *
leave_out (GPtrArray *acts,
           guint      from,
           guint      n)
{
  GPtrArray *rest = g_ptr_array_new ();
  guint i;

  for (i = 0; i < acts->len; i++)
    {
      if (i < from || i >= from + n)
        g_ptr_array_add (rest, g_ptr_array_index (acts, i));
    }
  return rest;
}

/* Leaves out what can be left out, first much at once, then act by act, while the same rule is still broken. */
static GPtrArray *
shrink (Place      *place,
        guint32     seed,
        GPtrArray  *acts,
        const char *rule)
{
  GPtrArray *shortest = leave_out (acts, 0, 0);
  gboolean shrunk = TRUE;
  guint n;
  guint from;

  while (shrunk)
    {
      shrunk = FALSE;
      for (n = MAX (shortest->len / 2, 1); n > 0; n /= 2)
        {
          for (from = 0; from + n <= shortest->len;)
            {
              g_autoptr (GPtrArray) shorter = leave_out (shortest, from, n);
              const char *broken = NULL;
              g_autofree char *failure = run (place, seed, shorter, FALSE, NULL, &broken);

              if (failure == NULL || broken != rule)
                {
                  from++;
                  continue;
                }
              g_ptr_array_unref (shortest);
              shortest = g_steal_pointer (&shorter);
              shrunk = TRUE;
            }
        }
    }
  return shortest;
}

static void
tell_failure (Place      *place,
              guint32     seed,
              GPtrArray  *acts,
              const char *rule,
              const char *failure)
{
  g_autoptr (GPtrArray) shortest = NULL;
  g_autofree char *last = NULL;
  guint i;

  g_print ("# seed %u: %s\n", seed, failure);
  shortest = shrink (place, seed, acts, rule);
  g_print ("# the shortest history of seed %u that breaks a rule:\n", seed);
  for (i = 0; i < shortest->len; i++)
    {
      g_autofree char *text = sim_act_describe (g_ptr_array_index (shortest, i));

      g_print ("#  %2u. %s\n", i + 1, text);
    }
  last = run (place, seed, shortest, TRUE, NULL, NULL);
  g_print ("# it breaks: %s\n", last);
}

static gboolean
run_seed (Place   *place,
          guint32  seed,
          gboolean is_loud,
          gboolean twice)
{
  g_autoptr (GPtrArray) acts = sim_acts_make (seed);
  g_autofree char *trace = NULL;
  g_autofree char *again = NULL;
  const char *rule = NULL;
  g_autofree char *failure = run (place, seed, acts, is_loud, &trace, &rule);

  if (failure != NULL)
    {
      if (place->is_brief)
        g_print ("# seed %u: %s\n", seed, failure);
      else
        tell_failure (place, seed, acts, rule, failure);
      return FALSE;
    }
  if (!twice)
    return TRUE;

  failure = run (place, seed, acts, FALSE, &again, NULL);
  if (g_strcmp0 (trace, again) == 0)
    return TRUE;
  g_print ("# seed %u: two runs differ\n", seed);
  return FALSE;
}

/* Every @share-th place, from the first of @from on. */
static guint
run_each (Place  *place,
          SimEach what,
          guint   from,
          guint   share)
{
  gboolean is_there = TRUE;
  guint n_failed = 0;
  guint n = 0;
  guint at;

  for (at = from; is_there; at += share, n++)
    {
      g_autofree char *dir = dup_dir (place);
      g_autoptr (SimWorld) world = sim_world_new (1, dir, place->empty, FALSE);

      is_there = sim_each_run (world, what, at);
      if (world->failure == NULL)
        continue;
      n_failed++;
      g_print ("# %s, %u: %s\n", sim_each_to_string (what), at, world->failure);
    }
  g_print ("# %s: %u places, from %u on each %u\n", sim_each_to_string (what), n, from, share);
  return n_failed;
}

/* Databases of all earlier programs. */
static guint
run_old (Place      *place,
         const char *folder,
         gboolean    is_loud)
{
  g_autofree char *path = g_build_filename (place->dir, "old.db", NULL);
  guint n_failed = 0;
  guint version;
  guint what;

  for (version = 1; sim_old_make_database (folder, version, 0, path); version++)
    {
      for (what = 0; what < SIM_N_OLD; what++)
        {
          g_autofree char *dir = dup_dir (place);
          g_autoptr (SimWorld) world = NULL;

          g_assert_true (sim_old_make_database (folder, version, what, path));
          world = sim_world_new (version, dir, path, is_loud);
          sim_old_run (world, what);
          if (world->failure == NULL)
            continue;
          n_failed++;
          g_print ("# version %u, %s: %s\n", version, sim_old_to_string (what), world->failure);
        }
    }
  g_print ("%s 1 %u old databases in %u states: %u broken\n", n_failed > 0 || version == 1 ? "not ok" : "ok", version - 1,
           SIM_N_OLD, n_failed);
  g_remove (path);
  return n_failed + (version == 1);
}

/* GLib reads a zone anew whenever nobody holds it. */
static void
hold_zones (GPtrArray *zones)
{
  static const char *const names[] = { "America/New_York", "America/Denver", "America/Los_Angeles", "UTC" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (zones, g_time_zone_new_identifier (names[i]));
}

int
main (int    argc,
      char **argv)
{
  int n_seeds = 100;
  int from = 1;
  int each = 0;
  int few = 1;
  g_autofree char *old = NULL;
  gboolean is_loud = FALSE;
  gboolean twice = FALSE;
  const char *memory = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  Place place = { g_build_filename (memory, "certholder-sim-XXXXXX", NULL), NULL, 0, FALSE };
  const GOptionEntry entries[] = {
    { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "how many", "N" },
    { "from", 0, 0, G_OPTION_ARG_INT, &from, "the first one", "S" },
    { "each", 0, 0, G_OPTION_ARG_INT, &each, "instead, one history with a fault at each N-th place, from S on", "N" },
    { "few", 0, 0, G_OPTION_ARG_INT, &few, "with that, at each N-th request and transaction", "N" },
    { "old", 0, 0, G_OPTION_ARG_FILENAME, &old, "instead, the databases that earlier programs left behind", "FOLDER" },
    { "brief", 0, 0, G_OPTION_ARG_NONE, &place.is_brief, "name the seeds that break a rule, and go on", NULL },
    { "loud", 0, 0, G_OPTION_ARG_NONE, &is_loud, "tell every step", NULL },
    { "twice", 0, 0, G_OPTION_ARG_NONE, &twice, "run each twice; the two must be the same", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- simulate the sync");
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func ((GDestroyNotify) g_time_zone_unref);
  g_autoptr (GError) error = NULL;
  int n_failed = 0;
  int i;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("sim: %s\n", error->message);
      return 2;
    }
  g_assert_nonnull (g_mkdtemp (place.dir));
  hold_zones (zones);
  place.empty = sim_world_make_empty (place.dir);

  g_print ("1..1\n");
  if (old != NULL)
    {
      n_failed = (int) run_old (&place, old, is_loud);
      n_seeds = 0;
    }
  if (each > 0)
    {
      guint what;

      for (what = 0; what < SIM_N_EACH; what++)
        {
          /* Requests and transactions are few. */
          gboolean is_few = what >= SIM_EACH_BEFORE_REQUEST;

          n_failed += (int) run_each (&place, what, is_few ? 1 : (guint) from, (guint) (is_few ? MAX (few, 1) : each));
        }
      g_print ("%s 1 each place from %d on, of %d: %d broken\n", n_failed > 0 ? "not ok" : "ok", from, each, n_failed);
      n_seeds = 0;
    }
  for (i = 0; i < n_seeds; i++)
    n_failed += !run_seed (&place, (guint32) (from + i), is_loud, twice);
  if (n_seeds > 0)
    g_print ("%s 1 seeds %d to %d: %d histories, %d broken\n", n_failed > 0 ? "not ok" : "ok", from, from + n_seeds - 1, n_seeds,
             n_failed);
  g_remove (place.empty);
  g_rmdir (place.dir);
  g_free (place.empty);
  g_free (place.dir);
  return n_failed > 0;
}
