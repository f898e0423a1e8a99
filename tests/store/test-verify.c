#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "store-fixture.h"

/* The audit trail, and what ch_store_verify() sees of damage and of tampering. */

static void
add_events (Fixture *fixture,
            guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *subject = i % 3 != 0 ? g_strdup_printf ("subject %u", i) : NULL;

      fixture->now += 10;
      fixture_begin (fixture);
      ch_store_add_event (fixture->store, "verdict.changed", PROJECT, i % 2 ? SUB : 0, subject, "{\"to\":\"x\"}",
                          &error);
      g_assert_no_error (error);
      fixture_commit (fixture);
    }
}

static char *
verify (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems = ch_store_verify (fixture->store, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (problems, i));

  return g_string_free (text, FALSE);
}

#define assert_problem(fixture, expected) G_STMT_START { \
    g_autofree char *problem_ = verify (fixture); \
    g_assert_cmpstr (problem_, ==, expected); \
  } G_STMT_END

static void
test_events_come_back (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const struct { gint64 since; gint64 vendor; guint limit, n; } cases[] = {
    { 0, 0, 0, 5 }, { NOW + 30, 0, 0, 3 }, { 0, SUB, 0, 2 }, { 0, 0, 2, 2 }, { NOW + 30, SUB, 1, 1 },
    { NOW + 60, 0, 0, 0 },
  };
  g_autoptr(GError) error = NULL;

  add_events (fixture, 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = NULL;

      found = ch_store_list_events (fixture->store, cases[i].since, cases[i].vendor, cases[i].limit, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (i == 0)
        {
          const ChEvent *second = g_ptr_array_index (found, 1);

          g_assert_cmpint (second->id, ==, 2);
          g_assert_cmpint (second->at, ==, NOW + 20);
          g_assert_cmpstr (second->who, ==, "desk:test");
          g_assert_cmpstr (second->what, ==, "verdict.changed");
          g_assert_cmpint (second->project_id, ==, PROJECT);
          g_assert_cmpint (second->vendor_id, ==, SUB);
          g_assert_cmpstr (second->subject, ==, "subject 1");
          g_assert_cmpstr (second->detail, ==, "{\"to\":\"x\"}");
          g_assert_cmpuint (strlen (second->hash), ==, 64);
        }
    }
  fixture_verify (fixture);
}

static void
test_latest_events_come_newest_first (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  static const struct { gint64 vendor; guint limit, n; gint64 first; } cases[] = {
    { 0, 2, 2, 5 }, { 0, 100, 5, 5 }, { SUB, 1, 1, 4 }, { SUB, 100, 2, 4 },
  };
  g_autoptr(GError) error = NULL;

  add_events (fixture, 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = ch_store_list_latest_events (fixture->store, cases[i].vendor, cases[i].limit, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      g_assert_cmpint (((ChEvent *) g_ptr_array_index (found, 0))->id, ==, cases[i].first);
    }
}

static void
test_undone_act_leaves_no_gap (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  add_events (fixture, 2);
  fixture_begin (fixture);
  ch_store_add_event (fixture->store, "x", 0, 0, NULL, NULL, &error);
  ch_store_rollback (fixture->store);
  add_events (fixture, 2);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT max (id) FROM event"), ==, 4);
  fixture_verify (fixture);
}

/* Whoever goes around the triggers is seen all the same. */
static void
test_tampering_is_seen (Fixture       *fixture,
                        gconstpointer  user_data)
{
  static const struct { const char *sql; const char *problem; } cases[] = {
    { "UPDATE event SET who = 'desk:other' WHERE id = 3", "The audit trail was tampered with at event 3." },
    { "UPDATE event SET detail = NULL WHERE id = 1", "The audit trail was tampered with at event 1." },
    { "UPDATE event SET at = at + 1 WHERE id = 5", "The audit trail was tampered with at event 5." },
    { "UPDATE event SET subject = 'subject', what = 'verdict.changed 1' WHERE id = 2",
      "The audit trail was tampered with at event 2." },
    { "DELETE FROM event WHERE id = 2",
      "The audit trail was tampered with at event 2." },
    { "DELETE FROM event WHERE id = 5", "The audit trail ends at event 4, but should end at event 5." },
    { "INSERT INTO event SELECT 6, at, who, what, project_id, vendor_id, subject, detail, hash FROM event WHERE id = 5",
      "The audit trail was tampered with at event 6." },
  };

  g_autofree char *path = fixture_dup_path (fixture, "copy.db");
  g_autofree char *keep = g_strdup_printf ("ATTACH '%s' AS other; CREATE TABLE other.copy AS SELECT * FROM event", path);
  g_autofree char *restore = g_strdup_printf ("ATTACH '%s' AS other; DELETE FROM event;"
                                              "INSERT INTO event SELECT * FROM other.copy", path);

  add_events (fixture, 5);
  fixture_execute (fixture, keep);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture_tamper (fixture, cases[i].sql);
      assert_problem (fixture, cases[i].problem);
      fixture_tamper (fixture, restore);
      fixture_verify (fixture);
    }
}

static void
assert_refused (Fixture    *fixture,
                const char *sql)
{
  if (g_test_subprocess ())
    {
      fixture_execute (fixture, sql);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*append-only*");
}

static void
test_events_can_not_be_changed (Fixture       *fixture,
                                gconstpointer  user_data)
{
  add_events (fixture, 1);
  assert_refused (fixture, "UPDATE event SET who = 'x'");
}

static void
test_events_can_not_be_deleted (Fixture       *fixture,
                                gconstpointer  user_data)
{
  add_events (fixture, 1);
  assert_refused (fixture, "DELETE FROM event");
}

static char *
add_certificate (Fixture    *fixture,
                 const char *text)
{
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  g_autoptr(GError) error = NULL;

  filed->sha256 = fixture_put_document (fixture, text);
  g_ptr_array_add (filed->certificate->policies, ch_policy_new ());
  fixture_begin (fixture);
  ch_store_add_certificate (fixture->store, filed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  return ch_store_dup_document_path (fixture->store, filed->sha256);
}

static void
test_damaged_documents_are_seen (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autofree char *path = add_certificate (fixture, "abc");
  g_autofree char *again = NULL;

  fixture_verify (fixture);
  g_assert_true (g_file_set_contents (path, "abd", -1, NULL));
  assert_problem (fixture, "Document ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad is damaged: "
                           "its content is not what was stored.");
  g_assert_cmpint (g_remove (path), ==, 0);
  assert_problem (fixture, "Document ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad is missing.");
  again = fixture_put_document (fixture, "abc");   /* putting it again heals it */
  fixture_verify (fixture);
}

static void
test_broken_references_are_seen (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autofree char *path = add_certificate (fixture, "abc");
  g_autofree char *problem = NULL;

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_execute (fixture, "DELETE FROM certificate_policy");
  problem = verify (fixture);
  g_assert_nonnull (strstr (problem, "Policies without an identity: 1"));
  g_clear_pointer (&problem, g_free);
  fixture_execute (fixture, "PRAGMA foreign_keys = OFF; UPDATE certificate SET version = 7;"
                            "INSERT INTO membership VALUES (5, 6)");
  problem = verify (fixture);
  g_assert_nonnull (strstr (problem, "A row refers to one that is not there (membership)."));
  g_assert_nonnull (strstr (problem, "Certificates without content: 1"));
}

static void
test_damaged_database_is_seen (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autofree char *path = fixture_dup_path (fixture, "certholder.db");
  g_autofree char *data = NULL;
  g_autofree char *problem = NULL;
  gsize length;

  add_events (fixture, 200);
  ch_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  memset (data + length - 4096, 0xaa, 4096);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  fixture->store = ch_store_open (fixture->dir, fixture->hub, NULL);
  g_assert_nonnull (fixture->store);
  problem = verify (fixture);
  g_assert_nonnull (strstr (problem, "The database is damaged"));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ch_store_verify (fixture->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_verify (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/verify/events-come-back", fixture_set_up, test_events_come_back);
  FIXTURE_TEST ("/store/verify/latest-events-come-newest-first", fixture_set_up,
                test_latest_events_come_newest_first);
  FIXTURE_TEST ("/store/verify/undone-act-leaves-no-gap", fixture_set_up, test_undone_act_leaves_no_gap);
  FIXTURE_TEST ("/store/verify/tampering-is-seen", fixture_set_up, test_tampering_is_seen);
  FIXTURE_TEST ("/store/verify/events-can-not-be-changed", fixture_set_up_desk, test_events_can_not_be_changed);
  FIXTURE_TEST ("/store/verify/events-can-not-be-deleted", fixture_set_up_desk, test_events_can_not_be_deleted);
  FIXTURE_TEST ("/store/verify/damaged-documents-are-seen", fixture_set_up_desk, test_damaged_documents_are_seen);
  FIXTURE_TEST ("/store/verify/broken-references-are-seen", fixture_set_up_desk, test_broken_references_are_seen);
  FIXTURE_TEST ("/store/verify/damaged-database-is-seen", fixture_set_up_desk, test_damaged_database_is_seen);
  FIXTURE_TEST ("/store/verify/cancelled", fixture_set_up_desk, test_cancelled);

  return g_test_run ();
}
