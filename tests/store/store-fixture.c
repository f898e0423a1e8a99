#include "config.h"

#include <string.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store-fixture.h"

void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->now = NOW;
  fixture->hub = ch_change_hub_new ();
  fixture->store = ch_store_open (fixture->dir, fixture->hub, &error);
  g_assert_no_error (error);
}

void
fixture_set_up_desk (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(ChCommitment) commitment = ch_commitment_new ();
  g_autoptr(GError) error = NULL;

  fixture_set_up (fixture, user_data);
  fixture_begin (fixture);
  fixture_put_project (fixture, PROJECT, "Riverside Tower");
  fixture_put_project (fixture, PROJECT_2, "Harbor School");
  fixture_put_vendor (fixture, SUB, "Keystone Electric LLC");
  fixture_put_vendor (fixture, SUB_2, "Summit Roofing Inc");
  commitment->id = COMMITMENT;
  commitment->project_id = PROJECT;
  commitment->vendor_id = SUB;
  ch_store_put_commitment (fixture->store, commitment, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  ch_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_finalize_object (g_steal_pointer (&fixture->hub));
  remove_tree (fixture->dir);
  g_clear_pointer (&fixture->dir, g_free);
}

void
fixture_begin (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ch_store_begin (fixture->store, "desk:test", fixture->now, &error);
  g_assert_no_error (error);
}

void
fixture_commit (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ch_store_commit (fixture->store, &error);
  g_assert_no_error (error);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ch_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  fixture->store = ch_store_open (fixture->dir, fixture->hub, &error);
  g_assert_no_error (error);
}

char *
fixture_dup_path (Fixture    *fixture,
                  const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

static sqlite3 *
open_database (Fixture *fixture)
{
  g_autofree char *path = fixture_dup_path (fixture, "certholder.db");
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);

  return db;
}

void
fixture_execute (Fixture    *fixture,
                 const char *sql)
{
  sqlite3 *db = open_database (fixture);
  char *problem = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
run_script (sqlite3    *db,
            const char *sql)
{
  char *problem = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &problem);
  g_assert_cmpstr (problem, ==, NULL);
}

void
fixture_tamper (Fixture    *fixture,
                const char *sql)
{
  sqlite3 *db = open_database (fixture);
  sqlite3_stmt *statement = NULL;
  g_autoptr(GString) drop = g_string_new (NULL);
  g_autoptr(GString) create = g_string_new (NULL);

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", -1, &statement,
                                       NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append_printf (drop, "DROP TRIGGER %s;", (const char *) sqlite3_column_text (statement, 0));
      g_string_append_printf (create, "%s;", (const char *) sqlite3_column_text (statement, 1));
    }
  sqlite3_finalize (statement);

  run_script (db, "PRAGMA foreign_keys = OFF");
  run_script (db, drop->str);
  run_script (db, sql);
  run_script (db, create->str);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

gint64
fixture_read_number (Fixture    *fixture,
                     const char *sql)
{
  sqlite3 *db = open_database (fixture);
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  return number;
}

char *
fixture_read_text (Fixture    *fixture,
                   const char *sql)
{
  sqlite3 *db = open_database (fixture);
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  return text;
}

void
fixture_verify (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems = ch_store_verify (fixture->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

char *
fixture_put_document (Fixture    *fixture,
                      const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;
  char *sha256 = ch_store_put_document (fixture->store, bytes, &error);

  g_assert_no_error (error);

  return sha256;
}

/* within a transaction */
void
fixture_put_project (Fixture    *fixture,
                     gint64      id,
                     const char *name)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(GError) error = NULL;

  project->id = id;
  project->name = g_strdup (name);
  project->active = TRUE;
  ch_store_put_project (fixture->store, project, NULL, &error);
  g_assert_no_error (error);
}

/* within a transaction */
void
fixture_put_vendor (Fixture    *fixture,
                    gint64      id,
                    const char *name)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(GError) error = NULL;

  vendor->id = id;
  vendor->name = g_strdup (name);
  vendor->is_active = TRUE;
  ch_store_put_vendor (fixture->store, vendor, NULL, &error);
  g_assert_no_error (error);
}
