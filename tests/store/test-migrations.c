#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "ch-migration-private.h"
#include "store-fixture.h"

/* A file that this program can't use is left exactly as it is. */

typedef struct {
  char *dir;
  char *path;
} Files;

static void
files_set_up (Files         *files,
              gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  files->dir = g_dir_make_tmp ("migrations-XXXXXX", &error);
  g_assert_no_error (error);
  files->path = g_build_filename (files->dir, "certholder.db", NULL);
}

static void
files_tear_down (Files         *files,
                 gconstpointer  user_data)
{
  remove_tree (files->dir);
  g_free (files->dir);
  g_free (files->path);
}

static void
execute (Files      *files,
         const char *sql)
{
  sqlite3 *db = NULL;
  char *problem = NULL;

  g_assert_cmpint (sqlite3_open (files->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static GBytes *
load (Files *files)
{
  char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (files->path, &data, &length, NULL));

  return g_bytes_new_take (data, length);
}

static void
assert_refused (Files *files,
                int    code)
{
  g_autoptr(GBytes) before = load (files);
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (ch_store_open (files->dir, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, code);
  g_assert_nonnull (strstr (error->message, files->path));
  after = load (files);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_new_file_gets_the_newest_version (Files         *files,
                                       gconstpointer  user_data)
{
  g_autoptr(GPtrArray) scripts = _ch_migration_load_scripts ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = ch_store_open (files->dir, NULL, &error);
  g_autoptr(ChConnection) connection = NULL;
  gint64 number;

  g_assert_no_error (error);
  ch_store_close (store);
  connection = _ch_connection_open (files->path, &error);
  g_assert_true (_ch_connection_read_number (connection, "PRAGMA user_version", &number, &error));
  g_assert_cmpint (number, ==, scripts->len);
  g_assert_true (_ch_connection_read_number (connection, "PRAGMA application_id", &number, &error));
  g_assert_cmpint (number, ==, CH_STORE_APPLICATION_ID);
}

/* data/version-N.sql is what a program of version N wrote (`.dump` and its two pragmas). Never edit one. */
static void
test_every_earlier_version_opens (Files         *files,
                                  gconstpointer  user_data)
{
  g_autoptr(GPtrArray) scripts = _ch_migration_load_scripts ();

  for (guint version = 1; version <= scripts->len; version++)
    {
      g_autofree char *name = g_strdup_printf ("data/version-%u.sql", version);
      g_autofree char *source = g_build_filename (g_getenv ("CERTHOLDER_SOURCE_DIR"), "tests", "store", name, NULL);
      g_autofree char *sql = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(ChStore) store = NULL;
      g_autoptr(GPtrArray) outbox = NULL;
      g_autoptr(GPtrArray) certificates = NULL;
      g_autoptr(GPtrArray) verdicts = NULL;
      g_autoptr(GPtrArray) problems = NULL;
      const ChOutboxRow *row;

      g_assert_true (g_file_get_contents (source, &sql, NULL, &error));
      execute (files, sql);
      store = ch_store_open (files->dir, NULL, &error);
      g_assert_no_error (error);

      outbox = ch_store_outbox_list (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (outbox->len, ==, 1);
      row = g_ptr_array_index (outbox, 0);
      g_assert_cmpint (row->state, ==, CH_OUTBOX_SENDING);
      g_assert_cmpstr (ch_field_set_get (row->sent, "status"), ==, "compliant");
      certificates = ch_store_list_certificates (store, 0, TRUE, &error);
      g_assert_cmpuint (certificates->len, ==, 1);
      verdicts = ch_store_list_verdicts (store, 0, 0, -1, &error);
      g_assert_cmpuint (verdicts->len, ==, 1);
      problems = ch_store_verify (store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 1);   /* the document is not part of the dump */
      g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), "is missing"));
      ch_store_close (store);
      g_remove (files->path);
    }
}

static void
test_newer_file_is_refused (Files         *files,
                            gconstpointer  user_data)
{
  execute (files, "PRAGMA application_id = 1128811588; PRAGMA user_version = 9999; CREATE TABLE future (x)");
  assert_refused (files, CH_STORE_ERROR_NEWER);
}

static void
test_other_programs_file_is_refused (Files         *files,
                                     gconstpointer  user_data)
{
  execute (files, "CREATE TABLE bookmark (x)");
  assert_refused (files, CH_STORE_ERROR_CORRUPT);
}

static void
test_garbage_is_refused (Files         *files,
                         gconstpointer  user_data)
{
  g_autofree char *garbage = g_strnfill (20000, 'z');

  g_assert_true (g_file_set_contents (files->path, garbage, -1, NULL));
  assert_refused (files, CH_STORE_ERROR_CORRUPT);
}

static void
test_torn_schema_is_refused (Files         *files,
                             gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = ch_store_open (files->dir, NULL, &error);
  g_autofree char *data = NULL;
  gsize length;

  ch_store_close (store);
  g_assert_true (g_file_get_contents (files->path, &data, &length, NULL));
  memset (data + 100, 0xee, 3000);
  g_assert_true (g_file_set_contents (files->path, data, (gssize) length, NULL));
  assert_refused (files, CH_STORE_ERROR_CORRUPT);
}

static GPtrArray *
make_scripts (const char *second,
              const char *third)
{
  GPtrArray *scripts = g_ptr_array_new ();

  g_ptr_array_add (scripts, (char *) "PRAGMA application_id = 1128811588;"
                                     "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;"
                                     "CREATE TABLE b (a_id INTEGER REFERENCES a (id)) STRICT; INSERT INTO a VALUES (1);"
                                     "INSERT INTO b VALUES (1)");
  if (second != NULL)
    g_ptr_array_add (scripts, (char *) second);
  if (third != NULL)
    g_ptr_array_add (scripts, (char *) third);

  return scripts;
}

static gint64
read_number (ChConnection *connection,
             const char   *sql)
{
  gint64 number = -1;

  _ch_connection_read_number (connection, sql, &number, NULL);

  return number;
}

/* A table can be rebuilt under those that refer to it, from any version, in any number of steps. */
static void
test_versions_are_applied_in_order (Files         *files,
                                    gconstpointer  user_data)
{
  const char *rebuild = "CREATE TABLE a2 (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
                        "INSERT INTO a2 (id) SELECT id FROM a;"
                        "DROP TABLE a; ALTER TABLE a2 RENAME TO a";
  const char *fill = "UPDATE a SET name = 'x'";
  g_autoptr(GPtrArray) first = make_scripts (NULL, NULL);
  g_autoptr(GPtrArray) all = make_scripts (rebuild, fill);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChConnection) connection = _ch_connection_open (files->path, &error);

  g_assert_true (_ch_migration_run (connection, first, &error));
  g_assert_cmpint (read_number (connection, "PRAGMA user_version"), ==, 1);
  g_assert_true (_ch_migration_run (connection, all, &error));
  g_assert_cmpint (read_number (connection, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (read_number (connection, "SELECT count (*) FROM a WHERE name = 'x'"), ==, 1);
  g_assert_cmpint (read_number (connection, "PRAGMA foreign_keys"), ==, 1);
  g_assert_true (_ch_migration_run (connection, all, &error));
  g_assert_false (_ch_migration_run (connection, first, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NEWER);
}

static void
test_failed_script_leaves_the_version_before (Files         *files,
                                              gconstpointer  user_data)
{
  g_autoptr(GPtrArray) scripts = make_scripts ("CREATE TABLE c (x) ; INSERT INTO a VALUES (2)",
                                               "DELETE FROM a WHERE id = 2; CREATE TABLE d (x);"
                                               "INSERT INTO nowhere VALUES (1)");
  g_autoptr(GError) error = NULL;
  g_autoptr(ChConnection) connection = _ch_connection_open (files->path, &error);

  g_assert_false (_ch_migration_run (connection, scripts, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (read_number (connection, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (read_number (connection, "SELECT count (*) FROM a"), ==, 2);
  g_assert_cmpint (read_number (connection, "SELECT count (*) FROM sqlite_schema WHERE name = 'd'"), ==, 0);
  g_assert_cmpint (read_number (connection, "PRAGMA foreign_keys"), ==, 1);
}

static void
test_script_that_breaks_references_is_undone (Files         *files,
                                              gconstpointer  user_data)
{
  g_autoptr(GPtrArray) scripts = make_scripts ("DELETE FROM a", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChConnection) connection = _ch_connection_open (files->path, &error);

  g_assert_false (_ch_migration_run (connection, scripts, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT);
  g_assert_cmpint (read_number (connection, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (read_number (connection, "SELECT count (*) FROM a"), ==, 1);
}

static gpointer
open_in_thread (gpointer data)
{
  Files *files = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = ch_store_open (files->dir, NULL, &error);

  g_assert_no_error (error);
  ch_store_close (store);

  return NULL;
}

static void
test_several_open_a_new_file_at_once (Files         *files,
                                      gconstpointer  user_data)
{
  GThread *threads[6];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_in_thread, files);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_folder_that_can_not_be_made (Files         *files,
                                  gconstpointer  user_data)
{
  g_autofree char *inside = g_build_filename (files->path, "x", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (files->path, "", 0, NULL));
  g_assert_null (ch_store_open (inside, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO);
}

#define FILES_TEST(path, func) g_test_add (path, Files, NULL, files_set_up, func, files_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FILES_TEST ("/store/migrations/new-file-gets-the-newest-version", test_new_file_gets_the_newest_version);
  FILES_TEST ("/store/migrations/every-earlier-version-opens", test_every_earlier_version_opens);
  FILES_TEST ("/store/migrations/newer-file-is-refused", test_newer_file_is_refused);
  FILES_TEST ("/store/migrations/other-programs-file-is-refused", test_other_programs_file_is_refused);
  FILES_TEST ("/store/migrations/garbage-is-refused", test_garbage_is_refused);
  FILES_TEST ("/store/migrations/torn-schema-is-refused", test_torn_schema_is_refused);
  FILES_TEST ("/store/migrations/versions-are-applied-in-order", test_versions_are_applied_in_order);
  FILES_TEST ("/store/migrations/failed-script-leaves-the-version-before",
              test_failed_script_leaves_the_version_before);
  FILES_TEST ("/store/migrations/script-that-breaks-references-is-undone",
              test_script_that_breaks_references_is_undone);
  FILES_TEST ("/store/migrations/several-open-a-new-file-at-once", test_several_open_a_new_file_at_once);
  FILES_TEST ("/store/migrations/folder-that-can-not-be-made", test_folder_that_can_not_be_made);

  return g_test_run ();
}
