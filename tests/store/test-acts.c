#include "config.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ch-store-private.h"
#include "store-fixture.h"

/* An act is done as a whole or not at all, whatever happens in the middle of it. */

typedef struct {
  GString *text;   /* "kind:id,id " for each call */
} Heard;

static void
on_change_cb (ChKind    kind,
              GArray   *ids,
              gpointer  user_data)
{
  Heard *heard = user_data;

  g_string_append_printf (heard->text, "%d:", kind);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (heard->text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  g_string_append_c (heard->text, ' ');
}

static void
assert_heard (Heard      *heard,
              const char *expected)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpstr (heard->text->str, ==, expected);
  g_string_truncate (heard->text, 0);
}

static void
test_commit_announces_and_rollback_forgets (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  Heard heard = { g_string_new (NULL) };
  guint id = ch_change_hub_subscribe (fixture->hub, on_change_cb, &heard, NULL);
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_in_transaction (fixture->store));
  fixture_put_project (fixture, 12, "B");
  fixture_put_project (fixture, 5, "A");
  fixture_put_vendor (fixture, 8, "V");
  assert_heard (&heard, "");
  fixture_commit (fixture);
  g_assert_false (ch_store_in_transaction (fixture->store));
  assert_heard (&heard, "0:5,12 1:8 ");

  fixture_begin (fixture);
  fixture_put_project (fixture, 13, "C");
  ch_store_rollback (fixture->store);
  assert_heard (&heard, "");
  g_assert_null (ch_store_get_project (fixture->store, 13, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  fixture_begin (fixture);
  fixture_put_project (fixture, 5, "A");
  fixture_commit (fixture);
  assert_heard (&heard, "");

  ch_store_rollback (fixture->store);   /* without an act: nothing */
  ch_change_hub_unsubscribe (fixture->hub, id);
  g_string_free (heard.text, TRUE);
}

static void
test_state_by_name (Fixture       *fixture,
                    gconstpointer  user_data)
{
  Heard heard = { g_string_new (NULL) };
  guint id = ch_change_hub_subscribe (fixture->hub, on_change_cb, &heard, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_null (ch_store_dup_state (fixture->store, "cursor", &error));
  g_assert_no_error (error);

  fixture_begin (fixture);
  ch_store_set_state (fixture->store, "cursor", "2026-11-23", &error);
  fixture_commit (fixture);
  assert_heard (&heard, "11: ");
  fixture_begin (fixture);
  ch_store_set_state (fixture->store, "cursor", "2026-11-23", &error);
  ch_store_set_state (fixture->store, "nothing", NULL, &error);
  fixture_commit (fixture);
  assert_heard (&heard, "");
  value = ch_store_dup_state (fixture->store, "cursor", &error);
  g_assert_cmpstr (value, ==, "2026-11-23");

  fixture_begin (fixture);
  ch_store_set_state (fixture->store, "cursor", NULL, &error);
  fixture_commit (fixture);
  g_assert_null (ch_store_dup_state (fixture->store, "cursor", &error));
  g_assert_no_error (error);
  ch_change_hub_unsubscribe (fixture->hub, id);
  g_string_free (heard.text, TRUE);
}

static void
test_other_connections_are_noticed (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  Heard heard = { g_string_new (NULL) };
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) other = ch_store_open (fixture->dir, NULL, &error);
  guint id;

  g_assert_no_error (error);
  ch_store_poll_others (fixture->store);
  id = ch_change_hub_subscribe (fixture->hub, on_change_cb, &heard, NULL);
  g_assert_false (ch_store_poll_others (fixture->store));

  ch_store_begin (other, "sync", NOW, &error);
  ch_store_set_state (other, "a", "b", &error);
  g_assert_false (ch_store_poll_others (fixture->store));
  ch_store_commit (other, &error);
  g_assert_no_error (error);
  g_assert_true (ch_store_poll_others (fixture->store));
  assert_heard (&heard, "0: 1: 2: 3: 4: 5: 6: 7: 8: 9: 10: 11: ");
  g_assert_false (ch_store_poll_others (fixture->store));

  fixture_begin (fixture);
  ch_store_set_state (fixture->store, "c", "d", &error);
  fixture_commit (fixture);
  assert_heard (&heard, "11: ");
  g_assert_false (ch_store_poll_others (fixture->store));
  ch_change_hub_unsubscribe (fixture->hub, id);
  ch_store_close (other);
  g_string_free (heard.text, TRUE);
}

static void
test_a_list_is_of_one_moment (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) other = ch_store_open (fixture->dir, NULL, &error);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (_ch_store_begin_read (fixture->store, &error));
  g_assert_null (ch_store_dup_state (fixture->store, "a", &error));
  ch_store_begin (other, "sync", NOW, &error);
  ch_store_set_state (other, "a", "b", &error);
  ch_store_commit (other, &error);
  g_assert_no_error (error);
  before = ch_store_dup_state (fixture->store, "a", &error);
  g_assert_cmpstr (before, ==, NULL);
  _ch_store_end_read (fixture->store);
  after = ch_store_dup_state (fixture->store, "a", &error);
  g_assert_cmpstr (after, ==, "b");
  ch_store_close (other);
}

