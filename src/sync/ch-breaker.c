#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-breaker.h"

#define FAILURES_TO_OPEN 3
#define SHORTEST_REST (15 * G_USEC_PER_SEC)
#define LONGEST_REST (900 * G_USEC_PER_SEC)
#define MAX_DOUBLINGS 6

/**
 * Tool:
 * @n_failures: in a row
 * @open_until: Unix microseconds, 0 while it is closed
 */
typedef struct {
  guint  n_failures;
  gint64 open_until;
} Tool;

struct _ChBreaker {
  GHashTable *tools;    /* (element-type utf8 Tool) */
  GRand      *rand;
};

/**
 * ch_breaker_new:
 * @rand: (transfer full): the chance that keeps several programs from coming back in step
 *
 * Returns: (transfer full): a breaker with every tool closed
 */
ChBreaker *
ch_breaker_new (GRand *rand)
{
  ChBreaker *self = g_new0 (ChBreaker, 1);

  self->tools = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rand = rand;
  return self;
}

/**
 * ch_breaker_free:
 * @self: (transfer full): a breaker
 */
void
ch_breaker_free (ChBreaker *self)
{
  g_hash_table_unref (self->tools);
  g_rand_free (self->rand);
  g_free (self);
}

/**
 * ch_breaker_allows:
 * @self: the breaker
 * @tool: the tool's name
 * @now: Unix microseconds
 *
 * A clock that was set back lets nothing rest for ever.
 *
 * Returns: whether a call may be made
 */
gboolean
ch_breaker_allows (ChBreaker  *self,
                   const char *tool,
                   gint64      now)
{
  gint64 open_until = ch_breaker_get_open_until (self, tool);

  return now >= open_until || open_until - now > 2 * LONGEST_REST;
}

/**
 * ch_breaker_succeeded:
 * @self: the breaker
 * @tool: the tool's name
 *
 * The tool answered, also where it refused what was asked: it works.
 */
void
ch_breaker_succeeded (ChBreaker  *self,
                      const char *tool)
{
  g_hash_table_remove (self->tools, tool);
}

/**
 * ch_breaker_failed:
 * @self: the breaker
 * @tool: the tool's name
 * @now: Unix microseconds
 *
 * The tool did not work: a server's error, nonsense, no answer.
 */
void
ch_breaker_failed (ChBreaker  *self,
                   const char *tool,
                   gint64      now)
{
  Tool *state = g_hash_table_lookup (self->tools, tool);
  gint64 rest;

  if (state == NULL)
    {
      state = g_new0 (Tool, 1);
      g_hash_table_insert (self->tools, g_strdup (tool), state);
    }
  state->n_failures++;
  if (state->n_failures < FAILURES_TO_OPEN)
    return;

  rest = MIN (SHORTEST_REST << MIN (state->n_failures - FAILURES_TO_OPEN, MAX_DOUBLINGS), LONGEST_REST);
  state->open_until = now + rest + (gint64) (rest * g_rand_double_range (self->rand, -0.25, 0.25));
}

/**
 * ch_breaker_half_open:
 * @self: the breaker
 *
 * Lets each tool that rests be tried, whatever the time.
 */
void
ch_breaker_half_open (ChBreaker *self)
{
  GHashTableIter iter;
  gpointer state;

  g_hash_table_iter_init (&iter, self->tools);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    {
      if (((Tool *) state)->open_until != 0)
        ((Tool *) state)->open_until = 1;
    }
}

/**
 * ch_breaker_get_open_until:
 * @self: the breaker
 * @tool: the tool's name
 *
 * Returns: Unix microseconds until which the tool rests, 0 where it does not
 */
gint64
ch_breaker_get_open_until (ChBreaker  *self,
                           const char *tool)
{
  const Tool *state = g_hash_table_lookup (self->tools, tool);

  return state != NULL ? state->open_until : 0;
}
