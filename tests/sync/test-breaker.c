#include "config.h"

#include "ch-breaker.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define NOW (1000 * SECOND)

static ChBreaker *
make (void)
{
  return ch_breaker_new (g_rand_new_with_seed (g_test_rand_int ()));
}

static void
fail (ChBreaker *breaker,
      guint      n,
      gint64     now)
{
  while (n-- > 0)
    ch_breaker_failed (breaker, "documents", now);
}

static void
test_three_failures_in_a_row_open (void)
{
  g_autoptr (ChBreaker) breaker = make ();

  fail (breaker, 2, NOW);
  g_assert_true (ch_breaker_allows (breaker, "documents", NOW));
  ch_breaker_succeeded (breaker, "documents");
  fail (breaker, 2, NOW);
  g_assert_true (ch_breaker_allows (breaker, "documents", NOW));
  fail (breaker, 1, NOW);
  g_assert_false (ch_breaker_allows (breaker, "documents", NOW));
  g_assert_true (ch_breaker_allows (breaker, "links", NOW));
  g_assert_cmpint (ch_breaker_get_open_until (breaker, "documents"), >, NOW);
  g_assert_cmpint (ch_breaker_get_open_until (breaker, "links"), ==, 0);
}

/* Whatever chance says: each rest is within a quarter of its length, which doubles up to a quarter of an hour. */
static void
test_rests_grow (void)
{
  static const int lengths[] = { 15, 30, 60, 120, 240, 480, 900, 900, 900 };
  guint turn;
  guint i;

  for (turn = 0; turn < 200; turn++)
    {
      g_autoptr (ChBreaker) breaker = make ();
      gint64 now = NOW;

      fail (breaker, 2, now);
      for (i = 0; i < G_N_ELEMENTS (lengths); i++)
        {
          gint64 until;

          fail (breaker, 1, now);
          until = ch_breaker_get_open_until (breaker, "documents");
          g_assert_cmpint (until - now, >=, lengths[i] * SECOND * 3 / 4 - SECOND);
          g_assert_cmpint (until - now, <=, lengths[i] * SECOND * 5 / 4 + SECOND);
          g_assert_false (ch_breaker_allows (breaker, "documents", until - 1));
          g_assert_true (ch_breaker_allows (breaker, "documents", until));
          now = until;
        }
      ch_breaker_succeeded (breaker, "documents");
      g_assert_true (ch_breaker_allows (breaker, "documents", now));
      fail (breaker, 2, now);
      g_assert_true (ch_breaker_allows (breaker, "documents", now));
    }
}

static void
test_two_programs_do_not_come_back_in_step (void)
{
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint i;

  for (i = 0; i < 50; i++)
    {
      g_autoptr (ChBreaker) breaker = ch_breaker_new (g_rand_new_with_seed (i));
      gint64 until;

      fail (breaker, 3, NOW);
      until = ch_breaker_get_open_until (breaker, "documents");
      g_hash_table_add (times, g_memdup2 (&until, sizeof until));
    }
  g_assert_cmpuint (g_hash_table_size (times), >, 45);
}

static void
test_person_opens_the_door (void)
{
  g_autoptr (ChBreaker) breaker = make ();

  fail (breaker, 5, NOW);
  g_assert_false (ch_breaker_allows (breaker, "documents", NOW));
  ch_breaker_half_open (breaker);
  g_assert_true (ch_breaker_allows (breaker, "documents", NOW));
  /* One failure is enough to rest again, longer than before. */
  fail (breaker, 1, NOW);
  g_assert_false (ch_breaker_allows (breaker, "documents", NOW + 80 * SECOND));
}

static void
test_clock_that_was_set_back (void)
{
  g_autoptr (ChBreaker) breaker = make ();

  fail (breaker, 3, NOW + 86400 * SECOND);
  g_assert_true (ch_breaker_allows (breaker, "documents", NOW));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/breaker/three-failures-in-a-row-open", test_three_failures_in_a_row_open);
  g_test_add_func ("/sync/breaker/rests-grow", test_rests_grow);
  g_test_add_func ("/sync/breaker/two-programs-do-not-come-back-in-step", test_two_programs_do_not_come_back_in_step);
  g_test_add_func ("/sync/breaker/person-opens-the-door", test_person_opens_the_door);
  g_test_add_func ("/sync/breaker/clock-that-was-set-back", test_clock_that_was_set_back);

  return g_test_run ();
}