static void
test_second_writer_is_told_busy (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) other = ch_store_open (fixture->dir, NULL, &error);

  sqlite3_busy_timeout (other->connection->db, 0);
  fixture_begin (fixture);
  g_assert_false (ch_store_begin (other, "sync", NOW, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (ch_store_in_transaction (other));
  fixture_commit (fixture);
  g_assert_true (ch_store_begin (other, "sync", NOW, &error));
  ch_store_close (other);   /* undoes it */
}

static void
test_full_disk_undoes_the_act (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autofree char *limit = NULL;
  g_autofree char *large = g_strnfill (1000000, 'x');
  g_autofree char *value = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ok = TRUE;

  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                           fixture_read_number (fixture, "PRAGMA page_count") + 20);
  g_assert_true (_ch_connection_execute (fixture->store->connection, limit, &error));

  fixture_begin (fixture);
  g_assert_true (ch_store_set_state (fixture->store, "small", "1", &error));
  g_assert_false (ch_store_set_state (fixture->store, "large", large, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_FULL);
  g_assert_cmpstr (error->message, ==, "The disk is full. Free some space; nothing was lost.");
  g_clear_error (&error);

  /* Whether or not SQLite has undone the act by itself, nothing of it may be kept by pieces. */
  ok = ch_store_set_state (fixture->store, "after", "1", &error);
  g_clear_error (&error);
  if (ok)
    ch_store_rollback (fixture->store);
  else
    g_assert_false (ch_store_commit (fixture->store, NULL));
  g_assert_false (ch_store_in_transaction (fixture->store));

  g_assert_true (_ch_connection_execute (fixture->store->connection, "PRAGMA max_page_count = 1073741823", &error));
  value = ch_store_dup_state (fixture->store, "small", &error);
  g_assert_cmpstr (value, ==, NULL);
  fixture_begin (fixture);
  g_assert_true (ch_store_set_state (fixture->store, "large", large, &error));
  fixture_commit (fixture);
  fixture_verify (fixture);
}

/* What SQLite does by itself after some errors: the rest of the act must fail, not run as acts of its own. */
static void
test_nothing_runs_outside_an_undone_act (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_set_state (fixture->store, "first", "1", &error));
  g_assert_true (_ch_connection_execute (fixture->store->connection, "ROLLBACK", &error));
  g_assert_false (ch_store_set_state (fixture->store, "second", "2", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (ch_store_commit (fixture->store, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (ch_store_in_transaction (fixture->store));
  value = ch_store_dup_state (fixture->store, "second", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, NULL);
}

/* One act that touches every kind of multi-row write. */
static gboolean
do_act (ChStore  *store,
        GError  **error)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(ChSharedRecord) record = ch_shared_record_new (CH_SHARED_OVERALL);
  g_autoptr(ChStoredVerdict) verdict = ch_stored_verdict_new ();
  g_autoptr(GArray) projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 project_id = PROJECT;

  vendor->id = 900;
  vendor->name = g_strdup ("Crash Test LLC");
  g_ptr_array_add (vendor->trades, g_strdup ("Demolition"));
  g_array_append_val (projects, project_id);
  record->project_id = PROJECT;
  record->vendor_id = 900;
  ch_field_set_set (record->local, "status", "compliant");
  verdict->project_id = PROJECT;
  verdict->vendor_id = 900;
  verdict->verdict->changes_on = CH_DATE_NONE;
  g_ptr_array_add (verdict->verdict->findings,
                   ch_finding_new ("general_liability.present", "general_liability", CH_SEVERITY_FAIL, NULL, NULL,
                                   "x"));

  return ch_store_begin (store, "sync", NOW, error) &&
         ch_store_put_vendor (store, vendor, NULL, error) &&
         ch_store_set_vendor_projects (store, 900, projects, NULL, error) &&
         ch_store_put_verdict (store, verdict, NULL, error) &&
         ch_store_put_shared (store, record, error) &&
         ch_store_outbox_queue (store, record->id, error) &&
         ch_store_add_event (store, "verdict.changed", PROJECT, 900, NULL, NULL, error) &&
         ch_store_commit (store, error);
}

static gint64
count_rows (Fixture *fixture)
{
  return fixture_read_number (fixture,
                              "SELECT (SELECT count (*) FROM vendor WHERE id = 900) "
                              "+ (SELECT count (*) FROM vendor_trade) + (SELECT count (*) FROM membership) "
                              "+ (SELECT count (*) FROM verdict) + (SELECT count (*) FROM finding) "
                              "+ (SELECT count (*) FROM shared_record) + (SELECT count (*) FROM shared_field) "
                              "+ (SELECT count (*) FROM outbox) "
                              "+ (SELECT count (*) FROM event WHERE what = 'verdict.changed')");
}

#define ROWS_OF_ACT 9

typedef struct {
  int      n;       /* steps until it happens; counted down */
  gboolean exits;
  int      code;
} Trap;

static int
step_into_trap_cb (const char *name,
                   gpointer    user_data)
{
  Trap *trap = user_data;

  if (--trap->n != 0)
    return SQLITE_OK;
  if (trap->exits)
    _exit (9);

  return trap->code;
}

/* TRUE where the process died in the trap */
static gboolean
act_in_child (Fixture *fixture,
              int      n)
{
  pid_t pid = fork ();
  int status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      Trap trap = { n, TRUE, SQLITE_OK };
      ChStore *store = ch_store_open (fixture->dir, NULL, NULL);

      if (store == NULL)
        _exit (1);
      _ch_connection_set_step_func (store->connection, step_into_trap_cb, &trap);
      _exit (do_act (store, NULL) ? 0 : 2);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 9);

  return WEXITSTATUS (status) == 9;
}

static void
test_crash_at_every_step (Fixture       *fixture,
                          gconstpointer  user_data)
{
  int n = 1;

  while (act_in_child (fixture, n))
    {
      g_assert_cmpint (count_rows (fixture), ==, 0);
      n++;
    }
  g_assert_cmpint (n, >, 15);
  g_assert_cmpint (count_rows (fixture), ==, ROWS_OF_ACT);
  fixture_verify (fixture);
}

static void
test_error_at_every_step (Fixture       *fixture,
                          gconstpointer  user_data)
{
  static const struct { int code; int error; } failures[] = {
    { SQLITE_FULL, CH_STORE_ERROR_FULL },
    { SQLITE_IOERR_WRITE, CH_STORE_ERROR_IO },
    { SQLITE_BUSY, CH_STORE_ERROR_BUSY },
  };

  gint64 n_events = fixture_read_number (fixture, "SELECT max (id) FROM event");
  g_autofree char *undo = NULL;

  /* back to what there was: none of the program's ways leads there */
  undo = g_strdup_printf ("DELETE FROM outbox; DELETE FROM shared_field; DELETE FROM shared_record; DELETE FROM finding;"
                          "DELETE FROM verdict; DELETE FROM membership; DELETE FROM vendor_trade;"
                          "DELETE FROM vendor WHERE id = 900; DELETE FROM event WHERE id > %" G_GINT64_FORMAT ";"
                          "UPDATE event_head SET last_id = (SELECT max (id) FROM event),"
                          "  hash = (SELECT hash FROM event ORDER BY id DESC LIMIT 1)", n_events);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      for (int n = 1; ; n++)
        {
          Trap trap = { n, FALSE, failures[i].code };
          g_autoptr(GError) error = NULL;
          gboolean ok;

          _ch_connection_set_step_func (fixture->store->connection, step_into_trap_cb, &trap);
          ok = do_act (fixture->store, &error);
          _ch_connection_set_step_func (fixture->store->connection, NULL, NULL);
          if (ok)
            {
              g_assert_cmpint (n, >, 15);
              break;
            }
          g_assert_error (error, CH_STORE_ERROR, failures[i].error);
          ch_store_rollback (fixture->store);
          g_assert_cmpint (count_rows (fixture), ==, 0);
        }

      fixture_tamper (fixture, undo);
      g_assert_cmpint (count_rows (fixture), ==, 0);
    }
  fixture_verify (fixture);
}

static void
test_files_are_the_owners_alone (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  static const char * const names[] = { "certholder.db", "certholder.db-wal", "certholder.db-shm" };
  g_autofree char *deep = fixture_dup_path (fixture, "a/b");
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = ch_store_open (deep, NULL, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpint (stat (deep, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (deep, names[i], NULL);

      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
  g_assert_cmpstr (ch_store_get_data_dir (store), ==, deep);
  ch_store_close (store);
}

static void
test_writing_without_an_act_is_refused (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  if (g_test_subprocess ())
    {
      ch_store_set_state (fixture->store, "a", "b", NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*ch_store_in_transaction*failed*");
}

static void
test_settings_of_the_connection (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  ChConnection *connection = fixture->store->connection;
  gint64 number;

  g_assert_true (_ch_connection_read_number (connection, "PRAGMA foreign_keys", &number, NULL));
  g_assert_cmpint (number, ==, 1);
  g_assert_true (_ch_connection_read_number (connection, "PRAGMA synchronous", &number, NULL));
  g_assert_cmpint (number, ==, 2);
  g_assert_true (_ch_connection_read_number (connection, "SELECT journal_mode = 'wal' FROM pragma_journal_mode",
                                             &number, NULL));
  g_assert_cmpint (number, ==, 1);
}

static gint64
read_synchronous (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gint64 level = -1;

  _ch_connection_read_number (fixture->store->connection, "PRAGMA synchronous", &level, &error);
  g_assert_no_error (error);
  return level;
}

static void
do_nothing (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ch_store_begin (fixture->store, "sync", NOW, &error);
  g_assert_no_error (error);
  ch_store_commit (fixture->store, &error);
  g_assert_no_error (error);
}

/* 2 is SQLite's FULL: a commit waits for the disk; 1 is NORMAL. What a person does is never the latter. */
static void
test_only_what_can_be_read_again_is_fleeting (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  do_nothing (fixture);
  g_assert_cmpint (read_synchronous (fixture), ==, 2);
  ch_store_set_lasting (fixture->store, FALSE);
  do_nothing (fixture);
  g_assert_cmpint (read_synchronous (fixture), ==, 1);
  ch_store_set_lasting (fixture->store, TRUE);
  do_nothing (fixture);
  g_assert_cmpint (read_synchronous (fixture), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/acts/commit-announces-and-rollback-forgets", fixture_set_up,
                test_commit_announces_and_rollback_forgets);
  FIXTURE_TEST ("/store/acts/state-by-name", fixture_set_up, test_state_by_name);
  FIXTURE_TEST ("/store/acts/other-connections-are-noticed", fixture_set_up, test_other_connections_are_noticed);
  FIXTURE_TEST ("/store/acts/a-list-is-of-one-moment", fixture_set_up, test_a_list_is_of_one_moment);
  FIXTURE_TEST ("/store/acts/second-writer-is-told-busy", fixture_set_up, test_second_writer_is_told_busy);
  FIXTURE_TEST ("/store/acts/full-disk-undoes-the-act", fixture_set_up, test_full_disk_undoes_the_act);
  FIXTURE_TEST ("/store/acts/nothing-runs-outside-an-undone-act", fixture_set_up,
                test_nothing_runs_outside_an_undone_act);
  FIXTURE_TEST ("/store/acts/crash-at-every-step", fixture_set_up_desk, test_crash_at_every_step);
  FIXTURE_TEST ("/store/acts/error-at-every-step", fixture_set_up_desk, test_error_at_every_step);
  FIXTURE_TEST ("/store/acts/files-are-the-owners-alone", fixture_set_up, test_files_are_the_owners_alone);
  FIXTURE_TEST ("/store/acts/writing-without-an-act-is-refused", fixture_set_up,
                test_writing_without_an_act_is_refused);
  FIXTURE_TEST ("/store/acts/settings-of-the-connection", fixture_set_up, test_settings_of_the_connection);
  FIXTURE_TEST ("/store/acts/only-what-can-be-read-again-is-fleeting", fixture_set_up,
                test_only_what_can_be_read_again_is_fleeting);

  return g_test_run ();
}
