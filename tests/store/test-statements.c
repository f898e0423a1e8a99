#include "config.h"

#include "ch-connection-private.h"
#include "ch-named-sql-private.h"
#include "ch-store-private.h"
#include "store-fixture.h"

/* Every named statement compiles against the schema and numbers its parameters without a gap. */
static void
test_every_statement_compiles (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(GHashTable) statements = _ch_named_sql_load ();
  GHashTableIter iter;
  gpointer name;

  g_assert_cmpuint (g_hash_table_size (statements), >, 100);
  g_hash_table_iter_init (&iter, statements);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autoptr(ChQuery) query = _ch_store_query (fixture->store, name);
      g_autoptr(GError) error = NULL;

      _ch_query_finish (query, &error);
      if (error != NULL)
        g_test_message ("%s: %s", (const char *) name, error->message);
      g_assert_no_error (error);
    }
}

static void
test_statements_are_prepared_once (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  ChQuery *first = _ch_store_query (fixture->store, "get-state");
  ChQuery *second;

  _ch_query_release (first);
  second = _ch_store_query (fixture->store, "get-state");
  g_assert_true (first == second);
  _ch_query_release (second);
}

/* Else a list of one sub's rows takes as long as a list of all of them. */
static void
test_lists_start_from_what_is_selected (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(GHashTable) statements = _ch_named_sql_load ();
  GHashTableIter iter;
  gpointer name, sql;
  guint n = 0;

  g_hash_table_iter_init (&iter, statements);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
      sqlite3_stmt *statement = NULL;

      if (!g_str_has_prefix (name, "list-selected-"))
        continue;
      g_test_message ("%s", (const char *) name);
      g_assert_cmpint (sqlite3_prepare_v2 (fixture->store->connection->db, explain, -1, &statement, NULL),
                       ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 3), ==, "SCAN selection");
      while (sqlite3_step (statement) == SQLITE_ROW)
        g_assert_false (g_str_has_prefix ((const char *) sqlite3_column_text (statement, 3), "SCAN"));
      sqlite3_finalize (statement);
      n++;
    }
  g_assert_cmpuint (n, >, 10);
}

static void
test_parse_names_and_bodies (void)
{
  g_autoptr(GHashTable) statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  _ch_named_sql_parse ("a remark\n\n-- name: first\nSELECT 1\n\n-- name: second\nSELECT 2 -- why\nFROM x\n",
                       statements);
  g_assert_cmpuint (g_hash_table_size (statements), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (statements, "first"), ==, "SELECT 1");
  g_assert_cmpstr (g_hash_table_lookup (statements, "second"), ==, "SELECT 2 -- why\nFROM x");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/statements/every-one-compiles", fixture_set_up, test_every_statement_compiles);
  FIXTURE_TEST ("/store/statements/prepared-once", fixture_set_up, test_statements_are_prepared_once);
  FIXTURE_TEST ("/store/statements/lists-start-from-what-is-selected", fixture_set_up,
                test_lists_start_from_what_is_selected);
  g_test_add_func ("/store/statements/parse-names-and-bodies", test_parse_names_and_bodies);

  return g_test_run ();
}
