#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "ch-store.h"

/*
 * POSIX locks belong to the process and are dropped when any descriptor of the file is closed. So a second connection
 * must not touch the file in a way that takes the first one's locks: another process that closes would believe to be
 * the last, and delete the journal from under both.
 */
static void
test_journal_outlives_another_process (void)
{
  g_autofree char *dir = g_dir_make_tmp ("certholder-connections-XXXXXX", NULL);
  g_autofree char *journal = g_build_filename (dir, "certholder.db-wal", NULL);
  g_autoptr (ChChangeHub) hub = ch_change_hub_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChStore) first = ch_store_open (dir, hub, &error);
  g_autoptr (ChStore) second = NULL;
  g_autoptr (ChStore) third = NULL;
  g_autofree char *seen = NULL;
  char *argv[] = { (char *) "/proc/self/exe", (char *) "--open-and-close", dir, NULL };
  int status = -1;

  g_assert_no_error (error);
  second = ch_store_open (dir, hub, &error);
  g_assert_no_error (error);
  g_assert_true (ch_store_begin (first, "desk:test", 1, &error));
  g_assert_true (ch_store_set_state (first, "name", "kept", &error));
  g_assert_true (ch_store_commit (first, &error));

  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));

  g_assert_true (ch_store_begin (second, "desk:test", 2, &error));
  g_assert_true (ch_store_set_state (second, "name", "kept too", &error));
  g_assert_true (ch_store_commit (second, &error));
  ch_store_close (first);
  ch_store_close (second);

  third = ch_store_open (dir, hub, &error);
  g_assert_no_error (error);
  seen = ch_store_dup_state (third, "name", &error);
  g_assert_cmpstr (seen, ==, "kept too");
  ch_store_close (third);
}

static int
open_and_close (const char *dir)
{
  g_autoptr (ChChangeHub) hub = ch_change_hub_new ();
  g_autoptr (ChStore) store = ch_store_open (dir, hub, NULL);
  g_autofree char *name = NULL;

  if (store == NULL)
    return 1;
  name = ch_store_dup_state (store, "name", NULL);
  ch_store_close (store);
  return g_strcmp0 (name, "kept") == 0 ? 0 : 2;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--open-and-close"))
    return open_and_close (argv[2]);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/connections/journal-outlives-another-process", test_journal_outlives_another_process);
  return g_test_run ();
}
