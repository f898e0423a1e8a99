#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

static void
test_second_one_is_told_who_holds_it (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSyncLock) lock = ch_sync_lock_acquire (fixture->dir, &error);
  g_autofree char *pid = g_strdup_printf ("process %d)", (int) getpid ());

  g_assert_no_error (error);
  g_assert_null (ch_sync_lock_acquire (fixture->dir, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, pid));
  g_clear_error (&error);

  g_clear_pointer (&lock, ch_sync_lock_release);
  lock = ch_sync_lock_acquire (fixture->dir, &error);
  g_assert_no_error (error);
}

/* The child holds it until it is killed; then it is free at once. */
static void
test_lock_ends_with_the_process (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSyncLock) lock = NULL;
  g_autofree char *holder = NULL;
  int fds[2], status;
  pid_t pid;
  char byte;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      ChSyncLock *mine = ch_sync_lock_acquire (fixture->dir, NULL);

      if (mine == NULL || write (fds[1], "x", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);

  g_assert_null (ch_sync_lock_acquire (fixture->dir, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY);
  holder = g_strdup_printf ("process %d)", (int) pid);
  g_assert_nonnull (strstr (error->message, holder));
  g_clear_error (&error);

  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  lock = ch_sync_lock_acquire (fixture->dir, &error);
  g_assert_no_error (error);
  close (fds[0]);
  close (fds[1]);
}

static void
test_lock_is_per_folder (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autofree char *other = fixture_dup_path (fixture, "other");
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSyncLock) lock = ch_sync_lock_acquire (fixture->dir, &error);
  g_autoptr(ChSyncLock) second = ch_sync_lock_acquire (other, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  g_assert_nonnull (second);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/sync-lock/second-one-is-told-who-holds-it", fixture_set_up,
                test_second_one_is_told_who_holds_it);
  FIXTURE_TEST ("/store/sync-lock/lock-ends-with-the-process", fixture_set_up, test_lock_ends_with_the_process);
  FIXTURE_TEST ("/store/sync-lock/lock-is-per-folder", fixture_set_up, test_lock_is_per_folder);

  return g_test_run ();
}
